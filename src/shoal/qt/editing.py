"""Edits that more than one gesture leads to: each becomes one undoable step with a name in plain words."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from shoal.domain import edits
from shoal.domain.grouping import ClusterId, Grouping, Patch
from shoal.qt.selection import Ids
from shoal.qt.session import Session


class Editing(QObject):
    """Lives on the GUI thread. Without a project nothing happens."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session

    def apply(self, label: str, edit: Callable[[Grouping], Patch]) -> None:
        project = self._session.project
        if project is not None:
            project.apply(label, edit(project.grouping))

    def undo(self) -> None:
        if self._session.project:
            self._session.project.undo()

    def redo(self) -> None:
        if self._session.project:
            self._session.project.redo()

    def move(self, images: Ids, to: int) -> None:
        name = self._session.cluster_name(to)
        label = self.tr("Move %n picture(s) to {0}", "", len(images)).format(name)
        self.apply(label, lambda grouping: edits.move_images(grouping, images, ClusterId(to)))

    def merge(self, sources: Sequence[int], into: int) -> None:
        names = ", ".join(self._session.cluster_name(source) for source in sources)
        label = self.tr("Merge {0} into {1}").format(names, self._session.cluster_name(into))
        clusters = [ClusterId(source) for source in sources]
        self.apply(label, lambda grouping: edits.merge_clusters(grouping, clusters, ClusterId(into)))

    def never_merge(self, one: ClusterId, other: ClusterId) -> None:
        label = self.tr("Never merge {0} and {1}").format(
            self._session.cluster_name(one), self._session.cluster_name(other)
        )
        self.apply(label, lambda grouping: edits.reject_merge(grouping, one, other))

    def follow_suggestions(self, chosen: Ids) -> None:
        """Those of the pictures about which there is a suggestion go where it says."""
        images, clusters = self._suggested(chosen)
        if len(images):
            label = self.tr("Move %n picture(s) as suggested", "", len(images))
            self.apply(label, lambda grouping: edits.follow_suggestions(grouping, images, clusters))

    def refuse_suggestions(self, chosen: Ids) -> None:
        """For good."""
        images, clusters = self._suggested(chosen)
        if len(images):
            label = self.tr("Refuse the suggestion for %n picture(s)", "", len(images))
            self.apply(label, lambda grouping: edits.reject_suggestions(grouping, images, clusters))

    def _suggested(self, chosen: Ids) -> tuple[Ids, NDArray[np.int32]]:
        """Those of the pictures about which there is a suggestion, and where they might go."""
        suggestions, grouping = self._session.suggestions, self._session.grouping
        there = [] if grouping is None else list(grouping.clusters)
        asked = np.isin(suggestions.images, chosen) & np.isin(suggestions.clusters, there)
        return suggestions.images[asked], suggestions.clusters[asked]
