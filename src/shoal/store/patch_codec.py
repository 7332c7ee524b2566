"""Patches and arrays as bytes: a JSON head and little-endian columns, compressed. No pickle: files may be hostile.

Reading raises `DatabaseDamaged` for everything that we would not have written.
"""

import json
import struct
import zlib
from collections.abc import Mapping
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from shoal.domain.grouping import LONGEST_NAME, OUT, Cluster, ClusterId, Patch, Places, Rejection
from shoal.domain.stacks import StackChange
from shoal.domain.verdicts import VerdictChange
from shoal.store.transactions import DatabaseDamaged

Arrays = Mapping[str, NDArray[np.generic]]
_TYPES = {"i4": "<i4", "i8": "<i8", "f4": "<f4", "b1": "|b1"}
_HEAD = struct.Struct("<4sIQ")  # magic, length of the JSON head, length of everything unpacked
_MAGIC = b"SHB1"
_LARGEST = 1 << 31
_PLACES = ("steps", "home_before", "home_after", "pinned_before", "pinned_after")
_VERDICTS = ("verdict_steps", "verdict_before", "verdict_after")
_STACKS = ("stack_steps", "stack_before", "stack_after")
_LARGEST_VERDICT = 100
_FASTEST = 1


def pack(head: Mapping[str, Any], arrays: Arrays) -> bytes:
    """One value: what JSON can say, and arrays of int32, int64, float32 or bool by name."""
    columns = [(name, array.dtype.str[1:], list(array.shape)) for name, array in arrays.items()]
    text = json.dumps({"head": head, "arrays": columns}).encode()
    body = b"".join([text, *(array.astype(_TYPES[array.dtype.str[1:]]).tobytes() for array in arrays.values())])
    return _HEAD.pack(_MAGIC, len(text), len(body)) + zlib.compress(body, _FASTEST)


def unpack(data: bytes) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    try:
        return _unpacked(data)
    except (ValueError, KeyError, TypeError, struct.error, zlib.error, OverflowError, RecursionError) as error:
        raise DatabaseDamaged(f"a value in the file cannot be read: {error}") from error


def _unpacked(data: bytes) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    magic, text_length, length = _HEAD.unpack_from(data)
    if magic != _MAGIC or not text_length <= length <= _LARGEST:
        raise ValueError("it does not begin as ours do")
    unpacker = zlib.decompressobj()
    body = unpacker.decompress(data[_HEAD.size :], length + 1)
    if len(body) != length or not unpacker.eof:
        raise ValueError("its length is wrong")
    said = json.loads(body[:text_length])
    arrays, at = {}, text_length
    for name, kind, shape in said["arrays"]:
        values = np.frombuffer(body, _TYPES[kind], _count(shape), at)
        at += values.nbytes
        arrays[str(name)] = values.reshape(shape).astype(values.dtype.newbyteorder("="))
    if at != length or not isinstance(said["head"], dict):
        raise ValueError("something is left over")
    return said["head"], arrays


def _count(shape: object) -> int:
    if not isinstance(shape, list) or not 1 <= len(shape) <= 2 or any(type(n) is not int or n < 0 for n in shape):
        raise ValueError("it has no shape")
    return int(np.prod(shape, dtype=object))


def encode_patch(patch: Patch) -> bytes:
    places = patch.places
    head = {
        "clusters": [[id_, _as_list(before), _as_list(after)] for id_, (before, after) in patch.clusters.items()],
        "rejected": [[pair.kind, pair.first, pair.second] for pair in sorted(patch.rejected)],
        "unrejected": [[pair.kind, pair.first, pair.second] for pair in sorted(patch.unrejected)],
    }
    steps = np.diff(places.images, prepend=np.int32(0))  # runs of neighbours compress to nearly nothing
    arrays = {
        "steps": steps,
        "home_before": places.home_before,
        "home_after": places.home_after,
        "pinned_before": places.pinned_before,
        "pinned_after": places.pinned_after,
    }
    return pack(head, {**arrays, **_said_arrays(_VERDICTS, patch.verdicts), **_said_arrays(_STACKS, patch.stacks)})


def _said_arrays(names: tuple[str, ...], change: VerdictChange | StackChange) -> dict[str, NDArray[Any]]:
    """Nothing of a step that says nothing of pictures: as such steps were always kept."""
    if not len(change):
        return {}
    steps = np.diff(change.images, prepend=np.int32(0))
    said = (steps, change.before.astype(np.int32), change.after.astype(np.int32))
    return dict(zip(names, said, strict=True))


def decode_patch(data: bytes) -> Patch:
    """Raises `DatabaseDamaged` unless the patch is sound in itself; whether it fits is for `Grouping.patched`."""
    head, arrays = unpack(data)
    try:
        return Patch(
            _decoded_places(arrays),
            {
                _cluster_id(id_): (_as_cluster(id_, before), _as_cluster(id_, after))
                for id_, before, after in head["clusters"]
            },
            frozenset(as_rejection(*pair) for pair in head["rejected"]),
            frozenset(as_rejection(*pair) for pair in head["unrejected"]),
            _decoded_verdicts(arrays),
            _decoded_stacks(arrays),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise DatabaseDamaged(f"a step in the file cannot be read: {error}") from error


def _decoded_places(arrays: Mapping[str, NDArray[Any]]) -> Places:
    kinds = [arrays[name].dtype.str[1:] for name in _PLACES]
    if kinds != ["i4", "i4", "i4", "b1", "b1"] or not set(arrays) <= {*_PLACES, *_VERDICTS, *_STACKS}:
        raise ValueError("its columns are of the wrong kind")
    images = _images(arrays["steps"])
    if any((arrays[name] < OUT).any() for name in ("home_before", "home_after")):
        raise ValueError("it has a cluster that cannot be")
    return Places(images, *(arrays[name] for name in _PLACES[1:]))


def _decoded_verdicts(arrays: Mapping[str, NDArray[Any]]) -> VerdictChange:
    if not arrays.keys() & set(_VERDICTS):
        return VerdictChange()
    steps, before, after = (arrays[name] for name in _VERDICTS)
    if any(
        values.dtype.str[1:] != "i4" or (np.abs(values.astype(np.int64)) > _LARGEST_VERDICT).any()
        for values in (before, after)
    ):
        raise ValueError("its verdicts are of the wrong kind")
    return VerdictChange(_images(steps), before.astype(np.int8), after.astype(np.int8))


def _decoded_stacks(arrays: Mapping[str, NDArray[Any]]) -> StackChange:
    if not arrays.keys() & set(_STACKS):
        return StackChange()
    steps, before, after = (arrays[name] for name in _STACKS)
    if any(array.dtype.str[1:] != "i4" or array.ndim != 2 for array in (before, after)):
        raise ValueError("its stacks are of the wrong kind")
    return StackChange(_images(steps), before, after)


def _images(steps: NDArray[Any]) -> NDArray[np.int32]:
    """From how far each image is from the one before it."""
    images = np.cumsum(steps, dtype=np.int64)
    if steps.dtype.str[1:] != "i4" or steps.ndim != 1:
        raise ValueError("its images are of the wrong kind")
    if len(images) and (images.min() < 0 or images.max() >= _LARGEST or (steps[1:] <= 0).any()):
        raise ValueError("its images are out of order")
    return images.astype(np.int32)


def _as_list(cluster: Cluster | None) -> list[object] | None:
    if cluster is None:
        return None
    fields = [cluster.name, cluster.colour, cluster.named]
    return [*fields, cluster.parent] if cluster.parent else fields


def _as_cluster(id_: object, fields: object) -> Cluster | None:
    return None if fields is None else as_cluster(id_, *cast("list[object]", fields))


def _cluster_id(id_: object) -> ClusterId:
    if type(id_) is not int or not 0 < id_ < _LARGEST:
        raise ValueError(f"{id_!r} is no cluster")
    return ClusterId(id_)


def as_cluster(id_: object, name: object, colour: object, named: object, parent: object = "") -> Cluster:
    """A cluster from what a file says, as of old without a parent; raises ValueError if it cannot be one of ours."""
    if not _is_name(name) or (parent != "" and not _is_name(parent)) or type(colour) is not int or colour < 0:
        raise ValueError(f"cluster {id_!r} is not as we write them")
    return Cluster(_cluster_id(id_), str(name), colour, bool(named), str(parent))


def _is_name(name: object) -> bool:
    return isinstance(name, str) and 0 < len(name) <= LONGEST_NAME and min(name) >= " "


def as_rejection(kind: object, first: object, second: object) -> Rejection:
    """A refusal from what a file says; raises ValueError if it cannot be one of ours."""
    if kind not in ("move", "merge") or type(first) is not int or type(second) is not int:
        raise ValueError("a refusal is not as we write them")
    return Rejection(kind, first, second)
