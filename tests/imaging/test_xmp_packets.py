"""XMP and Windows' stars, found in files of every format; and damaged files, which never raise."""

import io
import random
import struct
import zlib

import pillow_heif
import pytest
from PIL import PngImagePlugin
from tests.support.picture_files import digital_negative, rendered, saved, sound_files, tiff
from tests.support.written_facts import LONG, RATING, SHORT, SIGNED_LONG, exif, jpeg_with

from shoal.imaging.xmp_packets import LONGEST_PACKET, Embedded, embedded_in

PACKET = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><!-- something --></x:xmpmeta>'


def found(data: bytes) -> Embedded:
    return embedded_in(io.BytesIO(data))


def png(compressed: bool) -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("Comment", "nothing to see here")
    info.add_itxt("XML:com.adobe.xmp", PACKET.decode(), zip=compressed)
    return saved(rendered(), "PNG", pnginfo=info)


def heif() -> bytes:
    picture, buffer = pillow_heif.from_pillow(rendered()), io.BytesIO()
    picture.info["xmp"] = PACKET
    picture.save(buffer)
    return buffer.getvalue()


def big_tiff() -> bytes:
    entry = struct.pack("<HHQQ", 700, 1, len(PACKET), 48)
    return b"II" + struct.pack("<HHHQ", 43, 8, 0, 16) + struct.pack("<Q", 1) + entry + b"\0" * 4 + PACKET


def canon_raw() -> bytes:
    content = bytes.fromhex("be7acfcb97a942e89c71999491e3afac") + PACKET
    return struct.pack(">I", 24) + b"ftypcrx " + b"\0" * 12 + struct.pack(">I4s", 8 + len(content), b"uuid") + content


WITH_XMP = {
    "JPEG": saved(rendered(), "JPEG", xmp=PACKET),
    "WebP": saved(rendered(), "WEBP", xmp=PACKET),
    "AVIF": saved(rendered(), "AVIF", xmp=PACKET),
    "HEIC": heif(),
    "PNG": png(compressed=False),
    "compressed in a PNG": png(compressed=True),
    "TIFF": saved(rendered(), "TIFF", tiffinfo={700: PACKET}),
    "BigTIFF": big_tiff(),
    "RAW": tiff([[(700, 1, len(PACKET), PACKET), (700 + 1, 3, 1, 5)]]),
    "CR3": canon_raw(),
    "RAF": b"FUJIFILMCCD-RAW ".ljust(84, b"\0") + struct.pack(">I", 88) + saved(rendered(), "JPEG", xmp=PACKET),
}  # fmt: skip


@pytest.mark.parametrize("format", list(WITH_XMP))
def test_the_packet_is_found_in(format):
    assert found(WITH_XMP[format]) == Embedded(PACKET)


def rated(format: str) -> bytes:
    block = rendered().getexif()
    block[0x4746] = 4
    return saved(rendered(), format, exif=block)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_the_stars_of_windows_are_found_in(format):
    assert found(rated(format)) == Embedded(b"", 4)


@pytest.mark.parametrize("kind", [SHORT, LONG, SIGNED_LONG])
def test_the_stars_of_windows_are_found_as_a_number_of_any_kind(kind):
    for order in "<>":
        data = jpeg_with(saved(rendered(), "JPEG"), exif=exif({RATING: (kind, 3)}, order=order))
        assert found(data) == Embedded(b"", 3)


def test_both_are_found_in_one_file():
    block = rendered().getexif()
    block[0x4746] = 2
    assert found(saved(rendered(), "JPEG", exif=block, xmp=PACKET)) == Embedded(PACKET, 2)


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff", b"II", b"GIF89a", digital_negative(), *sound_files()["BMP"]])
def test_where_nothing_is_said_nothing_is_found(data):
    assert found(data) == Embedded()


def test_a_small_chunk_that_unpacks_to_gigabytes_is_cut_off():
    bomb = b"XML:com.adobe.xmp\0\x01\0\0\0" + zlib.compress(b" " * (LONGEST_PACKET * 8))
    chunk = struct.pack(">I4s", len(bomb), b"iTXt") + bomb + b"\0" * 4
    assert len(found(b"\x89PNG\r\n\x1a\n" + chunk).packet) <= LONGEST_PACKET


def test_a_list_of_items_that_would_never_end_ends():
    locations = struct.pack(">4xBBH", 0, 0, 0xFFFF) + struct.pack(">HHH", 1, 0, 0xFFFF) * 0xFFFF
    box = struct.pack(">I4s", 8 + len(locations), b"iloc") + locations
    meta = struct.pack(">I4s4x", 12 + len(box), b"meta") + box
    assert found(struct.pack(">I", 24) + b"ftypheic" + b"\0" * 12 + meta) == Embedded()


@pytest.mark.parametrize("inside", [b"iloc\xce", b"iinf", b"iinf" + b"\0" * 6 + struct.pack(">I4s", 8, b"infe"), b""])
def test_a_list_of_items_that_is_cut_off_lists_nothing(inside):
    meta = b"meta" + b"\0" * 4 + struct.pack(">I", 4 + len(inside)) + inside
    assert (
        found(struct.pack(">I", 24) + b"ftypheic" + b"\0" * 12 + struct.pack(">I", 4 + len(meta)) + meta) == Embedded()
    )


@pytest.mark.parametrize("format", list(WITH_XMP))
def test_damaged_files_never_raise(format):
    rng = random.Random(format)
    sound = WITH_XMP[format]
    for _ in range(400):
        data = bytearray(sound[: rng.choice([len(sound), rng.randrange(len(sound))])])
        for _ in range(rng.randrange(1, 12)):
            if data:
                data[rng.randrange(min(len(data), 600))] = rng.choice([0, 1, 0x7F, 0x80, 0xFF, rng.randrange(256)])
        embedded = found(bytes(data))
        assert len(embedded.packet) <= LONGEST_PACKET


@pytest.mark.parametrize(("percent", "stars"), [(0, 0), (1, 1), (25, 2), (50, 3), (75, 4), (99, 5), (100, 5)])
def test_stars_that_windows_wrote_as_percent_only(percent, stars):
    assert found(jpeg_with(saved(rendered(), "JPEG"), exif=exif({0x4749: (SHORT, percent)}))).exif_rating == stars
    both = exif({RATING: (SHORT, 2), 0x4749: (SHORT, percent)})
    assert found(jpeg_with(saved(rendered(), "JPEG"), exif=both)).exif_rating == 2
