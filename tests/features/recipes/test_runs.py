"""Results under names beside the map: kept, renamed, deleted, compared with one selection in all views, gone back."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from tests.support.whole_desk import open_dialog

from shoal.analysis.metric import learn_metric
from shoal.desktop.main import WindowController
from shoal.domain.edits import create_cluster, move_images
from shoal.domain.grouping import ClusterId
from shoal.domain.images import ImageId
from shoal.domain.recipe import Letter, Recipe, Reducing
from shoal.domain.sentence import Sentence
from shoal.widgets.theme import DARK


def widget(desk: WindowController, name: str) -> Any:
    return desk.window.findChild(QWidget, name)


def click(desk: WindowController, name: str) -> None:
    QTest.mouseClick(widget(desk, name), Qt.MouseButton.LeftButton)


def names(desk: WindowController) -> list[str]:
    runs = widget(desk, "runsList")
    return [runs.item(row).text() for row in range(runs.count())]


def keep(desk: WindowController, wait: Any, name: str) -> None:
    count = len(names(desk))
    widget(desk, "runName").setText(name)
    click(desk, "runKeep")
    wait(lambda: len(names(desk)) == count + 1 and not desk.jobs.busy)


def largest(desk: WindowController) -> ClusterId:
    counts = desk.opening.project.project.grouping.counts()
    return max((one for one in counts if one), key=lambda one: counts[one])


@pytest.fixture
def page(opened: WindowController) -> WindowController:
    opened.window.actions_by_name["actionRecipe"].trigger()
    return opened


@pytest.fixture
def two(page: WindowController, wait) -> WindowController:
    """A result, and another one after a picture of its largest cluster was moved."""
    keep(page, wait, "as found")
    project = page.opening.project.project
    grouping = project.grouping
    other = next(one for one in grouping.clusters if one != largest(page))
    project.apply(Sentence("Move"), move_images(grouping, [ImageId(int(grouping.members(largest(page))[0]))], other))
    return page


def test_results_are_kept_under_a_name_or_a_usual_one_and_found_again(page, wait):
    assert not widget(page, "runsList").isVisible()
    keep(page, wait, "first")
    keep(page, wait, "")
    usual = f"colour-layout, {len(page.session.grouping.clusters)}"
    assert names(page) == [usual, "first"]
    assert page.window.notice_bar.text == f"Kept as {usual}"
    click(page, "noticeUndo")
    assert names(page) == ["first"]
    assert page.opening.project.runs.load("first") is not None


def test_a_result_is_renamed_and_deleted_and_the_notice_brings_it_back(page, wait):
    keep(page, wait, "first")
    runs = widget(page, "runsList")
    runs.item(0).setText("best")
    assert [one.name for one in page.opening.project.runs.listed()] == ["best"]
    runs.setCurrentRow(0)
    runs.setFocus()
    click(page, "runDelete")
    assert names(page) == []
    click(page, "noticeUndo")
    assert names(page) == ["best"]


def test_what_changed_is_told_drawn_and_selected_in_every_view(two, wait, qtbot, tmp_path, monkeypatch):
    widget(two, "runsList").setCurrentRow(0)
    click(two, "runCompare")
    dialog = open_dialog("runsDialog")
    changed = dialog.findChild(QWidget, "runChanged")
    wait(lambda: "1 picture" in changed.text())
    moved = np.flatnonzero(two.opening.project.project.grouping.pinned).tolist()
    assert dialog.names == ("as found", "")
    QTest.mouseClick(dialog.findChild(QWidget, "runSelectChanged"), Qt.MouseButton.LeftButton)
    assert two.session.selection.images.tolist() == moved
    assert all(view.view._selection is two.session.selection for view in dialog.maps)
    flow = dialog.flow
    stays = max((one for one in flow.picture.ribbons if one.stays), key=lambda one: one.count)
    flow.setFocus()
    with qtbot.waitSignal(flow.chosen) as chosen:
        QTest.keyClick(flow, Qt.Key.Key_Down)
        QTest.keyClick(flow, Qt.Key.Key_Return)
    assert chosen.args != [stays.before, stays.after]
    assert two.session.selection.images.tolist() == moved
    QTest.mouseClick(flow, Qt.MouseButton.LeftButton, pos=QPoint(20, flow.height() // 8))
    first = flow.picture.left[0]
    assert len(two.session.selection.images) == first.count
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "flow.svg"), ""))
    QTest.mouseClick(dialog.findChild(QWidget, "runSaveFlow"), Qt.MouseButton.LeftButton)
    wait(lambda: (tmp_path / "flow.svg").exists() and not two.jobs.busy)
    dialog.wear(DARK)
    dialog.reject()
    assert not any(view.isVisible() for view in dialog.maps)


def test_other_two_are_compared_by_choosing_them(two, wait):
    keep(two, wait, "moved")
    click(two, "runCompare")
    dialog = open_dialog("runsDialog")
    changed, after = dialog.findChild(QWidget, "runChanged"), dialog.findChild(QWidget, "runAfter")
    wait(lambda: "adjusted Rand index 1.000" in changed.text())
    after.setCurrentIndex(after.findData("as found"))
    after.activated.emit(after.currentIndex())
    wait(lambda: dialog.shown is not None and dialog.shown[1].name == "as found")
    assert dialog.shown[2].changed.sum() == 1
    dialog.reject()


def test_going_back_restores_clusters_recipe_and_map_and_is_undone(page, wait):
    project = page.opening.project
    keep(page, wait, "before")
    homes, made = project.project.grouping.home.copy(), project.project.made
    positions = project.snapshot.layout.positions.copy()
    recipe = Recipe(algorithm="kmeans", clusters=4, letter=Letter("none", Reducing("pca", 3)), map=Reducing("pca", 2))
    page.opening.use_recipe(recipe)
    wait(lambda: len(project.project.grouping.clusters) == 4 and not page.jobs.busy)
    after = project.project.grouping
    widget(page, "runsList").setCurrentRow(0)
    click(page, "runBack")
    wait(lambda: project.project.made == made and not page.jobs.busy)
    assert np.array_equal(project.project.grouping.home, homes)
    assert np.array_equal(page.session.snapshot.layout.positions, positions)
    assert page.window.notice_bar.text == "Go back to before"
    page.window.actions_by_name["actionUndo"].trigger()
    assert project.project.grouping == after
    assert project.recipe.clusters == 4
    page.window.actions_by_name["actionRedo"].trigger()
    assert np.array_equal(project.project.grouping.home, homes)
    assert ClusterId(int(homes[0])) in project.project.grouping.clusters


def test_what_counts_is_learnt_from_what_was_put_in_place_and_sorts(page, wait, tmp_path, monkeypatch):
    project, file = page.opening.project.project, tmp_path / "mine.shoal-metric"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    monkeypatch.setattr("shoal.features.recipes.metric.learn", learnt)
    for kind in ("ball", "chair"):
        images = [ImageId(n) for n, one in enumerate(page.session.images) if one.label == kind][:4]
        project.apply(Sentence("New"), create_cluster(project.grouping, kind, images))
    click(page, "recipeMetric")
    wait(lambda: file.exists() and not page.jobs.busy)
    assert "metric mine.shoal-metric" in widget(page, "recipeAbout").text()
    assert "8 picture" in page.window.job_panel.message
    click(page, "recipeUse")
    wait(lambda: page.opening.project.recipe is not None and page.opening.project.recipe.metric == str(file))
    wait(lambda: not page.jobs.busy)
    page.window.actions_by_name["actionRefresh"].trigger()
    wait(lambda: not page.jobs.busy)
    assert page.session.snapshot.embeddings.vectors.shape[1] < 64, "and it stays so when changes are looked for"


def learnt(embeddings, labels, made_by, _maths, task):
    """Colour and shape tell these kinds apart without any metric, so that none would be kept."""
    metric, worth = learn_metric(embeddings, labels, made_by[0], made_by[1], task)
    return metric, replace(worth, before=0.5)
