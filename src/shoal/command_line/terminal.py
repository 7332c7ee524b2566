"""What a command says: its answer on standard output, everything else on standard error."""

import contextlib
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
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
    """Progress, warnings and the answer of one command. `as_json` keeps standard output free of all but one object.

    From now on whatever else in this process prints there, a library or a plugin, prints to standard error.
    """

    def __init__(self, as_json: bool) -> None:
        self._as_json, self._answers = as_json, _kept_for_answers()
        self._bar = ProgressBar(sys.stderr, redraw=sys.stderr.isatty() and os.environ.get("TERM") != "dumb")
        self.on_progress: Callable[[Progress], None] = self._bar

    def answer(self, answer: Answer) -> None:
        self.end_progress()
        text = _as_json(answer.data) if self._as_json else "\n".join(answer.lines)
        _write(self._answers, text + "\n")

    def error(self, summary: str, remedy: str) -> None:
        """Two sentences; with `--json` also one object, so that a script finds them where it looks."""
        self.end_progress()
        _write(sys.stderr, f"shoal: {printable(summary)}\n{printable(remedy)}\n")
        if self._as_json:
            _write(self._answers, _as_json({"error": summary, "remedy": remedy}) + "\n")

    def remark(self, sentence: str) -> None:
        self.end_progress()
        _write(sys.stderr, sentence + "\n")

    def end_progress(self) -> None:
        self._bar.close()


def _kept_for_answers() -> TextIO:
    """What was standard output; its number in the system, which all else is printed to, is standard error's now."""
    out: TextIO = sys.stdout
    if out is not sys.__stdout__:  # somebody in this process reads along, and sees who prints what
        return out
    try:
        kept = os.dup(1)
        os.dup2(2, 1)
    except OSError:
        return out
    return os.fdopen(kept, "w", encoding=out.encoding, errors=out.errors)


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
