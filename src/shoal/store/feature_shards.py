"""What was learned in one batch, as bytes that travel from one machine to another.

A line that names the format, the length of a JSON text, that text, and the numbers of the vectors: nothing in it is
ever run. A shard is named after its bytes, so the same work done twice has one name, and a torn file is known by it.
"""

import json
import re
import struct
from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, fields
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from shoal.domain.geometry import EmbeddingKey
from shoal.domain.images import ContentHash, FileStamp, ImageFacts, Region, is_settled
from shoal.domain.seen_classes import CLASS_COUNT, KEPT_CLASSES, SeenClasses
from shoal.domain.sentence import from_stored, to_stored
from shoal.store.feature_cache import FeatureBatch

SUFFIX: Final = ".shard"
_MAGIC: Final = b"shoal shard 1\n"
_LENGTH: Final = struct.Struct("<I")
_HASH: Final = re.compile(r"[0-9a-f]{32}")
_SETTLED_NS: Final = 2**63 - 1
"""When a batch from a shard began: whether its stamps are to be trusted was asked where they were taken."""
_FACT_TYPES: Final = (int, int, str, str | None, str | None, bool, float | None, int | None)


class ShardDamaged(ValueError):
    """It is no shard, or not whole."""


@dataclass(frozen=True, slots=True, eq=False)
class Shard:
    """`batch` as it was learned by the model of `key`."""

    key: EmbeddingKey
    batch: FeatureBatch


def shard_name(content: bytes) -> str:
    """The same for the same bytes only."""
    return blake2b(content, digest_size=16).hexdigest() + SUFFIX


def shard_bytes(shard: Shard) -> bytes:
    """Vectors in the digits that the cache keeps; stamps only as far as they are to be trusted."""
    batch = shard.batch
    head = {
        "key": asdict(shard.key),
        "hashes": list(batch.hashes),
        "dimension": batch.vectors.shape[1],
        "raw": batch.raw,
        "classes": batch.classes is not None,
        "decoder": batch.decoder,
        "facts": {hash_: astuple(facts) for hash_, facts in batch.facts.items()},
        "unreadable": {hash_: to_stored(reason) for hash_, reason in batch.unreadable.items()},
        "stamps": [
            (str(path), stamp.size, stamp.modified_ns, hash_)
            for path, (stamp, hash_) in batch.stamps.items()
            if is_settled(stamp, batch.began_ns)
        ],
        "objects": {hash_: [_object(region) for region in found] for hash_, found in batch.objects.items()},
        "turns": dict(batch.turns),
    }
    text = json.dumps(head, sort_keys=True, allow_nan=False).encode()
    parts = [_MAGIC, _LENGTH.pack(len(text)), text, batch.vectors.astype(_digits(batch.raw)).tobytes()]
    if batch.classes is not None:
        parts += [batch.classes.classes.astype("<u2").tobytes(), batch.classes.probabilities.astype("<f4").tobytes()]
    return b"".join(parts)


def read_shard(content: bytes) -> Shard:
    """Raises ShardDamaged for anything that `shard_bytes` has not written."""
    try:
        return _read(content)
    except ShardDamaged:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, struct.error, RecursionError) as error:
        raise ShardDamaged(f"{type(error).__name__}: {error}") from error


def _digits(raw: bool) -> str:
    return "<f4" if raw else "<f2"


def _object(region: Region) -> tuple[object, ...]:
    return (*region.box, region.kind, region.confidence)


def _read(content: bytes) -> Shard:
    start = len(_MAGIC) + _LENGTH.size
    _require(content.startswith(_MAGIC), "the first line is another")
    end = start + _LENGTH.unpack(content[len(_MAGIC) : start])[0]
    head = json.loads(content[start:end])
    hashes = [_hash(one) for one in head["hashes"]]
    numbers = _Numbers(content[end:])
    vectors = _vectors(numbers, len(hashes), head["dimension"], head["raw"] is True)
    classes = _classes(numbers, len(hashes)) if head["classes"] is True else None
    _require(not numbers.rest, "there is more than was said")
    batch = FeatureBatch(
        hashes,
        vectors,
        {_hash(one): _facts(row) for one, row in head["facts"].items()},
        {_hash(one): from_stored(_is(reason, str)) for one, reason in head["unreadable"].items()},
        {Path(_is(path, str)): (_stamp(size, time), _hash(one)) for path, size, time, one in head["stamps"]},
        _is(head["decoder"], str),
        _SETTLED_NS,
        {_hash(one): _objects(_hash(one), rows) for one, rows in head["objects"].items()},
        classes,
        {_hash(one): _is(turn, int) for one, turn in head["turns"].items()},
        head["raw"] is True,
    )
    return Shard(_key(head["key"]), batch)


class _Numbers:
    """What stands behind the text, taken piece by piece."""

    def __init__(self, rest: bytes) -> None:
        self.rest = rest

    def take(self, rows: int, columns: int, digits: str) -> NDArray[Any]:  # of whatever type the digits are
        size = rows * columns * np.dtype(digits).itemsize
        _require(len(self.rest) >= size, "numbers are missing")
        taken, self.rest = self.rest[:size], self.rest[size:]
        return np.frombuffer(taken, digits).reshape(rows, columns)


def _vectors(numbers: _Numbers, count: int, dimension: int, raw: bool) -> NDArray[np.float32]:
    _require(_is(dimension, int) >= 0, "there is no such dimension")
    vectors: NDArray[np.float32] = numbers.take(count, dimension, _digits(raw)).astype(np.float32)
    lengths = np.linalg.norm(vectors, axis=1)
    _require(bool(np.isfinite(lengths).all()), "a vector holds numbers that are none")
    _require(raw or bool((np.abs(lengths - 1) < 0.05).all()), "a vector is not of unit length")
    return vectors


def _classes(numbers: _Numbers, count: int) -> SeenClasses:
    classes = numbers.take(count, KEPT_CLASSES, "<u2").astype(np.uint16)
    probabilities = numbers.take(count, KEPT_CLASSES, "<f4").astype(np.float32)
    _require(bool((classes < CLASS_COUNT).all()), "there is no such class")
    _require(bool(((probabilities >= 0) & (probabilities <= 1)).all()), "there is no such probability")
    return SeenClasses(classes, probabilities)


def _facts(row: Sequence[Any]) -> ImageFacts:
    _require(len(row) == len(_FACT_TYPES), "facts are missing")
    return ImageFacts(*(_is(value, kind) for value, kind in zip(row, _FACT_TYPES, strict=True)))


def _stamp(size: Any, modified_ns: Any) -> FileStamp:
    return FileStamp(_is(size, int), _is(modified_ns, int))


def _objects(picture: ContentHash, rows: Sequence[Any]) -> tuple[Region, ...]:
    return tuple(_region(picture, *row) for row in rows)


def _region(picture: ContentHash, *row: Any) -> Region:
    *box, kind, confidence = row
    left, top, right, bottom = (_is(side, int) for side in box)
    return Region(left, top, right, bottom, _is(kind, str), _is(confidence, float), picture)


def _key(said: Mapping[str, Any]) -> EmbeddingKey:
    kinds = {field.name: field.type for field in fields(EmbeddingKey)}
    _require(said.keys() == kinds.keys(), "its key is none")
    return EmbeddingKey(**{name: _is(value, int if kinds[name] is int else str) for name, value in said.items()})


def _hash(text: Any) -> ContentHash:
    _require(isinstance(text, str) and _HASH.fullmatch(text) is not None, "a hash is none")
    return ContentHash(text)


def _is(value: Any, kind: Any) -> Any:  # what JSON gives, of the type that is asked for
    """Whole numbers fit into 64 bits, and true is no number."""
    right = isinstance(value, kind) and (not isinstance(value, bool) or kind is bool)
    _require(right and (not isinstance(value, int) or -(2**63) <= value < 2**63), f"{value!r:.40} is no {kind}")
    return value


def _require(right: bool, otherwise: str) -> None:
    if not right:
        raise ShardDamaged(otherwise)
