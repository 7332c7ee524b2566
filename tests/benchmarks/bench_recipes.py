"""UMAP to 16 numbers and k-means, as a recipe and by the libraries' own code, in turns in one process.

    python tests/benchmarks/bench_recipes.py [--rows 10000] [--columns 512] [--rounds 2]

Prints processor seconds of each round, their ratio, and whether both come to the same clusters (adjusted Rand index).
The recipe also describes its clusters and takes the silhouette of every picture, which the libraries' side does, too.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2] / "src")]

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.kmeans_clusters import SPEC as KMEANS
from shoal.analysis.letter import letter_clusters
from shoal.analysis.threads import one_thread
from shoal.analysis.umap_layout import umap_module
from shoal.domain.geometry import EmbeddingMatrix, Rows, StageKey
from shoal.domain.recipe import Letter, Reducing
from shoal.domain.task import Task

CLUSTERS = 20
LETTER = Letter(
    "standard", Reducing("umap", 16, n_neighbors=10, min_dist=0.01, seed=42), (("n_init", 10), ("random_state", 42))
)


def made_up(rows: int, columns: int) -> EmbeddingMatrix:
    """Vectors of many kinds, of different lengths."""
    random = np.random.default_rng(0)
    kinds = random.normal(size=(CLUSTERS, columns))
    raw = (kinds[np.arange(rows) % CLUSTERS] + random.normal(0, 1.2, (rows, columns))).astype(np.float32)
    lengths = np.linalg.norm(raw, axis=1)
    return EmbeddingMatrix(Rows(np.arange(rows), StageKey("b")), raw / lengths[:, None], lengths=lengths)


def by_libraries(vectors: NDArray[np.float32]) -> NDArray[np.int32]:
    from sklearn.cluster import KMeans
    from sklearn.metrics import silhouette_samples
    from sklearn.preprocessing import StandardScaler

    umap = umap_module().UMAP(n_components=16, n_neighbors=10, min_dist=0.01, random_state=42, n_jobs=1)
    low = umap.fit_transform(StandardScaler().fit_transform(vectors))
    labels = KMeans(CLUSTERS, n_init=10, random_state=42).fit_predict(low)
    silhouette_samples(low, labels)
    return np.asarray(labels, np.int32)


def by_recipe(matrix: EmbeddingMatrix) -> NDArray[np.int32]:
    return letter_clusters(matrix, LETTER, KMEANS, CLUSTERS, StageKey("b"), Task()).labels


def timed(work: Callable[[], NDArray[np.int32]]) -> tuple[float, NDArray[np.int32]]:
    began = time.process_time()
    labels = work()
    return time.process_time() - began, labels


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, usual in (("rows", 10_000), ("columns", 512), ("rounds", 2)):
        arguments.add_argument(f"--{name}", type=int, default=usual)
    asked = arguments.parse_args()
    from sklearn.metrics import adjusted_rand_score

    matrix = made_up(asked.rows, asked.columns)
    by_recipe(matrix.part(np.arange(min(5_000, asked.rows))))  # compiles both of UMAP's ways to find neighbours
    with one_thread():
        for number in range(asked.rounds):
            theirs, labels = timed(lambda: by_libraries(matrix.raw))
            ours, again = timed(lambda: by_recipe(matrix))
            seconds = f"libraries {theirs:.1f} s, recipe {ours:.1f} s, {ours / theirs:.3f}x"
            print(f"round {number + 1}: {seconds}, ARI {adjusted_rand_score(labels, again):.4f}", flush=True)


if __name__ == "__main__":
    main()
