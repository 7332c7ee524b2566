import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester

from shoal.qt.cluster_model import ALL, ClusterCard, ClusterModel


def cards(*ids, count=1):
    return [ClusterCard(ALL, "All", 10), *(ClusterCard(id_, f"Cluster {id_}", count) for id_ in ids)]


@pytest.fixture
def model(qapp):
    model = ClusterModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_cards(cards(1, 2, 3, 4, 5, 6))
    yield model
    tester.deleteLater()


@pytest.mark.parametrize(
    "ids", [(1, 2, 3, 4, 5, 6), (2, 5), (), (1, 7, 8, 2, 3, 9), (7, 8, 9), (4, 10, 11, 12), (6, 5, 4, 3, 2, 1)]
)
def test_it_shows_what_it_was_told_whatever_it_showed_before(model, ids):
    model.set_cards(cards(*ids, count=3))
    shown = [model.data(model.index(row)) for row in range(model.rowCount())]
    assert shown == ["All", *(f"Cluster {id_}" for id_ in ids)]
    assert model.row_of(99) is None
    assert all(model.row_of(id_) == row for row, id_ in enumerate(ids, 1))


def test_a_card_that_stays_stays_selected(model):
    selection = QItemSelectionModel(model)
    selection.select(model.index(model.row_of(4)), QItemSelectionModel.SelectionFlag.Select)
    model.set_cards(cards(2, 8, 9, 4, 10))
    assert [model.cards[index.row()].id for index in selection.selectedIndexes()] == [4]


def test_changes_are_told_to_the_views_in_one_go(model):
    heard = []
    model.dataChanged.connect(lambda first, last, _roles: heard.append((first.row(), last.row())))
    changed = cards(1, 2, 3, 4, 5, 6)
    changed[2] = ClusterCard(2, "Dogs", 1)
    changed[5] = ClusterCard(5, "Cats", 1)
    model.set_cards(changed)
    assert heard == [(2, 5)]


def test_another_order_leaves_chosen_what_was_chosen(model):
    selection = QItemSelectionModel(model)
    for id_ in (2, 5):
        selection.select(model.index(model.row_of(id_)), QItemSelectionModel.SelectionFlag.Select)
    model.set_cards(cards(6, 5, 4, 7, 2, 1))
    assert sorted(model.cards[index.row()].id for index in selection.selectedIndexes()) == [2, 5]


def test_resting_on_a_card_tells_its_whole_name_and_what_is_drawn_on_it(model):
    model.set_cards([ClusterCard(1, "A name too long for a card", 1200, tightness=0.876, key=4)])
    tip = str(model.data(model.index(0), Qt.ItemDataRole.ToolTipRole)).splitlines()
    assert tip[:2] == ["A name too long for a card", "1200 picture(s)"]
    assert tip[2].startswith("88% alike. The bar is full")
    assert tip[3:] == ["Key 4 sends the selected pictures here."]


def names(model):
    return [card.name for card in model.cards]


def test_what_is_typed_leaves_the_clusters_whose_name_has_every_word(model):
    model.set_cards([ClusterCard(ALL, "All", 10), *(ClusterCard(n, f"Red car {n}", 1) for n in (1, 2)), *cards(3)[1:]])
    model.set_filter("CAR  re")
    assert names(model) == ["All", "Red car 1", "Red car 2"]
    model.set_filter("car 2")
    assert names(model) == ["All", "Red car 2"]
    model.set_filter("none")
    assert names(model) == ["All"]
    model.set_filter("")
    assert names(model) == ["All", "Red car 1", "Red car 2", "Cluster 3"]


def test_what_is_chosen_stays_in_sight_whatever_is_typed(model):
    model.set_filter("Cluster 2", keep=[5])
    assert names(model) == ["All", "Cluster 2", "Cluster 5"]


def test_clusters_that_come_while_a_filter_is_typed_are_filtered_too(model):
    model.set_filter("9")
    model.set_cards(cards(8, 9))
    assert names(model) == ["All", "Cluster 9"]
