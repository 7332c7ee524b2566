"""How well clusters agree with labels that nobody told the program, and what clustering a large folder costs.

    python tests/benchmarks/bench_clusters.py [--brief] [--images N]

First, for every set of labelled pictures and every model, the number of clusters and the NMI of each algorithm, and of
k-means that knows the number of labels (10 starts on 64 principal components, the mean of 3 seeds). `--brief` looks
at the three folders only. Then, for N made-up images (100,000 x 256), the tree, its cuts, silhouette and k-means.
The first run looks at some 8,000 pictures with each model, which takes minutes; later ones find the vectors.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

import numpy as np
from tests.benchmarks.labelled_sets import LabelledSet, backends, sets_seen_by
from tests.support.synthetic_embeddings import clusters

from shoal.analysis.agreement import normalised_mutual_information
from shoal.analysis.cluster_tree import build_tree
from shoal.analysis.kmeans_clusters import kmeans
from shoal.analysis.nearest_neighbours import neighbour_graph
from shoal.analysis.silhouette import silhouette
from shoal.analysis.threads import one_thread
from shoal.analysis.vector_space import principal_components
from shoal.domain.extension_points import ClusterRequest
from shoal.domain.geometry import EmbeddingMatrix
from shoal.domain.task import Task
from shoal.looking.catalogue import ALGORITHMS

Row = dict[str, float]
T = TypeVar("T")


def told_the_number(labelled: LabelledSet) -> float:
    points, count = principal_components(labelled.embeddings.vectors), int(labelled.labels.max()) + 1
    found = [kmeans(points, count, Task(), starts=10, seed=seed) for seed in range(3)]
    return float(np.mean([normalised_mutual_information(labelled.labels, labels) for labels in found]))


def judged(labelled: LabelledSet) -> Row:
    """Numbers of clusters and NMI; images left unsorted count as one more cluster in the NMI."""
    graph = neighbour_graph(labelled.embeddings, 15, Task())
    row: Row = {"images": len(labelled.labels), "labels": int(labelled.labels.max()) + 1}
    row["told_nmi"] = told_the_number(labelled)
    for spec in ALGORITHMS:
        found = spec.run(labelled.embeddings, graph, ClusterRequest(), Task())
        row[f"{spec.name}_clusters"] = int(found.max()) + 1
        row[f"{spec.name}_nmi"] = normalised_mutual_information(labelled.labels, found)
    for name in ("auto", "tree"):
        spec = next(spec for spec in ALGORITHMS if spec.name == name)
        told = spec.run(labelled.embeddings, graph, ClusterRequest(clusters=int(row["labels"])), Task())
        row[f"{name}_told_nmi"] = normalised_mutual_information(labelled.labels, told)
    return row


def compare_algorithms(sets: Iterable[LabelledSet]) -> dict[str, Row]:
    names = [spec.name for spec in ALGORITHMS]
    print(f"{'':24}{'images':>7}{'labels':>7}{'told k':>8}" + "".join(f"{name:>13}" for name in names), end="")
    print(f"{'auto told':>11}{'tree told':>11}")
    rows = {}
    for number, labelled in enumerate(sets):
        row = rows[f"{number} {labelled.name}"] = judged(labelled)
        print(f"{labelled.name:24}{row['images']:7}{row['labels']:7}{row['told_nmi']:8.3f}", end="")
        print("".join(f"{row[f'{name}_clusters']:7} {row[f'{name}_nmi']:.3f}" for name in names), end="")
        print(f"{row['auto_told_nmi']:11.3f}{row['tree_told_nmi']:11.3f}", flush=True)
    return rows


def summarised(rows: Iterable[Row], name: str) -> Row:
    """Over all sets: how far off the number of clusters was (powers of two), and NMI beside that of k-means told k."""
    rows = list(rows)
    off = np.array([np.log2(max(row[f"{name}_clusters"], 1) / row["labels"]) for row in rows])
    ratio = np.array([row[f"{name}_nmi"] / row["told_nmi"] for row in rows])
    return {
        "mean_log2_off": float(off.mean()),
        "mean_abs_log2_off": float(np.abs(off).mean()),
        "within_factor_2": float((np.abs(off) <= 1.0).mean()),
        "mean_nmi_ratio": float(ratio.mean()),
        "nmi_within_5_percent": float((ratio >= 0.95).mean()),
        "worst_nmi_ratio": float(ratio.min()),
    }


def timed(work: Callable[[], T]) -> tuple[float, T]:
    before = time.process_time()
    result = work()
    return time.process_time() - before, result


def silhouette_error(embeddings: EmbeddingMatrix, labels: np.ndarray) -> float:
    """The largest difference from scikit-learn's on 3,000 rows."""
    from sklearn.metrics import silhouette_samples

    part = embeddings.part(np.arange(3000))
    expected = silhouette_samples(part.vectors.astype(np.float64), labels[:3000], metric="cosine")
    return float(np.abs(silhouette(part, labels[:3000], Task()) - expected).max())


def large_folder(images: int) -> Row:
    embeddings, kinds = clusters(images, 256, 100)
    build, tree = timed(lambda: build_tree(embeddings, 0, Task()))
    cuts = [timed(partial(tree.cut, count))[0] * 1000 for count in (2, 10, 100, 1000, images // 2)]
    judging, _ = timed(lambda: silhouette(embeddings, kinds, Task()))
    reducing, points = timed(lambda: principal_components(embeddings.vectors))
    with one_thread():
        means, found = timed(lambda: kmeans(points, 100, Task(), starts=1))
    return {
        "images": images,
        "tree_build_s": build,
        "tree_cut_ms": max(cuts),
        "tree_nmi_at_100": normalised_mutual_information(kinds, tree.cut(100)),
        "silhouette_s": judging,
        "silhouette_error": silhouette_error(embeddings, kinds),
        "principal_components_s": reducing,
        "kmeans_100_s": means,
        "kmeans_nmi_at_100": normalised_mutual_information(kinds, found),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--brief", action="store_true")
    parser.add_argument("--images", type=int, default=100_000)
    options = parser.parse_args()
    result: dict[str, Any] = {}
    for model, backend in backends().items():
        print(f"\n{model}: number of clusters and NMI with the labels")
        rows = compare_algorithms(islice(sets_seen_by(backend), 3 if options.brief else None))
        result[model] = {"sets": rows, **{spec.name: summarised(rows.values(), spec.name) for spec in ALGORITHMS}}
        for spec in ALGORITHMS:
            print(spec.name, {name: round(value, 3) for name, value in result[model][spec.name].items()})
    result["large"] = large_folder(options.images)
    print(f"\n{options.images} x 256, processor seconds:", {key: round(x, 5) for key, x in result["large"].items()})
    print(json.dumps(result))


if __name__ == "__main__":
    main()
