"""The neighbour graph of a large folder: how many of the true neighbours it holds, and what it costs beside comparing
every pair.

    python tests/benchmarks/bench_neighbours.py [images] [dimension]
"""

import json
import resource
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]

import numpy as np
from tests.support.synthetic_embeddings import as_embeddings, clusters

from shoal.analysis import nearest_neighbours
from shoal.domain.geometry import EmbeddingMatrix, NeighbourGraph
from shoal.domain.task import Task

K = 15


def measured(embeddings: EmbeddingMatrix, exact_up_to: int) -> tuple[NeighbourGraph, float, float, float]:
    """The graph, processor seconds, seconds, and by how many MB the peak of memory rose."""
    nearest_neighbours.EXACT_UP_TO = exact_up_to
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    processor, wall = time.process_time(), time.perf_counter()
    graph = nearest_neighbours.neighbour_graph(embeddings, K, Task())
    spent = time.process_time() - processor, time.perf_counter() - wall
    return graph, *spent, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def compare(name: str, embeddings: EmbeddingMatrix) -> dict[str, float]:
    lists, lists_cpu, lists_wall, lists_memory = measured(embeddings, 20_000)
    every, every_cpu, every_wall, every_memory = measured(embeddings, len(embeddings.vectors))
    found = [len(np.intersect1d(*rows)) for rows in zip(lists.indices, every.indices, strict=True)]
    recall = float(np.mean(found)) / K
    print(f"{name:22}{recall:10.4f}{lists_cpu:11.1f}{every_cpu:11.1f}{every_cpu / lists_cpu:8.1f}{lists_memory:9.0f}")
    return {
        "recall_at_15": round(recall, 4),
        "lists_cpu_s": round(lists_cpu, 2),
        "exact_cpu_s": round(every_cpu, 2),
        "cpu_ratio": round(every_cpu / lists_cpu, 2),
        "lists_wall_s": round(lists_wall, 2),
        "exact_wall_s": round(every_wall, 2),
        "lists_memory_mb": round(lists_memory),
        "exact_memory_mb": round(every_memory),
    }


def main() -> None:
    images, dimension = (*map(int, sys.argv[1:]), *(50_000, 256)[len(sys.argv) - 1 :])
    print(f"{images} x {dimension}, {K} neighbours; processor seconds, peak memory above the vectors in MB")
    print(f"{'embeddings':22}{'recall@15':>10}{'lists':>11}{'every pair':>11}{'ratio':>8}{'MB':>9}")
    kinds = {
        "60 clusters": clusters(images, dimension, 60)[0],
        "500 clusters, wide": clusters(images, dimension, 500, spread=1.5)[0],
        "one cluster": clusters(images, dimension, 1)[0],
        "no structure at all": as_embeddings(np.random.default_rng(0).normal(size=(images, dimension))),
    }
    figures = {name: compare(name, embeddings) for name, embeddings in kinds.items()}
    print(json.dumps({"images": images, "dimension": dimension, **figures}))


if __name__ == "__main__":
    main()
