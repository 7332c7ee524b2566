"""A project brought up to date again and again: what it remembers, what the user did meanwhile, what came too late."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from tests.looking.test_pipeline import MathsHere
from tests.support.sample_folder import make_folder

from shoal.analysis import kmeans_clusters
from shoal.domain.edits import merge_clusters, move_images, rename_cluster, take_out_images
from shoal.domain.errors import Cancelled, ProjectInUse, UserFacingError
from shoal.domain.extension_points import ClusterRequest, LoadOptions
from shoal.domain.geometry import EmbeddingKey
from shoal.domain.grouping import ClusterId, Grouping
from shoal.domain.images import ImageId
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.embedding import colour_layout
from shoal.looking.detail import Detail
from shoal.looking.extraction import Caches
from shoal.looking.known import Additions, Found
from shoal.looking.options import Options
from shoal.looking.pipeline import Tools, cluster_again, look
from shoal.looking.stages import Stages
from shoal.projects.open_project import OpenProject, fitted, relocated
from shoal.projects.portraits import explain, portray
from shoal.store.feature_cache import FeatureCache
from shoal.store.project_store import ProjectStore


class World:
    """One folder, one project file, opened however often."""

    def __init__(self, folder: Path, file: Path, tools: Tools) -> None:
        self.folder, self.file, self.tools = folder, file, tools
        self.opened = self.open()

    def open(self, *, apart: bool = False) -> OpenProject:
        return OpenProject(ProjectStore(self.file), [self.folder], apart=apart)

    def look(self, clusters: int = 2, model: str = "colour-layout", **more: Any) -> Found:
        return look(self.opened.known(), options(clusters, model), self.tools, Task(), **more)

    def sort(self, clusters: int = 2, model: str = "colour-layout") -> Found:
        found = self.look(clusters, model)
        assert self.opened.take_over(found)
        return found

    def reopen(self) -> None:
        self.opened.close()
        self.opened = self.open()

    @property
    def grouping(self) -> Grouping:
        return self.opened.project.grouping

    def names(self) -> dict[str, str]:
        """File name -> name of its cluster."""
        grouping = self.grouping
        homes = zip(self.opened.snapshot.images, grouping.home.tolist(), strict=True)
        return {image.path.name: grouping.clusters[home].name if home else "" for image, home in homes}


def options(clusters: int = 2, model: str = "colour-layout") -> Options:
    backend = colour_layout.SPEC.load(LoadOptions())
    if model != "colour-layout":
        backend = OtherEyes()
    return Options(backend, kmeans_clusters.SPEC, ClusterRequest(clusters), model=model)


class OtherEyes(colour_layout.ColourLayout):
    """Another model that sees the same."""

    key = EmbeddingKey("other eyes", "", "", 1, "")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    folder = make_folder(tmp_path / "pictures", ("ball", "chair"), range(4))
    with FeatureCache(tmp_path / "features.sqlite") as features:
        world = World(folder, tmp_path / "projects" / "one.shoal", Tools(Caches(features), MathsHere()))
        yield world
        world.opened.close()


def test_sorting_twice_gives_the_same_computes_nothing_and_writes_nothing(world: World) -> None:
    world.sort()
    before = world.names()
    world.reopen()
    written = world.file.read_bytes()
    second = world.sort()
    assert world.names() == before
    assert len(set(before.values())) == 2
    assert list(second.seconds) == ["scan", "embed"]
    world.opened.close()
    assert world.file.read_bytes() == written


def test_of_a_folder_without_a_picture_nothing_is_written_down(world: World, tmp_path: Path) -> None:
    empty, file = tmp_path / "empty", tmp_path / "empty.shoal"
    empty.mkdir()
    opened = OpenProject(ProjectStore(file), [empty])
    assert opened.take_over(look(opened.known(), options(), world.tools, Task()))
    opened.close()
    with ProjectStore(file) as store:
        assert store.load_roots() == ()


def test_everything_that_was_found_survives_in_the_project_file(world: World) -> None:
    world.sort()
    before, grouping = world.opened.snapshot, world.grouping
    world.reopen()
    after = world.opened.snapshot
    assert (after.images, world.grouping, world.opened.roots) == (before.images, grouping, (world.folder,))
    for name in ("layout", "proposal", "graph", "tree"):
        one, other = getattr(before, name), getattr(after, name)
        assert one.rows.are(other.rows)
        assert one.key == other.key


@pytest.mark.changes_pictures("changes them itself")
def test_a_picture_added_later_joins_a_cluster_and_the_others_stay(world: World) -> None:
    world.sort()
    before = world.names()
    shutil.copy(world.folder / "chair" / "chair-1.jpg", world.folder / "chair" / "a new one.jpg")
    world.sort()
    after = world.names()
    assert after["a new one.jpg"] == before["chair-1.jpg"]
    assert {name: after[name] for name in before} == before
    world.sort()
    assert world.names() == after


def paint(folder: Path, kind: str, numbers: Iterable[int]) -> None:
    """Pictures that nobody takes for another kind, and no two the same."""
    for number in numbers:
        colour = {"red": (255, 40, 40), "blue": (40, 40, 255)}[kind]
        waves = np.broadcast_to(np.sin(np.linspace(0, 20, 90)), (90, 90))
        light = (
            0.7 + 0.3 * (waves if kind == "red" else waves.T) + np.random.default_rng(number).normal(0, 0.02, (90, 90))
        )
        pixels = np.clip(light[:, :, None] * colour, 0, 255).astype(np.uint8)
        Image.fromarray(pixels).save(folder / f"{kind} {number}.png")


@pytest.mark.changes_pictures("changes them itself")
def test_pictures_that_came_and_went_do_not_confuse_clustering_again(world: World) -> None:
    shutil.rmtree(world.folder)
    world.folder.mkdir()
    paint(world.folder, "red", range(10, 16))
    paint(world.folder, "blue", range(20, 26))
    world.sort()
    paint(world.folder, "blue", range(3))
    for number in (10, 12, 15):
        (world.folder / f"red {number}.png").unlink()
    world.sort()
    assert world.opened.take_over(cluster_again(world.opened.known(), options(), world.tools, Task()))
    names = world.names()
    red, blue = ({names[name] for name in names if name.startswith(kind)} for kind in ("red", "blue"))
    assert len(red) == len(blue) == 1
    assert red != blue


@pytest.mark.changes_pictures("changes them itself")
def test_every_picture_is_explained_whatever_its_name(world: World) -> None:
    world.sort()
    shutil.copy(world.folder / "ball" / "ball-1.jpg", world.folder / "ball" / "0 first of all.jpg")
    world.sort()
    shown, homes = world.opened.snapshot, world.grouping.homes
    assert shown.embeddings is not None
    portraits = portray(shown.embeddings, homes)
    told = [explain(image, shown.embeddings, shown.graph, homes, portraits) for image in range(9)]  # type: ignore[arg-type]
    assert all(one is not None and len(one.nearest) == 3 for one in told)


@pytest.mark.changes_pictures("changes them itself")
def test_a_renamed_picture_keeps_its_place(world: World) -> None:
    world.sort()
    before = world.names()
    (world.folder / "ball" / "ball-2.jpg").rename(world.folder / "ball" / "other.jpg")
    found = world.sort()
    assert world.names()["other.jpg"] == before["ball-2.jpg"]
    assert found.extraction is not None
    assert found.extraction.cached_count == 8


def test_what_the_user_did_by_hand_is_not_undone_by_sorting_again(world: World) -> None:
    world.sort()
    project = world.opened.project
    first, second = sorted(project.grouping.clusters)
    moved = project.grouping.members(first)[:1]
    project.apply(Sentence("Move"), move_images(project.grouping, moved, second))
    project.apply(Sentence("Rename"), rename_cluster(project.grouping, ClusterId(second), "Keepers"))
    for clusters in (2, 3):
        world.sort(clusters)
        assert int(world.grouping.home[moved[0]]) == second
        assert world.grouping.clusters[second].name == "Keepers"


def test_undo_ends_at_the_first_clustering(world: World) -> None:
    world.sort()
    clusters = world.grouping.clusters
    assert (len(clusters), world.opened.project.undo_label) == (2, None)
    world.opened.project.undo()
    world.reopen()
    assert (world.grouping.clusters, world.opened.project.undo_label) == (clusters, None)


def test_undo_after_another_model_brings_map_and_figures_back_with_the_clusters(world: World) -> None:
    world.sort()
    first, clusters = world.opened.snapshot, world.grouping
    world.sort(3, "other eyes")
    second = world.opened.snapshot
    world.opened.project.undo()
    assert world.opened.project.made.model == "colour-layout"
    assert (world.opened.snapshot.layout, world.opened.snapshot.graph) == (first.layout, first.graph)
    assert world.opened.snapshot.embeddings is first.embeddings
    assert world.opened.snapshot.proposal is not None
    assert first.proposal is not None
    assert world.opened.snapshot.proposal.key == first.proposal.key
    assert world.grouping == clusters
    world.opened.project.redo()
    assert (world.opened.project.made.model, world.opened.snapshot.layout) == ("other eyes", second.layout)


def test_undo_brings_the_map_of_the_other_model_back_after_a_reopening_too(world: World) -> None:
    world.sort()
    first = world.opened.snapshot
    world.sort(3, "other eyes")
    world.reopen()
    world.opened.project.undo()
    again = world.opened.snapshot
    assert (first.layout, again.layout, again.graph, again.tree) != (None, None, None, None)
    assert first.layout is not None
    assert again.layout is not None
    assert np.array_equal(again.layout.positions, first.layout.positions)
    found = world.sort()  # what is missing, the vectors, costs next to nothing
    assert list(found.seconds) == ["scan", "embed"]
    assert found.proposed is None


def test_going_back_to_a_model_costs_nothing_and_gives_its_clusters_back(world: World) -> None:
    world.sort()
    layout, names = world.opened.snapshot.layout, world.names()
    world.sort(3, "other eyes")
    world.reopen()
    found = world.sort()
    assert list(found.seconds) == ["scan", "embed"]
    assert world.names() == names
    assert layout is not None
    assert found.snapshot.layout is not None
    assert np.array_equal(found.snapshot.layout.positions, layout.positions)


def test_an_edit_made_while_a_look_is_under_way_is_kept_and_the_look_fits_it(world: World) -> None:
    world.sort()
    project = world.opened.project
    found = world.look(3)
    first, second = sorted(project.grouping.clusters)
    moved = project.grouping.members(first)[:1]
    project.apply(Sentence("Move"), move_images(project.grouping, moved, second))
    assert world.opened.take_over(found)
    assert int(world.grouping.home[moved[0]]) == second
    project.undo()
    project.undo()
    assert int(world.grouping.home[moved[0]]) == first


@pytest.mark.changes_pictures("changes them itself")
def test_new_pictures_go_where_the_clusters_meant_for_them_went_meanwhile(world: World) -> None:
    world.sort()
    project = world.opened.project
    shutil.copy(world.folder / "ball" / "ball-1.jpg", world.folder / "ball" / "new.jpg")
    found = world.look()
    first, second = sorted(project.grouping.clusters)
    project.apply(Sentence("Merge"), merge_clusters(project.grouping, [first], second))
    assert world.opened.take_over(found)
    assert set(world.grouping.home.tolist()) == {second}


def test_what_is_new_follows_the_images_of_a_cluster_that_is_gone() -> None:
    before = Grouping(home=np.array([1, 1, 2, 2, 3], np.int32), pinned=np.zeros(5, np.bool_))
    after = Grouping({}, np.array([2, 2, 2, 2, 0], np.int32), np.zeros(5, np.bool_))
    after = Grouping({ClusterId(2): object()}, after.home, after.pinned)  # type: ignore[dict-item]
    additions = Additions(np.array([5, 6, 7]), np.array([1, 3, 9], np.int32))
    assert fitted(additions, before, after).clusters.tolist() == [2, 0, 0]


@pytest.mark.changes_pictures("changes them itself")
@pytest.mark.parametrize("stage", ["layout", "clusters", "graph", "tree"])
def test_a_look_that_is_cancelled_leaves_nothing_behind_and_edits_go_on(
    world: World, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.sort()
    images, roots = world.opened.snapshot.images, world.opened.roots
    shutil.copy(world.folder / "ball" / "ball-1.jpg", world.folder / "ball" / "new.jpg")

    def stop(*_arguments: object, **_more: object) -> None:
        raise Cancelled

    with monkeypatch.context() as patched:
        patched.setattr(Stages, stage, stop)
        with pytest.raises(Cancelled):
            world.look()
    project = world.opened.project
    project.apply(Sentence("Move"), move_images(project.grouping, [0], max(project.grouping.clusters)))  # type: ignore[list-item]
    project.undo()
    assert (world.opened.snapshot.images, world.opened.roots) == (images, roots)
    world.reopen()
    assert world.opened.snapshot.images == images
    world.sort()
    assert len(world.grouping.home) == 9


@pytest.mark.changes_pictures("changes them itself")
def test_what_comes_too_late_changes_nothing(world: World) -> None:
    world.sort()
    late = world.look(3)
    shutil.copy(world.folder / "ball" / "ball-1.jpg", world.folder / "ball" / "new.jpg")
    world.sort()
    before = world.grouping
    assert not world.opened.take_over(late)
    assert world.grouping is before


def test_what_was_found_before_a_reopening_is_too_late(world: World) -> None:
    late = world.look(3)
    world.reopen()
    assert not world.opened.take_over(late)
    assert (world.grouping.clusters, world.opened.snapshot.images) == ({}, ())


def test_what_an_undo_has_left_behind_is_too_late(world: World) -> None:
    world.sort()
    world.sort(3)
    late = world.look(3)
    world.opened.project.undo()
    assert not world.opened.take_over(late)
    assert len(world.grouping.clusters) == 2


def test_a_project_that_another_window_has_open_is_worked_on_apart_and_left_alone(world: World) -> None:
    world.sort()
    before = world.names()
    with world.open(apart=True) as other:
        assert other.take_over(look(other.known(), options(3), world.tools, Task()))
        assert (other.read_only, len(other.project.grouping.clusters)) == (True, 3)
    world.reopen()
    assert world.names() == before


def test_a_project_that_another_window_has_open_shows_its_clusters_and_refuses_edits(world: World) -> None:
    world.sort()
    with world.open() as other:
        assert other.take_over(look(other.known(), options(3), world.tools, Task()))
        assert other.project.grouping == world.grouping
        assert other.snapshot.embeddings is not None
        with pytest.raises(ProjectInUse):
            other.project.apply(Sentence("x"), rename_cluster(other.project.grouping, ClusterId(1), "x"))


@pytest.mark.parametrize("lost", ["map", "proposal", "graph", "tree"])
def test_what_is_lost_of_the_derived_values_is_made_anew_and_the_clusters_stay(world: World, lost: str) -> None:
    world.sort()
    names, project = world.names(), world.opened.project
    first, second = sorted(project.grouping.clusters)
    world.opened._store._database.write(lambda db: db.execute("DELETE FROM kept WHERE kind = ?", [lost]))
    world.reopen()
    found = world.sort()
    assert len(found.new) == 1
    assert found.proposed is None
    assert world.names() == names
    assert {first, second} == set(world.grouping.clusters)


@pytest.mark.changes_pictures("changes them itself")
def test_other_contents_leave_nothing_that_was_made_of_the_old_ones(world: World) -> None:
    world.sort()
    world.sort(3, "other eyes")
    shutil.copy(world.folder / "chair" / "chair-1.jpg", world.folder / "ball" / "ball-1.jpg")
    world.sort(3, "other eyes")
    assert world.opened._store.kept.load(type(world.opened.snapshot.layout), options().made.layout) is None


def test_the_slider_gives_back_what_it_began_with(world: World) -> None:
    world.sort(3)
    shown, before = world.opened.snapshot, world.names()
    assert shown.tree is not None
    assert shown.proposal is not None
    detail = Detail(shown.tree, shown.proposal)
    world.opened.use_detail(Sentence("coarse"), detail, 2)
    assert len(set(world.names().values())) == 2
    world.opened.use_detail(Sentence("as it was"), detail, 3)
    partition = {frozenset(n for n in before if before[n] == name) for name in before.values()}
    after = world.names()
    assert {frozenset(n for n in after if after[n] == name) for name in after.values()} == partition


@pytest.mark.changes_pictures("has their folder moved")
def test_a_folder_that_moved_is_found_with_all_that_is_known(world: World, tmp_path: Path) -> None:
    world.sort()
    names = world.names()
    with pytest.raises(UserFacingError, match="None of the pictures"):
        relocated(world.opened.known(), world.folder, tmp_path / "nowhere")
    now = world.folder.rename(tmp_path / "moved")
    assert world.opened.take_over(relocated(world.opened.known(), world.folder, now))
    assert world.opened.roots == (now,)
    world.folder = now
    world.reopen()
    assert (world.opened.roots, world.opened.project.undo_label) == ((now,), None)
    found = world.sort()
    assert (found.new, world.names()) == ([], names)


@pytest.mark.changes_pictures("changes them itself")
def test_pictures_that_are_gone_are_told_and_can_be_taken_out_and_come_back(world: World, tmp_path: Path) -> None:
    world.sort()
    layout = world.opened.snapshot.layout
    kept = (world.folder / "ball" / "ball-1.jpg").rename(tmp_path / "kept.jpg")
    world.sort()
    (gone,) = world.opened.snapshot.gone.tolist()
    before = world.grouping
    for _time in range(2):  # and again after a restart
        places = world.opened.snapshot.gone_places
        assert places is not None
        assert places.rows.ids.tolist() == [gone]
        assert places.positions.tolist() == layout.positions[layout.rows.rows_of(places.rows.ids)].tolist()
        world.reopen()
        world.sort()
    project = world.opened.project
    project.apply(Sentence("Take out"), take_out_images(project.grouping, [ImageId(gone)]))
    assert sum(project.grouping.counts().values()) == 7
    project.undo()
    assert project.grouping == before
    project.redo()
    world.reopen()
    assert sum(world.grouping.counts().values()) == 7
    kept.rename(world.folder / "ball" / "ball-1.jpg")
    world.sort()
    assert (world.opened.snapshot.gone.tolist(), sum(world.grouping.counts().values())) == ([], 8)
    assert world.grouping.home[gone] == before.home[gone]


def test_rows_for_the_file_are_made_by_the_look_and_stacks_are_there_after_a_restart(world: World) -> None:
    first = world.sort()
    assert (len(first.images.added), first.images.changed) == (8, ())
    stacks = world.opened.snapshot.stacks
    assert stacks is not None
    world.reopen()
    second = world.sort()
    assert (second.images.added, second.images.changed, second.images.other_contents) == ((), (), False)
    again = world.opened.snapshot.stacks
    assert again is not None
    assert again.values.tolist() == stacks.values.tolist()
