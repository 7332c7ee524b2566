"""What somebody who waits sees: which stage, how fast, how long still."""

import io

from shoal.command_line.progress_bar import ProgressBar
from shoal.domain.sentence import Sentence
from shoal.domain.task import Progress


class Clock:
    """Stands still until somebody moves it."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def _bar(redraw: bool) -> tuple[ProgressBar, io.StringIO, Clock]:
    stream, clock = io.StringIO(), Clock()
    return ProgressBar(stream, redraw, clock, width=90), stream, clock


def test_a_terminal_shows_share_rate_and_time_left_on_one_line() -> None:
    bar, stream, clock = _bar(redraw=True)
    bar(Progress(Sentence("Looking at pictures"), 0, 400))
    clock.now += 2
    bar(Progress(Sentence("Looking at pictures"), 100, 400))
    last = stream.getvalue().split("\r")[-1].strip()
    assert last == "Looking at pictures [#####...............] 100 of 400, 50 a second, 6.0 s left"
    assert "\n" not in stream.getvalue()


def test_a_stage_that_ends_leaves_one_line_behind() -> None:
    bar, stream, clock = _bar(redraw=True)
    bar(Progress(Sentence("Reading names"), 0, 0))
    clock.now += 3
    bar(Progress(Sentence("Reading names"), 1200, 0))
    bar(Progress(Sentence("Looking at pictures"), 0, 10))
    clock.now += 200
    bar(Progress(Sentence("Looking at pictures"), 10, 10))
    bar.close()
    ended = [line.split("\r")[-1].strip() for line in stream.getvalue().split("\n")]
    assert ended == ["Reading names: 1,200 in 3.0 s", "Looking at pictures: 10 in 3 min 20 s", ""]


def test_nothing_is_drawn_more_than_ten_times_a_second() -> None:
    bar, stream, clock = _bar(redraw=True)
    for done in range(1000):
        clock.now += 0.001
        bar(Progress(Sentence("Looking at pictures"), done, 1000))
    assert stream.getvalue().count("\r") <= 11


def test_a_log_file_gets_a_line_per_stage_and_one_every_ten_seconds() -> None:
    bar, stream, clock = _bar(redraw=False)
    for done in range(0, 240, 10):
        bar(Progress(Sentence("Looking at pictures"), done, 240))
        clock.now += 1
    bar.close()
    assert stream.getvalue().splitlines() == [
        "Looking at pictures 42%, 100 of 240, 10 a second, 14 s left",
        "Looking at pictures 83%, 200 of 240, 10 a second, 4.0 s left",
        "Looking at pictures: 230 in 24 s",
    ]


def test_what_was_there_before_a_resumed_run_does_not_count_as_speed() -> None:
    bar, stream, clock = _bar(redraw=True)
    bar(Progress(Sentence("Looking at pictures"), 900, 1000))
    clock.now += 10
    bar(Progress(Sentence("Looking at pictures"), 950, 1000))
    assert "5.0 a second, 10 s left" in stream.getvalue()


def test_a_narrow_terminal_is_never_overrun() -> None:
    stream, clock = io.StringIO(), Clock()
    bar = ProgressBar(stream, True, clock, width=20)
    bar(Progress(Sentence("A stage with a very long name indeed"), 1, 2))
    assert all(len(line) <= 19 for line in stream.getvalue().split("\r"))
