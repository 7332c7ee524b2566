"""JPEG XL: the size before the pixels, and one turn, never two."""

import io
import struct
import tracemalloc

import brotli
import numpy as np
import pytest
from PIL import Image
from tests.imaging.test_decoding import CROP, assert_upright_quarters, quarters
from tests.imaging.test_orientation_and_colour import lying, profile_with_red_and_green_exchanged
from tests.support.picture_files import packed_jpeg, saved
from tests.support.written_facts import keywords, xmp

from shoal.exports.xmp_marks import read_marks
from shoal.imaging.capture_time import time_in
from shoal.imaging.decoding import decode_image
from shoal.imaging.limits import DecodeLimits, UnreadableImage
from shoal.imaging.xmp_packets import embedded_in


def with_orientation(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif.get_ifd(0x8769)[0x9003] = "2024:05:31 14:03:59"
    return exif.tobytes()


def boxes(data: bytes) -> list[tuple[bytes, bytes]]:
    found, at = [], 0
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + length if length else len(data)
        found.append((kind, data[at + 8 : end]))
        at = end
    return found


def without(data: bytes, *kinds: bytes) -> bytes:
    kept = [(kind, body) for kind, body in boxes(data) if kind not in kinds]
    return b"".join(struct.pack(">I4s", len(body) + 8, kind) + body for kind, body in kept)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA"])
@pytest.mark.parametrize("lossless", [True, False])
def test_every_kind_of_pixel(mode, lossless):
    decoded = decode_image(saved(quarters().convert(mode), "JXL", lossless=lossless), ".jxl", CROP)
    right = np.asarray(quarters().convert(mode).convert("RGB").resize((256, 160)), np.float64)
    assert np.abs(decoded.thumbnail - right).mean() < 3
    assert (decoded.facts.width, decoded.facts.height, decoded.facts.format) == (640, 400, "JXL")


def test_greys_of_16_bits_are_neither_clipped_nor_black():
    ramp = np.tile(np.linspace(0, 65535, 256), (256, 1)).astype(np.uint16)
    image = Image.frombytes("I;16", (256, 256), ramp.tobytes())
    seen = decode_image(saved(image, "JXL", lossless=True), ".jxl", CROP).thumbnail[128, :, 0].astype(int)
    assert (seen[0], seen[-1]) == (0, 255)
    assert np.diff(seen).min() >= 0
    assert len(set(seen.tolist())) > 150


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_packed_jpeg_is_turned_once(orientation):
    data = packed_jpeg(saved(lying(orientation), "JPEG", exif=with_orientation(orientation)))
    decoded = decode_image(data, ".jxl", CROP)
    assert_upright_quarters(decoded.thumbnail)
    assert (decoded.facts.width, decoded.facts.height) == (640, 400)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_what_the_codestream_says_is_carried_out_once(orientation):
    """The same file when the way back to the JPEG is gone: then libjxl turns it, and EXIF counts for nothing."""
    packed = packed_jpeg(saved(lying(orientation), "JPEG", exif=with_orientation(orientation)))
    box = b"\0\0\0\0" + with_orientation(orientation)[6:]
    data = without(packed, b"jbrd", b"brob") + struct.pack(">I4s", len(box) + 8, b"Exif") + box
    decoded = decode_image(data, ".jxl", CROP)
    assert_upright_quarters(decoded.thumbnail, tolerance=16)
    assert (decoded.facts.width, decoded.facts.height) == (640, 400)


def test_an_orientation_that_only_exif_names_is_left_over():
    data = saved(quarters(), "JXL", exif=with_orientation(6))
    assert_upright_quarters(decode_image(data, ".jxl", CROP).thumbnail)


def test_colour_profiles_count():
    exchanged = Image.merge("RGB", [quarters().split()[band] for band in (1, 0, 2)])
    packed = packed_jpeg(saved(exchanged, "JPEG", icc_profile=profile_with_red_and_green_exchanged()))
    for data in (packed, without(packed, b"jbrd")):
        assert_upright_quarters(decode_image(data, ".jxl", CROP).thumbnail, tolerance=20)


@pytest.mark.parametrize("size", [(1, 1), (8, 8), (300, 200), (257, 511), (1600, 900), (1000, 500), (3000, 20)])
def test_the_size_is_known_before_anything_is_unpacked(size):
    data = saved(Image.new("RGB", size), "JXL")
    with pytest.raises(UnreadableImage, match="too large"):
        decode_image(data, ".jxl", CROP, DecodeLimits(max_pixels=size[0] * size[1] - 1))
    facts = decode_image(data, ".jxl", CROP).facts
    assert (facts.width, facts.height) == size


def test_damaged_ones_are_refused():
    data = saved(quarters(), "JXL")
    for spoilt in (data[: len(data) // 2], data[:3], packed_jpeg(saved(quarters(), "JPEG"))[:40]):
        with pytest.raises(UnreadableImage, match="damaged"):
            decode_image(spoilt, ".jxl", CROP)


def brob(kind: bytes, content: bytes) -> bytes:
    packed = kind + brotli.compress(content)
    return struct.pack(">I4s", len(packed) + 8, b"brob") + packed


MARKED = xmp({"xmp:Rating": "3", "exif:DateTimeOriginal": "2024-05-31T14:03:59"}, keywords(["harbour"]))


def test_what_stands_in_packed_boxes_is_read():
    data = (
        packed_jpeg(saved(quarters(), "JPEG")) + brob(b"xml ", MARKED) + brob(b"Exif", bytes(4) + with_orientation(1))
    )
    embedded = embedded_in(io.BytesIO(data))
    marks = read_marks(embedded.packet)
    assert (marks.stars, marks.keywords) == (3, ("harbour",))
    assert time_in(embedded) == "2024-05-31T14:03:59"
    assert decode_image(data, ".jxl", CROP).facts.taken == "2024-05-31T14:03:59"


@pytest.mark.parametrize("content", [b"", b"\xff" * 40, brotli.compress(MARKED)[:-9], brotli.compress(bytes(50 << 20))])
def test_packed_boxes_that_are_damaged_or_endless_say_nothing(content):
    head = packed_jpeg(saved(quarters(), "JPEG"))
    box = struct.pack(">I4s", len(content) + 12, b"brob") + b"xml " + content
    began = tracemalloc.start() or tracemalloc.get_traced_memory()[1]
    assert embedded_in(io.BytesIO(head + box)).packet == b""
    assert tracemalloc.get_traced_memory()[1] - began < 40 << 20
    tracemalloc.stop()
