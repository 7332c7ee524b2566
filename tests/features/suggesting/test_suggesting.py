from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from tests.support.sorted_session import CATS, DOGS, STRAY, snapshot

from shoal.domain.images import ImageRecord, Region
from shoal.features.inspecting.inspecting import Inspecting, offer_suggestions
from shoal.features.inspecting.inspector import Inspector
from shoal.qt.cluster_model import SUGGESTIONS
from shoal.qt.editing import Editing
from shoal.qt.picture_marks import PictureMarks
from shoal.qt.pictures import LargePictures
from shoal.widgets.grid_presenter import GridPresenter
from shoal.widgets.places import Place


@pytest.fixture
def pictures(qapp):
    pictures = LargePictures(lambda _entry: QImage())
    yield pictures
    pictures.shutdown()


@pytest.fixture
def marks(qapp):
    marks = PictureMarks(lambda _entry: [])
    yield marks
    marks.shutdown()


@pytest.fixture
def inspector(session, window, pictures, marks):
    """As the feature builds it, but for its pictures and marks."""
    inspector, editing = Inspector(session.thumbnails), Editing(session, window)
    Inspecting(inspector, session, pictures, marks)
    offer_suggestions(inspector, editing)
    window.places.add_panel(inspector, Place.RIGHT, "Inspector", 260)
    return inspector


@pytest.fixture
def suggesting(session, window, inspector):
    return Editing(session, window)


def said(window) -> str:
    labels = window.findChild(Inspector).findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisible())


def press(window, name: str) -> None:
    QTest.mouseClick(window.findChild(Inspector).findChild(QWidget, name), Qt.MouseButton.LeftButton)


def test_the_inspector_says_where_pictures_like_this_one_are_and_moves_it_there(
    qtbot, session, window, project, suggesting
):
    session.selection.set_current(STRAY)
    assert "Most pictures like this one are in Cats." in said(window)
    with qtbot.waitSignal(session.portraits_changed):
        press(window, "suggestionFollow")
    assert project.grouping.home[STRAY] == CATS
    assert project.grouping.pinned[STRAY]
    assert "Most pictures" not in said(window)
    project.undo()
    assert project.grouping.home[STRAY] == DOGS


def test_what_was_refused_does_not_come_back_until_that_is_undone(qtbot, session, window, project, suggesting):
    session.selection.set_current(STRAY)
    with qtbot.waitSignal(session.portraits_changed):
        press(window, "suggestionRefuse")
    assert project.grouping.home[STRAY] == DOGS
    assert len(session.suggestions.images) == 0
    with qtbot.waitSignal(session.portraits_changed):
        project.undo()
    assert session.suggestions.images.tolist() == [STRAY]


def test_menu_entries_answer_for_all_that_is_selected(session, project, suggesting):
    session.selection.select(range(10))
    suggesting.follow_suggestions(session.selection.images)
    assert project.grouping.home[STRAY] == CATS
    assert not project.grouping.pinned[4]
    assert project.undo_label == "Move 1 picture as suggested"


def test_the_card_of_suggestions_asks_under_one_heading_per_cluster(session, window):
    presenter = GridPresenter(session, window.grid)
    presenter.show_cards([SUGGESTIONS])
    (section,) = window.grid.page.layout.sections
    assert (section.title, section.cluster, section.images.tolist()) == ("Rather in Cats?  ·  1", CATS, [STRAY])


def with_main(entry: object, kind: str, box: tuple[int, int, int, int], confidence: float) -> ImageRecord:
    assert isinstance(entry, ImageRecord)
    return replace(entry, main=Region(*box, kind, confidence, entry.content_hash))


def test_the_inspector_tells_which_object_decided(qtbot, session, project, window, suggesting):
    entries = list(snapshot().images)
    entries[7] = with_main(entries[7], "cat", (10, 10, 90, 200), 0.874)
    session.show_snapshot(replace(snapshot(), images=entries), project)
    session.selection.set_current(7)
    qtbot.waitUntil(lambda: "cat, 87%" in said(window))
    assert "Main object" in said(window)
    session.selection.set_current(8)
    qtbot.waitUntil(lambda: "Main object" not in said(window))


def test_the_inspector_tells_which_part_was_looked_at(qtbot, session, project, window, suggesting):
    entries = list(snapshot().images)
    entry = entries[7]
    assert isinstance(entry, ImageRecord)
    entries[7] = with_main(entry, "subject", (0, 0, entry.facts.width // 2, entry.facts.height), 0.4)
    session.show_snapshot(replace(snapshot(), images=entries), project)
    session.selection.set_current(7)
    qtbot.waitUntil(lambda: "this part, 50% of the picture" in said(window))
    assert "Main object" not in said(window)


def test_the_inspector_tells_camera_sharpness_and_how_well_it_fits(qtbot, session, window, suggesting):
    session.selection.set_current(25)
    qtbot.waitUntil(lambda: "Kodak" in said(window))
    assert "62%" in said(window)
    assert "in Cats" in said(window)
    session.selection.set_current(2)
    qtbot.waitUntil(lambda: "5%, looks blurred" in said(window))
