"""Work on pool threads: one exception ends neither the service nor the silence about it, and nobody waits for long."""

import logging
import threading
import time
from pathlib import Path

import pytest
from tests.qt.test_thumbnails import picture

from shoal.domain.images import FoundImage
from shoal.qt.latest import LatestOnly
from shoal.qt.picture_marks import PictureMarks
from shoal.qt.pictures import LargePictures
from shoal.qt.pool import Pool, wait_for_leaving
from shoal.qt.thumbnails import Thumbnails


class DriveGone(OSError):
    pass


def failing(_item):
    raise DriveGone("the drive is gone")


@pytest.fixture
def pool(qtbot):
    pool = Pool("a service", 2)
    yield pool
    pool.shutdown()
    assert wait_for_leaving(2000)


def logged(caplog):
    return [record for record in caplog.records if record.levelno >= logging.WARNING]


def test_answers_and_errors_come_on_the_gui_thread(qtbot, pool, caplog):
    told = []

    def tell(what):
        told.append((type(what), threading.current_thread() is threading.main_thread()))

    pool.run(lambda: 7, tell, tell)
    pool.run(lambda: failing(0), tell, tell)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert set(told) == {(int, True), (DriveGone, True)}


def test_an_error_of_one_kind_is_logged_once_with_where_it_came_from(qtbot, pool, caplog):
    answers: list[object] = []
    for number in range(20):
        pool.run(lambda number=number: failing(number) if number % 2 else number, answers.append)
    qtbot.waitUntil(lambda: len(answers) == 10)
    (record,) = logged(caplog)
    assert "a service" in record.getMessage()
    assert record.exc_info[0] is DriveGone


def test_shutting_down_waits_for_nobody_and_hears_nobody(qtbot):
    gate, told = threading.Event(), []
    pool = Pool("a slow service")
    pool.run(lambda: gate.wait(20), told.append)
    pool.run(lambda: told.append("never"), told.append)
    began = time.monotonic()
    pool.shutdown()
    del pool
    assert time.monotonic() - began < 0.5
    assert not wait_for_leaving(10)
    gate.set()
    assert wait_for_leaving(5000)
    qtbot.wait(20)
    assert told == []
    qtbot.waitUntil(lambda: wait_for_leaving(0))


def test_of_many_requests_the_first_and_the_last_are_served_also_after_errors(qtbot, caplog):
    latest, gate = LatestOnly("a service"), threading.Event()
    answers: list[object] = []

    def compute(number):
        gate.wait(20)
        return failing(number) if number == 0 else number

    for number in range(5):
        latest.request(lambda number=number: compute(number), answers.append, lambda _error: answers.append("failed"))
    gate.set()
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert answers == ["failed", 4]
    latest.request(lambda: 5, answers.append)
    qtbot.waitUntil(lambda: answers[-1] == 5)
    latest.shutdown()


def test_thumbnails_go_on_after_failed_loads(qtbot, caplog):
    some = Thumbnails(lambda image: failing(image) if image < 10 else picture(image))
    for image in range(10):
        some.pixmap(image)
    qtbot.waitUntil(lambda: all(some.pixmap(image) is not None for image in range(10)))
    assert all(some.pixmap(image).isNull() for image in range(10))
    some.pixmap(11)
    qtbot.waitUntil(lambda: some.pixmap(11) is not None)
    assert not some.pixmap(11).isNull()
    assert len(logged(caplog)) == 1
    some.shutdown()


@pytest.mark.parametrize("service", ["pictures", "marks"])
def test_the_inspector_goes_on_after_a_file_that_raises(qtbot, caplog, service):
    first, second = (FoundImage(Path(name)) for name in ("first.jpg", "second.jpg"))

    def load(entry):
        return failing(entry) if entry is first else picture(1)

    if service == "pictures":
        large = LargePictures(load)
        large.request(1, first)
        with qtbot.waitSignal(large.arrived, check_params_cb=lambda image, shown: image == 2 and not shown.isNull()):
            large.request(2, second)
        large.shutdown()
    else:
        marks = PictureMarks(load)
        marks.request(first)
        with qtbot.waitSignal(marks.arrived):
            marks.request(second)
        assert marks.of(second) == picture(1)
        marks.shutdown()
    qtbot.waitUntil(lambda: len(logged(caplog)) == 1)


def test_work_that_outlasts_the_program_ends_in_silence(qtbot, monkeypatch, capfd):
    class Gone:
        def emit(self, _answer):
            raise RuntimeError("Signal source has been deleted")

    pool = Pool("a test")
    monkeypatch.setattr(pool, "_ended", Gone())
    pool.run(lambda: 1, print)
    assert pool.wait(5000)
    assert capfd.readouterr().err == ""
