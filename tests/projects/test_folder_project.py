"""Sorting a folder again and again: what the project remembers, and what the user did in between."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.looking.test_pipeline import MathsHere
from tests.support.sample_folder import make_folder

from shoal.analysis import kmeans_clusters
from shoal.domain.edits import move_images, rename_cluster
from shoal.domain.extension_points import ClusterRequest, LoadOptions
from shoal.domain.grouping import ClusterId
from shoal.domain.task import Task
from shoal.embedding import colour_layout
from shoal.looking.extraction import Caches
from shoal.looking.pipeline import Tools, Wishes
from shoal.projects.folder_project import SortedFolders, load_shape, sort_project
from shoal.projects.project import Project
from shoal.store.feature_cache import FeatureCache
from shoal.store.project_store import ProjectStore


class Sorter:
    """Sorts one folder into one project file, however often."""

    def __init__(self, folder: Path, project_file: Path, tools: Tools) -> None:
        self.folder, self.project_file, self.tools = folder, project_file, tools

    def sort(self, clusters: int = 2) -> SortedFolders:
        backend = colour_layout.SPEC.load(LoadOptions())
        wishes = Wishes(backend, kmeans_clusters.SPEC, ClusterRequest(clusters))
        return sort_project([self.folder], self.project_file, wishes, self.tools, Task())


@pytest.fixture
def sorter(tmp_path: Path) -> Iterator[Sorter]:
    folder = make_folder(tmp_path / "pictures", ("ball", "chair"), range(4))
    with FeatureCache(tmp_path / "features.sqlite") as features:
        yield Sorter(folder, tmp_path / "projects" / "one.shoal", Tools(Caches(features), MathsHere()))


def _names(found: SortedFolders) -> dict[str, str]:
    """File name -> name of its cluster."""
    images = found.images
    return {record.path.name: images.name_of(images.cluster_of(record.id)) for record in images.records}


def test_sorting_twice_gives_the_same_and_computes_nothing(sorter: Sorter) -> None:
    first, second = sorter.sort(), sorter.sort()
    assert _names(first) == _names(second)
    assert len(set(_names(first).values())) == 2
    assert "group" in first.result.seconds
    assert "group" not in second.result.seconds


def test_what_was_found_survives_in_the_project_file(sorter: Sorter) -> None:
    first = sorter.sort()
    with ProjectStore(sorter.project_file) as store:
        shape = load_shape(store)
        assert shape is not None
        assert shape.layout.positions.tolist() == first.result.shape.layout.positions.tolist()
        assert store.load_grouping() == first.grouping
        assert store.load_roots() == (sorter.folder,)


@pytest.mark.changes_pictures("changes them itself")
def test_a_picture_added_later_joins_a_cluster_and_the_others_stay(sorter: Sorter) -> None:
    before = _names(sorter.sort())
    shutil.copy(sorter.folder / "chair" / "chair-1.jpg", sorter.folder / "chair" / "new.jpg")
    after = _names(sorter.sort())
    assert after["new.jpg"] == before["chair-1.jpg"]
    assert {name: after[name] for name in before} == before
    assert _names(sorter.sort()) == after


@pytest.mark.changes_pictures("changes them itself")
def test_a_renamed_picture_keeps_its_place(sorter: Sorter) -> None:
    before = _names(sorter.sort())
    (sorter.folder / "ball" / "ball-2.jpg").rename(sorter.folder / "ball" / "other.jpg")
    after = sorter.sort()
    assert _names(after)["other.jpg"] == before["ball-2.jpg"]
    assert after.result.extraction.cached_count == 8


def test_what_the_user_did_by_hand_is_not_undone_by_sorting_again(sorter: Sorter) -> None:
    sorter.sort()
    with ProjectStore(sorter.project_file) as store:
        project = Project(store.load_grouping(), store.journal)
        first, second = sorted(project.grouping.clusters)
        moved = project.grouping.members(first)[:1]
        project.apply("Move", move_images(project.grouping, moved, second))
        project.apply("Rename", rename_cluster(project.grouping, ClusterId(second), "Keepers"))
    for clusters in (2, 3):
        found = sorter.sort(clusters)
        assert int(found.grouping.home[moved[0]]) == second
        assert found.grouping.clusters[second].name == "Keepers"


def test_a_project_that_another_window_has_open_is_read_and_left_alone(sorter: Sorter) -> None:
    before = sorter.sort()
    with ProjectStore(sorter.project_file):
        found = sorter.sort(3)
    assert not found.kept
    assert len(set(_names(found).values())) == 3
    assert _names(sorter.sort(2)) == _names(before)


def test_a_map_without_its_clusters_is_made_anew(sorter: Sorter) -> None:
    first = sorter.sort()
    with ProjectStore(sorter.project_file) as store:
        store.derived.save_choices({})
        assert load_shape(store) is None
    again = sorter.sort()
    assert "group" in again.result.seconds
    assert _names(again) == _names(first)


def test_a_project_from_a_stranger_may_leave_things_out(sorter: Sorter) -> None:
    first = sorter.sort()
    with ProjectStore(sorter.project_file) as store:
        store.derived.save_choices({"shape": store.derived.load_choices()["shape"]})
    assert _names(sorter.sort()) == _names(first)
