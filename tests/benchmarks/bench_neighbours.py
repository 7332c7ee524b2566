"""The neighbour graph of a large folder: how many of the true neighbours it holds, and what it costs beside comparing
every pair.

    python tests/benchmarks/bench_neighbours.py [images] [dimension]
"""

import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]

import numpy as np
from tests.support.synthetic_embeddings import as_embeddings, clusters

from shoal.analysis.nearest_neighbours import nearest_to, neighbour_graph
from shoal.domain.geometry import EmbeddingMatrix
from shoal.domain.task import Task
from shoal.processes.maths_environment import maths_environment

K, SAMPLE = 15, 2000


def compare(name: str, embeddings: EmbeddingMatrix) -> dict[str, float]:
    """The graph as it is made, against comparing every pair for a sample of rows, whose cost is scaled up to all."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    graph = neighbour_graph(embeddings, K, Task())
    graph_cpu = time.process_time() - start
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    sample = np.random.default_rng(0).choice(len(embeddings.vectors), SAMPLE, replace=False)
    start = time.process_time()
    rows, _ = nearest_to(embeddings, embeddings.vectors[sample], K + 1, Task())
    exact_cpu = (time.process_time() - start) * len(embeddings.vectors) / SAMPLE
    found = [
        np.isin(truth[truth != row][:K], graph.indices[row]).mean() for row, truth in zip(sample, rows, strict=True)
    ]
    recall = float(np.mean(found))
    print(
        f"{name:22}{recall:10.4f}{graph_cpu:11.1f}{exact_cpu:11.1f}{exact_cpu / graph_cpu:8.1f}{memory:9.0f}",
        flush=True,
    )
    return {
        "recall_at_15": round(recall, 4),
        "graph_cpu_s": round(graph_cpu, 2),
        "every_pair_cpu_s": round(exact_cpu, 2),
        "cpu_ratio": round(exact_cpu / graph_cpu, 2),
        "memory_mb": round(memory),
    }


def main() -> None:
    os.environ.update(maths_environment(Path(tempfile.gettempdir())))  # before faiss is loaded
    images, dimension = (*map(int, sys.argv[1:]), *(50_000, 256)[len(sys.argv) - 1 :])
    print(f"{images} x {dimension}, {K} neighbours; processor seconds, peak memory above the vectors in MB")
    print(f"{'embeddings':22}{'recall@15':>10}{'graph':>11}{'every pair':>11}{'ratio':>8}{'MB':>9}")
    kinds = {
        "60 clusters": clusters(images, dimension, 60)[0],
        "500 clusters, wide": clusters(images, dimension, 500, spread=1.5)[0],
        "no structure at all": as_embeddings(np.random.default_rng(0).normal(size=(images, dimension))),
    }
    figures = {name: compare(name, embeddings) for name, embeddings in kinds.items()}
    print(json.dumps({"images": images, "dimension": dimension, **figures}))


if __name__ == "__main__":
    main()
