"""Stars, flags and labels by real keys: what they are given to, what is current afterwards, and what is kept."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QWidget
from tests.support.sample_folder import make_folder
from tests.support.untouched import watch

from shoal.domain.marks import Marks
from shoal.domain.verdicts import COLOUR, FLAG, STARS
from shoal.exports.sidecars import new_sidecar

KEY, NONE = Qt.Key, Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def press(desk, key, modifiers=NONE) -> None:
    QTest.keyClick(desk.window.focusWidget() or desk.window, key, modifiers)


def stand_on(desk, position: int) -> int:
    """Click that tile of the grid; returns its image."""
    grid = desk.window.grid
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.rect_of(position).center())
    assert grid.choosing.current == position
    return grid.page.layout.image_at(position)


def verdict(desk, image: int) -> list[int]:
    return desk.session.verdicts[image].tolist()


@pytest.fixture
def active(opened, qtbot):
    opened.window.activateWindow()
    opened.window.actions_by_name["actionStacks"].trigger()
    qtbot.waitActive(opened.window)
    return opened


def test_keys_give_flags_stars_and_labels_and_stay_on_the_picture(active):
    image = stand_on(active, 2)
    press(active, KEY.Key_P)
    press(active, KEY.Key_4, ALT)
    press(active, KEY.Key_8, ALT)
    assert verdict(active, image) == [4, 3, 4]
    assert active.session.selection.current == image
    press(active, KEY.Key_X)
    assert verdict(active, image) == [4, 1, 4]
    press(active, KEY.Key_U)
    press(active, KEY.Key_8, ALT)
    press(active, KEY.Key_0, ALT)
    assert verdict(active, image) == [0, 0, 0]


def test_every_mark_is_a_step_that_can_be_undone_and_outlasts_the_window(active):
    image = stand_on(active, 0)
    press(active, KEY.Key_3, ALT)
    press(active, KEY.Key_X)
    press(active, KEY.Key_Z, CTRL)
    assert verdict(active, image) == [3, 0, 0]
    assert active.session.project.undo_label == "Give 1 picture 3 stars"
    file = active.opening.project.file
    active.opening.close()
    with active.workplace.open_project_file(file) as again:
        assert again.project.grouping.verdicts[image].tolist() == [3, -1, -1]


def test_with_shift_the_next_picture_is_current(active):
    first = stand_on(active, 1)
    press(active, KEY.Key_X, SHIFT)
    assert verdict(active, first)[FLAG] == 1
    grid = active.window.grid
    assert grid.choosing.current == 2
    active.window.actions_by_name["actionGoOn"].trigger()
    press(active, KEY.Key_P)
    assert grid.choosing.current == 3
    press(active, KEY.Key_P, SHIFT)
    assert grid.choosing.current == 3


def test_a_selection_is_marked_as_a_whole_and_stays(active):
    stand_on(active, 0)
    grid = active.window.grid
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, SHIFT, grid.rect_of(3).center())
    images = active.session.selection.images
    assert len(images) == 4
    press(active, KEY.Key_5, ALT | SHIFT)
    assert (active.session.verdicts[images, STARS] == 5).all()
    assert active.session.selection.images.tolist() == images.tolist()
    press(active, KEY.Key_Z, CTRL)
    assert (active.session.verdicts[:, STARS] == 0).all()


def test_a_whole_cluster_is_marked_where_its_card_has_the_keyboard(active):
    panel = active.window.cluster_panel
    cluster = active.session.order.of(active.session.grouping)[0]
    panel.choose(cluster)
    panel.findChild(QWidget, "clusterList").setFocus()
    press(active, KEY.Key_X)
    members = active.session.members(cluster)
    assert active.session.verdicts[:, FLAG].nonzero()[0].tolist() == members.tolist()


def test_digits_mark_where_that_is_wanted_and_send_to_clusters_otherwise(active):
    image = stand_on(active, 0)
    active.window.actions_by_name["actionDigitsMark"].trigger()
    home = int(active.session.grouping.home[image])
    press(active, KEY.Key_5)
    press(active, KEY.Key_6)
    assert verdict(active, image) == [5, 0, 1]
    assert int(active.session.grouping.home[image]) == home
    press(active, KEY.Key_2, CTRL)
    assert verdict(active, image) == [2, 0, 1]
    press(active, KEY.Key_0)
    assert verdict(active, image) == [0, 0, 1]
    active.window.actions_by_name["actionDigitsMark"].trigger()
    numbers = active.session.order.of(active.session.grouping)
    press(active, Qt.Key(KEY.Key_1 + numbers.index(next(one for one in numbers if one != home))))
    assert int(active.session.grouping.home[image]) != home
    assert verdict(active, image) == [0, 0, 1]


def test_seen_large_it_is_this_picture_that_is_meant(active):
    stand_on(active, 0)
    grid = active.window.grid
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, SHIFT, grid.rect_of(2).center())
    press(active, KEY.Key_Space)
    loupe = active.window.findChild(QWidget, "loupe")
    shown = loupe.image
    press(active, KEY.Key_X, SHIFT)
    assert active.session.verdicts[:, FLAG].nonzero()[0].tolist() == [shown]
    assert loupe.isVisible()
    assert loupe.image not in (-1, shown)


def test_the_mouse_gives_them_in_the_inspector(active, wait):
    image = stand_on(active, 1)
    bar = active.window.findChild(QWidget, "verdictBar")
    button = bar.findChild(QToolButton, f"verdict{STARS}_3")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert verdict(active, image) == [3, 0, 0]
    assert [bar.findChild(QToolButton, f"verdict{STARS}_{n}").text() for n in range(1, 6)] == ["★"] * 3 + ["☆"] * 2
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(bar.findChild(QToolButton, f"verdict{COLOUR}_6"), Qt.MouseButton.LeftButton)
    assert verdict(active, image) == [0, 0, 6]


def test_marks_are_seen_on_the_picture(active):
    image = stand_on(active, 0)
    grid = active.window.grid
    active.session.selection.clear()
    cell = grid.rect_of(0)
    before = grid.viewport().grab(cell).toImage()
    active.parts.editing.mark([image], STARS, 5)
    assert grid.viewport().grab(cell).toImage() != before


@pytest.mark.changes_pictures("gives them stars before they are opened")
def test_what_other_programs_said_counts_until_something_is_said_here(desk, wait, tmp_path):
    folder = make_folder(tmp_path / "pictures", ("ball", "chair"), range(3))
    (folder / "ball" / "ball-1.xmp").write_bytes(new_sidecar(Marks(stars=4, label="Green")))
    (folder / "ball" / "ball-2.jpg.xmp").write_bytes(new_sidecar(Marks(stars=-1)))
    watch(folder)
    desk.window.model_picker.choose("colour-layout")
    desk.opening.open_paths([folder])
    wait(lambda: desk.window.actions_by_name["actionExport"].isEnabled() and not desk.jobs.busy)
    of = {entry.path.name: number for number, entry in enumerate(desk.session.images)}
    wait(lambda: verdict(desk, of["ball-1.jpg"]) == [4, 0, 4])
    wait(lambda: verdict(desk, of["ball-2.jpg"]) == [0, 1, 0])
    desk.parts.editing.mark([of["ball-1.jpg"]], STARS, 2)
    assert verdict(desk, of["ball-1.jpg"]) == [2, 0, 4]
    assert desk.session.grouping.verdicts[of["ball-1.jpg"]].tolist() == [2, -1, -1]
