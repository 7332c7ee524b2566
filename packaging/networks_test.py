"""Do torch's networks say the same in the finished full edition as in the source tree?

    python packaging/networks_test.py dist/shoal

Writes files of weights with random numbers, which need no download: of a torchvision network, a DINOv2, a YOLO that
names pictures, one that finds objects, and a CLIP. Without a network and with an empty home, the program looks at the
sample pictures with each, and the vectors are compared with those of the sources; CLIP reads a text, too. Prints the
lowest cosine and the time. Run it with a Python that has the full edition's libraries, as in .venv-full. Exits with 1
if a cosine is below 0.9999, or if the program fails.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "packaging"), str(ROOT / "src"), str(ROOT)]

import smoke_test  # noqa: E402  # found by the line above
from tests.support import seeded_clip, seeded_weights, yolo_networks  # noqa: E402

from shoal.domain.task import Task  # noqa: E402
from shoal.samples.demo_pictures import sample_pictures, write_sample_pictures  # noqa: E402

ENOUGH = 0.9999
EVERY_OBJECT = ("--objects", "every", "--confidence", "0.1")
Write = Callable[[Path], object]
NETWORKS: Sequence[tuple[str, Write, Sequence[str]]] = (
    ("resnet50", lambda path: seeded_weights.write_torchvision_weights("resnet50", path), ()),
    ("dinov2_vits14", lambda path: seeded_weights.write_dinov2_weights("dinov2_vits14", path), ()),
    ("yolo11n-cls", lambda path: yolo_networks.write_random_yolo("yolo11n-cls", path, Task()), ()),
    ("yolo11n", lambda path: yolo_networks.write_finding_yolo(path, Task()), EVERY_OBJECT),
    ("clip-vit-b-32", lambda path: seeded_clip.write_clip_weights("clip-vit-b-32", path), ()),
)
"""Name of a model, what writes weights for it, and how to look with it."""


def vectors(run: Callable[[Sequence[str]], object], words: Sequence[str], target: Path) -> np.ndarray:
    run(["embed", *words, "--out", str(target)])
    with np.load(target) as file:
        return np.asarray(file["vectors"])


def run_sources(words: Sequence[str], home: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "SHOAL_HOME": str(home)}
    subprocess.run([sys.executable, "-m", "shoal", *words], check=True, capture_output=True, env=environment)


def lowest_cosine(left: np.ndarray, right: np.ndarray) -> float:
    """-1 if they are not even the same number of vectors."""
    if left.shape != right.shape:
        return -1.0
    lengths = np.linalg.norm(left, axis=1) * np.linalg.norm(right, axis=1)
    return float(((left * right).sum(axis=1) / lengths).min())


def try_networks(folder: Path, work: Path) -> dict[str, float]:
    """Name of a network -> lowest cosine. Raises smoke_test.Disappointed if the program fails."""
    program = smoke_test.Program(folder, work / "home")
    pictures = work / "pictures"
    pictures.mkdir()
    write_sample_pictures(pictures, sample_pictures(views=1), Task())
    found = {}
    for name, write, more in NETWORKS:
        weights = work / f"{name}.pt"
        write(weights)
        trusted = ["--model", name, "--weights", str(weights), "--trust-weights"]
        words = [str(pictures), *trusted, *more]
        began = time.monotonic()
        ours = vectors(lambda words: program.run(*words), words, work / f"{name}.npz")
        took = time.monotonic() - began
        theirs = vectors(lambda words: run_sources(words, work / "sources"), words, work / f"{name}-sources.npz")
        found[name] = lowest_cosine(ours, theirs)
        sys.stdout.write(f"{name}: {len(ours)} vectors in {took:.0f} s, lowest cosine {found[name]:.7f}\n")
        sys.stdout.flush()
        if name.startswith("clip"):
            program.run("search", str(pictures), "a red cup", *trusted)
            sys.stdout.write(f"{name}: reads a text\n")
    return found


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, help="the folder that the program lies in")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as work:
        try:
            found = try_networks(chosen.folder.absolute(), Path(work))
        except smoke_test.Disappointed as problem:
            sys.stderr.write(f"{problem}\n")
            return 1
    sys.stdout.write(json.dumps(found) + "\n")
    return 0 if min(found.values()) >= ENOUGH else 1


if __name__ == "__main__":
    sys.exit(main())
