"""The neighbour graph of a large folder: how many of the true neighbours it holds, and what it costs beside comparing
every pair.

    python tests/benchmarks/bench_neighbours.py [images] [dimension]
"""

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]

import numpy as np
from tests.support.measured_calls import peak_memory_mb, processor_seconds
from tests.support.synthetic_embeddings import as_embeddings, clusters

from shoal.analysis.nearest_neighbours import nearest_to, neighbour_graph
from shoal.domain.geometry import EmbeddingMatrix
from shoal.domain.task import Task
from shoal.processes.helper_process import HelperProcess
from shoal.processes.maths_environment import maths_environment

K, SAMPLE = 15, 2000


def compare(name: str, embeddings: EmbeddingMatrix, maths: HelperProcess) -> dict[str, float]:
    """The graph as it is made, against comparing every pair for a sample of rows, whose cost is scaled up to all."""
    graph, graph_cpu = measured(maths, neighbour_graph, embeddings, K)
    peak = maths.call(peak_memory_mb, task=Task())
    sample = np.random.default_rng(0).choice(len(embeddings.vectors), SAMPLE, replace=False)
    (rows, _), sample_cpu = measured(maths, nearest_to, embeddings, embeddings.vectors[sample], K + 1)
    exact_cpu = sample_cpu * len(embeddings.vectors) / SAMPLE
    true = (found[found != row][:K] for row, found in zip(sample, rows, strict=True))
    recall = float(np.mean([np.isin(*pair) for pair in zip(true, graph.indices[sample], strict=True)]))
    print(f"{name:22}{recall:10.4f}{graph_cpu:11.1f}{exact_cpu:11.1f}{exact_cpu / graph_cpu:8.1f}{peak:9.0f}")
    return {
        "recall_at_15": round(recall, 4),
        "graph_cpu_s": round(graph_cpu, 2),
        "every_pair_cpu_s": round(exact_cpu, 2),
        "cpu_ratio": round(exact_cpu / graph_cpu, 2),
        "peak_memory_mb": round(peak),
    }


def measured(maths: HelperProcess, function: Callable[..., Any], *arguments: object) -> tuple[Any, float]:
    """The result, and the processor seconds it took over there."""
    before = maths.call(processor_seconds, task=Task())
    result = maths.call(function, *arguments, task=Task())
    return result, maths.call(processor_seconds, task=Task()) - before


def main() -> None:
    images, dimension = (*map(int, sys.argv[1:]), *(50_000, 256)[len(sys.argv) - 1 :])
    size_mb = images * dimension * 4 / 2**20
    print(f"{images} x {dimension} ({size_mb:.0f} MB), {K} neighbours; processor seconds; peak of the process in MB")
    print(f"{'embeddings':22}{'recall@15':>10}{'graph':>11}{'every pair':>11}{'ratio':>8}{'MB':>9}")
    kinds = {
        "60 clusters": clusters(images, dimension, 60)[0],
        "500 clusters, wide": clusters(images, dimension, 500, spread=1.5)[0],
        "no structure at all": as_embeddings(np.random.default_rng(0).normal(size=(images, dimension))),
    }
    figures = {}
    with tempfile.TemporaryDirectory() as cache:
        for name, embeddings in kinds.items():
            with HelperProcess("maths", maths_environment(Path(cache))) as maths:
                figures[name] = compare(name, embeddings, maths)
    print(json.dumps({"images": images, "dimension": dimension, **figures}))


if __name__ == "__main__":
    main()
