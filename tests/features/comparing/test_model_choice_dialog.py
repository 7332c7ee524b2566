"""The two dialogs about models and corrections, as somebody reads and clicks them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton, QTableWidget, QWidget

from shoal.features.comparing.model_choice_dialog import CompareModelsDialog, ModelRankingDialog
from shoal.projects.model_ranking import ModelRanking, RankedModel

LABELS = {"builtin": "Built-in", "resnet50": "ResNet-50", "colour-layout": "Colours and shapes"}
GOOD, FAIR, POOR = (
    RankedModel("resnet50", 38, 0.95, 0.83, 0.99, 0.81),
    RankedModel("builtin", 36, 0.9, 0.77, 0.96, 0.78),
    RankedModel("colour-layout", 20, 0.5, 0.35, 0.65, None),
)


@pytest.fixture
def parent(qtbot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def test_at_least_two_models_are_compared(parent, qtbot):
    dialog = CompareModelsDialog(list(LABELS.items()), ["builtin"], (34, 5), parent)
    dialog.open()
    go, listing = dialog.findChild(QPushButton, "compareGo"), dialog.findChild(QListWidget, "comparedModels")
    assert "34" in dialog.findChild(QLabel, "compareAbout").text()
    assert not go.isEnabled()
    listing.item(2).setCheckState(Qt.CheckState.Checked)
    with qtbot.waitSignal(dialog.models_chosen) as told:
        QTest.mouseClick(go, Qt.MouseButton.LeftButton)
    assert told.args == [["builtin", "colour-layout"]]


def test_without_corrections_it_says_how_to_make_some(parent):
    dialog = CompareModelsDialog(list(LABELS.items()), list(LABELS), (0, 0), parent)
    assert "Nothing to compare by yet" in dialog.findChild(QLabel, "compareAbout").text()


@pytest.mark.parametrize(
    ("corrections", "level", "said"),
    [
        (40, 1, "ResNet-50 agrees best with your 40"),
        (40, 2, "cannot tell these apart: ResNet-50, Built-in."),
        (6, 3, "too few to tell"),
    ],
)
def test_the_verdict_claims_no_more_than_the_corrections_bear(parent, corrections, level, said):
    ranking = ModelRanking((GOOD, FAIR, POOR), corrections, 4, level)
    dialog = ModelRankingDialog(ranking, LABELS, parent)
    assert said in dialog.findChild(QLabel, "rankingVerdict").text()


def test_the_table_is_ranked_and_one_click_goes_on_with_a_model(parent, qtbot):
    dialog = ModelRankingDialog(ModelRanking((GOOD, FAIR, POOR), 40, 4, 2), LABELS, parent)
    dialog.open()
    table = dialog.findChild(QTableWidget, "rankingTable")
    cells = [[table.item(row, column).text() for column in range(4)] for row in range(3)]
    assert cells[0] == ["ResNet-50", "95%  (38 / 40)", "83% - 99%", "0.810"]
    assert [row[0] for row in cells] == ["ResNet-50", "Built-in", "Colours and shapes"]
    assert cells[2][3] == ""
    table.selectRow(1)
    with qtbot.waitSignal(dialog.model_chosen) as told:
        QTest.mouseClick(dialog.findChild(QPushButton, "useModel"), Qt.MouseButton.LeftButton)
    assert told.args == ["builtin"]
