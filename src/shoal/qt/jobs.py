"""Long work, free of Qt, on a worker thread: one job at a time, and the answer comes to whoever asked.

Nothing else starts a heavy thread. What waits, what gives way and what nobody may interrupt says `Kind`.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from shoal.domain.errors import Cancelled
from shoal.domain.task import Progress, Task

log = logging.getLogger(__name__)

SECONDS_BETWEEN_REPORTS = 0.1
SECONDS_BEFORE_A_RATE_MEANS_ANYTHING = 0.5

T = TypeVar("T")

Answer = Callable[[], object]
"""What is called on the GUI thread when a job has ended."""


class Kind(Enum):
    LOOK = auto()
    """Brings the project up to date. A newer one takes the place of an older one, running or waiting."""

    ASK = auto()
    """Answers a question. It waits for its turn."""

    WRITE = auto()
    """Changes files. It waits for its turn, and nothing but the user stops it."""


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


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    """`work` returns what its asker is to be told."""

    name: str
    kind: Kind
    work: Callable[[Task], Answer]
    failed: Callable[[Exception], object] | None


class _Worker(QThread):
    reported = Signal(object)

    def __init__(self, job: _Job, parent: QObject) -> None:
        super().__init__(parent)
        self.job = job
        self._stopwatch = _Stopwatch()
        self.task = Task(self._on_progress)
        self.outcome: Answer | Exception = Cancelled()
        """Read it when the thread has ended."""

    def _on_progress(self, progress: Progress) -> None:
        report = self._stopwatch.measure(progress, time.monotonic())
        if report is not None:
            self.reported.emit(report)

    def run(self) -> None:
        try:
            self.outcome = self.job.work(self.task)
        except Cancelled as stopped:
            self.outcome = stopped
        except Exception as error:
            log.info("background job failed", exc_info=True)
            self.outcome = error


class Jobs(QObject):
    """Lives on the GUI thread. A job that has started ends with one answer to its asker, or with `cancelled`."""

    started = Signal(str)
    reported = Signal(object)
    waiting_changed = Signal(object)
    """The names of the jobs that wait, in their order."""

    failed = Signal(object, object)
    """The exception of a job whose asker does not take it, and a function that asks for the same job again."""

    said = Signal(str)
    """How the last job ended, in words."""

    remarked = Signal(str)
    """Something that is true beside the job: how many pictures are selected."""

    cancelled = Signal()
    ended = Signal()
    """After each job, however it ended, when its asker has been told and before the next one starts."""

    _heard = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker: _Worker | None = None
        self._waiting: list[_Job] = []
        self._open = True
        self._heard.connect(self._on_heard, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        return self._worker is not None

    @property
    def writing(self) -> str:
        """The name of the first job that changes files, running or waiting; empty if there is none."""
        running = [self._worker.job] if self._worker and self._open else []
        return next((job.name for job in (*running, *self._waiting) if job.kind is Kind.WRITE), "")

    def run(
        self,
        name: str,
        work: Callable[[Task], T],
        done: Callable[[T], object],
        *,
        failed: Callable[[Exception], object] | None = None,
        kind: Kind = Kind.ASK,
    ) -> None:
        """Run `work` on a thread of its own when its turn comes; then `done` hears its result, on the GUI thread.

        Without `failed` an exception goes to the signal of that name. Asked for again while it still waits, a job that
        writes nothing is not run twice.
        """

        def answer(task: Task) -> Answer:
            return partial(done, work(task))

        self._take(_Job(name, kind, answer, failed))

    def ear(self, listen: Callable[[T], object]) -> Callable[[T], None]:
        """A function for work to call: `listen` hears its argument on the GUI thread, before the job has ended.

        For a partial result (a map that is good enough for now, say) while the work goes on.
        """
        return lambda news: self._heard.emit(partial(listen, news))

    def say(self, message: str) -> None:
        """What came of a job; "" if there is nothing to be said."""
        self.said.emit(message)

    def remark(self, message: str) -> None:
        self.remarked.emit(message)

    def cancel(self) -> None:
        """Stop what runs; what waits comes next."""
        if self._worker:
            self._worker.task.cancel()

    def shutdown(self) -> None:
        """Stop everything, also what writes; returns once the thread has ended. Nobody is told of anything any more."""
        self._open, self._waiting = False, []
        if self._worker:
            self._worker.task.cancel()
            self._worker.wait()

    def _take(self, job: _Job) -> None:
        if not self._open:
            return
        # One that has ended, with its answer on the way, can no longer be cancelled: the new one waits for its turn.
        running = self._worker.job if self._worker and not self._worker.isFinished() else None
        if job.kind is Kind.LOOK:
            self._waiting = [other for other in self._waiting if other.kind is not Kind.LOOK]
        if job.kind is Kind.LOOK and running is not None and running.kind is Kind.LOOK:
            self._waiting.insert(0, job)
            self.cancel()
        else:
            same = [other for other in self._waiting if other.name == job.name and other.kind is Kind.ASK]
            self._waiting = [*(other for other in self._waiting if other not in same), job]
        if self._worker is None:
            self._start_next()
        else:
            self._tell_waiting()

    def _start_next(self) -> None:
        if not self._waiting:
            return
        job = self._waiting.pop(0)
        worker = self._worker = _Worker(job, self)
        queued = Qt.ConnectionType.QueuedConnection
        worker.reported.connect(self.reported, queued)
        worker.finished.connect(self._on_finished, queued)
        self._tell_waiting()
        self.started.emit(job.name)
        worker.start()

    def _tell_waiting(self) -> None:
        self.waiting_changed.emit([job.name for job in self._waiting])

    @Slot(object)
    def _on_heard(self, tell: Answer) -> None:
        if self._open:
            tell()

    @Slot()
    def _on_finished(self) -> None:
        worker = self._worker
        assert worker is not None
        try:
            self._tell(worker.job, worker.outcome)
        finally:
            self._worker = None
            worker.deleteLater()
            if self._open:
                self.ended.emit()
                self._start_next()

    def _tell(self, job: _Job, outcome: Answer | Exception) -> None:
        if not self._open:
            return
        if isinstance(outcome, Cancelled):
            self.cancelled.emit()
        elif not isinstance(outcome, Exception):
            outcome()
        elif job.failed is not None:
            job.failed(outcome)
        else:
            self.failed.emit(outcome, partial(self._take, job))


def duration(seconds: float) -> str:
    """As m:ss, or h:mm:ss from an hour on."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
