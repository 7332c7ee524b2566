"""Strangers planted into folders of one source, 2 in 100: how well the signs of `analysis/outliers` find them.

Prints the mean average precision of three draws for each source of `../shared/train`: by oddness, which lists go by,
and by the isolation forest, over the main directions and over the plain vectors. Takes minutes the first time.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score
from tests.benchmarks.labelled_sets import embedded_train

from shoal.analysis.nearest_neighbours import neighbour_graph
from shoal.analysis.outliers import find_outliers, isolation
from shoal.domain.extension_points import LoadOptions
from shoal.domain.geometry import EmbeddingMatrix, Rows, StageKey
from shoal.domain.task import Task
from shoal.embedding import efficientnet_lite

USUAL, STRANGERS, DRAWS = 490, 10, 3


def drawn(sources: dict[str, NDArray[np.float32]], home: str) -> Iterator[tuple[NDArray[np.float32], int]]:
    """Vectors, and how many of the first are at home."""
    others = np.concatenate([vectors for name, vectors in sources.items() if name != home])
    for seed in range(DRAWS):
        random = np.random.default_rng(seed)
        own = random.permutation(sources[home])[:USUAL]
        strangers = random.permutation(others)[: max(3, round(len(own) * STRANGERS / USUAL))]
        yield np.concatenate([own, strangers]), len(own)


def judged(vectors: NDArray[np.float32], at_home: int) -> list[float]:
    embeddings = EmbeddingMatrix(Rows(np.arange(len(vectors)), StageKey("bench")), vectors)
    found = find_outliers(embeddings, neighbour_graph(embeddings, 15, Task()), Task())
    strange = np.arange(len(vectors)) >= at_home
    signs = found.oddness, found.isolation, isolation(vectors, Task())
    return [float(average_precision_score(strange, sign)) for sign in signs]


def main() -> int:
    with tempfile.TemporaryDirectory() as exported:
        backend = efficientnet_lite.SPEC.load(LoadOptions(export_folder=Path(exported)))
    sources = dict(embedded_train(backend, but={"tiny"}))
    print(f"{'source':12} {'oddness':>8} {'forest':>8} {'plain vectors':>14}   average precision, {DRAWS} draws")
    rows = []
    for home in sources:
        rows.append(np.mean([judged(*draw) for draw in drawn(sources, home)], axis=0))
        print(f"{home:12} {rows[-1][0]:8.3f} {rows[-1][1]:8.3f} {rows[-1][2]:14.3f}", flush=True)
    oddness, *_others = np.mean(rows, axis=0)
    print(f"{'mean':12} " + " ".join(f"{value:8.3f}" for value in np.mean(rows, axis=0)))
    return 0 if oddness >= 0.8 else 1


if __name__ == "__main__":
    sys.exit(main())
