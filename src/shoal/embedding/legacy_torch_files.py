"""Tensors out of files in torch's format from before 2020: five pickles in a row, then raw numbers. Without torch.

In order: a magic number, the format's version, facts about the machine that wrote it, the object itself (here a flat
mapping from names to tensors), the keys of the storages; then for each storage its length (8 bytes) and its numbers.
A pickle can ask for any function to be called. This reader knows three answers: an ordered dict, the name of a kind
of storage, and "a tensor lies there in that storage", which makes a note and calls nothing.
"""

import hashlib
import io
import pickle
import struct
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shoal.domain.errors import ShoalError
from shoal.domain.sentence import Sentence

Tensors = dict[str, NDArray[Any]]

MAGIC = 0x1950A86A20F9469CFC6C  # torch/serialization.py before 1.6
VERSION = 1001
LARGEST_FILE = 256 << 20
KINDS = {"FloatStorage": "<f4", "DoubleStorage": "<f8", "HalfStorage": "<f2", "LongStorage": "<i8", "IntStorage": "<i4"}
BROKEN = (
    pickle.UnpicklingError, AttributeError, EOFError, ImportError, IndexError, KeyError, MemoryError, OverflowError,
    RecursionError, TypeError, UnicodeDecodeError, ValueError, struct.error,
)  # fmt: skip
"""What a damaged or foolish pickle makes Python's reader raise."""


class NotTensors(ShoalError):
    """The file cannot be read, is another than was published, or holds more than a mapping from names to tensors."""


@dataclass(frozen=True, slots=True)
class _Kind:
    dtype: str


@dataclass(frozen=True, slots=True)
class _Storage:
    kind: _Kind
    key: str
    length: int


@dataclass(frozen=True, slots=True)
class _View:
    """A tensor as its file describes it; `offset` and `strides` are counted in numbers, not in bytes."""

    storage: _Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


def read_published(path: Path, sha256: str) -> Tensors:
    """The tensors of a file of which all digits of the digest are known; it is compared before anything is read."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE)
    except OSError as error:
        raise NotTensors(Sentence("{path} cannot be read ({reason})", path=path, reason=error.strerror)) from error
    digest = hashlib.sha256(data).hexdigest()
    if digest != sha256:
        raise NotTensors(
            Sentence(
                "{path} is not what was published: its SHA-256 is {found}..., not {sha256}...",
                path=path,
                found=digest[:16],
                sha256=sha256[:16],
            )
        )
    return read_tensors(data)


def read_tensors(data: bytes) -> Tensors:
    """Raises `NotTensors`; nothing that the file asks for is imported or run."""
    file = io.BytesIO(data)
    try:
        magic, version, machine, views, keys = (_Reader(file).load() for _ in range(5))
        if (magic, version) != (MAGIC, VERSION) or not machine["little_endian"]:
            raise NotTensors(Sentence("it is of another format"))
        return _tensors(views, _storages(memoryview(data)[file.tell() :], _wanted(views), keys))
    except BROKEN as error:
        raise NotTensors(Sentence("it is no file of tensors ({error})", error=error)) from error


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> object:
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _noted
        if module == "torch" and name in KINDS:
            return _Kind(KINDS[name])
        raise NotTensors(Sentence("it asks for {module}.{name}, which is no tensor", module=module, name=name))

    def persistent_load(self, pid: Any) -> _Storage:
        what, kind, key, _device, length, view = pid
        if what != "storage" or not isinstance(kind, _Kind) or not isinstance(length, int) or view is not None:
            raise NotTensors(Sentence("it describes a storage that is unknown here"))
        return _Storage(kind, str(key), length)


def _noted(storage: _Storage, offset: int, shape: tuple[int, ...], strides: tuple[int, ...], *_rest: object) -> _View:
    """Stands where torch would make a tensor; what follows concerns training."""
    return _View(storage, offset, tuple(shape), tuple(strides))


def _wanted(views: Mapping[str, _View]) -> dict[str, _Storage]:
    if not isinstance(views, Mapping) or not all(isinstance(view, _View) for view in views.values()):
        raise NotTensors(Sentence("it holds other things than tensors with names"))
    return {view.storage.key: view.storage for view in views.values()}


def _storages(data: memoryview, declared: dict[str, _Storage], keys: list[str]) -> dict[str, NDArray[Any]]:
    storages, place = {}, 0
    for key in keys:
        (length,) = struct.unpack_from("<q", data, place)
        storage, place = declared[key], place + 8
        if length != storage.length:
            raise NotTensors(
                Sentence("a storage holds {length} numbers, not {expected}", length=length, expected=storage.length)
            )
        storages[key] = np.frombuffer(data, storage.kind.dtype, length, place)
        place += storages[key].nbytes
    return storages


def _tensors(views: Mapping[str, _View], storages: dict[str, NDArray[Any]]) -> Tensors:
    return {str(name): _laid_out(view, storages[view.storage.key]) for name, view in views.items()}


def _laid_out(view: _View, numbers: NDArray[Any]) -> NDArray[Any]:
    """The tensor, looking into its storage; nothing beyond the storage's ends can be looked at."""
    sizes = (view.offset, *view.shape, *view.strides)
    if len(view.shape) != len(view.strides) or not all(isinstance(size, int) and size >= 0 for size in sizes):
        raise NotTensors(Sentence("a tensor has no proper shape"))
    last = view.offset + sum((side - 1) * stride for side, stride in zip(view.shape, view.strides, strict=True))
    if 0 in view.shape or last >= len(numbers):
        raise NotTensors(Sentence("a tensor reaches beyond its numbers"))
    in_bytes = [stride * numbers.itemsize for stride in view.strides]
    return np.lib.stride_tricks.as_strided(numbers[view.offset :], view.shape, in_bytes, writeable=False)
