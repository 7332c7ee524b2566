"""How much of what the code says the tests hold it to: small changes are made to it, and each should fail a test.

    python tests/measure/mutants.py [ROOM ...] [--count 60] [--seed 1 2] [--out FILE.json]

A random sample of each room's places is changed (`mutations.py`), one at a time, in a copy of the tree. Then those
tests of the room that come by the changed lines run until the first that fails, those of the file of the same name
first, then the quickest; all of the room's for what runs once, with the module. Only what survives these meets the
tests of other rooms (`TRIED_BY`), and what nobody was seen to come by, as in a process of its own, all of the room's.
What survives them, too, is listed: either a test is missing, or the change makes no difference that anybody could see.
For those there is `no_difference.toml`, each with its reason: they are listed, and counted neither as caught nor as
survivors. A change after which the tests do not end in time counts as caught.

A run that was cut off goes on where `--out` ends: changes that stand there are not tried again. Which tests come by
which lines is kept beside it, and found out anew where anything of the tree has changed.

`--again FILE.json` tries those that survived an earlier run, as far as their files are what they were; with `--tests
FILE ...` by these tests alone, which takes seconds.
"""

import argparse
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from coverage import CoverageData

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.measure.chosen_tests import CHOSEN, TOLD
from tests.measure.mutations import Mutant, mutants_of, mutated

ROOMS = ("domain", "projects", "files", "exports")
TRIED_BY = {"domain": ("delivering",), "exports": ("delivering",), "files": ("exports",), "projects": ("recipes",)}
"""Rooms whose tests try that one as well: a plan is tried by carrying it out."""
LONGEST_SECONDS = 600
NO_DIFFERENCE = Path(__file__).with_name("no_difference.toml")


@dataclass(frozen=True, slots=True)
class Outcome:
    mutant: Mutant
    seed: int
    caught: bool
    seconds: float = 0.0
    no_difference: str = ""
    """Why nobody could see the change, which then has not been tried."""


def sample(room: str, count: int, seed: int, root: Path = ROOT) -> list[Mutant]:
    files = sorted((root / "src" / "shoal" / room).rglob("*.py"))
    everything = [mutant for file in files for mutant in mutants_of(file, root)]
    return random.Random(f"{seed} {room}").sample(everything, min(count, len(everything)))


def reasons(file: Path = NO_DIFFERENCE) -> dict[tuple[str, str, str, str], str]:
    """Why nobody could see a change, by its file, its line and what stands there before and after."""
    rows = tomllib.loads(file.read_text(encoding="utf-8")).get("change", [])
    return {(f"src/shoal/{row['file']}", row["line"], row["before"], row["after"]): row["reason"] for row in rows}


def identity(mutant: Mutant, root: Path = ROOT) -> tuple[str, str, str, str]:
    """It holds although lines come and go above."""
    line = (root / mutant.file).read_text(encoding="utf-8").split("\n")[mutant.line - 1]
    return mutant.file, line.strip(), mutant.before, mutant.after


@dataclass(frozen=True, slots=True)
class Tests:
    """Of a room. `is_own`: of the one that is changed. `passing_by`: of each file, by its lines, those that come by.
    `seconds`: of each test. `failing`: without any change, such as those that ask for a speed which a busy machine has
    not; they say nothing about one."""

    is_own: bool
    passing_by: Mapping[str, Mapping[int, set[str]]]
    seconds: Mapping[str, float]
    failing: frozenset[str]

    def of(self, mutant: Mutant) -> list[str]:
        """In the order in which they run; none where nobody comes by."""
        lines = self.passing_by.get(mutant.file, {})
        changed = range(mutant.line, mutant.last_line + 1)
        coming_by = set[str]().union(*(lines.get(line, set()) for line in changed))
        if not coming_by and lines.keys().isdisjoint(changed):
            return []
        by_the_file = set[str]().union(*lines.values())
        namesake = f"/test_{Path(mutant.file).stem}.py"
        others = self.seconds.keys() if self.is_own else by_the_file
        return sorted(
            (coming_by or others) - self.failing,
            key=lambda test: (namesake not in test, test not in by_the_file, self.seconds.get(test, 0.0), test),
        )

    @property
    def every(self) -> list[str]:
        return sorted(self.seconds.keys() - self.failing, key=lambda test: (self.seconds[test], test))

    @property
    def longest_seconds(self) -> int:
        """After which a test is taken for one that would never end."""
        return 20 + round(10 * max(self.seconds.values(), default=0.0))


def tests_of(room: str, tree: Path, files: Sequence[str], is_own: bool) -> Tests:
    """Which of these files' tests come by which of the room's lines. Raises RuntimeError if they cannot even be run."""
    data_file, told = tree / f".coverage.{room}", tree / f".told.{room}"
    measured = [f"--cov=src/shoal/{room}", "--cov-context=test", "--cov-report=", f"--basetemp={tree / 'written'}"]
    said = _run([*measured, *files], tree, {"COVERAGE_FILE": str(data_file), TOLD: str(told)})
    if said.returncode not in (0, 1):
        raise RuntimeError(said.stdout)
    tests: dict[str, tuple[float, bool]] = json.loads(told.read_text(encoding="utf-8"))
    failing = frozenset(name for name, (_seconds, failed) in tests.items() if failed)
    seconds = {name: duration for name, (duration, _failed) in tests.items()}
    return Tests(is_own, _passing_by(data_file, tree), seconds, failing)


def _passing_by(data_file: Path, tree: Path) -> dict[str, dict[int, set[str]]]:
    data = CoverageData(str(data_file))
    data.read()
    return {
        Path(file).relative_to(tree).as_posix(): {
            line: {context.split("|")[0] for context in contexts if context}
            for line, contexts in data.contexts_by_lineno(file).items()
        }
        for file in data.measured_files()
    }


class Trials:
    """Of one room's changes in a copy of the tree, by the tests of one room after the other.

    Who comes by which lines is found out when it is asked for, and `kept` for a tree that is the same to the letter.
    """

    def __init__(self, room: str, tree: Path, only: Sequence[str], kept: Path | None) -> None:
        self._room, self._tree, self._only, self._kept = room, tree, only, kept
        self._tests: dict[str, Tests] = {}

    def is_caught(self, mutant: Mutant) -> bool:
        folders = [""] if self._only else [self._room, *TRIED_BY.get(self._room, ())]
        comes_by = False
        for folder in folders:
            names = self._of(folder).of(mutant)
            if names and self._fails(mutant, names, folder):
                return True
            comes_by |= bool(names)
        return not comes_by and self._fails(mutant, self._of(folders[0]).every, folders[0])

    def _fails(self, mutant: Mutant, names: Sequence[str], folder: str) -> bool:
        file = self._tree / mutant.file
        source = file.read_text(encoding="utf-8")
        file.write_text(mutated(source, mutant.place), encoding="utf-8")
        try:
            return not _pass(names, self._tree, self._of(folder).longest_seconds)
        finally:
            file.write_text(source, encoding="utf-8")

    def _of(self, folder: str) -> Tests:
        if folder not in self._tests:
            files = self._only or [
                path.relative_to(self._tree).as_posix()
                for path in sorted((self._tree / "tests" / folder).glob("test_*.py"))
            ]
            self._tests[folder] = self._kept_or_new(files, folder in ("", self._room), f"{self._room}.{folder}")
        return self._tests[folder]

    def _kept_or_new(self, files: Sequence[str], is_own: bool, name: str) -> Tests:
        if self._kept is None:
            return tests_of(self._room, self._tree, files, is_own)
        tree = _digest(self._tree, files)
        file = self._kept.with_name(f"{self._kept.name}.{name}")
        before = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
        if before.get("tree") != tree:
            tests = tests_of(self._room, self._tree, files, is_own)
            lines = {path: {line: sorted(names) for line, names in by.items()} for path, by in tests.passing_by.items()}
            before = {"tree": tree, "lines": lines, "seconds": tests.seconds, "failing": [*tests.failing]}
            file.write_text(json.dumps(before), encoding="utf-8")
        passing_by = {path: {int(n): set(names) for n, names in by.items()} for path, by in before["lines"].items()}
        return Tests(is_own, passing_by, before["seconds"], frozenset(before["failing"]))


def _digest(tree: Path, files: Sequence[str]) -> str:
    content = hashlib.sha256(repr(files).encode())
    for path in sorted([*(tree / "src").rglob("*.py"), *(tree / "tests").rglob("*.py")]):
        if path.parent.name != "measure":
            content.update(path.read_bytes())
    return content.hexdigest()


def _pass(names: Sequence[str], tree: Path, longest: int) -> bool:
    chosen = tree / ".chosen"
    chosen.write_text("\n".join(names), encoding="utf-8")
    files = dict.fromkeys(name.split("::")[0] for name in names)
    words = ["-x", f"--timeout={longest}", *files]
    try:
        return _run(words, tree, {CHOSEN: str(chosen)}, LONGEST_SECONDS).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def _run(
    words: Sequence[str], tree: Path, more: Mapping[str, str], seconds: float | None = None
) -> subprocess.CompletedProcess[str]:
    own_plugin = ["-p", "no:cacheprovider", "-p", "tests.measure.chosen_tests"]
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", *own_plugin]
    paths = os.pathsep.join([str(tree / "src"), str(tree)])
    own = {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "", "QT_QPA_PLATFORM": "offscreen"}
    environment = {**os.environ, **own, **more}
    return subprocess.run([*command, *words], cwd=tree, env=environment, capture_output=True, text=True,
                          timeout=seconds, check=False)  # fmt: skip


def copied(root: Path, target: Path) -> Path:
    """Of the files that git knows, so that nothing here can touch the tree itself."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        if (root / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, target / name)
    return target


Chosen = dict[str, list[tuple[int, Mutant]]]
"""By room; the number is the seed that chose the change."""


def _sampled(rooms: Sequence[str], count: int, seeds: Sequence[int]) -> Chosen:
    return {room: [(seed, mutant) for seed in seeds for mutant in sample(room, count, seed)] for room in rooms}


def _survivors(report: Path) -> Chosen:
    chosen: Chosen = {}
    for room, rows in json.loads(report.read_text(encoding="utf-8")).items():
        survived = [(row["seed"], Mutant(**row["mutant"])) for row in rows if not row["caught"]]
        chosen[room] = [pair for pair in survived if pair[1] in mutants_of(ROOT / pair[1].file, ROOT)]
    return chosen


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rooms", nargs="*", default=list(ROOMS))
    parser.add_argument("--count", type=int, default=60, help="of each room and seed")
    parser.add_argument("--seed", type=int, nargs="+", default=[1])
    parser.add_argument("--again", type=Path, help="what survived this earlier run")
    parser.add_argument("--tests", nargs="+", default=[], help="these files of tests, not the room's")
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    chosen = _survivors(asked.again) if asked.again else _sampled(asked.rooms, asked.count, asked.seed)
    outcomes = _read(asked.out)
    with tempfile.TemporaryDirectory() as folder:
        tree = copied(ROOT, Path(folder))
        for room, mutants in chosen.items():
            done = {(outcome.seed, outcome.mutant) for outcome in outcomes.setdefault(room, [])}
            left = [pair for pair in mutants if pair not in done]
            if left:
                for outcome in _tried_all(left, Trials(room, tree, asked.tests, asked.out)):
                    outcomes[room].append(outcome)
                    _write(asked.out, outcomes)
    _tell(outcomes)
    return 0


def _tried_all(mutants: Sequence[tuple[int, Mutant]], trials: Trials) -> Iterable[Outcome]:
    unseen = reasons()
    for seed, mutant in mutants:
        reason, began = unseen.get(identity(mutant), ""), time.monotonic()
        caught = not reason and trials.is_caught(mutant)
        if not caught:
            words = f"  (not counted: {reason})" if reason else ""
            print(f"{mutant.file}:{mutant.line}  {mutant.before}  ->  {mutant.after}{words}", flush=True)
        yield Outcome(mutant, seed, caught, round(time.monotonic() - began, 1), reason)


def _read(file: Path | None) -> dict[str, list[Outcome]]:
    rooms = json.loads(file.read_text(encoding="utf-8")) if file and file.is_file() else {}
    return {
        room: [Outcome(**{**row, "mutant": Mutant(**row["mutant"])}) for row in rows] for room, rows in rooms.items()
    }


def _write(file: Path | None, outcomes: Mapping[str, Sequence[Outcome]]) -> None:
    if file:
        rows = {room: [asdict(outcome) for outcome in some] for room, some in outcomes.items()}
        file.write_text(json.dumps(rows, indent=1), encoding="utf-8")


def _tell(outcomes: Mapping[str, Sequence[Outcome]]) -> None:
    """The share is of those that somebody could see."""
    print(f"\n{'room':10} {'seed':>5} {'changes':>8} {'seen by nobody':>15} {'caught':>7} {'share':>6} {'seconds':>8}")
    for room, every in outcomes.items():
        for seed in dict.fromkeys(outcome.seed for outcome in every):
            some = [outcome for outcome in every if outcome.seed == seed]
            unseen = sum(bool(outcome.no_difference) for outcome in some)
            caught = sum(outcome.caught for outcome in some)
            share, seconds = caught / max(len(some) - unseen, 1), sum(outcome.seconds for outcome in some)
            print(f"{room:10} {seed:5} {len(some):8} {unseen:15} {caught:7} {share:6.0%} {seconds:8.0f}")


if __name__ == "__main__":
    sys.exit(main())
