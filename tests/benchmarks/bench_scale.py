"""What each stage after extraction costs at several sizes, how it grows, and what it is worth, beside an earlier build.

    python tests/benchmarks/bench_scale.py [--images 1000 10000 100000] [--against DIR] [--work DIR] [--stages ...]

The vectors are those of `make_library.py`. Processor seconds of a process with one thread, and its peak memory, vectors
included; the exponent is that between the two largest sizes. Quality on a sample of 600 pictures: recall of the 15 true
neighbours of structured pictures, copies and unstructured ones; trustworthiness of the map, true neighbours kept on
it, and how many neighbours on it are of the same kind; NMI and ARI of the clusters with the kinds. `--work` keeps what
was made, and takes up what is there: interrupted, it goes on.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

import numpy as np
from tests.support.fabricated_vectors import Fabric

SAMPLE, NEIGHBOURS = 600, 15
MAIN_STAGES = ("graph", "map", "clusters")
Row = dict[str, float]


@dataclass(frozen=True)
class Build:
    name: str
    checkout: Path


@dataclass(frozen=True)
class Data:
    images: int
    work: Path

    @property
    def vectors(self) -> Path:
        return self.work / f"vectors-{self.images}.npy"

    @property
    def truth(self) -> Path:
        return self.work / f"truth-{self.images}.npz"

    def make(self) -> None:
        if not self.truth.exists():
            fabric = Fabric(self.images)
            file = np.lib.format.open_memmap(self.vectors, "w+", np.float32, (self.images, fabric.dimension))
            kinds, copies, start = [], [], 0
            for rows in fabric.parts():
                file[start : start + len(rows.kinds)] = rows.vectors
                start += len(rows.kinds)
                kinds.append(rows.kinds)
                copies.append(rows.copy_of)
            np.savez(self.truth, kinds=np.concatenate(kinds), copy_of=np.concatenate(copies))


def measured(build: Build, data: Data, stages: list[str]) -> dict[str, Row]:
    """By stage: processor seconds and peak memory; what was measured before is taken up."""
    kept = data.work / f"{build.name}-{data.images}.json"
    if not kept.exists():
        script = Path(__file__).with_name("scale_stages.py")
        command = [sys.executable, str(script), str(data.vectors), str(answers(build, data)), *stages]
        threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")
        home = {"PYTHONPATH": str(build.checkout / "src"), "NUMBA_CACHE_DIR": str(data.work / "numba")}
        done = subprocess.run(
            command, stdout=subprocess.PIPE, text=True, check=True, env={**os.environ, **threads, **home}
        )
        kept.write_text(done.stdout)
    rows = [json.loads(line) for line in kept.read_text().splitlines()]
    return {row.pop("stage"): row for row in rows}


def answers(build: Build, data: Data) -> Path:
    return data.work / f"{build.name}-{data.images}.npz"


class Judge:
    """What is true of a sample of the pictures, found by comparing it with all."""

    def __init__(self, data: Data) -> None:
        truth = np.load(data.truth)
        self._kinds, self._copies = truth["kinds"], truth["copy_of"] >= 0
        self._vectors = np.load(data.vectors, mmap_mode="r")
        count = len(self._kinds)
        self._rows = np.sort(np.random.default_rng(5).choice(count, min(SAMPLE, count), replace=False))
        self._similarities = np.concatenate([self._to_all(rows) for rows in np.array_split(self._rows, 12)])

    def _to_all(self, rows: np.ndarray) -> np.ndarray:
        similarities = np.asarray(self._vectors[rows] @ self._vectors.T)
        similarities[np.arange(len(rows)), rows] = 2
        return similarities

    def __call__(self, path: Path) -> Row:
        made = np.load(path)
        return {**self._of_graph(made["near"]), **self._of_map(made["map"]), **self._of_clusters(made["labels"])}

    def _of_graph(self, near: np.ndarray) -> Row:
        worst = -np.partition(-self._similarities, NEIGHBOURS, axis=1)[:, NEIGHBOURS]
        found = np.take_along_axis(self._similarities, near[self._rows], axis=1)
        right = (found >= worst[:, None] - 2e-6).mean(axis=1)
        kinds, copies = self._kinds[self._rows], self._copies[self._rows]
        parts = {"structured": kinds >= 0, "copies": copies, "unstructured": kinds < 0}
        return {f"recall, {name}": float(right[rows].mean()) if rows.any() else 1.0 for name, rows in parts.items()}

    def _of_map(self, positions: np.ndarray) -> Row:
        """Trustworthiness as Venna and Kaski (2001) have it, over the sample."""
        import faiss

        places = np.ascontiguousarray(positions, np.float32)
        near = faiss.knn(places[self._rows], places, NEIGHBOURS + 1)[1]
        itself = near == self._rows[:, None]
        itself[~itself.any(axis=1), -1] = True
        near = near[~itself].reshape(len(near), NEIGHBOURS)
        ranks = np.stack([_ranks(*pair) for pair in zip(self._similarities, near, strict=True)])
        count, most = len(places), NEIGHBOURS
        penalty = 2 / (len(near) * most * (2 * count - 3 * most - 1)) * np.maximum(ranks - most, 0).sum()
        kinds = self._kinds[self._rows]
        same = (self._kinds[near] == kinds[:, None])[kinds >= 0]
        return {"trustworthiness": 1 - penalty, "kept": float((ranks <= most).mean()), "same kind": float(same.mean())}

    def _of_clusters(self, labels: np.ndarray) -> Row:
        from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

        known = self._kinds >= 0
        pair = self._kinds[known], labels[known]
        found = normalized_mutual_info_score(*pair), adjusted_rand_score(*pair), len(np.unique(labels))
        return dict(zip(("NMI", "ARI", "clusters"), map(float, found), strict=True))


def _ranks(similarities: np.ndarray, near: np.ndarray) -> np.ndarray:
    """How many come before each of `near`, itself included: 1 is the nearest other."""
    return (similarities[:, None] > similarities[near]).sum(axis=0)


def exponent(rows: dict[int, dict[str, Row]], stage: str) -> float | None:
    few, many = sorted(rows)[-2:] if len(rows) > 1 else (0, 0)
    if not few or stage not in rows[few] or stage not in rows[many] or not rows[few][stage]["cpu_s"]:
        return None
    ratio = rows[many][stage]["cpu_s"] / rows[few][stage]["cpu_s"]
    return round(float(np.log(max(ratio, 1e-9)) / np.log(many / few)), 2)


def print_costs(build: Build, rows: dict[int, dict[str, Row]]) -> None:
    print(f"\n{build.name}: processor seconds (peak MB)")
    print(f"{'':18}" + "".join(f"{images:>18,}" for images in rows) + f"{'exponent':>10}")
    for stage in max(rows.values(), key=len):
        cells = [
            f"{one[stage]['cpu_s']:.2f} ({one[stage]['peak_mb']:.0f})" if stage in one else "-" for one in rows.values()
        ]
        print(f"{stage:18}" + "".join(f"{cell:>18}" for cell in cells) + f"{exponent(rows, stage) or '':>10}")
    print(f"{'graph+map+clusters':18}" + "".join(f"{main_cost(one):>18.2f}" for one in rows.values()))
    print(f"{'all':18}" + "".join(f"{sum(row['cpu_s'] for row in one.values()):>18.2f}" for one in rows.values()))


def main_cost(stages: dict[str, Row]) -> float:
    return sum(stages[name]["cpu_s"] for name in MAIN_STAGES if name in stages)


def print_quality(quality: dict[str, dict[int, Row]]) -> None:
    names = list(next(iter(next(iter(quality.values())).values())))
    print(f"\n{'quality':36}" + "".join(f"{name:>22}" for name in names))
    for build, rows in quality.items():
        for images, row in rows.items():
            print(f"{build:24}{images:>12,}" + "".join(f"{row[name]:>22.4f}" for name in names))


def compare(builds: list[Build], images: list[int], work: Path, stages: list[str]) -> dict[str, Any]:
    costs: dict[str, dict[int, dict[str, Row]]] = {build.name: {} for build in builds}
    quality: dict[str, dict[int, Row]] = {build.name: {} for build in builds}
    for count in images:
        data = Data(count, work)
        data.make()
        for build in builds:
            costs[build.name][count] = measured(build, data, stages)
        judge = Judge(data)
        for build in builds:
            quality[build.name][count] = judge(answers(build, data))
    for build in builds:
        print_costs(build, costs[build.name])
    print_quality(quality)
    return {"costs": costs, "quality": quality}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--images", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--against", type=Path, help="a checkout of an earlier build")
    parser.add_argument("--work", type=Path, help="where vectors and answers are kept")
    parser.add_argument("--stages", nargs="+", default=[], help="graph, map and clusters at least; all if left out")
    chosen = parser.parse_args()
    builds = [Build("this build", ROOT), *([Build(chosen.against.name, chosen.against)] if chosen.against else [])]
    with tempfile.TemporaryDirectory() as passing:
        work = chosen.work or Path(passing)
        work.mkdir(parents=True, exist_ok=True)
        print(json.dumps(compare(builds, sorted(chosen.images), work, chosen.stages)))


if __name__ == "__main__":
    main()
