"""XMP and EXIF in HEIC, AVIF, CR3 and JPEG XL: files of boxes within boxes (ISO/IEC 14496-12, 23008-12, 18181-2).

JPEG XL may pack its boxes by Brotli.
"""

import io
import struct
from collections.abc import Iterator
from typing import BinaryIO, Final

_MOST_BOXES: Final = 4_096  # what announces more was made to keep its reader busy
_LARGEST_META: Final = 8 << 20
_CANON_XMP: Final = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_CANON_FACTS: Final = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
_TIFF_BEGINNINGS: Final = (b"II*\0", b"MM\0*")
_XMP_TYPE: Final = b"application/rdf+xml"

Box = tuple[bytes, int, int]
"""Its kind, and where its content begins and ends."""


def iso_items(file: BinaryIO, longest: int) -> Iterator[tuple[str, bytes]]:
    """("xmp", packet) and ("exif", TIFF structure), none longer than `longest`.

    Raises ValueError, struct.error or EOFError where the file contradicts itself.
    """
    size = file.seek(0, io.SEEK_END)
    for kind, start, end in _boxes(file, 0, size):
        if kind == b"meta" and end - start <= _LARGEST_META:
            yield from _Meta(_content(file, start, end)).items(file, longest)
        elif kind == b"moov":
            yield from _canon_facts(file, start, end, longest)
        elif kind in {b"uuid", b"Exif", b"xml "} and 16 < end - start <= longest:
            yield from _named(kind, _content(file, start, end))
        elif kind == b"brob" and 4 < end - start <= longest:
            packed = _content(file, start, end)
            if packed[:4] in {b"Exif", b"xml "}:
                yield from _named(packed[:4], _unpacked(packed[4:], longest))


def _content(file: BinaryIO, start: int, end: int) -> bytes:
    file.seek(start)
    return file.read(end - start)


def _named(kind: bytes, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Boxes that hold one thing: Canon's for XMP, and those of JPEG XL."""
    if kind == b"xml ":
        yield "xmp", content
    elif kind == b"Exif":
        yield "exif", _exif(content)
    elif content.startswith(_CANON_XMP):
        yield "xmp", content[16:]


def _unpacked(packed: bytes, longest: int) -> bytes:
    """As JPEG XL packs boxes (RFC 7932). Raises ValueError for what is damaged, or longer than `longest`."""
    import brotli

    unpacker = brotli.Decompressor()
    try:
        content: bytes = unpacker.process(packed, output_buffer_limit=longest)
    except brotli.error as error:
        raise ValueError("a packed box is damaged") from error
    if not unpacker.is_finished():
        raise ValueError("a packed box goes on and on, or ends early")
    return content


def _canon_facts(file: BinaryIO, start: int, end: int, longest: int) -> Iterator[tuple[str, bytes]]:
    """CR3 has the folders of EXIF one by one, each as a TIFF structure of its own."""
    for kind, inner, stop in list(_boxes(file, start, end)):
        if kind == b"uuid" and _content(file, inner, min(inner + 16, stop)) == _CANON_FACTS:
            folders = list(_boxes(file, inner + 16, stop))
            yield from (
                ("exif", _content(file, begin, last))
                for name, begin, last in folders
                if name in {b"CMT1", b"CMT2"} and last - begin <= longest
            )


def _exif(content: bytes) -> bytes:
    """What stands first is how much has to be passed over; some programs leave that out."""
    if content.startswith(_TIFF_BEGINNINGS):
        return content
    (skipped,) = struct.unpack_from(">I", content)
    return content[4 + skipped :]


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[Box]:
    for _ in range(_MOST_BOXES):
        if start + 8 > end:
            return
        file.seek(start)
        length, kind = struct.unpack(">I4s", file.read(8))
        head = 8
        if length == 1:
            (length,), head = struct.unpack(">Q", file.read(8)), 16
        stop = start + length if length else end
        if not start + head <= stop <= end:
            raise ValueError("a box is longer than what it is in")
        yield kind, start + head, stop
        start = stop


class _Meta:
    """The box that lists the items of a picture file, and where their bytes are."""

    def __init__(self, content: bytes) -> None:
        self._file = io.BytesIO(content)
        boxes = {kind: (start, end) for kind, start, end in _boxes(self._file, 4, len(content))}
        self._kinds = dict(self._item_kinds(*boxes.get(b"iinf", (0, 0))))
        self._extents = _Locations(content[slice(*boxes.get(b"iloc", (0, 0)))])
        self._inside = content[slice(*boxes.get(b"idat", (0, 0)))]

    def items(self, file: BinaryIO, longest: int) -> Iterator[tuple[str, bytes]]:
        for item, inside, start, length in self._extents:
            kind = self._kinds.get(item)
            if kind is None or not 0 < length <= longest:
                continue
            content = _content(io.BytesIO(self._inside) if inside else file, start, start + length)
            if kind == "xmp":
                yield kind, content
            elif len(content) > 4:
                yield kind, _exif(content)

    def _item_kinds(self, start: int, end: int) -> Iterator[tuple[int, str]]:
        if start + 8 > end:
            return
        self._file.seek(start)
        version = self._file.read(1)[0]
        for kind, begin, stop in list(_boxes(self._file, start + (8 if version else 6), end)):
            self._file.seek(begin)
            kind_of_item = _item_kind(self._file.read(stop - begin)) if kind == b"infe" else None
            if kind_of_item:
                yield kind_of_item


def _item_kind(entry: bytes) -> tuple[int, str] | None:
    """Number and kind of an item, if it is one for us."""
    form = {b"\2": ">xxxxHxx4s", b"\3": ">xxxxIxx4s"}.get(entry[:1])
    if form is None:
        return None
    item, kind = struct.unpack_from(form, entry)
    if kind == b"Exif":
        return item, "exif"
    _name, content_type, *_ = [*entry[struct.calcsize(form) :].split(b"\0", 2), b""]
    return (item, "xmp") if kind == b"mime" and content_type == _XMP_TYPE else None


class _Locations:
    """The box iloc: item, whether its bytes are in the meta box itself, their place and length; single pieces only."""

    def __init__(self, content: bytes) -> None:
        self._content, self._at = content, 0

    def __iter__(self) -> Iterator[tuple[int, bool, int, int]]:
        if not self._content:
            return
        version, low, high = struct.unpack_from(">B3xBB", self._content)
        offset, length, base, index = low >> 4, low & 15, high >> 4, high & 15
        self._at = 6
        wide = 4 if version == 2 else 2
        for _ in range(self._number(wide)):
            item = self._number(wide)
            method = self._number(2) & 15 if version else 0
            self._at += 2
            start = self._number(base)
            pieces = self._number(2)
            # A small box may announce 65,535 pieces of no bytes for each of as many items.
            for _piece in range(pieces if offset + length else 0):
                self._at += index if version else 0
                place = start + self._number(offset), self._number(length)
                if pieces == 1 and method < 2:
                    yield item, method == 1, *place

    def _number(self, size: int) -> int:
        end = self._at + size
        if end > len(self._content):
            raise EOFError
        value, self._at = int.from_bytes(self._content[self._at : end], "big"), end
        return value
