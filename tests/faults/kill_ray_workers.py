"""Kills workers of Ray at random while they look at pictures, and compares what is kept with an undisturbed look.

    python tests/faults/kill_ray_workers.py [--kills 10] [--pictures 2000] [--workers 2] [--seed 1] [--model M]

Every row of the feature cache has to be the one that this program writes alone: none missing, none twice, none other.
Prints one line per kill, then a JSON object; the exit code is 1 if anything differs.
"""

import argparse
import json
import os
import random
import sqlite3
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

from tests.support.ray_workers import kill, workers

QUERIES = (
    "SELECT hash, width, height, format, taken, sharpness, difference_hash FROM content ORDER BY hash",
    "SELECT digest, hash, numbers, classes FROM vector JOIN content ON content.id = content"
    " JOIN model ON model.id = model ORDER BY digest, hash",
    "SELECT path, size, modified_ns, hash FROM stamp JOIN content ON content.id = content ORDER BY path",
    "SELECT hash, decoder, reason FROM unreadable JOIN content ON content.id = content ORDER BY hash",
)


def draw(folder: Path, count: int) -> None:
    """Old files, each of another content but for one copy in fifty; one in a hundred is broken."""
    rng = np.random.default_rng(2)
    folder.mkdir()
    for number in range(count):
        path = folder / f"{number:06}.jpg"
        if number % 50 == 49:
            path.write_bytes((folder / f"{number - 1:06}.jpg").read_bytes())
        elif number % 100 == 50:
            path.write_bytes(b"\xff\xd8\xff" + rng.bytes(50))
        else:
            fields = Image.fromarray(rng.integers(0, 256, (12, 16, 3), np.uint8))
            fields.resize((640, 480), Image.Resampling.BICUBIC).save(path, quality=85)
        os.utime(path, ns=(0, 10**18 + 1))


def start(home: Path, folder: Path, *words: object) -> "subprocess.Popen[str]":
    environment = {**os.environ, "SHOAL_HOME": str(home), "PYTHONPATH": str(ROOT / "src"), "OMP_NUM_THREADS": "1"}
    command = [
        sys.executable,
        "-m",
        "shoal",
        "embed",
        str(folder),
        "--out",
        str(home) + ".npz",
        *map(str, words),
        "--json",
    ]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def kill_at_random(process: "subprocess.Popen[str]", kills: int, chance: random.Random) -> int:
    """Whichever worker there is, at whatever moment; returns how many died of it."""
    done = 0
    while done < kills and process.poll() is None:
        time.sleep(chance.uniform(0.2, 2.0))
        there = workers(process.pid)
        if there and kill(victim := chance.choice(there)):
            done += 1
            print(f"kill {done}: worker {victim}", flush=True)
    return done


def rows(home: Path) -> list[list[tuple[Any, ...]]]:
    with sqlite3.connect(home / "cache" / "features-1.sqlite") as cache:
        return [cache.execute(query).fetchall() for query in QUERIES]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--pictures", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--model", default="efficientnet-lite")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kill-ray-", ignore_cleanup_errors=True) as scratch:
        folder, model = Path(scratch), ("--model", asked.model)
        draw(folder / "pictures", asked.pictures)
        alone = start(folder / "alone", folder / "pictures", *model)
        own = json.loads(alone.communicate()[0])
        many = start(folder / "many", folder / "pictures", *model, "--engine", "ray", "--workers", asked.workers)
        killed = kill_at_random(many, asked.kills, random.Random(asked.seed))
        told = json.loads(many.communicate()[0])
        theirs, ours = rows(folder / "many"), rows(folder / "alone")
        left = [str(path) for path in (folder / "many" / "cache" / "shards").rglob("*.shard")]
        with np.load(str(folder / "many") + ".npz") as one, np.load(str(folder / "alone") + ".npz") as other:
            vectors = bool((one["paths"] == other["paths"]).all() and (one["vectors"] == other["vectors"]).all())
    same = {"rows": theirs == ours, "vectors": vectors, "skipped": told["skipped"] == own["skipped"], "left": not left}
    counts = dict(zip(("contents", "vectors", "stamps", "unreadable"), map(len, theirs), strict=True))
    print(json.dumps({"kills": killed, "same": same, "kept": counts, "ray": told["ray"], "seconds": told["seconds"]}))
    return 0 if all(same.values()) and killed else 1


if __name__ == "__main__":
    sys.exit(main())
