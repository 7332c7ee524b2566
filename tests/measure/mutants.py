"""How much of what the code says the tests hold it to: small changes are made to it, and each should fail a test.

    python tests/measure/mutants.py [ROOM ...] [--count 60] [--seed 1 2] [--out FILE.json]

A random sample of each room's places is changed (`mutations.py`), one at a time, in a copy of the tree. Then those
tests of the room that come by the changed lines run until the first that fails, those of the file of the same name
first, then the quickest; all of the room's where none was seen to come by, as in what runs once, with the module. What
survives is listed: either a test is missing, or the change makes no difference that anybody could see. For those there
is `no_difference.toml`, each with its reason: they are listed, and counted neither as caught nor as survivors. A change
after which the tests do not end in time counts as caught.

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
TRIED_BY = {"domain": ("delivering",), "exports": ("delivering",)}
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
    """Of a room. `passing_by`: of each file, by its lines, those that come by. `seconds`: of each test. `failing`:
    without any change, such as those that ask for a speed which a busy machine has not; they say nothing about one."""

    passing_by: Mapping[str, Mapping[int, set[str]]]
    seconds: Mapping[str, float]
    failing: frozenset[str]

    def of(self, mutant: Mutant) -> list[str]:
        """In the order in which they run."""
        lines = self.passing_by.get(mutant.file, {})
        changed = range(mutant.line, mutant.last_line + 1)
        coming_by = set[str]().union(*(lines.get(line, set()) for line in changed))
        by_the_file = set[str]().union(*lines.values())
        namesake = f"/test_{Path(mutant.file).stem}.py"
        return sorted(
            (coming_by or self.seconds.keys()) - self.failing,
            key=lambda test: (namesake not in test, test not in by_the_file, self.seconds.get(test, 0.0), test),
        )

    @property
    def longest_seconds(self) -> int:
        """After which a test is taken for one that would never end."""
        return 20 + round(10 * max(self.seconds.values(), default=0.0))


def test_files(room: str, root: Path) -> list[str]:
    """The room's, and those that try it as well."""
    folders = [root / "tests" / name for name in (room, *TRIED_BY.get(room, ()))]
    return [path.relative_to(root).as_posix() for folder in folders for path in sorted(folder.glob("test_*.py"))]


def tests_of(room: str, tree: Path, files: Sequence[str]) -> Tests:
    """Which of these files' tests come by which lines. Raises RuntimeError where they cannot even be run."""
    data_file, told = tree / f".coverage.{room}", tree / f".told.{room}"
    measured = [f"--cov=src/shoal/{room}", "--cov-context=test", "--cov-report=", f"--basetemp={tree / 'written'}"]
    said = _run([*measured, *files], tree, {"COVERAGE_FILE": str(data_file), TOLD: str(told)})
    if said.returncode not in (0, 1):
        raise RuntimeError(said.stdout)
    tests: dict[str, tuple[float, bool]] = json.loads(told.read_text(encoding="utf-8"))
    failing = frozenset(name for name, (_seconds, failed) in tests.items() if failed)
    return Tests(_passing_by(data_file, tree), {name: seconds for name, (seconds, _failed) in tests.items()}, failing)


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


def kept_tests(room: str, tree: Path, files: Sequence[str], kept: Path | None) -> Tests:
    """As `tests_of`, or as they were `kept` by an earlier run for a tree that was the same to the letter."""
    if kept is None:
        return tests_of(room, tree, files)
    content = hashlib.sha256(repr(files).encode())
    for path in sorted([*(tree / "src").rglob("*.py"), *(tree / "tests").rglob("*.py")]):
        content.update(path.read_bytes())
    file = kept.with_name(f"{kept.name}.{room}")
    before = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    if before.get("tree") != content.hexdigest():
        tests = tests_of(room, tree, files)
        lines = {path: {line: sorted(names) for line, names in by.items()} for path, by in tests.passing_by.items()}
        before = {"tree": content.hexdigest(), "lines": lines, "seconds": tests.seconds, "failing": [*tests.failing]}
        file.write_text(json.dumps(before), encoding="utf-8")
    passing_by = {path: {int(n): set(names) for n, names in by.items()} for path, by in before["lines"].items()}
    return Tests(passing_by, before["seconds"], frozenset(before["failing"]))


def tried(mutant: Mutant, seed: int, tree: Path, tests: Tests) -> Outcome:
    """In a copy of the tree, which is as it was afterwards."""
    file = tree / mutant.file
    source, began = file.read_text(encoding="utf-8"), time.monotonic()
    file.write_text(mutated(source, mutant.place), encoding="utf-8")
    try:
        caught = not _pass(tests.of(mutant), tree, tests.longest_seconds)
    finally:
        file.write_text(source, encoding="utf-8")
    return Outcome(mutant, seed, caught, round(time.monotonic() - began, 1))


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
                tests = kept_tests(room, tree, asked.tests or test_files(room, tree), asked.out)
                for outcome in _tried_all(left, tree, tests):
                    outcomes[room].append(outcome)
                    _write(asked.out, outcomes)
    _tell(outcomes)
    return 0


def _tried_all(mutants: Sequence[tuple[int, Mutant]], tree: Path, tests: Tests) -> Iterable[Outcome]:
    unseen = reasons()
    for seed, mutant in mutants:
        reason = unseen.get(identity(mutant), "")
        outcome = Outcome(mutant, seed, False, 0.0, reason) if reason else tried(mutant, seed, tree, tests)
        if not outcome.caught:
            words = f"  (not counted: {reason})" if reason else ""
            print(f"{mutant.file}:{mutant.line}  {mutant.before}  ->  {mutant.after}{words}", flush=True)
        yield outcome


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
