"""Running Qt-free work on a worker thread and hearing back on the GUI thread. Nothing else starts a heavy thread."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from shoal.domain.errors import Cancelled
from shoal.domain.task import Progress, Task

log = logging.getLogger(__name__)

SECONDS_BETWEEN_REPORTS = 0.1
SECONDS_BEFORE_A_RATE_MEANS_ANYTHING = 0.5

Announce = Callable[[object], None]
"""Hands a partial result (a map that is good enough for now, say) to the GUI thread while the work goes on."""

Work = Callable[[Task, Announce], object]


@dataclass(frozen=True, slots=True)
class JobReport:
    """What the job panel shows. `rate` in items per second and `seconds_left` are None until they can be told."""

    stage: str
    done: int
    total: int
    rate: float | None = None
    seconds_left: float | None = None


class _Stopwatch:
    """Turns progress into at most ten reports a second, each with the rate of its stage so far."""

    def __init__(self) -> None:
        self._stage = ""
        self._started = self._last_report = 0.0
        self._done_at_start = 0

    def measure(self, progress: Progress, now: float) -> JobReport | None:
        """The report that is due at `now` (seconds), or None if the last one is too young."""
        if progress.message != self._stage:
            self._stage, self._started, self._done_at_start = progress.message, now, progress.done
        elif progress.done != progress.total and now - self._last_report < SECONDS_BETWEEN_REPORTS:
            return None
        self._last_report = now
        elapsed, done = now - self._started, progress.done - self._done_at_start
        if elapsed < SECONDS_BEFORE_A_RATE_MEANS_ANYTHING or done <= 0:
            return JobReport(progress.message, progress.done, progress.total)
        rate = done / elapsed
        left = (progress.total - progress.done) / rate if progress.total else None
        return JobReport(progress.message, progress.done, progress.total, rate, left)


class _Worker(QThread):
    reported = Signal(object)
    announced = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._stopwatch = _Stopwatch()
        self.task = Task(self._on_progress)

    def _on_progress(self, progress: Progress) -> None:
        report = self._stopwatch.measure(progress, time.monotonic())
        if report is not None:
            self.reported.emit(report)

    def run(self) -> None:
        try:
            result = self._work(self.task, self.announced.emit)
        except Cancelled:
            self.cancelled.emit()
        except Exception as error:
            log.info("background job failed", exc_info=True)
            self.failed.emit(error)
        else:
            self.succeeded.emit(result)


class JobRunner(QObject):
    """One job at a time. Every job ends with exactly one of succeeded, failed, cancelled, then `idle`."""

    started = Signal(str)
    reported = Signal(object)
    announced = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker: _Worker | None = None
        self._next: tuple[str, Work] | None = None

    @property
    def busy(self) -> bool:
        return self._worker is not None

    def start(self, name: str, work: Work) -> None:
        """Run `work` on a thread of its own. Raises RuntimeError while another job runs."""
        if self.busy:
            raise RuntimeError("a job is already running")
        worker = self._worker = _Worker(work, self)
        queued = Qt.ConnectionType.QueuedConnection
        for signal in ("reported", "announced", "succeeded", "failed", "cancelled"):
            getattr(worker, signal).connect(getattr(self, signal), queued)
        worker.finished.connect(self._on_finished, queued)
        self.started.emit(name)
        worker.start()

    def replace(self, name: str, work: Work) -> None:
        """Run `work` as soon as the present job, which is asked to stop, has ended."""
        if self.busy:
            self._next = (name, work)
            self.cancel()
        else:
            self.start(name, work)

    def cancel(self) -> None:
        if self._worker:
            self._worker.task.cancel()

    def shutdown(self) -> None:
        """Call before the window closes; returns once the thread has ended."""
        self._next = None
        if self._worker:
            self._worker.task.cancel()
            self._worker.wait()

    @Slot()
    def _on_finished(self) -> None:
        assert self._worker is not None
        self._worker.deleteLater()
        self._worker = None
        self.idle.emit()
        if self._next is not None and not self.busy:
            (name, work), self._next = self._next, None
            self.start(name, work)
