"""Real pictures through the whole pipeline, with everything on this thread."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.support.sample_folder import make_folder
from tests.support.untouched import as_it_is_now

from shoal.analysis import kmeans_clusters
from shoal.domain.errors import Cancelled, FolderNotReadable, UserFacingError
from shoal.domain.export_plan import NOTHING_FOUND
from shoal.domain.extension_points import ClusterRequest, LoadOptions
from shoal.domain.geometry import StageKey
from shoal.domain.grouping import Cluster, ClusterId, Grouping
from shoal.domain.images import SkippedImage
from shoal.domain.sentence import Sentence
from shoal.domain.task import HereCaller, Progress, Task
from shoal.embedding import colour_layout
from shoal.looking.extraction import Caches
from shoal.looking.known import Found, Known
from shoal.looking.options import Options
from shoal.looking.pipeline import Tools, cluster_again, known_records, look, look_at_folders, require_pictures
from shoal.looking.snapshot import ONLY_A_PART, Snapshot
from shoal.looking.stages import StopWatch
from shoal.store.feature_cache import FeatureCache
from shoal.store.thumbnail_cache import ThumbnailCache


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


def _options(clusters: int | None = 2) -> Options:
    return Options(colour_layout.SPEC.load(LoadOptions()), kmeans_clusters.SPEC, ClusterRequest(clusters))


def _look(known: Known, tools: Tools, clusters: int | None = 2, task: Task | None = None) -> Found:
    return look(known, _options(clusters), tools, task or Task())


class Kept(dict[tuple[type, StageKey], object]):
    """What a project file would keep."""

    def load(self, kind: type, recipe: StageKey) -> Any:
        return self.get((kind, recipe))


def _after(found: Found) -> Known:
    """What a project would know: every image in the cluster proposed for it, Unsorted being 0."""
    count = len(found.snapshot.images)
    proposal = found.snapshot.proposal
    assert proposal is not None
    home = proposal.rows.spread(proposal.labels + np.int32(1), count, 0).values
    clusters = {ClusterId(n + 1): Cluster(ClusterId(n + 1), f"Cluster {n}") for n in range(proposal.cluster_count)}
    grouping = Grouping(clusters, home, np.zeros(count, np.bool_))
    kept = Kept({(type(one.value), one.recipe): one.value for one in found.new})
    return Known(found.roots, found.snapshot, grouping, found.made, kept)


def test_a_folder_becomes_a_map_and_clusters(folder: Path, tools: Tools) -> None:
    found = _look(Known([folder]), tools)
    shown = found.snapshot
    assert [record.path.name for record in shown.images][:2] == ["ball-0.jpg", "ball-1.jpg"]
    assert shown.layout is not None
    assert shown.layout.positions.shape == (8, 2)
    assert shown.proposal is not None
    assert shown.proposal.cluster_count == 2
    assert found.proposed is not None
    assert list(found.seconds) == ["scan", "embed", "connect", "lay_out", "group", "outliers", "series", "tree"]
    assert tools.maths.warmed == 0  # type: ignore[attr-defined]  # a map of eight needs no UMAP


def test_an_export_needs_neither_graph_nor_tree_of_what_is_known(folder: Path, tools: Tools) -> None:
    known = _after(look(Known([folder]), _options(), tools, Task(), edit=False))
    again = look(known, _options(), tools, Task(), edit=False)
    assert list(again.seconds) == ["scan", "embed"]
    assert (again.snapshot.graph, again.snapshot.tree) == (None, None)


def test_vectors_alone_need_no_thumbnails(folder: Path, tools: Tools, tmp_path: Path) -> None:
    with ThumbnailCache(tmp_path / "thumbnails.sqlite") as thumbnails:
        seen = replace(tools, caches=replace(tools.caches, thumbnails=thumbnails))
        extraction = look_at_folders([folder], _options().backend, seen, Task(), StopWatch()).extraction
        hashes = [record.content_hash for record in extraction.records]
        assert len(thumbnails.missing(hashes)) == 8
        another = make_folder(tmp_path / "others", ("ball",), range(4, 6))
        shown = _look(Known([another]), seen).snapshot
        assert not thumbnails.missing([record.content_hash for record in known_records(shown)])


def test_where_nothing_was_found_it_is_not_said_that_nothing_could_be_read(folder: Path, tools: Tools) -> None:
    extraction = look_at_folders([folder], _options().backend, tools, Task(), StopWatch()).extraction
    empty, bad = replace(extraction, records=()), SkippedImage(folder / "b.jpg", Sentence("the file is empty"))
    nothing = [SkippedImage(folder / "a.jpg", NOTHING_FOUND)]
    require_pictures(folder, extraction, nothing)
    with pytest.raises(UserFacingError, match="shows an object of the kinds"):
        require_pictures(folder, empty, nothing)
    with pytest.raises(UserFacingError, match=r"could be read; .*b\.jpg: the file is empty"):
        require_pictures(folder, empty, [*nothing, bad])


def test_each_stage_reports_in_its_own_words(folder: Path, tools: Tools) -> None:
    reports: list[Progress] = []
    _look(Known([folder]), tools, task=Task(reports.append))
    assert len({report.message for report in reports}) >= 5


def test_what_can_be_shown_is_told_while_the_rest_is_still_to_come(folder: Path, tools: Tools) -> None:
    heard: list[Snapshot] = []
    look(Known([folder]), _options(), tools, Task(), heard.append)
    told = [(len(one.images), one.embeddings is not None, one.layout is not None) for one in heard]
    assert told == [(8, False, False), (8, True, True), (8, True, True)]


def test_nothing_is_computed_again_for_an_unchanged_folder(folder: Path, tools: Tools) -> None:
    first = _look(Known([folder]), tools)
    second = _look(_after(first), tools)
    assert list(second.seconds) == ["scan", "embed"]
    assert second.new == []
    assert second.snapshot.images is first.snapshot.images
    assert second.extraction is not None
    assert second.extraction.cached_count == 8
    assert second.proposed is None
    assert len(second.additions.images) == 0


def test_another_number_of_clusters_groups_anew_and_leaves_graph_and_map(folder: Path, tools: Tools) -> None:
    known = _after(_look(Known([folder]), tools, 2))
    found = _look(known, tools, 3)
    assert list(found.seconds) == ["scan", "embed", "group"]
    assert found.proposed is not None
    assert found.snapshot.proposal is not None
    assert found.snapshot.proposal.cluster_count == 3
    assert found.snapshot.layout is not None
    assert known.snapshot.layout is not None
    assert np.array_equal(found.snapshot.layout.positions, known.snapshot.layout.positions)


def test_clustering_again_with_other_options_needs_no_second_look(folder: Path, tools: Tools) -> None:
    known = _after(_look(Known([folder]), tools, 2))
    found = cluster_again(known, _options(3), tools, Task())
    assert found.snapshot.proposal is not None
    assert found.snapshot.proposal.cluster_count == 3
    assert list(found.seconds) == ["group"]


def test_what_was_never_looked_at_cannot_be_clustered_again(folder: Path, tools: Tools) -> None:
    with pytest.raises(ValueError, match="nothing to group"):
        cluster_again(Known([folder]), _options(), tools, Task())


@pytest.mark.changes_pictures("has them moved")
def test_new_pictures_are_placed_and_nothing_else_moves(folder: Path, tools: Tools) -> None:
    known = _after(_look(Known([folder]), tools))
    shutil.copy(folder / "ball" / "ball-0.jpg", folder / "ball" / "ball-0-copy.jpg")
    found = _look(known, tools)
    assert found.additions.images.tolist() == [8]
    layout, before, proposal = found.snapshot.layout, known.snapshot.layout, found.snapshot.proposal
    assert layout is not None
    assert before is not None
    assert proposal is not None
    assert np.array_equal(layout.positions[:8], before.positions)
    original = next(record.id for record in found.snapshot.images if record.path.name == "ball-0.jpg")  # type: ignore[union-attr]
    assert np.allclose(layout.positions[8], layout.positions[original], atol=1e-3)
    assert proposal.labels[8] == proposal.labels[original]


@pytest.mark.changes_pictures("has them moved")
def test_graph_and_tree_are_those_of_the_pictures_of_now(folder: Path, tools: Tools) -> None:
    known = _after(_look(Known([folder]), tools))
    shutil.copy(folder / "ball" / "ball-0.jpg", folder / "ball" / "a.jpg")
    (folder / "chair" / "chair-3.jpg").unlink()
    shown = _look(known, tools).snapshot
    assert shown.embeddings is not None
    for value in (shown.graph, shown.tree, shown.layout, shown.proposal):
        assert value is not None
        assert value.rows is shown.embeddings.rows
    assert [record.path.name for record in (shown.images[int(i)] for i in shown.gone)] == ["chair-3.jpg"]


@pytest.mark.changes_pictures("has them go with their drive")
def test_an_empty_mount_point_is_a_drive_that_is_not_there(folder, tools, tmp_path):
    known = _after(_look(Known([folder]), tools))
    folder.rename(tmp_path / "on the drive")
    folder.mkdir()
    with pytest.raises(FolderNotReadable, match="none of its pictures"):
        _look(known, tools)


@pytest.mark.changes_pictures("has them go with their drive")
def test_a_drive_pulled_out_in_the_middle_is_told_and_nothing_is_made_of_the_rest(folder, tools, tmp_path):
    heard: list[object] = []

    def pull_out(found: object) -> None:
        heard.append(found)
        folder.rename(tmp_path / "on the drive")

    with pytest.raises(FolderNotReadable, match="went away"):
        look(Known([folder]), _options(), tools, Task(), pull_out)
    assert len(heard) == 1


@pytest.mark.changes_pictures("changes them itself")
def test_a_picture_that_was_taken_away_leaves_the_others_where_they_are(folder: Path, tools: Tools) -> None:
    known = _after(_look(Known([folder]), tools))
    (folder / "chair" / "chair-3.jpg").unlink()
    found = _look(known, tools)
    assert found.proposed is None
    assert len(found.additions.images) == 0
    assert found.snapshot.layout is not None
    assert known.snapshot.layout is not None
    assert np.array_equal(found.snapshot.layout.positions, known.snapshot.layout.positions[:-1])


def test_too_many_new_pictures_are_grouped_anew(folder: Path, tools: Tools) -> None:
    known = _after(_look(Known([folder]), tools))
    make_folder(folder, ("fish",), range(9))
    found = _look(known, tools)
    assert found.proposed is not None
    assert len(found.snapshot.images) == 17


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_a_handful_of_pictures_is_sorted_too(tmp_path: Path, tools: Tools, count: int) -> None:
    folder = make_folder(tmp_path / "few", ("ball",), range(count))
    found = _look(Known([folder]), tools, None)
    assert found.snapshot.proposal is not None
    assert len(found.snapshot.proposal.labels) == count
    assert found.snapshot.layout is not None
    assert found.snapshot.layout.positions.shape == (count, 2)
    assert _look(_after(found), tools, None).new == []


@pytest.mark.changes_pictures("changes them itself")
def test_bad_files_are_listed_and_stop_nothing(folder: Path, tools: Tools) -> None:
    (folder / "empty.jpg").touch()
    (folder / "text.png").write_text("no picture")
    found = _look(Known([folder]), tools)
    assert {one.path.name for one in found.snapshot.skipped} == {"empty.jpg", "text.png"}
    assert len(found.snapshot.images) == 8


def test_a_folder_that_is_not_there_is_an_error_for_the_user(tmp_path: Path, tools: Tools) -> None:
    with pytest.raises(FolderNotReadable):
        _look(Known([tmp_path / "nowhere"]), tools)


def test_cancelling_stops_at_any_stage(folder: Path, tmp_path: Path, tools: Tools) -> None:
    messages: list[Progress] = []
    _look(Known([folder]), tools, task=Task(messages.append))
    for number, stage in enumerate({report.message for report in messages}):
        with FeatureCache(tmp_path / f"{number}.sqlite") as features, pytest.raises(Cancelled):
            _look(Known([folder]), Tools(Caches(features), MathsHere()), task=_cancelled_in(stage))


def _cancelled_in(stage: str) -> Task:
    """Cancels itself at the first report of a stage."""
    task = Task(lambda progress: task.cancel() if progress.message == stage else None)
    return task


def test_clusters_that_are_to_stay_are_not_proposed_otherwise(folder: Path, tools: Tools) -> None:
    known = _after(_look(Known([folder]), tools, 2))
    found = look(known, replace(_options(3), stay=known.made), tools, Task())
    assert (found.proposed, found.made, found.new) == (None, known.made, [])


def test_a_file_of_which_only_a_part_is_there_is_looked_at_and_listed(folder: Path, tools: Tools) -> None:
    sound = sorted(folder.rglob("*.jpg"))[0].read_bytes()
    (folder / "half.jpg").write_bytes(sound[: len(sound) * 2 // 3])
    as_it_is_now(folder)
    shown = _look(Known([folder]), tools).snapshot
    assert [(one.path.name, one.reason) for one in shown.damaged] == [("half.jpg", ONLY_A_PART)]
    assert len(shown.images) == 9
