"""What the rooms below Qt say to people, read from their sources: errors, reasons, stages of work, models."""

import ast
from collections.abc import Iterator
from pathlib import Path

from shoal.domain import errors
from shoal.services.catalogue import ALGORITHMS, BACKENDS

SOURCE = Path(__file__).parents[2] / "src/shoal"
ROOMS = ("domain", "files", "imaging", "embedding", "analysis", "exports", "store", "processes", "services")
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
    for call in ast.walk(module):
        if isinstance(call, ast.Call):
            for place in SPOKEN_BY.get(_name(call.func), ()):
                if place < len(call.args):
                    yield from _texts(call.args[place], constants)


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _texts(node: ast.expr, constants: dict[str, ast.expr]) -> Iterator[str]:
    """What the argument can be; nothing for what is handed on from elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield _pattern(node)
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body, constants)
        yield from _texts(node.orelse, constants)
    elif isinstance(node, ast.Subscript):
        yield from _texts(node.value, constants)
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from _texts(value, constants)
    elif isinstance(node, ast.Name) and node.id in constants:
        yield from _texts(constants[node.id], constants)


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
