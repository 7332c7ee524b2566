"""How much of what the code says the tests hold it to: small changes are made to it, and each should fail a test.

    python tests/measure/mutants.py [ROOM ...] [--count 60] [--seed 1] [--out FILE.json]

A random sample of each room's places is changed, one at a time, in a copy of the tree: a comparison, a sign, a number,
`and` for `or`, a condition turned round, a statement or a result left out. Then those tests of the room that come by
the changed lines run until the first that fails, those of the file of the same name first; all of them where none was
seen to come by, as in what runs in a process of its own. What survives is listed: either a test is missing, or the
change makes no difference that anybody could see. Texts for people are left alone, and so is code for other systems. A
change after which the tests do not end in time counts as caught. `--again FILE.json` tries those that survived an
earlier run, as far as their files are what they were.
"""

import argparse
import ast
import copy
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from coverage import CoverageData

ROOT = Path(__file__).parents[2]
ROOMS = ("domain", "projects", "files", "exports")
TRIED_BY = {"domain": ("delivering",), "exports": ("delivering",)}
"""Rooms whose tests try that one as well: a plan is tried by carrying it out."""
LONGEST_SECONDS = 600
OF_OTHER_SYSTEMS = tuple(
    f"_of_{name}"
    for name, here in (("windows", "win32"), ("macos", "darwin"), ("linux", "linux"))
    if sys.platform != here
)
COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult,
    ast.Mod: ast.FloorDiv, ast.LShift: ast.RShift, ast.RShift: ast.LShift, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """`place` counts the changes that are possible in `file`, a path below the root, in the order of its syntax."""

    file: str
    place: int
    line: int
    last_line: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Outcome:
    mutant: Mutant
    caught: bool
    seconds: float


def mutants_of(file: Path, root: Path) -> list[Mutant]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [
        Mutant(file.relative_to(root).as_posix(), place, node.lineno, _last_line(node), _text(node), _text(changed))
        for place, (node, changed) in enumerate(_changes(tree))
    ]


def mutated(source: str, place: int) -> str:
    """The module with that one of its changes made."""
    tree = ast.parse(source)
    node, changed = list(_changes(tree))[place]
    return ast.unparse(ast.fix_missing_locations(_Replacing(node, changed).visit(tree)))


def _last_line(node: ast.stmt | ast.expr) -> int:
    """Of what decides: the body of an `if` is other people's lines."""
    deciding = node.test if isinstance(node, ast.If) else node
    return deciding.end_lineno or node.lineno


def _text(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())[:110]


class _Replacing(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self._new if node is self._old else self.generic_visit(node)


def _changes(tree: ast.Module) -> Iterator[tuple[ast.stmt | ast.expr, ast.AST]]:
    """Each place with what could stand there instead."""
    for node in _looked_into(tree):
        if isinstance(node, ast.stmt | ast.expr):
            yield from ((node, changed) for changed in _instead_of(node))


def _looked_into(node: ast.AST) -> Iterator[ast.AST]:
    """All below that decides something: no types, texts for people, imports and decorators."""
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "bases", "type_params"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _says_only(child):
                yield from _looked_into(child)


def _says_only(node: ast.AST) -> bool:
    if isinstance(node, ast.FunctionDef) and node.name.endswith(OF_OTHER_SYSTEMS):
        return True
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id in ("Sentence", "NewType", "TypeVar", "QT_TRANSLATE_NOOP")
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    typed = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
    return typed or isinstance(node, ast.Import | ast.ImportFrom | ast.JoinedStr | ast.Assert)


def _instead_of(node: ast.stmt | ast.expr) -> Iterator[ast.AST]:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARED:
        yield _with(node, ops=[COMPARED[type(node.ops[0])](), *node.ops[1:]])
    elif isinstance(node, ast.BinOp) and type(node.op) in COMPUTED:
        yield _with(node, op=COMPUTED[type(node.op)]())
    elif isinstance(node, ast.BoolOp):
        yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool | int):
        yield ast.Constant(not node.value if isinstance(node.value, bool) else node.value + 1)
    else:
        yield from _instead_of_flow(node)


def _instead_of_flow(node: ast.stmt | ast.expr) -> Iterator[ast.AST]:
    if isinstance(node, ast.If | ast.IfExp):
        yield _with(node, test=ast.UnaryOp(ast.Not(), node.test))
    elif isinstance(node, ast.Return) and node.value is not None and not _is_nothing(node.value):
        yield ast.Return(ast.Constant(None))
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield ast.Pass()


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _is_nothing(node: ast.expr) -> bool:
    """None, or what no caller tells from it."""
    return isinstance(node, ast.Constant) and not node.value


def sample(room: str, count: int, seed: int, root: Path = ROOT) -> list[Mutant]:
    files = sorted((root / "src" / "shoal" / room).rglob("*.py"))
    everything = [mutant for file in files for mutant in mutants_of(file, root)]
    return random.Random(f"{seed} {room}").sample(everything, min(count, len(everything)))


@dataclass(frozen=True, slots=True)
class Tests:
    """Of a room. `passing_by`: of each file, by its lines, those that come by. `failing`: without any change, such as
    those that ask for a speed which a busy machine has not; they say nothing about a change."""

    room: str
    passing_by: Mapping[str, Mapping[int, set[str]]]
    failing: Sequence[str]

    def of(self, mutant: Mutant, root: Path) -> list[str]:
        """Those of the file of the same name first."""
        lines = self.passing_by.get(mutant.file, {})
        changed = range(mutant.line, mutant.last_line + 1)
        coming_by = set[str]().union(*(lines.get(line, set()) for line in changed)) - set(self.failing)
        tests = sorted(coming_by) or test_files(self.room, root)
        return sorted(tests, key=lambda test: f"/test_{Path(mutant.file).stem}" not in test)


def test_files(room: str, root: Path) -> list[str]:
    """The room's, and those that try it as well."""
    folders = [root / "tests" / name for name in (room, *TRIED_BY.get(room, ()))]
    return [path.relative_to(root).as_posix() for folder in folders for path in sorted(folder.glob("test_*.py"))]


def tests_of(room: str, tree: Path) -> Tests:
    """Raises RuntimeError where they cannot even be run."""
    data_file = tree / f".coverage.{room}"
    measured = [f"--cov=src/shoal/{room}", "--cov-context=test", "--cov-report=", f"--basetemp={tree / 'written'}"]
    said = _run([*measured, "-rfE", *test_files(room, tree)], tree, {"COVERAGE_FILE": str(data_file)})
    if said.returncode not in (0, 1):
        raise RuntimeError(said.stdout)
    data = CoverageData(str(data_file))
    data.read()
    passing_by = {
        Path(file).relative_to(tree).as_posix(): {
            line: {context.split("|")[0] for context in contexts if context}
            for line, contexts in data.contexts_by_lineno(file).items()
        }
        for file in data.measured_files()
    }
    failing = re.findall(r"^(?:FAILED|ERROR) (\S+::.+?)(?: - .*)?$", said.stdout, re.MULTILINE)
    return Tests(room, passing_by, failing)


def tried(mutant: Mutant, tree: Path, tests: Tests) -> Outcome:
    """In a copy of the tree, which is as it was afterwards."""
    file = tree / mutant.file
    source, began = file.read_text(encoding="utf-8"), time.monotonic()
    file.write_text(mutated(source, mutant.place), encoding="utf-8")
    try:
        caught = not _pass(["-x", *(f"--deselect={name}" for name in tests.failing), *tests.of(mutant, tree)], tree)
    finally:
        file.write_text(source, encoding="utf-8")
    return Outcome(mutant, caught, round(time.monotonic() - began, 1))


def _pass(words: Sequence[str], tree: Path) -> bool:
    try:
        return _run(words, tree, {}, LONGEST_SECONDS).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def _run(
    words: Sequence[str], tree: Path, more: Mapping[str, str], seconds: float | None = None
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "--timeout", "120"]
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


def _survivors(report: Path) -> dict[str, list[Mutant]]:
    rooms = json.loads(report.read_text(encoding="utf-8"))["rooms"]
    survived = {room: [Mutant(**row["mutant"]) for row in rows if not row["caught"]] for room, rows in rooms.items()}
    return {room: [one for one in some if one in mutants_of(ROOT / one.file, ROOT)] for room, some in survived.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rooms", nargs="*", default=list(ROOMS))
    parser.add_argument("--count", type=int, default=60, help="of each room")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--again", type=Path, help="what survived this earlier run")
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    chosen = _survivors(asked.again) if asked.again else {
        room: sample(room, asked.count, asked.seed) for room in asked.rooms
    }  # fmt: skip
    outcomes: dict[str, list[Outcome]] = {}
    with tempfile.TemporaryDirectory() as folder:
        tree = copied(ROOT, Path(folder))
        for room, mutants in chosen.items():
            outcomes[room] = []
            tests = tests_of(room, tree)
            for mutant in mutants:
                outcome = tried(mutant, tree, tests)
                outcomes[room].append(outcome)
                if not outcome.caught:
                    print(f"{mutant.file}:{mutant.line}  {mutant.before}  ->  {mutant.after}", flush=True)
                if asked.out:
                    _write(asked, outcomes)
    return _tell(outcomes)


def _write(asked: argparse.Namespace, outcomes: dict[str, list[Outcome]]) -> None:
    rooms = {room: [asdict(outcome) for outcome in some] for room, some in outcomes.items()}
    asked.out.write_text(json.dumps({"seed": asked.seed, "rooms": rooms}, indent=1), encoding="utf-8")


def _tell(outcomes: dict[str, list[Outcome]]) -> int:
    print(f"\n{'room':10} {'changes':>7} {'caught':>7} {'share':>6} {'seconds':>8}")
    for room, some in outcomes.items():
        caught = sum(outcome.caught for outcome in some)
        seconds = sum(outcome.seconds for outcome in some)
        print(f"{room:10} {len(some):7} {caught:7} {caught / max(len(some), 1):6.0%} {seconds:8.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
