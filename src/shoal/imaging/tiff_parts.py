"""A part of a TIFF as a file of its own: the strips or tiles that it touches, as they are packed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from shoal.imaging.sizes import Box
from shoal.imaging.tiff_folders import HEIGHT, ORIENTATION, SUB_FOLDERS, WIDTH, TiffFolder, made_of, picture_of
from shoal.imaging.tiff_samples import NONE, OLD_JPEG

_COMPRESSION, _COUNT, _ROWS, _PLANES, _FORMAT, _BITS = 259, 277, 278, 284, 339, 258
_STRIPS, _STRIP_LENGTHS, _TILE_WIDTH, _TILE_HEIGHT, _TILES, _TILE_LENGTHS = 273, 279, 322, 323, 324, 325
_PHOTOMETRIC, _LUMA = 262, 6
_NOT_NEEDED: Final = (ORIENTATION, SUB_FOLDERS, 254, 255, 700, 34665, 34853, 33723, 34377)
"""What is said of the whole only, or is large."""
_FEWEST, _ROWS_AT_ONCE = 2, 64


@dataclass(frozen=True, slots=True)
class _Pieces:
    """How a picture is divided: pieces of `width` x `height`, `columns` in a row; where each stands, plane by plane."""

    width: int
    height: int
    columns: int
    rows: int
    offsets: Sequence[int]
    lengths: Sequence[int]
    tiled: bool


def part_of(data: bytes, where: Callable[[tuple[int, int]], Box]) -> tuple[bytes, Box] | None:
    """A smaller file, and where in its picture the part lies. `where` tells it for a picture of that size, as stored.

    None for what has to be read as a whole: a single piece, or numbers whose white depends on all of them.
    """
    folder = picture_of(data)
    if folder is None or _is_odd(folder):
        return None
    pieces = _pieces_of(folder)
    if pieces is None or pieces.columns * pieces.rows < _FEWEST:
        return None
    left, top, right, bottom = where(folder.size)
    columns = range(left // pieces.width, -(-right // pieces.width))
    rows = range(top // pieces.height, -(-bottom // pieces.height))
    corner = columns.start * pieces.width, rows.start * pieces.height
    within = left - corner[0], top - corner[1], right - corner[0], bottom - corner[1]
    return _as_file(folder, pieces, columns, rows), within


def _is_odd(folder: TiffFolder) -> bool:
    is_deep = set(folder.numbers(_FORMAT)) - {1} or max(folder.numbers(_BITS), default=1) > 16
    planar_luma = folder.number(_PHOTOMETRIC, 0) == _LUMA and folder.number(_PLANES, 1) == 2
    return bool(is_deep) or planar_luma or folder.number(_COMPRESSION, 1) == OLD_JPEG or min(folder.size) < 1


def _pieces_of(folder: TiffFolder) -> _Pieces | None:
    width, height = folder.size
    tiled = _TILES in folder.entries and _TILE_WIDTH in folder.entries
    across = folder.number(_TILE_WIDTH, 0) if tiled else width
    down = folder.number(_TILE_HEIGHT, 0) if tiled else min(folder.number(_ROWS, height), height)
    if min(across, down) < 1:
        return None
    columns, rows = -(-width // across), -(-height // down)
    offsets = folder.numbers(_TILES if tiled else _STRIPS)
    lengths = folder.numbers(_TILE_LENGTHS if tiled else _STRIP_LENGTHS)
    planes = folder.number(_COUNT, 1) if folder.number(_PLANES, 1) == 2 else 1
    if not len(offsets) == len(lengths) == columns * rows * planes:
        return None
    if len(offsets) == 1 and folder.number(_COMPRESSION, NONE) == NONE:
        return _cut_by_rows(folder, offsets[0], lengths[0])
    return _Pieces(across, down, columns, rows, offsets, lengths, tiled)


def _cut_by_rows(folder: TiffFolder, offset: int, length: int) -> _Pieces | None:
    """A single strip of rows that are not packed is as good as many."""
    (width, height), bits = folder.size, folder.numbers(_BITS) or (1,)
    row_bytes = -(-width * folder.number(_COUNT, 1) * max(bits) // 8)
    if len(set(bits)) > 1 or row_bytes * height > length:
        return None
    offsets = range(offset, offset + row_bytes * height, row_bytes * _ROWS_AT_ONCE)
    lengths = [min(row_bytes * _ROWS_AT_ONCE, offset + row_bytes * height - start) for start in offsets]
    return _Pieces(width, _ROWS_AT_ONCE, 1, len(offsets), offsets, lengths, tiled=False)


def _as_file(folder: TiffFolder, pieces: _Pieces, columns: range, rows: range) -> bytes:
    chosen = list(_chosen(pieces, columns, rows))
    width, height = folder.size
    corner = columns.start * pieces.width, rows.start * pieces.height
    size = min(len(columns) * pieces.width, width - corner[0]), min(len(rows) * pieces.height, height - corner[1])
    packed = [bytes(folder.data[pieces.offsets[one] : pieces.offsets[one] + pieces.lengths[one]]) for one in chosen]
    offsets = (8 + np.cumsum([0, *(len(one) + len(one) % 2 for one in packed)]))[:-1].tolist()
    lengths = [len(one) for one in packed]
    places, sizes = (_TILES, _TILE_LENGTHS) if pieces.tiled else (_STRIPS, _STRIP_LENGTHS)
    numbers = {WIDTH: [size[0]], HEIGHT: [size[1]], places: offsets, sizes: lengths}
    if not pieces.tiled:
        numbers[_ROWS] = [pieces.height]
    body = b"".join(one + b"\0" * (len(one) % 2) for one in packed)
    return made_of(folder, body, numbers, _NOT_NEEDED)


def _chosen(pieces: _Pieces, columns: range, rows: range) -> Iterator[int]:
    """Row by row, and one plane after the other."""
    each = pieces.columns * pieces.rows
    for plane in range(0, len(pieces.offsets), each):
        for row in rows:
            yield from (plane + row * pieces.columns + column for column in columns)
