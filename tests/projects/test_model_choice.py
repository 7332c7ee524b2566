"""Models judged by what a user put right."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.looking.test_pipeline import MathsHere
from tests.support.sample_folder import make_folder
from tests.support.small_networks import write_convnet

from shoal.domain import edits
from shoal.domain.errors import Cancelled, UserFacingError
from shoal.domain.extension_points import EmbeddingBackend, LoadOptions
from shoal.domain.grouping import Grouping
from shoal.domain.images import FoundImage, ImageRecord, Region
from shoal.domain.task import Progress, Task
from shoal.embedding import colour_layout, onnx_models
from shoal.looking.extraction import Caches, extract
from shoal.looking.pipeline import Tools
from shoal.projects.model_choice import rank_models
from shoal.projects.model_ranking import Verdict, count_corrections
from shoal.store.feature_cache import FeatureCache

KINDS = ("ball", "chair", "fish")


@pytest.fixture
def tools(tmp_path: Path) -> Iterator[Tools]:
    with FeatureCache(tmp_path / "features.sqlite") as features:
        yield Tools(Caches(features), MathsHere())


@pytest.fixture
def records(tmp_path: Path, tools: Tools) -> tuple[ImageRecord, ...]:
    folder = make_folder(tmp_path / "pictures", KINDS, range(6))
    found = [FoundImage(path, path.parent.name) for path in sorted(folder.rglob("*.jpg"))]
    return extract(found, colour_layout.SPEC.load(LoadOptions()), tools.caches, Task()).records


@pytest.fixture
def load(tmp_path: Path):
    network = write_convnet(tmp_path / "net.onnx")

    def load(name: str, _task: Task) -> EmbeddingBackend:
        if name == "colour-layout":
            return colour_layout.SPEC.load(LoadOptions())
        return onnx_models.SPEC.load(LoadOptions(source=str(network), device="cpu"))

    return load


def sorted_by_hand(records: tuple[ImageRecord, ...], each: int) -> Grouping:
    """A cluster per kind; of each the first so many pictures are pinned."""
    grouping = Grouping().grown_to(len(records))
    for kind in KINDS:
        ids = [record.id for record in records if record.label == kind]
        grouping = grouping.patched(edits.create_cluster(grouping, kind, ids))
        grouping = grouping.patched(edits.unpin_images(grouping, ids[each:]))
    return grouping


def test_models_are_ranked_by_the_pictures_that_the_user_kept(records, load, tools):
    grouping = sorted_by_hand(records, 5)
    assert count_corrections(grouping) == (15, 3)
    ranking = rank_models(["net", "colour-layout"], load, records, grouping, tools, Task())
    assert sorted(model.name for model in ranking.models) == ["colour-layout", "net"]
    shares = [model.share for model in ranking.models]
    assert shares == sorted(shares, reverse=True)
    assert (ranking.corrections, ranking.clusters) == (15, 3)
    assert all(model.low <= model.share == model.right / 15 <= model.high for model in ranking.models)
    assert ranking.verdict in (Verdict.EQUAL, Verdict.CLEAR)


def test_few_corrections_are_said_to_be_too_few(records, load, tools):
    ranking = rank_models(["net", "colour-layout"], load, records, sorted_by_hand(records, 2), tools, Task())
    assert (ranking.corrections, ranking.verdict) == (6, Verdict.TOO_FEW)
    assert all(model.high - model.low > 0.3 for model in ranking.models)


def test_without_corrections_nothing_is_decided(records, load, tools):
    ranking = rank_models(["net", "colour-layout"], load, records, sorted_by_hand(records, 0), tools, Task())
    assert (ranking.corrections, ranking.verdict) == (0, Verdict.TOO_FEW)
    assert all((model.low, model.high) == (0.0, 1.0) for model in ranking.models)


def test_a_model_compared_with_itself_is_no_better_than_itself(records, load, tools):
    ranking = rank_models(["net", "net"], load, records, sorted_by_hand(records, 6), tools, Task())
    assert (ranking.level, ranking.verdict) == (2, Verdict.EQUAL)


def test_looking_can_be_stopped_and_goes_on_later(records, load, tools):
    grouping = sorted_by_hand(records, 5)

    def stop_while_the_network_looks(progress: Progress) -> None:
        if progress.message == "Looking at images":
            task.cancel()

    task = Task(stop_while_the_network_looks)
    with pytest.raises(Cancelled):
        rank_models(["colour-layout", "net"], load, records, grouping, tools, task)
    again = rank_models(["colour-layout", "net"], load, records, grouping, tools, Task())
    assert np.isfinite([model.nmi for model in again.models]).all()


def test_pictures_are_unpacked_by_the_decoder_of_the_tools(records, load, tools):
    """The window lends one that works in processes of their own."""
    seen: list[str] = []

    def decode(data, suffix, *arguments):
        seen.append(suffix)
        return tools.decode(data, suffix, *arguments)

    rank_models(["net"], load, records, sorted_by_hand(records, 4), replace(tools, decode=decode), Task())
    assert len(seen) == len(records)


def test_in_a_project_of_objects_it_is_said_that_models_cannot_be_compared(records, load, tools):
    objects = [replace(record, region=Region(1, 1, 9, 9, "ball", 0.9, record.content_hash)) for record in records]
    with pytest.raises(UserFacingError, match="whole pictures"):
        rank_models(["colour-layout"], load, objects, sorted_by_hand(records, 4), tools, Task())
