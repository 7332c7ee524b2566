"""Tables as Parquet files, which data frames, databases and viewers of embeddings read.

What is needed of the format (parquet-format 2, apache.org) is little: plain values in one page a column and group of
rows, without compression, and the description of them in Thrift's compact protocol. A library for it would weigh more
than the rest of the program.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from struct import pack
from typing import Final

import numpy as np
from numpy.typing import NDArray

MAGIC: Final = b"PAR1"
ROWS_AT_ONCE: Final = 16_384  # readers hold one group of rows in memory at a time
_I32, _I64, _BINARY, _LIST, _STRUCT = 5, 6, 8, 9, 12  # types of Thrift's compact protocol
_INT32, _INT64, _FLOAT, _DOUBLE, _BYTES = 1, 2, 4, 5, 6  # Parquet's physical types
_REQUIRED, _OPTIONAL, _REPEATED = 0, 1, 2  # FieldRepetitionType
_UTF8, _AS_LIST = 0, 3  # ConvertedType
_PLAIN, _RUNS = 0, 3  # Encoding: as they are; run lengths
_TYPES: Final = {"i4": _INT32, "i8": _INT64, "f4": _FLOAT, "f8": _DOUBLE}

Values = Sequence[str] | NDArray[np.generic] | Sequence[NDArray[np.generic]] | Mapping[str, "Values"]
"""Texts; numbers, of which those that are none (NaN) are null; a list of numbers a row; or several of these by name."""


def parquet_table(columns: Mapping[str, Values], told: Mapping[str, str] | None = None) -> bytes:
    """All columns have the same number of rows. `told`: what holds for all of the table.

    Numbers are int32, int64, float32 or float64; a matrix is a list of numbers a row.
    """
    leaves = [leaf for name, values in columns.items() for leaf in _leaves((name,), values)]
    rows = len(leaves[0].values) if leaves else 0
    if any(len(leaf.values) != rows for leaf in leaves):
        raise ValueError("columns of different length")
    parts, groups, position = [MAGIC], [], len(MAGIC)
    for start in range(0, rows, ROWS_AT_ONCE):
        chunks, size = [], 0
        for leaf in leaves:
            page, count = leaf.page(slice(start, start + ROWS_AT_ONCE))
            parts.append(page)
            chunks.append(_chunk(leaf, position, len(page), count))
            position, size = position + len(page), size + len(page)
        held = min(ROWS_AT_ONCE, rows - start)
        groups.append(_struct([(1, _LIST, _list(_STRUCT, chunks)), (2, _I64, _zigzag(size)), (3, _I64, _zigzag(held))]))
    footer = _footer(columns, rows, groups, told or {})
    return b"".join([*parts, footer, pack("<I", len(footer)), MAGIC])


@dataclass(frozen=True, slots=True, eq=False)
class _Leaf:
    """One column of the file. `kind`: of its values; `nested`: a list of them a row; `nullable`: some may be none."""

    path: tuple[str, ...]
    values: Sequence[object] | NDArray[np.generic]
    kind: int
    nested: bool = False
    nullable: bool = False

    def page(self, rows: slice) -> tuple[bytes, int]:
        """A data page with its header, and how many values and nulls it holds."""
        some = self.values[rows]
        if self.nested:
            lengths = np.array([len(values) for values in some])  # type: ignore[arg-type]  # lists
            levels, content = _list_levels(lengths), b"".join(_plain(np.asarray(values)) for values in some)
            count = int(np.maximum(lengths, 1).sum())
        elif self.kind == _BYTES:
            levels, count = b"", len(some)
            content = b"".join(pack("<I", len(text)) + text for text in (_utf8(str(value)) for value in some))
        else:
            numbers = np.asarray(some)
            is_given = ~np.isnan(numbers) if self.nullable else np.ones(len(numbers), np.bool_)
            levels = _runs(is_given.astype(np.uint8)) if self.nullable else b""
            content, count = _plain(numbers[is_given]), len(numbers)
        body = levels + content
        page = [
            (1, _I32, _zigzag(count)),
            (2, _I32, _zigzag(_PLAIN)),
            (3, _I32, _zigzag(_RUNS)),
            (4, _I32, _zigzag(_RUNS)),
        ]
        size = _zigzag(len(body))
        header = _struct([(1, _I32, _zigzag(0)), (2, _I32, size), (3, _I32, size), (5, _STRUCT, _struct(page))])
        return header + body, count


def _leaves(path: tuple[str, ...], values: Values) -> Iterator[_Leaf]:
    if isinstance(values, Mapping):
        for name, inner in values.items():
            yield from _leaves((*path, name), inner)
    elif isinstance(values, np.ndarray) and values.ndim == 1:
        yield _Leaf(path, values, _kind(values), nullable=values.dtype.kind == "f")
    elif isinstance(values, np.ndarray) or (len(values) and isinstance(values[0], np.ndarray)):
        first = np.asarray(values[0]) if len(values) else np.empty(0, np.float32)
        yield _Leaf((*path, "list", "element"), values, _kind(first), nested=True)
    else:
        yield _Leaf(path, values, _BYTES)


def _kind(values: NDArray[np.generic]) -> int:
    return _TYPES[values.dtype.str[1:]]


def _plain(numbers: NDArray[np.generic]) -> bytes:
    return np.ascontiguousarray(numbers, numbers.dtype.newbyteorder("<")).tobytes()


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def _list_levels(lengths: NDArray[np.integer]) -> bytes:
    """For each value whether it goes on with the list before it, and for each whether it is there at all."""
    ends = np.cumsum(np.maximum(lengths, 1))
    goes_on = np.ones(int(ends[-1]) if len(ends) else 0, np.uint8)
    begins = ends - np.maximum(lengths, 1)
    goes_on[begins] = 0
    is_given = np.ones(len(goes_on), np.uint8)
    is_given[begins[lengths == 0]] = 0
    return _runs(goes_on) + _runs(is_given)


def _runs(levels: NDArray[np.uint8]) -> bytes:
    """Run lengths with their length before them."""
    starts = np.flatnonzero(np.diff(levels, prepend=255 if len(levels) else []))
    counts = np.diff(starts, append=len(levels))
    body = b"".join(
        _varint(count << 1) + bytes([level])
        for count, level in zip(counts.tolist(), levels[starts].tolist(), strict=True)
    )
    return pack("<I", len(body)) + body


def _chunk(leaf: _Leaf, position: int, size: int, count: int) -> bytes:
    encodings = _list(_I32, [_zigzag(_PLAIN), _zigzag(_RUNS)])
    path = _list(_BINARY, [_text(name) for name in leaf.path])
    about = [
        (1, _I32, _zigzag(leaf.kind)), (2, _LIST, encodings), (3, _LIST, path), (4, _I32, _zigzag(0)),
        (5, _I64, _zigzag(count)), (6, _I64, _zigzag(size)), (7, _I64, _zigzag(size)), (9, _I64, _zigzag(position)),
    ]  # fmt: skip
    return _struct([(2, _I64, _zigzag(position)), (3, _STRUCT, _struct(about))])


def _footer(columns: Mapping[str, Values], rows: int, groups: list[bytes], told: Mapping[str, str]) -> bytes:
    root = _struct([(4, _BINARY, _text("schema")), (5, _I32, _zigzag(len(columns)))])
    schema = [root, *(element for name, values in columns.items() for element in _schema(name, values))]
    pairs = [_struct([(1, _BINARY, _text(key)), (2, _BINARY, _text(value))]) for key, value in told.items()]
    about = [
        (1, _I32, _zigzag(1)), (2, _LIST, _list(_STRUCT, schema)), (3, _I64, _zigzag(rows)),
        (4, _LIST, _list(_STRUCT, groups)), (5, _LIST, _list(_STRUCT, pairs)), (6, _BINARY, _text("shoal")),
    ]  # fmt: skip
    return _struct(about)


def _schema(name: str, values: Values) -> Iterator[bytes]:
    """The elements of a column, from the outermost in."""
    if isinstance(values, Mapping):
        yield _group(name, _REQUIRED, len(values))
        for inner, ones in values.items():
            yield from _schema(inner, ones)
        return
    (leaf,) = _leaves((name,), values)
    if leaf.nested:
        yield _group(name, _REQUIRED, 1, _AS_LIST)
        yield _group("list", _REPEATED, 1)
    fields = [(1, _I32, _zigzag(leaf.kind)), (3, _I32, _zigzag(_OPTIONAL if leaf.nullable else _REQUIRED))]
    fields.append((4, _BINARY, _text("element" if leaf.nested else name)))
    yield _struct([*fields, (6, _I32, _zigzag(_UTF8))] if leaf.kind == _BYTES else fields)


def _group(name: str, repetition: int, children: int, kind: int | None = None) -> bytes:
    fields = [(3, _I32, _zigzag(repetition)), (4, _BINARY, _text(name)), (5, _I32, _zigzag(children))]
    return _struct(fields if kind is None else [*fields, (6, _I32, _zigzag(kind))])


# Thrift's compact protocol.


def _struct(fields: Sequence[tuple[int, int, bytes]]) -> bytes:
    """Fields with their numbers, ascending, and types."""
    parts, last = [], 0
    for number, kind, content in fields:
        parts.append(bytes([(number - last) << 4 | kind]) + content)
        last = number
    return b"".join(parts) + b"\0"


def _list(kind: int, items: Sequence[bytes]) -> bytes:
    head = bytes([len(items) << 4 | kind]) if len(items) < 15 else bytes([0xF0 | kind]) + _varint(len(items))
    return head + b"".join(items)


def _text(text: str) -> bytes:
    content = _utf8(text)
    return _varint(len(content)) + content


def _zigzag(number: int) -> bytes:
    return _varint(number << 1)


def _varint(number: int) -> bytes:
    parts = bytearray()
    while number > 0x7F:
        parts.append(number & 0x7F | 0x80)
        number >>= 7
    parts.append(number)
    return bytes(parts)
