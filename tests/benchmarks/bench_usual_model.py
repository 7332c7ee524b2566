"""The usual model against the quick one, and its 8 bits against 32.

    python tests/benchmarks/bench_usual_model.py [--pictures N] [--rounds N]

First one thread on prepared pictures: milliseconds of processor time in 32 and in 8 bits (both take turns and the
quickest counts), with the cosine between the two on rendered photographs. Then whole looks at N rendered JPEGs of 12
megapixels and at N of 408 x 306 pixels with a cold cache, by both models in turn, each in a process of its own with the
network built already: pictures a second by the clock and by processor time, the best of the rounds, and peak memory.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

import numpy as np
from tests.benchmarks.bench_extraction import SIZES, write_photographs

from shoal.domain.extension_points import USUAL_MODEL, LoadOptions
from shoal.domain.task import Task
from shoal.embedding.arithmetic import adds_exactly, compare
from shoal.embedding.efficientnet_graph import EMBEDDING
from shoal.embedding.efficientnet_lite import EIGHT_BITS, WEIGHTS, WHOLE, in_fours, kept_network
from shoal.embedding.onnx_sessions import open_session
from shoal.imaging.decoding import decode_image
from shoal.imaging.folder_scan import scan_folders
from shoal.looking.catalogue import find_backend
from shoal.looking.extraction import Caches, extract
from shoal.store.feature_cache import FeatureCache
from shoal.store.thumbnail_cache import ThumbnailCache

QUICK = "builtin"
SMALL = SIZES["2 MP"][0] // 4, SIZES["2 MP"][1] // 4
RUNS = 40


def look(pictures: Path, exported: Path, model: str) -> None:
    """What the child does. Prints seconds by the clock and of the processor, and the peak in MiB."""
    spec, _source = find_backend(model)
    backend = spec.load(LoadOptions(device="cpu", export_folder=exported))
    found = scan_folders([pictures], Task()).images
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        with FeatureCache(home / "f.sqlite") as features, ThumbnailCache(home / "t.sqlite") as thumbnails:
            began, spent = time.perf_counter(), time.process_time()
            done = len(extract(found, backend, Caches(features, thumbnails), Task()).records)
            seconds = time.perf_counter() - began, time.process_time() - spent
    print(done, *seconds, peak_mib())


def peak_mib() -> float:
    """Linux counts what a parent held before its child began as the child's own, except in this file."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 1024)


def looks(pictures: Path, exported: Path, rounds: int) -> dict[str, dict[str, float]]:
    best = {model: {"by_clock": 0.0, "by_processor": 0.0, "peak_mib": 0.0} for model in (USUAL_MODEL, QUICK)}
    for _round in range(rounds):
        for model, figures in best.items():
            command = [sys.executable, __file__, "--look", str(pictures), str(exported), model]
            said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
            done, clock, processor, peak = map(float, said)
            figures["by_clock"] = max(figures["by_clock"], done / clock)
            figures["by_processor"] = max(figures["by_processor"], done / processor)
            figures["peak_mib"] = max(figures["peak_mib"], peak)
    return best


def forms(folder: Path) -> dict[str, float]:
    """Milliseconds a picture and the cosine between them; on a processor with VNNI `exact_sums` is true."""
    photographs = write_photographs(folder / "few", (1200, 900), 4)
    pixels = [decode_image(one.path.read_bytes(), ".jpg", WEIGHTS.how.geometry).pixels for one in photographs]
    values = [in_fours(WEIGHTS.how, picture[None]) for picture in pixels]
    networks = [kept_network(WEIGHTS, form, folder / "exported", Task()) for form in (WHOLE, EIGHT_BITS)]
    sessions = [open_session(network.file, "cpu") for network in networks]
    loss = compare(lambda: sessions[0], lambda: sessions[1], values, EMBEDDING)
    seconds = [float("inf")] * 2
    for _run in range(RUNS):
        for place, session in enumerate(sessions):
            began = time.thread_time()
            session.run([EMBEDDING], {"pixels": values[0]})
            seconds[place] = min(seconds[place], time.thread_time() - began)
    whole, small = (1000 * one for one in seconds)
    return {
        "ms_32_bits": round(whole, 2),
        "ms_8_bits": round(small, 2),
        "faster": round(whole / small, 2),
        "cosine": loss.mean,
        "exact_sums": adds_exactly(),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        results: dict[str, object] = {"forms": forms(folder)}
        print(results["forms"])
        for label, size in (("12 MP", SIZES["12 MP"]), ("small", SMALL)):
            write_photographs(folder / label, size, arguments.pictures)
            found = looks(folder / label, folder / "exported", arguments.rounds)
            results[label] = found
            for model, figures in found.items():
                print(f"{label:6} {model:18}" + "".join(f" {key}: {value:8.2f}" for key, value in figures.items()))
            ratios = {key: found[USUAL_MODEL][key] / found[QUICK][key] for key in ("by_clock", "by_processor")}
            print(f"{label:6} usual / quick: " + ", ".join(f"{key} {np.round(v, 3)}" for key, v in ratios.items()))
    print(json.dumps(results))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--look"]:
        look(Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
    else:
        main()
