"""The map and the process that draws it: warming up with and without compiled code on disk, UMAP in the warm process,
what a call costs, and how fast arrays cross.

    python tests/benchmarks/bench_map.py [images ...]
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from shoal.domain.task import Caller

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]

import numpy as np
from tests.support.measured_calls import processor_seconds, take, take_and_return
from tests.support.synthetic_embeddings import clusters

from shoal.analysis.nearest_neighbours import neighbour_graph
from shoal.analysis.umap_layout import MapParameters, pca_layout, umap_layout, warm_up
from shoal.domain.geometry import EmbeddingMatrix, MapLayout
from shoal.domain.task import Task
from shoal.processes.helper_process import HelperProcess
from shoal.processes.maths_environment import maths_environment

CALLS, TRANSFERS = 300, 5
PARAMETERS = MapParameters()
Figures = dict[str, float]


def _lay_out(
    layouts: list[MapLayout], maths: Caller, function: Callable[..., MapLayout], given: tuple[object, ...]
) -> None:
    layouts.append(maths.call(function, *given, task=Task()))


def measured(name: str, maths: HelperProcess, work: Callable[[], object]) -> Figures:
    """Seconds on the clock here, and processor seconds there."""
    before, start = maths.call(processor_seconds, task=Task()), time.perf_counter()
    work()
    wall = time.perf_counter() - start
    processor = maths.call(processor_seconds, task=Task()) - before
    print(f"{name:48}{processor:12.2f}{wall:12.2f}")
    return {"cpu_s": round(processor, 2), "wall_s": round(wall, 2)}


def warming_up(name: str, environment: dict[str, str]) -> Figures:
    with HelperProcess("maths", environment) as maths:
        start = time.perf_counter()
        maths.call(processor_seconds, task=Task())
        started = time.perf_counter() - start
        return {"start_s": round(started, 2), **measured(name, maths, lambda: maths.call(warm_up, task=Task()))}


def trustworthiness_of(layout: MapLayout, embeddings: EmbeddingMatrix) -> float:
    from sklearn.manifold import trustworthiness

    return round(float(trustworthiness(embeddings.vectors, layout.positions, n_neighbors=15, metric="cosine")), 4)


def drawing(maths: HelperProcess, count: int) -> dict[str, object]:
    embeddings, _ = clusters(count, 256, 40)
    graph = maths.call(neighbour_graph, embeddings, PARAMETERS.neighbours_needed, task=Task())
    layouts: list[MapLayout] = []
    figures: dict[str, object] = {}
    for name, function, arguments in (
        ("pca", pca_layout, (embeddings,)),
        ("umap", umap_layout, (embeddings, graph, PARAMETERS)),
        ("umap_16d", umap_layout, (embeddings, graph, MapParameters(min_dist=0.0, dimensions=16))),
    ):
        figures[name] = measured(
            f"{name}, {count} images",
            maths,
            partial(_lay_out, layouts, maths, function, arguments),
        )
    if count <= 3000:  # it compares every pair
        figures["trustworthiness"] = {each.method: trustworthiness_of(each, embeddings) for each in layouts[:2]}
        print(f"  trustworthiness: {figures['trustworthiness']}")
    return figures


def crossing(maths: HelperProcess) -> Figures:
    start = time.perf_counter()
    for _ in range(CALLS):
        maths.call(processor_seconds, task=Task())
    call_ms = (time.perf_counter() - start) / CALLS * 1000
    array = np.random.default_rng(0).random((100_000, 512), dtype=np.float32)
    there, there_cpu = best_of(maths, lambda: maths.call(take, array, task=Task()))
    back, back_cpu = best_of(maths, lambda: maths.call(take_and_return, array, task=Task()))
    print(f"a call: {call_ms:.2f} ms")
    print(f"100,000 x 512 float32 there: {there:.2f} s, processor here and there {there_cpu:.2f}")
    print(f"            ... there and back: {back:.2f} s, processor here and there {back_cpu:.2f}")
    return {
        "call_ms": round(call_ms, 3),
        "array_there_wall_s": round(there, 3),
        "array_there_cpu_s": round(there_cpu, 3),
        "array_both_ways_wall_s": round(back, 3),
        "array_both_ways_cpu_s": round(back_cpu, 3),
    }


def best_of(maths: HelperProcess, work: Callable[[], object]) -> tuple[float, float]:
    """The least seconds on the clock, and the least processor seconds of both processes together."""
    wall, processor = [], []
    for _ in range(TRANSFERS):
        there, here, start = maths.call(processor_seconds, task=Task()), time.process_time(), time.perf_counter()
        work()
        wall.append(time.perf_counter() - start)
        processor.append(time.process_time() - here + maths.call(processor_seconds, task=Task()) - there)
    return min(wall), min(processor)


def main() -> None:
    counts = [int(argument) for argument in sys.argv[1:]] or [2000, 10_000]
    figures: dict[str, object] = {}
    print(f"{'in the maths process':48}{'processor s':>12}{'clock s':>12}")
    with tempfile.TemporaryDirectory() as cache:
        environment = maths_environment(Path(cache))
        figures["warm_up_compiling"] = warming_up("warm-up, nothing compiled yet", environment)
        figures["warm_up_next_process"] = warming_up("warm-up of the next process", environment)
        with HelperProcess("maths", environment) as maths:
            figures["crossing"] = crossing(maths)
            maths.call(warm_up, task=Task())
            figures |= {str(count): drawing(maths, count) for count in counts}
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
