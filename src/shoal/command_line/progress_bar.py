"""Progress on standard error: one bar that is redrawn on a terminal, a line now and then anywhere else."""

import shutil
import time
from collections.abc import Callable
from typing import TextIO

from shoal.domain.sentence import NOTHING
from shoal.domain.task import Progress

_REDRAW_SECONDS = 0.1
_LINE_SECONDS = 10.0
_SHORTEST_RATED = 0.5  # a rate from less than this is noise


class ProgressBar:
    """Shows what a `Task` reports. Call `close` before writing anything else to the same stream.

    A stage begins with the first report that carries a new message; its rate and time left are its own.
    """

    def __init__(
        self, stream: TextIO, redraw: bool, clock: Callable[[], float] = time.monotonic, width: int | None = None
    ) -> None:
        self._stream = stream
        self._redraw = redraw
        self._clock = clock
        self._width = width
        self._last = Progress(NOTHING, 0, 0)
        self._stage_began = clock()
        self._already_done = 0
        self._shown_at = -_LINE_SECONDS
        self._on_line = False

    def __call__(self, progress: Progress) -> None:
        if progress.message != self._last.message:
            self._end_stage()
            self._stage_began, self._already_done = self._clock(), progress.done
            self._shown_at = self._clock() if not self._redraw else -_LINE_SECONDS
        self._last = progress
        if self._clock() - self._shown_at >= (_REDRAW_SECONDS if self._redraw else _LINE_SECONDS):
            self._shown_at = self._clock()
            self._show(self._line())

    def close(self) -> None:
        """End the line of the last stage."""
        self._end_stage()
        self._last = Progress(NOTHING, 0, 0)

    def _end_stage(self) -> None:
        if not self._last.message:
            return
        took = self._clock() - self._stage_began
        count = f"{self._last.done:,} in " if self._last.done > 1 else ""
        self._show(f"{self._last.message}: {count}{_duration(took)}")
        if self._redraw:
            self._stream.write("\n")
            self._stream.flush()

    def _show(self, line: str) -> None:
        if self._redraw:
            room = (self._width or shutil.get_terminal_size().columns) - 1
            self._stream.write(f"\r{line[:room]:{room}}")
        else:
            self._stream.write(line + "\n")
        self._stream.flush()

    def _line(self) -> str:
        message, done, total = self._last.message, self._last.done, self._last.total
        if not total:
            return f"{message}: {done:,}{self._rate()}" if done else f"{message} ..."
        share = min(done / total, 1.0)
        bar = f"[{'#' * round(share * 20):.<20}] " if self._redraw else f"{share:.0%}, "
        return f"{message} {bar}{done:,} of {total:,}{self._rate()}{self._time_left()}"

    def _per_second(self) -> float:
        elapsed = self._clock() - self._stage_began
        return (self._last.done - self._already_done) / elapsed if elapsed > _SHORTEST_RATED else 0.0

    def _rate(self) -> str:
        rate = self._per_second()
        return f", {rate:,.{0 if rate >= 10 else 1}f} a second" if rate else ""

    def _time_left(self) -> str:
        rate = self._per_second()
        return f", {_duration((self._last.total - self._last.done) / rate)} left" if rate else ""


def _duration(seconds: float) -> str:
    """In words as short as the length allows: "0.4 s", "12 s", "3 min 05 s", "2 h 07 min"."""
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"
