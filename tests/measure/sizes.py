"""Prints the sizes that this code is kept to: functions, files, classes, words of explanation, chains of imports.

    python tests/measure/sizes.py [--json]

The budgets (`BUDGETS`) are the ones of the contributors' guide; what is over one is named, and the exit code is 1.
"""

import argparse
import ast
import io
import json
import statistics
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
BUDGETS = {"function_max": 40, "function_median": 10, "file_max": 400, "public_methods_max": 15, "longest_chain": 14}
VAGUE = frozenset({"one", "found", "wanted", "there"})
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Sizes:
    """Lines unless a name says otherwise. `of_100`: per hundred lines of source."""

    files: int
    lines: int
    file_median: float
    file_p90: int
    file_max: int
    functions: int
    function_median: float
    function_p90: int
    function_p99: int
    function_max: int
    classes: int
    public_methods_max: int
    annotated_percent: float
    comments_of_100: float
    docstring_lines_of_100: float
    imports: int
    longest_chain: int
    modules_with_qt: int
    vague_names: int
    test_lines_per_line: float


def trees(folder: Path) -> dict[Path, ast.Module]:
    """The syntax of every file below `folder`."""
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.py"))}


def length(node: Function | ast.ClassDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def line_count(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def functions(modules: Mapping[Path, ast.Module]) -> Iterator[tuple[Path, Function]]:
    for path, tree in modules.items():
        yield from ((path, node) for node in ast.walk(tree) if isinstance(node, Function))


def classes(modules: Mapping[Path, ast.Module]) -> Iterator[tuple[Path, ast.ClassDef]]:
    for path, tree in modules.items():
        yield from ((path, node) for node in ast.walk(tree) if isinstance(node, ast.ClassDef))


def public_methods(node: ast.ClassDef) -> int:
    """Properties count as methods; so do a class's overrides of Qt's."""
    return sum(isinstance(child, Function) and not child.name.startswith("_") for child in node.body)


def annotated_percent(modules: Mapping[Path, ast.Module]) -> float:
    """The share of parameters and results that say their type."""
    said = total = 0
    for _path, node in functions(modules):
        arguments = node.args
        parameters = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
        slots = [one.annotation is not None for one in parameters if one and one.arg not in ("self", "cls")]
        slots += [node.returns is not None] * (node.name != "__init__")
        said, total = said + sum(slots), total + len(slots)
    return round(100 * said / max(total, 1), 1)


def comments(paths: Sequence[Path]) -> int:
    texts = (io.StringIO(path.read_text(encoding="utf-8")) for path in paths)
    return sum(token.type == tokenize.COMMENT for text in texts for token in tokenize.generate_tokens(text.readline))


def docstring_lines(modules: Mapping[Path, ast.Module]) -> int:
    """Also those below a constant, which explain it."""
    told = (node for tree in modules.values() for node in ast.walk(tree) if isinstance(node, ast.Expr))
    texts = (node.value for node in told if isinstance(node.value, ast.Constant) and isinstance(node.value.value, str))
    return sum((text.end_lineno or text.lineno) - text.lineno + 1 for text in texts)


def vague_names(modules: Mapping[Path, ast.Module]) -> list[Path]:
    """Where a name is bound that says nothing of what it holds: once for each place."""
    return [path for path, tree in modules.items() for node in ast.walk(tree) if _bound(node) in VAGUE]


def _bound(node: ast.AST) -> str:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return node.id
    return node.arg if isinstance(node, ast.arg) else ""


def import_graph(package: Path, modules: Mapping[Path, ast.Module]) -> dict[str, set[str]]:
    """Which module imports which when it is imported itself; names from outside by their first part."""
    names = {_name(package, path): path for path in modules}
    graph: dict[str, set[str]] = {}
    for name, path in names.items():
        wanted = {_module(target, names) for target in _imports_at_top(modules[path].body)}
        graph[name] = wanted - {name, package.name}
    return graph


def _name(package: Path, path: Path) -> str:
    parts = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports_at_top(body: Sequence[ast.stmt]) -> Iterator[str]:
    """Of statements that run with the module: neither inside functions nor for type checkers alone."""
    for node in body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.If) and "TYPE_CHECKING" not in ast.dump(node.test):
            yield from _imports_at_top([*node.body, *node.orelse])
        elif isinstance(node, ast.Try):
            yield from _imports_at_top([*node.body, *node.orelse, *node.finalbody])


def _module(target: str, names: Mapping[str, Path]) -> str:
    found = target
    while found and found not in names:
        found = found.rpartition(".")[0]
    return found or target.partition(".")[0]


def longest_chain(graph: Mapping[str, set[str]]) -> list[str]:
    """The longest row of modules each of which imports the next. Raises RecursionError if they import in a circle."""

    @cache
    def chain(name: str) -> tuple[str, ...]:
        below = [chain(other) for other in graph[name] if other in graph]
        return (name, *max(below, key=len, default=()))

    chains = [list(chain(name)) for name in graph]
    return max(chains, key=len)


def measure(root: Path = ROOT) -> tuple[Sizes, list[str]]:
    """The figures, the longest chain of imports and what is over a budget, as lines to print."""
    package = root / "src" / "shoal"
    modules = trees(package)
    graph = import_graph(package, modules)
    file_lines = sorted(map(line_count, modules))
    function_lines = sorted(length(node) for _path, node in functions(modules))
    methods = [public_methods(node) for _path, node in classes(modules)]
    total, chain = sum(file_lines), longest_chain(graph)
    test_total = sum(map(line_count, (root / "tests").rglob("*.py")))
    qt = sum(bool(wanted & {"PySide6", "shiboken6", "pyqtgraph"}) for wanted in graph.values())
    sizes = Sizes(
        len(modules), total, statistics.median(file_lines), _share(file_lines, 0.9), file_lines[-1],
        len(function_lines), statistics.median(function_lines), _share(function_lines, 0.9),
        _share(function_lines, 0.99), function_lines[-1],
        len(methods), max(methods), annotated_percent(modules),
        round(100 * comments(list(modules)) / total, 1), round(100 * docstring_lines(modules) / total, 1),
        sum(len(wanted & graph.keys()) for wanted in graph.values()), len(chain), qt, len(vague_names(modules)),
        round(test_total / total, 2),
    )  # fmt: skip
    vague = Counter(path.relative_to(package).parts[0] for path in vague_names(modules))
    rooms = ", ".join(f"{room} {count}" for room, count in vague.most_common())
    remarks = [f"vague names ({', '.join(sorted(VAGUE))}): {rooms}"]
    return sizes, [*_offenders(root, modules), *remarks, "the longest chain: " + " > ".join(chain)]


def _share(values: Sequence[int], share: float) -> int:
    return values[min(len(values) - 1, int(len(values) * share))]


def _offenders(root: Path, modules: Mapping[Path, ast.Module]) -> Iterator[str]:
    for path in modules:
        if line_count(path) > BUDGETS["file_max"]:
            yield f"file of {line_count(path)} lines: {path.relative_to(root)}"
    for path, node in functions(modules):
        if length(node) > BUDGETS["function_max"]:
            yield f"function of {length(node)} lines: {path.relative_to(root)}:{node.lineno} {node.name}"
    for path, kind in classes(modules):
        count = public_methods(kind)
        if count > BUDGETS["public_methods_max"]:
            yield f"class with {count} public methods: {path.relative_to(root)}:{kind.lineno} {kind.name}"


def lines_per_room(root: Path = ROOT) -> Counter[str]:
    package = root / "src" / "shoal"
    count: Counter[str] = Counter()
    for path in package.rglob("*.py"):
        count[path.relative_to(package).parts[0]] += line_count(path)
    return count


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    as_json = parser.parse_args().json
    sizes, remarks = measure()
    figures = asdict(sizes)
    if as_json:
        print(json.dumps({**figures, "rooms": lines_per_room(), "remarks": remarks}))
    else:
        for name, value in figures.items():
            limit = f"   at most {BUDGETS[name]}" if name in BUDGETS else ""
            print(f"{name:24} {value:>8}{limit}")
        print("lines per room:", ", ".join(f"{room} {lines}" for room, lines in lines_per_room().most_common()))
        print(*remarks, sep="\n")
    return int(any(figures[name] > limit for name, limit in BUDGETS.items()))


if __name__ == "__main__":
    sys.exit(main())
