"""Image records in columns: a fifth of the memory that they take as objects, and sooner made."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, NamedTuple, Self, overload

import numpy as np
from numpy.typing import NDArray

from shoal.domain.images import ContentHash, FileStamp, ImageFacts, ImageId, ImageRecord, Region

_SEPARATOR = os.fsencode(os.sep)
_AT_ONCE = 10_000  # rows that are objects at the same time while a table is made
_KEPT = 150_000  # so many records are kept once they are made: to make them again would take longer than it saves


class ImageCells(NamedTuple):
    """One record as a table takes it: plain values, names as the system has them, `companions` with NUL between."""

    path: bytes
    label: str
    size: int
    modified_ns: int
    content_hash: bytes
    width: int
    height: int
    format: str
    taken: str | None
    camera: str | None
    damaged: bool
    companions: bytes
    sharpness: float | None
    difference_hash: int | None
    region: Region | None
    main: Region | None


def cells_of(record: ImageRecord) -> ImageCells:
    stamp, facts = record.stamp, record.facts
    return ImageCells(
        os.fsencode(record.path),
        record.label,
        stamp.size,
        stamp.modified_ns,
        bytes.fromhex(record.content_hash),
        facts.width,
        facts.height,
        facts.format,
        facts.taken,
        facts.camera,
        facts.damaged,
        b"\0".join(map(os.fsencode, record.companions)),
        facts.sharpness,
        facts.difference_hash,
        record.region,
        record.main,
    )


class _Names:
    """Few different texts, each once, and which of them every row has; -1 for None."""

    def __init__(self) -> None:
        self.texts: list[Any] = []
        self._numbers: dict[Any, int] = {None: -1}
        self._pieces: list[NDArray[np.int32]] = []

    def add(self, values: Sequence[Any]) -> None:
        numbers = self._numbers
        for value in values:
            if value not in numbers:
                numbers[value] = len(self.texts)
                self.texts.append(value)
        self._pieces.append(np.fromiter(map(numbers.__getitem__, values), np.int32, len(values)))

    def finish(self) -> None:
        self.codes = np.concatenate([np.empty(0, np.int32), *self._pieces])
        self._pieces = []

    def __getitem__(self, row: int) -> Any:
        code = self.codes[row]
        return None if code < 0 else self.texts[code]


class _Texts:
    """Bytes of every row, one after the other."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._lengths: list[NDArray[np.int64]] = []

    def add(self, values: Sequence[bytes]) -> None:
        self._pieces.append(b"".join(values))
        self._lengths.append(np.fromiter(map(len, values), np.int64, len(values)))

    def finish(self) -> None:
        self._whole = b"".join(self._pieces)
        self._ends = np.cumsum(np.concatenate([np.zeros(1, np.int64), *self._lengths]))
        self._pieces, self._lengths = [], []

    def __getitem__(self, row: int) -> bytes:
        return self._whole[self._ends[row] : self._ends[row + 1]]

    def __iter__(self) -> Iterator[bytes]:
        return (self._whole[start:end] for start, end in pairwise(self._ends.tolist()))


class _Numbers:
    def __init__(self, kind: type[np.generic]) -> None:
        self._kind = kind
        self._pieces: list[NDArray[Any]] = []

    def add(self, values: Sequence[Any]) -> None:
        self._pieces.append(np.array(values, self._kind))

    def finish(self) -> None:
        self.values = np.concatenate([np.empty(0, self._kind), *self._pieces])
        self._pieces = []

    def __getitem__(self, row: int) -> Any:
        return self.values[row].item()


class _Seldom:
    """What few rows have, and the others not: None."""

    def __init__(self) -> None:
        self.by_row: dict[int, Any] = {}
        self._count = 0

    def add(self, values: Sequence[Any]) -> None:
        self.by_row.update((row, value) for row, value in enumerate(values, self._count) if value is not None)
        self._count += len(values)

    def finish(self) -> None:
        """There is nothing to be put together."""

    def __getitem__(self, row: int) -> Any:
        return self.by_row.get(row)


@dataclass(eq=False, slots=True)
class _Columns:
    folder: _Names = field(default_factory=_Names)
    name: _Texts = field(default_factory=_Texts)
    label: _Names = field(default_factory=_Names)
    size: _Numbers = field(default_factory=lambda: _Numbers(np.int64))
    modified_ns: _Numbers = field(default_factory=lambda: _Numbers(np.int64))
    content_hash: _Texts = field(default_factory=_Texts)
    width: _Numbers = field(default_factory=lambda: _Numbers(np.int32))
    height: _Numbers = field(default_factory=lambda: _Numbers(np.int32))
    format: _Names = field(default_factory=_Names)
    taken: _Texts = field(default_factory=_Texts)
    has_taken: _Numbers = field(default_factory=lambda: _Numbers(np.bool_))
    camera: _Names = field(default_factory=_Names)
    damaged: _Numbers = field(default_factory=lambda: _Numbers(np.bool_))
    companions: _Texts = field(default_factory=_Texts)
    sharpness: _Numbers = field(default_factory=lambda: _Numbers(np.float64))
    difference_hash: _Numbers = field(default_factory=lambda: _Numbers(np.int64))
    has_difference_hash: _Numbers = field(default_factory=lambda: _Numbers(np.bool_))
    region: _Seldom = field(default_factory=_Seldom)
    main: _Seldom = field(default_factory=_Seldom)

    def add(self, rows: Sequence[ImageCells]) -> None:
        path, label, size, modified, hash_, width, height, format_, taken, camera, damaged, companions, *rest = zip(
            *rows, strict=True
        )
        sharpness, difference, region, main = rest
        places = [one.rpartition(_SEPARATOR) for one in path]
        self.folder.add([head + separator for head, separator, _name in places])
        self.name.add([name for _head, _separator, name in places])
        self.label.add(label)
        self.size.add(size)
        self.modified_ns.add(modified)
        self.content_hash.add(hash_)
        self.width.add(width)
        self.height.add(height)
        self.format.add(format_)
        self.taken.add([b"" if one is None else one.encode(errors="surrogatepass") for one in taken])
        self.has_taken.add([one is not None for one in taken])
        self.camera.add(camera)
        self.damaged.add(damaged)
        self.companions.add(companions)
        self.sharpness.add([np.nan if one is None else one for one in sharpness])
        self.difference_hash.add([one or 0 for one in difference])
        self.has_difference_hash.add([one is not None for one in difference])
        self.region.add(region)
        self.main.add(main)

    def finish(self) -> None:
        """Put together before any thread reads: what is put together when it is first asked for may be so by two."""
        for column in fields(self):
            getattr(self, column.name).finish()


class ImageTable(Sequence[ImageRecord]):
    """Records by image id, never changed. They are made when they are asked for, some 15 microseconds each, and kept
    only where they are few. Whoever wants one thing of all images asks for its column.
    """

    def __init__(self, rows: Iterable[ImageCells] = ()) -> None:
        self._columns, self._count = _Columns(), 0
        self._made: tuple[ImageRecord, ...] | None = None
        rows = iter(rows)
        while some := list(islice(rows, _AT_ONCE)):
            self._columns.add(some)
            self._count += len(some)
        self._columns.finish()

    @classmethod
    def of(cls, records: Sequence[ImageRecord]) -> Self:
        """Raises ValueError unless their ids count from 0."""
        if isinstance(records, cls):
            return records
        if [record.id for record in records] != list(range(len(records))):
            raise ValueError("the ids of images count from 0")
        table = cls(map(cells_of, records))
        table._made = tuple(records) if len(records) <= _KEPT else None
        return table

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> ImageRecord: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[ImageRecord]: ...

    def __getitem__(self, index: int | slice) -> ImageRecord | Sequence[ImageRecord]:
        if self._made is not None:
            return self._made[index]
        if isinstance(index, slice):
            return tuple(map(self._record, range(self._count)[index]))
        return self._record(range(self._count)[index])

    def __iter__(self) -> Iterator[ImageRecord]:
        if self._made is None and self._count <= _KEPT:
            self._made = tuple(map(self._record, range(self._count)))
        return map(self._record, range(self._count)) if self._made is None else iter(self._made)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return self is other or (len(self) == len(other) and all(map(ImageRecord.__eq__, self, other)))

    __hash__ = None  # type: ignore[assignment]  # equal to a tuple of the same records, which has another

    def __repr__(self) -> str:
        return f"<{self._count} image records>"

    # --- one thing of all of them

    @property
    def folders(self) -> tuple[Sequence[str], NDArray[np.int32]]:
        """The different labels, and which of them each image has."""
        return self._columns.label.texts, self._columns.label.codes

    def names(self) -> Iterator[str]:
        """The file names, without their folders."""
        return map(os.fsdecode, self._columns.name)

    def taken(self) -> Iterator[str | None]:
        columns = self._columns
        known = zip(columns.taken, columns.has_taken.values.tolist(), strict=True)
        return (_text(text) if there else None for text, there in known)

    @property
    def sharpness(self) -> NDArray[np.float64]:
        """NaN where it is not known."""
        return self._columns.sharpness.values

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Of the files, in bytes."""
        return self._columns.size.values

    @property
    def widths(self) -> NDArray[np.int32]:
        """Of the pictures, in pixels."""
        return self._columns.width.values

    @property
    def heights(self) -> NDArray[np.int32]:
        return self._columns.height.values

    @property
    def damaged(self) -> NDArray[np.intp]:
        """The ids of those of which only a part could be read."""
        return np.flatnonzero(self._columns.damaged.values)

    @property
    def hold_objects(self) -> bool:
        """Whether some are parts of pictures."""
        return bool(self._columns.region.by_row)

    # --- one of them

    @cached_property
    def _folders(self) -> list[Path]:
        return [Path(os.fsdecode(folder)) for folder in self._columns.folder.texts]

    def _record(self, row: int) -> ImageRecord:
        columns, companions = self._columns, self._columns.companions[row]
        return ImageRecord(
            ImageId(row),
            self._folders[columns.folder.codes[row]] / os.fsdecode(columns.name[row]),
            columns.label[row],
            FileStamp(columns.size[row], columns.modified_ns[row]),
            ContentHash(columns.content_hash[row].hex()),
            self._facts(row),
            tuple(map(_path, companions.split(b"\0"))) if companions else (),
            columns.region[row],
            columns.main[row],
        )

    def _facts(self, row: int) -> ImageFacts:
        columns = self._columns
        sharpness = columns.sharpness[row]
        return ImageFacts(
            columns.width[row],
            columns.height[row],
            columns.format[row],
            _text(columns.taken[row]) if columns.has_taken[row] else None,
            columns.camera[row],
            columns.damaged[row],
            None if np.isnan(sharpness) else sharpness,
            columns.difference_hash[row] if columns.has_difference_hash[row] else None,
        )


def _text(text: bytes) -> str:
    return text.decode(errors="surrogatepass")


def _path(name: bytes) -> Path:
    return Path(os.fsdecode(name))
