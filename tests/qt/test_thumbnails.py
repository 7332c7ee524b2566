import threading

import pytest
from PySide6.QtGui import QColor, QImage

from shoal.qt.thumbnails import MOST_WAITING, Thumbnails


def picture(number: int) -> QImage:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(QColor.fromHsv(number % 360, 200, 200))
    return image


@pytest.fixture
def thumbnails(qtbot):
    made = []

    def make(load=picture, limit_bytes=10**7):
        one = Thumbnails(load, limit_bytes)
        made.append(one)
        return one

    yield make
    for one in made:
        one.shutdown()


def test_a_thumbnail_is_none_first_and_there_later(qtbot, thumbnails):
    some = thumbnails()
    with qtbot.waitSignal(some.arrived):
        assert some.pixmap(3) is None
    assert some.pixmap(3).toImage().pixelColor(0, 0) == picture(3).pixelColor(0, 0)


def test_memory_is_bounded_however_many_were_shown(qtbot, thumbnails):
    limit = 100 * (64 * 48 * 4 + 256)
    some = thumbnails(limit_bytes=limit)
    for number in range(300):
        some.pixmap(number)
        qtbot.waitUntil(lambda number=number: some.pixmap(number) is not None)
        assert some.bytes_held <= limit
    assert some.pixmap(299) is not None


def test_what_was_scrolled_past_is_forgotten(qtbot, thumbnails):
    gate, asked = threading.Event(), []

    def load(number):
        gate.wait(5)
        asked.append(number)
        return picture(number)

    some = thumbnails(load)
    for number in range(5000):
        some.pixmap(number)
    gate.set()
    qtbot.waitUntil(lambda: some.pixmap(4999) is not None and len(asked) >= MOST_WAITING)
    qtbot.wait(50)
    assert len(asked) <= MOST_WAITING + 2
    assert set(asked) >= set(range(5000 - MOST_WAITING + 2, 5000))


def test_results_for_another_project_are_dropped(qtbot, thumbnails):
    gate = threading.Event()

    def load(number):
        gate.wait(5)
        return picture(number)

    some = thumbnails(load)
    some.pixmap(1)
    some.clear()
    gate.set()
    qtbot.wait(80)
    assert some.bytes_held == 0
