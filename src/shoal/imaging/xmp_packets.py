"""What a picture's file says about it: XMP, EXIF and IPTC, found without unpacking the picture, by the file's parts.

Nothing here believes a length or an address: what is read is bounded, and where a file ends early or contradicts
itself, what was found until then is the answer.
"""

import io
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from shoal.imaging.iptc_records import iptc_of_resources
from shoal.imaging.iso_boxes import iso_items
from shoal.imaging.tiff_tags import TiffTags

LONGEST_PACKET: Final = 4 << 20
_MOST_PARTS: Final = 65_536
_JPEG_XMP: Final = b"http://ns.adobe.com/xap/1.0/\0"
_JPEG_RESOURCES: Final = b"Photoshop 3.0\0"
_EXIF: Final = b"Exif\0\0"
_PNG_XMP: Final = b"XML:com.adobe.xmp\0"
_PNG_CREATED: Final = b"Creation Time\0"
_RAW_PROFILE: Final = b"Raw profile type "
_GIF_XMP: Final = b"XMP DataXMP"
_GIF_XMP_TRAILER: Final = 257  # by these bytes a reader of GIF's blocks finds the end, whatever the text
# In TIFF: XMP, Windows's stars and their percent, IPTC, Photoshop.
_XMP_TAG, _RATING_TAG, _PERCENT_TAG, _IPTC_TAG, _RESOURCES_TAG = 700, 0x4746, 0x4749, 33723, 34377
_NO_PAYLOAD: Final = {0x01, *range(0xD0, 0xD9)}
_START_OF_SCAN, _END_OF_IMAGE, _APP1, _APP13 = 0xDA, 0xD9, 0xE1, 0xED

Part = tuple[str, bytes] | TiffTags
"""("xmp", packet), ("iptc", block), ("resources", a piece of Photoshop's resources), ("created", words), or EXIF."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """`packet`: XMP as bytes, empty if there is none, like `iptc`. `exif_rating`: the stars that Windows writes.

    `exif`: the main folders, as a rule one, which can be asked for as long as the file is open. `created`: when it was
    made, in the words of a PNG.
    """

    packet: bytes = b""
    exif_rating: int | None = None
    iptc: bytes = b""
    exif: tuple[TiffTags, ...] = field(default=(), compare=False)
    created: str = ""


def embedded_in(file: BinaryIO) -> Embedded:
    """Whatever the file is. Reads a few parts of it only, and leaves it at an unknown place; never raises."""
    texts: dict[str, bytes] = {}
    resources: list[bytes] = []
    exif: list[TiffTags] = []
    try:
        for part in _parts(file):
            if isinstance(part, TiffTags):
                exif.append(part)
            elif part[0] == "resources":
                resources.append(part[1])
            elif part[1]:
                texts.setdefault(*part)
    except (OSError, ValueError, struct.error, zlib.error, OverflowError, EOFError):
        pass
    ratings = [rating for tags in exif if (rating := _exif_rating(tags)) is not None]
    iptc = texts.get("iptc") or iptc_of_resources(b"".join(resources))
    created = texts.get("created", b"").decode("latin-1").strip()
    return Embedded(texts.get("xmp", b""), ratings[0] if ratings else None, iptc, tuple(exif), created)


def _exif_rating(tags: TiffTags) -> int | None:
    """Stars, or where there are none what Windows writes beside them: 1, 25, 50, 75 or 99 percent."""
    stars, percent = tags.number(_RATING_TAG), tags.number(_PERCENT_TAG)
    if stars is not None or percent is None:
        return stars
    return 0 if percent <= 0 else min(5, 1 + (percent + 12) // 25)


def unpacked_from(exif: bytes | None, packet: bytes | None) -> Embedded:
    """What a decoder has found in a file that keeps it packed."""
    folders = tuple(part for part in _exif(exif or b"") if isinstance(part, TiffTags))
    return Embedded(packet or b"", exif=folders)


def _parts(file: BinaryIO) -> Iterator[Part]:
    head = file.read(32)
    for beginning, read in _READERS.items():
        if head.startswith(beginning):
            yield from read(file)
    if head[4:8] in {b"ftyp", b"JXL "}:
        for kind, content in iso_items(file, LONGEST_PACKET):
            yield from [("xmp", content)] if kind == "xmp" else _exif(content)


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
        # Any number of these may stand before a mark, to fill room.
        while kind == 0xFF:
            kind = _exactly(file, 1)[0]
        if mark != 0xFF or kind in {_START_OF_SCAN, _END_OF_IMAGE}:
            return
        if kind in _NO_PAYLOAD:
            continue
        (length,) = struct.unpack(">H", _exactly(file, 2))
        if kind in {_APP1, _APP13}:
            yield from _segment(_exactly(file, max(0, length - 2)))
        else:
            file.seek(max(0, length - 2), io.SEEK_CUR)


def _segment(content: bytes) -> Iterator[Part]:
    if content.startswith(_JPEG_XMP):
        yield "xmp", content[len(_JPEG_XMP) :]
    elif content.startswith(_EXIF):
        yield from _exif(content)
    elif content.startswith(_JPEG_RESOURCES):
        yield "resources", content[len(_JPEG_RESOURCES) :]


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
        if kind not in {b"iTXt", b"tEXt", b"zTXt", b"eXIf"} or length > LONGEST_PACKET:
            file.seek(length + 4, io.SEEK_CUR)
            continue
        content = _exactly(file, length)
        file.seek(4, io.SEEK_CUR)
        if kind == b"eXIf":
            yield from _exif(content)
        elif content.startswith(_PNG_XMP):
            yield "xmp", _png_text(kind, content[len(_PNG_XMP) :])
        elif content.startswith(_PNG_CREATED):
            yield "created", _png_text(kind, content[len(_PNG_CREATED) :])[:100]
        elif content.startswith(_RAW_PROFILE):
            yield from _raw_profile(kind, content[len(_RAW_PROFILE) :])


def _png_text(kind: bytes, content: bytes) -> bytes:
    """What follows the keyword of any kind of text."""
    if kind == b"iTXt":
        return _international_text(content)
    return _unpacked(content[1:]) if kind == b"zTXt" else content


def _international_text(content: bytes) -> bytes:
    """What follows the keyword: whether it is compressed, how, the language, the keyword in it, and the text."""
    compressed = content[:1] != b"\0"
    *_, text = content[2:].split(b"\0", 2)
    return _unpacked(text) if compressed else text


def _unpacked(packed: bytes) -> bytes:
    return zlib.decompressobj().decompress(packed, LONGEST_PACKET)


def _raw_profile(kind: bytes, content: bytes) -> Iterator[Part]:
    """How ImageMagick keeps in a PNG what has no chunk of its own: a name, the length, and that many bytes in hex."""
    name, _, text = content.partition(b"\0")
    try:
        profile = profile_bytes(_unpacked(text[1:]) if kind == b"zTXt" else text)
    except (ValueError, zlib.error):
        return
    if name in {b"exif", b"APP1", b"xmp"}:
        yield from _segment(profile) if profile.startswith((_JPEG_XMP, _EXIF)) else _plain_profile(name, profile)
    elif name in {b"iptc", b"8bim"}:
        yield ("iptc", profile) if profile[:1] == b"\x1c" else ("resources", profile.removeprefix(_JPEG_RESOURCES))


def _plain_profile(name: bytes, profile: bytes) -> Iterator[Part]:
    yield from _exif(profile) if name == b"exif" else [("xmp", profile)]


def profile_bytes(text: bytes) -> bytes:
    """A line of a raw profile names it, the next says how many bytes follow; what comes after those is not its own.

    Raises ValueError where that is not so.
    """
    _name, length, *lines = text.strip().split(b"\n", 2)
    digits = b"".join(lines[0].split())[: 2 * int(length)] if lines else b""
    return bytes.fromhex(digits.decode("ascii"))


def _gif(file: BinaryIO) -> Iterator[Part]:
    """Blocks up to the first with XMP, which is written as it is, with a tail that leads a reader out of it."""
    file.seek(0)
    head = _exactly(file, 13)
    file.seek(_colours(head[10]), io.SEEK_CUR)
    for _ in range(_MOST_PARTS):
        kind = _exactly(file, 1)
        if kind == b"\x21" and _exactly(file, 1) == b"\xff":
            name = _exactly(file, _exactly(file, 1)[0])
            start = file.tell()
            end = _after_pieces(file)
            if name == _GIF_XMP and end - start - 1 - _GIF_XMP_TRAILER <= LONGEST_PACKET:
                file.seek(start)
                yield "xmp", _exactly(file, end - start - 1 - _GIF_XMP_TRAILER)
                return
        elif kind == b"\x21":
            _after_pieces(file)
        elif kind == b"\x2c":
            file.seek(_colours(_exactly(file, 9)[8]) + 1, io.SEEK_CUR)
            _after_pieces(file)
        else:
            return


def _colours(flags: int) -> int:
    """How many bytes the table of colours takes."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _after_pieces(file: BinaryIO) -> int:
    """Where the pieces of a block are over: each has its length before it, the last has none."""
    while length := _exactly(file, 1)[0]:
        file.seek(length, io.SEEK_CUR)
    return file.tell()


def _riff(file: BinaryIO) -> Iterator[Part]:
    """WebP."""
    file.seek(12)
    for _ in range(_MOST_PARTS):
        kind, length = struct.unpack("<4sI", _exactly(file, 8))
        if kind not in {b"XMP ", b"EXIF"} or length > LONGEST_PACKET:
            file.seek(length + length % 2, io.SEEK_CUR)
            continue
        content = _exactly(file, length)
        # Chunks begin at even places: behind an odd one stands a byte that belongs to none.
        file.seek(length % 2, io.SEEK_CUR)
        yield from [("xmp", content)] if kind == b"XMP " else _exif(content)


def _tiff(file: BinaryIO) -> Iterator[Part]:
    """TIFF and most RAW files."""
    tags = TiffTags(file)
    yield tags
    yield "xmp", tags.content(_XMP_TAG, LONGEST_PACKET)
    yield "iptc", _in_order(tags.content(_IPTC_TAG, LONGEST_PACKET))
    yield "resources", tags.content(_RESOURCES_TAG, LONGEST_PACKET)


def _in_order(block: bytes) -> bytes:
    """Some programs write it as if it were numbers, turning every four bytes about."""
    if block[:1] == b"\x1c" or block[3:4] != b"\x1c":
        return block
    return b"".join(block[at : at + 4][::-1] for at in range(0, len(block), 4))


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
    b"GIF8": _gif,
    b"FUJIFILMCCD-RAW": _fuji,
    b"II": _tiff,
    b"MM": _tiff,
}
