"""Peak memory of an extraction: 1,000 images against 10,000, each in a process of its own.

    python tests/benchmarks/bench_memory.py [--few N] [--many N] [--model MODEL] [--first ROUNDS] [--base FOLDER]

With `--first`, instead: the largest process of `shoal embed`, the first time in a new home, in which the network is
prepared, and the second, some rounds of `--few` images; `--base` is a checkout of the program as it was before it had
this network, whose `builtin` takes turns with it.

The pictures are a few rendered JPEGs (408 x 306) with other bytes behind their end, so that every one is read,
decoded, embedded and saved. Peak is the largest resident set of the child, its interpreter and libraries included.
The vectors that are handed over are part of it: 4 bytes a number, whatever the extraction does.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from tests.benchmarks.bench_extraction import SIZES, write_photographs

from shoal.domain.extension_points import LoadOptions
from shoal.domain.task import Task
from shoal.imaging.folder_scan import scan_folders
from shoal.looking.extraction import Caches, ExtractionOptions, extract
from shoal.looking.model_loading import ModelLoader
from shoal.processes.engine_environment import engine_environment
from shoal.processes.helper_process import HelperProcess
from shoal.setup.locations import user_locations
from shoal.store.feature_cache import FeatureCache
from shoal.store.thumbnail_cache import ThumbnailCache

SMALLER = SIZES["2 MP"][0] // 4, SIZES["2 MP"][1] // 4
"""Ten thousand of them are decoded within a minute."""


def run_here(pictures: Path, home: Path, model: str, count: int) -> None:
    """What the child does. Prints how many records there are, the peak, and the vectors' part of it, in MiB."""
    locations = user_locations({"SHOAL_HOME": str(home)}).create()
    engine = HelperProcess("engine", engine_environment(locations.cache))  # starts with a model that needs it
    backend = ModelLoader(engine, locations).load(model, LoadOptions(device="cpu"), Task())[1]
    found = scan_folders([pictures], Task()).images[:count]
    with FeatureCache(locations.feature_cache) as features, ThumbnailCache(locations.thumbnail_cache) as thumbnails:
        result = extract(found, backend, Caches(features, thumbnails), Task(), options=ExtractionOptions())
    engine.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    vectors = result.embeddings.vectors.nbytes / 2**20
    print(len(result.records), peak / (2**20 if sys.platform == "darwin" else 1024), vectors)


def peak_mib(pictures: Path, home: Path, model: str, count: int) -> tuple[float, float]:
    """The child's peak, and the room its vectors take."""
    home.mkdir()
    command = [sys.executable, __file__, "--child", str(pictures), str(home), model, str(count)]
    records, peak, vectors = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    if int(records) != count:
        raise SystemExit(f"{records} of {count} images were read")
    return float(peak), float(vectors)


def compare_runs(rounds: int, count: int, trees: Mapping[str, tuple[Path, str]]) -> None:
    """`trees`: checkouts, each with the model to look with."""
    peaks: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_photographs(folder / "pictures", SMALLER, count)
        for number in range(rounds):
            for title, (tree, model) in trees.items():
                home = folder / f"{title}{number}"
                for run in ("first", "second"):
                    for file in home.glob("cache/*.sqlite*"):
                        file.unlink()  # the network is kept, what it saw is not
                    peaks.setdefault(f"{title}, {run}", []).append(command_mib(tree, folder / "pictures", home, model))
    for run, found in peaks.items():
        print(f"{run:14} {max(found):7.1f} MiB at most of {rounds} rounds, {min(found):.1f} at least")
    print(json.dumps({"peak_mib": peaks}))


def command_mib(tree: Path, pictures: Path, home: Path, model: str) -> float:
    """Of `shoal embed`: the largest of its processes."""
    environment = {**os.environ, "PYTHONPATH": str(tree / "src"), "SHOAL_HOME": str(home)}
    target = home.with_suffix(".npz")
    target.unlink(missing_ok=True)
    words = ["-m", "shoal", "embed", str(pictures), "--out", str(target), "--model", model]
    process = subprocess.Popen(
        [sys.executable, *words], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{tree}: the command ended with {process.returncode}")
    return usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 1024)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--few", type=int, default=1_000)
    parser.add_argument("--many", type=int, default=10_000)
    parser.add_argument("--model", default="efficientnet-lite")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--base", type=Path)
    arguments = parser.parse_args()
    if arguments.first:
        trees = {"now": (ROOT, arguments.model)}
        trees |= {} if arguments.base is None else {"base": (arguments.base.absolute(), "builtin")}
        compare_runs(arguments.first, arguments.few, trees)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_photographs(folder / "pictures", SMALLER, arguments.many)
        peaks = {
            count: peak_mib(folder / "pictures", folder / f"home{count}", arguments.model, count)
            for count in (arguments.few, arguments.many)
        }
    for count, (peak, vectors) in peaks.items():
        print(f"{count:6} images: {peak:7.1f} MiB, of which vectors {vectors:.1f}")
    ratio = round(peaks[arguments.many][0] / peaks[arguments.few][0], 3)
    print(json.dumps({"model": arguments.model, "peak_mib": peaks, "ratio": ratio}))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        run_here(Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4], int(sys.argv[5]))
    else:
        main()
