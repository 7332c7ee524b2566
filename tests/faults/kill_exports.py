"""Kill -9 during exports: `python tests/faults/kill_exports.py --kills 200`.

For each mode an export of 500 families of files is killed at random points. After each kill every original must still
be there, or, while moving, stand whole under its new name. Then, in turn: the export is resumed to its end, its undo is
killed at a random point too, and undone to its end; or the cut-off export is undone straight away. Each time the tree
must be as it was: names, times of files and folders, permissions, hashes and (on one drive) inodes. The mode *crop*
cuts objects out of pictures, each of which must be the same in every byte whenever it is cut. With --families-of-five
no export that has come to its end may have parted a family.
"""

import argparse
import json
import random
import sys
from functools import partial
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]

from tests.faults.export_stage import (
    DONE,
    MODES,
    Stage,
    possible_modes,
    print_table,
    run_child,
    say_how_far,
    two_folders,
)
from tests.faults.killing import Lost, killed_after, require, seconds_of


def one_round(stage: Stage, rng: random.Random, seconds: dict[str, float], counts: dict[str, int]) -> None:
    hit = killed_after(partial(run_child, stage, "export"), rng.random() * seconds["export"])
    counts["kills"] += hit
    stage.check_nothing_lost()
    if counts["rounds"] % 2 == 0:
        stage.finish()
        stage.check_complete()
        counts["resumed"] += hit
        counts["kills of undo"] += killed_after(partial(run_child, stage, "undo"), rng.random() * seconds["undo"])
        stage.check_nothing_lost()
    else:
        counts["undone unfinished"] += hit
    require(stage.undo() == DONE, "something was kept")
    stage.check_as_before()
    stage.forget_journals()
    counts["rounds"] += 1


def test_mode(mode: str, options: argparse.Namespace) -> dict[str, int]:
    rng = random.Random(f"{options.seed}/{mode}")
    counts = dict.fromkeys(["rounds", "kills", "resumed", "undone unfinished", "kills of undo", "lost"], 0)
    with two_folders(options.folder, options.far_folder) as (near, far):
        stage = Stage.build(near, far, mode, options.files, options.size, options.families_of_five)
        seconds = {"export": seconds_of(partial(run_child, stage, "export"))}
        stage.check_complete()
        seconds["undo"] = seconds_of(partial(run_child, stage, "undo"))
        stage.check_as_before()
        stage.forget_journals()
        while counts["kills"] < options.kills and counts["rounds"] < 3 * options.kills:
            try:
                one_round(stage, rng, seconds, counts)
                say_how_far(mode, counts, 20, counts["rounds"])
            except Lost as lost:
                print(f"{mode}, round {counts['rounds']}: {lost}", flush=True)
                counts["lost"] += 1
                break
    return counts


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--families-of-five", action="store_true", help="each picture has four companions")
    parser.add_argument("--size", type=int, default=40_000, help="largest file, in bytes")
    parser.add_argument("--modes", nargs="*", default=MODES, choices=MODES)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--folder", type=Path, help="where to work; a memory disk where there is one")
    parser.add_argument("--far-folder", type=Path, default=Path("/tmp"), help="on another drive than --folder")
    options = parser.parse_args()
    results = {mode: test_mode(mode, options) for mode in possible_modes(options.modes, options.folder)}
    columns = list(next(iter(results.values())))
    print_table([[mode, *counts.values()] for mode, counts in results.items()], ["mode", *columns])
    print(json.dumps({"files": options.files, **results}))
    return int(any(counts["lost"] for counts in results.values()))


if __name__ == "__main__":
    sys.exit(main())
