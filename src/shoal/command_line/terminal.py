"""What a command says: its answer on standard output, everything else on standard error."""

import contextlib
import json
import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, TextIO

from shoal.command_line.progress_bar import ProgressBar
from shoal.domain.task import Progress, Task


@dataclass(frozen=True, slots=True)
class Answer:
    """The same result for people, line by line, and for scripts, as the object that `--json` prints."""

    lines: tuple[str, ...]
    data: Mapping[str, Any]
    exit_code: int = 0


class Terminal:
    """Progress, warnings and the answer of one command. `as_json` keeps standard output free of all but one object."""

    def __init__(self, as_json: bool) -> None:
        self._as_json = as_json
        self._bar = _progress_bar(sys.stderr, as_json)

    def on_progress(self, progress: Progress) -> None:
        if self._bar is not None:
            self._bar(progress)

    def answer(self, answer: Answer) -> None:
        self.end_progress()
        text = _as_json(answer.data) if self._as_json else "\n".join(answer.lines)
        _write(sys.stdout, text + "\n")

    def error(self, summary: str, remedy: str) -> None:
        """Two sentences; with `--json` also one object, so that a script finds them where it looks."""
        self.end_progress()
        _write(sys.stderr, f"shoal: {printable(summary)}\n{printable(remedy)}\n")
        if self._as_json:
            _write(sys.stdout, _as_json({"error": summary, "remedy": remedy}) + "\n")

    def remark(self, sentence: str) -> None:
        self.end_progress()
        _write(sys.stderr, sentence + "\n")

    def end_progress(self) -> None:
        if self._bar is not None:
            self._bar.close()


def _progress_bar(stream: TextIO, as_json: bool) -> ProgressBar | None:
    if stream.isatty():
        return ProgressBar(stream, redraw=os.environ.get("TERM") != "dumb")
    return None if as_json else ProgressBar(stream, redraw=False)


def _write(stream: TextIO, text: str) -> None:
    """Characters that the stream cannot show are escaped; a reader that has left (`| head`) is no error."""
    try:
        stream.write(text.encode(stream.encoding or "utf-8", "backslashreplace").decode(stream.encoding or "utf-8"))
        stream.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _as_json(data: Mapping[str, Any]) -> str:
    """ASCII only: file names may hold bytes that are no text, and escapes keep even those."""
    return json.dumps(data, default=str, allow_nan=False)


def printable(text: str | Path) -> str:
    """File names may hold anything; what could steer a terminal is shown as an escape."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape", "surrogatepass").decode()
        for character in str(text)
    )


@contextlib.contextmanager
def cancelled_by_interrupt(task: Task) -> Iterator[None]:
    """Ctrl+C asks the task to stop at its next report; a second one interrupts whatever runs."""

    def cancel(_signal: int, _frame: FrameType | None) -> None:
        task.cancel()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, cancel)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
