"""A library's life with its exports: `python tests/faults/export_life.py --sequences 1000`.

Each sequence is a random day: export, edit clusters, rename, undo and redo the edits, rate and edit originals, add and
delete pictures, export again, change the export folder by hand (move, throw away, edit, add sidecars), take exports
back, and be killed in the middle. All of it goes through the real services, with families of up to five files. After
each step: every picture is in exactly one cluster folder, the one it belongs to, unless the user has put it elsewhere
or thrown it away; no family is parted; nothing of the user's is gone or written over; and where nothing was touched
since, taking an export back leaves every name, time, byte and inode as it was before.
"""

import argparse
import gc
import json
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]

from tests.faults.life_world import EDITORS, NAMES, Export, Life, Wrong, require

from shoal.delivering.earlier import exports_into
from shoal.delivering.exporting import resume_export, undo_export, unfinished_export
from shoal.domain.errors import ShoalError
from shoal.domain.task import Task

STEPS = 14
ACTIONS = ("copy", "copy", "copy", "move", "hardlink")
LONGEST_KILL = 0.03
REPORT_EVERY = 50


class Day:
    """One sequence. Every method is a step; its name is what is counted."""

    def __init__(self, life: Life) -> None:
        self.life, self.rng, self.log = life, life.rng, []

    def step(self) -> str:
        name = self.rng.choices(list(STEP_WEIGHTS), list(STEP_WEIGHTS.values()))[0]
        self.log.append(name)
        getattr(self, name)()
        self.life.check_always()
        return name

    # --- edits of the clusters

    def _remember(self) -> None:
        self.life.edits.append((dict(self.life.homes), dict(self.life.names)))
        self.life.undone.clear()

    def move_to_cluster(self) -> None:
        self._remember()
        for picture in self.rng.sample(sorted(self.life.homes), min(2, len(self.life.homes))):
            self.life.homes[picture] = self.rng.randrange(0, 4)

    def rename_cluster(self) -> None:
        self._remember()
        free = sorted({*NAMES} - {*self.life.names.values()})
        self.life.names[self.rng.randrange(1, 4)] = self.rng.choice(free)

    def undo_edit(self) -> None:
        self._go(self.life.edits, self.life.undone)

    def redo_edit(self) -> None:
        self._go(self.life.undone, self.life.edits)

    def _go(self, source: list, other: list) -> None:
        if source:
            other.append((dict(self.life.homes), dict(self.life.names)))
            homes, names = source.pop()
            self.life.homes |= {picture: home for picture, home in homes.items() if picture in self.life.homes}
            self.life.names = names

    # --- the originals

    def rate(self) -> None:
        picture = self._original()
        if picture is not None:
            self.life.write_member(picture, picture.with_name(f"{picture.name}.xmp"))
            self._touched()

    def edit_original(self) -> None:
        picture = self._original()
        if picture is not None and self.life.action == "copy":
            content = self.life.new_content()
            picture.write_bytes(content)
            self.life.leads[content] = str(picture)
            self.life.originals[str(picture)] = content
            self._touched()

    def add_picture(self) -> None:
        self.life.add_picture()
        self._touched()

    def delete_original(self) -> None:
        picture = self._original()
        if picture is None or len(self.life.homes) < 3:
            return
        for path in self.life.family_at(str(picture), picture.parent):
            path.unlink()
            self.life.users.discard(path)
        self._forget(str(picture))
        self._touched()

    def _forget(self, picture: str) -> None:
        """It is no longer asked for; what stands of it in the export folder may be the last copy."""
        self.life.homes.pop(picture)
        self.life.originals.pop(picture)
        for known in (self.life.known, self.life.thrown, self.life.strayed):
            known.pop(picture, None) if isinstance(known, dict) else known.discard(picture)

    def _original(self) -> Path | None:
        there = [Path(picture) for picture in sorted(self.life.homes) if Path(picture).exists()]
        return self.rng.choice(there) if there else None

    # --- by hand, in the export folder

    def move_by_hand(self) -> None:
        picture, path = self._exported()
        folders = [one for one in sorted(self.life.out.glob("[!.]*")) if one.is_dir() and path and one != path.parent]
        if path is None or not folders:
            return
        family, to = self.life.family_at(picture, path.parent), self.rng.choice(folders)
        if any((to / one.name).exists() for one in family):
            return
        for one in family:
            one.rename(to / one.name)
        self.life.strayed.add(picture)
        self._touched()

    def throw_away(self) -> None:
        picture, path = self._exported()
        if path is None or self.life.action == "move":
            return
        for one in self.life.family_at(picture, path.parent):
            self.life.users.discard(one.read_bytes())
            one.unlink()
        self.life.thrown.add(picture)
        self._touched()

    def edit_copy(self) -> None:
        picture, path = self._exported()
        if path is None or self.life.action == "hardlink":
            return
        content = self.life.new_content()
        self.life.users.discard(path.read_bytes())
        path.write_bytes(content)
        self.life.leads[content] = picture
        self.life.users.add(content)
        if self.life.action == "move":
            self.life.originals[picture] = content
        self._touched()

    def add_sidecar(self) -> None:
        picture, path = self._exported()
        if path is None:
            return
        sidecar = path.with_name(f"{path.name}.{self.rng.choice(EDITORS)}")
        if not sidecar.exists():
            self.life.write_member(Path(picture), sidecar)
            self.life.users.add(sidecar.read_bytes())
            self._touched()

    def add_notes(self) -> None:
        _picture, path = self._exported()
        if path is not None:
            content = self.life.new_content()
            path.with_name(f"notes {self.life.count}.txt").write_bytes(content)
            self.life.users.add(content)
            self._touched()

    def _exported(self) -> tuple[str, Path | None]:
        copies = sorted(
            (picture, paths[0]) for picture, paths in self.life.copies().items() if picture in self.life.homes
        )
        return self.rng.choice(copies) if copies else ("", None)

    def _touched(self) -> None:
        for export in self.life.stack:
            export.clean = False

    # --- exports

    def export(self) -> None:
        life, before = self.life, self.life.state()
        there = set(life.copies())
        world = life.world()
        result = world.export(life.action, sidecars=life.sidecars, template=life.template)
        self._after_export(before, there, {result.id} - {""})

    def _after_export(self, before, there: set[str], ids: set[str]) -> None:
        life = self.life
        life.check_exported()
        if ids:
            life.stack.append(Export(ids, before, set(life.copies()) - there))

    def take_back(self) -> None:
        if self._to_take_back():
            outcome = undo_export(self.life.out, self.life.journals, Task())
            self._after_undo(outcome.kept)

    def _to_take_back(self) -> set[str]:
        return {header.id for header in exports_into(self.life.out, self.life.journals) if not header.undone}

    def _after_undo(self, kept) -> None:
        life, waiting = self.life, self._to_take_back()
        while life.stack and not life.stack[-1].ids & waiting:
            export = life.stack.pop()
            if export.clean and not kept:
                self._require_as_before(export.before)
            left = set().union(*(one.wrote for one in life.stack)) if life.stack else set()
            life.thrown &= left | {picture for picture in life.thrown if picture not in export.wrote}
            life.strayed -= export.wrote
        life.check_edits(life.copies())

    def _require_as_before(self, before) -> None:
        now = self.life.state()
        changed = sorted(name for name in {*before, *now} if before.get(name) != now.get(name))
        require(not changed, f"undo is not exact: {changed[:3]} of {len(changed)}")

    def kill_export(self) -> None:
        life, before = self.life, self.life.state()
        there, world = set(life.copies()), life.world()
        was = self._to_take_back()
        self._killed(lambda: world.export(life.action, sidecars=life.sidecars, template=life.template))
        life.check_always()
        choice = self.rng.choice(("resume", "export", "take back"))
        if choice == "resume" and unfinished_export(life.out, life.journals):
            resume_export(life.out, life.journals, Task())
        elif choice == "take back" and self._to_take_back() - was:
            life.stack.append(Export(self._to_take_back() - was, before, set(life.copies()) - there))
            self.take_back()
            return
        else:
            life.world().export(life.action, sidecars=life.sidecars, template=life.template)
        self._after_export(before, there, self._to_take_back() - was)

    def kill_undo(self) -> None:
        if self._to_take_back():
            self._killed(lambda: undo_export(self.life.out, self.life.journals, Task()))
            self.life.check_always()
            if self._to_take_back() >= (self.life.stack[-1].ids if self.life.stack else set()):
                self.take_back()
            else:
                self._after_undo(())

    def _killed(self, work) -> None:
        child = os.fork()
        if child == 0:
            gc.disable()  # Qt's threads are not in a fork; the end of what they belong to would wait for them
            code = 1
            try:
                work()
                code = 0
            except ShoalError:
                code = 3
            except BaseException:  # noqa: BLE001  # the parent has to hear of it
                traceback.print_exc()
            finally:
                os._exit(code)
        time.sleep(self.rng.random() * LONGEST_KILL)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        require(os.WIFSIGNALED(status) or os.WEXITSTATUS(status) in {0, 3}, "the work broke down")


STEP_WEIGHTS = {
    "export": 30, "move_to_cluster": 14, "rename_cluster": 5, "undo_edit": 4, "redo_edit": 3, "rate": 5,
    "edit_original": 4, "add_picture": 4, "delete_original": 2, "move_by_hand": 5, "throw_away": 4, "edit_copy": 4,
    "add_sidecar": 6, "add_notes": 1, "take_back": 12, "kill_export": 7, "kill_undo": 4,
}  # fmt: skip


def run_sequence(seed: int, base: str | None) -> tuple[str | None, Counter]:
    """What went wrong, or None; and which steps were made how often."""
    rng, steps = random.Random(seed), Counter()
    with tempfile.TemporaryDirectory(dir=base) as folder:
        templates = ("{cluster}/{name}", "{cluster}/{name}", "{cluster}/{cluster}_{seq}")
        life = Life(Path(folder), rng, rng.choice(ACTIONS), rng.random() < 0.2, rng.choice(templates))
        day = Day(life)
        try:
            day.export()
            for _ in range(STEPS):
                steps[day.step()] += 1
        except (Wrong, ShoalError) as wrong:
            told = f"{life.action}, sidecars {life.sidecars}, {life.template}"
            return f"sequence {seed} ({told}) after {', '.join(day.log)}: {wrong!r}", steps
        except Exception:  # noqa: BLE001  # a sequence that breaks down is wrong, and the others go on
            return f"sequence {seed} after {', '.join(day.log)}: {traceback.format_exc()}", steps
    return None, steps


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sequences", type=int, default=100)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1, help="processes at a time")
    parser.add_argument("--folder", help="where to work; a memory disk where there is one")
    chosen = parser.parse_args()
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    seeds = range(chosen.first_seed, chosen.first_seed + chosen.sequences)
    steps, wrong = Counter(), []
    with ProcessPoolExecutor(chosen.jobs, get_context("fork")) as pool:
        for done, (found, made) in enumerate(pool.map(run_sequence, seeds, repeat(chosen.folder or memory)), 1):
            steps.update(made)
            if found:
                wrong.append(found)
                print(found, flush=True)
            if done % REPORT_EVERY == 0:
                print(f"{done} sequences, {len(wrong)} wrong", file=sys.stderr, flush=True)
    for name, count in sorted(steps.items()):
        print(f"{name:16} {count:6}")
    print(json.dumps({"sequences": chosen.sequences, "steps": sum(steps.values()), "wrong": len(wrong)}))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
