"""Choosing folders, and looking at what is open once more."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from shoal.features.opening.adding import Adding
from shoal.features.opening.moment_dial import MomentDial
from shoal.widgets.actions import CLUSTERS, FILE, ActionRow, Needs
from shoal.widgets.feature import Feature, Handlers, Opener, Parts
from shoal.widgets.translation import QT_TRANSLATE_NOOP


class Folders(QObject):
    def __init__(self, window: QWidget, opener: Opener) -> None:
        super().__init__(window)
        self._window, self._opener = window, opener

    def open(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self._window, self.tr("Open a folder of pictures"))
        if chosen:
            self._opener.open_paths([Path(chosen)])

    def add(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self._window, self.tr("Add a folder of pictures"))
        if chosen:
            self._opener.add_paths([Path(chosen)])


def _build(parts: Parts) -> Handlers:
    folders, opener = Folders(parts.window, parts.opener), parts.opener
    adding = Adding(parts.window, opener, parts.session, parts.editing)
    dial = MomentDial(parts.window, parts.views, parts.session, opener.recluster_by)
    parts.views.cards.paths_dropped.connect(adding.put)
    return {
        "actionOpenFolder": folders.open,
        "actionAddFolder": folders.add,
        "actionRefresh": opener.refresh,
        "actionRecluster": opener.recluster,
        "actionMoment": dial.ask,
    }


FEATURE = Feature(
    "opening",
    _build,
    (
        ActionRow(FILE, 10, "actionOpenFolder", QT_TRANSLATE_NOOP("actions", "&Open folder ..."), shortcut="Ctrl+O"),
        ActionRow(
            FILE,
            12,
            "actionAddFolder",
            QT_TRANSLATE_NOOP("actions", "&Add folder ..."),
            shortcut="Ctrl+Shift+O",
            needs=Needs.NAMES,
        ),
        ActionRow(
            FILE,
            15,
            "actionRefresh",
            QT_TRANSLATE_NOOP("actions", "&Look for new pictures"),
            shortcut="F5",
            needs=Needs.NAMES,
        ),
        ActionRow(
            CLUSTERS,
            10,
            "actionRecluster",
            QT_TRANSLATE_NOOP("actions", "&Cluster again"),
            shortcut="Ctrl+R",
            needs=Needs.IMAGES,
            edits=True,
        ),
        ActionRow(
            CLUSTERS,
            11,
            "actionMoment",
            QT_TRANSLATE_NOOP("actions", "Looks or moment ..."),
            needs=Needs.CLUSTERS,
            edits=True,
            tip=QT_TRANSLATE_NOOP("actions", "How much it counts for clusters when pictures were taken"),
        ),
    ),
    page=1,
)
