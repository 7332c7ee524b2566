"""The menu entries that are about the window itself: choosing folders, sizes, what the right mouse button offers."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu

from shoal.features.opening.opening import Opening
from shoal.qt.session import Session
from shoal.widgets.main_window import MainWindow

LARGER = 1.25
PICTURE_MENU = (
    "actionFollowSuggestion",
    "actionRefuseSuggestion",
    "actionAccept",
    "actionUnpin",
    "actionMoveToUnsorted",
    "actionNewCluster",
    "actionReveal",
)
CLUSTER_MENU = (
    "actionRenameCluster",
    "actionRecolourCluster",
    "actionMergeClusters",
    "actionSplitCluster",
    "actionDissolveCluster",
)


class WindowHandlers(QObject):
    def __init__(self, session: Session, window: MainWindow, opening: Opening) -> None:
        super().__init__(window)
        self._session, self._window, self._opening = session, window, opening
        window.problems.reveal_requested.connect(_reveal)
        window.welcome.open_requested.connect(self._open_folder)
        for source in (window.grid, window.map_place):
            source.context_requested.connect(partial(self._open_menu, PICTURE_MENU))
        window.cluster_panel.context_requested.connect(lambda _card, place: self._open_menu(CLUSTER_MENU, place))

    @property
    def handlers(self) -> dict[str, Callable[[], object]]:
        grid, map_place = self._window.grid, self._window.map_place
        return {
            "actionOpenFolder": self._open_folder,
            "actionAddFolder": self._add_folder,
            "actionRefresh": self._opening.refresh,
            "actionRecluster": self._opening.recluster,
            "actionReveal": self._reveal_selected,
            "actionQuit": self._window.close,
            "actionStacked": lambda: self._window.set_stacked(not self._window.is_stacked),
            "actionLarger": lambda: grid.set_picture_size(round(grid.picture_size * LARGER)),
            "actionSmaller": lambda: grid.set_picture_size(round(grid.picture_size / LARGER)),
            "actionZoomSelection": map_place.zoom_to_selection,
            "actionZoomAll": map_place.zoom_to_all,
        }

    def _open_menu(self, names: Sequence[str], place: QPoint) -> None:
        """Some of the menu entries, where the mouse is."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self._window.actions_by_name[name] for name in names])
        menu.popup(place)

    def _open_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self._window, self.tr("Open a folder of pictures"))
        if chosen:
            self._opening.open_paths([Path(chosen)])

    def _add_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self._window, self.tr("Add a folder of pictures"))
        if chosen:
            self._opening.add_folder(Path(chosen))

    def _reveal_selected(self) -> None:
        for image in self._session.selection.images[:1]:
            _reveal(self._session.images[int(image)].path)


def _reveal(path: Path) -> None:
    """The folder that holds it, in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
