"""A disk that is really full: `python tests/faults/full_disk_exports.py`.

Runs in a user namespace of its own, where it may mount small memory disks: one for the export folder, one for the
journals. A ballast file leaves more or less space, from none to all that an export takes; the plan is made before, so
that the export begins. A full disk must be told in a sentence and lose nothing; when the ballast is gone, the export
goes on to its end. Then it is undone, and the tree must be as it was. The journals are also tried with a reserve.
"""

import argparse
import gc
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from shoal.domain.export_plan import ExportPlan

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]

from tests.faults.export_stage import BROKEN, DONE, FULL, Stage, print_table, run_child
from tests.faults.killing import Lost, require

from shoal.delivering.exporting import export_clusters
from shoal.domain.task import Task
from shoal.files.reserve import Reserve

INSIDE = "SHOAL_FULL_DISK_INSIDE"
MODES = ["copy", "move", "crop"]
PLACES = ["export folder", "journals", "journals with reserve"]
RESERVE_BYTES = 1 << 20
DISK_BYTES = 24 << 20


class PlannedStage(Stage):
    """Exports by a plan that was made while there was space."""

    plan: ExportPlan

    def export(self) -> int:
        return (
            DONE if not export_clusters(self.plan, self.world.images, self.world.journals, Task()).left_out else BROKEN
        )


def built(base: Path, mode: str, files: int) -> PlannedStage:
    """The pictures lie beside the two small disks, so that moving goes from drive to drive."""
    crops = mode == "crop"
    stage = PlannedStage.build(base / "near", base / "disk", mode if crops else "move to another drive", files, 40_000)
    stage.action = "copy" if crops else mode
    stage.world.out = base / "disk" / "out"
    stage.world.journals = base / "journals" / "own"
    stage.world.journals.mkdir()
    stage.plan = stage.world.plan(stage.action, crops=crops)
    return stage


def in_child(stage: Stage, what: str) -> int:
    child = os.fork()
    if child == 0:
        gc.disable()  # Qt's threads are not in a fork; the end of what they belong to would wait for them
        os._exit(run_child(stage, what))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def fill(disk: Path, leave: int) -> Path:
    ballast = disk / "ballast"
    with open(ballast, "wb") as file:
        size = max(0, free_bytes(disk) - leave)
        if size:
            os.posix_fallocate(file.fileno(), 0, size)
    return ballast


def one_round(stage: PlannedStage, place: str, disk: Path, leave: int, counts: Counter[str]) -> None:
    for what in ("export", "undo"):
        if place.endswith("reserve"):
            require(Reserve(stage.world.journals).hold(RESERVE_BYTES), "the reserve could not be taken again")
        ballast = fill(disk, leave)
        code = in_child(stage, what)
        ballast.unlink()
        counts["told full"] += code == FULL
        counts["had enough"] += code == DONE
        require(code in {DONE, FULL}, f"{what} ended with code {code}, not with a sentence about space")
        stage.check_nothing_lost()
        if what == "export":
            stage.finish()
            stage.check_complete()
    require(stage.undo() == DONE, "something was kept")
    stage.check_as_before()
    stage.forget_journals()


def test_place(base: Path, mode: str, place: str, options: argparse.Namespace) -> Counter[str]:
    counts: Counter[str] = Counter(dict.fromkeys(["levels", "told full", "had enough", "lost"], 0))
    stage = built(base, mode, options.files)
    disk = base / ("disk" if place == "export folder" else "journals")
    needed = stage.plan.bytes_needed * 1.1 if place == "export folder" else 600_000
    for level in range(options.levels + 1):
        counts["levels"] += 1
        try:
            one_round(stage, place, disk, int(needed * level / options.levels), counts)
        except Lost as lost:
            print(f"{mode}, {place}, level {level}: {lost}", flush=True)
            counts["lost"] += 1
            break
    shutil.rmtree(base / "near")
    shutil.rmtree(stage.world.journals)
    return counts


def run_inside(options: argparse.Namespace) -> int:
    base = Path(os.environ[INSIDE])
    for name in ("disk", "journals"):
        (base / name).mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "none", base / name], check=True)
    results = {}
    for mode in options.modes:
        for place in PLACES:
            (base / "near").mkdir()
            results[f"{mode}, {place}"] = test_place(base, mode, place, options)
    columns = list(next(iter(results.values())))
    print_table([[name, *counts.values()] for name, counts in results.items()], ["full: ", *columns])
    print(json.dumps({"files": options.files, **results}))
    return int(any(counts["lost"] for counts in results.values()))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=100)
    parser.add_argument("--levels", type=int, default=40)
    parser.add_argument("--modes", nargs="*", default=MODES, choices=MODES)
    options = parser.parse_args()
    if INSIDE in os.environ:
        return run_inside(options)
    own = ["unshare", "--user", "--map-root-user", "--mount"]
    if not shutil.which("unshare") or subprocess.run([*own, "true"], capture_output=True, check=False).returncode:
        print(
            "no user namespace may be made here, so nothing can be mounted: strace_exports.py --fault full does it too"
        )
        return 0
    with tempfile.TemporaryDirectory() as base:
        return subprocess.run(
            [*own, sys.executable, *sys.argv], env={**os.environ, INSIDE: base}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
