"""What every test needs before anything of Qt is imported, and the promise that every test holds the program to."""

import os
import sys
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from tests.support import small_reserves, untouched, warm_helpers

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
untouched.watch_what_is_scanned()
warm_helpers.use_warm_helpers()
small_reserves.hold_little()

MODULES_OF_THE_FULL_ENVIRONMENT = ("torch", "torchvision", "ultralytics", "open_clip", "timm", "onnxscript")
LACKING = tuple(name for name in MODULES_OF_THE_FULL_ENVIRONMENT if find_spec(name) is None)
"""What `make dev` leaves out; `make test` has all of them, and then nothing is left out."""


TOGETHER = (
    "embedding", "training", "contracts/test_backends.py", "features/finding/test_clip_in_the_window.py",
    "command_line/test_library.py", "end_to_end/test_offline.py", "recipes/test_four_recipes.py",
)  # fmt: skip
"""Below this folder: what imports torch. One of the processes that `make test` starts does so, and not each of them."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    below = tuple(str(Path(__file__).parent / name) for name in TOGETHER)
    for item in items:
        if str(item.path).startswith(below):
            item.add_marker(pytest.mark.xdist_group("torch"))


@pytest.fixture(autouse=True)
def originals_stay_as_they_are(request: pytest.FixtureRequest):
    """Whatever a test does: the pictures are what they were, in every byte, time, permission and inode.

    That goes for the folders of the shared makers of pictures and for every folder that the program scans in a test.
    A test that changes them itself, or has them moved, says so with `@pytest.mark.changes_pictures("why")`.
    """
    yield
    _look_at_the_originals(request)


@pytest.fixture(autouse=True)
def keys_are_let_go():
    """Qt goes on taking the Shift or Ctrl of a simulated key or click for held, in the tests that follow, too."""
    yield
    if test := sys.modules.get("PySide6.QtTest"):
        gui, qt = sys.modules["PySide6.QtGui"], sys.modules["PySide6.QtCore"].Qt
        if gui.QGuiApplication.instance() and gui.QGuiApplication.keyboardModifiers():
            test.QTest.keyRelease(gui.QWindow(), qt.Key.Key_Shift)


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, tmp_path: Path):
    """It goes with the test that passed, so the originals in it are looked at before."""
    yield tmp_path
    _look_at_the_originals(request)


def _look_at_the_originals(request: pytest.FixtureRequest) -> None:
    changed = untouched.changes()
    if request.node.get_closest_marker("changes_pictures") is None:
        assert not changed, "\n".join(changed)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector):
    """A file of tests that imports what is lacking is left out, and counted."""
    report = yield
    return _without_what_is_lacking(report, (str(collector.path), 0))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    """So is a test that finds out in its middle, or whose helper process does."""
    report = yield
    return _without_what_is_lacking(report, item.location[:2])


def _without_what_is_lacking(report: Any, place: tuple[str, int | None]) -> Any:
    if report.outcome == "failed":
        lacking = next((name for name in LACKING if f"No module named '{name}" in str(report.longrepr)), None)
        if lacking:
            report.outcome = "skipped"
            report.longrepr = (*place, f"needs {lacking}")
            if isinstance(report, pytest.CollectReport):
                report.result = []
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What did not run is named, so that nobody takes it for passed."""
    skipped = terminalreporter.stats.get("skipped", [])
    if not skipped or not LACKING:
        return
    files = Counter(str(report.nodeid).split("::")[0] for report in skipped)
    terminalreporter.section(f"not run, since {', '.join(LACKING)} are not here; `make test` runs them")
    for name, count in sorted(files.items()):
        terminalreporter.line(f"{name}: {count}")
