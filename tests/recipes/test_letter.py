"""Reducing and clustering to the letter: the same as the libraries' own code on the same vectors and seed."""

import csv

import numpy as np
import pytest

from shoal.analysis.density_clusters import SPEC as HDBSCAN_SPEC
from shoal.analysis.euclidean_silhouette import silhouettes
from shoal.analysis.k_curve import k_curve
from shoal.analysis.kmeans_clusters import SPEC as KMEANS
from shoal.analysis.letter import letter_clusters, letter_map, prepared_points, runner
from shoal.analysis.umap_layout import umap_module
from shoal.command_line.asked import workplace
from shoal.domain.errors import UserFacingError
from shoal.domain.geometry import EmbeddingMatrix, Rows, StageKey
from shoal.domain.recipe import Letter, Recipe, Reducing
from shoal.domain.recipe_text import recipe_text
from shoal.domain.task import HereCaller, Task
from shoal.looking.catalogue import ALGORITHMS
from shoal.projects.recipe_figures import curve_of

KEY = StageKey("test")
UMAP_16 = Letter(
    "standard",
    Reducing("umap", 16, n_neighbors=10, min_dist=0.01, seed=42),
    (("n_init", 10), ("random_state", 42)),
)


@pytest.fixture(scope="module")
def raw() -> np.ndarray:
    """Four kinds with much overlap, of any length."""
    random = np.random.default_rng(7)
    centres = random.normal(0, 2.0, (4, 40))
    return (centres[np.arange(160) % 4] + random.normal(0, 1.6, (160, 40)) + 3).astype(np.float32)


@pytest.fixture(scope="module")
def matrix(raw) -> EmbeddingMatrix:
    lengths = np.linalg.norm(raw.astype(np.float64), axis=1)
    unit = (raw / lengths[:, None]).astype(np.float32)
    return EmbeddingMatrix(Rows(np.arange(len(raw)), KEY), unit, lengths=lengths.astype(np.float32))


def agreement(first: np.ndarray, second: np.ndarray) -> float:
    from sklearn.metrics import adjusted_rand_score  # noqa: PLC0415

    return float(adjusted_rand_score(first, second))


def test_umap_and_k_means_are_those_of_the_libraries(matrix):
    from sklearn.cluster import KMeans  # noqa: PLC0415
    from sklearn.metrics import silhouette_score  # noqa: PLC0415
    from sklearn.preprocessing import StandardScaler  # noqa: PLC0415

    scaled = StandardScaler().fit_transform(matrix.raw)
    low = (
        umap_module()
        .UMAP(n_components=16, n_neighbors=10, min_dist=0.01, random_state=42, n_jobs=1)
        .fit_transform(scaled)
    )
    theirs = KMeans(n_clusters=4, n_init=10, random_state=42).fit_predict(low)
    assert np.array_equal(prepared_points(matrix, UMAP_16, Task()), low)
    ours = letter_clusters(matrix, UMAP_16, KMEANS, 4, KEY, Task())
    assert agreement(ours.labels, theirs) == 1.0
    assert ours.silhouette.mean() == pytest.approx(silhouette_score(low, theirs), abs=1e-4)


def test_k_means_on_raw_numbers_is_that_of_the_library(matrix, raw):
    from sklearn.cluster import KMeans  # noqa: PLC0415

    letter = Letter("none", Reducing(), (("random_state", 42),))
    ours = letter_clusters(matrix, letter, KMEANS, 5, KEY, Task())
    assert agreement(ours.labels, KMeans(n_clusters=5, random_state=42).fit_predict(raw)) == 1.0
    assert agreement(ours.labels, letter_clusters(matrix, Letter("unit"), KMEANS, 5, KEY, Task()).labels) < 1.0


def test_pca_hdbscan_and_the_tree_are_those_of_the_library(matrix, raw):
    from sklearn.cluster import HDBSCAN, AgglomerativeClustering  # noqa: PLC0415
    from sklearn.decomposition import PCA  # noqa: PLC0415

    low = PCA(8, random_state=3).fit_transform(matrix.raw)
    letter = Letter("none", Reducing("pca", 8, seed=3), (("min_cluster_size", 6), ("min_samples", 2)))
    ours = letter_clusters(matrix, letter, HDBSCAN_SPEC, None, KEY, Task())
    theirs = HDBSCAN(min_cluster_size=6, min_samples=2, copy=True).fit_predict(low)
    assert agreement(ours.labels, theirs) == 1.0
    tree = next(spec for spec in ALGORITHMS if spec.name == "tree")
    ours = letter_clusters(matrix, Letter("none", Reducing("pca", 8, seed=3)), tree, 6, KEY, Task())
    assert agreement(ours.labels, AgglomerativeClustering(6).fit_predict(low)) == 1.0


def test_the_map_is_that_of_the_library(matrix):

    how = Reducing("umap", 2, n_neighbors=5, min_dist=0.1, seed=42)
    theirs = umap_module().UMAP(n_neighbors=5, min_dist=0.1, random_state=42, n_jobs=1).fit_transform(matrix.vectors)
    assert np.array_equal(letter_map(matrix, "unit", how, KEY, Task()).positions, theirs)


def test_silhouettes_are_those_of_the_library(raw):
    from sklearn.metrics import silhouette_samples  # noqa: PLC0415

    labels = np.random.default_rng(0).integers(-1, 5, len(raw)).astype(np.int32)
    labels[labels == 4] = np.where(np.arange((labels == 4).sum()) == 0, 4, 3)  # one alone
    inside = labels >= 0
    ours = silhouettes(raw, labels, Task())
    assert np.allclose(ours[inside], silhouette_samples(raw[inside], labels[inside]), atol=1e-5)
    assert not ours[~inside].any()


def test_of_many_points_a_sample_judges(monkeypatch, raw):
    labels = (np.arange(len(raw)) % 4).astype(np.int32)
    whole = silhouettes(raw, labels, Task())
    monkeypatch.setattr("shoal.analysis.euclidean_silhouette.MOST_COMPARED", 80)
    assert abs(silhouettes(raw, labels, Task()).mean() - whole.mean()) < 0.02


def test_the_number_of_clusters_is_looked_for_where_it_is_asked_for(matrix):
    random = np.random.default_rng(1)
    far = np.eye(5, 12)[np.arange(100) % 5] * 9 + random.normal(0, 0.2, (100, 12))
    points = far.astype(np.float32)
    curve = k_curve(points, runner(KMEANS, Letter(), len(points)), (2, 9), Task(), stability=True)
    assert curve.counts == tuple(range(2, 10))
    assert curve.best == 5
    assert curve.stabilities[3] == 1.0 == max(curve.stabilities)
    assert curve.stabilities[7 - 2] < 0.99
    unit = EmbeddingMatrix(Rows(np.arange(100), KEY), points / np.linalg.norm(points, axis=1, keepdims=True))
    assert letter_clusters(unit, Letter(counts=(3, 8)), KMEANS, None, KEY, Task()).cluster_count == 5


def test_the_cliff_of_hdbscan_is_a_curve_over_sizes(matrix):
    recipe = Recipe(algorithm="hdbscan", letter=Letter("unit", Reducing("pca", 4), (("min_samples", 2),)))
    curve = curve_of(matrix, recipe, HereCaller(), Task())
    assert curve.tried == "min_cluster_size"
    assert (curve.counts[0], curve.counts[-1]) == (2, 40)
    letter = Letter("unit", Reducing("pca", 4), (("min_samples", 2), ("min_cluster_size", curve.counts[3])))
    labels = letter_clusters(matrix, letter, HDBSCAN_SPEC, None, KEY, Task()).labels
    assert curve.found[3] == labels.max() + 1
    assert curve.stabilities[3] == pytest.approx((labels >= 0).mean())


def test_too_few_pictures_are_told(matrix):
    few = matrix.part(np.arange(5))
    for how in ("umap:4", "pca:6"):
        method, _, dimensions = how.partition(":")
        with pytest.raises(UserFacingError, match="too few pictures"):
            prepared_points(few, Letter("unit", Reducing(method, int(dimensions))), Task())  # type: ignore[arg-type]


def test_what_an_algorithm_does_not_know_is_told(matrix):
    with pytest.raises(UserFacingError, match=r"kmeans has no parameter 'ninit'.*n_init"):
        letter_clusters(matrix, Letter(parameters=(("ninit", 3),)), KMEANS, 2, KEY, Task())
    automatic = next(spec for spec in ALGORITHMS if spec.name == "auto")
    with pytest.raises(UserFacingError, match="auto clusters in its own way"):
        letter_clusters(matrix, Letter("none"), automatic, 2, KEY, Task())


def test_one_command_does_all_of_it_and_its_file_does_it_again(shoal, things, tmp_path):
    words = ["--model", "builtin", "--normalize", "standard", "--reduce", "umap:4,n_neighbors=6,min_dist=0.01"]
    words += ["--algorithm", "kmeans:n_init=10,random_state=42", "--clusters", "3", "--map", "umap:2,n_neighbors=5"]
    said = shoal("sort", things, "--to", tmp_path / "first", *words)
    vectors = tmp_path / "vectors.npz"
    shoal("embed", things, "--out", vectors, "--model", "builtin", "--normalize", "none")
    labels, places = table_of(tmp_path / "first", things)
    theirs, laid = by_the_libraries(np.load(vectors)["vectors"])
    assert agreement(labels, theirs) == 1.0
    assert np.allclose(places, laid, rtol=1e-5)
    assert said["silhouette_of_recipe"] is not None
    with workplace() as place, place.open_project([things]) as opened:
        assert opened.recipe is not None
        assert recipe_text(opened.recipe) == said["recipe"], "the project keeps it, too"
    again = shoal("sort", things, "--to", tmp_path / "second", "--recipe", tmp_path / "first" / "recipe.toml")
    assert again["recipe"] == said["recipe"] == (tmp_path / "second" / "recipe.toml").read_text()
    assert np.array_equal(table_of(tmp_path / "second", things)[0], labels)


def table_of(export, things) -> tuple[np.ndarray, np.ndarray]:
    """Clusters and places on the map, in the order of the pictures' names."""
    with (export / "clusters.csv").open(newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["source"])
    assert len(rows) == len(list(things.iterdir()))
    names = sorted({row["cluster"] for row in rows})
    places = np.array([[float(row["x"]), float(row["y"])] for row in rows])
    return np.array([names.index(row["cluster"]) for row in rows]), places


def by_the_libraries(raw: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    from sklearn.cluster import KMeans  # noqa: PLC0415
    from sklearn.preprocessing import StandardScaler  # noqa: PLC0415

    scaled = StandardScaler().fit_transform(raw)
    low = (
        umap_module()
        .UMAP(n_components=4, n_neighbors=6, min_dist=0.01, random_state=42, n_jobs=1)
        .fit_transform(scaled)
    )
    laid = umap_module().UMAP(n_neighbors=5, min_dist=0.1, random_state=42, n_jobs=1).fit_transform(scaled)
    return KMeans(3, n_init=10, random_state=42).fit_predict(low), laid
