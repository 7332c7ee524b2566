import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.processes import errands

from shoal.domain.errors import Cancelled, HelperProcessDied
from shoal.domain.task import Task
from shoal.processes.helper_pool import HelperPool, TookTooLong


@pytest.fixture
def pool():
    with HelperPool("test", 2, seconds=60) as pool:
        yield pool


def test_a_call_that_crashes_twice_is_told_and_the_others_are_answered(pool):
    with ThreadPoolExecutor(4) as threads:
        crashes = [threads.submit(pool.call, errands.crash, task=Task()) for _ in range(2)]
        sums = [threads.submit(pool.call, errands.add, number, 1, task=Task()) for number in range(20)]
    assert [one.result() for one in sums] == [number + 1 for number in range(20)]
    for one in crashes:
        with pytest.raises(HelperProcessDied, match="SIGSEGV"):
            one.result()


def test_a_call_that_crashes_once_is_tried_again_alone(pool, tmp_path):
    assert pool.call(errands.crash_once, tmp_path / "been here", task=Task()) == "second try"


def test_one_after_the_other_needs_one_process(pool):
    assert len({pool.call(errands.process_id, task=Task()) for _ in range(5)}) == 1


def test_what_takes_too_long_is_ended_and_not_tried_again(tmp_path):
    with HelperPool("test", 1, seconds=3) as pool:
        with pytest.raises(TookTooLong):
            pool.call(errands.hold_the_interpreter, tmp_path / "started", task=Task())
        assert pool.call(errands.add, 1, 2, task=Task()) == 3


def test_cancelling_the_task_cancels_the_call(pool, tmp_path):
    task = Task()
    threading.Timer(0.2, task.cancel).start()
    with pytest.raises(Cancelled):
        pool.call(errands.wait_politely, tmp_path / "started", task=task)
