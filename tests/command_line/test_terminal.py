"""Standard output belongs to the answer; hostile names reach neither the terminal nor a script raw."""

import io
import json
import signal
import sys
from collections.abc import Callable

import pytest

from shoal.command_line.crash_log import report_crashes_to
from shoal.command_line.terminal import Answer, Terminal, cancelled_by_interrupt, printable
from shoal.domain.errors import Cancelled
from shoal.domain.sentence import Sentence
from shoal.domain.task import Progress, Task


def test_json_keeps_standard_output_for_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal(as_json=True)
    terminal.on_progress(Progress(Sentence("Looking at pictures"), 1, 2))
    terminal.answer(Answer(("for people",), {"images": 2, "path": "caf\u00e9 \udcff"}))
    assert json.loads(capsys.readouterr().out) == {"images": 2, "path": "caf\u00e9 \udcff"}


def test_an_error_is_two_sentences_for_people_and_an_object_for_scripts(capsys: pytest.CaptureFixture[str]) -> None:
    Terminal(as_json=True).error("The disk is full.", "Make room.")
    written = capsys.readouterr()
    assert written.err == "shoal: The disk is full.\nMake room.\n"
    assert json.loads(written.out) == {"error": "The disk is full.", "remedy": "Make room."}


def test_a_name_cannot_steer_the_terminal() -> None:
    assert printable("a\x1b[2Jb\nc\u202e\udc80") == "a\\x1b[2Jb\\nc\\u202e\\udc80"
    assert printable("\u00e4 \u5c71.jpg") == "\u00e4 \u5c71.jpg"


def test_a_stream_that_knows_few_characters_gets_escapes(monkeypatch: pytest.MonkeyPatch) -> None:
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", narrow)
    Terminal(as_json=False).answer(Answer(("\u5c71",), {}))
    narrow.seek(0)
    assert narrow.read() == "\\u5c71\n"


def test_the_first_interrupt_cancels_the_task_and_the_old_handler_comes_back() -> None:
    task, before = Task(), signal.getsignal(signal.SIGINT)
    with cancelled_by_interrupt(task):
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(Cancelled):
            task.check()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


@pytest.fixture
def _excepthook_restored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)


@pytest.mark.usefixtures("_excepthook_restored")
def test_what_nobody_expected_goes_to_the_log_and_the_user_is_told_where(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path))
    report_crashes_to(Terminal(as_json=False))
    hook: Callable[..., None] = sys.excepthook
    try:
        raise ZeroDivisionError("by nothing")
    except ZeroDivisionError as error:
        hook(type(error), error, error.__traceback__)
    told = capsys.readouterr().err
    log = next(line for line in told.splitlines() if "The details are in" in line).split(" in ")[1].split(";")[0]
    with open(log, encoding="utf-8") as file:
        assert "ZeroDivisionError: by nothing" in file.read()
