import threading
import time

import pytest

from shoal.domain.errors import ModelUnavailable
from shoal.qt.jobs import JobRunner


@pytest.fixture
def runner(qtbot):
    runner = JobRunner()
    yield runner
    runner.shutdown()
    qtbot.waitUntil(lambda: not runner.busy)


class Recorder:
    def __init__(self, runner):
        self.events, self.threads = [], set()
        for name in ("succeeded", "failed", "reported", "announced"):
            getattr(runner, name).connect(lambda value, name=name: self._note(name, value))
        for name in ("cancelled", "idle"):
            getattr(runner, name).connect(lambda name=name: self._note(name, None))

    def _note(self, name, value):
        self.events.append((name, value))
        self.threads.add(threading.current_thread() is threading.main_thread())

    @property
    def endings(self):
        return [name for name, _ in self.events if name not in ("reported", "announced")]


def test_success_is_reported_once_on_the_gui_thread(qtbot, runner):
    seen = Recorder(runner)
    with qtbot.waitSignal(runner.idle):
        runner.start("adding", lambda task, _announce: sum(task.track(range(5000), "adding")))
    assert seen.endings == ["succeeded", "idle"]
    assert ("succeeded", sum(range(5000))) in seen.events
    assert seen.threads == {True}
    assert sum(name == "reported" for name, _ in seen.events) < 20  # throttled


def test_cancel_stops_at_the_next_report(qtbot, runner):
    seen = Recorder(runner)
    done = []

    def work(task, _announce):
        for n in task.track(range(10_000), "slow"):
            time.sleep(0.002)
            done.append(n)

    with qtbot.waitSignal(runner.idle):
        runner.start("work", work)
        qtbot.wait(50)
        runner.cancel()
    assert seen.endings == ["cancelled", "idle"]
    assert len(done) < 200


def test_errors_cross_the_thread_boundary_as_values(qtbot, runner, caplog):
    seen = Recorder(runner)

    def work(_task, _announce):
        raise ModelUnavailable("No model.", "Connect to the internet.")

    with qtbot.waitSignal(runner.idle):
        runner.start("work", work)
    assert seen.endings == ["failed", "idle"]
    assert seen.events[-2][1].remedy == "Connect to the internet."


def test_many_jobs_in_a_row_do_not_crash(qtbot, runner):
    for _ in range(100):
        with qtbot.waitSignal(runner.idle):
            runner.start("x", lambda task, _announce: list(task.track(range(50), "x")))


def test_shutdown_during_work_waits_for_the_thread(qtbot):
    runner = JobRunner()
    runner.start("x", lambda task, _announce: [time.sleep(0.01) for _ in task.track(range(1000), "x")])
    started = time.monotonic()
    runner.shutdown()
    assert time.monotonic() - started < 1
    qtbot.waitUntil(lambda: not runner.busy)


def test_partial_results_arrive_before_the_end(qtbot, runner):
    seen = Recorder(runner)

    def work(_task, announce):
        announce("half")
        return "whole"

    with qtbot.waitSignal(runner.idle):
        runner.start("work", work)
    assert [(name, value) for name, value in seen.events if name != "reported"] == [
        ("announced", "half"),
        ("succeeded", "whole"),
        ("idle", None),
    ]


def test_replacing_a_job_cancels_it_and_runs_the_last_one_asked_for(qtbot, runner):
    seen = Recorder(runner)
    runner.start("slow", lambda task, _announce: [time.sleep(0.002) for _ in task.track(range(5000), "slow")])
    for number in range(3):
        runner.replace("next", lambda _task, _announce, number=number: number)
    qtbot.waitUntil(lambda: seen.endings.count("idle") == 2)
    assert seen.endings == ["cancelled", "idle", "succeeded", "idle"]
    assert ("succeeded", 2) in seen.events


def test_a_rate_and_the_time_left_are_told(qtbot, runner):
    seen = Recorder(runner)
    with qtbot.waitSignal(runner.idle):
        runner.start("slow", lambda task, _announce: [time.sleep(0.02) for _ in task.track(range(60), "slow")])
    reports = [value for name, value in seen.events if name == "reported" and value.rate is not None]
    assert reports
    assert all(report.rate > 0 and report.seconds_left >= 0 for report in reports)
    assert reports[-1].done == reports[-1].total == 60
