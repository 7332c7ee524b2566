"""The page beside the map: which recipe, its steps, and what came of it in figures."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from shoal.domain.k_curve import SMALLEST, KCurve
from shoal.domain.recipe import Recipe
from shoal.domain.recipe_presets import PRESETS
from shoal.features.recipes.curve_view import CurveView
from shoal.features.recipes.recipe_form import RecipeForm
from shoal.features.recipes.runs_box import RunsBox
from shoal.projects.recipe_figures import Fit
from shoal.widgets.named import in_bold, named
from shoal.widgets.no_wheel import without_wheel
from shoal.widgets.translation import told

_MOST_LISTED = 200
NARROWEST, NARROWEST_CHOICE = 300, 100
"""Logical pixels: below that fields and their names do not stand side by side."""


class RecipePage(QScrollArea):
    used = Signal(object)
    """The recipe to sort with now."""

    curve_asked = Signal(object)
    split_asked = Signal(int)
    """The cluster that may be several."""

    metric_asked = Signal()
    """What counts is to be learnt from what the user has sorted."""

    opened = Signal()
    saved = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("recipePage")
        self.setWindowTitle(self.tr("Recipe"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._model = ""
        self._preset = named(QComboBox(), "recipePreset", self.tr("Recipes by name"))
        for preset in PRESETS:
            self._preset.addItem(told(preset.label), preset.name)
            self._preset.setItemData(self._preset.count() - 1, told(preset.summary), Qt.ItemDataRole.ToolTipRole)
        self._about = named(QLabel(), "recipeAbout")
        self._about.setWordWrap(True)
        self.form = RecipeForm()
        self._use = named(QPushButton(self.tr("Sort like this")), "recipeUse")
        self._curve_button = named(QPushButton(self.tr("How many clusters?")), "recipeAskCurve")
        self._open, self._save = (
            named(QPushButton(self.tr("Open ...")), "recipeOpen"),
            named(QPushButton(self.tr("Save ...")), "recipeSave"),
        )
        self._metric = named(QPushButton(self.tr("Learn what counts ...")), "recipeMetric")
        self._metric.setToolTip(self.tr("From the pictures that you put or kept where they are, as a file"))
        self._overall = named(QLabel(), "recipeOverall")
        self._overall.setWordWrap(True)
        self.curve = CurveView()
        self.curve.hide()
        self._fits = named(QListWidget(), "recipeFits", self.tr("How well pictures fit their clusters"))
        self.runs = RunsBox()
        self._lay_out()
        without_wheel(self._preset)
        self._preset.activated.connect(self._on_preset)
        self._connect()

    def _connect(self) -> None:
        self._metric.clicked.connect(self.metric_asked)
        self._use.clicked.connect(lambda: self.used.emit(self.form.recipe))
        self._curve_button.clicked.connect(lambda: self.curve_asked.emit(self.form.recipe))
        self._open.clicked.connect(self.opened)
        self._save.clicked.connect(lambda: self.saved.emit(self.form.recipe))
        self.curve.chosen.connect(self._take)
        self._fits.itemActivated.connect(lambda item: self.split_asked.emit(item.data(Qt.ItemDataRole.UserRole)))

    def minimumSizeHint(self) -> QSize:
        """So wide that nothing is cut off; there is no scrolling sideways."""
        hint, inside = super().minimumSizeHint(), self.widget()
        width = inside.minimumSizeHint().width() if inside is not None else 0
        beside = self.verticalScrollBar().sizeHint().width() + 2 * self.frameWidth()
        return QSize(max(NARROWEST, width + beside), hint.height())

    def show_recipe(self, recipe: Recipe, model: str) -> None:
        """What the pictures were sorted with; `model` is in the list above the map."""
        self.form.show_recipe(recipe)
        self._model = model
        self.updateGeometry()
        place = self._preset.findData(recipe.name)
        self._preset.setCurrentIndex(max(place, 0))
        self._about.setText(self._told_model(recipe))

    def show_metric(self) -> None:
        """The form has got another one."""
        self._about.setText(self._told_model(self.form.recipe))

    def show_fit(self, fit: Fit, name_of: Callable[[int], str]) -> None:
        """Overall, and of each cluster, the worst first."""
        if fit.overall is None:
            self._overall.setText(self.tr("The silhouette is known when there are several clusters."))
        else:
            self._overall.setText(self.tr("Silhouette {0:.3f}, from -1 to 1; above 0.5 is good.").format(fit.overall))
        self._fits.clear()
        self._fits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for one in fit.clusters[:_MOST_LISTED]:
            text = f"{one.silhouette:+.2f}   {name_of(one.cluster)}  ·  {one.count:,}"
            item = QListWidgetItem(text + ("  ·  " + self.tr("mixed: split?") if one.mixed else ""), self._fits)
            item.setData(Qt.ItemDataRole.UserRole, int(one.cluster))
            if one.mixed:
                item.setToolTip(
                    self.tr("Its pictures fit other clusters nearly as well. Enter shows ways to split it.")
                )
        rows = min(max(len(fit.clusters), 1), 8)
        self._fits.setFixedHeight(rows * max(self._fits.sizeHintForRow(0), 20) + 8)

    def show_curve(self, curve: KCurve) -> None:
        self.curve.show_curve(curve)

    def set_usable(self, usable: bool) -> None:
        self._use.setEnabled(usable)
        self._curve_button.setEnabled(usable)
        self._metric.setEnabled(usable)

    def _take(self, number: int) -> None:
        """What was clicked on the curve."""
        if self.curve.curve.tried == SMALLEST:
            self.form.set_parameter(SMALLEST, number)
        else:
            self.form.count.setValue(number)

    def _on_preset(self) -> None:
        preset = PRESETS.named(str(self._preset.currentData()))
        if preset is not None:
            self.form.show_recipe(preset.recipe)
            self._about.setText(self._told_model(preset.recipe))

    def _told_model(self, recipe: Recipe) -> str:
        """Which network looks, where the recipe says one."""
        model, layer = recipe.model or self._model, recipe.layer
        text = self.tr("Model: {0}").format(model) if model else ""
        text += "  ·  " + self.tr("layer {0}").format(layer) if layer else ""
        metric = recipe.metric.replace("\\", "/").rpartition("/")[2]
        return text + ("  ·  " + self.tr("metric {0}").format(metric) if metric else "")

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        heading = QLabel(self.tr("How it came about"))
        in_bold(heading)
        files = QHBoxLayout()
        for button in (self._open, self._save):
            files.addWidget(button)
        files.addStretch(1)
        files.addWidget(self._metric)
        above: tuple[QWidget, ...] = (heading, self._preset, self._about, self.form, self._use)
        for one in above:
            column.addWidget(one)
        column.addLayout(files)
        figures = QLabel(self.tr("What came of it"))
        in_bold(figures)
        below: tuple[QWidget, ...] = (figures, self._overall, self._curve_button, self.curve, self._fits, self.runs)
        for one in below:
            column.addWidget(one)
        column.addStretch(1)
        self.setWidget(inside)
        for box in inside.findChildren(QComboBox):  # a long name is cut before the page is
            box.setMinimumWidth(NARROWEST_CHOICE)
