"""What coming back to a project costs, against an earlier build: `bench_projects.py --against DIR [--images 100000]`.

Each measurement is a whole process with its helpers, in processor seconds, first that build, then this one, in turn:

- opening a project of so many pictures again, as the window does, and F5 with nothing new (from three more of them);
- `shoal sort` of it with another number of clusters, and whether a point of the map has moved;
- `shoal sort` of 3,000 pictures a second time where their thumbnails do not fit, against where they do.

DIR is a checkout; `tests/benchmarks/projects_before.py` knows the names in one of before the project service (it has
shoal/services). Vectors and pictures are those of `make_library.py`. `--keep WORK` leaves libraries and first runs
there, and takes up those that are there.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODEL = "colour-layout"
ROUNDS = 3
FIRST_CLUSTERS, OTHER_CLUSTERS = "200", "150"
PICTURES, FITTING, TOO_SMALL = 3_000, 2_000, 50
GOALS = {"open again": 0.25, "F5": 0.2, "sort, other number": 0.2}
MOST_OVER_FITTING = 1.2


@dataclass(frozen=True)
class Side:
    """A checkout and where it works; its libraries and projects are its own."""

    name: str
    checkout: Path
    work: Path

    @property
    def script(self) -> Path:
        old = (self.checkout / "src" / "shoal" / "services").is_dir()
        return Path(__file__).with_name("projects_before.py" if old else "projects_now.py")

    @property
    def library(self) -> Path:
        return self.work / f"{self.name}-library"

    @property
    def photographs(self) -> Path:
        return self.work / "photographs"

    def act(self, *words: str, home: Path | None = None) -> tuple[float, str]:
        """Processor seconds of the process and its helpers, and what it printed."""
        return self._run([str(self.script), *words], home or self.library / "home")

    def sort(self, folder: Path, home: Path, *words: str) -> float:
        plan = ["--to", str(self.work / "out"), "--dry-run", "--json", "--model", MODEL]
        return self._run(["-m", "shoal", "sort", str(folder), *plan, *words], home)[0]

    def _run(self, words: list[str], home: Path) -> tuple[float, str]:
        environment = {**os.environ, "SHOAL_HOME": str(home), "PYTHONPATH": f"{self.checkout / 'src'}:{ROOT}"}
        with tempfile.TemporaryFile("w+") as printed:
            child = subprocess.Popen([sys.executable, *words], env=environment, stdout=printed, stderr=sys.stderr)
            _, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            printed.seek(0)
            said = printed.read().strip()
        if child.returncode:
            raise SystemExit(f"{self.name}: {' '.join(words)} ended with {child.returncode}")
        return used.ru_utime + used.ru_stime, said


def prepare(side: Side, images: int) -> None:
    """The library, and the first run over it, which is not measured."""
    if not side.library.exists():
        draft = side.library.with_suffix(".draft")
        side.act("library", "--images", str(images), "--to", str(draft), "--vectors-only", "--model", MODEL, home=draft)
        draft.rename(side.library)
    done = side.library / "sorted"
    if not done.exists():
        side.sort(side.library / "pictures", side.library / "home", "--clusters", FIRST_CLUSTERS)
        side.act("look", str(side.library / "pictures"), "0")
        done.touch()


def opening(side: Side) -> dict[str, float]:
    """Of a project as the window left it: after the command line it would have other clusters to find first."""
    pictures = str(side.library / "pictures")
    side.act("look", pictures, "0")
    once = side.act("look", pictures, "0")[0]
    often = side.act("look", pictures, str(ROUNDS))[0]
    return {"open again": once, "F5": (often - once) / ROUNDS}


def sorting(side: Side) -> tuple[dict[str, float], bool]:
    pictures, home = side.library / "pictures", side.library / "home"
    side.sort(pictures, home, "--clusters", FIRST_CLUSTERS)
    before = side.act("points", str(pictures))[1]
    seconds = side.sort(pictures, home, "--clusters", OTHER_CLUSTERS)
    return {"sort, other number": seconds}, side.act("points", str(pictures))[1] != before


def thumbnails(side: Side) -> dict[str, float]:
    """The second of two runs, with room for all thumbnails and without."""
    seconds = {}
    for name, megabytes in (("all thumbnails fit", FITTING), (f"{TOO_SMALL} MB of thumbnails", TOO_SMALL)):
        home = side.work / f"{side.name}-{megabytes}"
        (home / "config").mkdir(parents=True, exist_ok=True)
        (home / "config" / "settings.json").write_text(json.dumps({"thumbnail_megabytes": megabytes}))
        for _ in range(2):
            seconds[name] = side.sort(side.photographs, home, "--algorithm", "kmeans", "--clusters", "20")
    return seconds


def photographs(work: Path) -> None:
    """Files whose thumbnails take some 25 kB each."""
    if not (work / "photographs").exists():
        draft = work / "photographs.draft"
        kit = [sys.executable, str(Path(__file__).with_name("make_library.py")), "--to", str(draft)]
        subprocess.run([*kit, "--images", str(PICTURES), "--side", "400", "--grain", "40"], check=True)
        (draft / "pictures").rename(work / "photographs")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--against", type=Path, required=True, help="a checkout of an earlier build")
    parser.add_argument("--images", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="where to prepare, and what to take up again")
    parser.add_argument("--only-prepare", action="store_true", help="stop when all is ready to be measured")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = (chosen.keep or Path(folder)).absolute()
        work.mkdir(parents=True, exist_ok=True)
        return measure(chosen, [Side("before", chosen.against.absolute(), work), Side("now", ROOT, work)])


def measure(chosen: argparse.Namespace, sides: list[Side]) -> int:
    photographs(sides[0].work)
    for side in sides:
        prepare(side, chosen.images)
    if chosen.only_prepare:
        return 0
    began, rows, moved = time.time(), {side.name: {} for side in sides}, {}
    for side in sides:
        rows[side.name] |= opening(side)
    for side in sides:
        seconds, moved[side.name] = sorting(side)
        rows[side.name] |= seconds
    for side in sides:
        rows[side.name] |= thumbnails(side)
    return report(chosen.images, rows, moved, time.time() - began)


def report(images: int, rows: dict[str, dict[str, float]], moved: dict[str, bool], wall: float) -> int:
    before, now = rows["before"], rows["now"]
    print(f"{'processor seconds':24} {'before':>9} {'now':>9} {'ratio':>7} {'goal':>6}")
    for name in before:
        goal = f"{GOALS[name]:6.2f}" if name in GOALS else ""
        print(f"{name:24} {before[name]:9.2f} {now[name]:9.2f} {now[name] / before[name]:7.3f} {goal}")
    fits, tight = list(now)[-2:]
    over = {name: row[tight] / row[fits] for name, row in rows.items()}
    print(f"{'too small / fits':24} {over['before']:9.2f} {over['now']:9.2f} {'':7} {MOST_OVER_FITTING:6.2f}")
    print(f"points of the map moved by another number of clusters: before {moved['before']}, now {moved['now']}")
    met = {name: now[name] <= goal * before[name] for name, goal in GOALS.items()}
    met |= {"thumbnails": over["now"] <= MOST_OVER_FITTING, "points stay": not moved["now"]}
    print(json.dumps({"images": images, "before": before, "now": now, "met": met, "seconds": round(wall)}))
    return 0 if all(met.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
