"""The filter bar: conditions combine, follow what is said of pictures, are kept, and end with everything in sight."""

import numpy as np
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QMenu, QToolButton

from shoal.domain.verdicts import FLAG, STARS
from shoal.features.culling import filtering
from shoal.features.culling.clauses import equal_to, joined, text_condition
from shoal.features.culling.filter_bar import FilterBar
from shoal.features.culling.filtering import Filtering
from shoal.imaging.shooting import Shooting


def bar(desk) -> FilterBar:
    return desk.window.findChild(FilterBar, "filterBar")


def below(action: QAction) -> QMenu:
    menu = action.menu()
    assert isinstance(menu, QMenu)
    return menu


def shown(desk) -> list[int]:
    layout = desk.window.grid.page.layout
    return sorted(layout.image_at(place) for place in range(layout.count))


def mark(desk, images, column, value) -> None:
    desk.parts.editing.mark(np.array(images, np.int32), column, value)


@pytest.fixture
def filtered(opened, qtbot):
    """Five pictures with stars, of which one is rejected, and the bar is open."""
    opened.window.actions_by_name["actionStacks"].trigger()
    mark(opened, range(5), STARS, 4)
    mark(opened, [2], FLAG, 1)
    opened.window.activateWindow()
    qtbot.waitActive(opened.window)
    QTest.keyClick(opened.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert bar(opened).isVisible()
    return opened


def test_boxes_and_words_combine(filtered, wait):
    stars = bar(filtered).findChild(QComboBox, "filterStars")
    stars.setCurrentIndex(stars.findData("stars>=3"))
    wait(lambda: shown(filtered) == [0, 1, 2, 3, 4])
    flag = bar(filtered).findChild(QComboBox, "filterFlag")
    flag.setCurrentIndex(flag.findData("not rejected"))
    wait(lambda: shown(filtered) == [0, 1, 3, 4])
    assert bar(filtered).findChild(QLabel, "filterSaid").text() == "4 / 10"
    text = bar(filtered).findChild(QLineEdit, "filterText")
    QTest.keyClicks(text, filtered.session.images[3].path.stem)
    wait(lambda: shown(filtered) == [3])
    QTest.mouseClick(bar(filtered).findChild(QToolButton, "filterClose"), Qt.MouseButton.LeftButton)
    wait(lambda: len(shown(filtered)) == 10)
    assert not bar(filtered).isVisible()


def test_a_condition_can_be_typed_and_a_wrong_one_is_told(filtered, wait):
    text = bar(filtered).findChild(QLineEdit, "filterText")
    QTest.keyClicks(text, "rejected or stars=")
    assert bar(filtered).findChild(QLabel, "filterSaid").text() == "?"
    assert "at character 19" in text.toolTip()
    QTest.keyClicks(text, "0")
    wait(lambda: shown(filtered) == [2, 5, 6, 7, 8, 9])


def test_what_is_rejected_goes_out_of_sight_and_the_next_is_at_hand(filtered, wait):
    flag = bar(filtered).findChild(QComboBox, "filterFlag")
    flag.setCurrentIndex(flag.findData("not rejected"))
    wait(lambda: 2 not in shown(filtered))
    grid = filtered.window.grid
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.rect_of(1).center())
    gone, following = grid.page.layout.image_at(1), grid.page.layout.image_at(2)
    QTest.keyClick(grid, Qt.Key.Key_X)
    wait(lambda: gone not in shown(filtered))
    assert filtered.session.selection.images.tolist() == [following]
    QTest.keyClick(grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait(lambda: gone in shown(filtered))


def test_more_offers_what_there_is(filtered, wait):
    more = bar(filtered).findChild(QToolButton, "filterMore").menu()
    more.aboutToShow.emit()
    kinds = {action.text(): action for action in more.actions()}
    folder = next(action for action in below(kinds["Folder"]).actions() if action.text().startswith("chair"))
    folder.trigger()
    wait(lambda: shown(filtered) == [5, 6, 7, 8, 9])
    chip = bar(filtered).findChild(QToolButton, "filterChip0")
    assert chip.text().startswith("chair")
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    wait(lambda: len(shown(filtered)) == 10)


def test_filters_are_kept_by_name(filtered, wait, tmp_path):
    filtering = filtered.window.findChild(Filtering)
    filtering.bar.put("stars>=4 and not rejected")
    filtering.keep_as("Good ones")
    memory = QSettings(str(tmp_path / "kept.ini"), QSettings.Format.IniFormat)
    filtering.save(memory)
    filtering.bar.put("")
    filtering.restore(memory)
    menu = bar(filtered).findChild(QToolButton, "filterSaved").menu()
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == "Good ones").trigger()
    wait(lambda: shown(filtered) == [0, 1, 3, 4])


def test_the_map_fades_what_is_not_meant(filtered, wait):
    filtered.load_map()
    view = filtered.window.map_place.view
    filtered.window.findChild(Filtering).bar.put("rejected")
    wait(lambda: view._lit is not None)
    assert np.flatnonzero(view._lit).tolist() == [2]
    filtered.window.findChild(Filtering).end()
    wait(lambda: view._lit is None)


@pytest.mark.parametrize(
    ("value", "condition"),
    [("EOS R5", 'camera="EOS R5"'), ('5" lens', "camera='5\" lens'"), ("a'b\"cdef", 'camera~"cdef"')],
)
def test_names_with_quotes_are_found(value, condition):
    assert equal_to("camera", value) == condition


def test_words_are_words_and_conditions_conditions():
    assert text_condition(" two words ") == '"two words"'
    assert text_condition("stars>3") == "stars>3"
    assert text_condition("not rejected") == "not rejected"
    assert joined(["a or b", "", "c"]) == "(a or b) and c"
    assert joined(["a or b"]) == "a or b"


def test_lenses_are_read_beside_the_window_and_come_when_they_are_known(filtered, wait, monkeypatch):
    monkeypatch.setattr(filtering, "shooting_of", lambda path: Shooting("RF50" if path.stem.endswith("0") else ""))
    more = bar(filtered).findChild(QToolButton, "filterMore").menu()
    assert more is not None
    more.aboutToShow.emit()
    (lenses,) = [below(entry) for entry in more.actions() if entry.text() == "Lens"]
    assert not lenses.isEnabled()
    wait(lenses.isEnabled)
    with_lens = [number for number, entry in enumerate(filtered.session.images) if entry.path.stem.endswith("0")]
    assert [entry.text() for entry in lenses.actions()] == [f"RF50  ({len(with_lens)})"]
    monkeypatch.setattr(filtering, "shooting_of", lambda _path: pytest.fail("read twice"))
    more.aboutToShow.emit()
    (lenses,) = [below(entry) for entry in more.actions() if entry.text() == "Lens"]
    lenses.actions()[0].trigger()
    assert bar(filtered).condition == 'lens="RF50"'
