"""The whole window with all its features over 40 pictures in two clusters, which nobody had to look at; real keys."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from tests.support.sorted_session import snapshot

from shoal.desktop.main import WindowController
from shoal.projects.project import Project
from shoal.setup.locations import user_locations

NONE, CONTROL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def drawn(image: int) -> QImage:
    picture = QImage(96, 64, QImage.Format.Format_RGB32)
    picture.fill(QColor.fromHsv(image * 9 % 360, 140, 200))
    return picture


class Hands:
    """Somebody at the window: real keys go to whatever has the focus, real clicks to what lies under them."""

    def __init__(self, desk: WindowController) -> None:
        self.desk, self.window, self.session = desk, desk.window, desk.session
        self.grid, self.panel = desk.window.grid, desk.window.cluster_panel

    @property
    def project(self) -> Project:
        assert self.session.project is not None
        return self.session.project

    def press(self, key: Qt.Key, keys: Qt.KeyboardModifier = NONE) -> None:
        where = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        focus = where.focusWidget() if where else self.window.focusWidget()
        QTest.keyClick(focus or where or self.window, key, keys)

    def write(self, text: str) -> None:
        for letter in text:
            where = QApplication.activeModalWidget() or self.window
            QTest.keyClicks(where.focusWidget() or where, letter)

    def click_image(self, image: int, keys: Qt.KeyboardModifier = NONE) -> None:
        self.grid.scroll_to_image(image)
        position = self.grid.page.position_of(image)
        assert position is not None, f"{image} is not shown"
        place = self.grid.rect_of(position).center()
        QTest.mouseClick(self.grid.viewport(), Qt.MouseButton.LeftButton, keys, place)

    def card_place(self, card: int) -> QPoint:
        row = self.window.clusters.row_of(card)
        assert row is not None, f"there is no card {card}"
        self.panel.list.scrollTo(self.window.clusters.index(row))
        return self.panel.list.visualRect(self.window.clusters.index(row)).center()

    def click_card(self, card: int, keys: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseClick(self.panel.list.viewport(), Qt.MouseButton.LeftButton, keys, self.card_place(card))

    def click(self, name: str) -> None:
        QTest.mouseClick(self.widget(name), Qt.MouseButton.LeftButton)

    def widget(self, name: str) -> Any:
        """Of the window, or of a dialog over it."""
        for top in (QApplication.activeModalWidget(), self.window):
            found = top and (top if top.objectName() == name else top.findChild(QWidget, name))
            if found:
                return found
        raise LookupError(name)

    def is_asked(self, name: str) -> bool:
        """Whether a dialog of that name waits for an answer."""
        dialog = QApplication.activeModalWidget()
        return dialog is not None and dialog.objectName() == name

    @property
    def shown(self) -> list[int]:
        return [self.grid.page.layout.image_at(place) for place in range(self.grid.page.layout.count)]

    @property
    def selected(self) -> list[int]:
        return self.session.selection.images.tolist()

    @property
    def current(self) -> int:
        return self.session.selection.current

    @property
    def notice(self) -> str:
        return self.window.notice_bar.text

    def home(self, image: int) -> int:
        return int(self.project.grouping.home[image])

    def name(self, cluster: int) -> str:
        return self.session.cluster_name(cluster)


@pytest.fixture
def hands(qtbot, project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hands]:
    """Cats and dogs, as `sorted_session` has them; stacks are off, the order is that of names."""
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "home"))
    memory = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    memory.setValue("stacks", "off")
    desk = WindowController(user_locations().create(), memory)
    monkeypatch.setattr(desk.session.thumbnails, "_load", drawn)
    qtbot.addWidget(desk.window)
    desk.window.resize(1400, 900)
    desk.window.show()
    desk.load_map()
    desk.window.places.show_page(None)
    with qtbot.waitSignal(desk.session.portraits_changed):
        desk.session.show_snapshot(snapshot(), project)
    picker = desk.window.grid_side.order_picker
    picker.setCurrentIndex(picker.findData("name"))
    desk.window.activateWindow()
    desk.window.grid.setFocus()
    qtbot.waitUntil(desk.window.isActiveWindow)
    yield Hands(desk)
    desk.window.close()
