import numpy as np
import pytest
from tests.support.synthetic_embeddings import as_embeddings, clusters

from shoal.analysis import nearest_neighbours
from shoal.analysis.nearest_neighbours import graph_key, nearest_to, neighbour_graph
from shoal.domain.errors import Cancelled
from shoal.domain.geometry import StageKey
from shoal.domain.task import Progress, Task


def true_neighbours(embeddings, k):
    similarities = embeddings.vectors.astype(np.float64) @ embeddings.vectors.T.astype(np.float64)
    np.fill_diagonal(similarities, -np.inf)
    order = np.argsort(-similarities, axis=1, kind="stable")[:, :k]
    return order, 1 - np.take_along_axis(similarities, order, axis=1)


@pytest.fixture
def inverted_file_from_500(monkeypatch):
    """The way large folders are searched, at a size that a test can check against the truth."""
    monkeypatch.setattr(nearest_neighbours, "EXACT_UP_TO", 500)


def recall(graph, truth) -> float:
    shared = [np.intersect1d(*rows).size for rows in zip(graph.indices, truth, strict=True)]
    return float(np.mean(shared)) / truth.shape[1]


def test_the_graph_lists_the_most_similar_images_nearest_first():
    embeddings, _ = clusters(300, 32, 5)
    graph = neighbour_graph(embeddings, 15, Task())
    indices, distances = true_neighbours(embeddings, 15)
    np.testing.assert_array_equal(graph.indices, indices)
    np.testing.assert_allclose(graph.distances, distances, atol=1e-6)
    assert graph.indices.dtype == np.int32
    assert graph.distances.dtype == np.float32
    np.testing.assert_array_equal(graph.rows.ids, embeddings.rows.ids)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 15, 16])
def test_a_small_folder_fills_up_with_minus_one(count):
    embeddings, _ = clusters(count, 8, 1)
    graph = neighbour_graph(embeddings, 15, Task())
    assert graph.indices.shape == graph.distances.shape == (count, 15)
    others = max(0, count - 1)
    assert all(set(row[:others]) == set(range(count)) - {i} for i, row in enumerate(graph.indices))
    assert (graph.indices[:, others:] == -1).all()
    assert (graph.distances[:, others:] == 2).all()


@pytest.mark.parametrize("copies", [2, 40])
def test_among_duplicates_no_image_is_its_own_neighbour(copies):
    originals, _ = clusters(20, 16, 2)
    embeddings = as_embeddings(np.tile(originals.vectors, (copies, 1)))
    graph = neighbour_graph(embeddings, 10, Task())
    assert not (graph.indices == np.arange(len(graph.indices))[:, None]).any()
    duplicates = min(copies - 1, 10)
    assert (graph.indices[:, :duplicates] % 20 == (np.arange(len(graph.indices)) % 20)[:, None]).all()
    np.testing.assert_allclose(graph.distances[:, :duplicates], 0, atol=1e-6)


def test_distances_stay_between_zero_and_two():
    direction = np.random.default_rng(0).normal(size=(1, 64))
    graph = neighbour_graph(as_embeddings(np.concatenate([direction, direction, -direction])), 2, Task())
    assert graph.distances.min() >= 0
    assert graph.distances.max() <= 2
    np.testing.assert_allclose(graph.distances[2], 2)


def test_equally_similar_images_come_in_row_order():
    embeddings = as_embeddings(np.tile(np.eye(4), (3, 1)))
    graph = neighbour_graph(embeddings, 2, Task())
    assert graph.indices[0].tolist() == [4, 8]
    assert graph.indices[5].tolist() == [1, 9]


@pytest.mark.usefixtures("inverted_file_from_500")
@pytest.mark.parametrize("cluster_count", [1, 40])
def test_a_large_folder_finds_nearly_all_true_neighbours(cluster_count):
    embeddings, _ = clusters(3000, 64, cluster_count)
    graph = neighbour_graph(embeddings, 15, Task())
    assert recall(graph, true_neighbours(embeddings, 15)[0]) >= 0.95
    assert not (graph.indices == np.arange(3000)[:, None]).any()


@pytest.mark.usefixtures("inverted_file_from_500")
def test_where_nothing_stands_out_nearly_everything_is_compared():
    embeddings = as_embeddings(np.random.default_rng(0).normal(size=(2000, 128)))
    graph = neighbour_graph(embeddings, 15, Task())
    assert recall(graph, true_neighbours(embeddings, 15)[0]) >= 0.95


@pytest.mark.usefixtures("inverted_file_from_500")
@pytest.mark.parametrize("dimension", [1, 3, 600])
def test_any_dimension_can_be_looked_through(dimension):
    embeddings, _ = clusters(1500, dimension, 10)
    graph = neighbour_graph(embeddings, 5, Task())
    similarities = np.sort(embeddings.vectors @ embeddings.vectors.T, axis=1)[:, ::-1]
    found = 1 - graph.distances
    assert (found >= similarities[:, 5:6] - 1e-5).mean() >= 0.95


@pytest.mark.usefixtures("inverted_file_from_500")
@pytest.mark.parametrize("copies", [2, 40])
def test_copies_in_a_large_folder_are_their_own_first_neighbours(copies):
    originals, _ = clusters(700, 32, 20)
    embeddings = as_embeddings(np.tile(originals.vectors, (copies, 1)))
    graph = neighbour_graph(embeddings, 10, Task())
    rows, own = np.arange(len(graph.indices)), min(copies - 1, 10)
    assert not (graph.indices == rows[:, None]).any()
    assert (graph.indices[:, :own] % 700 == (rows % 700)[:, None]).all()
    np.testing.assert_allclose(graph.distances[:, :own], 0, atol=1e-6)
    truth = np.sort(embeddings.vectors[:700] @ embeddings.vectors.T, axis=1)[:, ::-1][:, 1:11]
    assert (1 - graph.distances[:700] >= truth[:, -1:] - 1e-5).mean() >= 0.95


@pytest.mark.usefixtures("inverted_file_from_500")
def test_a_large_folder_of_few_pictures_copied_often_is_no_trouble():
    originals, _ = clusters(6, 16, 2)
    graph = neighbour_graph(as_embeddings(np.repeat(originals.vectors, 200, axis=0)), 10, Task())
    assert (graph.indices // 200 == np.arange(1200)[:, None] // 200).all()
    assert (graph.indices != np.arange(1200)[:, None]).all()


@pytest.mark.usefixtures("inverted_file_from_500")
def test_a_whole_folder_of_one_picture_has_neighbours_too():
    graph = neighbour_graph(as_embeddings(np.ones((600, 8))), 4, Task())
    assert (graph.indices >= 0).all()
    np.testing.assert_allclose(graph.distances, 0, atol=1e-6)


@pytest.mark.usefixtures("inverted_file_from_500")
def test_what_is_like_nothing_is_looked_up_with_more_effort():
    """One row in ten is noise: most of its neighbours are found all the same, those of the others nearly all."""
    crowd, _ = clusters(2700, 64, 40)
    embeddings = as_embeddings(np.concatenate([crowd.vectors, np.random.default_rng(2).normal(size=(300, 64))]))
    graph, truth = neighbour_graph(embeddings, 15, Task()), true_neighbours(embeddings, 15)[0]
    shared = np.array([np.intersect1d(*rows).size for rows in zip(graph.indices, truth, strict=True)]) / 15
    assert shared[:2700].mean() >= 0.95
    assert shared[2700:].mean() >= 0.65


@pytest.mark.usefixtures("inverted_file_from_500")
def test_a_lonely_image_in_a_large_folder_still_gets_all_its_neighbours():
    crowd, _ = clusters(3000, 64, 40)
    loners = np.random.default_rng(1).normal(size=(5, 64))
    graph = neighbour_graph(as_embeddings(np.concatenate([crowd.vectors, loners])), 40, Task())
    assert (graph.indices >= 0).all()


@pytest.mark.usefixtures("inverted_file_from_500")
def test_the_same_embeddings_give_the_same_graph():
    embeddings, _ = clusters(2000, 32, 20)
    first, second = (neighbour_graph(embeddings, 15, Task()) for _ in range(2))
    np.testing.assert_array_equal(first.indices, second.indices)
    np.testing.assert_array_equal(first.distances, second.distances)


@pytest.mark.parametrize("threshold", [500, 20_000])
def test_progress_counts_images_and_cancel_is_heard_between_chunks(monkeypatch, threshold):
    monkeypatch.setattr(nearest_neighbours, "EXACT_UP_TO", threshold)
    embeddings, _ = clusters(9000, 16, 10)
    seen: list[Progress] = []

    def watch(progress: Progress) -> None:
        seen.append(progress)
        if progress.done:
            task.cancel()

    task = Task(watch)
    with pytest.raises(Cancelled):
        neighbour_graph(embeddings, 5, task)
    assert 0 < seen[-1].done < seen[-1].total == 9000


def test_progress_ends_at_the_number_of_images():
    seen: list[Progress] = []
    neighbour_graph(clusters(100, 8, 2)[0], 5, Task(seen.append))
    assert seen[-1] == Progress(seen[0].message, 100, 100)


def test_the_key_names_the_embeddings_and_the_number_of_neighbours():
    keys = {graph_key(StageKey(embeddings), k) for embeddings in ("one", "two") for k in (5, 15)}
    assert len(keys) == 4
    assert neighbour_graph(as_embeddings(np.eye(3), "one"), 5, Task()).key == graph_key(StageKey("one"), 5)


def test_queries_find_the_nearest_images_themselves_included():
    embeddings, _ = clusters(300, 32, 5)
    indices, distances = nearest_to(embeddings, embeddings.vectors[[7, 8]], 4, Task())
    assert indices[:, 0].tolist() == [7, 8]
    np.testing.assert_array_equal(indices[:, 1:], true_neighbours(embeddings, 3)[0][[7, 8]])
    assert (np.diff(distances, axis=1) >= 0).all()


@pytest.mark.parametrize(("images", "queries"), [(0, 3), (2, 3), (5, 0), (0, 0)])
def test_queries_to_hardly_any_images_fill_up_with_minus_one(images, queries):
    embeddings, _ = clusters(images, 8, 1)
    indices, distances = nearest_to(embeddings, np.eye(8, dtype=np.float32)[:queries], 4, Task())
    assert indices.shape == distances.shape == (queries, 4)
    assert ((indices >= 0).sum(axis=1) == min(images, 4)).all()
