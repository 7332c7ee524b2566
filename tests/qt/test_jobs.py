import threading
import time

import pytest

from shoal.domain.errors import Cancelled, ModelUnavailable
from shoal.domain.sentence import Sentence
from shoal.qt.jobs import Jobs, Kind


@pytest.fixture
def jobs(qtbot):
    jobs = Jobs()
    yield jobs
    jobs.shutdown()


class Recorder:
    """Notes every end of a job and every answer, in their order, and that all of it came on the GUI thread."""

    def __init__(self, jobs):
        self.events, self.threads = [], set()
        jobs.failed.connect(lambda error, again: self.note("failed", error))
        jobs.cancelled.connect(lambda: self.note("cancelled"))
        jobs.ended.connect(lambda: self.note("ended"))

    def note(self, *event):
        self.events.append(event if len(event) > 1 else event[0])
        self.threads.add(threading.current_thread() is threading.main_thread())

    def answer(self, result):
        self.note("done", result)


def slowly(task):
    for _ in task.track(range(5000), "slow"):
        time.sleep(0.002)


def held(gate):
    """Work that goes on until the gate opens, unless it is cancelled, and answers "written"."""

    def work(task):
        while not gate.wait(0.005):
            task.check()
        return "written"

    return work


def test_the_answer_comes_once_to_who_asked_on_the_gui_thread(qtbot, jobs):
    seen, reports = Recorder(jobs), []
    jobs.reported.connect(reports.append)
    with qtbot.waitSignal(jobs.ended):
        jobs.run("adding", lambda task: sum(task.track(range(5000), "adding")), seen.answer)
    assert seen.events == [("done", sum(range(5000))), "ended"]
    assert seen.threads == {True}
    assert len(reports) < 20  # throttled


def test_cancel_stops_at_the_next_report_and_answers_nobody(qtbot, jobs):
    seen, done = Recorder(jobs), []

    def work(task):
        for n in task.track(range(10_000), "slow"):
            time.sleep(0.002)
            done.append(n)

    with qtbot.waitSignal(jobs.ended):
        jobs.run("work", work, seen.answer)
        qtbot.wait(50)
        jobs.cancel()
    assert seen.events == ["cancelled", "ended"]
    assert len(done) < 200


def test_an_error_goes_to_who_asked_or_else_to_all_who_listen(qtbot, jobs):
    seen, errors = Recorder(jobs), []

    def work(_task):
        raise ModelUnavailable(Sentence("No model."), Sentence("Connect to the internet."))

    with qtbot.waitSignal(jobs.ended):
        jobs.run("work", work, seen.answer, failed=errors.append)
    assert seen.events == ["ended"]
    with qtbot.waitSignal(jobs.ended):
        jobs.run("work", work, seen.answer)
    assert seen.events[1][1].remedy == errors[0].remedy == "Connect to the internet."


def test_what_failed_can_be_done_again(qtbot, jobs):
    seen, tries = Recorder(jobs), []

    def work(_task):
        tries.append(None)
        if len(tries) == 1:
            raise ModelUnavailable(Sentence("No weights."), Sentence("Say yes."))
        return "loaded"

    jobs.failed.connect(lambda _error, again: again())
    jobs.run("loading", work, seen.answer)
    qtbot.waitUntil(lambda: ("done", "loaded") in seen.events)


def test_many_jobs_in_a_row_do_not_crash(qtbot, jobs):
    for _ in range(100):
        with qtbot.waitSignal(jobs.ended):
            jobs.run("x", lambda task: list(task.track(range(50), "x")), lambda _result: None)


def test_shutdown_waits_for_the_thread_and_then_nobody_is_told_of_anything(qtbot, jobs):
    seen = Recorder(jobs)
    jobs.run("x", slowly, seen.answer)
    jobs.run("y", slowly, seen.answer)
    started = time.monotonic()
    jobs.shutdown()
    assert time.monotonic() - started < 1
    qtbot.waitUntil(lambda: not jobs.busy)
    jobs.run("z", lambda _task: "late", seen.answer)
    qtbot.wait(50)
    assert seen.events == []


def test_partial_results_arrive_before_the_answer(qtbot, jobs):
    seen = Recorder(jobs)
    tell = jobs.ear(lambda news: seen.note("heard", news))

    def work(_task):
        tell("half")
        return "whole"

    with qtbot.waitSignal(jobs.ended):
        jobs.run("work", work, seen.answer)
    assert seen.events == [("heard", "half"), ("done", "whole"), "ended"]
    assert seen.threads == {True}


def test_a_newer_look_takes_the_place_of_an_older_one_and_only_the_last_is_done(qtbot, jobs):
    seen = Recorder(jobs)
    jobs.run("slow", slowly, seen.answer, kind=Kind.LOOK)
    for number in range(3):
        jobs.run("next", lambda _task, number=number: number, seen.answer, kind=Kind.LOOK)
    qtbot.waitUntil(lambda: seen.events.count("ended") == 2)
    assert seen.events == ["cancelled", "ended", ("done", 2), "ended"]


@pytest.mark.parametrize("kind", Kind)
def test_what_writes_is_never_replaced_whatever_is_asked_for_meanwhile(qtbot, jobs, kind):
    seen, gate, waiting = Recorder(jobs), threading.Event(), []
    jobs.waiting_changed.connect(waiting.append)
    jobs.run("exporting", held(gate), seen.answer, kind=Kind.WRITE)
    assert jobs.writing == "exporting"
    jobs.run("other", lambda _task: "other", seen.answer, kind=kind)
    assert waiting[-1] == ["other"]
    qtbot.wait(30)
    assert seen.events == []
    gate.set()
    qtbot.waitUntil(lambda: seen.events.count("ended") == 2)
    assert seen.events == [("done", "written"), "ended", ("done", "other"), "ended"]
    assert (waiting[-1], jobs.writing, jobs.busy) == ([], "", False)


def test_of_what_waits_a_question_is_kept_once_and_every_writing(qtbot, jobs):
    seen, gate = Recorder(jobs), threading.Event()
    jobs.run("exporting", held(gate), seen.answer, kind=Kind.WRITE)
    for number in range(2):
        jobs.run("checking", lambda _task, number=number: f"check {number}", seen.answer)
        jobs.run("exporting", lambda _task, number=number: f"export {number}", seen.answer, kind=Kind.WRITE)
    gate.set()
    qtbot.waitUntil(lambda: seen.events.count("ended") == 4)
    answers = [event[1] for event in seen.events if event != "ended"]
    assert answers == ["written", "export 0", "check 1", "export 1"]


def test_the_user_can_stop_what_writes_and_then_comes_what_waits(qtbot, jobs):
    seen = Recorder(jobs)
    jobs.run("exporting", held(threading.Event()), seen.answer, kind=Kind.WRITE)
    jobs.run("looking", lambda _task: "looked", seen.answer, kind=Kind.LOOK)
    jobs.cancel()
    qtbot.waitUntil(lambda: seen.events.count("ended") == 2)
    assert seen.events == ["cancelled", "ended", ("done", "looked"), "ended"]


def test_an_answer_may_ask_for_more(qtbot, jobs):
    seen, waiting = Recorder(jobs), []
    jobs.waiting_changed.connect(waiting.append)
    jobs.run("first", lambda _task: 1, lambda one: jobs.run("second", lambda _task: one + 1, seen.answer))
    qtbot.waitUntil(lambda: ("done", 2) in seen.events)
    assert ["second"] not in waiting[:-1] or waiting[-1] == []


def test_work_that_stops_by_itself_is_cancelled(qtbot, jobs):
    seen = Recorder(jobs)

    def work(_task):
        raise Cancelled

    with qtbot.waitSignal(jobs.ended):
        jobs.run("work", work, seen.answer)
    assert seen.events == ["cancelled", "ended"]


def test_a_rate_and_the_time_left_are_told(qtbot, jobs):
    reports = []
    jobs.reported.connect(reports.append)
    with qtbot.waitSignal(jobs.ended):
        jobs.run("slow", lambda task: [time.sleep(0.02) for _ in task.track(range(60), "slow")], lambda _none: None)
    rated = [report for report in reports if report.rate is not None]
    assert rated
    assert all(report.rate > 0 and report.seconds_left >= 0 for report in rated)
    assert rated[-1].done == rated[-1].total == 60
