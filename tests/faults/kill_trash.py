"""Kill -9 while duplicates go to the trash and while they come back: `python tests/faults/kill_trash.py --kills 200`.

A child process moves pictures, each with a sidecar, to the trash as Qt does on this system, and is killed at a random
moment; then another brings them back and is killed, too. After every kill each file must be whole, at its place or in
the trash, and after the next start the journal must say which: what it calls done is in the trash and not at its place,
of all else the contrary. In the end all are back: names, bytes, and nothing of ours beside them.

With --far-folder the pictures lie on another drive than the home, whose trash is the drive's own.
"""

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]

from tests.faults.killing import Lost, killed_after, seconds_of
from tests.support.export_world import record_of

from shoal.delivering.trashing_aside import JOURNALS, Leaving, bring_back_from_trash, to_trash_aside
from shoal.domain.export_journal import Step, StepState
from shoal.domain.images import ImageRecord
from shoal.domain.task import Task
from shoal.qt.trash import move_to_trash
from shoal.store.export_journal import journal_ids, open_journal, read_header

GROUP = 3
STATES_IN_TRASH = (StepState.DONE, StepState.KEPT)


@dataclass
class Stage:
    """Groups of three pictures, of which the first stays; a home of its own, and the trash in it."""

    folder: Path
    home: Path

    def build(self, groups: int, rng: random.Random) -> None:
        for path in (self.folder, self.home / "data", self.home / "journals"):
            path.mkdir(parents=True, exist_ok=True)
        os.environ["XDG_DATA_HOME"] = str(self.home / "data")
        self.records: Sequence[ImageRecord] = []
        for number in range(groups * GROUP):
            picture, sidecar = (self.folder / f"IMG_{number:03}{ending}" for ending in (".jpg", ".jpg.xmp"))
            picture.write_bytes(rng.randbytes(rng.randrange(2_000, 60_000)))
            sidecar.write_bytes(b"about " + rng.randbytes(40))
            self.records.append(record_of(number, picture, [sidecar]))
        self.before = self._files()
        if self._trashes():
            raise SystemExit(f"{self._trashes()[0]} is somebody's trash: choose another drive")

    @property
    def leaving(self) -> list[Leaving]:
        spare = [(number, record) for number, record in enumerate(self.records) if number % GROUP]
        return [Leaving(record, [self.records[number - number % GROUP]]) for number, record in spare]

    def throw(self) -> None:
        to_trash_aside(self.leaving, self.folder, self.home / "journals", move_to_trash, Task())

    def bring_back(self) -> None:
        while (back := bring_back_from_trash(self.folder, self.home / "journals", Task())) is not None:
            if back.kept:
                raise Lost(f"{back.kept[0].path} was not brought back: {back.kept[0].reason}")

    def settle(self) -> None:
        """As the next start of the program does before anything else goes to the trash."""
        to_trash_aside([], self.folder, self.home / "journals", move_to_trash, Task())

    def require_all_whole(self) -> None:
        in_trash = self._contents_in_trash()
        for path, content in self.before.items():
            if _content(path) != content and content not in in_trash:
                raise Lost(f"{path.name} is neither at its place nor in the trash")

    def require_journal_tells(self) -> None:
        """One that was cut off while it was made has no header yet: nothing had moved."""
        journals = self.home / "journals" / JOURNALS
        for id_ in journal_ids(journals):
            journal = open_journal(journals, id_) if read_header(journals, id_) else None
            if journal is not None:
                with journal:
                    for step in journal.steps():
                        self._require_told(step)

    def _require_told(self, step: Step) -> None:
        assert step.source is not None
        is_there = _content(step.source) == self.before[step.source]
        in_trash = step.target.is_absolute() and _content(step.target) == self.before[step.source]
        if step.state in STATES_IN_TRASH and not (in_trash and not is_there):
            raise Lost(f"{step.source.name}: {step.state}, but in the trash {in_trash}, at its place {is_there}")
        if step.state not in STATES_IN_TRASH and not is_there:
            raise Lost(f"{step.source.name}: {step.state}, but not at its place")

    def require_as_before(self) -> None:
        now = self._files()
        if now != self.before:
            changed = {path.name for path in {*now, *self.before} if now.get(path) != self.before.get(path)}
            raise Lost(f"not as before: {sorted(changed)[:5]}")

    def forget(self) -> None:
        shutil.rmtree(self.home / "journals")
        (self.home / "journals").mkdir()
        for trash in self._trashes():
            shutil.rmtree(trash)

    def _files(self) -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in self.folder.iterdir() if path.is_file()}

    def _trashes(self) -> list[Path]:
        places = [self.home / "data" / "Trash", *(above / f".Trash-{os.getuid()}" for above in self.folder.parents)]
        return [place for place in places if place.is_dir()]

    def _contents_in_trash(self) -> set[bytes]:
        return {file.read_bytes() for trash in self._trashes() for file in (trash / "files").glob("*")}


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def one_round(stage: Stage, rng: random.Random, seconds: tuple[float, float], counts: Counter[str]) -> None:
    counts["kills"] += killed_after(stage.throw, rng.random() * seconds[0])
    stage.require_all_whole()
    if counts["rounds"] % 2:
        stage.settle()
        stage.require_journal_tells()
    counts["kills while coming back"] += killed_after(stage.bring_back, rng.random() * seconds[1])
    stage.require_all_whole()
    stage.bring_back()
    stage.require_journal_tells()
    stage.require_as_before()
    stage.forget()
    counts["rounds"] += 1


def tried(stage: Stage, kills: int, rng: random.Random) -> Counter[str]:
    counts = Counter(kills=0, rounds=0, lost=0)
    seconds = seconds_of(stage.throw), seconds_of(stage.bring_back)
    stage.require_as_before()
    stage.forget()
    while counts["kills"] < kills and counts["rounds"] < 3 * kills:
        try:
            one_round(stage, rng, seconds, counts)
        except Lost as lost:
            print(f"round {counts['rounds']}: {lost}", flush=True)
            counts["lost"] += 1
            break
    return counts


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--groups", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--far-folder", type=Path, help="on another drive than the home")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory(dir=options.far_folder) as far:
        stage = Stage((Path(far) if options.far_folder else Path(home)) / "pictures", Path(home))
        stage.build(options.groups, rng)
        counts = tried(stage, options.kills, rng)
        print(json.dumps({"files": len(stage.before), **counts}))
    return int(counts["lost"] > 0)


if __name__ == "__main__":
    sys.exit(main())
