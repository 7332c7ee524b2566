"""What the machine suggests about pictures, to be followed or refused for good."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from shoal.domain import edits
from shoal.qt.selection import Ids
from shoal.qt.session import Session
from shoal.widgets.main_window import MainWindow


class Suggesting(QObject):
    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        window.inspector.suggestion_followed.connect(lambda image: self._follow(np.array([image], np.int32)))
        window.inspector.suggestion_refused.connect(lambda image: self._refuse(np.array([image], np.int32)))

    @property
    def handlers(self) -> dict[str, Callable[[], object]]:
        return {
            "actionFollowSuggestion": lambda: self._follow(self._session.selection.images),
            "actionRefuseSuggestion": lambda: self._refuse(self._session.selection.images),
        }

    def _follow(self, chosen: Ids) -> None:
        images, clusters = self._suggested(chosen)
        project = self._session.project
        if project is not None and len(images):
            label = self.tr("Move %n picture(s) as suggested", "", len(images))
            project.apply(label, edits.follow_suggestions(project.grouping, images, clusters))

    def _refuse(self, chosen: Ids) -> None:
        images, clusters = self._suggested(chosen)
        project = self._session.project
        if project is not None and len(images):
            label = self.tr("Refuse the suggestion for %n picture(s)", "", len(images))
            project.apply(label, edits.reject_suggestions(project.grouping, images, clusters))

    def _suggested(self, chosen: Ids) -> tuple[Ids, NDArray[np.int32]]:
        """Those of the pictures about which there is a suggestion, and where they might go."""
        suggestions, grouping = self._session.suggestions, self._session.grouping
        there = [] if grouping is None else list(grouping.clusters)
        asked = np.isin(suggestions.images, chosen) & np.isin(suggestions.clusters, there)
        return suggestions.images[asked], suggestions.clusters[asked]
