"""What a HEIC or AVIF file says of its pictures, and writing such a file of a few items (ISO/IEC 14496-12, 23008-12).

Nothing is believed: what contradicts itself raises ValueError, struct.error or KeyError.
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

_MOST_BOXES: Final = 65_536  # what announces more was made to keep its reader busy
_MOST_ITEMS: Final = 65_536
_ESSENTIAL: Final = 0x8000  # the bit beside a property's index in `ipma`
_MUST_BE_KNOWN: Final = {b"hvcC", b"av1C", b"clap", b"irot", b"imir", b"uncC"}
"""Properties without which an item cannot be shown as it is meant."""

Property = tuple[bytes, bytes]
"""Its kind (b"ispe") and what is in it."""


def boxes(data: memoryview | bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[bytes, int, int]]:
    """Kind, and where the content begins and ends; a last one that is cut short ends with the data."""
    end = len(data) if end is None else end
    for _ in range(_MOST_BOXES):
        if start + 8 > end:
            return
        length, kind = struct.unpack_from(">I4s", data, start)
        head = 8
        if length == 1:
            (length,), head = struct.unpack_from(">Q", data, start + 8), 16
        stop = min(start + length, end) if length else end
        if stop < start + head:
            raise ValueError("a box without a size")
        yield kind, start + head, stop
        start = stop


def box(kind: bytes, *contents: bytes) -> bytes:
    body = b"".join(contents)
    return struct.pack(">I4s", len(body) + 8, kind) + body


def full_box(kind: bytes, version: int, flags: int, *contents: bytes) -> bytes:
    return box(kind, struct.pack(">I", version << 24 | flags), *contents)


class HeifBoxes:
    """The items of a file: `kinds` by number, and what belongs to them."""

    def __init__(self, data: bytes) -> None:
        self._data = memoryview(data)
        self._meta = next(((start + 4, end) for kind, start, end in boxes(data) if kind == b"meta"), None)
        if self._meta is None:
            raise ValueError("no items")
        self._parts = {kind: (start, end) for kind, start, end in boxes(data, *self._meta)}

    @cached_property
    def primary(self) -> int:
        start, _ = self._parts[b"pitm"]
        form = ">H" if self._data[start] == 0 else ">I"
        return int(struct.unpack_from(form, self._data, start + 4)[0])

    @cached_property
    def kinds(self) -> dict[int, bytes]:
        start, end = self._parts[b"iinf"]
        kinds: dict[int, bytes] = {}
        for kind, inner, _ in boxes(self._data, start + (6 if self._data[start] == 0 else 8), end):
            form = {2: ">xxxxHxx4s", 3: ">xxxxIxx4s"}.get(self._data[inner])
            if kind == b"infe" and form is not None and len(kinds) < _MOST_ITEMS:
                item, type_ = struct.unpack_from(form, self._data, inner)
                kinds[item] = type_
        return kinds

    def properties(self, item: int) -> list[Property]:
        """In the order in which they are to be applied."""
        return [self._all_properties[number - 1] for number in self._associations.get(item, ()) if number]

    def property_of(self, item: int, kind: bytes) -> bytes | None:
        return next((content for name, content in self.properties(item) if name == kind), None)

    def size_of(self, item: int) -> tuple[int, int] | None:
        ispe = self.property_of(item, b"ispe")
        if ispe is None or len(ispe) < 12:
            return None
        width, height = struct.unpack_from(">II", ispe, 4)
        return width, height

    @cached_property
    def _all_properties(self) -> list[Property]:
        inside = {kind: (start, end) for kind, start, end in boxes(self._data, *self._parts[b"iprp"])}
        return [(kind, bytes(self._data[start:end])) for kind, start, end in boxes(self._data, *inside[b"ipco"])]

    @cached_property
    def _associations(self) -> dict[int, list[int]]:
        associations: dict[int, list[int]] = {}
        for kind, start, _ in boxes(self._data, *self._parts[b"iprp"]):
            if kind == b"ipma":
                associations |= self._associated(start)
        return associations

    def _associated(self, start: int) -> dict[int, list[int]]:
        version, flags = self._data[start], self._data[start + 3]
        item_form, number_form = (">H" if version < 1 else ">I"), (">H" if flags & 1 else ">B")
        (count,), at = struct.unpack_from(">I", self._data, start + 4), start + 8
        associations: dict[int, list[int]] = {}
        for _ in range(min(count, _MOST_ITEMS)):
            (item,) = struct.unpack_from(item_form, self._data, at)
            at += struct.calcsize(item_form)
            numbers = self._data[at]
            at += 1
            width = struct.calcsize(number_form)
            read = [struct.unpack_from(number_form, self._data, at + width * n)[0] for n in range(numbers)]
            associations[item] = [number & (0x7FFF if flags & 1 else 0x7F) for number in read]
            at += width * numbers
        return associations

    @cached_property
    def references(self) -> dict[tuple[bytes, int], list[int]]:
        """(kind, from item) -> to items."""
        if b"iref" not in self._parts:
            return {}
        start, end = self._parts[b"iref"]
        form = "H" if self._data[start] == 0 else "I"
        references: dict[tuple[bytes, int], list[int]] = {}
        for kind, at, _ in boxes(self._data, start + 4, end):
            item, count = struct.unpack_from(f">{form}H", self._data, at)
            to = struct.unpack_from(f">{count}{form}", self._data, at + struct.calcsize(f">{form}H"))
            references[kind, item] = list(to)
        return references

    def content(self, item: int) -> bytes:
        """The item's own bytes, all pieces together."""
        return b"".join(bytes(self._data[start : start + length]) for start, length in self._pieces[item])

    @cached_property
    def _pieces(self) -> dict[int, list[tuple[int, int]]]:
        start, end = self._parts[b"iloc"]
        read = _Numbers(self._data, start + 4, end)
        version, sizes = self._data[start], read.take(2)
        offset, length, base, index = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15, sizes & 15
        inside, _ = self._parts.get(b"idat", (0, 0))
        pieces_of: dict[int, list[tuple[int, int]]] = {}
        for _ in range(min(read.take(4 if version == 2 else 2), _MOST_ITEMS)):
            item = read.take(4 if version == 2 else 2)
            method = read.take(2) & 15 if version else 0
            read.take(2)
            origin = read.take(base) + (inside if method == 1 else 0)
            pieces = []
            for _piece in range(read.take(2)):
                read.take(index if version else 0)
                pieces.append((origin + read.take(offset), read.take(length)))
            pieces_of[item] = pieces
        return pieces_of


class _Numbers:
    def __init__(self, data: memoryview, start: int, end: int) -> None:
        self._data, self._at, self._end = data, start, end

    def take(self, size: int) -> int:
        self._at += size
        if self._at > self._end:
            raise ValueError("a table ends early")
        return int.from_bytes(self._data[self._at - size : self._at], "big")


@dataclass(frozen=True, slots=True)
class Item:
    """For writing. `references`: kind -> numbers of other items, counted from 1."""

    kind: bytes
    data: bytes
    properties: Sequence[Property]
    references: Mapping[bytes, Sequence[int]] = field(default_factory=dict)


def heif_file(items: Sequence[Item], brand: bytes = b"heic", primary: int = 1) -> bytes:
    """A file of `items`, numbered from 1."""
    head = box(b"ftyp", brand, bytes(4), brand, b"mif1", b"miaf")
    meta = _meta(items, primary, 0)
    return head + _meta(items, primary, len(head) + len(meta) + 8) + box(b"mdat", *(item.data for item in items))


def _meta(items: Sequence[Item], primary: int, start: int) -> bytes:
    handler = full_box(b"hdlr", 0, 0, bytes(4), b"pict", bytes(13))
    names = [full_box(b"infe", 2, 0, struct.pack(">HH4sx", n, 0, item.kind)) for n, item in enumerate(items, 1)]
    places: list[bytes] = []
    kept: dict[Property, int] = {}  # libheif refuses files of very many properties
    associated: list[bytes] = []
    for number, item in enumerate(items, 1):
        places.append(struct.pack(">HHHII", number, 0, 1, start, len(item.data)))
        start += len(item.data)
        marks = [_ESSENTIAL if kind in _MUST_BE_KNOWN else 0 for kind, _ in item.properties]
        numbers = [kept.setdefault(of, len(kept) + 1) | mark for of, mark in zip(item.properties, marks, strict=True)]
        associated.append(struct.pack(">HB", number, len(numbers)) + b"".join(struct.pack(">H", n) for n in numbers))
    counted = struct.pack(">H", len(items))
    references = [
        box(kind, struct.pack(f">HH{len(to)}H", number, len(to), *to))
        for number, item in enumerate(items, 1)
        for kind, to in item.references.items()
    ]
    return full_box(
        b"meta",
        0,
        0,
        handler,
        full_box(b"pitm", 0, 0, struct.pack(">H", primary)),
        full_box(b"iloc", 0, 0, b"\x44\0", counted, *places),
        full_box(b"iinf", 0, 0, counted, *names),
        full_box(b"iref", 0, 0, *references) if references else b"",
        box(
            b"iprp",
            box(b"ipco", *(box(kind, content) for kind, content in kept)),
            full_box(b"ipma", 0, 1, struct.pack(">I", len(items)), *associated),
        ),
    )
