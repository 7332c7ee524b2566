import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QFontMetrics, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton, QToolTip, QWidget

from shoal.qt.cluster_model import ALL, ClusterCard, ClusterModel
from shoal.qt.cluster_order import ClusterSort
from shoal.widgets.cluster_panel import ClusterPanel
from shoal.widgets.dragging import images_mime

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
BOTH = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction


@pytest.fixture
def panel(qtbot, thumbnails):
    model = ClusterModel()
    model.set_cards(
        [ClusterCard(ALL, "All", 7), ClusterCard(0, "Unsorted", 1)]
        + [ClusterCard(n, f"Cluster {n}", 3, 0xFF2060C0, 0.7, (1, 2, 3), n) for n in (1, 2)]
    )
    panel = ClusterPanel(model, thumbnails)
    qtbot.addWidget(panel)
    panel.resize(260, 500)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def carry(target: QWidget, place: QPoint, images: list[int]) -> QDropEvent:
    """Bring pictures to a place of a widget and let go."""
    data = images_mime(np.array(images, np.int32), [])
    QApplication.sendEvent(target, QDragEnterEvent(place, BOTH, data, LEFT, NONE))
    QApplication.sendEvent(target, QDragMoveEvent(place, BOTH, data, LEFT, NONE))
    event = QDropEvent(QPointF(place), BOTH, data, LEFT, NONE)
    QApplication.sendEvent(target, event)
    return event


def test_pictures_dropped_below_the_cards_want_a_cluster_of_their_own(qtbot, panel):
    target = panel.findChild(QWidget, "newClusterTarget")
    with qtbot.waitSignal(panel.new_cluster_dropped) as dropped:
        event = carry(target, target.rect().center(), [4, 5])
    assert dropped.args[0].tolist() == [4, 5]
    assert event.dropAction() == Qt.DropAction.CopyAction


def test_a_click_below_the_cards_asks_for_a_cluster_and_so_does_the_keyboard(qtbot, panel):
    target = panel.findChild(QWidget, "newClusterTarget")
    with qtbot.waitSignal(panel.new_cluster_requested):
        QTest.mouseClick(target, LEFT)
    with qtbot.waitSignal(panel.new_cluster_requested):
        QTest.keyClick(target, Qt.Key.Key_Space)


def test_pictures_dropped_on_a_card_go_to_its_cluster(qtbot, panel):
    place = panel.list.visualRect(panel._model.index(3)).center()
    with qtbot.waitSignal(panel.images_dropped) as dropped:
        carry(panel.list.viewport(), place, [6])
    assert (dropped.args[0].tolist(), dropped.args[1]) == ([6], 2)


def test_the_arrow_keys_walk_over_the_cards(qtbot, panel):
    panel.choose(ALL)
    for expected in (0, 1, 2):
        QTest.keyClick(panel.list, Qt.Key.Key_Down)
        assert panel.chosen_ids == [expected]


def test_a_card_chosen_by_the_program_is_the_only_one_though_a_key_is_held(panel):
    """As with Ctrl+N, whose cluster is chosen while Ctrl is still down."""
    QTest.keyPress(panel.windowHandle(), Qt.Key.Key_F5, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.keyboardModifiers() == Qt.KeyboardModifier.ControlModifier
    try:
        for card in (1, ALL):
            panel.choose(card)
            assert panel.chosen_ids == [card]
    finally:
        QTest.keyRelease(panel.windowHandle(), Qt.Key.Key_F5)


def test_what_arrives_while_a_name_is_typed_leaves_it_alone(panel):
    panel.edit_name(2)
    editor = panel.list.findChild(QLineEdit)
    QTest.keyClicks(editor, "Boats")
    cards = list(panel._model.cards)
    cards[3] = ClusterCard(2, "Cluster 2", 3, 0xFF2060C0, 0.9, (7, 8), 2)
    panel._model.set_cards(cards)
    assert editor.text() == "Boats"


@pytest.mark.parametrize("name", ["Mountain gorillas", "长颈鹿和斑马以及大象"])
def test_a_name_of_some_length_is_not_cut_in_a_narrow_window(panel, name, monkeypatch):
    """At 1,360 pixels of width the list is 200 wide."""
    drawn = []
    elided = QFontMetrics.elidedText
    monkeypatch.setattr(QFontMetrics, "elidedText", lambda *a: drawn.append(elided(*a)) or drawn[-1])
    panel._model.set_cards([ClusterCard(ALL, "All", 7), ClusterCard(1, name, 157, 0xFF2060C0, 0.7, (1, 2, 3), 1)])
    panel.resize(200, 500)
    panel.list.grab()
    assert name in drawn


def names(panel):
    return [card.name for card in panel._model.cards if card.is_cluster]


def test_typing_above_the_cards_finds_one_and_enter_chooses_it(qtbot, panel):
    panel.choose(ALL)
    panel.filter.setFocus()
    QTest.keyClicks(panel.filter, "2")
    assert names(panel) == ["Cluster 2"]
    QTest.keyClick(panel.filter, Qt.Key.Key_Return)
    assert panel.chosen_ids == [2]
    assert (panel.filter.text(), names(panel)) == ("", ["Cluster 1", "Cluster 2"])
    assert panel.list.hasFocus()


def test_escape_empties_the_field_and_down_goes_to_the_cards(panel):
    panel.filter.setFocus()
    QTest.keyClicks(panel.filter, "none of that name")
    assert names(panel) == []
    QTest.keyClick(panel.filter, Qt.Key.Key_Escape)
    assert names(panel) == ["Cluster 1", "Cluster 2"]
    QTest.keyClick(panel.filter, Qt.Key.Key_Down)
    assert panel.list.hasFocus()


def test_thirty_clusters_are_in_view_at_once(panel):
    """In a window of 1600 x 1000, whose frame, tools and job panel leave 890 for this panel."""
    panel.resize(250, 890)
    panel._model.set_cards(
        [ClusterCard(ALL, "All", 7), ClusterCard(0, "Unsorted", 1)]
        + [ClusterCard(n, f"Cluster {n}", 3, 0xFF2060C0, 0.7, (1,)) for n in range(1, 90)]
    )
    view = panel.list.viewport().rect()
    whole = [row for row in range(91) if view.contains(panel.list.visualRect(panel._model.index(row)))]
    assert sum(panel._model.cards[row].is_cluster for row in whole) >= 30


def test_the_name_has_the_whole_width_of_its_card(panel):
    """A name of 24 letters is not cut at the width that the panel has to begin with."""
    metrics = QFontMetrics(panel.list.font())
    card = panel.list.visualRect(panel._model.index(2))
    assert card.width() - card.height() - 40 >= metrics.horizontalAdvance("n" * 24)


def test_a_double_click_names_a_cluster(panel):
    place = panel.list.visualRect(panel._model.index(2)).center()
    QTest.mouseClick(panel.list.viewport(), LEFT, NONE, place)
    QTest.mouseDClick(panel.list.viewport(), LEFT, NONE, place)
    assert panel.list.findChild(QLineEdit).text() == "Cluster 1"


def test_the_orders_stand_in_a_menu_of_which_one_is_ticked(qtbot, panel):
    entries = panel.findChild(QToolButton, "clusterOrder").menu().actions()
    panel.show_sorting(ClusterSort.MIXED)
    assert [entry.text() for entry in entries if entry.isChecked()] == ["Most mixed first"]
    with qtbot.waitSignal(panel.sort_requested) as asked:
        entries[1].trigger()
    assert asked.args == [ClusterSort.NAME]


def test_a_tip_shows_the_pictures_of_a_card_and_what_is_drawn_on_it(qtbot, panel, thumbnails):
    for image in (1, 2, 3):
        thumbnails.pixmap(image)
    qtbot.waitUntil(lambda: all(thumbnails.pixmap(image) is not None for image in (1, 2, 3)))
    index = panel._model.index(2)
    place = panel.list.visualRect(index).center()
    event = QHelpEvent(QEvent.Type.ToolTip, place, panel.list.viewport().mapToGlobal(place))
    QApplication.sendEvent(panel.list.viewport(), event)
    assert QToolTip.text().count("<img") == 3
    assert "<b>Cluster 1</b>" in QToolTip.text()
    assert "70% alike. The bar is full" in QToolTip.text()
    QToolTip.hideText()
