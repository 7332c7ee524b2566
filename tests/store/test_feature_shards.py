"""Batches that travel as bytes."""

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from shoal.domain.geometry import EmbeddingKey
from shoal.domain.images import ContentHash, FileStamp, ImageFacts, Region
from shoal.domain.seen_classes import KEPT_CLASSES, SeenClasses
from shoal.domain.sentence import Sentence
from shoal.store.feature_cache import FeatureBatch, FeatureCache
from shoal.store.feature_shards import Shard, ShardDamaged, read_shard, shard_bytes, shard_name

KEY = EmbeddingKey("net", "last", "ab12", 224, "imagenet")
A, B, C = (ContentHash(letter * 32) for letter in "abc")
NOW = 1_700_000_000_123_456_789


def _batch(raw: bool = False) -> FeatureBatch:
    rng = np.random.default_rng(1)
    vectors = rng.normal(size=(2, 8)).astype(np.float32)
    if not raw:
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    classes = rng.integers(0, 1000, (2, KEPT_CLASSES)).astype(np.uint16)
    return FeatureBatch(
        [A, B],
        vectors,
        {A: ImageFacts(640, 480, "JPEG", "2024-01-02T03:04:05", "Camera", True, 0.25, -(2**62)), B: ImageFacts(1, 2)},
        {C: Sentence("the file is too large ({megabytes} MB)", megabytes="12")},
        {
            Path("/p/a.jpg"): (FileStamp(10, NOW - 10**10), A),
            Path("/p/\udcff.jpg"): (FileStamp(11, NOW - 10**10), C),
            Path("/p/just-written.jpg"): (FileStamp(12, NOW - 5), B),
        },
        "pillow 13",
        NOW,
        {A: (Region(1, 2, 3, 4, "dog", 0.5, A),)},
        SeenClasses(classes, rng.random((2, KEPT_CLASSES), np.float32)),
        {B: 6},
        raw,
    )


def _kept(tmp_path: Path, name: str, batch: FeatureBatch) -> list[list[object]]:
    with FeatureCache(tmp_path / name) as cache:
        cache.put_batch(KEY, batch)
        tables = ("model", "content", "vector", "object", "turned", "unreadable", "stamp")
        return [sorted(map(repr, cache._file.read(f"SELECT * FROM {table}"))) for table in tables]


@pytest.mark.parametrize("raw", [False, True])
def test_a_batch_that_travelled_leaves_the_very_rows_in_the_cache(tmp_path: Path, raw: bool) -> None:
    batch = _batch(raw)
    shard = read_shard(shard_bytes(Shard(KEY, batch)))
    assert shard.key == KEY
    assert _kept(tmp_path, "travelled", shard.batch) == _kept(tmp_path, "here", batch)


def test_a_batch_of_nothing_but_stamps_travels_too(tmp_path: Path) -> None:
    batch = FeatureBatch(stamps={Path("/a"): (FileStamp(1, 5), A)}, began_ns=NOW)
    assert read_shard(shard_bytes(Shard(KEY, batch))).batch.stamps == batch.stamps


def test_the_name_says_what_is_in_it_and_nothing_else() -> None:
    content = shard_bytes(Shard(KEY, _batch()))
    later = shard_bytes(Shard(KEY, replace(_batch(), began_ns=NOW + 1)))
    assert shard_name(content) == shard_name(later)
    assert shard_name(content) != shard_name(content + b"\0")


@pytest.mark.parametrize("cut", [0, 3, 17, 100, -1])
def test_a_torn_shard_is_none(cut: int) -> None:
    content = shard_bytes(Shard(KEY, _batch()))
    with pytest.raises(ShardDamaged):
        read_shard(content[:cut])


def test_more_than_was_said_is_none() -> None:
    with pytest.raises(ShardDamaged, match="more"):
        read_shard(shard_bytes(Shard(KEY, _batch())) + b"x")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"dimension": 8', b'"dimension":-8'),
        (b'"dimension": 8', b'"dimension":"8'),
        (b"a" * 32, b"g" * 32),
        (b'"damaged"', b'"DAMAGED"'),
        (b"640", b'"6"'),
        (b"true", b"1234"),
        (b'"turns": {"bbbb', b'"turns": {"BBBB'),
        (b'"input_size": 224', b'"input_size": "2"'),
        (b'"dog", 0.5', b'"dog", "5"'),
    ],
)
def test_values_of_another_kind_are_none(old: bytes, new: bytes) -> None:
    content = shard_bytes(Shard(KEY, _batch()))
    if old == b'"damaged"':
        old, new = b'"decoder"', b'"DECODER"'
    assert old in content
    with pytest.raises(ShardDamaged):
        read_shard(content.replace(old, new, 1))


def test_vectors_that_are_none_are_refused() -> None:
    batch = _batch()
    far = replace(batch, vectors=batch.vectors * 2)
    with pytest.raises(ShardDamaged, match="unit length"):
        read_shard(shard_bytes(Shard(KEY, far)))


def test_no_bytes_at_all_do_anything_but_be_refused() -> None:
    content = bytearray(shard_bytes(Shard(KEY, _batch())))
    rng = np.random.default_rng(0)
    for _ in range(400):
        changed = bytearray(content)
        changed[rng.integers(len(changed))] = rng.integers(256)
        try:
            shard = read_shard(bytes(changed))
        except ShardDamaged:
            continue
        assert len(shard.batch.hashes) == len(shard.batch.vectors)


def test_every_part_of_a_batch_is_thought_of() -> None:
    batch = _batch()
    assert all(getattr(batch, one.name) for one in fields(batch) if one.name not in ("vectors", "classes", "raw"))
