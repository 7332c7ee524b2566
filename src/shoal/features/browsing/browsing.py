"""Looking around: sizes, orders, stacks, the loupe, and what the right mouse button offers."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, QSettings, Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QMenu, QWidget

from shoal.features.browsing.arranging import Arranging
from shoal.features.browsing.choosing_again import ChoosingAgain
from shoal.features.browsing.compare_view import CompareView
from shoal.features.browsing.going_back import GoingBack
from shoal.features.browsing.lighting import Lighting
from shoal.features.browsing.loupe import Loupe
from shoal.features.browsing.magnifying import Magnifying
from shoal.features.browsing.part_drawing import PartDrawing
from shoal.features.browsing.showing import Showing
from shoal.features.browsing.side_by_side import SideBySide
from shoal.qt.cluster_model import PROBLEMS
from shoal.qt.session import Session
from shoal.widgets.actions import CLUSTERS, EDIT, FILE, VIEW, ActionRow, Actions, Needs
from shoal.widgets.feature import Feature, Handlers, Parts
from shoal.widgets.grid_presenter import ORDERS, Order
from shoal.widgets.places import Place, Places
from shoal.widgets.translation import QT_TRANSLATE_NOOP
from shoal.widgets.views import Views

LARGER = 1.25


class Browsing(QObject):
    def __init__(self, window: QWidget, session: Session, views: Views, places: Places, actions: Actions) -> None:
        super().__init__(window)
        self._window, self._session, self._views, self._places = window, session, views, places
        self._actions = actions
        for source in (views.grid, views.map_area):
            source.context_requested.connect(lambda place: self._open_menu(actions.on_picture(), place))
        views.cards.context_requested.connect(lambda _card, place: self._open_menu(actions.on_card(), place))
        self._order = ORDERS[0][0]
        views.orders.order_chosen.connect(self._on_order)
        views.grid_presenter.changed_subject.connect(self._on_subject)
        views.orders.others_let_go.connect(self._let_go_of_others)

    @property
    def handlers(self) -> dict[str, Callable[[], object]]:
        grid, map_area = self._views.grid, self._views.map_area
        return {
            "actionReveal": self._reveal_selected,
            "actionQuit": self._window.close,
            "actionSelectAll": grid.choosing.select_all,
            "actionSelectNone": self._session.selection.clear,
            "actionStacked": self._turn,
            "actionStacks": self._stack,
            "actionNames": lambda: grid.show_names(self._actions["actionNames"].isChecked()),
            "actionLarger": lambda: grid.set_picture_size(round(grid.picture_size * LARGER)),
            "actionSmaller": lambda: grid.set_picture_size(round(grid.picture_size / LARGER)),
            "actionZoomSelection": map_area.zoom_to_selection,
            "actionZoomAll": map_area.zoom_to_all,
            "actionFullScreen": self._fill_screen,
            "actionNextCluster": lambda: self._step_card(1),
            "actionPreviousCluster": lambda: self._step_card(-1),
        }

    def restore(self, memory: QSettings) -> None:
        if memory.value("stacks") == "off":
            self._actions["actionStacks"].trigger()
        self._actions["actionNames"].setChecked(memory.value("names") == "on")
        self._views.grid.show_names(self._actions["actionNames"].isChecked())

    def save(self, memory: QSettings) -> None:
        memory.setValue("names", "on" if self._actions["actionNames"].isChecked() else "off")
        memory.setValue("stacks", "on" if self._actions["actionStacks"].isChecked() else "off")

    def _turn(self) -> None:
        """The map above the pictures, or beside them."""
        above = self._places.place_of(self._views.map_area) is Place.ABOVE
        self._places.move_panel(self._views.map_area, Place.LEFT if above else Place.ABOVE)

    def _fill_screen(self) -> None:
        """And back to what the window was."""
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _stack(self) -> None:
        self._views.grid_presenter.set_stacking(self._actions["actionStacks"].isChecked())

    def _on_order(self, order: Order) -> None:
        self._order = order
        self._views.grid_presenter.set_order(order)

    def _on_subject(self) -> None:
        """The box says in which order the pictures are, also where what was found stands best first."""
        self._views.orders.show_order(
            None if self._views.grid_presenter.best_first else self._order, self.tr("Best first")
        )
        self._views.orders.show_others(self._views.grid_presenter.other_pictures)

    def _let_go_of_others(self) -> None:
        """What was gathered or found gives way to the cards that it covered."""
        self._session.selection.clear()
        self._views.grid_presenter.show_cards(self._views.grid_presenter.cards_behind)

    def _open_menu(self, entries: Sequence[QAction], place: QPoint) -> None:
        """Some of the menu entries, where the mouse is."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(entries)
        menu.popup(place)

    def _step_card(self, by: int) -> None:
        """On to the card below or above, and in the grid to its first picture."""
        panel, grid = self._views.cards, self._views.grid
        cards = [card.id for card in self._views.clusters.cards if card.id != PROBLEMS]
        here = [cards.index(card) for card in panel.chosen_ids if card in cards]
        place = (max(here) + by if by > 0 else min(here) + by) if here else 0
        if cards:
            panel.choose(cards[min(max(place, 0), len(cards) - 1)])
        if grid.hasFocus() and grid.page.layout.count:
            grid.choosing.offer(0)

    def _reveal_selected(self) -> None:
        """The folder that holds the first picture, in the system's file manager."""
        for image in self._session.selection.images[:1]:
            folder = self._session.images[int(image)].path.parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _build(parts: Parts) -> Handlers:
    views, session, memory = parts.views, parts.session, parts.memory
    Showing(session, views, parts.chosen, parts.actions, parts.theme, parts.jobs)
    loupe = Loupe(parts.window)
    magnifying = Magnifying(loupe, session, views, parts.pictures)
    PartDrawing(loupe, session, parts.pictures)
    side_by_side = SideBySide(CompareView(parts.window), session, views, parts.pictures)
    browsing = Browsing(parts.window, session, views, parts.places, parts.actions)
    parts.at_close.append(magnifying.shutdown)
    parts.at_start.append(lambda: browsing.restore(memory))
    parts.at_close.append(lambda: browsing.save(memory))
    Lighting(parts.chosen, views)
    arranging = Arranging(session, views.cards)
    parts.at_start.append(lambda: arranging.restore(memory))
    parts.at_close.append(lambda: arranging.save(memory))
    again = ChoosingAgain(session, views.grid_presenter)
    return {
        **browsing.handlers,
        "actionLoupe": magnifying.open_current,
        "actionCompare": side_by_side.open_selected,
        "actionBack": GoingBack(loupe, session, views).step,
        "actionSelectionBack": again.back,
        "actionSelectionForward": again.forward,
    }


FEATURE = Feature(
    "browsing",
    _build,
    (
        ActionRow(FILE, 31, "actionQuit", QT_TRANSLATE_NOOP("actions", "&Quit"), shortcut="Ctrl+Q"),
        ActionRow(
            FILE,
            23,
            "actionReveal",
            QT_TRANSLATE_NOOP("actions", "Show in &file manager"),
            needs=Needs.SELECTION,
            on_picture=8,
        ),
        ActionRow(
            EDIT,
            20,
            "actionSelectAll",
            QT_TRANSLATE_NOOP("actions", "Select &all shown"),
            shortcut="Ctrl+A",
            needs=Needs.SORTABLE,
        ),
        ActionRow(
            EDIT,
            21,
            "actionSelectNone",
            QT_TRANSLATE_NOOP("actions", "Select &nothing"),
            shortcut="Ctrl+D",
            needs=Needs.SELECTION,
        ),
        ActionRow(
            EDIT,
            22,
            "actionSelectionBack",
            QT_TRANSLATE_NOOP("actions", "Selection &before"),
            shortcut="Alt+Left",
            needs=Needs.SORTABLE,
            tip=QT_TRANSLATE_NOOP("actions", "Select again what was selected before; steps are another matter"),
        ),
        ActionRow(
            EDIT,
            23,
            "actionSelectionForward",
            QT_TRANSLATE_NOOP("actions", "Selection a&fter"),
            shortcut="Alt+Right",
            needs=Needs.SORTABLE,
        ),
        ActionRow(
            EDIT,
            24,
            "actionBack",
            QT_TRANSLATE_NOOP("actions", "One step ba&ck"),
            shortcut="Esc",
            tip=QT_TRANSLATE_NOOP("actions", "Out of the large view, the search, the selection, the card"),
        ),
        ActionRow(
            CLUSTERS,
            40,
            "actionNextCluster",
            QT_TRANSLATE_NOOP("actions", "Ne&xt cluster"),
            shortcut="Ctrl+Down",
            needs=Needs.SORTABLE,
        ),
        ActionRow(
            CLUSTERS,
            41,
            "actionPreviousCluster",
            QT_TRANSLATE_NOOP("actions", "&Previous cluster"),
            shortcut="Ctrl+Up",
            needs=Needs.SORTABLE,
        ),
        ActionRow(VIEW, 10, "actionStacked", QT_TRANSLATE_NOOP("actions", "Map &above the grid"), shortcut="Ctrl+L"),
        ActionRow(
            VIEW,
            11,
            "actionStacks",
            QT_TRANSLATE_NOOP("actions", "Stack &near-identical pictures"),
            shortcut="S",
            tip=QT_TRANSLATE_NOOP(
                "actions", "Copies and shots of one burst as one tile; Enter or its number spreads them out"
            ),
            switch=True,
        ),
        ActionRow(
            VIEW,
            17,
            "actionNames",
            QT_TRANSLATE_NOOP("actions", "Na&mes below the pictures"),
            shortcut="J",
            tip=QT_TRANSLATE_NOOP("actions", "Without them the pictures are larger, and the mouse tells the names"),
            switch=True,
        ),
        ActionRow(VIEW, 16, "actionFullScreen", QT_TRANSLATE_NOOP("actions", "&Full screen"), shortcut="F11"),
        ActionRow(VIEW, 12, "actionLarger", QT_TRANSLATE_NOOP("actions", "&Larger pictures"), shortcut="Ctrl++"),
        ActionRow(VIEW, 13, "actionSmaller", QT_TRANSLATE_NOOP("actions", "S&maller pictures"), shortcut="Ctrl+-"),
        ActionRow(VIEW, 14, "actionLoupe", QT_TRANSLATE_NOOP("actions", "&One picture large"), needs=Needs.SELECTION),
        ActionRow(
            VIEW,
            18,
            "actionCompare",
            QT_TRANSLATE_NOOP("actions", "&Compare side by side"),
            shortcut="C",
            needs=Needs.SELECTION,
            tip=QT_TRANSLATE_NOOP("actions", "What is selected, at the same zoom; X or Backspace takes one out"),
        ),
        ActionRow(
            VIEW,
            20,
            "actionZoomSelection",
            QT_TRANSLATE_NOOP("actions", "&Zoom to selection"),
            shortcut="Z",
            needs=Needs.SELECTION,
        ),
        ActionRow(
            VIEW,
            21,
            "actionZoomAll",
            QT_TRANSLATE_NOOP("actions", "Show the &whole map"),
            shortcut="Shift+Z",
            needs=Needs.IMAGES,
        ),
    ),
    page=2,
)
