"""Which way up, and in which colours: the same answer in every format, for thumbnail, network and preview."""

import io
import struct
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo
from tests.imaging.test_decoding import assert_upright_quarters, decode, quarters
from tests.support.lying_pictures import laid_down

from shoal.imaging.decoding import decode_preview, quick_thumbnail


def lying(orientation: int) -> Image.Image:
    return laid_down(quarters(), orientation)


def save(image: Image.Image, path: Path, **options) -> Path:
    if path.suffix == ".heic":
        pillow_heif.from_pillow(image).save(path, **options)
    else:
        image.save(path, **options)
    return path


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif", "avif"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_comes_out_upright(tmp_path, suffix, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = save(lying(orientation), tmp_path / f"a.{suffix}", exif=exif)
    decoded = decode(path)
    assert (decoded.facts.width, decoded.facts.height) == (640, 400)
    assert decoded.thumbnail.shape == (160, 256, 3)
    assert_upright_quarters(decoded.pixels)
    assert_upright_quarters(decoded.thumbnail)
    assert_upright_quarters(decode_preview(path.read_bytes(), path.suffix, 320))


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_turned_heic_comes_out_upright(tmp_path, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = save(lying(orientation), tmp_path / "a.heic", exif=exif.tobytes())
    decoded = decode(path)
    assert (decoded.facts.width, decoded.facts.height) == (640, 400)
    assert_upright_quarters(decoded.thumbnail)


def test_an_orientation_that_stands_in_xmp_only_counts(tmp_path):
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'
    assert_upright_quarters(decode(save(lying(6), tmp_path / "a.jpg", xmp=xmp)).thumbnail)


def profile_with_red_and_green_exchanged() -> bytes:
    """A matrix profile whose red shines green and whose green shines red: nobody can overlook whether it was used."""
    colorants = {"rXYZ": (0.3851, 0.7169, 0.0971), "gXYZ": (0.4361, 0.2225, 0.0139), "bXYZ": (0.1431, 0.0606, 0.7141)}
    tags = {name: b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(v * 65536) for v in c)) for name, c in colorants.items()}
    tags["wtpt"] = b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(v * 65536) for v in (0.9642, 1.0, 0.8249)))
    curve = b"curv\0\0\0\0" + struct.pack(">IHxx", 1, round(2.2 * 256))
    tags |= dict.fromkeys(("rTRC", "gTRC", "bTRC"), curve)
    tags["desc"] = b"desc\0\0\0\0" + struct.pack(">I", 9) + b"exchange\0" + b"\0" * 78 + b"\0"
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        table += name.encode() + struct.pack(">II", start + len(body), len(content))
        body += content
    size = 128 + len(table) + len(body)
    header = struct.pack(">I4sI4s4s4s12s4s", size, b"lcms", 0x02100000, b"mntr", b"RGB ", b"XYZ ", b"\0" * 12, b"acsp")
    header = header.ljust(68, b"\0") + struct.pack(">3i", 63190, 65536, 54061)
    return header.ljust(128, b"\0") + table + body


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif"])
def test_a_colour_profile_is_applied(tmp_path, suffix):
    exchanged = Image.merge("RGB", [quarters().split()[band] for band in (1, 0, 2)])
    path = save(exchanged, tmp_path / f"a.{suffix}", icc_profile=profile_with_red_and_green_exchanged())
    for pixels in (decode(path).pixels, decode(path).thumbnail, decode_preview(path.read_bytes(), suffix, 300)):
        assert_upright_quarters(pixels, tolerance=20)


def test_srgb_and_nonsense_profiles_change_nothing(tmp_path):
    plain = decode(save(quarters(), tmp_path / "a.png")).thumbnail
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for number, profile in enumerate((srgb, b"nonsense" * 20, profile_with_red_and_green_exchanged()[:200])):
        path = save(quarters(), tmp_path / f"{number}.png", icc_profile=profile)
        assert np.array_equal(decode(path).thumbnail, plain)


def test_transparent_pictures_stand_on_white(tmp_path):
    clear = Image.new("RGBA", (300, 200), (255, 0, 0, 0))
    clear.paste((0, 0, 0, 255), (0, 0, 150, 200))
    for name, image in {"rgba": clear, "la": clear.convert("LA"), "p": clear.quantize(8)}.items():
        pixels = decode(save(image, tmp_path / f"{name}.png")).pixels
        assert pixels[112, 90].max() <= 8, name
        assert pixels[112, 215].min() >= 247, name


@pytest.mark.parametrize(
    ("suffix", "dtype", "white"),
    [("png", np.uint16, 65535), ("tif", np.uint16, 65535), ("tif", np.int32, 65535), ("tif", np.float32, 1.0)],
)
def test_deep_greys_keep_their_brightness(tmp_path, suffix, dtype, white):
    ramp = np.tile(np.linspace(0, white, 256), (256, 1)).astype(dtype)
    pixels = decode(save(Image.fromarray(ramp), tmp_path / f"a.{suffix}")).thumbnail
    assert np.abs(pixels[128, :, 0].astype(int) - np.arange(256)).max() <= 2


@pytest.mark.parametrize(
    ("mode", "suffix"), [("L", "jpg"), ("1", "png"), ("CMYK", "jpg"), ("CMYK", "tif"), ("LAB", "tif")]
)
def test_other_colour_spaces_look_right(tmp_path, mode, suffix):
    grey = Image.new("RGB", (300, 200), (255, 255, 255))
    grey.paste((0, 0, 0), (0, 0, 150, 200))
    image = (
        ImageCms.profileToProfile(grey, ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB")
        if mode == "LAB"
        else grey.convert(mode)
    )
    pixels = decode(save(image, tmp_path / f"a.{suffix}")).pixels
    assert pixels[112, 20].max() <= 10
    assert pixels[112, 200].min() >= 245


def test_of_an_animation_the_first_frame_is_shown(tmp_path):
    frames = [Image.new("RGB", (300, 200), colour) for colour in ("white", "black")]
    for suffix in ("gif", "webp", "png", "tif"):
        path = tmp_path / f"a.{suffix}"
        frames[0].save(path, save_all=True, append_images=frames[1:])
        assert decode(path).pixels.min() >= 250, suffix


XMP_SAYS_LYING = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp"])
def test_what_exif_says_counts_before_a_left_over_in_xmp(tmp_path, suffix):
    """As exiftran, jhead and mogrify leave it when they turn a picture."""
    exif = Image.Exif()
    exif[0x0112] = 1
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", XMP_SAYS_LYING.decode())
    xmp = {"pnginfo": info} if suffix == "png" else {"xmp": XMP_SAYS_LYING}
    path = save(quarters(), tmp_path / f"a.{suffix}", exif=exif, **xmp)
    assert_upright_quarters(decode(path).thumbnail)


@pytest.mark.parametrize("suffix", ["avif", "heic"])
def test_in_files_of_boxes_xmp_turns_nothing(tmp_path, suffix):
    path = save(quarters(), tmp_path / f"a.{suffix}", xmp=XMP_SAYS_LYING)
    decoded = decode(path)
    if suffix == "avif":
        assert_upright_quarters(decoded.thumbnail)
    assert (decoded.facts.width, decoded.facts.height) == ((640, 400) if suffix == "avif" else (400, 640))


@pytest.mark.parametrize("says", [{"exif": 6}, {"xmp": 6}, {"exif": 1, "xmp": 6}, {"exif": 8, "xmp": 6}])
def test_the_quick_thumbnail_lies_as_the_picture_does(tmp_path, says):
    small = io.BytesIO()
    Image.new("RGB", (160, 100), (200, 30, 30)).save(small, "JPEG")
    block = Image.Exif()
    if "exif" in says:
        block[0x0112] = says["exif"]
    ifd = block.get_ifd(0x8769)
    ifd[0x9003] = "2024:05:31 14:03:59"
    content = with_thumbnail(block.tobytes(), small.getvalue())
    path = tmp_path / "a.jpg"
    quarters().save(path, exif=content, xmp=XMP_SAYS_LYING if "xmp" in says else b"")
    quick = quick_thumbnail(path.read_bytes(), ".jpg")
    assert quick is not None
    full = decode(path).thumbnail
    assert (quick.shape[0] > quick.shape[1]) == (full.shape[0] > full.shape[1])


def with_thumbnail(exif: bytes, jpeg: bytes) -> bytes:
    """An EXIF block of one folder, and behind it a second one with this picture."""
    order = "<" if exif[6:8] == b"II" else ">"
    body = bytearray(exif[6:])
    (start,) = struct.unpack_from(order + "I", body, 4)
    (count,) = struct.unpack_from(order + "H", body, start)
    struct.pack_into(order + "I", body, start + 2 + 12 * count, len(body))
    place = len(body) + 2 + 24 + 4
    body += struct.pack(order + "HHHIIHHIII", 2, 0x0201, 4, 1, place, 0x0202, 4, 1, len(jpeg), 0)
    return exif[:6] + bytes(body) + jpeg
