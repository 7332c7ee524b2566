"""The folders of a TIFF file: which of its pictures is the picture, and telling that one anew, more simply.

TIFF 6.0 and BigTIFF, in both byte orders. What is read is bounded, and wrong entries are taken for missing ones.
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

_ORDERS: Final = {b"II": "<", b"MM": ">"}
_BIG: Final = 43  # BigTIFF's version; the usual one is 42
_MOST_ENTRIES: Final = 1_024
_MOST_FOLDERS: Final = 64  # pages beyond these are not looked at: one picture is shown
_MOST_NUMBERS: Final = 4 << 20  # a tag that announces more was made to fill the memory
_FORMS: Final = {1: "u1", 2: "u1", 3: "u2", 4: "u4", 6: "i1", 7: "u1", 8: "i2", 9: "i4", 13: "u4", 16: "u8", 18: "u8"}
_SIZES: Final = {5: 8, 10: 8, 11: 4, 12: 8, 17: 8, **{kind: int(form[1]) for kind, form in _FORMS.items()}}
_LONG, _BIG_KINDS = 4, frozenset({16, 17, 18})
_ASCII, _SHORT = 2, 3

SUBFILE_TYPE, WIDTH, HEIGHT, ORIENTATION, SUB_FOLDERS = 254, 256, 257, 274, 330
_REDUCED, _MASK = 1, 4
"""The bits of `SUBFILE_TYPE` that say: a smaller copy of another picture in this file, or what is seen of it."""
_OLD_SUBFILE_TYPE, _OLD_REDUCED = 255, 2


@dataclass(frozen=True, slots=True, eq=False)
class TiffFolder:
    """One picture of a file and what is said of it. `start`: where in `data` it stands. `order`: "<" or ">"."""

    data: memoryview
    order: str
    start: int
    entries: Mapping[int, tuple[int, int, int]]
    """Tag -> kind, how many, and where their bytes stand."""

    def numbers(self, tag: int) -> tuple[int, ...]:
        """Whole numbers; none if there are none."""
        kind, count, start = self.entries.get(tag, (0, 0, 0))
        form = _FORMS.get(kind)
        if form is None or kind == _ASCII or not 0 < count <= _MOST_NUMBERS:
            return ()
        read = self.data[start : start + count * int(form[1])]
        return tuple(np.frombuffer(read, self.order + form).tolist()) if len(read) == count * int(form[1]) else ()

    def number(self, tag: int, otherwise: int) -> int:
        return next(iter(self.numbers(tag)), otherwise)

    def content(self, tag: int) -> bytes:
        kind, count, start = self.entries.get(tag, (0, 0, 0))
        return bytes(self.data[start : start + count * _SIZES.get(kind, 0)])

    @property
    def size(self) -> tuple[int, int]:
        """Width and height; 0 for what is not said, or is said to be below."""
        return max(self.number(WIDTH, 0), 0), max(self.number(HEIGHT, 0), 0)

    @property
    def is_of_another(self) -> bool:
        """Whether it only goes with another picture of the file."""
        old = self.number(_OLD_SUBFILE_TYPE, 0) == _OLD_REDUCED
        return bool(self.number(SUBFILE_TYPE, _REDUCED if old else 0) & (_REDUCED | _MASK))


def is_big(data: bytes | memoryview) -> bool:
    order = _ORDERS.get(bytes(data[:2]))
    return order is not None and len(data) > 16 and struct.unpack_from(order + "H", data, 2)[0] == _BIG


def folders_of(data: bytes) -> Iterator[TiffFolder]:
    """The folders in the order of their chain, each before those inside it. None for what is no TIFF."""
    view = memoryview(data)
    order = _ORDERS.get(data[:2])
    if order is None or len(data) < 16:
        return
    big = is_big(data)
    waiting = [_unpack(view, order + ("Q" if big else "I"), 8 if big else 4)]
    seen: set[int] = set()
    while waiting and len(seen) < _MOST_FOLDERS:
        start = waiting.pop(0)
        if start in seen or not 0 < start < len(data):
            continue
        seen.add(start)
        folder, following = _folder(view, order, start, big)
        yield folder
        waiting = [*folder.numbers(SUB_FOLDERS)[:_MOST_FOLDERS], *waiting, following]


def picture_of(data: bytes) -> TiffFolder | None:
    """The folder of the file's picture: the first, or if that goes with another, the largest that does not."""
    first = next(folders_of(data), None)
    if first is None or not first.is_of_another:
        return first
    whole = [folder for folder in folders_of(data) if not folder.is_of_another and min(folder.size) > 0]
    return max(whole, key=lambda folder: folder.size[0] * folder.size[1], default=first)


def orientation_of(data: bytes) -> int:
    """EXIF's 1..8; 1 if nothing is said."""
    folder = picture_of(data)
    stated = folder.number(ORIENTATION, 1) if folder else 1
    return stated if stated in range(1, 9) else 1


def _folder(view: memoryview, order: str, start: int, big: bool) -> tuple[TiffFolder, int]:
    """And where the next one of the chain stands."""
    counted, form, room, address = ("Q", "HHQ", 8, "Q") if big else ("H", "HHI", 4, "I")
    count = _unpack(view, order + counted, start)
    head = struct.Struct(order + form)
    at = start + struct.calcsize(order + counted)
    entries: dict[int, tuple[int, int, int]] = {}
    if count > _MOST_ENTRIES:
        return TiffFolder(view, order, start, {}), 0
    for position in range(at, min(at + count * (head.size + room), len(view) - head.size - room + 1), head.size + room):
        tag, kind, length = head.unpack_from(view, position)
        inside = length * _SIZES.get(kind, 0) <= room
        place = position + head.size
        entries.setdefault(tag, (kind, length, place if inside else _unpack(view, order + address, place)))
    return TiffFolder(view, order, start, entries), _unpack(view, order + address, at + count * (head.size + room))


def _unpack(view: memoryview, form: str, position: int) -> int:
    """0 beyond the end."""
    if position + struct.calcsize(form) > len(view):
        return 0
    value: int = struct.unpack_from(form, view, position)[0]
    return value


def with_first(data: bytes, folder: TiffFolder) -> bytes:
    """The same file with `folder` as its first, for readers that know no other."""
    if is_big(data):
        return data[:8] + struct.pack(folder.order + "Q", folder.start) + data[16:]
    return data[:4] + struct.pack(folder.order + "I", folder.start) + data[8:]


def made_small(data: bytes, folder: TiffFolder) -> bytes:
    """A BigTIFF of less than 4 GB as a plain TIFF with one folder; the pixels stay where they are."""
    values: dict[int, tuple[int, int, bytes]] = {}
    for tag, (kind, count, _) in sorted(folder.entries.items()):
        if kind in _BIG_KINDS:
            values[tag] = (_LONG, count, np.array(folder.numbers(tag), folder.order + "u4").tobytes())
        elif kind in _SIZES:
            values[tag] = (kind, count, folder.content(tag))
    mark = data[:2] + struct.pack(folder.order + "HI", 42, len(data) + len(data) % 2)
    return mark + data[8:] + b"\0" * (len(data) % 2) + folder_bytes(folder.order, len(data) + len(data) % 2, values)


def made_of(folder: TiffFolder, body: bytes, numbers: Mapping[int, Sequence[int]], without: Sequence[int]) -> bytes:
    """A plain TIFF of one folder with `body` behind its head: `numbers` of 32 bits instead of those of `folder`."""
    values = {
        tag: (kind, count, folder.content(tag))
        for tag, (kind, count, _) in folder.entries.items()
        if tag not in without and kind in _SIZES and kind not in _BIG_KINDS
    }
    for tag, many in numbers.items():
        values[tag] = (_LONG, len(many), np.array(many, folder.order + "u4").tobytes())
    start = 8 + len(body) + len(body) % 2
    mark = b"II" if folder.order == "<" else b"MM"
    head = mark + struct.pack(folder.order + "HI", 42, start)
    return head + body + b"\0" * (len(body) % 2) + folder_bytes(folder.order, start, values)


def folder_bytes(order: str, start: int, values: Mapping[int, tuple[int, int, bytes]]) -> bytes:
    """A folder of a plain TIFF that stands at `start`: tag -> kind, how many, and their bytes."""
    beyond = start + 2 + 12 * len(values) + 4
    table, tail = bytearray(struct.pack(order + "H", len(values))), bytearray()
    for tag, (kind, count, content) in sorted(values.items()):
        table += struct.pack(order + "HHI", tag, kind, count)
        if len(content) <= 4:
            table += content.ljust(4, b"\0")
        else:
            table += struct.pack(order + "I", beyond + len(tail))
            tail += content + b"\0" * (len(content) % 2)
    return bytes(table + bytes(4) + tail)


def small_tiff(pixels: bytes, tags: Mapping[int, int | Sequence[int]]) -> bytes:
    """A little-endian TIFF of one strip: `pixels` as they are, packed or not, and numbers of 32 bits about them."""
    start = 8 + len(pixels) + len(pixels) % 2
    strip = {273: 8, 279: len(pixels)}
    values = {
        tag: (_LONG, np.size(number), np.asarray(number, "<u4").tobytes()) for tag, number in {**tags, **strip}.items()
    }
    head = b"II*\0" + struct.pack("<I", start)
    return head + pixels + b"\0" * (len(pixels) % 2) + folder_bytes("<", start, values)
