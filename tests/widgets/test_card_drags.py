"""Dragging onto and between cards: the list scrolls, chosen cards go together, the target says what would happen."""

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from shoal.qt.cluster_model import ClusterCard, ClusterModel
from shoal.widgets.cluster_panel import ClusterPanel
from shoal.widgets.dragging import clusters_mime, dragged_clusters, images_mime

COPY, LEFT, NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def panel(qtbot, thumbnails):
    model = ClusterModel()
    model.set_cards([ClusterCard(-1, "All", 300), *(ClusterCard(n, f"Cluster {n}", 10) for n in range(1, 41))])
    panel = ClusterPanel(model, thumbnails)
    qtbot.addWidget(panel)
    panel.resize(260, 500)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def hold(panel, place: QPoint, data: QMimeData) -> QDragMoveEvent:
    QApplication.sendEvent(panel.list.viewport(), QDragEnterEvent(place, COPY, data, LEFT, NONE))
    event = QDragMoveEvent(place, COPY, data, LEFT, NONE)
    QApplication.sendEvent(panel.list.viewport(), event)
    return event


def drop(panel, place: QPoint, data: QMimeData) -> None:
    QApplication.sendEvent(panel.list.viewport(), QDropEvent(QPointF(place), COPY, data, LEFT, NONE))


def card_under(panel, place: QPoint) -> int:
    return panel._model.cards[panel.list.indexAt(place).row()].id


def test_the_list_scrolls_while_pictures_are_held_near_its_edge(qtbot, panel):
    heard, data = [], images_mime(np.array([7], np.int32), [])
    panel.images_dropped.connect(lambda images, card: heard.append((images.tolist(), card)))
    view, bar = panel.list.viewport(), panel.list.verticalScrollBar()
    low, high = QPoint(100, view.height() - 6), QPoint(100, 6)
    hold(panel, low, data)
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())
    aimed = panel.list.itemDelegate().drop_row
    assert panel._model.cards[aimed].id == card_under(panel, low)
    drop(panel, low, data)
    assert heard == [([7], card_under(panel, low))]
    assert heard[0][1] > 35
    hold(panel, high, data)
    qtbot.waitUntil(lambda: bar.value() == 0)
    QApplication.sendEvent(view, QDragLeaveEvent())
    assert panel.list.itemDelegate().drop_row == -1


def test_it_stands_still_in_the_middle_and_once_the_drag_has_left(qtbot, panel):
    data, bar = images_mime(np.array([7], np.int32), []), panel.list.verticalScrollBar()
    hold(panel, QPoint(100, 250), data)
    QTest.qWait(80)
    assert bar.value() == 0
    hold(panel, QPoint(100, panel.list.viewport().height() - 6), data)
    QTest.qWait(60)
    QApplication.sendEvent(panel.list.viewport(), QDragLeaveEvent())
    stopped = bar.value()
    assert stopped > 0
    QTest.qWait(80)
    assert bar.value() == stopped


def test_chosen_cards_are_dragged_together(panel, monkeypatch):
    carried = []
    monkeypatch.setattr(QDrag, "exec", lambda drag, *_: carried.append(dragged_clusters(drag.mimeData())) or COPY)
    view = panel.list.viewport()
    places = [panel.list.visualRect(panel._model.index(row)).center() for row in (2, 3, 4)]
    QTest.mouseClick(view, LEFT, NONE, places[0])
    QTest.mouseClick(view, LEFT, Qt.KeyboardModifier.ShiftModifier, places[2])
    QTest.mousePress(view, LEFT, NONE, places[1])
    for step in (5, 15, 30):
        QTest.mouseMove(view, places[1] + QPoint(0, step))
    assert carried == [[2, 3, 4]]


def test_the_target_says_what_letting_go_would_do(panel):
    first = panel.list.visualRect(panel._model.index(1)).center()
    assert hold(panel, first, clusters_mime([4, 3])).isAccepted()
    assert panel.list.itemDelegate().drop_words == "Merge Cluster 3, Cluster 4 into Cluster 1"
    assert not hold(panel, first, clusters_mime([1, 3])).isAccepted()
    assert panel.list.itemDelegate().drop_words == ""
    panel.grab()


def test_a_drop_on_a_card_carries_all_of_them(panel):
    heard = []
    panel.merge_dropped.connect(lambda clusters, into: heard.append((clusters, into)))
    place, data = panel.list.visualRect(panel._model.index(1)).center(), clusters_mime([3, 4])
    hold(panel, place, data)
    drop(panel, place, data)
    assert heard == [([3, 4], 1)]
