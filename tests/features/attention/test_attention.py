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
    said = Signal(str)
    ended = Signal()


@pytest.fixture
def jobs(qapp) -> Jobs:
    return Jobs()


@pytest.fixture
def window(qtbot, jobs) -> QWidget:
    window = QWidget()
    window.setWindowTitle("cats - Shoal")
    qtbot.addWidget(window)
    Attention(window, jobs)
    return window


def test_progress_is_shown_while_there_is_some(window, jobs):
    jobs.started.emit("Looking")
    jobs.reported.emit(JobReport("Looking", 1, 4))
    assert window.windowTitle() == "25% cats - Shoal"
    jobs.reported.emit(JobReport("Looking", 2, 4))
    assert window.windowTitle() == "50% cats - Shoal"
    jobs.reported.emit(JobReport("Waiting", 0, 0))
    assert window.windowTitle() == "cats - Shoal"
    jobs.reported.emit(JobReport("Looking", 3, 4))
    jobs.ended.emit()
    assert window.windowTitle() == "cats - Shoal"


def test_the_task_bar_is_told_in_the_words_it_understands(qapp):
    message = launcher_message(0.75, True)
    assert (message.interface(), message.member()) == ("com.canonical.Unity.LauncherEntry", "Update")
    program, properties = message.arguments()
    assert program == f"application://{QGuiApplication.desktopFileName()}.desktop"
    assert properties == {"progress": 0.75, "progress-visible": True}
