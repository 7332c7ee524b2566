"""Classes in the window: tried after clusters, a folder or words; nothing moves before, and undo moves it back."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from tests.support.sample_folder import make_folder
from tests.support.whole_desk import KINDS, is_open, open_dialog

from shoal.desktop.main import WindowController
from shoal.domain.classified import Classified, words_in
from shoal.domain.edits import create_cluster
from shoal.domain.grouping import OUT, UNSORTED, ClusterId, Grouping
from shoal.domain.images import ImageId
from shoal.domain.sentence import Sentence
from shoal.features.classes.judgement_view import CalibrationView, ConfusionView
from shoal.projects.classifying import Classification, class_patch, offered_clusters


def ask(desk: WindowController) -> Any:
    desk.window.actions_by_name["actionClasses"].trigger()
    return open_dialog("classesDialog")


def part(dialog: Any, name: str) -> Any:
    return dialog.findChild(QWidget, name)


def click(dialog: Any, name: str) -> None:
    """Near its left end: a radio button is not hit beside its text."""
    widget = part(dialog, name)
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(8, widget.height() // 2))


def members(desk: WindowController, name: str) -> list[int]:
    grouping = desk.session.grouping
    those = [one for one, cluster in grouping.clusters.items() if cluster.name == name]
    return grouping.members(those[0]).tolist() if those else []


@pytest.fixture
def taught(opened: WindowController) -> WindowController:
    """Two pictures of each kind were put into clusters called after them."""
    project = opened.opening.project.project
    for kind in KINDS:
        images = [ImageId(n) for n, one in enumerate(opened.session.images) if one.label == kind][:3]
        project.apply(Sentence("New"), create_cluster(project.grouping, f"my {kind}s", images))
    return opened


def test_pictures_put_into_clusters_are_examples_for_all_others(taught, wait, tmp_path, monkeypatch):
    before = taught.session.grouping
    dialog = ask(taught)
    ticked = part(dialog, "classesClusters")
    checked = [row for row in range(ticked.count()) if ticked.item(row).checkState() is Qt.CheckState.Checked]
    assert [ticked.item(row).text().split("  ")[0] for row in checked] == ["my balls", "my chairs"]
    assert not part(dialog, "classesUse").isEnabled()
    click(dialog, "classesTry")
    wait(lambda: part(dialog, "classesUse").isEnabled() and not taught.jobs.busy)
    assert part(dialog, "classConfusion").isVisible()
    told = dict(line.split(": ") for line in part(dialog, "classesCounts").text().split("\n"))
    assert sum(map(int, told.values())) == 10
    assert "6" in part(dialog, "classesSaid").text()
    assert taught.session.grouping is before, "nothing is changed by trying"
    matrix = tmp_path / "confusion.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(matrix), ""))
    part(dialog, "classesSaveMatrix").click()
    wait(lambda: matrix.exists() and not taught.jobs.busy)
    assert "my chairs" in matrix.read_text(encoding="utf-8-sig")
    click(dialog, "classesUse")
    assert not is_open("classesDialog")
    for name in ("my balls", "my chairs"):
        assert len(members(taught, name)) >= max(3, int(told[name])), "and what was put there stays there"
    assert "got a class" in taught.window.notice_bar.text
    taught.window.actions_by_name["actionUndo"].trigger()
    assert taught.session.grouping == before


def test_a_folder_with_a_sub_folder_for_each_class_does_as_well(opened, wait, tmp_path):
    examples = make_folder(tmp_path / "examples", KINDS, range(20, 24))
    dialog = ask(opened)
    click(dialog, "classesByFolder")
    assert not part(dialog, "classesTry").isEnabled()
    part(dialog, "classesFolder").setText(str(examples))
    click(dialog, "classesTry")
    wait(lambda: part(dialog, "classesUse").isEnabled() and not opened.jobs.busy)
    made = dialog.findChild(QWidget, "classesCounts").text()
    click(dialog, "classesRest")
    click(dialog, "classesUse")
    told = dict(line.split(": ") for line in made.split("\n"))
    for kind in KINDS:
        assert len(members(opened, kind)) == int(told[kind])
    assert len(opened.session.grouping.members(UNSORTED)) == int(told["not sure"])


def test_words_that_a_model_does_not_know_are_told_and_another_choice_wants_another_try(taught, wait, qtbot):
    dialog = ask(taught)
    click(dialog, "classesTry")
    wait(lambda: part(dialog, "classesUse").isEnabled() and not taught.jobs.busy)
    part(dialog, "classesRight").setValue(80)
    assert not part(dialog, "classesUse").isEnabled()
    click(dialog, "classesByWords")
    assert not part(dialog, "classesTry").isEnabled()
    part(dialog, "classesWords").setText("dog, cat")
    assert dialog.asked.words == ("dog", "cat")
    assert "no words" in part(dialog, "classesWords").toolTip()
    dialog.reject()
    assert taught.session.grouping is not None


def test_words_are_taken_apart_as_they_are_typed():
    assert words_in(" dog,cat\uff0cbird\u3001fish\n dog ,") == ("dog", "cat", "bird", "fish")


def classified(labels: list[int], names: tuple[str, ...]) -> Classification:
    chosen = np.array(labels, np.int32)
    found = Classified(np.maximum(chosen, 0), np.ones(len(chosen), np.float32), chosen >= 0)
    return Classification(names, found, "words")


def test_what_the_user_put_somewhere_stays_and_so_does_what_is_not_sure_unless_it_is_to_go():
    grouping = Grouping().grown_to(6)
    grouping = grouping.patched(create_cluster(grouping, "old", [ImageId(0), ImageId(1), ImageId(2)]))
    homes, pins = grouping.home.copy(), grouping.pinned.copy()
    pins[1:], homes[5] = False, OUT
    grouping = Grouping(grouping.clusters, homes, pins)
    made, ids = classified([0, 0, -1, 1, -1, 0], ("new", "OLD")), np.arange(6)
    stays = grouping.patched(class_patch(grouping, made, ids, rest_to_unsorted=False))
    new = next(one for one, cluster in stays.clusters.items() if cluster.name == "new")
    old = ClusterId(int(homes[0]))
    assert stays.home.tolist() == [old, new, old, old, UNSORTED, OUT]
    goes = grouping.patched(class_patch(grouping, made, ids, rest_to_unsorted=True))
    assert goes.home.tolist() == [old, new, UNSORTED, old, UNSORTED, OUT]
    assert offered_clusters(grouping) == {old: 1}
    assert not class_patch(grouping, classified([-1] * 6, ("a", "b")), ids, rest_to_unsorted=False)


def test_views_are_drawn_and_say_in_words_what_they_show(qtbot):
    confusion, calibration = ConfusionView(), CalibrationView()
    for view in (confusion, calibration):
        qtbot.addWidget(view)
    confusion.show_confusion(("cat", "dog"), np.array([[3, 1, 0], [0, 4, 2]]))
    assert confusion.accessibleDescription() == "cat taken for dog: 1; dog taken for not sure: 2"
    confusion.show()
    picture = confusion.grab().toImage()
    assert len({picture.pixel(x, y) for x in range(0, picture.width(), 5) for y in range(0, picture.height(), 5)}) > 4
