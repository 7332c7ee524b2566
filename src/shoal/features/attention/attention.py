"""Long work in the background: how far it is, in the task bar, and a word when it is done and nobody is looking."""

import sys
import time

from PySide6.QtCore import QObject, Qt
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from shoal.qt.jobs import JobReport, Jobs
from shoal.widgets.feature import Feature, Handlers, Parts

LONG_WORK_SECONDS = 10
LAUNCHER = "com.canonical.Unity.LauncherEntry"
"""Understood by the docks and task bars of KDE, GNOME with its dock extensions, Cinnamon, Xfce's docks."""


class Attention(QObject):
    def __init__(self, window: QWidget, jobs: Jobs) -> None:
        super().__init__(window)
        self._window = window
        self._began = 0.0
        self._stopped = False
        self._tray = QSystemTrayIcon(QGuiApplication.windowIcon(), self)
        self._tray.messageClicked.connect(self._come_forward)
        self._message = ""
        jobs.said.connect(self._on_said)
        jobs.started.connect(self._on_started)
        jobs.reported.connect(self._on_reported)
        jobs.cancelled.connect(self._on_cancelled)
        jobs.ended.connect(self._on_ended)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.applicationStateChanged.connect(self._on_state)

    def _on_started(self, _name: str) -> None:
        self._began, self._stopped = time.monotonic(), False

    def _on_reported(self, report: JobReport) -> None:
        part = report.done / report.total if report.total else 0.0
        self._show_progress(part if report.total else None)
        show_in_launcher(part, bool(report.total))

    def _on_said(self, message: str) -> None:
        self._message = message

    def _show_progress(self, part: float | None) -> None:
        """In the title, where every task bar shows it: from 0 to 1, None where nothing is going on."""
        title = self._window.windowTitle().rpartition("% ")[2]
        self._window.setWindowTitle(title if part is None else f"{part:.0%} {title}")

    def _on_cancelled(self) -> None:
        self._stopped = True

    def _on_ended(self) -> None:
        self._show_progress(None)
        show_in_launcher(0.0, False)
        long = time.monotonic() - self._began >= LONG_WORK_SECONDS
        if long and not self._stopped and not self._window.isActiveWindow():
            QApplication.alert(self._window)
            self._say(self._message)

    def _say(self, message: str) -> None:
        """Qt hands it to what the system has for such words; the icon is there only as long as they are."""
        if QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages():
            self._tray.show()
            self._tray.showMessage(self._window.windowTitle(), message, QGuiApplication.windowIcon())

    def _on_state(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self._tray.hide()

    def _come_forward(self) -> None:
        self._window.raise_()
        self._window.activateWindow()


def show_in_launcher(part: float, visible: bool) -> None:
    """Announce to whoever draws the task bar how far the work is, from 0 to 1; only Linux has this custom."""
    if sys.platform.startswith("linux"):
        QDBusConnection.sessionBus().send(launcher_message(part, visible))


def launcher_message(part: float, visible: bool) -> QDBusMessage:
    message = QDBusMessage.createSignal("/", LAUNCHER, "Update")
    program = f"application://{QGuiApplication.desktopFileName()}.desktop"
    message.setArguments([program, {"progress": part, "progress-visible": visible}])
    return message


def _build(parts: Parts) -> Handlers:
    Attention(parts.window, parts.jobs)
    return {}


FEATURE = Feature("attention", _build)
