"""Small changes to a module, each of which makes it another program: what `mutants.py` holds the tests against.

A comparison, a sign, a number, `and` for `or`, a condition turned round, a statement or a result left out. Texts for
people are left alone, and so is code for other systems.
"""

import ast
import copy
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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
    left_alone = {"annotation", "returns", "decorator_list", "bases", "type_params"}
    if isinstance(node, ast.If) and _of_another_system(node.test):
        left_alone.add("body")
    for name, value in ast.iter_fields(node):
        if name in left_alone:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _says_only(child):
                yield from _looked_into(child)


def _of_another_system(test: ast.expr) -> bool:
    """`sys.platform == "darwin"` and `os.name == "nt"`, where they are not so."""
    names = {"sys.platform": sys.platform, "os.name": os.name}
    if not isinstance(test, ast.Compare) or not isinstance(test.ops[0], ast.Eq):
        return False
    here, asked = names.get(ast.unparse(test.left)), test.comparators[0]
    return here is not None and isinstance(asked, ast.Constant) and asked.value != here


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
