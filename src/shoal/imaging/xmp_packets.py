"""What a picture's file says about it in XMP, found without unpacking the picture: by the parts files are made of.

Nothing here believes a length or an address: what is read is bounded, and where a file ends early or contradicts
itself, what was found until then is the answer.
"""

import io
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from shoal.imaging.iso_boxes import iso_items
from shoal.imaging.tiff_tags import TiffTags

LONGEST_PACKET: Final = 4 << 20
_MOST_PARTS: Final = 65_536
_JPEG_XMP: Final = b"http://ns.adobe.com/xap/1.0/\0"
_EXIF: Final = b"Exif\0\0"
_PNG_XMP: Final = b"XML:com.adobe.xmp\0"
_XMP_TAG, _RATING_TAG = 700, 0x4746
_NO_PAYLOAD: Final = {0x01, *range(0xD0, 0xD9)}
_START_OF_SCAN, _END_OF_IMAGE, _APP1 = 0xDA, 0xD9, 0xE1

Part = bytes | int
"""An XMP packet, or a rating."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """`packet`: XMP as bytes, empty if there is none. `exif_rating`: the stars that Windows writes into EXIF."""

    packet: bytes = b""
    exif_rating: int | None = None


def embedded_in(file: BinaryIO) -> Embedded:
    """Whatever the file is. Reads a few parts of it only, and leaves it at an unknown place; never raises."""
    packet, rating = b"", None
    try:
        for part in _parts(file):
            if isinstance(part, int):
                rating = part if rating is None else rating
            else:
                packet = packet or part
            if packet and rating is not None:
                break
    except (OSError, ValueError, struct.error, zlib.error, OverflowError, EOFError):
        pass
    return Embedded(packet, rating)


def _parts(file: BinaryIO) -> Iterator[Part]:
    head = file.read(32)
    for beginning, read in _READERS.items():
        if head.startswith(beginning):
            yield from read(file)
    if head[4:8] == b"ftyp":
        for kind, content in iso_items(file, LONGEST_PACKET):
            yield from [content] if kind == "xmp" else _exif(content)


def _exactly(file: BinaryIO, length: int) -> bytes:
    content = file.read(length)
    if len(content) != length:
        raise EOFError
    return content


def _jpeg(file: BinaryIO, start: int = 0) -> Iterator[Part]:
    """Segments up to the picture itself."""
    file.seek(start + 2)
    for _ in range(_MOST_PARTS):
        mark, kind = _exactly(file, 2)
        while kind == 0xFF:
            kind = _exactly(file, 1)[0]
        if mark != 0xFF or kind in {_START_OF_SCAN, _END_OF_IMAGE}:
            return
        if kind in _NO_PAYLOAD:
            continue
        (length,) = struct.unpack(">H", _exactly(file, 2))
        if kind != _APP1:
            file.seek(max(0, length - 2), io.SEEK_CUR)
            continue
        content = _exactly(file, max(0, length - 2))
        if content.startswith(_JPEG_XMP):
            yield content[len(_JPEG_XMP) :]
        elif content.startswith(_EXIF):
            yield from _exif(content)


def _fuji(file: BinaryIO) -> Iterator[Part]:
    """What it has to say stands in the JPEG inside."""
    file.seek(84)
    (start,) = struct.unpack(">I", _exactly(file, 4))
    file.seek(start)
    if _exactly(file, 3) == b"\xff\xd8\xff":
        yield from _jpeg(file, start)


def _png(file: BinaryIO) -> Iterator[Part]:
    file.seek(8)
    for _ in range(_MOST_PARTS):
        length, kind = struct.unpack(">I4s", _exactly(file, 8))
        if kind not in {b"iTXt", b"eXIf"} or length > LONGEST_PACKET:
            file.seek(length + 4, io.SEEK_CUR)
            continue
        content = _exactly(file, length)
        file.seek(4, io.SEEK_CUR)
        if kind == b"eXIf":
            yield from _exif(content)
        elif content.startswith(_PNG_XMP):
            yield _international_text(content[len(_PNG_XMP) :])


def _international_text(content: bytes) -> bytes:
    """What follows the keyword: whether it is compressed, how, the language, the keyword in it, and the text."""
    compressed = content[:1] != b"\0"
    *_, text = content[2:].split(b"\0", 2)
    return zlib.decompressobj().decompress(text, LONGEST_PACKET) if compressed else text


def _riff(file: BinaryIO) -> Iterator[Part]:
    """WebP."""
    file.seek(12)
    for _ in range(_MOST_PARTS):
        kind, length = struct.unpack("<4sI", _exactly(file, 8))
        if kind not in {b"XMP ", b"EXIF"} or length > LONGEST_PACKET:
            file.seek(length + length % 2, io.SEEK_CUR)
            continue
        content = _exactly(file, length)
        file.seek(length % 2, io.SEEK_CUR)
        yield from [content] if kind == b"XMP " else _exif(content)


def _tiff(file: BinaryIO) -> Iterator[Part]:
    """TIFF and most RAW files."""
    tags = TiffTags(file)
    yield tags.content(_XMP_TAG, LONGEST_PACKET)
    rating = tags.number(_RATING_TAG)
    if rating is not None:
        yield rating


def _exif(block: bytes) -> Iterator[Part]:
    """A TIFF structure without a picture; one that is damaged says nothing, and what comes after it is still read."""
    try:
        yield from _tiff(io.BytesIO(block.removeprefix(_EXIF)))
    except (ValueError, struct.error, EOFError):
        return


_READERS: Final[dict[bytes, Callable[[BinaryIO], Iterator[Part]]]] = {
    b"\xff\xd8\xff": _jpeg,
    b"\x89PNG\r\n\x1a\n": _png,
    b"RIFF": _riff,
    b"FUJIFILMCCD-RAW": _fuji,
    b"II": _tiff,
    b"MM": _tiff,
}
