"""The most alike pairs of clusters are those of comparing all with all, without doing so."""

import numpy as np
import pytest

from shoal.domain.edits import reject_merge
from shoal.domain.errors import Cancelled
from shoal.domain.grouping import Cluster, ClusterId, Grouping
from shoal.domain.task import Task
from shoal.projects import merging
from shoal.projects.merging import most_alike_pairs
from shoal.projects.portraits import Portrait, Portraits


@pytest.fixture
def portraits():
    centres = np.random.default_rng(0).normal(size=(700, 8)).astype(np.float32)
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    return Portraits({ClusterId(n): Portrait(centre, 1.0, ()) for n, centre in enumerate(centres, 1)})


@pytest.fixture
def grouping():
    clusters = {ClusterId(n): Cluster(ClusterId(n), f"Cluster {n}") for n in range(1, 701)}
    return Grouping(clusters, np.empty(0, np.int32), np.empty(0, np.bool_))


def test_no_pair_is_missed(portraits, grouping):
    centres = np.stack([portraits.clusters[ClusterId(n)].centre for n in range(1, 701)])
    every = np.triu(centres @ centres.T, 1)
    best = np.sort(every[np.triu_indices(700, 1)])[::-1][:50]
    found = most_alike_pairs(grouping, portraits)
    assert [similarity for _one, _other, similarity in found] == pytest.approx(best.tolist(), abs=1e-6)
    assert all(one < other for one, other, _similarity in found)


def test_more_than_one_block_is_looked_through_and_stops_between_blocks_when_asked(portraits, grouping, monkeypatch):
    whole = most_alike_pairs(grouping, portraits)
    monkeypatch.setattr(merging, "ROWS_AT_ONCE", 64)
    parts = most_alike_pairs(grouping, portraits)
    assert [pair[:2] for pair in parts] == [pair[:2] for pair in whole]
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        most_alike_pairs(grouping, portraits, task=task)


def test_what_was_refused_gives_way_to_the_next(portraits, grouping):
    for _ in range(12):
        one, other, _similarity = most_alike_pairs(grouping, portraits)[0]
        grouping = grouping.patched(reject_merge(grouping, one, other))
        assert (one, other) not in [pair[:2] for pair in most_alike_pairs(grouping, portraits)]
    assert len(most_alike_pairs(grouping, portraits)) == 50
    assert most_alike_pairs(grouping, Portraits()) == []
