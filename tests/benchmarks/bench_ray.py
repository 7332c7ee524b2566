"""What `--engine ray` costs beside what two workers could do at best, and whether it gives the same.

    python tests/benchmarks/bench_ray.py [--pictures 3000] [--megapixels 0.5] [--model M] [--workers 2]

Pictures are drawn and looked at once to see what one costs: alone, by this program on one core (`taskset`), and by
workers of Ray. *Ideal* is the time alone divided by the number of workers; *of it* is what the workers took from the
moment the first began, without the start of cluster and models, which stands beside. What of the rest is spent where:
`work` is what the workers measured themselves, `merge` is taking up what they laid down, `read` reading it back.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]


def draw(folder: Path, count: int, megapixels: float) -> None:
    """JPEGs of fields of colour, each another; one in fifty is a copy."""
    rng = np.random.default_rng(5)
    folder.mkdir()
    side = int((megapixels * 1e6) ** 0.5) // 16 * 16
    for number in range(count):
        path = folder / f"{number:06}.jpg"
        if number % 50 == 49:
            path.write_bytes((folder / f"{number - 1:06}.jpg").read_bytes())
            continue
        fields = Image.fromarray(rng.integers(0, 256, (16, 16, 3), np.uint8))
        fields.resize((side, side), Image.Resampling.BICUBIC).save(path, quality=90)


def run(home: Path, *words: object, cores: str = "") -> dict[str, Any]:
    environment = {**os.environ, "SHOAL_HOME": str(home), "PYTHONPATH": f"{ROOT / 'src'}", "OMP_NUM_THREADS": "1"}
    command = [*(["taskset", "-c", cores] if cores else []), sys.executable, "-m", "shoal", *map(str, words), "--json"]
    began, used = time.perf_counter(), os.times()
    told = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    now = os.times()
    answer: dict[str, Any] = json.loads(told.stdout)
    processor = now.children_user + now.children_system - used.children_user - used.children_system
    return {**answer, "wall": time.perf_counter() - began, "processor": processor}


def told(name: str, answer: dict[str, Any]) -> dict[str, Any]:
    """At once: the next run may take minutes."""
    print(name, answer["seconds"], answer.get("ray", ""), f"processor {answer['processor']:.1f} s", flush=True)
    return answer


def compared(one: Path, other: Path) -> dict[str, Any]:
    with np.load(one) as ours, np.load(other) as theirs:
        cosines = np.einsum("ij,ij->i", ours["vectors"].astype(np.float64), theirs["vectors"].astype(np.float64))
        return {
            "same paths": bool((ours["paths"] == theirs["paths"]).all()),
            "same key": str(ours["key"]) == str(theirs["key"]),
            "least cosine": float(cosines.min()),
            "equal to the last bit": bool((ours["vectors"] == theirs["vectors"]).all()),
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=int, default=3000)
    parser.add_argument("--megapixels", type=float, default=0.5)
    parser.add_argument("--model", default="efficientnet-lite")
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-ray-", ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        draw(folder / "pictures", asked.pictures, asked.megapixels)
        words = ["embed", folder / "pictures", "--model", asked.model]
        alone = told("alone", run(folder / "one", *words, "--out", folder / "one.npz", cores="0"))
        hands = ("--engine", "ray", "--workers", asked.workers)
        ray = told("ray", run(folder / "ray", *words, "--out", folder / "ray.npz", *hands))
        same = compared(folder / "ray.npz", folder / "one.npz")
        print(same, flush=True)
        both = told("all cores", run(folder / "two", *words, "--out", folder / "two.npz"))
    report(asked, alone, both, ray, same)


def report(
    asked: argparse.Namespace, alone: dict[str, Any], both: dict[str, Any], ray: dict[str, Any], same: dict[str, Any]
) -> None:
    seconds, ideal = ray["seconds"], alone["seconds"]["embed"] / asked.workers
    after_start = seconds["embed"] + seconds["merge"] + seconds["read"]
    row = {
        "pictures": asked.pictures,
        "ms a picture alone": 1000 * alone["seconds"]["embed"] / asked.pictures,
        "alone, one core": alone["seconds"]["embed"],
        "this program, all cores": both["seconds"]["embed"],
        "ideal": ideal,
        "start": seconds["start"],
        "workers at work": seconds["embed"],
        "of it": seconds["embed"] / ideal,
        "merge": seconds["merge"],
        "read": seconds["read"],
        "all after the start, of the ideal": after_start / ideal,
        "work, in the workers": ray["ray"]["work_seconds"],
        "processor, all": ray["processor"],
        "processor, program on all cores": both["processor"],
        **{f"ray {name}": ray["ray"][name] for name in ("shards", "vectors", "again")},
        **same,
    }
    for name, value in row.items():
        print(f"{name:36} {value:,.4g}" if isinstance(value, float) else f"{name:36} {value}")
    print(json.dumps(row))


if __name__ == "__main__":
    main()
