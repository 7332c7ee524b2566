"""The whole window with everything behind it, but without UMAP being made ready: folders of few pictures need none."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from tests.support.sample_folder import make_folder

from shoal.desktop.main import WindowController
from shoal.setup.locations import user_locations

PATIENCE_MILLISECONDS = 240_000  # a busy machine takes long to start a helper process
KINDS = ("ball", "chair")


@pytest.fixture
def desk(qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WindowController]:
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "home"))
    locations = user_locations().create()
    desk = WindowController(locations, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(desk.window)
    desk.window.show()
    yield desk
    desk.window.close()


@pytest.fixture
def wait(qtbot) -> Callable[[Callable[[], object]], None]:
    return lambda there: qtbot.waitUntil(lambda: bool(there()), timeout=PATIENCE_MILLISECONDS)


@pytest.fixture
def opened(desk: WindowController, wait, tmp_path: Path) -> WindowController:
    """Five pictures each of two kinds, sorted by colour and shape."""
    desk.window.model_picker.choose("colour-layout")
    desk.opening.open_paths([make_folder(tmp_path / "pictures", KINDS, range(5))])
    wait(lambda: desk.window.actions_by_name["actionExport"].isEnabled() and not desk.jobs.busy)
    return desk


def open_dialog(name: str) -> Any:
    """Raises LookupError if there is none of that name to be seen."""
    for top in QApplication.topLevelWidgets():
        if top.objectName() == name and top.isVisible():
            return top
    raise LookupError(name)


def is_open(name: str) -> bool:
    return any(top.objectName() == name and top.isVisible() for top in QApplication.topLevelWidgets())
