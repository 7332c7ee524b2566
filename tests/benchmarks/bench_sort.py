"""`shoal sort` on the shared folders of real pictures, as a user would run it, twice each.

    python tests/benchmarks/bench_sort.py [--model M] [FOLDER ...]

Checks that every readable picture ends in exactly one cluster folder, byte for byte, in the first run and in the
second; that both runs come to the same clusters; and what share of the first run's extraction time the second run's
takes. Without folders: objects, clothing, grocery and photos of ../shared/images beside the checkout. Prints a table
and one JSON object; exits with 1 if a check fails.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "images"
NAMES = ("objects", "clothing", "grocery", "photos")


@dataclass(frozen=True)
class Row:
    """`again` is the second run's extraction time over the first's; seconds of wall time."""

    folder: str
    images: int
    skipped: int
    sub_folders: int
    clusters: int
    unsorted: int
    silhouette: float
    complete: bool
    same_again: bool
    extraction: float
    again: float
    whole_first: float
    whole_second: float


def sort(folder: Path, to: Path, home: Path, model: str) -> tuple[dict[str, Any], float]:
    """The object it prints, and how long the whole process took."""
    environment = {**os.environ, "SHOAL_HOME": str(home), "PYTHONPATH": str(ROOT / "src")}
    words = [sys.executable, "-m", "shoal", "sort", str(folder), "--to", str(to), "--model", model, "--json"]
    began = time.perf_counter()
    run = subprocess.run(words, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(run.stdout), time.perf_counter() - began


def contents(folder: Path, without: set[str]) -> Counter[bytes]:
    """How often each content occurs below a folder."""
    files = [path for path in folder.rglob("*") if path.is_file() and str(path) not in without]
    return Counter(
        blake2b(path.read_bytes()).digest() for path in files if not path.name.startswith((".", "clusters."))
    )


def is_complete(folder: Path, to: Path, told: dict[str, Any]) -> bool:
    """Every picture that was not skipped stands in one cluster folder, and nothing else does."""
    wanted = contents(folder, {one["path"] for one in told["skipped"]})
    depths = {
        len(path.relative_to(to).parts) for path in to.rglob("*.*") if not path.name.startswith((".", "clusters."))
    }
    return contents(to, set()) == wanted and wanted.total() == told["images"] and depths <= {2}


def measure(folder: Path, model: str, work: Path) -> Row:
    home = work / "home"  # one for all: UMAP is compiled once
    first, whole_first = sort(folder, work / f"{folder.name}-1", home, model)
    second, whole_second = sort(folder, work / f"{folder.name}-2", home, model)
    trees = [work / f"{folder.name}-{run}" for run in (1, 2)]
    return Row(
        folder=folder.name,
        images=first["images"],
        skipped=len(first["skipped"]),
        sub_folders=sum(path.is_dir() for path in folder.iterdir()),
        clusters=len(first["clusters"]),
        unsorted=first["unsorted"],
        silhouette=first["silhouette"],
        complete=all(is_complete(folder, tree, told) for tree, told in zip(trees, (first, second), strict=True)),
        same_again=first["clusters"] == second["clusters"],
        extraction=first["seconds"]["embed"],
        again=second["seconds"]["embed"] / first["seconds"]["embed"],
        whole_first=whole_first,
        whole_second=whole_second,
    )


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="*", type=Path, default=[SHARED / name for name in NAMES])
    parser.add_argument("--model", default="efficientnet-lite")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        rows = [measure(folder.absolute(), arguments.model, Path(work)) for folder in arguments.folders]
    print(" ".join(f"{name:>11}" for name in asdict(rows[0])))
    for row in rows:
        print(
            " ".join(
                f"{value:11.3f}" if isinstance(value, float) else f"{value!s:>11}" for value in asdict(row).values()
            )
        )
    good = all(row.complete and row.same_again and row.again < 0.1 for row in rows)
    print(json.dumps({"model": arguments.model, "good": good, "rows": [asdict(row) for row in rows]}))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
