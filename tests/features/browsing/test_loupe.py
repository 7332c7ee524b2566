"""The loupe by real keys and mouse: zoom, pan, going on at the same place, histogram, clipping, focus."""

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from shoal.features.browsing.overlays import clipping_of, focus_of, histogram_of, judge, pixels_of
from shoal.imaging import sizes
from shoal.looking.pictures import Pictures
from shoal.widgets import picture_pane

SIDE = 3000
KEY = Qt.Key


def grid_picture(path, seed: int) -> None:
    """Squares whose colour tells where they are; the first is black, whichever picture comes to be the first."""
    rows = np.arange(SIDE // 100)
    squares = np.stack(np.meshgrid(rows * 8, rows * 8), axis=2).astype(np.uint8)
    squares = np.dstack([squares, np.full(squares.shape[:2], 40 * seed, np.uint8)])
    squares[0, 0] = 0
    Image.fromarray(squares.repeat(100, 0).repeat(100, 1)).save(path, quality=95)


@pytest.fixture
def loupe(desk, wait, tmp_path, qtbot):
    """Three large pictures; the first is seen large."""
    folder = tmp_path / "large"
    folder.mkdir()
    for number in range(3):
        grid_picture(folder / f"{number}.jpg", number)
    desk.window.model_picker.choose("colour-layout")
    desk.opening.open_paths([folder])
    wait(lambda: desk.window.actions_by_name["actionExport"].isEnabled() and not desk.jobs.busy)
    desk.window.actions_by_name["actionStacks"].trigger()
    desk.window.activateWindow()
    qtbot.waitActive(desk.window)
    desk.window.grid.setFocus()
    QTest.keyClick(desk.window.grid, KEY.Key_Home)
    QTest.keyClick(desk.window.grid, KEY.Key_Space)
    loupe = desk.window.findChild(QWidget, "loupe")
    assert loupe.isVisible()
    return loupe


def wheel(widget, at: QPoint, notches: int) -> None:
    where = QPointF(widget.mapToGlobal(at))
    QApplication.sendEvent(widget, QWheelEvent(
        QPointF(at), where, QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    ))  # fmt: skip


def colour_at(loupe, at: QPoint) -> tuple[int, int]:
    """Column and row of the square that is seen there."""
    colour = loupe.grab().toImage().pixelColor(at * loupe.devicePixelRatioF())
    return round(colour.red() / 8), round(colour.green() / 8)


def test_z_shows_the_pixels_where_the_pointer_is_and_the_next_picture_there_too(loupe, wait):
    at = QPoint(round(loupe.width() * 0.355), round(loupe.height() * 0.37))  # within a square, not at its edge
    QTest.mouseMove(loupe, at)
    before = colour_at(loupe, at)
    QTest.keyClick(loupe, KEY.Key_Z)
    assert loupe.scale == pytest.approx(1)
    wait(lambda: loupe._shown.whole is not None)
    assert colour_at(loupe, at) == before
    first = loupe.image
    QTest.keyClick(loupe, KEY.Key_Right)
    assert loupe.image != first
    wait(lambda: loupe._shown.whole is not None)
    assert loupe.scale == pytest.approx(1)
    assert colour_at(loupe, at) == before
    QTest.keyClick(loupe, KEY.Key_Z)
    assert loupe.zoom.scale is None


def test_fitted_it_unpacks_no_more_than_the_screen_has(loupe, wait, qtbot):
    with qtbot.assertNotEmitted(loupe.whole_wanted):
        for key in (KEY.Key_Right, KEY.Key_Right, KEY.Key_Left):
            QTest.keyClick(loupe, key)
            wait(lambda: loupe._shown.large is not None)
    with qtbot.waitSignal(loupe.whole_wanted):
        QTest.keyClick(loupe, KEY.Key_Z)


def test_wheel_and_keys_zoom_between_a_quarter_and_eightfold(loupe):
    middle = loupe.rect().center()
    for _ in range(30):
        wheel(loupe, middle, 1)
    assert loupe.scale == pytest.approx(8)
    for _ in range(40):
        wheel(loupe, middle, -1)
    assert loupe.zoom.scale is None
    QTest.keyClick(loupe, KEY.Key_Plus)
    first = loupe.scale
    QTest.keyClick(loupe, KEY.Key_Plus)
    assert loupe.scale > first
    QTest.keyClick(loupe, KEY.Key_Minus)
    assert loupe.scale == pytest.approx(first)


def test_space_held_moves_the_picture_and_space_alone_closes(loupe):
    QTest.keyClick(loupe, KEY.Key_Z)
    before = (loupe.zoom.x, loupe.zoom.y)
    middle = loupe.rect().center()
    QTest.keyPress(loupe, KEY.Key_Space)
    QTest.mousePress(loupe, Qt.MouseButton.LeftButton, pos=middle)
    for step in (10, 30, 60):
        QTest.mouseMove(loupe, middle + QPoint(-step, 0))
    QTest.mouseRelease(loupe, Qt.MouseButton.LeftButton, pos=middle + QPoint(-60, 0))
    QTest.keyRelease(loupe, KEY.Key_Space)
    assert loupe.isVisible()
    assert (loupe.zoom.x - before[0]) * SIDE == pytest.approx(60, abs=8)
    QTest.keyClick(loupe, KEY.Key_Space)
    assert not loupe.isVisible()


def test_a_click_shows_the_pixels_and_a_drag_moves_them(loupe):
    at = loupe.rect().center() + QPoint(40, 30)
    QTest.mouseClick(loupe, Qt.MouseButton.LeftButton, pos=at)
    assert loupe.scale == pytest.approx(1)
    before = loupe.zoom.y
    QTest.mousePress(loupe, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(loupe, at + QPoint(0, 20))
    QTest.mouseMove(loupe, at + QPoint(0, 80))
    QTest.mouseRelease(loupe, Qt.MouseButton.LeftButton, pos=at + QPoint(0, 80))
    assert loupe.zoom.y < before
    QTest.mouseClick(loupe, Qt.MouseButton.LeftButton, pos=at)
    assert loupe.zoom.scale is None
    QTest.mouseClick(loupe, Qt.MouseButton.LeftButton, pos=QPoint(3, loupe.height() // 2))
    assert not loupe.isVisible()


@pytest.mark.parametrize("key", [KEY.Key_H, KEY.Key_J, KEY.Key_D])
def test_histogram_clipping_and_focus_come_and_go_by_a_key(loupe, wait, key):
    wait(lambda: loupe._shown.large is not None)
    bare = loupe.grab().toImage()
    QTest.keyClick(loupe, key)
    wait(lambda: loupe._judged is not None)
    assert loupe.grab().toImage() != bare
    QTest.keyClick(loupe, key)
    assert loupe.grab().toImage() == bare


def test_what_is_laid_over_a_picture():
    pixels = np.full((40, 60, 3), 100, np.uint8)
    pixels[:, 30:] = 180
    pixels[:5, :5], pixels[-5:, :5] = 255, 0
    clipped = clipping_of(pixels)
    assert (clipped[:5, :5] >> 16 & 255 == 255).all()
    assert (clipped[-5:, :5] & 255 == 255).all()
    assert not clipped[10:30].any()
    sharp = focus_of(pixels)
    assert sharp[20, 29]
    assert not sharp[20, 10]
    histogram = histogram_of(pixels)
    assert histogram.shape == (3, 128)
    assert histogram[0, 50] == pytest.approx(1, abs=0.1)
    image = QImage(pixels.tobytes(), 60, 40, 180, QImage.Format.Format_RGB888).copy()
    assert np.array_equal(pixels_of(image), pixels)
    assert judge(image).clipping.pixelColor(2, 2).red() == 255


@pytest.fixture
def panoramas(monkeypatch):
    """From now on pictures of three megapixels are very large ones."""
    monkeypatch.setattr(sizes, "MOST_AT_ONCE", 3_000_000)
    monkeypatch.setattr(picture_pane, "MOST_OF_A_PART", 2_000_000)


def point(loupe, at: QPoint) -> None:
    """Where the pointer is already, from the test before, no movement is told."""
    QTest.mouseMove(loupe, at + QPoint(25, 25))
    QTest.mouseMove(loupe, at)


def wanted(loupe) -> QRect | None:
    return loupe._shown.wants_part(loupe.zoom, QRectF(loupe.rect()), 1.0)


def fine_squares(widget, at: QPoint) -> bool:
    """Whether the edge that is near is as sharp as the picture has it: at a quarter of the size it is not."""
    seen = pixels_of(widget.grab(QRect(at - QPoint(60, 60), QSize(120, 120))).toImage()).astype(int)
    return bool(np.abs(np.diff(seen, axis=1)).max() >= 6)


def test_of_a_very_large_picture_the_part_that_is_looked_at_has_all_its_pixels(panoramas, loupe, wait):
    at = QPoint(round(loupe.width() * 0.355), round(loupe.height() * 0.37))
    point(loupe, at)
    before = colour_at(loupe, at)
    QTest.keyClick(loupe, KEY.Key_Z)
    wait(lambda: loupe._shown.part is not None and loupe._shown.whole is not None)
    assert loupe._shown.whole.width() == SIDE // 2
    assert loupe._shown.part.picture.size() == loupe._shown.part.box.size()
    assert loupe._shown.part.box.width() < SIDE
    assert colour_at(loupe, at) == before
    assert fine_squares(loupe, at)


def test_moved_beyond_the_part_the_next_one_comes(panoramas, loupe, wait):
    point(loupe, QPoint(40, 40))
    QTest.keyClick(loupe, KEY.Key_Z)
    wait(lambda: loupe._shown.part is not None)
    first = loupe._shown.part.box
    middle = loupe.rect().center()
    for _ in range(4):
        QTest.mousePress(loupe, Qt.MouseButton.LeftButton, pos=middle)
        QTest.mouseMove(loupe, middle - QPoint(300, 250))
        QTest.mouseRelease(loupe, Qt.MouseButton.LeftButton, pos=middle - QPoint(300, 250))
    wait(lambda: loupe._shown.part.box != first and wanted(loupe) is None)
    assert fine_squares(loupe, middle)
    QTest.keyClick(loupe, KEY.Key_Right)
    wait(lambda: loupe._shown.part is not None)
    assert loupe.scale == pytest.approx(1)


def test_a_part_that_cannot_be_read_is_not_asked_for_without_end(panoramas, loupe, wait, monkeypatch):
    asked = []
    monkeypatch.setattr(Pictures, "part", lambda _self, record, box, _decode: asked.append(box))
    QTest.keyClick(loupe, KEY.Key_Z)
    wait(lambda: loupe._shown.whole is not None and loupe._shown.part is not None)
    QTest.qWait(100)
    assert len(asked) == 1
