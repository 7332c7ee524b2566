"""What the rooms below Qt say to people, read from their sources: errors, reasons, stages of work, models."""

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

from shoal.domain import errors
from shoal.looking.catalogue import ALGORITHMS, BACKENDS

SOURCE = Path(__file__).parents[2] / "src/shoal"
ROOMS = (
    "domain",
    "files",
    "imaging",
    "embedding",
    "analysis",
    "exports",
    "store",
    "processes",
    "setup",
    "samples",
    "looking",
    "delivering",
    "projects",
)
ERRORS = tuple(name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception))
SPOKEN_BY = {
    **dict.fromkeys(ERRORS, (0, 1)),
    "UnreadableImage": (0,), "NotToday": (0,), "SkippedImage": (1,), "not_readable": (1,), "report": (0,),
    "track": (1,), "BackendSpec": (1, 2), "Finding": (0, 1, 2, 3), "apply": (0,), "_Kept": (0,), "_unfit": (0,),
    "NotTrashed": (0,), "_refused": (1,), "_tell": (0,), "carry_out": (3,),
}  # fmt: skip
"""Which arguments of these calls people get to read."""


def sentences_below() -> set[str]:
    """Whole texts, and sentences with {0}, {1} ... where values stand."""
    spoken = {text for spec in (*BACKENDS, *ALGORITHMS) for text in (spec.label, spec.summary)}
    for room in ROOMS:
        for path in (SOURCE / room).glob("*.py"):
            spoken |= set(_spoken_in(ast.parse(path.read_text(encoding="utf-8"))))
    return {text for text in spoken if any(char.isalpha() for char in text)}


def _spoken_in(module: ast.Module) -> Iterator[str]:
    constants = {
        target.id: node.value
        for node in module.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(module):
        for text in (*_handed_over(node), *_remarked(node)):
            yield from _texts(text, constants)


def _handed_over(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call):
        yield from (node.args[place] for place in SPOKEN_BY.get(_name(node.func), ()) if place < len(node.args))


def _remarked(node: ast.AST) -> Iterator[ast.expr]:
    """What a loaded model has to say of itself: given by that name, kept under it, or returned by a property."""
    named = isinstance(node, ast.keyword) and node.arg == "remark"
    kept = isinstance(node, ast.Assign) and getattr(node.targets[0], "attr", "") == "remark"
    if isinstance(node, ast.keyword | ast.Assign) and (named or kept):
        yield node.value
    elif isinstance(node, ast.FunctionDef) and node.name == "remark":
        yield from (found.value for found in ast.walk(node) if isinstance(found, ast.Return) and found.value)


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _texts(node: ast.expr, constants: dict[str, ast.expr]) -> Iterator[str]:
    """What the argument can be; nothing for what is handed on from elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield _pattern(node)
    elif isinstance(node, ast.Name) and node.id in constants:
        yield from _texts(constants[node.id], constants)
    else:
        for part in _alternatives(node):
            yield from _texts(part, constants)


def _alternatives(node: ast.expr) -> Sequence[ast.expr]:
    if isinstance(node, ast.IfExp):
        return [node.body, node.orelse]
    if isinstance(node, ast.BoolOp | ast.Dict):
        return node.values
    return [node.value] if isinstance(node, ast.Subscript) else []


def _pattern(text: ast.JoinedStr) -> str:
    """An f-string as a sentence with numbered places."""
    parts, values = [], 0
    for piece in text.values:
        if isinstance(piece, ast.Constant):
            parts.append(str(piece.value))
        else:
            parts.append(f"{{{values}}}")
            values += 1
    return "".join(parts)
