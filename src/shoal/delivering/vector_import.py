"""Vectors read in from what other programs write, and `shoal embed`: numbers and texts, and nothing that could run."""

import base64
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from shoal.domain.errors import UserFacingError
from shoal.domain.sentence import Sentence
from shoal.looking.given_vectors import VectorsOfFiles

LARGEST: Final = 16 << 30
LONGEST_ROW: Final = 16 << 20
PATHS: Final = (
    "path", "paths", "filepath", "file_path", "filename", "file_name", "image_path", "image", "source", "id",
)  # fmt: skip
VECTORS: Final = ("vector", "vectors", "embedding", "embeddings", "features", "feature")
"""Names of columns and arrays, the likeliest first."""
Read = tuple[Sequence[str], NDArray[Any]]


def read_vectors(path: Path) -> VectorsOfFiles:
    """Raises UserFacingError for a file that holds none, or other than one for each path."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise _unfit(path, Sentence("it ends in none of {endings}", endings=", ".join(READERS)))
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError("it is too large")
        paths, rows = reader(path)
        return _checked(path, paths, rows)
    except OSError as error:
        raise UserFacingError(
            Sentence("{path} cannot be read ({reason}).", path=path, reason=error.strerror or error),
            Sentence("Choose another file."),
        ) from error
    except (
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        RecursionError,
        EOFError,
        zipfile.BadZipFile,
        zlib.error,
    ) as error:
        reason = Sentence("{what} is missing", what=error.args[0]) if isinstance(error, KeyError) else str(error)
        raise _unfit(path, reason) from error


def _checked(path: Path, paths: Sequence[str], rows: NDArray[Any]) -> VectorsOfFiles:
    if rows.ndim != 2 or rows.dtype.kind not in "iuf" or not rows.shape[1]:
        raise ValueError(f"its vectors have the shape {' x '.join(map(str, rows.shape))} and the type {rows.dtype}")
    if len(paths) != len(rows):
        raise ValueError(f"it has {len(rows)} vectors and {len(paths)} paths")
    numbers = np.ascontiguousarray(rows, np.float32)
    whole = np.isfinite(numbers).all(axis=1) & numbers.any(axis=1)
    kept = np.flatnonzero(whole)
    if not len(kept):
        raise ValueError("none of its vectors has a direction")
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return VectorsOfFiles(tuple(str(paths[row]) for row in kept.tolist()), numbers[kept], sha256)


def _named(names: Sequence[str], columns: Sequence[str]) -> str:
    """Raises KeyError with what was looked for."""
    lower = {column.lower(): column for column in reversed(columns)}
    column = next((lower[name] for name in names if name in lower), None)
    if column is None:
        raise KeyError(f"one of {', '.join(names)}")
    return column


def _npz(path: Path) -> Read:
    with zipfile.ZipFile(path) as parts:
        if sum(part.file_size for part in parts.infolist()) > LARGEST:
            raise ValueError("it is too large")
    with np.load(path, allow_pickle=False) as arrays:
        return _texts(arrays[_named(PATHS, arrays.files)]), arrays[_named(VECTORS, arrays.files)]


def _npy(path: Path) -> Read:
    """With the paths in a text file of the same name beside it, one a line."""
    rows = np.load(path, allow_pickle=False)
    return path.with_suffix(".txt").read_text(encoding="utf-8").splitlines(), rows


def _json(path: Path) -> Read:
    """FiftyOne's samples, or a list of objects with a path and a vector each."""
    value = json.loads(path.read_bytes())
    samples = value["samples"] if isinstance(value, Mapping) else value
    first = samples[0]
    path_name, vector_name = _named(PATHS, list(first)), _named(VECTORS, list(first))
    rows = [_numbers(sample[vector_name]) for sample in samples]
    return [str(sample[path_name]) for sample in samples], np.array(rows, np.float32)


def _numbers(written: Any) -> Any:
    """A list of them, or as FiftyOne writes arrays: a .npy file, packed by zlib, in base64."""
    if not isinstance(written, Mapping):
        return written
    unpacker = zlib.decompressobj()
    content = unpacker.decompress(base64.b64decode(written["$binary"]["base64"]), LONGEST_ROW)
    if unpacker.unconsumed_tail:
        raise ValueError("one of its vectors is too long")
    return np.load(io.BytesIO(content), allow_pickle=False)


def _parquet(path: Path) -> Read:
    """By whatever library for it is there: pyarrow, or polars, which comes with the full edition."""
    if find_spec("pyarrow") is not None:
        read: Callable[[Any], Any] = import_module("pyarrow.parquet").read_table
    elif find_spec("polars") is not None:
        read = import_module("polars").read_parquet
    else:
        raise UserFacingError(
            Sentence("Nothing here reads Parquet files."),
            Sentence("Install pyarrow or polars beside Shoal, or write the table as .npz or .json."),
        )
    try:
        table = read(io.BytesIO(path.read_bytes()))
    except Exception as error:  # of two libraries, each with errors of its own
        raise ValueError(f"it is no Parquet table ({str(error).splitlines()[0][:120]})") from error
    names = list(getattr(table, "column_names", None) or table.columns)
    columns = [table[_named(these, names)] for these in (PATHS, VECTORS)]
    paths, rows = (column.to_pylist() if hasattr(column, "to_pylist") else column.to_list() for column in columns)
    return [str(text) for text in paths], np.array(rows, np.float32)


def _texts(array: NDArray[Any]) -> list[str]:
    if array.dtype.kind != "U" or array.ndim != 1:
        raise ValueError("its paths are no texts")
    return [str(text) for text in array.tolist()]


READERS: Final[Mapping[str, Callable[[Path], Read]]] = {
    ".npz": _npz,
    ".npy": _npy,
    ".json": _json,
    ".parquet": _parquet,
}


def _unfit(path: Path, reason: str) -> UserFacingError:
    return UserFacingError(
        Sentence("{path} holds no vectors of pictures: {reason}.", path=path, reason=reason),
        Sentence("It should have a path and a vector for each picture: see shoal embed."),
    )
