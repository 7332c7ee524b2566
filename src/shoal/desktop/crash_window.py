"""What happens when we are wrong: a report in the log file and a dialog to copy it from, once per mistake."""

import logging
import platform
import sys
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

import PySide6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from shoal.domain.errors import UserFacingError
from shoal.domain.versions import installed_version
from shoal.widgets.trouble import CrashDialog, show_trouble

log = logging.getLogger(__name__)
LOG_BYTES, LOGS_KEPT = 2_000_000, 3


class CrashReporter(QObject):
    """Takes over `sys.excepthook`; exceptions of slots end there as well. Any thread may raise."""

    _raised = Signal(str)
    _refused = Signal(str, str)

    def __init__(self, log_file: Path, window: QWidget) -> None:
        super().__init__(window)
        self._log_file, self._window = log_file, window
        self._seen: set[str] = set()
        self._handler = handler = RotatingFileHandler(
            log_file, maxBytes=LOG_BYTES, backupCount=LOGS_KEPT, encoding="utf-8", delay=True
        )
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logging.getLogger("shoal").addHandler(handler)
        logging.getLogger("shoal").setLevel(logging.INFO)
        self._raised.connect(self._show)
        self._refused.connect(lambda summary, remedy: show_trouble(self._window, summary, remedy))
        sys.excepthook = self.report

    def close(self) -> None:
        """Give back what was taken over; the window is about to go."""
        sys.excepthook = sys.__excepthook__
        logging.getLogger("shoal").removeHandler(self._handler)
        self._handler.close()

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log it, and show it unless the same mistake has been shown before. What is no mistake is told as it is."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        if isinstance(error, UserFacingError):
            self._refused.emit(error.summary, error.remedy)
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        log.error("A mistake of ours:\n%s", text)
        if text not in self._seen:
            self._seen.add(text)
            self._raised.emit(f"{_where_we_run()}\n\n{text}")

    def _show(self, report: str) -> None:
        CrashDialog(report, self._log_file, self._window).open()


def _where_we_run() -> str:
    ours = installed_version("shoal") or "from source"
    return f"Shoal {ours}, Python {platform.python_version()}, PySide6 {PySide6.__version__}, {platform.platform()}"
