import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from tests.support.sorted_session import BURST, CATS, DOGS, views_of

from shoal.desktop.features import ROWS
from shoal.features.browsing.browsing import Browsing
from shoal.qt.editing import Editing
from shoal.widgets.grid_presenter import GridPresenter, Order

LEFT, NONE, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
TOP = BURST[-1]


@pytest.fixture
def presenter(session, window):
    presenter = GridPresenter(session, window.grid)
    presenter.show_cards([CATS])
    presenter.set_order(Order.NAME)
    return presenter


def shown(window):
    return window.grid.page.layout.images(0, window.grid.page.layout.count - 1).tolist()


def place(window, image):
    return window.grid.rect_of(window.grid.page.position_of(image))


def test_near_identical_pictures_are_one_tile_and_moving_it_moves_all(session, window, project, presenter):
    editing = Editing(session)
    presenter.show_cards([CATS])
    presenter.set_order(Order.NAME)
    assert [image for image in shown(window) if image in BURST] == [TOP]
    assert len(shown(window)) == 19 - 2
    QTest.mouseClick(window.grid.viewport(), LEFT, NONE, place(window, TOP).center())
    assert session.selection.images.tolist() == BURST
    editing.move(session.selection.images, DOGS)
    assert project.grouping.home[BURST].tolist() == [DOGS] * 3


def test_a_click_on_the_number_spreads_the_pictures_out_and_another_puts_them_together(window, presenter):
    badge = place(window, TOP).topLeft() + QPoint(6, 6)
    QTest.mouseClick(window.grid.viewport(), LEFT, NONE, badge)
    assert [image for image in shown(window) if image in BURST] == BURST
    assert len(shown(window)) == 19
    QTest.mouseClick(window.grid.viewport(), LEFT, NONE, place(window, TOP).topLeft() + QPoint(6, 6))
    assert [image for image in shown(window) if image in BURST] == [TOP]


def test_enter_does_the_same_and_then_each_picture_is_taken_alone(session, window, presenter):
    QTest.mouseClick(window.grid.viewport(), LEFT, NONE, place(window, TOP).center())
    QTest.keyClick(window.grid, Qt.Key.Key_Return)
    assert len(shown(window)) == 19
    QTest.mouseClick(window.grid.viewport(), LEFT, NONE, place(window, 11).center())
    assert session.selection.images.tolist() == [11]


def test_control_takes_a_whole_stack_in_and_out_and_select_all_leaves_nobody_behind(session, window, presenter):
    QTest.mouseClick(window.grid.viewport(), LEFT, NONE, place(window, 5).center())
    QTest.mouseClick(window.grid.viewport(), LEFT, CONTROL, place(window, TOP).center())
    assert session.selection.images.tolist() == [5, *BURST]
    QTest.mouseClick(window.grid.viewport(), LEFT, CONTROL, place(window, TOP).center())
    assert session.selection.images.tolist() == [5]
    window.grid.choosing.select_all()
    assert len(session.selection) == 19


def test_a_picture_inside_a_closed_stack_is_found_where_the_stack_is(window, presenter):
    assert window.grid.page.position_of(BURST[0]) == window.grid.page.position_of(TOP)


def test_without_stacking_every_picture_has_a_tile_of_its_own(window, presenter):
    presenter.set_stacking(False)
    assert len(shown(window)) == 19


def test_whether_pictures_are_stacked_is_as_it_was_the_day_before(qtbot, session, window, tmp_path):
    memory = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    actions = window.install(ROWS)
    today = Browsing(window, session, views_of(session, window), window.places, actions)
    actions.handle({"actionStacks": today.handlers["actionStacks"]})
    assert actions["actionStacks"].isChecked()
    actions["actionStacks"].trigger()
    assert len(shown(window)) == 40
    today.save(memory)
    actions["actionStacks"].trigger()
    today.restore(memory)
    assert not actions["actionStacks"].isChecked()
    assert len(shown(window)) == 40
