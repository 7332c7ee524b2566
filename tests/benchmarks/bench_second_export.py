"""A second export of 100,000 files into the same folder, after ten changes: what planning costs, and what it touches.

    python tests/benchmarks/bench_second_export.py [--files 100000] [--rounds 3]

Ten pictures are put into other clusters between the exports. The processor time is that of the whole plan, journals
read, originals and copies looked at; the first plan, for an empty folder, stands beside it. Then the export dialog is
opened on the same world and cancelled while it plans: by the clock, from the click to the dialog's end. Tables are left
out of the exports: they are made afterwards, from the plan.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from tests.support.export_world import ExportWorld, record_of

from shoal.delivering.exporting import PlanSetting, plan_clusters
from shoal.domain.export_plan import ExportPlan
from shoal.domain.grouping import Cluster, ClusterId, Grouping
from shoal.qt.pool import wait_for_leaving

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
        world.export(documents=())
        homes = world.grouping.home.copy()
        changed = np.random.default_rng(2).choice(chosen.files, CHANGES, replace=False)
        homes[changed] = homes[changed] % CLUSTERS + 1
        world.grouping = replace(world.grouping, home=homes)
        again = [planned(world) for _ in range(chosen.rounds)]
        cancel = [seconds_to_cancel(as_loaded(world), 0.15 * number) for number in range(1, 6)]
        wait_for_leaving(60_000)
        result = world.export(documents=())
        touched = [path for path in result.done if path.suffix == ".JPG"]
    plan_seconds = statistics.median(seconds for seconds, _plan in again)
    figures = {
        "files": chosen.files,
        "first plan, processor s": round(first, 2),
        "second plan, processor s": round(plan_seconds, 2),
        "moves planned": len(again[0][1].moves),
        "to write": len(again[0][1].to_do),
        "pictures touched": len(touched),
        "cancel, ms": [round(seconds * 1000, 1) for seconds in cancel],
    }
    for name, figure in figures.items():
        print(f"{name:28} {figure}")
    print(json.dumps(figures), flush=True)
    return int(len(touched) != CHANGES)


if __name__ == "__main__":
    sys.exit(main())
