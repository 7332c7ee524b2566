"""Edits that more than one gesture leads to: each becomes one undoable step with a name in plain words."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from shoal.domain import edits
from shoal.domain.grouping import ClusterId, Grouping, Patch
from shoal.domain.sentence import Sentence
from shoal.qt.selection import Ids
from shoal.qt.session import Session


class Editing(QObject):
    """Lives on the GUI thread. Without a project nothing happens."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session

    def apply(self, label: Sentence, edit: Callable[[Grouping], Patch]) -> None:
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
        label = Sentence("Move %n picture(s) to {cluster}", n=len(images), cluster=name)
        self.apply(label, lambda grouping: edits.move_images(grouping, images, ClusterId(to)))

    def merge(self, sources: Sequence[int], into: int) -> None:
        names = ", ".join(self._session.cluster_name(source) for source in sources)
        label = Sentence("Merge {clusters} into {cluster}", clusters=names, cluster=self._session.cluster_name(into))
        clusters = [ClusterId(source) for source in sources]
        self.apply(label, lambda grouping: edits.merge_clusters(grouping, clusters, ClusterId(into)))

    def never_merge(self, first: ClusterId, other: ClusterId) -> None:
        names = {"one": self._session.cluster_name(first), "other": self._session.cluster_name(other)}
        label = Sentence("Never merge {one} and {other}", **names)
        self.apply(label, lambda grouping: edits.reject_merge(grouping, first, other))

    def follow_suggestions(self, chosen: Ids) -> None:
        """Those of the pictures about which there is a suggestion go where it says."""
        images, clusters = self._suggested(chosen)
        if len(images):
            label = Sentence("Move %n picture(s) as suggested", n=len(images))
            self.apply(label, lambda grouping: edits.follow_suggestions(grouping, images, clusters))

    def refuse_suggestions(self, chosen: Ids) -> None:
        """For good."""
        images, clusters = self._suggested(chosen)
        if len(images):
            label = Sentence("Refuse the suggestion for %n picture(s)", n=len(images))
            self.apply(label, lambda grouping: edits.reject_suggestions(grouping, images, clusters))

    def _suggested(self, chosen: Ids) -> tuple[Ids, NDArray[np.int32]]:
        """Those of the pictures about which there is a suggestion, and where they might go."""
        suggestions, grouping = self._session.suggestions, self._session.grouping
        there = [] if grouping is None else list(grouping.clusters)
        asked = np.isin(suggestions.images, chosen) & np.isin(suggestions.clusters, there)
        return suggestions.images[asked], suggestions.clusters[asked]
