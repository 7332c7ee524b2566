"""Shards laid down by workers become rows, each once."""

from pathlib import Path

import numpy as np
import pytest

from shoal.domain.errors import UserFacingError
from shoal.domain.geometry import EmbeddingKey
from shoal.domain.images import ContentHash
from shoal.machines.merging import Merging
from shoal.machines.shard_places import FolderPlace, ShardPlace, UrlPlace, place_below
from shoal.store.feature_cache import FeatureBatch, FeatureCache
from shoal.store.feature_shards import Shard, shard_bytes

KEY = EmbeddingKey("net", "last", "ab12", 224, "imagenet")


def _shard(numbers: range, key: EmbeddingKey = KEY) -> bytes:
    hashes = [ContentHash(f"{number:032x}") for number in numbers]
    return shard_bytes(
        Shard(key, FeatureBatch(hashes, np.eye(8, dtype=np.float32)[[number % 8 for number in numbers]]))
    )


@pytest.fixture(params=["folder", "url"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> ShardPlace:
    if request.param == "url":
        pytest.importorskip("fsspec")
    root = str(tmp_path / "shards")
    return place_below(root if request.param == "folder" else f"local://{root}", "model")


def test_what_lies_there_is_taken_up_once_and_gone_afterwards(place: ShardPlace, tmp_path: Path) -> None:
    names = [place.put(_shard(range(4))), place.put(_shard(range(2, 6))), place.put(_shard(range(4)))]
    assert len(set(names)) == 2
    assert sorted(place.names()) == sorted(set(names))
    with FeatureCache(tmp_path / "features") as features:
        merging = Merging(place, KEY, features)
        merging.take_all()
        merging.take(names)
        hashes = [ContentHash(f"{number:032x}") for number in range(6)]
        assert (features.vectors(hashes, KEY) == np.eye(8, dtype=np.float32)[:6]).all()
        assert (merging.shards, merging.rows, merging.again) == (2, 8, 2)
    assert not place.names()


def test_nothing_lies_where_nobody_has_laid_anything(place: ShardPlace) -> None:
    assert not place.names()
    assert place.get("0" * 32 + ".shard") is None


def test_a_torn_shard_and_one_of_another_model_count_for_nothing(tmp_path: Path) -> None:
    place = FolderPlace(tmp_path / "shards")
    torn = place.put(_shard(range(3)))
    (place.folder / torn).write_bytes((place.folder / torn).read_bytes()[:-1])
    place.put(_shard(range(3), EmbeddingKey("other", "", "", 1, "")))
    place.put(b"no shard at all")
    with FeatureCache(tmp_path / "features") as features:
        merging = Merging(place, KEY, features)
        merging.take_all()
        assert merging.rows == 0
        assert len(features.missing([ContentHash("0" * 32)], KEY)) == 1
    assert [path.name for path in place.folder.iterdir()] == [torn]


def test_a_store_that_cannot_be_reached_is_told_in_a_sentence() -> None:
    pytest.importorskip("fsspec")
    place = place_below("nothing-of-this-name://here", "model")
    for ask in (place.names, lambda: place.put(b"x"), lambda: place.remove("x")):
        with pytest.raises(UserFacingError, match="nothing-of-this-name://here/model cannot be used"):
            ask()


def test_places_travel_as_values() -> None:
    assert place_below("s3://bucket/here/", "model") == UrlPlace("s3://bucket/here/model")
    assert place_below("/shared", "model") == FolderPlace(Path("/shared/model"))
