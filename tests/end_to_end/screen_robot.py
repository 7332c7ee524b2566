"""Somebody at a real screen: mouse and keyboard events come from the X server, through the window manager."""

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from tests.end_to_end.robot import Robot, Script

SETTLING_MILLISECONDS = 120
MOVING_MILLISECONDS = 12
PATIENCE_MILLISECONDS = 20_000
_KEYS = {
    Qt.KeyboardModifier.ShiftModifier: "shift",
    Qt.KeyboardModifier.ControlModifier: "ctrl",
    Qt.KeyboardModifier.AltModifier: "alt",
}


class ScreenRobot(Robot):
    """Needs xdotool. With `album` it keeps a picture of the screen from the middle of every drag."""

    def __init__(self, album: Path | None = None) -> None:
        super().__init__()
        self._album = album

    def click(self, widget: QWidget, point: QPoint | None = None, keys=Qt.KeyboardModifier.NoModifier) -> None:
        self._go_to(widget, point or widget.rect().center())
        self._hold(keys)
        xdotool("click", "1")
        QTest.qWait(SETTLING_MILLISECONDS)
        self._let_go(keys)

    def press(self, key: Qt.Key, keys=Qt.KeyboardModifier.NoModifier) -> None:
        chord = [_KEYS[one] for one in _KEYS if keys & one] + [QKeySequence(key).toString().lower()]
        xdotool("key", "+".join(chord))
        QTest.qWait(SETTLING_MILLISECONDS)

    def write(self, widget: Any, text: str) -> None:
        """Into a field that has the focus, and until it has arrived there."""
        widget.setFocus()
        assert QTest.qWaitForWindowActive(widget.window())
        xdotool("type", "--delay", "12", text)
        for _ in range(PATIENCE_MILLISECONDS // SETTLING_MILLISECONDS):
            if widget.text() == text:
                return
            QTest.qWait(SETTLING_MILLISECONDS)
        raise AssertionError(f"{widget.text()} instead of {text}")

    def type(self, widget: QWidget, text: str) -> None:
        self.write(widget, text)
        xdotool("key", "Return")
        QTest.qWait(SETTLING_MILLISECONDS)

    def draw(self, surface: QWidget, places: Sequence[QPoint], keys=Qt.KeyboardModifier.NoModifier) -> None:
        self._go_to(surface, places[0])
        self._hold(keys)
        xdotool("mousedown", "1")
        for place in places[1:]:
            self._go_to(surface, place)
        xdotool("mouseup", "1")
        QTest.qWait(SETTLING_MILLISECONDS)
        self._let_go(keys)

    def drag(self, source: QWidget, start: QPoint, target: QWidget, end: QPoint, before_drop=None) -> Script:
        """The drag's own event loop runs meanwhile: nothing here may wait inside an event."""
        first, last = source.mapToGlobal(start), target.mapToGlobal(end)
        move_pointer(first)
        yield QApplication.doubleClickInterval() + SETTLING_MILLISECONDS  # the last click was another one
        xdotool("mousedown", "1")
        yield SETTLING_MILLISECONDS
        for step in range(1, 25):
            move_pointer(first + (last - first) * step / 24)
            yield 30
        yield 200
        self._photograph()
        if before_drop is not None:
            before_drop()
        xdotool("mouseup", "1")
        yield 300

    def _photograph(self) -> None:
        if self._album is not None:
            self._album.mkdir(parents=True, exist_ok=True)
            count = len(list(self._album.iterdir()))
            QGuiApplication.primaryScreen().grabWindow(0).save(str(self._album / f"drag-{count + 1}.png"))

    def _go_to(self, widget: QWidget, point: QPoint) -> None:
        move_pointer(widget.mapToGlobal(point))
        QTest.qWait(MOVING_MILLISECONDS)

    def _hold(self, keys: Qt.KeyboardModifier) -> None:
        for one in (name for modifier, name in _KEYS.items() if keys & modifier):
            xdotool("keydown", one)

    def _let_go(self, keys: Qt.KeyboardModifier) -> None:
        for one in (name for modifier, name in _KEYS.items() if keys & modifier):
            xdotool("keyup", one)


def move_pointer(place: QPoint) -> None:
    xdotool("mousemove", str(place.x()), str(place.y()))


def xdotool(*words: str) -> None:
    subprocess.run(["xdotool", *words], check=True, timeout=30)
