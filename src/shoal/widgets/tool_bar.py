"""The tools above the panels: the entries used most, the model, coarse to fine, the search."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QAction, QImage, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QToolBar,
    QToolButton,
    QWidget,
)

from shoal.widgets.detail_slider import DetailSlider
from shoal.widgets.icons import SIDE, colours_of, dress, icon
from shoal.widgets.model_picker import ModelPicker
from shoal.widgets.named import named
from shoal.widgets.no_wheel import without_wheel
from shoal.widgets.search_field import SearchField

ENTRIES = ("actionOpenFolder", "", "actionUndo", "actionRedo", "", "actionRecluster", "actionExport", "")
WITHOUT_TEXT = ("actionUndo", "actionRedo")
WIDE = 1100
"""Logical pixels: in a narrower window the tools are drawn without words."""

VERY_WIDE = 1300
"""In a narrower one there is no slider for the moment; the menu has it, too."""

SLIDER, NARROW_SLIDER, SHORT_SLIDER, SEARCH = 170, 96, 90, 120
SEARCH_NAMES, SEARCH_CONTENT = "names", "content"


class ToolBar(QToolBar):
    typed = Signal(str)
    entered = Signal()
    mode_changed = Signal()
    """Whether names are searched, or what pictures show."""

    images_given = Signal(object)
    files_given = Signal(object)
    picture_given = Signal(QImage)
    """The search field was given something else than letters, as `SearchField` says."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Tools"))
        self.setObjectName("toolBar")
        self.setMovable(False)
        self.setIconSize(QSize(SIDE, SIDE))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._actions: Mapping[str, QAction] = {}
        self._labels: list[QAction] = []
        self.model_picker = named(ModelPicker(), "modelPicker", self.tr("What looks at the pictures"))
        self.model_picker.setToolTip(self.tr("What looks at the pictures"))
        self.detail_slider = named(DetailSlider(), "detailSlider", self.tr("Coarse to fine"))
        self.detail_slider.setMaximumWidth(SLIDER)
        self.moment_slider = named(DetailSlider(), "momentSlider", self.tr("Looks or moment"))
        self.moment_slider.setMaximumWidth(SHORT_SLIDER)
        self.moment_slider.setSingleStep(50)
        self.moment_slider.setPageStep(250)
        self.moment_slider.setToolTip(
            self.tr("What clusters go by: on the left what pictures look like, on the right when they were taken")
        )
        self._moment_place: list[QAction] = []
        self._narrow, self._drawn_in = False, (0, 0)
        self.detail_slider.setToolTip(self.tr("Fewer, larger clusters on the left; more, smaller ones on the right"))
        self.search_mode = named(QComboBox(), "searchMode", self.tr("Where to search"))
        self.search_mode.addItem(self.tr("Names"), SEARCH_NAMES)
        self.search_mode.addItem(self.tr("Content"), SEARCH_CONTENT)
        self.search_mode.setToolTip(self.tr("Names of files and folders, or what the pictures show"))
        self.search_mode.currentIndexChanged.connect(self._on_mode)
        self.search_mode.currentIndexChanged.connect(self.mode_changed)
        without_wheel(self.model_picker, self.detail_slider, self.moment_slider, self.search_mode)
        self._mode_place = QAction(self, visible=False)
        self._build_search()

    def _build_search(self) -> None:
        self.search = named(SearchField(), "searchField", self.tr("Search"))
        self.search.setPlaceholderText(self.tr("Search names and folders"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(240)
        self.search.setMinimumWidth(SEARCH)
        self._words = QStringListModel(self)
        completer = QCompleter(self._words, self.search)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.search.setCompleter(completer)
        self.search.textChanged.connect(self.typed)
        self.search.returnPressed.connect(self.entered)
        self.search.images_given.connect(self.images_given)
        self.search.files_given.connect(self.files_given)
        self.search.picture_given.connect(self.picture_given)
        self._glass = self.search.addAction(icon("search", self.palette()), QLineEdit.ActionPosition.LeadingPosition)

    def fill(self, actions: Mapping[str, QAction]) -> None:
        """Lay everything out once the actions exist."""
        self._actions = actions
        for name in ENTRIES:
            self.addAction(actions[name]) if name else self.addSeparator()
        for name in WITHOUT_TEXT:
            button = self.widgetForAction(actions[name])
            assert isinstance(button, QToolButton)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        for widget in (
            QLabel(self.tr(" Model ")), self.model_picker, QLabel(self.tr("  Coarse ")), self.detail_slider,
            QLabel(self.tr(" Fine ")),
        ):  # fmt: skip
            place = self.addWidget(widget)
            if isinstance(widget, QLabel):
                self._labels.append(place)
        for widget in (QLabel(self.tr("  Looks ")), self.moment_slider, QLabel(self.tr(" Moment "))):
            self._moment_place.append(self.addWidget(widget))
        self.addWidget(spring())
        self._mode_place = self.addWidget(self.search_mode)
        self._mode_place.setVisible(False)
        self.addWidget(self.search)
        self._dress()

    def _dress(self) -> None:
        self._drawn_in = colours_of(self.palette())
        dress(self._actions, self.palette())
        self._glass.setIcon(icon("search", self.palette()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window pictures without words: nothing that is used all day goes off the screen."""
        super().resizeEvent(event)
        for place in self._moment_place:
            place.setVisible(event.size().width() >= VERY_WIDE)
        narrow = event.size().width() < WIDE
        if self._actions and narrow != self._narrow:
            self._narrow = narrow
            for place in self._labels:
                place.setVisible(not narrow)
            beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
            for name in filter(None, ENTRIES):
                button = self.widgetForAction(self._actions[name])
                if isinstance(button, QToolButton):
                    button.setToolButtonStyle(alone if narrow or name in WITHOUT_TEXT else beside)
            self.detail_slider.setMaximumWidth(NARROW_SLIDER if narrow else SLIDER)

    def offer_content(self, offered: bool) -> None:
        """Whether pictures can be found by what they show; if so, that is what is meant until somebody says else."""
        if offered == self._mode_place.isVisible():
            return
        self._mode_place.setVisible(offered)
        self.search_mode.setCurrentIndex(self.search_mode.findData(SEARCH_CONTENT if offered else SEARCH_NAMES))

    def complete(self, words: Sequence[str]) -> None:
        """What the field goes on with while one types what pictures show; nothing without words."""
        self._words.setStringList(list(words))

    def begin_search(self) -> None:
        """Letters go into the field, in the place of those that are there."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def clear_search(self) -> None:
        self.search.clear()

    @property
    def sought(self) -> str:
        """The letters in the field."""
        return self.search.text()

    @property
    def searches_content(self) -> bool:
        return bool(self.search_mode.currentData() == SEARCH_CONTENT)

    def _on_mode(self) -> None:
        content = self.tr("What they show, then Enter")
        self.search.setPlaceholderText(content if self.searches_content else self.tr("Search names and folders"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and colours_of(self.palette()) != self._drawn_in:
            self._dress()


def spring() -> QWidget:
    """Takes the room that nothing else wants."""
    empty = QWidget()
    empty.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return empty
