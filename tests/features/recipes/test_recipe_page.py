"""The page beside the map: steps as fields, a click that sorts like this, figures of what came of it."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QWidget
from tests.support.sorted_desk import Hands
from tests.support.sorted_session import CATS, DOGS

from shoal.desktop.main import WindowController
from shoal.domain.edits import create_cluster
from shoal.domain.geometry import Proposal, Rows, StageKey
from shoal.domain.grouping import ClusterId, Grouping
from shoal.domain.k_curve import KCurve
from shoal.domain.recipe import Letter, Recipe, Reducing
from shoal.domain.recipe_presets import PRESETS
from shoal.domain.recipe_text import recipe_from, recipe_text
from shoal.features.recipes.curve_view import CurveView
from shoal.features.recipes.recipe_form import RecipeForm
from shoal.features.recipes.recipe_page import RecipePage
from shoal.projects.recipe_figures import ClusterFit, Fit, fit_of

RAW = Letter("none", Reducing("pca", 3, seed=7))


def widget(desk: WindowController, name: str) -> Any:
    return desk.window.findChild(QWidget, name)


def page_of(desk: WindowController) -> Any:
    """The page, opened by its menu entry."""
    page = widget(desk, "recipePage")
    if not page.isVisible():
        desk.window.actions_by_name["actionRecipe"].trigger()
    return page


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_fields_say_what_they_were_shown(qtbot, preset):
    form = RecipeForm()
    qtbot.addWidget(form)
    form.show_recipe(preset.recipe)
    assert form.recipe == preset.recipe


def test_only_what_counts_is_to_be_seen(qtbot):
    form = RecipeForm()
    qtbot.addWidget(form)
    form.show()
    umap = form.findChild(QWidget, "recipeReduceNeighbours")
    assert not umap.isVisible()
    normalise, method = (form.findChild(QComboBox, name) for name in ("recipeNormalise", "recipeReduceMethod"))
    normalise.setCurrentIndex(normalise.findData("standard"))
    assert not umap.isVisible()
    method.setCurrentIndex(method.findData("umap"))
    assert umap.isVisible()
    algorithms = form.findChild(QComboBox, "recipeAlgorithm")
    assert [algorithms.itemData(row) for row in range(algorithms.count())] == ["kmeans", "hdbscan", "tree"]
    normalise.setCurrentIndex(0)
    assert algorithms.findData("auto") >= 0


def test_a_recipe_sorts_and_stays_with_the_project(opened, wait):
    page = page_of(opened)
    before = opened.opening.project.project.made
    page.form.show_recipe(Recipe(algorithm="kmeans", clusters=2, letter=RAW))
    QTest.mouseClick(widget(opened, "recipeUse"), Qt.MouseButton.LeftButton)
    project = opened.opening.project
    wait(lambda: project.recipe is not None and project.recipe.letter == RAW and not opened.jobs.busy)
    assert len(project.project.grouping.clusters) == 2
    assert page.form.recipe.letter == RAW
    assert "Silhouette" in widget(opened, "recipeOverall").text()
    assert widget(opened, "recipeFits").count() == 2
    opened.window.actions_by_name["actionUndo"].trigger()
    assert project.project.made == before
    opened.window.actions_by_name["actionRedo"].trigger()
    opened.window.actions_by_name["actionRefresh"].trigger()
    wait(lambda: not opened.jobs.busy)
    assert project.recipe is not None
    assert project.recipe.letter == RAW, "and looking for changes leaves it so"


def test_other_numbers_of_clusters_are_tried_and_one_is_taken_by_a_click(opened, wait):
    page = page_of(opened)
    page.form.show_recipe(Recipe(algorithm="kmeans", letter=Letter("unit", Reducing("pca", 3), counts=(2, 5))))
    QTest.mouseClick(widget(opened, "recipeAskCurve"), Qt.MouseButton.LeftButton)
    wait(lambda: page.curve.curve.counts == (2, 3, 4, 5) and not opened.jobs.busy)
    assert page.curve.isVisible()
    assert "Best with" in opened.window.job_panel.message
    QTest.mouseClick(page.curve, Qt.MouseButton.LeftButton, pos=QPoint(page.curve.width() - 10, 60))
    assert page.form.count.value() == 5


def test_files_are_opened_and_saved(opened, wait, tmp_path, monkeypatch):
    page, file = page_of(opened), tmp_path / "mine.toml"
    recipe = Recipe(name="mine", algorithm="tree", clusters=3, letter=RAW, map=Reducing("pca", 2))
    file.write_text(recipe_text(recipe), encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    QTest.mouseClick(widget(opened, "recipeOpen"), Qt.MouseButton.LeftButton)
    wait(lambda: page.form.recipe == recipe and not opened.jobs.busy)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "saved.toml"), ""))
    QTest.mouseClick(widget(opened, "recipeSave"), Qt.MouseButton.LeftButton)
    wait(lambda: (tmp_path / "saved.toml").exists() and not opened.jobs.busy)
    assert recipe_from((tmp_path / "saved.toml").read_text(encoding="utf-8")) == recipe


def test_figures_name_what_may_be_several_and_lead_to_its_split(hands: Hands, qtbot):
    page = page_of(hands.desk)
    fit = Fit(0.4, (ClusterFit(DOGS, 21, 0.02, mixed=True), ClusterFit(CATS, 19, 0.8, mixed=False)))
    page.show_fit(fit, hands.session.cluster_name)
    fits = widget(hands.desk, "recipeFits")
    assert "mixed: split?" in fits.item(0).text()
    assert "mixed" not in fits.item(1).text()
    fits.setCurrentRow(0)
    with qtbot.waitSignal(page.split_asked) as asked:
        QTest.keyClick(fits, Qt.Key.Key_Return)
    assert asked.args == [DOGS]
    qtbot.waitUntil(lambda: hands.window.job_panel.message != "", timeout=60_000)


def test_the_page_says_what_a_recipe_looks_with(qtbot):
    page = RecipePage()
    qtbot.addWidget(page)
    page.show_recipe(Recipe(), "builtin")
    about, preset = page.findChild(QLabel, "recipeAbout"), page.findChild(QComboBox, "recipePreset")
    assert about.text() == "Model: builtin"
    preset.setCurrentIndex(preset.findData("vgg16-kmeans"))
    preset.activated.emit(preset.currentIndex())
    assert about.text() == "Model: vgg16  ·  layer fc1"
    with qtbot.waitSignal(page.used) as used:
        QTest.mouseClick(page.findChild(QWidget, "recipeUse"), Qt.MouseButton.LeftButton)
    assert used.args[0].clusters == 5


def test_the_curve_is_read_out_and_drawn_in_both_lights(qtbot):
    view = CurveView()
    qtbot.addWidget(view)
    view.show_curve(KCurve((2, 3, 4), (0.2, 0.5, 0.3), (0.9, 1.0, 0.4)))
    view.show()
    assert "3: silhouette 0.50, stability 1.00" in view.accessibleDescription()
    picture = view.grab().toImage()
    assert len({picture.pixel(x, y) for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 3)}) > 3
    view.show_curve(KCurve((), ()))
    assert not view.isVisible()


def test_means_are_of_the_clusters_as_they_are_now():
    rows = Rows(np.arange(40), StageKey("e"))
    values = np.linspace(-0.5, 1, 40).astype(np.float32)
    labels = (np.arange(40) // 20).astype(np.int32)
    two = np.zeros(2, np.int32), np.ones(2, np.float32)
    proposal = Proposal(StageKey("p"), rows, labels, *two, values, "kmeans")
    assert fit_of(Grouping(), None).overall is None
    grouping = Grouping().grown_to(40)
    grouping = grouping.patched(create_cluster(grouping, "low", np.arange(10, dtype=np.int32)))
    fit = fit_of(grouping, proposal)
    assert fit.overall == pytest.approx(values[:10].mean(), abs=1e-6)
    (only,) = fit.clusters
    assert (only.cluster, only.count, only.mixed) == (ClusterId(1), 10, True)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_nothing_of_the_page_is_cut_off_where_it_is_narrowest(qtbot, preset):
    page = RecipePage()
    qtbot.addWidget(page)
    page.show_recipe(preset.recipe, "colour-layout")
    page.show()
    QTest.qWait(50)
    page.resize(page.minimumSizeHint().width(), 600)
    QTest.qWait(50)
    assert page.widget().minimumSizeHint().width() <= page.viewport().width()
