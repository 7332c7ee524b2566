"""The window fits small screens, folds, fills the screen; empty and broken folders say what they are."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QToolButton, QToolTip, QWidget
from tests.support.sample_folder import make_folder
from tests.support.sorted_desk import hands
from tests.support.sorted_session import CATS, project
from tests.support.whole_desk import desk, wait

from shoal.qt.cluster_model import PROBLEMS
from shoal.widgets.grid_painter import CellLook
from shoal.widgets.image_grid import GridContent
from shoal.widgets.model_picker import MORE

__all__ = ["desk", "hands", "project", "wait"]


@pytest.mark.parametrize(("width", "height"), [(800, 600), (1250, 800), (1600, 1000)])
def test_everything_is_inside_the_window_at_every_size(hands, width, height):
    """Fault 15: its smallest width was 1048, at scale 2 the search was off a screen of 1600 x 1000."""
    window = hands.window
    window.job_panel.rest("A sentence that is so long that it could never stand beside all others " * 3)
    for narrower in (1050, width):  # as the mouse does it: what folds makes room for more
        window.resize(narrower, height)
        QApplication.processEvents()
    assert (window.width(), window.height()) == (width, height)
    for name in ("clusterPanel", "mapView", "imageGrid", "searchField", "modelPicker", "detailSlider", "jobPanel"):
        widget = hands.widget(name)
        assert widget.isVisible(), name
        corner = widget.mapTo(window, QPoint(0, 0))
        assert window.rect().contains(widget.rect().translated(corner)), name
    assert hands.widget("imageGrid").width() >= 220


def test_the_inspector_folds_in_a_narrow_window_and_comes_back_in_a_wide_one(hands):
    dock = hands.window.findChild(QDockWidget, "inspectorDock")
    hands.window.resize(1400, 900)
    assert dock.isVisible()
    hands.window.resize(900, 700)
    assert not dock.isVisible()
    hands.press(Qt.Key.Key_I)
    assert dock.isVisible()
    hands.press(Qt.Key.Key_I)
    hands.window.resize(1400, 900)
    assert dock.isVisible()


def test_a_closed_inspector_stays_closed_whatever_the_size(hands):
    dock = hands.window.findChild(QDockWidget, "inspectorDock")
    hands.press(Qt.Key.Key_I)
    for width in (900, 1400):
        hands.window.resize(width, 800)
        assert not dock.isVisible()


def test_in_a_narrow_window_the_tools_are_pictures(hands):
    button = hands.window.tools.widgetForAction(hands.window.actions_by_name["actionExport"])
    assert isinstance(button, QToolButton)
    hands.window.resize(1400, 900)
    assert button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    hands.window.resize(900, 700)
    assert button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
    assert button.toolTip()


def test_f11_fills_the_screen_and_goes_back(hands):
    hands.press(Qt.Key.Key_F11)
    assert hands.window.isFullScreen()
    hands.press(Qt.Key.Key_F11)
    assert not hands.window.isFullScreen()


def test_pictures_take_the_room_that_there_is_and_tell_their_names_to_the_mouse(hands):
    hands.click_card(CATS)
    grid = hands.grid
    metrics, columns = grid.page.layout.metrics, grid.page.layout.columns
    assert columns * metrics.width + metrics.gap > grid.viewport().width() - columns - metrics.gap
    assert metrics.caption == 0
    place = grid.rect_of(0).center()
    event = QHelpEvent(QEvent.Type.ToolTip, place, grid.viewport().mapToGlobal(place))
    QApplication.sendEvent(grid.viewport(), event)
    assert QToolTip.text() == "IMG_00.jpg"
    QToolTip.hideText()
    hands.press(Qt.Key.Key_J)
    assert grid.page.layout.metrics.caption > 0


def test_cells_have_the_shape_of_the_pictures_and_leave_no_room_empty(hands):
    """All of them are 400 x 300."""
    cell = hands.grid.rect_of(0)
    assert cell.height() == pytest.approx(0.75 * cell.width(), abs=1)
    hands.grid.show_content(GridContent(hands.grid.page.tiles, lambda _image: CellLook()))
    assert hands.grid.rect_of(0).height() == hands.grid.rect_of(0).width()


def test_what_the_dot_on_a_picture_means_is_told(hands):
    hands.click_card(CATS)
    hands.click_image(0)
    hands.press(Qt.Key.Key_K)
    place = hands.grid.rect_of(hands.grid.page.position_of(0)).center()
    event = QHelpEvent(QEvent.Type.ToolTip, place, hands.grid.viewport().mapToGlobal(place))
    QApplication.sendEvent(hands.grid.viewport(), event)
    assert "The dot: kept here, whatever is clustered again" in QToolTip.text()
    QToolTip.hideText()


def test_cards_and_headings_follow_the_order_that_is_chosen(hands):
    def order():
        hands.click_card(-1)
        titles = [section.title.split()[0] for section in hands.grid.page.layout.sections if len(section.images)]
        return [card.name for card in hands.window.clusters.cards if card.is_cluster], titles

    assert order() == (["Dogs", "Cats"], ["Dogs", "Cats"])
    button = hands.widget("clusterOrder")
    button.menu().actions()[1].trigger()
    assert order() == (["Cats", "Dogs"], ["Cats", "Dogs"])
    assert button.toolTip() == "Order of the clusters: By name"


def test_a_chosen_card_is_lit_on_the_map(hands):
    view = hands.window.map_place.view
    hands.click_card(CATS)
    assert view._lit.tolist() == (hands.project.grouping.home == CATS).tolist()
    hands.click_card(-1)
    assert view._lit is None


def test_what_hovers_over_the_map_names_its_cluster_and_stays_on_the_screen(qtbot, hands):
    """Fault 16, with a real mouse that rests on the lowest, the leftmost and the rightmost picture."""
    hands.window.resize(780, 760)  # the screen without a screen has 800 x 800
    QApplication.processEvents()
    view = hands.window.map_place.view
    view.canvas.reset()
    x, y = view.canvas.plane.to_pixels(slice(None))
    for point in {int(y.argmax()), int(x.argmin()), int(x.argmax())}:
        place = QPoint(int(x[point]), int(y[point]))
        QTest.mouseMove(view.canvas.viewport(), place)
        qtbot.waitUntil(view._hover.isVisible)
        assert view._hover.screen().geometry().contains(view._hover.frameGeometry())
        image = view._hover._image
        assert view._hover.told.name == f"IMG_{image:02}.jpg"
        assert view._hover.told.cluster == hands.name(hands.home(image))
        QTest.mouseMove(view.canvas.viewport(), QPoint(2, 2))


def test_names_on_the_map_hide_no_picture_that_is_selected(hands):
    """Fault 17: of four that were selected nothing was to be seen."""
    hands.click_card(CATS)
    for image in (0, 1, 2, 4):
        hands.click_image(image, Qt.KeyboardModifier.ControlModifier)
    assert hands.selected == [0, 1, 2, 4]
    view = hands.window.map_place.view
    view.canvas.grab()
    assert view._names._labels
    x, y = view.canvas.plane.to_pixels(slice(None))
    for label in view._names._labels:
        assert not any(label.box.contains(x[image], y[image]) for image in range(len(x)))


def test_a_label_on_the_map_chooses_its_card_and_is_renamed_in_place(qtbot, hands):
    view = hands.window.map_place.view
    view.canvas.grab()
    label = next(label for label in view._names._labels if label.name.cluster == CATS)
    place = label.box.center().toPoint()
    QTest.mouseClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert hands.panel.chosen_ids == [CATS]
    QTest.mouseDClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    editor = hands.widget("mapLabelEditor")
    QTest.keyClicks(editor, "Tigers")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert hands.name(CATS) == "Tigers"


def test_the_list_of_models_begins_with_three_choices_in_plain_words(hands):
    picker = hands.window.model_picker
    picker.showPopup()
    view = picker.view()
    seen = [picker.itemText(row).partition("  ·")[0] for row in range(picker.count()) if not view.isRowHidden(row)]
    assert seen == ["Built-in", "Colours", "Better", "More ..."]
    before = picker.currentIndex()
    row = picker.findData(MORE)
    place = view.visualRect(picker.model().index(row, 0)).center()
    QTest.mouseMove(view.viewport(), place)
    view.setCurrentIndex(picker.model().index(row, 0))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert sum(not view.isRowHidden(row) for row in range(picker.count())) > 30
    assert picker.currentIndex() == before
    picker.hidePopup()


def opened(desk, wait, folder: Path):
    desk.opening.open_paths([folder])
    wait(lambda: desk.opening.project is not None and not desk.jobs.busy)
    return desk.window.grid._content.hint


def test_an_empty_folder_says_that_it_is_empty(desk, wait, tmp_path):
    (tmp_path / "nothing").mkdir()
    hint = opened(desk, wait, tmp_path / "nothing")
    assert hint.startswith("No pictures in this folder.")
    assert "Ctrl+O" in hint


def test_a_folder_of_broken_files_shows_what_is_wrong_with_them(desk, wait, tmp_path):
    folder = tmp_path / "broken"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.jpg").write_bytes(b"no picture at all")
    opened(desk, wait, folder)
    wait(lambda: desk.window.cluster_panel.chosen_ids == [PROBLEMS])
    assert desk.parts.places.shows(desk.window.findChild(QWidget, "problems"))


def test_a_folded_inspector_is_remembered_as_open(hands):
    dock = hands.window.findChild(QDockWidget, "inspectorDock")
    hands.window.resize(900, 700)
    saved = hands.window.places.save()
    assert not dock.isVisible()
    hands.window.resize(1400, 900)
    hands.press(Qt.Key.Key_I)
    hands.window.places.restore(saved)
    assert dock.isVisible()


def test_a_window_is_no_larger_than_its_screen(hands):
    hands.window.fit(QSize(800, 600))
    QApplication.processEvents()
    assert (hands.window.width(), hands.window.height()) == (800, 600)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_of_two_pictures_none_lies_half_off_the_map(desk, wait, tmp_path, count):
    """Fault 21."""
    desk.window.resize(1400, 900)
    desk.window.model_picker.choose("colour-layout")
    desk.load_map()
    desk.opening.open_paths([make_folder(tmp_path / "pictures", ("ball",), range(count))])
    wait(lambda: desk.session.snapshot.layout is not None and not desk.jobs.busy)
    QApplication.processEvents()
    canvas = desk.window.map_place.view.canvas
    canvas.grab()
    boxes = [box for _point, box in desk.window.map_place.view.pictures.boxes(canvas)]
    assert len(boxes) == count
    assert all(canvas.viewport().rect().contains(box) for box in boxes)
