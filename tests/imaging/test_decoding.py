import re
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import Image
from tests.support.picture_files import rendered, saved

from shoal.domain.input_geometry import InputGeometry
from shoal.imaging.decoding import decode_image, decode_preview
from shoal.imaging.fingerprint import read_image_file
from shoal.imaging.limits import DecodeLimits, UnreadableImage
from shoal.imaging.resampling import Resampler
from shoal.imaging.sizes import encode_thumbnail

CROP = InputGeometry(size=224, resize=256)
SHARED_PHOTOS = Path(__file__).parents[3] / "shared" / "images" / "photos"


def quarters(width=640, height=400) -> Image.Image:
    """Red, green, blue and yellow in the four corners: any turn or mirror shows."""
    image = Image.new("RGB", (width, height), (220, 40, 40))
    image.paste((40, 200, 40), (width // 2, 0, width, height // 2))
    image.paste((40, 40, 220), (0, height // 2, width // 2, height))
    image.paste((230, 220, 30), (width // 2, height // 2, width, height))
    return image


def decode(path: Path, geometry=CROP, limits=None):
    return decode_image(read_image_file(path), path.suffix, geometry, limits)


def corners(pixels) -> list[list[int]]:
    height, width = pixels.shape[:2]
    return [
        pixels[y, x].astype(int).tolist()
        for y, x in [(height // 4, width // 4), (height // 4, 3 * width // 4), (3 * height // 4, width // 4)]
    ]


def assert_upright_quarters(pixels, tolerance=12):
    assert np.abs(np.array(corners(pixels)) - [(220, 40, 40), (40, 200, 40), (40, 40, 220)]).max() <= tolerance


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif", "bmp", "gif", "avif", "heic"])
def test_every_format_gives_pixels_and_thumbnail(tmp_path, suffix):
    path = tmp_path / f"picture.{suffix}"
    save(quarters(), path)
    decoded = decode(path)
    assert decoded.pixels.shape == (224, 224, 3)
    assert decoded.thumbnail.shape == (160, 256, 3)
    assert decoded.pixels.dtype == decoded.thumbnail.dtype == np.uint8
    assert (decoded.facts.width, decoded.facts.height, decoded.facts.damaged) == (640, 400, False)
    assert_upright_quarters(decoded.pixels)
    assert_upright_quarters(decoded.thumbnail)
    assert_upright_quarters(decode_preview(path.read_bytes(), path.suffix, 300))


def save(image: Image.Image, path: Path, **options) -> None:
    if path.suffix == ".heic":
        pillow_heif.from_pillow(image).save(path, **options)
    else:
        image.save(path, **options)


@pytest.mark.parametrize("fit", ["crop", "squash", "between", "letterbox"])
@pytest.mark.parametrize("size", [(40, 30), (3000, 40), (1, 1), (1500, 1100)])
def test_every_geometry_gives_a_square_of_the_wanted_size(tmp_path, fit, size):
    path = tmp_path / "picture.png"
    quarters(*size).save(path)
    decoded = decode(path, InputGeometry(96, 128, fit))
    assert decoded.pixels.shape == (96, 96, 3)
    assert max(decoded.thumbnail.shape) == min(256, max(size)) or size == (1, 1)


@pytest.mark.parametrize(
    ("size", "shape"), [((810, 1080), (320, 256)), ((1280, 720), (192, 320)), ((64, 64), (320, 320))]
)
def test_without_bars_the_short_side_is_no_longer_than_it_must_be(size, shape):
    pixels = Resampler(Image.new("RGB", size, (200, 30, 30))).network_input(InputGeometry(320, 32, "rect", "point"))
    assert pixels.shape == (*shape, 3)
    height, width = (round(side * 320 / max(size)) for side in (size[1], size[0]))
    red = (pixels == (200, 30, 30)).all(axis=2)
    assert red.sum() == height * width, "and all else is grey"
    assert (pixels[~red] == 114).all()


@pytest.mark.parametrize("size", [(400, 100), (100, 400)])
def test_between_keeps_half_of_what_a_crop_would_lose(tmp_path, size):
    """Four times as long as wide: the middle half, its parts twice as thin as they were."""
    length = max(size)
    stripes = np.repeat(np.arange(8, dtype=np.uint8) * 30 + 10, length // 8)
    wide = np.broadcast_to(stripes[None, :, None], (100, length, 3))
    path = tmp_path / "picture.png"
    Image.fromarray(wide if size[0] > size[1] else wide.transpose(1, 0, 2)).save(path)
    pixels = decode(path, InputGeometry(80, 80, "between")).pixels
    line = pixels[40, :, 0] if size[0] > size[1] else pixels[:, 40, 0]
    assert line[[10, 30, 50, 70]].tolist() == [70, 100, 130, 160]


@pytest.mark.parametrize("content", [b"", b"holiday plans\n", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"BM"])
def test_what_is_no_picture_gives_a_reason(content):
    with pytest.raises(UnreadableImage) as refusal:
        decode_image(content, ".jpg", CROP)
    assert refusal.value.reason


def test_a_misnamed_picture_is_read_by_its_content(tmp_path):
    path = tmp_path / "picture.jpg"
    quarters().save(path, "PNG")
    assert decode(path).facts.format == "PNG"


def test_a_picture_beyond_the_limit_is_refused(tmp_path):
    path = tmp_path / "picture.png"
    quarters().save(path)
    with pytest.raises(UnreadableImage, match="too large"):
        decode(path, limits=DecodeLimits(max_pixels=640 * 400 - 1))


def test_a_thumbnail_survives_its_encoding(tmp_path):
    path = tmp_path / "picture.png"
    quarters().save(path)
    thumbnail = decode(path).thumbnail
    assert_upright_quarters(decode_preview(encode_thumbnail(thumbnail), ".jpg", 256))


@pytest.mark.skipif(not SHARED_PHOTOS.is_dir(), reason="the shared pictures are not beside this checkout")
def test_all_shared_photos_can_be_read():
    paths = sorted(SHARED_PHOTOS.iterdir())
    assert len(paths) == 140
    for path in paths:
        decoded = decode(path)
        assert decoded.pixels.shape == (224, 224, 3)
        assert max(decoded.thumbnail.shape) <= 256
        assert not decoded.facts.damaged


@pytest.mark.parametrize("format", ["GIF", "BMP", "TIFF", "PNG", "JPEG", "WEBP"])
def test_of_a_beginning_alone_it_is_said_in_words_that_the_file_ends_early(format):
    whole = saved(rendered(32, 24), format)
    for length in (6, 7, 9, 12, 20, 30):
        with pytest.raises(UnreadableImage) as refused:
            decode_image(whole[:length], f".{format.lower()}", CROP)
        assert not {"buffer", "unpack"} & set(re.findall("[a-z]+", str(refused.value.reason)))
