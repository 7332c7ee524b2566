from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NONE, SHIFT, CONTROL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


def click(grid, position, modifiers=NONE):
    QTest.mouseClick(grid.viewport(), LEFT, modifiers, grid.rect_of(position).center())


def drag_band(grid, start, end, modifiers=NONE):
    QTest.mousePress(grid.viewport(), LEFT, modifiers, start)
    for step in range(1, 9):
        QTest.mouseMove(grid.viewport(), start + (end - start) * step / 8)
    QTest.mouseRelease(grid.viewport(), LEFT, modifiers, end)


def test_clicks_select_with_control_and_shift(grid, selection):
    click(grid, 1)
    assert selection.images.tolist() == [1]
    click(grid, 3, CONTROL)
    assert selection.images.tolist() == [1, 3]
    click(grid, 5, SHIFT)
    assert selection.images.tolist() == [3, 4, 5]
    click(grid, 4)
    assert selection.images.tolist() == [4]
    assert selection.current == 4


def test_a_band_from_a_gap_selects_adds_and_takes_away(grid, selection):
    first, third = grid.rect_of(0), grid.rect_of(2)
    above = QPoint(first.left() + 5, first.top() - 3)
    drag_band(grid, above, QPoint(third.center().x(), third.center().y()))
    assert selection.images.tolist() == [0, 1, 2]
    drag_band(grid, above, first.center(), ALT)
    assert selection.images.tolist() == [1, 2]
    drag_band(grid, above, first.center(), SHIFT)
    assert selection.images.tolist() == [0, 1, 2]


def test_the_keyboard_walks_and_scrolls(grid, selection):
    click(grid, 0)
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert selection.images.tolist() == [1]
    QTest.keyClick(grid, Qt.Key.Key_Down, SHIFT)
    assert selection.images.tolist() == list(range(1, 2 + grid.page.layout.columns))
    QTest.keyClick(grid, Qt.Key.Key_End)
    assert selection.images.tolist() == [59]
    assert grid.viewport().rect().intersects(grid.rect_of(59))
    QTest.keyClick(grid, Qt.Key.Key_Home)
    assert selection.current == 0
    assert grid.verticalScrollBar().value() <= grid.page.layout.metrics.heading


def test_space_and_a_double_click_ask_for_the_loupe(qtbot, grid):
    with qtbot.waitSignal(grid.loupe_requested, check_params_cb=lambda image: image == 2):
        QTest.mouseDClick(grid.viewport(), LEFT, NONE, grid.rect_of(2).center())
    click(grid, 4)
    with qtbot.waitSignal(grid.loupe_requested, check_params_cb=lambda image: image == 4):
        QTest.keyClick(grid, Qt.Key.Key_Space)


def test_larger_pictures_keep_the_place(grid):
    grid.scroll_to_image(45)
    grid.set_picture_size(200)
    assert grid.picture_size == 200
    assert any(grid.page.layout.image_at(p) // 20 >= 1 for p in grid.page.layout.visible(*strip(grid)))
    grid.set_picture_size(10_000)
    assert grid.picture_size == 320


def strip(grid):
    top = grid.verticalScrollBar().value()
    return top, top + grid.viewport().height()


def test_select_all_takes_every_section(grid, selection):
    grid.choosing.select_all()
    assert len(selection) == 60


def test_a_right_click_selects_what_it_asks_about(qtbot, grid, selection):
    with qtbot.waitSignal(grid.context_requested):
        QTest.mousePress(grid.viewport(), RIGHT, NONE, grid.rect_of(3).center())
    assert selection.images.tolist() == [3]


def test_pictures_arrive_and_are_painted(qtbot, grid, thumbnails):
    qtbot.waitUntil(lambda: thumbnails.pixmap(0) is not None)
    grid.repaint()
    shown = grid.grab().toImage()
    middle = grid.viewport().mapTo(grid, grid.rect_of(0).center() - QPoint(0, 10))
    assert shown.pixelColor(middle) == thumbnails.pixmap(0).toImage().pixelColor(5, 5)
