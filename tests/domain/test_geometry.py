"""Values that the stages pass on: rows that do not belong together are refused, and trees are cut where they say."""

from collections.abc import Callable

import numpy as np
import pytest

from shoal.domain.geometry import (
    ClusterTree,
    EmbeddingKey,
    EmbeddingMatrix,
    MapLayout,
    NeighbourGraph,
    Outliers,
    Proposal,
    Rows,
    Shoot,
    StageKey,
    stage_key,
)
from shoal.domain.seen_classes import nothing_seen

KEY = StageKey("k")
ROWS = Rows(np.array([2, 5, 9]), KEY)


def ints(count: int) -> np.ndarray:
    return np.zeros(count, np.int32)


def floats(count: int) -> np.ndarray:
    return np.zeros(count, np.float32)


def table(count: int) -> np.ndarray:
    return np.zeros((count, 2), np.float32)


MADE: dict[str, tuple[int, Callable[..., object]]] = {
    "vectors": (1, lambda n: EmbeddingMatrix(ROWS, table(n))),
    "lengths": (1, lambda n: EmbeddingMatrix(ROWS, table(3), lengths=floats(n))),
    "classes": (1, lambda n: EmbeddingMatrix(ROWS, table(3), nothing_seen(n))),
    "a graph": (2, lambda n, m: NeighbourGraph(KEY, ROWS, ints(n), floats(m))),
    "a map": (1, lambda n: MapLayout(KEY, ROWS, table(n))),
    "a proposal": (2, lambda n, m: Proposal(KEY, ROWS, ints(n), ints(1), floats(1), floats(m), "x")),
    "outliers": (2, lambda n, m: Outliers(KEY, ROWS, floats(n), floats(m))),
    "a shoot": (3, lambda n, m, p: Shoot(KEY, ROWS, ints(n), ints(m), ints(p))),
    "a tree": (1, lambda n: ClusterTree(KEY, ROWS, ints(n), ints(n - 1))),
}


@pytest.mark.parametrize("what", MADE)
def test_every_array_has_a_row_for_every_image(what):
    arrays, make = MADE[what]
    make(*[3] * arrays)
    for wrong in range(arrays):
        for count in (2, 4):
            with pytest.raises(ValueError, match=f"3 images but {count} rows"):
                make(*[count if place == wrong else 3 for place in range(arrays)])


def test_what_is_told_of_clusters_is_told_of_each():
    assert Proposal(KEY, ROWS, ints(3), ints(2), floats(2), floats(3), "x").cluster_count == 2
    with pytest.raises(ValueError, match="2 typical images but 1 clusters"):
        Proposal(KEY, ROWS, ints(3), ints(2), floats(1), floats(3), "x")
    with pytest.raises(ValueError, match="a line of 3 rows with 3 gaps"):
        ClusterTree(KEY, ROWS, ints(3), ints(3))


def test_a_part_has_all_that_belongs_to_its_rows():
    vectors = np.array([[1, 0], [0, 1], [0.6, 0.8]], np.float32)
    matrix = EmbeddingMatrix(ROWS, vectors, nothing_seen(3), np.array([2, 3, 5], np.float32))
    np.testing.assert_allclose(matrix.raw, [[2, 0], [0, 3], [3, 4]])
    part = matrix.part(np.array([0, 2]))
    assert part.rows.ids.tolist() == [2, 9]
    np.testing.assert_allclose(part.raw, [[2, 0], [3, 4]])
    assert part.classes is not None
    assert len(part.classes) == 2
    bare = EmbeddingMatrix(ROWS, vectors).part(np.array([1]))
    assert (bare.classes, bare.lengths) == (None, None)
    np.testing.assert_array_equal(bare.raw, [[0, 1]])
    assert matrix.key == KEY


def test_a_key_changes_with_all_that_a_result_was_made_from_and_with_nothing_else():
    key = stage_key("map", "upstream", seed=1, way="umap")
    assert key == stage_key("map", "upstream", way="umap", seed=1)
    others = [
        stage_key("graph", "upstream", seed=1, way="umap"), stage_key("map", "other", seed=1, way="umap"),
        stage_key("map", "upstream", seed=2, way="umap"), stage_key("map", "upstream", seed=1),
    ]  # fmt: skip
    assert len({key, *others}) == 5
    assert len(key) == 32
    digests = {
        EmbeddingKey("m", "l", "w", 224, "p").digest, EmbeddingKey("n", "l", "w", 224, "p").digest,
        EmbeddingKey("m", "l", "w", 256, "p").digest, EmbeddingKey("m", "l", "w", 224, "q").digest,
    }  # fmt: skip
    assert len(digests) == 4


def tree(order: list[int], opens_at: list[int]) -> ClusterTree:
    rows = Rows(np.arange(len(order)), KEY)
    return ClusterTree(KEY, rows, np.array(order, np.int32), np.array(opens_at, np.int32))


def test_a_tree_is_cut_where_its_borders_open():
    cut = tree([3, 1, 4, 0, 2], [3, 2, 5, 4]).cut
    assert cut(0).tolist() == cut(1).tolist() == [0, 0, 0, 0, 0]
    assert cut(2).tolist() == [1, 0, 1, 0, 1]
    assert cut(3).tolist() == [2, 1, 2, 0, 2]
    assert cut(5).tolist() == cut(99).tolist() == [3, 1, 4, 0, 2]
    assert tree([3, 1, 4, 0, 2], [3, 2, 5, 4]).most == 5


def test_equal_images_are_never_parted():
    halves = tree([0, 1, 2], [4, 2])  # beyond the number of images: never
    assert halves.most == 2
    assert halves.cut(3).tolist() == halves.cut(2).tolist() == [0, 0, 1]
    assert (tree([], []).most, tree([0], []).most) == (0, 1)
    assert tree([], []).cut(3).tolist() == []
