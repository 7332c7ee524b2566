"""The stages after extraction, one after another in one process: `scale_stages.py VECTORS.npy ANSWERS.npz [STAGE ...]`.

Run by `bench_scale.py` with whatever checkout is on PYTHONPATH, also one of before `Rows`. Prints a line of JSON after
each stage: its name, processor seconds, and the peak of the process so far in megabytes.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import faiss  # noqa: F401  # loaded before the clock runs
import igraph  # noqa: F401
import numpy as np
import sklearn.cluster  # noqa: F401

from shoal.analysis.automatic_clusters import automatic_clusters
from shoal.analysis.cluster_tree import build_tree
from shoal.analysis.describe import describe_clusters
from shoal.analysis.nearest_neighbours import neighbour_graph
from shoal.analysis.silhouette import silhouette
from shoal.analysis.umap_layout import MapParameters, pca_layout, umap_layout, warm_up
from shoal.domain import geometry
from shoal.domain.extension_points import ClusterRequest
from shoal.domain.geometry import EmbeddingMatrix, StageKey
from shoal.domain.task import Task

NEIGHBOURS = 15


def as_matrix(vectors: np.ndarray) -> EmbeddingMatrix:
    ids, key = np.arange(len(vectors)), StageKey("bench")
    if hasattr(geometry, "Rows"):
        return EmbeddingMatrix(geometry.Rows(ids, key), vectors)
    return EmbeddingMatrix(key, ids, vectors)  # type: ignore[arg-type]


class Stages:
    """What comes of each, by name; a stage may lean on those before it."""

    def __init__(self, vectors: np.ndarray) -> None:
        self._matrix = as_matrix(vectors)
        self.made: dict[str, Any] = {}
        self.all: dict[str, Callable[[], Any]] = {
            "graph": lambda: neighbour_graph(self._matrix, NEIGHBOURS, Task()),
            "first map": lambda: pca_layout(self._matrix, Task()),
            "map": lambda: umap_layout(self._matrix, self.made["graph"], MapParameters(), Task()),
            "clusters": lambda: automatic_clusters(self._matrix, self.made["graph"], ClusterRequest(), Task()),
            "described": lambda: describe_clusters(self._matrix, self.made["clusters"], "auto", StageKey("b"), Task()),
            "tree": lambda: build_tree(self._matrix, 0, Task()),
            "silhouette, n/3": self._silhouette_of_many,
        }

    def run(self, name: str) -> None:
        began = time.process_time()
        self.made[name] = self.all[name]()
        seconds = time.process_time() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"stage": name, "cpu_s": round(seconds, 2), "peak_mb": round(peak)}), flush=True)

    def _silhouette_of_many(self) -> np.ndarray:
        tree = self.made["tree"]
        return silhouette(self._matrix, tree.cut(len(tree.order) // 3), Task())


def main() -> None:
    stages = Stages(np.load(sys.argv[1]))
    warm_up(Task())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"stage": "before", "cpu_s": 0, "peak_mb": round(before)}), flush=True)
    for name in sys.argv[3:] or stages.all:
        stages.run(name)
    made = stages.made
    np.savez(
        Path(sys.argv[2]), near=made["graph"].indices, map=made["map"].positions, labels=np.asarray(made["clusters"])
    )


if __name__ == "__main__":
    main()
