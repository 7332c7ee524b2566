"""JPEG XL files: coded anew, and JPEGs that were packed without a loss."""

import struct
from collections.abc import Iterator

import numpy as np
from PIL import Image
from tests.corpora.jpeg_kinds import as_seen_by, jpeg
from tests.corpora.jpeg_kinds import tell as tell_jpeg
from tests.corpora.kinds import (
    BY_EDITOR,
    BY_EXIF,
    GREY,
    PICTURE,
    RGB,
    SHARES,
    WITHOUT_AGENCY,
    Bare,
    Kind,
    Told,
    drawn,
    in_grey,
    saved,
    told_by,
)
from tests.support.colour_profiles import matrix_profile
from tests.support.picture_files import packed_jpeg
from tests.support.written_facts import ORIENTATION, exif, jpeg_with

_SIGNATURE = b"\0\0\0\x0cJXL \r\n\x87\n"
_BRAND = b"jxl \0\0\0\0jxl "


def jxls() -> Iterator[Kind]:
    yield from told_by("jxl", [*_coded()], tell, WITHOUT_AGENCY)
    for told in (BY_EXIF, BY_EDITOR):
        yield Kind(
            f"jxl, a packed JPEG of {told.taken}",
            ".jxl",
            lambda told=told: without(packed_jpeg(tell_jpeg(jpeg(), told)), b"brob") + _told_boxes(told),
            RGB,
            told,
        )
    for told in WITHOUT_AGENCY:
        yield Kind(
            f"jxl, a JPEG packed with all it says ({told.taken}, {'EXIF' if told.exif else 'XMP'})",
            ".jxl",
            lambda told=told: packed_jpeg(tell_jpeg(jpeg(), told)),
            RGB,
            told,
        )
    yield Kind("jxl, a packed JPEG of which nothing is said", ".jxl", lambda: packed_jpeg(jpeg()), RGB)
    yield Kind("jxl, a bare codestream", ".jxl", lambda: saved(PICTURE, "JXL", lossless=True), RGB)


def tell(codestream: bytes, told: Told) -> bytes:
    """Deep pictures come in boxes already."""
    head = _SIGNATURE + box(b"ftyp", _BRAND)
    if codestream.startswith(head):
        return head + _told_boxes(told) + codestream[len(head) :]
    return head + _told_boxes(told) + box(b"jxlc", codestream)


def _told_boxes(told: Told) -> bytes:
    boxes = box(b"Exif", bytes(4) + told.exif) if told.exif else b""
    return boxes + (box(b"xml ", told.xmp) if told.xmp else b"")


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def _coded() -> Iterator[Bare]:
    clear = Image.merge("RGBA", [*PICTURE.split(), Image.new("L", PICTURE.size, 255)])
    grey, wide = Image.fromarray(GREY), matrix_profile()
    shares = SHARES[..., 1]
    light = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    deep = Image.fromarray(np.round(light * 65535).astype(np.uint16))  # the plugin says so of 16 bits
    large = Image.fromarray(np.round(drawn(600, 400) * 255).astype(np.uint8))
    for name, image, options, right in (
        ("with loss", PICTURE, {"quality": 90}, RGB),
        ("quality 60", PICTURE, {"quality": 60}, RGB),
        ("without loss", PICTURE, {"lossless": True}, RGB),
        ("grey", grey, {"quality": 90}, in_grey()),
        ("grey, without loss", grey, {"lossless": True}, in_grey()),
        ("grey of 16 bits, linear light", deep, {"lossless": True}, in_grey()),
        ("clear", clear, {"quality": 90}, RGB),
        ("600 pixels wide", large, {"quality": 85}, RGB),
    ):
        yield name, lambda image=image, options=options: saved(image, "JXL", **options), right
    yield "a packed JPEG in wide colours", lambda: packed_jpeg(jpeg(as_seen_by(wide), icc_profile=wide)), RGB
    yield "wide colours", lambda: without(packed_jpeg(jpeg(as_seen_by(wide), icc_profile=wide)), b"jbrd", b"brob"), RGB


def without(data: bytes, *unwanted: bytes) -> bytes:
    kept, at = b"", 0
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + length if length else len(data)
        kept += b"" if kind in unwanted else box(kind, data[at + 8 : end])
        at = end
    return kept


def turned_jpeg(image: Image.Image, orientation: int) -> bytes:
    """Its EXIF says how it lies."""
    return packed_jpeg(jpeg_with(jpeg(image, subsampling=0), exif=exif({ORIENTATION: orientation})))


def turned_codestream(image: Image.Image, orientation: int) -> bytes:
    """The way back to the JPEG is gone, and what the codestream says is carried out."""
    return without(turned_jpeg(image, orientation), b"jbrd", b"brob")
