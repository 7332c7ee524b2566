"""The menu entries that are about the window itself: choosing folders, settings, help, looks."""

from collections.abc import Callable, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QMenu,
    QMessageBox,
    QScrollArea,
    QVBoxLayout,
)

from shoal.desk.opening import Opening
from shoal.qt.session import Session
from shoal.services.catalogue import ALGORITHMS, BACKENDS
from shoal.services.settings import Settings, save_settings
from shoal.services.workplace import Workplace
from shoal.widgets.actions import ROWS
from shoal.widgets.main_window import MainWindow
from shoal.widgets.named import named
from shoal.widgets.sentences import told
from shoal.widgets.settings_dialog import SettingsDialog
from shoal.widgets.translation import translated

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
LANGUAGES = {"en": "English", "zh_CN": "\u7b80\u4f53\u4e2d\u6587"}
"""Each by its own name, whatever language the window speaks."""


class WindowHandlers(QObject):
    def __init__(self, session: Session, window: MainWindow, opening: Opening, workplace: Workplace) -> None:
        super().__init__(window)
        self._session, self._window, self._opening, self._workplace = session, window, opening, workplace
        window.problems.reveal_requested.connect(_reveal)
        window.welcome.open_requested.connect(self._open_folder)
        for source in (window.grid, window.map_view):
            source.context_requested.connect(partial(self._open_menu, PICTURE_MENU))
        window.cluster_panel.context_requested.connect(lambda _card, place: self._open_menu(CLUSTER_MENU, place))

    @property
    def handlers(self) -> dict[str, Callable[[], object]]:
        grid, map_view = self._window.grid, self._window.map_view
        return {
            "actionOpenFolder": self._open_folder,
            "actionAddFolder": self._add_folder,
            "actionRefresh": self._opening.refresh,
            "actionRecluster": self._opening.recluster,
            "actionReveal": self._reveal_selected,
            "actionSettings": self._show_settings,
            "actionQuit": self._window.close,
            "actionStacked": lambda: self._window.set_stacked(not self._window.is_stacked),
            "actionLarger": lambda: grid.set_picture_size(round(grid.picture_size * LARGER)),
            "actionSmaller": lambda: grid.set_picture_size(round(grid.picture_size / LARGER)),
            "actionZoomSelection": map_view.zoom_to_selection,
            "actionZoomAll": map_view.canvas.reset,
            "actionShortcuts": self._show_keys,
            "actionLog": lambda: _reveal(self._workplace.locations.log_file),
            "actionAbout": self._show_about,
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

    def _show_settings(self) -> None:
        choices = {
            "models": [(spec.name, told(spec.label)) for spec in BACKENDS if not spec.takes_source],
            "algorithms": [(spec.name, told(spec.label)) for spec in ALGORITHMS],
            "languages": [("system", self.tr("As the system")), *LANGUAGES.items()],
        }
        dialog = SettingsDialog(self._workplace.settings, choices, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.settings_chosen.connect(self._take_settings)
        dialog.open()

    def _take_settings(self, settings: Settings) -> None:
        save_settings(self._workplace.locations.settings_file, settings)
        self._workplace.settings = settings

    def _show_keys(self) -> None:
        lines = [
            f"<tr><td><b>{QKeySequence(row.shortcut).toString(QKeySequence.SequenceFormat.NativeText)}</b></td>"
            f"<td>&nbsp;&nbsp;{translated('actions', row.text).replace('&', '')}</td></tr>"
            for row in ROWS
            if row.shortcut
        ]
        lines += [
            f"<tr><td><b>{keys}</b></td><td>&nbsp;&nbsp;{meaning}</td></tr>"
            for keys, meaning in (
                (self.tr("Space"), self.tr("Look at the picture large; arrows go on")),
                ("1-9", self.tr("Send the selection to the first nine clusters")),
                (self.tr("Shift, Alt + drag"), self.tr("Add to the selection, take away from it")),
                (self.tr("Ctrl + wheel"), self.tr("Size of the pictures")),
                (self.tr("Wheel, middle button"), self.tr("Zoom and move the map")),
            )
        ]
        dialog = named(QDialog(self._window), "keysDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Keys"))
        area = QScrollArea()
        area.setWidget(QLabel(f"<table>{''.join(lines)}</table>"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(dialog.reject)
        layout = QVBoxLayout(dialog)
        layout.addWidget(area)
        layout.addWidget(buttons)
        dialog.resize(460, 520)
        dialog.open()

    def _show_about(self) -> None:
        box = named(QMessageBox(self._window), "aboutBox")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(self.tr("About Shoal"))
        box.setText(f"Shoal {version('shoal')}")
        box.setInformativeText(
            self.tr("Sorts folders of pictures by what is in them, on this computer and nowhere else.\n"
                    "Free software under the AGPL, version 3 or later.")
        )  # fmt: skip
        box.open()


def _reveal(path: Path) -> None:
    """The folder that holds it, in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
