import numpy as np
import pytest
from scipy.cluster.hierarchy import cut_tree, linkage
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from shoal.analysis.cluster_tree import build_tree
from shoal.analysis.kmeans_clusters import kmeans
from shoal.analysis.threads import one_thread
from shoal.analysis.vector_space import principal_components
from shoal.analysis.ward import cut_line, in_line, ward_merges
from shoal.domain.errors import Cancelled
from shoal.domain.geometry import EmbeddingMatrix, Rows, StageKey
from shoal.domain.task import Task


def things(kinds: int, rows: int, noise: float, seed: int = 0) -> tuple[EmbeddingMatrix, np.ndarray]:
    random = np.random.default_rng(seed)
    kind = random.integers(0, kinds, rows)
    vectors = random.normal(size=(kinds, 48))[kind] + random.normal(size=(rows, 48)) * noise
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return EmbeddingMatrix(Rows(np.arange(rows), StageKey("test")), vectors), kind


@pytest.mark.parametrize("count", [2, 5, 17])
def test_ward_is_the_usual_one(count):
    points = principal_components(things(6, 300, 1.0)[0].vectors)
    ours = cut_line(in_line(ward_merges(points, np.ones(300, np.int64), Task())), count)
    assert adjusted_rand_score(ours, cut_tree(linkage(points, "ward"), count)[:, 0]) == 1.0


def test_a_weight_stands_for_so_many_equal_points():
    points = principal_components(things(5, 60, 1.0)[0].vectors)
    weights = np.random.default_rng(1).integers(1, 5, 60)
    weighted = cut_line(in_line(ward_merges(points, weights, Task())), 7)
    repeated = cut_tree(linkage(np.repeat(points, weights, axis=0), "ward"), 7)[:, 0]
    assert adjusted_rand_score(np.repeat(weighted, weights), repeated) == 1.0


@pytest.mark.parametrize("rows", [400, 2600])
def test_every_number_of_clusters_can_be_cut_and_finer_cuts_refine_coarser(rows):
    tree = build_tree(things(9, rows, 0.8)[0], 0, Task())
    assert tree.most == rows
    coarser = tree.cut(1)
    assert not coarser.any()
    for count in [*range(2, 60), rows - 1, rows]:
        finer = tree.cut(count)
        assert len(np.unique(finer)) == count
        assert len(np.unique(np.stack([coarser, finer]), axis=1).T) == count
        coarser = finer


@pytest.mark.parametrize("rows", [400, 2600])
def test_a_cut_is_about_as_good_as_k_means_with_the_same_number(rows):
    embeddings, kind = things(12, rows, 1.2)
    with one_thread():
        means = kmeans(principal_components(embeddings.vectors), 12, Task())
    ours = normalized_mutual_info_score(kind, build_tree(embeddings, 0, Task()).cut(12))
    assert ours > 0.95 * normalized_mutual_info_score(kind, means)


def test_equal_images_are_never_parted():
    once = things(4, 50, 1.0)[0].vectors
    tree = build_tree(EmbeddingMatrix(Rows(np.arange(100), StageKey("twice")), np.tile(once, (2, 1))), 0, Task())
    assert tree.most == 50
    for count in (3, 20, 50, 99, 1000):
        labels = tree.cut(count)
        assert (labels[:50] == labels[50:]).all()
        assert len(np.unique(labels)) == min(count, 50)


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_next_to_no_images(rows):
    tree = build_tree(
        EmbeddingMatrix(Rows(np.arange(rows), StageKey("few")), np.eye(2, 8, dtype=np.float32)[:rows]), 0, Task()
    )
    assert tree.most == rows
    assert tree.cut(1).tolist() == [0] * rows
    assert sorted(tree.cut(5).tolist()) == list(range(rows))


def test_building_can_be_stopped():
    task = Task(lambda progress: task.cancel() if progress.done else None)
    with pytest.raises(Cancelled):
        build_tree(things(9, 600, 0.8)[0], 0, task)
