"""Kill -9 while marks are written into sidecars: `python tests/faults/kill_marks.py --sidecars 500 --kills 200`.

Beside so many pictures stand sidecars as Lightroom, Capture One, darktable, digiKam, Photo Mechanic and Apple Photos
write them, and each picture gets stars, a flag or a label. The writing is killed at random moments: then each sidecar
must hold the old bytes or the new ones, and taking back must bring the old ones and leave nothing of ours.
"""

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]

from tests.faults.killing import killed_after, seconds_of
from tests.support.export_world import record_of
from tests.support.many_sidecars import STYLES

from shoal.delivering.mark_writing import MarkPlan, plan_marks, take_back, write_marks
from shoal.domain.images import ImageRecord
from shoal.domain.task import Task
from shoal.domain.verdicts import Verdict

NO_PICTURE = b"\xff\xd8\xff\xd9"
WHOLE_NAME = ("darktable", "digikam")


def made(folder: Path, count: int, rng: random.Random) -> list[tuple[ImageRecord, Verdict]]:
    """Pictures with a sidecar each, and what is said of them."""
    said = []
    for number in range(count):
        style = list(STYLES)[number % len(STYLES)]
        picture = folder / f"IMG_{number:04}.jpg"
        picture.write_bytes(NO_PICTURE)
        whole = style.lower() in WHOLE_NAME
        sidecar = folder / f"{picture.name}.xmp" if whole else picture.with_suffix(".xmp")
        sidecar.write_bytes(STYLES[style](rng))
        verdict = rng.randrange(6), rng.choice((-1, 0, 1, 3)), rng.choice((-1, 0, 1, 3, 4, 5))
        said.append((record_of(number, picture, [sidecar]), verdict))
    return said


def tried(plan: MarkPlan, records: Path, kills: int, rng: random.Random) -> Counter[str]:
    counts = Counter({"kills": 0, "old when killed": 0, "new when killed": 0, "wrong": 0})

    def writing() -> None:
        write_marks(plan, records, Task())

    whole = seconds_of(writing)
    take_back(records, Task())
    folder = plan.changes[0].path.parent
    names = {path.name for path in folder.iterdir()}
    for _ in range(3 * kills):
        counts["kills"] += killed_after(writing, rng.random() * whole)
        now = [one.path.read_bytes() for one in plan.changes]
        counts["old when killed"] += sum(held == one.before for held, one in zip(now, plan.changes, strict=True))
        counts["new when killed"] += sum(held == one.after for held, one in zip(now, plan.changes, strict=True))
        counts["wrong"] += sum(held not in (one.before, one.after) for held, one in zip(now, plan.changes, strict=True))
        take_back(records, Task())
        counts["wrong"] += sum(one.path.read_bytes() != one.before for one in plan.changes)
        counts["wrong"] += len(names ^ {path.name for path in folder.iterdir()})
        if counts["kills"] >= kills:
            break
    return counts


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sidecars", type=int, default=500)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as home:
        (folder := Path(home) / "pictures").mkdir()
        plan = plan_marks(made(folder, options.sidecars, rng), "full", Task())
        counts = tried(plan, Path(home) / "records", options.kills, rng)
    print(json.dumps({"sidecars": options.sidecars, "changed": len(plan.changes), **counts}))
    return int(counts["wrong"] > 0)


if __name__ == "__main__":
    sys.exit(main())
