"""How far the work is stands in the title and, where the system takes it, in the task bar."""

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from shoal.features.attention.attention import Attention, launcher_message
from shoal.qt.jobs import JobReport


class Jobs(QObject):
    started = Signal(str)
    reported = Signal(object)
    cancelled = Signal()
    ended = Signal()


class Window(QWidget):
    """As much of the main window as is spoken to."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[float | None] = []

    def show_progress(self, part: float | None) -> None:
        self.parts.append(part)


@pytest.fixture
def jobs(qapp) -> Jobs:
    return Jobs()


@pytest.fixture
def window(qtbot, jobs) -> Window:
    window = Window()
    qtbot.addWidget(window)
    Attention(window, jobs)
    return window


def test_progress_is_shown_while_there_is_some(window, jobs):
    jobs.started.emit("Looking")
    jobs.reported.emit(JobReport("Looking", 1, 4))
    jobs.reported.emit(JobReport("Waiting", 0, 0))
    jobs.ended.emit()
    assert window.parts == [0.25, None, None]


def test_the_task_bar_is_told_in_the_words_it_understands(qapp):
    message = launcher_message(0.75, True)
    assert (message.interface(), message.member()) == ("com.canonical.Unity.LauncherEntry", "Update")
    program, properties = message.arguments()
    assert program == f"application://{QGuiApplication.desktopFileName()}.desktop"
    assert properties == {"progress": 0.75, "progress-visible": True}
