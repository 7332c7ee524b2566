"""Listing the images of many folders: ours against a bare recursive `os.scandir` walk that only collects paths.

    python tests/benchmarks/bench_scan.py [--files 100000] [--rounds 7]

Two trees of empty files: names as cameras give them (IMG_000123.JPG), and a mix that is harder to sort and pair
(img7.jpg beside img7.CR2, sidecars, folders of other things). "names" is the list complete, in natural order, with its
count known; "images" is the list with every path and record made as well. Medians over rounds that take turns.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

from shoal.domain.task import Task
from shoal.imaging.folder_scan import scan_folders

FILES_PER_FOLDER = 1000


def camera_tree(root: Path, files: int) -> None:
    make(root, [f"IMG_{number:06d}.JPG" for number in range(files)])


def mixed_tree(root: Path, files: int) -> None:
    endings = ["jpg", "CR2", "jpg", "xmp", "png", "txt", "jpeg", "HEIC"]
    make(root, [f"img{number // 2}_{number % 7}.{endings[number % len(endings)]}" for number in range(files)])


def make(root: Path, names: list[str]) -> None:
    for start in range(0, len(names), FILES_PER_FOLDER):
        folder = root / f"folder{start // FILES_PER_FOLDER}"
        folder.mkdir(parents=True)
        for name in names[start : start + FILES_PER_FOLDER]:
            os.close(os.open(folder / name, os.O_CREAT | os.O_WRONLY))


def bare_walk(root: Path) -> int:
    paths: list[str] = []

    def walk(folder: str) -> None:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    walk(entry.path)
                else:
                    paths.append(entry.path)

    walk(os.fspath(root))
    return len(paths)


def names(root: Path) -> int:
    return scan_folders([root], Task()).count


def images(root: Path) -> int:
    return len(scan_folders([root], Task()).images)


WAYS: dict[str, Callable[[Path], int]] = {"bare": bare_walk, "names": names, "images": images}


def cpu_ms(way: Callable[[Path], int], root: Path) -> float:
    start = time.process_time()
    way(root)
    return (time.process_time() - start) * 1000


def measure(root: Path, rounds: int) -> dict[str, float]:
    times: dict[str, list[float]] = {name: [] for name in WAYS}
    for way in WAYS.values():
        way(root)
    for _ in range(rounds):
        for name, way in WAYS.items():
            times[name].append(cpu_ms(way, root))
    result = {f"{name}_ms": round(statistics.median(values), 1) for name, values in times.items()}
    for name in ("names", "images"):
        result[f"{name}_of_bare"] = round(statistics.median(map(float.__truediv__, times[name], times["bare"])), 2)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    results = []
    print(f"{'tree':8}{'bare ms':>9}{'names ms':>10}{'of bare':>9}{'images ms':>11}{'of bare':>9}")
    for tree, build in (("camera", camera_tree), ("mixed", mixed_tree)):
        with tempfile.TemporaryDirectory() as folder:
            build(Path(folder), options.files)
            row = {"tree": tree, "files": options.files, **measure(Path(folder), options.rounds)}
        results.append(row)
        print("{tree:8}{bare_ms:9}{names_ms:10}{names_of_bare:9}{images_ms:11}{images_of_bare:9}".format(**row))
    print(json.dumps({"benchmark": "scan", "results": results}))


if __name__ == "__main__":
    main()
