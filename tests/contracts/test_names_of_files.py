"""Only one module changes the names of files: the lint rule sees functions of `os` and `shutil`, this sees methods."""

import ast
import tomllib
from pathlib import Path

SOURCES = Path(__file__).parents[2] / "src" / "shoal"
ALLOWED = {SOURCES / "files" / "safe_files.py"}
BANNED = {
    "unlink",
    "rename",
    "rmdir",
    "hardlink_to",
    "symlink_to",
    "link_to",
    "copy2",
    "copyfile",
    "copytree",
    "rmtree",
    "moveToTrash",
    "send2trash",
}
REMOVERS = {"QFile", "QDir", "send2trash"}
"""Whoever has one of these can remove; the lint rule names them too."""


def calls_that_change_names(tree: ast.AST) -> list[str]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    methods = [(node, node.func.attr) for node in calls if isinstance(node.func, ast.Attribute)]
    banned = [f"line {node.lineno}: {name}" for node, name in methods if name in BANNED]
    # str.replace takes two arguments or more, Path.replace one.
    replaced = [node for node, name in methods if name == "replace" and len(node.args) == 1 and not node.keywords]
    return banned + [f"line {node.lineno}: replace" for node in replaced]


def test_nobody_else_renames_links_or_removes():
    found = {
        str(path.relative_to(SOURCES)): calls
        for path in SOURCES.rglob("*.py")
        if path not in ALLOWED and (calls := calls_that_change_names(ast.parse(path.read_text("utf-8"))))
    }
    assert list(found) == [str(Path("qt", "trash.py"))]
    assert all(call.endswith("moveToTrash") for call in found[str(Path("qt", "trash.py"))])


def test_nobody_else_holds_what_can_remove_or_trash():
    found = {
        path
        for path in SOURCES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom) and {name.name for name in node.names} & REMOVERS
    }
    assert found == {SOURCES / "qt" / "trash.py"}


def test_the_lint_rule_bans_them_by_name():
    rules = tomllib.loads((SOURCES.parents[1] / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]
    banned = rules["flake8-tidy-imports"]["banned-api"]
    assert {"PySide6.QtCore.QFile", "PySide6.QtCore.QDir", "send2trash"} <= banned.keys()


def test_the_check_sees_methods():
    tree = ast.parse("p.unlink()\np.replace(q)\n'a'.replace('b', 'c')\nreplace(step, x=1)")
    assert calls_that_change_names(tree) == ["line 1: unlink", "line 2: replace"]
