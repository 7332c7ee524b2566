"""What was sorted by hand while a first look was under way: the clusters are made around it, and nothing is lost."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from tests.looking.test_pipeline import MathsHere
from tests.projects.test_open_project import World
from tests.support.sample_folder import make_folder

from shoal.domain import edits
from shoal.domain.grouping import UNSORTED, ClusterId
from shoal.domain.images import ImageRecord
from shoal.domain.sentence import Sentence
from shoal.domain.stack_edits import join_stack
from shoal.domain.verdicts import STARS
from shoal.looking.extraction import Caches
from shoal.looking.pipeline import Tools
from shoal.looking.snapshot import Snapshot
from shoal.store.feature_cache import FeatureCache


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Five balls, then five chairs."""
    folder = make_folder(tmp_path / "pictures", ("ball", "chair"), range(5))
    with FeatureCache(tmp_path / "features.sqlite") as features:
        world = World(folder, tmp_path / "projects" / "one.shoal", Tools(Caches(features), MathsHere()))
        yield world
        world.opened.close()


class Look:
    """A first look, held at each of its stages until somebody goes on."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.stages: list[Snapshot] = []
        self.found = world.look(announce=self.stages.append)

    def show(self, stage: int) -> np.ndarray | None:
        return self.world.opened.sort_ahead(self.stages[stage])

    def end(self) -> None:
        assert self.world.opened.take_over(self.found)


def apply(world: World, label: str, edit, *arguments) -> None:
    project = world.opened.project
    project.apply(Sentence(label), edit(project.grouping, *arguments))


def make(world: World, name: str, images: list[int]) -> ClusterId:
    fresh = world.grouping.fresh_id
    apply(world, f"make {name}", edits.create_cluster, name, images)
    return fresh


def test_clusters_are_made_around_what_was_sorted_by_hand(world: World):
    look = Look(world)
    look.show(0)
    toys = make(world, "Toys", [0, 1, 5])
    apply(world, "stars", edits.mark_images, [2], STARS, 4)
    look.show(1)
    apply(world, "move", edits.move_images, [6], toys)
    look.end()
    grouping = world.grouping
    assert grouping.home[[0, 1, 5, 6]].tolist() == [toys] * 4
    assert grouping.pinned[[0, 1, 5, 6]].all()
    assert grouping.clusters[toys].name == "Toys"
    assert grouping.verdicts[2, STARS] == 4
    assert not (grouping.home == UNSORTED).any()


def test_every_step_is_one_of_the_project_and_can_be_taken_back(world: World):
    look = Look(world)
    look.show(0)
    toys = make(world, "Toys", [0, 1])
    apply(world, "move", edits.move_images, [7], toys)
    look.show(1)
    look.end()
    after, project = world.grouping, world.opened.project
    assert project.undo_label == "Sort into clusters"
    project.undo()
    assert world.grouping.home.tolist() == [toys, toys, 0, 0, 0, 0, 0, toys, 0, 0]
    assert world.opened.snapshot.layout is not None, "the map is there all the same"
    project.undo()
    project.undo()
    assert not world.grouping.clusters
    assert project.undo_label is None
    for _step in range(3):
        project.redo()
    assert world.grouping == after
    world.reopen()
    assert world.grouping == after
    world.opened.project.undo()
    assert world.grouping.home.tolist() == [toys, toys, 0, 0, 0, 0, 0, toys, 0, 0]


@pytest.mark.changes_pictures("changes them itself")
def test_pictures_behind_a_broken_one_are_the_same_pictures_with_other_numbers(world: World):
    (world.folder / "ball" / "ball-2.jpg").write_bytes(b"no picture")
    look = Look(world)
    look.show(0)
    toys = make(world, "Toys", [1, 2, 3, 9])
    apply(world, "stars", edits.mark_images, [9], STARS, 5)
    files = [look.stages[0].images[image].path for image in (1, 3, 9)]
    now = look.show(1)
    assert now is not None
    assert now.tolist() == [0, 1, -1, 2, 3, 4, 5, 6, 7, 8]
    apply(world, "move", edits.move_images, [0], toys)
    look.end()
    images, grouping = world.opened.snapshot.images, world.grouping
    sorted_ones = [
        images[image].path for image in np.flatnonzero(grouping.home == toys).tolist() if grouping.pinned[image]
    ]
    assert sorted(sorted_ones) == sorted([*files, images[0].path])
    assert grouping.verdicts[8, STARS] == 5
    project = world.opened.project
    for _step in range(3):
        project.undo()
    assert np.flatnonzero(world.grouping.home == toys).tolist() == [1, 2, 8]
    project.undo()
    assert not world.grouping.clusters


@pytest.mark.changes_pictures("changes them itself")
def test_what_was_sorted_is_kept_when_the_program_ends_before_the_look_is_over(world: World):
    look = Look(world)
    look.show(0)
    toys = make(world, "Toys", [0, 8])
    apply(world, "stars", edits.mark_images, [3], STARS, 2)
    apply(world, "stack", join_stack, np.array([5, 6]))
    world.reopen()
    assert world.opened.known().images == ()
    (world.folder / "a ball before all others.jpg").write_bytes((world.folder / "ball" / "ball-0.jpg").read_bytes())
    look = Look(world)
    look.show(0)
    assert world.grouping.home.tolist() == [0, toys, 0, 0, 0, 0, 0, 0, 0, toys, 0]
    assert world.grouping.verdicts[4, STARS] == 2
    assert world.grouping.stacked[6, 0] == world.grouping.stacked[7, 0] > 0
    assert world.opened.project.undo_label == "Sort by hand"
    look.show(1)
    look.end()
    assert world.grouping.home[[1, 9]].tolist() == [toys, toys]
    world.reopen()
    assert world.grouping.home[[1, 9]].tolist() == [toys, toys]
    assert world.grouping.clusters[toys].name == "Toys"


def test_who_looks_without_a_window_afterwards_loses_nothing_of_it(world: World):
    Look(world).show(0)
    toys = make(world, "Toys", [0, 8])
    world.reopen()
    world.sort()
    assert world.grouping.home[[0, 8]].tolist() == [toys, toys]


def test_nothing_sorted_is_no_step(world: World):
    look = Look(world)
    look.show(0)
    look.show(1)
    look.end()
    assert world.opened.project.undo_label is None
    assert world.grouping.clusters


def test_steps_taken_back_before_the_look_is_over_are_not_there_afterwards(world: World):
    look = Look(world)
    look.show(0)
    make(world, "Toys", [0, 8])
    world.opened.project.undo()
    look.show(1)
    assert world.opened.project.redo_label == "make Toys"
    look.end()
    assert "Toys" not in {cluster.name for cluster in world.grouping.clusters.values()}
    assert world.opened.project.undo_label is None


@pytest.mark.changes_pictures("changes them itself")
def test_a_folder_without_a_picture_that_can_be_read_leaves_no_project(world: World, tmp_path: Path):
    for file in world.folder.rglob("*.jpg"):
        file.write_bytes(b"no picture")
    look = Look(world)
    look.show(0)
    look.show(1)
    look.end()
    assert not world.opened.project.ahead
    assert world.opened.project.editable
    world.opened.close()
    assert not world.file.exists()


def test_a_look_that_was_broken_off_is_begun_anew_with_what_was_sorted(world: World):
    Look(world).show(0)
    toys = make(world, "Toys", [0, 8])
    again = Look(world)
    assert again.show(0) is None
    assert world.grouping.home[[0, 8]].tolist() == [toys, toys]
    again.show(1)
    again.end()
    assert world.grouping.home[[0, 8]].tolist() == [toys, toys]
    assert all(isinstance(entry, ImageRecord) for entry in world.opened.snapshot.images)


@pytest.mark.parametrize(
    "said",
    ["", "[]", "{}", '{"clusters": [[1]], "places": [], "verdicts": [], "stacks": []}',
     '{"clusters": [], "places": [["a", "1", true]], "verdicts": [], "stacks": []}',
     '{"clusters": [], "places": [], "verdicts": [["a", 9, 0, 0]], "stacks": []}'],
)  # fmt: skip
def test_what_we_would_not_have_written_counts_for_nothing(world: World, said: str):
    store = world.opened._store
    store._database.write(lambda db: db.execute("INSERT INTO project (key, value) VALUES ('ahead', ?)", [said]))
    look = Look(world)
    look.show(0)
    assert not world.grouping.clusters
    look.show(1)
    look.end()
    assert world.grouping.clusters
