"""Somebody at the window: starts the real program, looks for widgets by name, moves the real mouse, presses real keys.

A script is a generator. What it yields is waited for: a callable until it is true, a number of milliseconds. The
program's own event loop runs all the while, also inside a drag.
"""

import contextlib
import inspect
import logging
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QAction, QDrag, QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from shoal.desktop.main import main

Script = Generator[Callable[[], object] | int, None, None]
PATIENCE_SECONDS = 600
TICK_MILLISECONDS = 15


class Robot:
    def __init__(self) -> None:
        self.failure: BaseException | None = None

    @property
    def window(self) -> Any:
        return next(w for w in QApplication.topLevelWidgets() if w.objectName() == "mainWindow" and w.isVisible())

    def find(self, name: str) -> Any:
        """A widget or action of any open window, by its object name; windows of an earlier day do not count."""
        for top in filter(QWidget.isVisible, QApplication.topLevelWidgets()):
            if top.objectName() == name:
                return top
            for kind in (QWidget, QAction):
                found = top.findChild(kind, name)
                if found is not None:
                    return found
        raise LookupError(name)

    def is_there(self, name: str) -> bool:
        """Whether `find` would find it."""
        return self.window.findChild(QWidget, name) is not None

    def is_open(self, name: str) -> bool:
        return any(top.objectName() == name and top.isVisible() for top in QApplication.topLevelWidgets())

    def trigger(self, action: str) -> None:
        found = self.find(action)
        assert found.isEnabled(), f"{action} is greyed out"
        found.trigger()

    def idle(self) -> bool:
        return self.find("cancelButton").isHidden()

    def click(self, widget: QWidget, point: QPoint | None = None, keys=Qt.KeyboardModifier.NoModifier) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, keys, point or widget.rect().center())

    def press(self, key: Qt.Key, keys=Qt.KeyboardModifier.NoModifier) -> None:
        """A key, wherever the focus is."""
        QTest.keyClick(self.window, key, keys)

    def write(self, widget: QWidget, text: str) -> None:
        QTest.keyClicks(widget, text)

    def type(self, widget: QWidget, text: str) -> None:
        """Write and press Return."""
        self.write(widget, text)
        QTest.keyClick(widget, Qt.Key.Key_Return)

    def draw(self, surface: QWidget, places: Sequence[QPoint], keys=Qt.KeyboardModifier.NoModifier) -> None:
        """Press at the first place, move over the others, release at the last."""
        QTest.mousePress(surface, Qt.MouseButton.LeftButton, keys, places[0])
        for place in places[1:]:
            QTest.mouseMove(surface, place)
        QTest.mouseRelease(surface, Qt.MouseButton.LeftButton, keys, places[-1])

    def drag(self, source: QWidget, start: QPoint, target: QWidget, end: QPoint, before_drop=None) -> Script:
        """Carry something from widget to widget. Events are posted, for a drag runs an event loop of its own.

        Where the platform has no drag and drop (offscreen), the mouse still begins the drag, and what it carries is
        then handed to the target in Qt's own enter, move and drop events.
        """
        window = self.window
        handle: QWindow = window.windowHandle()
        first, last = source.mapTo(window, start), target.mapTo(window, end)
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        with carried_by_hand() as carried:
            QTimer.singleShot(0, lambda: QTest.mousePress(handle, left, none, first))
            yield 60
            for step in range(1, 9):
                place = first + (last - first) * step / 8
                QTimer.singleShot(0, lambda place=place: QTest.mouseMove(handle, place))
                yield 40
            if carried:
                enter_and_move(target, end, carried[0])
            if before_drop is not None:
                before_drop()
            QTimer.singleShot(0, lambda: QTest.mouseRelease(handle, left, none, last))
            yield 150
            if carried:
                drop(target, end, carried[0])
                yield 50

    def play(self, script: Script) -> None:
        """Run the script inside the program's event loop; closes the window when it ends or fails."""
        deadline = [0.0]
        waiting: list[Callable[[], object] | float] = []

        def tick() -> None:
            if (
                inspect.getgeneratorstate(script) == inspect.GEN_RUNNING
            ):  # it lets events pass while it is at work itself
                return
            try:
                if waiting and not _over(waiting[0], deadline[0]):
                    return
                waiting.clear()
                wanted = next(script)
                now = time.monotonic()
                waiting.append(now + wanted / 1000 if isinstance(wanted, int) else wanted)
                deadline[0] = now + PATIENCE_SECONDS
            except StopIteration:
                self._leave(timer)
            except BaseException as failure:  # noqa: BLE001  # raised again when the window has closed
                self.failure = failure
                self._leave(timer)

        timer = QTimer()
        timer.timeout.connect(tick)
        timer.start(TICK_MILLISECONDS)
        self._timer = timer

    def _leave(self, timer: QTimer) -> None:
        timer.stop()
        for top in QApplication.topLevelWidgets():
            if top.isVisible() and top.isModal():
                top.close()
        QTimer.singleShot(0, self.window.close)


def _over(waiting: Callable[[], object] | float, deadline: float) -> bool:
    if isinstance(waiting, float):
        return time.monotonic() >= waiting
    if time.monotonic() > deadline:
        raise TimeoutError("what was waited for did not come")
    return bool(waiting())


class Mistakes(logging.Handler):
    """What the program calls a mistake of its own, which a user would be shown as a crash."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(record.getMessage())


@contextlib.contextmanager
def no_mistakes() -> Iterator[None]:
    mistakes, log = Mistakes(), logging.getLogger("shoal")
    log.addHandler(mistakes)
    try:
        yield
    finally:
        log.removeHandler(mistakes)
    assert not mistakes.told, "\n".join(mistakes.told)


def use_program(
    paths: Sequence[Path], script: Callable[[Robot], Script], make_robot: Callable[[], Robot] = Robot
) -> None:
    """Start the program with these paths, let somebody use it, and raise what went wrong."""
    robot = make_robot()
    QTimer.singleShot(0, lambda: robot.play(script(robot)))
    with no_mistakes():
        assert main(paths) == 0
        if robot.failure is not None:
            raise robot.failure


@contextlib.contextmanager
def carried_by_hand() -> Iterator[list[QMimeData]]:
    """What drags carry while there is no platform to carry it; stays empty where there is one."""
    carried: list[QMimeData] = []
    if QGuiApplication.platformName() != "offscreen":
        yield carried
        return

    def keep(drag: QDrag, *_actions: object) -> Qt.DropAction:
        copy, data = QMimeData(), drag.mimeData()
        for kind in data.formats():
            copy.setData(kind, data.data(kind))
        carried.append(copy)
        return Qt.DropAction.IgnoreAction

    original = QDrag.exec
    setattr(QDrag, "exec", keep)  # noqa: B010
    try:
        yield carried
    finally:
        setattr(QDrag, "exec", original)  # noqa: B010


def enter_and_move(target: QWidget, place: QPoint, data: QMimeData) -> None:
    """With every modifier key, the answer must be a copy: a move would have the source delete its files."""
    for keys in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier):
        actions, left = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
        for event in (
            QDragEnterEvent(place, actions, data, left, keys),
            QDragMoveEvent(place, actions, data, left, keys),
        ):
            QApplication.sendEvent(target, event)
            assert event.isAccepted()
            assert event.dropAction() == Qt.DropAction.CopyAction


def drop(target: QWidget, place: QPoint, data: QMimeData) -> None:
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    event = QDropEvent(QPointF(place), actions, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier)
    QApplication.sendEvent(target, event)
    assert event.dropAction() == Qt.DropAction.CopyAction
