"""The cards say what there is, in an order that stays, and which of them are shown."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from tests.support.sorted_session import CATS, DOGS, STRAY, snapshot, views_of

from shoal.desktop.features import ROWS
from shoal.domain.edits import create_cluster, dissolve_cluster, move_images
from shoal.domain.images import ImageId
from shoal.features.browsing.browsing import Browsing
from shoal.features.browsing.showing import Showing
from shoal.features.curating.curating import Curating
from shoal.features.finding.searching import Searching
from shoal.looking.text_search import FoundImages
from shoal.projects.project import Project
from shoal.qt.chosen_cards import ChosenCards
from shoal.qt.cluster_model import ALL, SUGGESTIONS
from shoal.qt.editing import Editing
from shoal.widgets.theme import CurrentTheme


class Finder:
    """Finds the same three pictures, whatever is asked for."""

    def find_by_text(self, text, _records, _model, _task):
        return FoundImages(text, np.array([7, 30, 2, *range(8, 20)]), np.linspace(0.9, 0.1, 15).astype(np.float32), 3)


@pytest.fixture
def views(session, window, jobs):
    views, actions = views_of(session, window), window.install(ROWS)
    chosen = ChosenCards(session, window)
    kept = (
        Showing(session, views, chosen, actions, CurrentTheme(), jobs),
        Browsing(window, session, views, window.places, actions),
        Searching(session, views, jobs, Finder()),
    )
    window.model_picker.addItem("CLIP", "clip-vit-b-32")
    window.model_picker.setCurrentIndex(window.model_picker.count() - 1)
    window.tools.offer_content(True)
    window.chosen_cards = chosen
    yield views
    assert kept


def clusters(window):
    return [card.id for card in window.clusters.cards if card.is_cluster]


def shown(window):
    return [window.grid.page.layout.image_at(position) for position in range(window.grid.page.layout.count)]


def test_the_largest_comes_first_and_no_edit_moves_a_card(session, window, project, views):
    assert clusters(window) == [DOGS, CATS]
    project.apply("Move", move_images(project.grouping, np.arange(20, 35), CATS))
    assert clusters(window) == [DOGS, CATS]
    project.apply("New", create_cluster(project.grouping, "Birds", np.arange(30)))
    birds = clusters(window)[-1]
    assert clusters(window) == [DOGS, CATS, birds]
    project.apply("Dissolve", dissolve_cluster(project.grouping, DOGS))
    assert clusters(window) == [CATS, birds]
    project.undo()
    assert clusters(window) == [DOGS, CATS, birds]
    assert [card.key for card in window.clusters.cards if card.is_cluster] == [1, 2, 3]
    session.show_snapshot(snapshot(), project)
    assert clusters(window)[0] == birds


def test_after_a_search_no_card_is_lit_and_the_box_says_best_first(qtbot, session, window, jobs, views):
    assert window.cluster_panel.chosen_ids == [ALL]
    before = window.grid_side.order_picker.currentText()
    window.search.setText("birds")
    with qtbot.waitSignal(jobs.ended):
        qtbot.keyClick(window.search, Qt.Key.Key_Return)
    assert shown(window) == [7, 30, 2]
    assert window.cluster_panel.chosen_ids == []
    assert window.grid_side.order_picker.currentIndex() == -1
    assert window.grid_side.order_picker.placeholderText() == "Best first"
    window.grid_side.order_picker.setCurrentIndex(window.grid_side.order_picker.findData("name"))
    assert shown(window) == [2, 7, 30]
    window.search.clear()
    assert window.cluster_panel.chosen_ids == [ALL]
    assert window.grid_side.order_picker.currentText() == "Name" != before
    assert len(shown(window)) > 30


def test_what_is_gathered_on_the_map_is_of_no_card(session, window, views):
    window.cluster_panel.choose(CATS)
    session.selection.select([1, 2, 25])
    assert window.cluster_panel.chosen_ids == []
    assert window.chosen_cards.clusters == []
    session.selection.clear()
    assert window.cluster_panel.chosen_ids == [CATS]
    assert window.chosen_cards.clusters == [CATS]


@pytest.mark.parametrize("choice", ["card", "picture", "text"])
def test_what_was_chosen_since_a_search_began_stays(qtbot, session, window, jobs, views, choice):
    window.search.setText("birds")
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    if choice == "card":
        window.cluster_panel.choose(CATS)
    elif choice == "picture":
        session.selection.select([25])
    else:
        window.search.setText("boats")
    before = shown(window)
    with qtbot.waitSignal(jobs.ended):
        pass
    assert shown(window) == before
    assert "3 picture" in window.job_panel.message
    if choice == "card":
        assert window.cluster_panel.chosen_ids == [CATS]


def test_pictures_that_come_leave_chosen_what_is_chosen(session, window, project, views):
    window.cluster_panel.choose(CATS)
    session.selection.select([5, 6], initiator=window.grid)
    session.selection.set_current(6)
    session.show_snapshot(snapshot(), project)
    assert session.selection.images.tolist() == [5, 6]
    assert session.selection.current == 6
    assert window.cluster_panel.chosen_ids == [CATS]


def test_who_has_answered_the_last_suggestion_is_not_sent_elsewhere(qtbot, session, window, project, views):
    assert session.suggestions.images.tolist() == [STRAY]
    window.cluster_panel.choose(SUGGESTIONS)
    assert shown(window) == [STRAY]
    with qtbot.waitSignal(session.portraits_changed):
        project.apply("Agree", move_images(project.grouping, [ImageId(STRAY)], CATS))
    assert window.cluster_panel.chosen_ids == [SUGGESTIONS]
    assert shown(window) == []


def test_what_was_found_in_another_project_is_not_shown_in_this_one(qtbot, session, window, jobs, project, views):
    window.search.setText("birds")
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    other = Project(project.grouping)
    session.show_snapshot(snapshot(), other)
    before = sorted(shown(window))
    with qtbot.waitSignal(jobs.ended):
        pass
    assert sorted(shown(window)) == before
    assert len(session.selection) == 0


def test_who_chooses_all_right_after_a_new_cluster_stays_there(qtbot, session, window, project, views):
    curating = Curating(window, session, views, window.chosen_cards, Editing(session, window))
    with qtbot.waitSignal(session.portraits_changed):
        curating.new_cluster(np.arange(5, dtype=np.int32))
        assert window.cluster_panel.chosen_ids == [clusters(window)[-1]]
        window.cluster_panel.choose(ALL)
    assert window.cluster_panel.chosen_ids == [ALL]
    assert len(shown(window)) > 30
    assert project.grouping.clusters[clusters(window)[-1]].name == "New cluster"
