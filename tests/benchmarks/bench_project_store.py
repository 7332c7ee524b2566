"""What editing costs in a large project: `python tests/benchmarks/bench_project_store.py [IMAGES]`.

Moving 10 images in a project of IMAGES (1,000,000) against the same in one of 1,000, in one run: time and bytes
written to the log. Then re-clustering everything, undoing that, reopening and loading.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]

import numpy as np
from tests.store.some_records import records

from shoal.domain import edits
from shoal.domain.adoption import ProposedClusters, adopt_proposal
from shoal.domain.grouping import ClusterId
from shoal.domain.sentence import Sentence
from shoal.projects.project import Project
from shoal.store.image_rows import as_rows
from shoal.store.project_store import ProjectStore

CLUSTERS, REPEATS = 100, 20


class Clock:
    def __init__(self) -> None:
        self.rows: dict[str, float] = {}

    def time(self, label: str, work):
        began = time.process_time()
        result = work()
        self.rows[label] = time.process_time() - began
        return result


def proposal(count: int, seed: int) -> ProposedClusters:
    labels = np.random.default_rng(seed).integers(0, CLUSTERS, count).astype(np.int32)
    return ProposedClusters(np.arange(count), labels, [""] * CLUSTERS)


def log_bytes(path: Path) -> int:
    return path.with_name(f"{path.name}-wal").stat().st_size


def small_steps(project: Project, path: Path, count: int) -> tuple[float, float]:
    """Seconds and bytes per step of 10 images."""
    rng, seconds, size = np.random.default_rng(2), [], []
    for number in range(REPEATS):
        images, before, began = rng.integers(0, count, 10), log_bytes(path), time.process_time()
        project.apply(Sentence("Move 10 images"), edits.move_images(project.grouping, images, ClusterId(1 + number)))
        seconds.append(time.process_time() - began)
        size.append(log_bytes(path) - before)
    return float(np.median(seconds)), float(np.median(size))


def measured(path: Path, count: int, clock: Clock) -> tuple[float, float]:
    with ProjectStore(path) as store:
        clock.time("add images", lambda: store.add_images(as_rows(records(count))))
        project = Project(store.load_grouping(), store.journal)
        patch = clock.time("adopt: compute", lambda: adopt_proposal(project.grouping, proposal(count, 0)))
        clock.time("adopt: apply", lambda: project.apply(Sentence("Sort"), patch))
    with ProjectStore(path) as store:
        project = Project(store.load_grouping(), store.journal)
        project.apply(Sentence("Warm up"), edits.create_cluster(project.grouping, "x"))
        result = small_steps(project, path, count)
        patch = adopt_proposal(project.grouping, proposal(count, 1))
        clock.time("re-cluster: apply", lambda: project.apply(Sentence("Sort"), patch))
        clock.time("re-cluster: undo", project.undo)
        clock.time("re-cluster: redo", project.redo)
        clock.time("close, with backup", store.close)
    store = clock.time("open, with checks", lambda: ProjectStore(path))
    clock.time("load grouping", store.load_grouping)
    clock.time("load images", store.load_images)
    store.close()
    return result


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        small, small_bytes = measured(Path(folder) / "small.shoal", 1_000, Clock())
        large, large_bytes = measured(Path(folder) / "large.shoal", count, clock)
        size = (Path(folder) / "large.shoal").stat().st_size
    for label, seconds in clock.rows.items():
        print(f"{label:28} {seconds:9.3f} s CPU at {count:,} images")
    print(f"{'move 10 images of 1,000':28} {small * 1e3:9.3f} ms CPU {small_bytes:10,.0f} bytes")
    print(f"{f'move 10 images of {count:,}':28} {large * 1e3:9.3f} ms CPU {large_bytes:10,.0f} bytes")
    figures = {"images": count, "file_bytes": size, "cpu_seconds": clock.rows, "step_ms": large * 1e3}
    print(json.dumps(figures | {"step_bytes": large_bytes, "small_step_ms": small * 1e3}))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
