import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from tests.processes import errands

from shoal.domain.errors import Cancelled, HelperProcessDied, ModelUnavailable
from shoal.domain.task import Progress, Task
from shoal.processes.child_process import ChildProcess
from shoal.processes.helper_process import HelperProcess


@pytest.fixture(scope="module")
def resident():
    """One helper for all tests that leave it as it was."""
    with HelperProcess("test") as helper:
        yield helper


@pytest.fixture
def helper():
    with HelperProcess("test", grace_seconds=0.3) as helper:
        yield helper


def wait_for(condition, seconds: float = 30.0):
    deadline = time.monotonic() + seconds
    while not (result := condition()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)
    return result


def lives(pid: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


class CancelOnce(threading.Thread):
    """Cancels a task as soon as a file appears."""

    def __init__(self, task: Task, file: Path) -> None:
        super().__init__()
        self._cancel, self._file = task.cancel, file
        self.start()

    def run(self) -> None:
        wait_for(self._file.exists)
        self._cancel()


def test_a_function_runs_in_another_process_that_stays(resident):
    first = resident.call(errands.process_id, task=Task())
    assert first != os.getpid()
    assert resident.call(errands.process_id, task=Task()) == first == resident.process_id


def test_progress_arrives_in_order_and_on_the_calling_thread(resident):
    seen: list[tuple[Progress, int]] = []
    task = Task(lambda progress: seen.append((progress, threading.get_ident())))
    assert resident.call(errands.count_to, 200, task=task) == 200
    assert [progress.done for progress, _ in seen] == list(range(201))
    assert {(progress.message, progress.total, thread) for progress, thread in seen} == {
        ("Counting", 200, threading.get_ident())
    }


def test_a_cancelled_call_that_obeys_leaves_the_process_in_place(resident, tmp_path):
    before = resident.call(errands.process_id, task=Task())
    task = Task()
    canceller = CancelOnce(task, tmp_path / "started")
    with pytest.raises(Cancelled):
        resident.call(errands.wait_politely, tmp_path / "started", task=task)
    canceller.join()
    assert resident.call(errands.process_id, task=Task()) == before


def test_a_cancelled_task_starts_nothing(resident):
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        resident.call(errands.wait_politely, Path("/nowhere/started"), task=task)
    assert resident.call(errands.add, 1, 2, task=Task()) == 3


@pytest.mark.parametrize("errand", [errands.wait_stubbornly, errands.hold_the_interpreter])
def test_a_cancelled_call_that_does_not_obey_is_ended_and_the_next_one_works(helper, tmp_path, errand):
    before = helper.call(errands.process_id, task=Task())
    task = Task()
    canceller = CancelOnce(task, tmp_path / "started")
    with pytest.raises(Cancelled):
        helper.call(errand, tmp_path / "started", task=task)
    canceller.join()
    assert not lives(before)
    assert helper.call(errands.process_id, task=Task()) != before


def test_an_error_in_the_progress_report_stops_the_call_and_leaves_the_helper_usable(resident):
    def fail(_progress: Progress) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        resident.call(errands.count_to, 10_000, task=Task(fail))
    assert resident.call(errands.add, 1, 2, task=Task()) == 3


@pytest.mark.parametrize(
    ("errand", "arguments", "manner"), [(errands.leave, (3,), "exit code 3"), (errands.crash, (), "SIGSEGV")]
)
def test_a_crash_is_told_and_the_next_call_works(helper, errand, arguments, manner):
    with pytest.raises(HelperProcessDied, match=manner):
        helper.call(errand, *arguments, task=Task())
    assert helper.call(errands.add, 1, 2, task=Task()) == 3


def test_a_process_killed_between_two_calls_is_replaced(helper):
    pid = helper.call(errands.process_id, task=Task())
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: helper.process_id is None)
    assert helper.call(errands.add, 1, 2, task=Task()) == 3


def test_an_error_for_the_user_keeps_both_sentences(resident):
    with pytest.raises(ModelUnavailable) as caught:
        resident.call(errands.user_facing, task=Task())
    assert (caught.value.summary, caught.value.remedy) == ("The model is not there.", "Fetch it.")


def test_another_error_tells_where_it_came_from(resident):
    with pytest.raises(ValueError, match="seven is not a colour") as caught:
        resident.call(errands.value_error, task=Task())
    assert "errands.py" in caught.value.__notes__[0]


def test_an_error_that_cannot_travel_arrives_as_its_text(resident):
    with pytest.raises(RuntimeError, match="HomemadeError: 1 and 2"):
        resident.call(errands.homemade, task=Task())


@pytest.mark.parametrize("errand", [errands.unpicklable, errands.asks_to_exit])
def test_the_process_survives_what_cannot_be_answered(resident, errand):
    pid = resident.call(errands.process_id, task=Task())
    with pytest.raises((AttributeError, RuntimeError, SystemExit)):
        resident.call(errand, task=Task())
    assert resident.call(errands.process_id, task=Task()) == pid


def test_an_argument_that_cannot_travel_is_refused_before_anything_is_sent(resident):
    with pytest.raises((AttributeError, TypeError)):
        resident.call(errands.add, threading.Lock(), 1, task=Task())
    assert resident.call(errands.add, 1, 2, task=Task()) == 3


def test_a_function_from_main_is_refused(resident):
    def stray(_task: Task) -> None: ...

    stray.__module__ = "__main__"
    with pytest.raises(ValueError, match="__main__"):
        resident.call(stray, task=Task())


@pytest.mark.parametrize(
    "array",
    [
        np.arange(3_000_000, dtype=np.float32).reshape(-1, 10),
        np.asfortranarray(np.arange(300_000, dtype=np.float64).reshape(-1, 10)),
        np.arange(300_000, dtype=np.int32)[::3],
        np.empty((0, 512), np.float32),
        np.float32(3.5),
    ],
    ids=["large", "columns first", "strided", "empty", "scalar"],
)
def test_arrays_make_the_round_trip(resident, array):
    doubled = resident.call(errands.double, array, task=Task())
    assert doubled.dtype == array.dtype
    np.testing.assert_array_equal(doubled, array * 2)


@pytest.mark.parametrize("size", [10, 1_000_000])
def test_arrays_may_be_written_to_on_both_sides(resident, size):
    sent = np.zeros(size)
    received = resident.call(errands.write_into, sent, task=Task())
    received[1] = 1
    assert (sent[0], received[0]) == (0, 42)


def test_a_read_only_array_travels(resident):
    array = np.ones(100_000)
    array.flags.writeable = False
    assert resident.call(errands.double, array, task=Task()).sum() == 200_000


def test_what_a_library_prints_does_not_reach_standard_output(capfd, helper):
    helper.call(errands.print_everywhere, task=Task())
    printed = capfd.readouterr()
    assert printed.out == ""
    assert "python says hello" in printed.err
    assert "the system says hello" in printed.err


def test_standard_input_of_the_helper_is_empty(resident):
    assert resident.call(errands.read_a_line, task=Task()) == ""


def test_environment_and_initialisation_come_first_in_every_new_process():
    with HelperProcess("test", {"SHOAL_TEST": "yes"}, errands.remember) as helper:
        assert helper.call(errands.variable, "SHOAL_TEST", task=Task()) == "yes"
        for _ in range(2):
            assert helper.call(errands.remembered, task=Task()) == [helper.process_id]
            with pytest.raises(HelperProcessDied):
                helper.call(errands.leave, 1, task=Task())


def test_initialisation_that_fails_is_told_at_every_call():
    with HelperProcess("test", initialise=errands.fails_to_initialise) as helper:
        for _ in range(2):
            with pytest.raises(ValueError, match="no such luck"):
                helper.call(errands.add, 1, 2, task=Task())
        assert helper.process_id is None


def test_calls_from_several_threads_take_turns(resident):
    with ThreadPoolExecutor(8) as pool:
        sums = pool.map(lambda i: resident.call(errands.add, i, 1, task=Task()), range(40))
        assert list(sums) == list(range(1, 41))


def test_a_call_that_waits_for_its_turn_can_be_cancelled(helper, tmp_path):
    first, second = Task(), Task()
    with ThreadPoolExecutor(1) as pool:
        busy = pool.submit(helper.call, errands.wait_politely, tmp_path / "started", task=first)
        wait_for((tmp_path / "started").exists)
        second.cancel()
        with pytest.raises(Cancelled):
            helper.call(errands.add, 1, 2, task=second)
        first.cancel()
        with pytest.raises(Cancelled):
            busy.result()


def test_closing_ends_the_process_even_in_the_middle_of_a_call(tmp_path):
    helper = HelperProcess("test")
    with ThreadPoolExecutor(1) as pool:
        busy = pool.submit(helper.call, errands.hold_the_interpreter, tmp_path / "started", task=Task())
        wait_for((tmp_path / "started").exists)
        pid = helper.process_id
        helper.close()
        assert not lives(pid)
        with pytest.raises(HelperProcessDied):
            busy.result()
    with pytest.raises(HelperProcessDied, match="closed"):
        helper.call(errands.add, 1, 2, task=Task())
    helper.close()


def test_a_helper_outlives_the_thread_that_first_called_it(helper):
    with ThreadPoolExecutor(1) as pool:
        pid = pool.submit(helper.call, errands.process_id, task=Task()).result()
    time.sleep(0.2)
    assert helper.call(errands.process_id, task=Task()) == pid


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize("errand", ["wait_stubbornly", "hold_the_interpreter"])
def test_the_helper_is_gone_two_seconds_after_its_program_was_killed(tmp_path, errand):
    program = subprocess.Popen(program_with_a_helper(tmp_path, errand))
    wait_for((tmp_path / "started").exists)
    pid = int((tmp_path / "pid").read_text())
    assert lives(pid)
    program.kill()
    program.wait()
    wait_for(lambda: not lives(pid), seconds=2.0)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_ctrl_c_in_the_terminal_reaches_the_program_alone(tmp_path):
    program = subprocess.Popen(
        program_with_a_helper(tmp_path, "wait_politely"), start_new_session=True, stderr=subprocess.PIPE
    )
    wait_for((tmp_path / "started").exists)
    os.killpg(program.pid, signal.SIGINT)
    _, complaints = program.communicate(timeout=60)
    assert b"KeyboardInterrupt" in complaints
    assert b"helper process" not in complaints
    wait_for(lambda: not lives(int((tmp_path / "pid").read_text())), seconds=2.0)


def program_with_a_helper(folder: Path, errand: str) -> list[str]:
    code = "import sys; sys.path[:] = eval(sys.argv[1]); from tests.processes import errands; "
    code += "errands.run_a_program_with_a_helper(*sys.argv[2:])"
    return [sys.executable, "-c", code, repr(sys.path), str(folder), errand]


def test_a_program_that_is_not_there_is_a_dead_helper(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with HelperProcess("test") as helper, pytest.raises(HelperProcessDied, match="could not be started"):
        helper.call(errands.add, 1, 2, task=Task())


def test_a_frozen_program_starts_itself_as_the_helper(monkeypatch, tmp_path):
    program = tmp_path / "frozen"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nsys.path[:] = {sys.path!r}\nfrom shoal.__main__ import main\nmain()\n"
    )
    program.chmod(0o755)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    with HelperProcess("test") as helper:
        assert helper.call(errands.add, 1, 2, task=Task()) == 3


def test_a_child_process_that_has_ended_says_so_to_everybody_who_asks():
    child = ChildProcess("test", {})
    child.close()
    for _ in range(2):
        with pytest.raises(HelperProcessDied, match="helper process ended"):  # by itself, or made to on a busy machine
            child.receive(10.0)


def test_no_thread_is_left(tmp_path):
    before = set(threading.enumerate())
    with HelperProcess("test") as helper:
        helper.call(errands.add, 1, 2, task=Task())
    assert set(threading.enumerate()) <= before


def test_what_libraries_print_goes_to_the_log_and_not_to_the_terminal(caplog, capfd):
    caplog.set_level("INFO")
    with HelperProcess("test", says_to_log=True) as helper:
        assert helper.call(errands.complain, task=Task()) == "done"
    assert "test helper: TIFFReadDirectory: Warning, unknown field." in caplog.text
    assert capfd.readouterr().err == ""
