"""The steps of a recipe as fields, from the numbers of a network to the map."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QFormLayout, QSpinBox, QWidget

from shoal.domain.recipe import (
    LARGEST_SEED,
    METRICS,
    MOST_CLUSTERS,
    MOST_DIMENSIONS,
    NORMALISE,
    Letter,
    Recipe,
    Reducing,
)
from shoal.looking.catalogue import ALGORITHMS
from shoal.widgets.named import named
from shoal.widgets.no_wheel import without_wheel
from shoal.widgets.translation import told

OWN = ""
"""In a list: as the program thinks best."""
AUTO = 0
"""In the field of the number of clusters."""
_METHODS = ("none", "pca", "umap")


class ReducingFields(QWidget):
    """How numbers become fewer. `own`: it may be left to the program."""

    changed = Signal()

    def __init__(self, name: str, methods: tuple[str, ...], dimensions: int) -> None:
        super().__init__()
        self.setObjectName(name)
        self._fixed = dimensions if methods[0] == OWN else 0
        self.method = named(QComboBox(), f"{name}Method", self.tr("How numbers become fewer"))
        for method in methods:
            label = {OWN: self.tr("As Shoal thinks best"), "none": self.tr("Not at all"), "pca": "PCA", "umap": "UMAP"}
            self.method.addItem(label[method], method)
        self._dimensions = _whole(f"{name}Dimensions", self.tr("Numbers for each picture"), 1, MOST_DIMENSIONS)
        self._neighbors = _whole(f"{name}Neighbours", self.tr("UMAP's n_neighbors"), 2, 1000)
        self._distance = _share(f"{name}Distance", self.tr("UMAP's min_dist"))
        self._metric = named(QComboBox(), f"{name}Metric", self.tr("UMAP's metric"))
        self._metric.addItems(METRICS)
        self._seed = _whole(f"{name}Seed", self.tr("Seed"), 0, LARGEST_SEED)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.addRow(self.method)
        for text, field in (
            (self.tr("Numbers"), self._dimensions),
            ("n_neighbors", self._neighbors),
            ("min_dist", self._distance),
            ("metric", self._metric),
            (self.tr("Seed"), self._seed),
        ):
            self._form.addRow(text, field)
        without_wheel(self.method, self._metric, self._dimensions, self._neighbors, self._distance, self._seed)
        self.method.currentIndexChanged.connect(self._on_method)
        self.show_reducing(Reducing(dimensions=dimensions))

    def show_reducing(self, how: Reducing | None) -> None:
        """None: it is left to the program."""
        shown = how or Reducing(dimensions=self._fixed or 2)
        self._dimensions.setValue(self._fixed or shown.dimensions)
        self._neighbors.setValue(shown.n_neighbors)
        self._distance.setValue(shown.min_dist)
        self._metric.setCurrentText(shown.metric)
        self._seed.setValue(shown.seed)
        self.method.setCurrentIndex(max(0, self.method.findData(OWN if how is None else how.method)))
        self._on_method()

    @property
    def reducing(self) -> Reducing | None:
        method = self.method.currentData()
        if method == OWN:
            return None
        if method == "none":
            return Reducing()
        said: dict[str, Any] = {"dimensions": self._dimensions.value(), "seed": self._seed.value()}
        if method == "umap":
            said |= {"n_neighbors": self._neighbors.value(), "min_dist": self._distance.value()}
            said["metric"] = self._metric.currentText()
        return Reducing(method, **said)

    def _on_method(self) -> None:
        """Only what counts is shown."""
        method = self.method.currentData()
        for field, holds in (
            (self._dimensions, method in ("pca", "umap") and not self._fixed),
            (self._seed, method in ("pca", "umap")),
            (self._neighbors, method == "umap"),
            (self._distance, method == "umap"),
            (self._metric, method == "umap"),
        ):
            self._form.setRowVisible(field, holds)
        self.changed.emit()


class RecipeForm(QWidget):
    """`recipe` as the fields have it; what has no field is as in the one that was shown last."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("recipeForm")
        self._base = Recipe()
        self._normalise = named(QComboBox(), "recipeNormalise", self.tr("How vectors are normalised"))
        self._normalise.addItem(self.tr("As Shoal thinks best"), OWN)
        labels = (self.tr("Unit length"), self.tr("StandardScaler"), self.tr("Raw"))
        for label, key in zip(labels, NORMALISE, strict=True):
            self._normalise.addItem(label, key)
        self._reduce = ReducingFields("recipeReduce", _METHODS, 16)
        self._algorithm = named(QComboBox(), "recipeAlgorithm", self.tr("How to cluster"))
        self.count = _whole("recipeClusters", self.tr("Number of clusters"), AUTO, MOST_CLUSTERS)
        self.count.setSpecialValueText(self.tr("auto"))
        self._map = ReducingFields("recipeMap", (OWN, "pca", "umap"), 2)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.addRow(self.tr("Normalise"), self._normalise)
        self._form.addRow(self.tr("Reduce"), self._reduce)
        self._form.addRow(self.tr("Cluster"), self._algorithm)
        self._form.addRow(self.tr("Clusters"), self.count)
        self._form.addRow(self.tr("Map"), self._map)
        without_wheel(self._normalise, self._algorithm, self.count)
        self._normalise.currentIndexChanged.connect(self._on_normalise)
        self.show_recipe(Recipe())

    def show_recipe(self, recipe: Recipe) -> None:
        self._base = recipe
        letter = recipe.letter
        self._normalise.setCurrentIndex(max(0, self._normalise.findData(OWN if letter is None else letter.normalise)))
        self._reduce.show_reducing(Reducing() if letter is None else letter.reduce)
        self._on_normalise()
        self._algorithm.setCurrentIndex(max(0, self._algorithm.findData(recipe.algorithm)))
        self.count.setValue(recipe.clusters or AUTO)
        self._map.show_reducing(recipe.map)

    @property
    def recipe(self) -> Recipe:
        return replace(
            self._base,
            algorithm=str(self._algorithm.currentData()),
            clusters=self.count.value() or None,
            letter=self._letter(),
            map=self._map.reducing,
        )

    def set_parameter(self, name: str, value: int) -> None:
        """One of the algorithm's own, which has no field; to the letter only."""
        made = self.recipe
        if made.letter is not None:
            others = tuple(one for one in made.letter.parameters if one[0] != name)
            self.show_recipe(replace(made, letter=replace(made.letter, parameters=(*others, (name, value)))))

    def _letter(self) -> Letter | None:
        normalise = self._normalise.currentData()
        if normalise == OWN:
            return None
        base, same = self._base.letter or Letter(), self._algorithm.currentData() == self._base.algorithm
        reduce = self._reduce.reducing or Reducing()
        return replace(base, normalise=normalise, reduce=reduce, parameters=base.parameters if same else ())

    def _on_normalise(self) -> None:
        """To the letter only some algorithms are there."""
        to_the_letter = self._normalise.currentData() != OWN
        self._form.setRowVisible(self._reduce, to_the_letter)
        chosen = self._algorithm.currentData() or self._base.algorithm
        self._algorithm.clear()
        for spec in ALGORITHMS:
            if spec.on_points is not None or not to_the_letter:
                self._algorithm.addItem(told(spec.label), spec.name)
        self._algorithm.setCurrentIndex(max(0, self._algorithm.findData(chosen)))


def _whole(name: str, accessible: str, least: int, most: int) -> QSpinBox:
    field = named(QSpinBox(), name, accessible)
    field.setRange(least, most)
    field.setKeyboardTracking(False)
    return field


def _share(name: str, accessible: str) -> QDoubleSpinBox:
    field = named(QDoubleSpinBox(), name, accessible)
    field.setRange(0.0, 1.0)
    field.setSingleStep(0.05)
    field.setDecimals(3)
    return field
