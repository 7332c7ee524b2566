"""YOLO11n against Ultralytics' own `YOLO.embed`: per core, end to end over a folder, and in memory.

    python tests/benchmarks/bench_yolo.py [--pictures N] [--rounds N] [--photographs "2 MP"] [--one-shape | --rect]

Seeded random weights, which cost as much as trained ones. *Per core*: processor time of one thread for a photograph
that is decoded already, torch as it comes against ONNX Runtime as Shoal uses it, taking turns, the quickest counting.
(No drawn picture of flat colours: with random weights the numbers inside then get too small for the processor's quick
way.) *End to end*: wall and processor time from a folder of JPEGs to vectors, `YOLO.embed(folder, stream=True,
batch=16)` with as many threads as torch chooses, against an extraction into an empty cache; each in a process of its
own that has loaded the model and seen a picture. One photograph in four stands, as in most folders. `--one-shape`: all
lie, and Ultralytics, which then cuts the grey bars off, computes 0.75 of the square that Shoal computes. `--rect`: all
lie, and both cut the bars off.
*Memory*: the peak of such a process for a quarter of the pictures and for all of them.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

import numpy as np
from tests.benchmarks.bench_extraction import SIZES, decode, write_photographs
from tests.support.yolo_networks import write_random_yolo

from shoal.domain.extension_points import EmbeddingBackend, LoadOptions
from shoal.domain.images import FoundImage
from shoal.domain.task import HereCaller, Task
from shoal.imaging.folder_scan import scan_folders
from shoal.looking.catalogue import find_backend
from shoal.looking.extraction import Caches, extract
from shoal.processes.engine_environment import engine_environment
from shoal.processes.maths_environment import thread_variables
from shoal.store.feature_cache import FeatureCache

WAYS = ("ultralytics", "shoal")
RECT = "rect"
Row = dict[str, float]


def loaded(folder: Path, size: int) -> EmbeddingBackend:
    """On a processor; exported once per folder. Without grey bars where the folder says so."""
    options = LoadOptions(
        weights=folder / "yolo11n.pt",
        trust_weights=True,
        device="cpu",
        image_size=size,
        engine=HereCaller(),
        export_folder=folder,
        preprocessing="rect" if (folder / RECT).exists() else "",
    )
    return find_backend("yolo11n")[0].load(options)


def per_core(folder: Path, photograph: FoundImage, size: int, rounds: int) -> Row:
    """Milliseconds per picture, and how close the two vectors are."""
    import torch

    YOLO: Any = import_module("ultralytics").YOLO  # noqa: N806  # its types are wrong

    torch.set_num_threads(1)
    network = YOLO(str(folder / "yolo11n.pt")).model.fuse(verbose=False).eval()
    ours = loaded(folder, size)
    picture = decode(ours, photograph)

    def eager() -> np.ndarray:
        values = torch.from_numpy(picture).permute(2, 0, 1)[None].float() / 255
        with torch.inference_mode():
            row: np.ndarray = network.predict(values, embed=[22])[0].numpy()
        return row / np.linalg.norm(row)

    ways: dict[str, Callable[[], np.ndarray]] = {"torch": eager, "shoal": lambda: ours.embed([picture])[0]}
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(rounds):
        for name, way in ways.items():
            began = time.process_time()
            way()
            best[name] = min(best[name], (time.process_time() - began) * 1000)
    cosine = float(ways["torch"]() @ ways["shoal"]())
    return {**best, "ratio": best["torch"] / best["shoal"], "cosine": cosine}


def run_here(way: str, folder: Path, pictures: Path, size: int) -> Row:
    """What a child does: seconds of wall and processor time, the peak in MiB, and how many vectors came out."""
    work = _ultralytics(folder, size) if way == "ultralytics" else _shoal(folder, size)
    work(folder / "warm-up")
    began, busy = time.perf_counter(), time.process_time()
    count = work(pictures)
    took = {"wall": time.perf_counter() - began, "cpu": time.process_time() - busy}
    return {**took, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "count": count}


def _ultralytics(folder: Path, size: int) -> Callable[[Path], int]:
    YOLO: Any = import_module("ultralytics").YOLO  # noqa: N806  # its types are wrong

    model = YOLO(str(folder / "yolo11n.pt"))
    said: dict[str, Any] = {"stream": True, "batch": 16, "imgsz": size, "verbose": False, "device": "cpu"}
    return lambda pictures: sum(1 for _ in model.embed(str(pictures), **said))


def _shoal(folder: Path, size: int) -> Callable[[Path], int]:
    backend = loaded(folder, size)

    def work(pictures: Path) -> int:
        with tempfile.TemporaryDirectory() as home, FeatureCache(Path(home) / "features.sqlite") as features:
            return len(extract(scan_folders([pictures], Task()).images, backend, Caches(features), Task()).records)

    return work


def child(way: str, folder: Path, pictures: Path, size: int) -> Row:
    command = [sys.executable, __file__, "--child", way, str(folder), str(pictures), str(size)]
    threads = thread_variables() if way == "ultralytics" else {}
    environment = {name: value for name, value in os.environ.items() if name not in threads}
    printed = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
    row: Row = json.loads(printed.strip().splitlines()[-1])
    return row


def end_to_end(folder: Path, few: Path, many: Path, size: int, rounds: int) -> dict[str, Row]:
    """The two taking turns; the quickest of each counts."""
    best: dict[str, Row] = {}
    for _ in range(rounds):
        for way in WAYS:
            row = child(way, folder, many, size)
            kept = best.setdefault(way, row)
            best[way] = {name: min(value, kept[name]) for name, value in row.items()}
    for way in WAYS:
        best[way]["peak_few"] = child(way, folder, few, size)["peak"]
    return best


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pictures", type=int, default=96)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--image-size", type=int, default=640)
    parser.add_argument("--photographs", default="12 MP", choices=SIZES, help="how large the pictures are")
    parser.add_argument("--one-shape", action="store_true", help="no photograph stands")
    parser.add_argument("--rect", action="store_true", help="none stands, and neither way has grey bars")
    arguments = parser.parse_args()
    size, upright = arguments.image_size, 0 if arguments.one_shape or arguments.rect else 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if arguments.rect:
            (folder / RECT).touch()
        write_random_yolo("yolo11n", folder / "yolo11n.pt", Task())
        counts = {"warm-up": 2, "few": arguments.pictures // 4, "many": arguments.pictures}
        for part, count in counts.items():
            found = write_photographs(folder / part, SIZES[arguments.photographs], count, upright=upright)
        core = per_core(folder, found[0], size, 4 * arguments.rounds)
        whole = end_to_end(folder, folder / "few", folder / "many", size, arguments.rounds)
    print(f"one picture, one core: torch {core['torch']:.1f} ms, Shoal {core['shoal']:.1f} ms, {core['ratio']:.2f} x")
    for way, row in whole.items():
        print(
            f"{counts['many']} pictures, {way:11}: {row['wall']:6.1f} s, {row['cpu']:6.1f} s of processor time, "
            f"peak {row['peak']:.0f} MiB ({row['peak_few']:.0f} for {counts['few']})"
        )
    ratio = {name: whole["ultralytics"][name] / whole["shoal"][name] for name in ("wall", "cpu")}
    print(f"end to end: {ratio['wall']:.2f} x in wall time, {ratio['cpu']:.2f} x in processor time")
    print(
        json.dumps(
            {
                "per_core": core,
                "end_to_end": whole,
                "ratio": ratio,
                "image_size": size,
                "photographs": arguments.photographs,
                "rect": arguments.rect,
            }
        )
    )


if __name__ == "__main__":
    os.environ.update(engine_environment(Path(tempfile.gettempdir()) / "bench-yolo"))
    if sys.argv[1:2] == ["--child"]:
        said = sys.argv[2:]
        print(json.dumps(run_here(said[0], Path(said[1]), Path(said[2]), int(said[3]))))
    else:
        main()
