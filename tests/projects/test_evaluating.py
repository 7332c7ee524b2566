"""The figures of `shoal evaluate` on folders whose sorting is known."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.looking.test_pipeline import MathsHere
from tests.support.sample_folder import make_folder

from shoal.analysis import kmeans_clusters
from shoal.domain.errors import UserFacingError
from shoal.domain.extension_points import LoadOptions
from shoal.domain.task import Task
from shoal.embedding import colour_layout
from shoal.looking.extraction import Caches
from shoal.looking.options import Options
from shoal.looking.pipeline import Tools
from shoal.projects.evaluating import evaluate_folder
from shoal.store.feature_cache import FeatureCache


@pytest.fixture
def tools(tmp_path: Path) -> Iterator[Tools]:
    with FeatureCache(tmp_path / "features.sqlite") as features:
        yield Tools(Caches(features), MathsHere())


def _options() -> Options:
    return Options(colour_layout.SPEC.load(LoadOptions()), kmeans_clusters.SPEC)


def test_every_figure_is_there_and_in_its_range(tmp_path: Path, tools: Tools) -> None:
    folder = make_folder(tmp_path / "pictures", ("ball", "chair", "fish"), range(5))
    found = evaluate_folder(folder, _options(), tools, Task())
    assert (found.images, found.folders) == (15, ("ball", "chair", "fish"))
    assert found.confusion.sum(axis=1).tolist() == [5, 5, 5]
    figures = found.agreement
    for value in (figures.knn5_accuracy, figures.nmi, figures.linear_probe_accuracy, figures.map_at_r, figures.ndcg):
        assert value is not None
        assert 0 <= value <= 1


def test_pictures_in_one_folder_have_nothing_to_be_compared_with(tmp_path: Path, tools: Tools) -> None:
    folder = make_folder(tmp_path / "pictures", ("ball",), range(3))
    with pytest.raises(UserFacingError, match="not sorted into sub-folders"):
        evaluate_folder(folder, _options(), tools, Task())
