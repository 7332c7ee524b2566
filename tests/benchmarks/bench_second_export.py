"""A second export of 100,000 files into the same folder, after ten changes: what planning costs, and what it touches.

    python tests/benchmarks/bench_second_export.py [--files 100000] [--rounds 3]

The first export is as an export leaves it, steps, journal and marker, but its files are written without the care that
takes minutes at this number. Ten pictures are put into other clusters between the exports. The processor time is that
of the whole plan, journals read, originals and copies looked at; the first plan, for an empty folder, stands beside it.
The plan is then carried out, and every file of both trees looked at before and after: which ones it touched. Last the
export dialog is opened on the same world and cancelled while it plans: by the clock, from the click to the dialog's
end. Tables are left out of the exports: they are made afterwards, from the plan.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from tests.support.export_world import ExportWorld, record_of

from shoal.delivering.export_steps import export_steps
from shoal.delivering.exporting import PlanSetting, plan_clusters
from shoal.delivering.shot_sidecars import SidecarRemarks
from shoal.domain.export_journal import ExportHeader, FolderRecord, StepState
from shoal.domain.export_plan import ExportPlan
from shoal.domain.grouping import Cluster, ClusterId, Grouping
from shoal.domain.task import Task
from shoal.files.safe_files import look
from shoal.qt.pool import wait_for_leaving
from shoal.store.export_journal import create_journal

CLUSTERS, CHANGES, FILES_PER_FOLDER = 100, 10, 1000


def make_world(folder: Path, files: int) -> ExportWorld:
    pictures, records = folder / "pictures", []
    for number in range(files):
        path = pictures / f"day {number // FILES_PER_FOLDER}" / f"IMG_{number:06}.JPG"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%d" % number)
        records.append(record_of(number, path))
    homes = np.random.default_rng(1).integers(1, CLUSTERS + 1, files).astype(np.int32)
    clusters = {ClusterId(n): Cluster(ClusterId(n), f"Cluster {n:03}") for n in range(1, CLUSTERS + 1)}
    return ExportWorld(pictures, folder / "out", folder / "journals", records, Grouping(clusters, homes, homes > 0))


def as_loaded(world: ExportWorld) -> ExportWorld:
    """With paths that nobody has asked anything yet, as they come from a project."""
    records = [replace(record, path=Path(str(record.path))) for record in world.records]
    return replace(world, records=records)


def exported_before(world: ExportWorld) -> None:
    """What a first export leaves behind."""
    plan = world.plan()
    header = ExportHeader("f" * 32, plan.root, "copy", datetime.now(UTC).isoformat(), finished=True)
    steps, contents = export_steps(plan, header, world.images, {}, SidecarRemarks(), Task())
    for folder in {world.out / step.target.parent for step in steps}:
        folder.mkdir(parents=True, exist_ok=True)
    done = []
    for step in steps:
        target = world.out / step.target
        target.write_bytes(step.source.read_bytes() if step.source else contents[step.number])
        if step.stamp:
            os.utime(target, ns=(step.stamp.modified_ns, step.stamp.modified_ns))
        done.append(replace(step, state=StepState.DONE, made=look(target)))
    with create_journal(world.journals, header, done, {}) as journal:
        folders = sorted(world.out.glob("Cluster *"))
        journal.remember_folders([FolderRecord(folder, created=True) for folder in (world.out, *folders)])


def looks(*roots: Path) -> dict[str, tuple[int, int, int]]:
    """Of every file, its number and when it, or its place, was last changed."""
    found = {}
    for root in roots:
        for at, _folders, names in os.walk(root):
            for name in names:
                path = os.path.join(at, name)
                status = os.lstat(path)
                found[path] = status.st_ino, status.st_mtime_ns, status.st_ctime_ns
    return found


def touched_by_an_export(world: ExportWorld) -> set[str]:
    """The names of pictures, in either tree, of which anything is not as before."""
    before = looks(world.pictures, world.out)
    world.export(documents=())
    after = looks(world.pictures, world.out)
    changed = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    return {Path(path).name for path in changed if path.endswith(".JPG")}


def planned(world: ExportWorld) -> tuple[float, ExportPlan]:
    world = as_loaded(world)
    started = time.process_time()
    plan = world.plan()
    return time.process_time() - started, plan


def seconds_to_cancel(world: ExportWorld, after: float) -> float:
    from PySide6.QtWidgets import QApplication, QDialog, QWidget

    from shoal.features.exporting.export_dialog import ExportDialog

    application, parent = QApplication.instance() or QApplication([]), QWidget()
    setting = PlanSetting([world.pictures], world.journals)
    dialog = ExportDialog(
        lambda folder, options, task: plan_clusters(world.images, folder, options, setting, task), world.out, parent
    )
    dialog.open()
    until = time.perf_counter() + after
    while time.perf_counter() < until:
        application.processEvents()
    started = time.perf_counter()
    dialog.reject()
    application.processEvents()
    seconds = time.perf_counter() - started
    assert dialog.result() == QDialog.DialogCode.Rejected
    return seconds


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", help="where to work; a memory disk where there is one")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder or ("/dev/shm" if Path("/dev/shm").is_dir() else None)) as base:
        world = make_world(Path(base), chosen.files)
        world.journals.mkdir()
        first, _plan = planned(world)
        exported_before(world)
        homes = world.grouping.home.copy()
        changed = np.random.default_rng(2).choice(chosen.files, CHANGES, replace=False)
        homes[changed] = homes[changed] % CLUSTERS + 1
        world.grouping = replace(world.grouping, home=homes)
        again = [planned(world) for _ in range(chosen.rounds)]
        touched = touched_by_an_export(world)
        wanted = {world.records[number].path.name for number in changed}
        cancel = [seconds_to_cancel(as_loaded(world), 0.15 * number) for number in range(1, 6)]
        wait_for_leaving(60_000)
    seconds = [each for each, _plan in again]
    figures = {
        "files": chosen.files,
        "first plan, processor s": round(first, 2),
        "second plan, processor s": round(statistics.median(seconds), 2),
        "the quickest": round(min(seconds), 2),
        "moves planned": len(again[0][1].moves),
        "to write": len(again[0][1].to_do),
        "pictures touched": len(touched),
        "and these are the ten": touched == wanted,
        "cancel, ms": [round(each * 1000, 1) for each in cancel],
    }
    for name, figure in figures.items():
        print(f"{name:28} {figure}")
    print(json.dumps(figures), flush=True)
    return int(touched != wanted)


if __name__ == "__main__":
    sys.exit(main())
