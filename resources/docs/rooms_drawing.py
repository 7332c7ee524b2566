"""The directive `rooms`: the rooms of the program, drawn from their own imports as the contract orders them."""

import ast
import tomllib
from collections import Counter
from dataclasses import dataclass
from html import escape
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import Directive

ROOT = Path(__file__).parents[2]
WIDTH, BOX, GAP, ROW = 900, 30, 14, 62
WIDEST_LINE = 6.0


@dataclass(frozen=True, slots=True)
class Box:
    """A room on the drawing, in pixels."""

    name: str
    left: float
    top: float
    width: float

    @property
    def middle(self) -> float:
        return self.left + self.width / 2


def layers(root: Path = ROOT) -> list[list[str]]:
    """The rooms of each floor, the highest floor first, as the contract of import-linter has them."""
    contracts = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    floors = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [[name.strip() for name in floor.split("|")] for floor in floors]


def imports_between_rooms(root: Path = ROOT) -> Counter[tuple[str, str]]:
    """How many import statements lead from one room to another."""
    found: Counter[tuple[str, str]] = Counter()
    package = root / "src" / "shoal"
    for path in package.rglob("*.py"):
        room = path.relative_to(package).parts[0].removesuffix(".py")
        for target in _imported_rooms(ast.parse(path.read_text(encoding="utf-8"))):
            if target != room:
                found[room, target] += 1
    return found


def _imported_rooms(tree: ast.Module) -> list[str]:
    names: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "shoal":
            names += [f"shoal.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.append(node.module)
    return [name.split(".")[1] for name in names if name.startswith("shoal.")]


def place(floors: list[list[str]]) -> dict[str, Box]:
    """Each floor is a row that fills the width."""
    boxes: dict[str, Box] = {}
    for row, rooms in enumerate(floors):
        width = min((WIDTH - GAP * (len(rooms) + 1)) / len(rooms), 240)
        start = (WIDTH - len(rooms) * (width + GAP) + GAP) / 2
        for column, name in enumerate(rooms):
            boxes[name] = Box(name, start + column * (width + GAP), 8 + row * ROW, width)
    return boxes


def svg(floors: list[list[str]], imports: Counter[tuple[str, str]]) -> str:
    """Lines first, so that the rooms lie on top of them."""
    boxes = place(floors)
    most = max(imports.values(), default=1)
    lines = [
        _line(boxes[above], boxes[below], count, most)
        for (above, below), count in sorted(imports.items())
        if above in boxes and below in boxes
    ]
    height = 16 + len(floors) * ROW
    rooms = [_room(box) for box in boxes.values()]
    head = f'<svg viewBox="0 0 {WIDTH} {height}" xmlns="http://www.w3.org/2000/svg" role="img" font-size="14">'
    return "\n".join([head, "<title>The rooms and what they import</title>", *lines, *rooms, "</svg>"])


def _line(above: Box, below: Box, count: int, most: int) -> str:
    width = 0.6 + WIDEST_LINE * count / most
    bend = (above.top + below.top + BOX) / 2
    path = f"M{above.middle:.0f} {above.top + BOX} C{above.middle:.0f} {bend:.0f} {below.middle:.0f} {bend:.0f}"
    told = escape(f"{above.name} imports {below.name}: {count}")
    style = f'fill="none" stroke="#3d7ea6" stroke-opacity="0.35" stroke-width="{width:.1f}"'
    return f'<path d="{path} {below.middle:.0f} {below.top}" {style}><title>{told}</title></path>'


def _room(box: Box) -> str:
    shape = f'<rect x="{box.left:.0f}" y="{box.top}" width="{box.width:.0f}" height="{BOX}" rx="4" fill="#1f4e69"/>'
    words = f'<text x="{box.middle:.0f}" y="{box.top + 20}" text-anchor="middle" fill="#fff">{escape(box.name)}</text>'
    return shape + words


class Rooms(Directive):
    """Puts the drawing into the page; takes nothing."""

    def run(self) -> list[nodes.Node]:
        return [nodes.raw("", svg(layers(), imports_between_rooms()), format="html")]


def setup(app: object) -> dict[str, bool]:
    app.add_directive("rooms", Rooms)  # type: ignore[attr-defined]
    return {"parallel_read_safe": True, "parallel_write_safe": True}
