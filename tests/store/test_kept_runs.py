"""Results under names are there when the project is opened again, and what is damaged is told."""

import sqlite3

import numpy as np
import pytest

from shoal.domain.errors import UserFacingError
from shoal.domain.geometry import MapLayout, Proposal, Rows, StageKey
from shoal.domain.grouping import OUT, Cluster, ClusterId, Grouping
from shoal.domain.history import Made
from shoal.domain.runs import Run, RunFacts, run_of
from shoal.store.kept_runs import packed_run
from shoal.store.migrations import MIGRATIONS
from shoal.store.project_database import ProjectDatabase
from shoal.store.project_store import ProjectStore

ROWS = Rows(np.arange(3), StageKey("vectors"))
LAYOUT = MapLayout(StageKey("map"), ROWS, np.array([[0, 1], [2, 3], [4, 5]], np.float32), "umap")
PROPOSAL = Proposal(
    StageKey("clusters"), ROWS, np.array([0, 0, -1], np.int32), np.array([1], np.int32), np.ones(1, np.float32),
    np.zeros(3, np.float32), "kmeans",
)  # fmt: skip


@pytest.fixture
def path(tmp_path):
    return tmp_path / "birds.shoal"


def a_run(name: str = "first", kept: str = "2026-11-28T21:00:00.000+01:00") -> Run:
    cats = Cluster(ClusterId(4), "cats", 3, named=True, parent="animals")
    grouping = Grouping({cats.id: cats}, np.array([4, 4, OUT], np.int32), np.array([True, False, False]))
    made = Made("builtin", StageKey("look"), StageKey("map"), StageKey("clusters"), 0.25)
    return run_of(grouping, RunFacts(name, kept, made, "k = 5\n"), LAYOUT, PROPOSAL)


def test_a_run_is_as_it_was_when_the_project_is_opened_again(path):
    with ProjectStore(path) as store:
        store.runs.save(packed_run(a_run()))
        store.runs.save(packed_run(a_run("later", "2026-11-28T22:00:00.000+01:00")))
    with ProjectStore(path) as store:
        assert [one.name for one in store.runs.listed()] == ["first", "later"]
        assert store.runs.listed()[0] == a_run().facts
        found = store.runs.load("first")
        assert found is not None
        assert found.layout is not None
        assert found.proposal is not None
        assert (found.clusters, found.home.tolist(), found.pinned.tolist()) == (
            a_run().clusters, [4, 4, OUT], [True, False, False],
        )  # fmt: skip
        assert found.layout.positions.tolist() == LAYOUT.positions.tolist()
        assert found.proposal.labels.tolist() == [0, 0, -1]
        assert store.runs.load("second") is None


def test_a_run_without_a_map_has_none(path):
    with ProjectStore(path) as store:
        run = a_run()
        store.runs.save(packed_run(Run(run.facts, run.clusters, run.home, run.pinned)))
        found = store.runs.load("first")
        assert found is not None
        assert (found.layout, found.proposal) == (None, None)


def test_a_removed_run_can_be_put_back_and_a_renamed_one_is_found(path):
    with ProjectStore(path) as store:
        store.runs.save(packed_run(a_run()))
        taken = store.runs.remove("first")
        assert store.runs.listed() == ()
        assert taken is not None
        store.runs.save(taken)
        store.runs.call("first", "best")
        assert [one.name for one in store.runs.listed()] == ["best"]
        assert store.runs.load("best") is not None
        assert store.runs.remove("first") is None


@pytest.mark.parametrize(
    "damage",
    ["UPDATE run SET grouping = x'00'", "UPDATE run SET map = x'53484231'", "UPDATE run SET grouping = proposal"],
)
def test_a_damaged_run_is_told_and_the_project_opens_all_the_same(path, damage):
    with ProjectStore(path) as store:
        store.runs.save(packed_run(a_run()))
    with sqlite3.connect(path) as db:
        db.execute(damage)
    with ProjectStore(path) as store:
        assert len(store.runs.listed()) == 1
        with pytest.raises(UserFacingError, match="first"):
            store.runs.load("first")


def test_what_a_run_was_made_with_may_be_unreadable(path):
    with ProjectStore(path) as store:
        store.runs.save(packed_run(a_run()))
    with sqlite3.connect(path) as db:
        db.execute("UPDATE run SET made = '[1'")
    with ProjectStore(path) as store:
        assert store.runs.listed()[0].made == Made()


def test_a_project_from_before_runs_has_none_and_keeps_its_images(path):
    names = [one.__name__ for one in MIGRATIONS]
    old = ProjectDatabase(path, MIGRATIONS[: names.index("keep_runs")])
    old.write(lambda db: db.execute("INSERT INTO project VALUES ('looked', 'as it was')"))
    old.close()
    with ProjectStore(path) as store:
        assert store.runs.listed() == ()
        store.runs.save(packed_run(a_run()))
    with ProjectStore(path) as store:
        assert len(store.runs.listed()) == 1
