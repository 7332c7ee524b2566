"""Pictures and cards carried from the press to the drop, by the window's own drags."""

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from tests.support.drags import drag, hold, let_go
from tests.support.sorted_desk import CONTROL, Hands
from tests.support.sorted_session import CATS, DOGS

from shoal.domain.edits import create_cluster
from shoal.domain.sentence import Sentence

MORE = 30


@pytest.fixture
def many_cards(hands: Hands, qtbot) -> Hands:
    """More cards than the list has room for; those without pictures stand last."""
    for number in range(MORE):
        nobody = np.empty(0, np.int32)
        hands.project.apply(Sentence("more"), create_cluster(hands.project.grouping, f"More {number}", nobody))
    hands.window.resize(1000, 700)
    qtbot.waitUntil(lambda: hands.panel.list.verticalScrollBar().maximum() > 0)
    return hands


def card_at(hands: Hands, place: QPoint) -> int:
    return hands.window.clusters.cards[hands.panel.list.indexAt(place).row()].id


def picture_place(hands: Hands, image: int) -> QPoint:
    hands.grid.scroll_to_image(image)
    return hands.grid.rect_of(hands.grid.page.position_of(image)).center()


def test_pictures_reach_a_card_below_those_in_view(many_cards, qtbot, monkeypatch):
    hands, cards = many_cards, many_cards.panel.list
    hands.click_image(4)
    hands.click_image(6, CONTROL)
    low, reached = QPoint(60, cards.viewport().height() - 8), []

    def way(data: QMimeData) -> None:
        hidden = hands.window.clusters.cards[-1].id
        assert not cards.viewport().rect().intersects(cards.visualRect(hands.window.clusters.index(MORE + 3)))
        hold(cards.viewport(), low, data)
        qtbot.waitUntil(lambda: cards.verticalScrollBar().value() == cards.verticalScrollBar().maximum())
        reached.append(card_at(hands, low))
        assert hidden - reached[0] < 3
        let_go(cards.viewport(), low, data)

    drag(monkeypatch, hands.grid.viewport(), picture_place(hands, 4), way)
    assert [hands.home(4), hands.home(6)] == reached * 2
    assert hands.notice == f"2 to {hands.name(reached[0])}"
    hands.click("noticeUndo")
    assert [hands.home(4), hands.home(6)] == [CATS, CATS]
    assert hands.selected == [4, 6]


def test_all_chosen_cards_go_with_the_one_that_is_dragged(many_cards, monkeypatch):
    hands, cards = many_cards, many_cards.panel.list
    shown = [card.id for card in hands.window.clusters.cards if card.is_cluster][2:5]
    hands.click_card(shown[0])
    hands.click_card(shown[1], CONTROL)
    hands.click_card(shown[2], CONTROL)
    target = hands.card_place(DOGS)

    def way(data: QMimeData) -> None:
        assert hold(cards.viewport(), target, data)
        let_go(cards.viewport(), target, data)

    drag(monkeypatch, cards.viewport(), hands.card_place(shown[1]), way)
    assert not {*shown} & {*hands.project.grouping.clusters}
    assert hands.panel.chosen_ids == [DOGS]
    hands.window.activateWindow()
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert {*shown} <= {*hands.project.grouping.clusters}


def test_a_card_put_on_a_card_leaves_you_on_the_result(hands, monkeypatch):
    cards, target = hands.panel.list, hands.card_place(DOGS)

    def way(data: QMimeData) -> None:
        assert hold(cards.viewport(), target, data)
        let_go(cards.viewport(), target, data)

    drag(monkeypatch, cards.viewport(), hands.card_place(CATS), way)
    assert [*hands.project.grouping.clusters] == [DOGS]
    assert hands.panel.chosen_ids == [DOGS]
    assert len(hands.shown) == 40
