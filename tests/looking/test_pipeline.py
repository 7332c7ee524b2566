"""Real pictures through the whole pipeline, with everything on this thread."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.support.sample_folder import make_folder

from shoal.analysis import kmeans_clusters
from shoal.domain.errors import Cancelled, FolderNotReadable
from shoal.domain.extension_points import ClusterRequest, LoadOptions
from shoal.domain.geometry import ByImage
from shoal.domain.task import HereCaller, Progress, Task
from shoal.embedding import colour_layout
from shoal.looking.extraction import Caches
from shoal.looking.growing import Earlier
from shoal.looking.pipeline import Sorted, Tools, Wishes, sort_folders
from shoal.store.feature_cache import FeatureCache


class MathsHere(HereCaller):
    """Counts how often a warm-up was asked for."""

    def __init__(self) -> None:
        self.warmed = 0

    def warm_up(self) -> None:
        self.warmed += 1


@pytest.fixture
def tools(tmp_path: Path) -> Iterator[Tools]:
    with FeatureCache(tmp_path / "features.sqlite") as features:
        yield Tools(Caches(features), MathsHere())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_folder(tmp_path / "pictures", ("ball", "chair"), range(4))


def _wishes(clusters: int | None = 2) -> Wishes:
    return Wishes(colour_layout.SPEC.load(LoadOptions()), kmeans_clusters.SPEC, ClusterRequest(clusters))


def _earlier(result: Sorted) -> Earlier:
    """What a project would remember: every image in the cluster proposed for it, Unsorted being 0."""
    home = np.zeros(1 + max(record.id for record in result.extraction.records), np.int32)
    home[result.shape.proposal.rows.ids] = result.shape.proposal.labels + 1
    return Earlier(result.extraction.records, result.shape, ByImage(home))


def test_a_folder_becomes_a_map_and_clusters(folder: Path, tools: Tools) -> None:
    result = sort_folders([folder], _wishes(), tools, Task())
    assert [record.path.name for record in result.extraction.records][:2] == ["ball-0.jpg", "ball-1.jpg"]
    assert result.shape.layout.positions.shape == (8, 2)
    assert result.shape.proposal.cluster_count == 2
    assert result.additions is None
    assert list(result.seconds) == ["scan", "embed", "place", "connect", "lay_out", "group"]
    assert tools.maths.warmed == 0  # type: ignore[attr-defined]  # a map of eight needs no UMAP


def test_each_stage_reports_in_its_own_words(folder: Path, tools: Tools) -> None:
    reports: list[Progress] = []
    sort_folders([folder], _wishes(), tools, Task(reports.append))
    assert len({report.message for report in reports}) >= 5


def test_nothing_is_computed_again_for_an_unchanged_folder(folder: Path, tools: Tools) -> None:
    first = sort_folders([folder], _wishes(), tools, Task())
    second = sort_folders([folder], _wishes(), tools, Task(), _earlier(first))
    assert second.shape is first.shape
    assert second.extraction.cached_count == 8
    assert second.additions is not None
    assert len(second.additions.images) == 0


def test_other_wishes_group_anew(folder: Path, tools: Tools) -> None:
    first = sort_folders([folder], _wishes(2), tools, Task())
    second = sort_folders([folder], _wishes(3), tools, Task(), _earlier(first))
    assert second.additions is None
    assert second.shape.proposal.cluster_count == 3


@pytest.mark.changes_pictures("has them moved")
def test_new_pictures_are_placed_and_nothing_else_moves(folder: Path, tools: Tools) -> None:
    first = sort_folders([folder], _wishes(), tools, Task())
    copy = folder / "ball" / "ball-0-copy.jpg"
    shutil.copy(folder / "ball" / "ball-0.jpg", copy)
    second = sort_folders([folder], _wishes(), tools, Task(), _earlier(first))
    assert second.additions is not None
    assert second.additions.images.tolist() == [8]
    rows = {int(id_): row for row, id_ in enumerate(second.shape.layout.rows.ids)}
    before = {int(id_): row for row, id_ in enumerate(first.shape.layout.rows.ids)}
    for image, row in before.items():
        assert np.array_equal(second.shape.layout.positions[rows[image]], first.shape.layout.positions[row])
    original = next(one.id for one in second.extraction.records if one.path.name == "ball-0.jpg")
    assert np.allclose(second.shape.layout.positions[rows[8]], second.shape.layout.positions[rows[original]], atol=1e-3)
    assert second.shape.proposal.labels[rows[8]] == second.shape.proposal.labels[rows[original]]


@pytest.mark.changes_pictures("has them go with their drive")
def test_an_empty_mount_point_is_a_drive_that_is_not_there(folder, tools, tmp_path):
    earlier = _earlier(sort_folders([folder], _wishes(), tools, Task()))
    folder.rename(tmp_path / "on the drive")
    folder.mkdir()
    with pytest.raises(FolderNotReadable, match="none of its pictures"):
        sort_folders([folder], _wishes(), tools, Task(), earlier)


@pytest.mark.changes_pictures("has them go with their drive")
def test_a_drive_pulled_out_in_the_middle_is_told_and_nothing_is_made_of_the_rest(folder, tools, tmp_path):
    heard: list[object] = []

    def pull_out(found: object) -> None:
        heard.append(found)
        folder.rename(tmp_path / "on the drive")

    with pytest.raises(FolderNotReadable, match="went away"):
        sort_folders([folder], _wishes(), tools, Task(), hear=pull_out)
    assert len(heard) == 1


@pytest.mark.changes_pictures("changes them itself")
def test_a_picture_that_was_taken_away_leaves_the_others_where_they_are(folder: Path, tools: Tools) -> None:
    first = sort_folders([folder], _wishes(), tools, Task())
    (folder / "chair" / "chair-3.jpg").unlink()
    second = sort_folders([folder], _wishes(), tools, Task(), _earlier(first))
    assert second.additions is not None
    assert len(second.additions.images) == 0
    assert np.array_equal(second.shape.layout.positions, first.shape.layout.positions[:-1])


def test_too_many_new_pictures_are_grouped_anew(folder: Path, tools: Tools) -> None:
    first = sort_folders([folder], _wishes(), tools, Task())
    make_folder(folder, ("fish",), range(9))
    second = sort_folders([folder], _wishes(3), tools, Task(), replace(_earlier(first)))
    assert second.additions is None
    assert len(second.extraction.records) == 17


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_a_handful_of_pictures_is_sorted_too(tmp_path: Path, tools: Tools, count: int) -> None:
    folder = make_folder(tmp_path / "few", ("ball",), range(count))
    result = sort_folders([folder], _wishes(None), tools, Task())
    assert len(result.shape.proposal.labels) == count
    assert result.shape.layout.positions.shape == (count, 2)
    again = sort_folders([folder], _wishes(None), tools, Task(), Earlier(result.extraction.records, result.shape))
    assert again.shape is result.shape


@pytest.mark.changes_pictures("changes them itself")
def test_bad_files_are_listed_and_stop_nothing(folder: Path, tools: Tools) -> None:
    (folder / "empty.jpg").touch()
    (folder / "text.png").write_text("no picture")
    result = sort_folders([folder], _wishes(), tools, Task())
    assert {one.path.name for one in result.skipped} == {"empty.jpg", "text.png"}
    assert len(result.extraction.records) == 8


def test_a_folder_that_is_not_there_is_an_error_for_the_user(tmp_path: Path, tools: Tools) -> None:
    with pytest.raises(FolderNotReadable):
        sort_folders([tmp_path / "nowhere"], _wishes(), tools, Task())


def test_cancelling_stops_at_any_stage(folder: Path, tmp_path: Path, tools: Tools) -> None:
    messages: list[Progress] = []
    sort_folders([folder], _wishes(), tools, Task(messages.append))
    for number, stage in enumerate({report.message for report in messages}):
        with FeatureCache(tmp_path / f"{number}.sqlite") as features, pytest.raises(Cancelled):
            sort_folders([folder], _wishes(), Tools(Caches(features), MathsHere()), _cancelled_in(stage))


def _cancelled_in(stage: str) -> Task:
    """Cancels itself at the first report of a stage."""
    task = Task(lambda progress: task.cancel() if progress.message == stage else None)
    return task
