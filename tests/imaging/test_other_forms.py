"""Whole files that a decoder refuses in the form they have are read, or are called by their kind; never damaged."""

import struct
import zlib

import numpy as np
import pytest
from PIL import Image
from tests.imaging.test_decoding import CROP, assert_upright_quarters, quarters
from tests.imaging.test_orientation_and_colour import profile_with_red_and_green_exchanged
from tests.support.picture_files import rendered, saved, tiff

from shoal.imaging.damaged_files import png_chunk
from shoal.imaging.decoding import decode_image
from shoal.imaging.jpeg_files import frame_of
from shoal.imaging.limits import UnreadableImage

TOO_LARGE_FOR_PILLOW = 1_200_000


def whole(data: bytes, suffix: str = "") -> np.ndarray:
    decoded = decode_image(data, suffix, CROP)
    assert not decoded.facts.damaged
    return decoded.thumbnail


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableImage) as caught:
        decode_image(data, "", CROP)
    return str(caught.value.reason)


def png_with(kind: bytes, body: bytes, image: Image.Image | None = None) -> bytes:
    data = saved(image or quarters(), "PNG")
    return data[:33] + png_chunk(kind, body) + data[33:]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (b"zTXt", b"Comment\0\0" + zlib.compress(b"a" * TOO_LARGE_FOR_PILLOW)),
        (b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(b" " * TOO_LARGE_FOR_PILLOW)),
    ],
)
def test_long_packed_texts_in_png_are_no_damage(kind, body):
    assert_upright_quarters(whole(png_with(kind, body)))


def test_a_large_colour_profile_in_png_is_used():
    profile = bytearray(profile_with_red_and_green_exchanged())
    profile += bytes(TOO_LARGE_FOR_PILLOW - len(profile))
    profile[:4] = struct.pack(">I", len(profile))
    exchanged = Image.merge("RGB", [quarters().split()[band] for band in (1, 0, 2)])
    data = png_with(b"iCCP", b"large\0\0" + zlib.compress(bytes(profile)), exchanged)
    assert_upright_quarters(whole(data), tolerance=20)


def test_a_png_that_is_damaged_is_still_called_so_whatever_texts_it_has():
    data = png_with(b"zTXt", b"Comment\0\0" + zlib.compress(b"a" * TOO_LARGE_FOR_PILLOW), rendered(800, 600))
    assert decode_image(data[: len(data) // 2], "", CROP).facts.damaged


def lossless_jpeg(image: Image.Image, head: bytes = b"") -> bytes:
    """Predictor 1, one table in which every number of bits has a code of eight: no program is needed to write it."""
    colours = np.atleast_3d(np.asarray(image, np.int32))
    expected = np.hstack([np.vstack([np.full_like(colours[:1, :1], 128), colours[:-1, :1]]), colours[:, :-1]])
    bits = [bit for difference in (colours - expected).ravel().tolist() for bit in _code(difference)]
    bits += [1] * (-len(bits) % 8)
    scan = np.packbits(np.array(bits, np.uint8)).tobytes().replace(b"\xff", b"\xff\0")
    count = colours.shape[2]
    frame = struct.pack(">HBHHB", 8 + 3 * count, 8, *colours.shape)
    frame += b"".join(bytes([number, 0x11, 0]) for number in range(1, count + 1))
    table = struct.pack(">HB", 2 + 1 + 16 + 12, 0) + bytes([0] * 7 + [12] + [0] * 8) + bytes(range(12))
    start = struct.pack(">HB", 6 + 2 * count, count) + b"".join(bytes([n, 0]) for n in range(1, count + 1))
    start += bytes([1, 0, 0])
    return b"\xff\xd8" + head + b"\xff\xc3" + frame + b"\xff\xc4" + table + b"\xff\xda" + start + scan + b"\xff\xd9"


def _code(difference: int) -> list[int]:
    size = abs(difference).bit_length()
    rest = difference if difference >= 0 else difference + (1 << size) - 1
    return [int(bit) for bit in f"{size:08b}" + (f"{rest:0{size}b}" if size else "")]


def test_a_lossless_jpeg_is_read_though_it_cannot_be_shrunk_while_unpacked():
    image = rendered(700, 525, "L")
    data = lossless_jpeg(image)
    assert frame_of(data).kind == 0xC3
    right = np.asarray(image.resize((256, 192), Image.Resampling.BOX), np.float64)
    assert np.abs(whole(data)[..., 0] - right).mean() < 3


@pytest.mark.parametrize("head", [b"", b"\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"])
def test_a_lossless_jpeg_in_colours_is_read_whatever_jfif_says_of_them(head):
    image = quarters().resize((320, 200))
    assert_upright_quarters(whole(lossless_jpeg(image, head), ".jpg"))


def old_jpeg_in_tiff(tags: dict[int, tuple[int, int, object]], orientation: int = 1) -> bytes:
    """As libtiff does not know it."""
    entries: dict[int, tuple[int, int, object]] = {
        256: (4, 1, 640),
        257: (4, 1, 400),
        259: (3, 1, 6),
        262: (3, 1, 6),
        274: (3, 1, orientation),
    }
    entries |= {277: (3, 1, 3), 278: (4, 1, 400), **tags}
    return tiff([[(tag, *entry) for tag, entry in sorted(entries.items())]])


def test_a_tiff_of_the_old_way_of_jpeg_is_read_where_its_jpeg_is_whole():
    jpeg = saved(quarters().transpose(Image.Transpose.ROTATE_90), "JPEG")
    data = old_jpeg_in_tiff(
        {256: (4, 1, 400), 257: (4, 1, 640), 513: (4, 1, ("data", jpeg)), 514: (4, 1, len(jpeg))}, 6
    )
    decoded = decode_image(data, ".tif", CROP)
    assert (decoded.facts.format, decoded.facts.width, decoded.facts.damaged) == ("TIFF", 640, False)
    assert_upright_quarters(decoded.thumbnail)


def test_a_tiff_of_the_old_way_of_jpeg_is_no_damaged_one():
    pieces = {273: (4, 1, ("data", b"\x12\x34" * 500)), 279: (4, 1, 1000)}
    assert refusal(old_jpeg_in_tiff(pieces)) == "a kind of TIFF that Shoal cannot read (JPEG packed in the old way)"
    data = old_jpeg_in_tiff({**pieces, 258: (3, 3, struct.pack("<3H", 8, 8, 8))})
    assert refusal(data) == "a kind of TIFF that Shoal cannot read (JPEG packed in the old way)"
    assert refusal(data[:-600]).startswith("the file is damaged")


def test_a_jfif_segment_without_its_bytes_is_passed_over():
    plain = saved(quarters(), "JPEG")
    length = int.from_bytes(plain[4:6], "big")
    assert_upright_quarters(whole(plain[:2] + b"\xff\xe0\0\x07JFIF\0" + plain[4 + length :]))


@pytest.mark.parametrize(
    ("kind", "bits", "colours", "words"),
    [
        (0xC1, 12, 3, "lossy, 12 bits a sample"),
        (0xC3, 16, 1, "lossless, 16 bits a sample"),
        (0xC5, 8, 3, "hierarchical, 8 bits a sample"),
        (0xF7, 8, 3, "JPEG-LS, 8 bits a sample"),
    ],
)
def test_kinds_of_jpeg_that_nobody_here_reads_are_called_so(kind, bits, colours, words):
    data = bytearray(saved(quarters(), "JPEG"))
    at = data.index(b"\xff\xc0")
    data[at + 1], data[at + 4] = kind, bits
    if colours == 1:
        data[at + 9] = 1
    assert refusal(bytes(data)) == f"a kind of JPEG that Shoal cannot read ({words})"


def masked_bmp(bits: int, masks: tuple[int, ...], packing: int = 3) -> bytes:
    pixels = np.asarray(quarters(), np.uint64)[::-1]
    values = np.zeros(pixels.shape[:2], np.uint64)
    for channel, mask in enumerate(masks[:3]):
        low = (mask & -mask).bit_length() - 1
        values |= np.uint64(mask) & (pixels[..., channel] * (mask >> low) // 255 << np.uint64(low))
    if len(masks) > 3:
        values |= np.uint64(masks[3])
    body = values.astype(f"<u{bits // 8}").tobytes()
    head = struct.pack("<IiiHHIIiiII", 40, 640, 400, 1, bits, packing, len(body), 0, 0, 0, 0)
    head += struct.pack(f"<{len(masks)}I", *masks)
    return b"BM" + struct.pack("<IHHI", 14 + len(head) + len(body), 0, 0, 14 + len(head)) + head + body


@pytest.mark.parametrize(
    ("bits", "masks"),
    [
        (16, (0xF00, 0xF0, 0xF)),
        (16, (0x7C00, 0x3E0, 0x1F)),
        (16, (0x1F, 0x7E0, 0xF800)),
        (32, (0x3FF00000, 0xFFC00, 0x3FF)),
        (32, (0xFF, 0xFF00, 0xFF0000)),
    ],
)
def test_a_bmp_may_lay_its_bits_as_it_likes(bits, masks):
    assert_upright_quarters(whole(masked_bmp(bits, masks)), tolerance=17)


def test_a_bmp_with_transparency_among_its_bits():
    assert_upright_quarters(whole(masked_bmp(16, (0xF00, 0xF0, 0xF, 0xF000), packing=6)), tolerance=17)


@pytest.mark.parametrize(("packing", "format"), [(4, "JPEG"), (5, "PNG")])
def test_a_bmp_that_holds_another_picture(packing, format):
    inside = saved(quarters(), format)
    head = struct.pack("<IiiHHIIiiII", 40, 640, 400, 1, 0, packing, len(inside), 0, 0, 0, 0)
    assert_upright_quarters(whole(b"BM" + struct.pack("<IHHI", 54 + len(inside), 0, 0, 54) + head + inside))


def test_of_an_array_of_bmps_the_first_is_shown():
    plain = saved(quarters(), "BMP")
    shifted = plain[:10] + struct.pack("<I", int.from_bytes(plain[10:14], "little") + 14) + plain[14:]
    data = b"BA" + struct.pack("<IIHH", 14 + len(plain), 0, 0, 0) + shifted
    assert_upright_quarters(whole(data))


def test_what_pillow_does_not_support_is_no_damage():
    data = bytearray(saved(quarters(), "BMP"))
    struct.pack_into("<H", data, 28, 2)
    assert refusal(bytes(data)) == "a kind of BMP that Shoal cannot read (Unsupported BMP pixel depth (2))"


def test_reasons_are_in_words():
    assert refusal(saved(quarters(), "PNG")[:20]) == "the file is damaged (PNG: it ends early)"


HUGE = (60_000, 8_000)


@pytest.mark.parametrize(
    "data",
    [
        b"BM" + struct.pack("<IHHIIiiHHIIiiII", 57, 0, 0, 54, 40, 60_000, 8_000, 1, 24, 0, 0, 0, 0, 0, 0) + b"\0\0\0",
        b"GIF89a"
        + struct.pack("<HHBBB", 60_000, 8_000, 0, 0, 0)
        + b","
        + struct.pack("<4HB", 0, 0, 60_000, 8_000, 0)
        + b"\2",
    ],
)
def test_a_few_bytes_that_announce_a_huge_picture_cost_nothing(data):
    assert "cannot hold the picture that they announce" in refusal(data)
