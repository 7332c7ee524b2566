"""HEIC and AVIF as they are meant: cropped, turned, in video's colours, in tiles, unpacked, or the first of a film."""

import io
import struct

import numpy as np
import pillow_heif
import pytest
from PIL import Image
from tests.imaging.test_decoding import CROP, assert_upright_quarters, quarters
from tests.support.picture_files import rendered, saved
from tests.support.pictures_of_boxes import film, grid_of, parts, unpacked

from shoal.imaging.avif_files import crop_of
from shoal.imaging.decoding import decode_image, decode_preview
from shoal.imaging.heif_boxes import HeifBoxes, Item, heif_file
from shoal.imaging.limits import DecodeLimits, UnreadableImage

CLAP = b"clap"


def with_property(data: bytes, *more: tuple[bytes, bytes], brand: bytes, without: bytes = b"") -> bytes:
    kind, properties, content = parts(data)
    kept = [one for one in properties if one[0] != without]
    return heif_file([Item(kind, content, [*kept, *more])], brand)


def as_bytes(image: Image.Image, format: str, **options) -> bytes:
    lossless = {"quality": 95} | options
    return saved(image, format, **lossless)


def thumbnail(data: bytes, suffix: str = "") -> np.ndarray:
    decoded = decode_image(data, suffix, CROP)
    assert not decoded.facts.damaged
    return decoded.thumbnail


def clap(width: int, height: int, left: int, top: int, of: tuple[int, int]) -> tuple[bytes, bytes]:
    across, down = 2 * left + width - of[0], 2 * top + height - of[1]
    return CLAP, struct.pack(">IIIIiIiI", width, 1, height, 1, across, 2, down, 2)


@pytest.mark.parametrize(("format", "brand"), [("AVIF", b"avif"), ("HEIF", b"heic")])
@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_what_is_cut_away_is_not_seen(format, brand, turn):
    """Red stays, of red and blue; and the part is cut before it is turned."""
    image = Image.new("RGB", (300, 200), (190, 50, 30))
    image.paste((30, 50, 190), (100, 0, 300, 200))
    more = [clap(100, 200, 0, 0, image.size), *([(b"irot", bytes([turn]))] if turn else [])]
    data = with_property(as_bytes(image, format), *more, brand=brand)
    decoded = decode_image(data, f".{format.lower()}", CROP)
    assert (decoded.facts.width, decoded.facts.height) == ((100, 200) if turn % 2 == 0 else (200, 100))
    assert np.abs(decoded.thumbnail[8:-8, 8:-8].astype(int) - (190, 50, 30)).max() <= 8


@pytest.mark.parametrize(
    "said", [(0, 1) * 4, (10, 0, 10, 1, 0, 1, 0, 1), (900, 1, 900, 1, 0, 1, 0, 1), (10, 1, 10, 1, 9_000, 1, 0, 1)]
)
def test_a_crop_without_sense_crops_nothing(said):
    more = CLAP, struct.pack(">IIIIiIiI", *said)
    assert crop_of(with_property(as_bytes(quarters(), "AVIF"), more, brand=b"avif"), (640, 400)) is None


def pq_of(light: np.ndarray) -> np.ndarray:
    """Code values 0..1 of light in nits (BT.2100)."""
    power = (light / 10_000) ** 0.1593017578125
    return ((0.8359375 + 18.8515625 * power) / (1 + 18.6875 * power)) ** 78.84375


def hlg_of(light: np.ndarray) -> np.ndarray:
    """Of a scene on a display of 1,000 nits."""
    shown = light / 1_000
    brightness = np.maximum(shown @ [0.2627, 0.6780, 0.0593], 1e-9)[..., None]
    scene = shown * brightness ** (1 / 1.2 - 1)
    return np.where(
        scene <= 1 / 12, np.sqrt(3 * scene), 0.17883277 * np.log(np.maximum(12 * scene - 0.28466892, 1e-9)) + 0.55991073
    )


TO_WIDE = np.array([[0.6274, 0.3293, 0.0433], [0.0691, 0.9195, 0.0114], [0.0164, 0.0880, 0.8956]])
TO_P3 = np.linalg.inv([[1.2249, -0.2249, 0.0], [-0.0420, 1.0420, 0.0], [-0.0197, -0.0786, 1.0983]])


def frame() -> Image.Image:
    return rendered(320, 200).point(lambda value: 20 + value * 200 // 255)


def light_of(image: Image.Image) -> np.ndarray:
    values = np.asarray(image, np.float64) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def cosine(one: np.ndarray, other: np.ndarray) -> float:
    one, other = one.astype(float).ravel(), other.astype(float).ravel()
    return float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))


def in_video_colours(values: np.ndarray, primaries: int, transfer: int, format: str) -> bytes:
    image = Image.fromarray(np.round(np.clip(values, 0, 1) * 255).astype(np.uint8))
    colours = (b"colr", b"nclx" + struct.pack(">HHHB", primaries, transfer, 6, 0x80))
    data = as_bytes(image, format, **({"subsampling": "4:4:4"} if format == "AVIF" else {"chroma": 444}))
    return with_property(data, colours, brand=b"avif" if format == "AVIF" else b"heic", without=b"colr")


@pytest.mark.parametrize("format", ["AVIF", "HEIF"])
@pytest.mark.parametrize("curve", [16, 18])
def test_a_frame_of_high_dynamic_range_looks_as_the_usual_one(format, curve):
    right = frame()
    light = np.maximum(light_of(right) @ TO_WIDE.T, 0) * 203
    data = in_video_colours((pq_of if curve == 16 else hlg_of)(light), 9, curve, format)
    seen, usual = thumbnail(data), thumbnail(as_bytes(right, format))
    assert cosine(seen, usual) >= 0.99
    assert np.abs(seen.astype(int) - usual).mean() < 8


@pytest.mark.parametrize("format", ["AVIF", "HEIF"])
def test_wide_colours_by_number_become_those_of_srgb(format):
    right = frame()
    values = np.maximum(light_of(right) @ TO_P3.T, 0)
    encoded = np.where(values <= 0.0031308, values * 12.92, 1.055 * np.maximum(values, 1e-9) ** (1 / 2.4) - 0.055)
    data = in_video_colours(encoded, 12, 13, format)
    usual = np.asarray(right.resize((256, 160), Image.Resampling.BOX), np.float64)
    assert np.abs(thumbnail(data) - usual).mean() < 4


def test_usual_numbers_change_nothing():
    plain = as_bytes(frame(), "AVIF", subsampling="4:4:4")
    for primaries, transfer in ((1, 13), (1, 1), (2, 2), (1, 6)):
        numbers = (b"colr", b"nclx" + struct.pack(">HHHB", primaries, transfer, 6, 0x80))
        told = with_property(plain, numbers, brand=b"avif", without=b"colr")
        assert np.array_equal(thumbnail(told), thumbnail(plain))


def test_an_alpha_channel_without_a_size_has_the_size_of_its_picture():
    clear = quarters().convert("RGBA")
    clear.putpixel((0, 0), (0, 0, 0, 0))
    data = as_bytes(clear, "AVIF")
    found = HeifBoxes(data)
    (alpha,) = [of for (kind, of), _ in found.references.items() if kind == b"auxl"]
    without = [one for one in found.properties(alpha) if one[0] != b"ispe"]
    items = [
        Item(b"av01", found.content(found.primary), found.properties(found.primary)),
        Item(b"av01", found.content(alpha), without, {b"auxl": [1]}),
    ]
    assert_upright_quarters(thumbnail(heif_file(items, b"avif")))


@pytest.mark.parametrize("size", [(640, 400), (700, 500)])
@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_grid_of_tiles_is_one_picture(size, orientation):
    turned = {1: None, 3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    image, exif = quarters(*size), Image.Exif()
    exif[0x0112] = orientation
    method = turned[orientation]
    data = grid_of(image if method is None else image.transpose(method), 256, exif=exif.tobytes())
    decoded = decode_image(data, ".heic", CROP)
    assert (decoded.facts.width, decoded.facts.height) == size
    for pixels in (decoded.thumbnail, decode_preview(data, ".heic", 320), decode_preview(data, ".heic", 2_000)):
        assert_upright_quarters(pixels)
    assert decode_preview(data, ".heic", 2_000).shape == (size[1], size[0], 3)


def test_a_grid_is_what_libheif_makes_of_it():
    data = grid_of(rendered(400, 300), 128)
    by_libheif = np.asarray(pillow_heif.open_heif(io.BytesIO(data)).to_pillow().convert("RGB"), np.float64)
    assert np.abs(decode_preview(data, ".heic", 400) - by_libheif).mean() < 1


def test_large_grids_are_shrunk_as_they_are_unpacked():
    data = grid_of(quarters(1_200, 900), 256)
    limits = DecodeLimits(max_memory_bytes=2_000_000)
    assert decode_image(data, ".heic", CROP, limits).facts.width == 1_200
    with pytest.raises(UnreadableImage, match="MB of memory"):
        decode_preview(data, ".heic", 1_200, limits)


def test_the_first_glance_takes_the_small_copy_in_the_file():
    image = quarters(800, 600)
    data = grid_of(image, 256, thumbnails=[320])
    found = HeifBoxes(data)
    broken = bytearray(data)
    tile = found.content(found.references[b"dimg", found.primary][0])
    at = data.index(tile)
    broken[at + 30 : at + len(tile)] = bytes(len(tile) - 30)
    seen = decode_preview(bytes(broken), ".heic", 256)
    assert seen.shape == (192, 256, 3)
    assert_upright_quarters(seen)


def test_gain_maps_are_left_alone():
    """In HEIC an auxiliary picture, in JPEG a second one behind the first: what every screen can show counts."""
    kind, properties, content = parts(as_bytes(quarters(), "HEIF"))
    bright = parts(as_bytes(Image.new("RGB", (320, 200), "white"), "HEIF"))
    gain = (b"auxC", bytes(4) + b"urn:com:apple:photo:2020:aux:hdrgainmap\0")
    items = [Item(kind, content, properties), Item(bright[0], bright[2], [*bright[1], gain], {b"auxl": [1]})]
    assert_upright_quarters(thumbnail(heif_file(items), ".heic"))
    buffer = io.BytesIO()
    map_of_gains = Image.new("RGB", (640, 400), "white")
    quarters().save(buffer, "MPO", save_all=True, append_images=[map_of_gains])
    assert_upright_quarters(thumbnail(buffer.getvalue(), ".jpg"))


@pytest.mark.parametrize("codec", [b"hvc1", b"hev1"])
def test_of_a_film_the_first_picture_is_shown(codec):
    assert_upright_quarters(thumbnail(film(quarters(), codec), ".heic"))


@pytest.mark.parametrize("names", ["L", "RGB", "RGBA", "ABGR"])
@pytest.mark.parametrize("by_pixel", [True, False])
@pytest.mark.parametrize(("across", "down"), [(1, 1), (4, 2)])
def test_pictures_that_are_not_packed(names, by_pixel, across, down):
    seen = thumbnail(unpacked(quarters(), names, across, down, by_pixel), ".heif")
    if names == "L":
        assert seen.std() > 20
    else:
        assert_upright_quarters(seen)


@pytest.mark.parametrize(("kind", "codec"), [(b"avc1", "H.264"), (b"vvc1", "H.266"), (b"j2k1", "JPEG 2000")])
def test_other_codecs_are_called_so(kind, codec):
    data = heif_file([Item(kind, b"\0" * 100, [(b"ispe", struct.pack(">III", 0, 64, 64))])], b"mif1")
    with pytest.raises(UnreadableImage) as caught:
        decode_image(data, ".heif", CROP)
    assert str(caught.value.reason) == f"a kind of HEIF that Shoal cannot read ({codec})"
