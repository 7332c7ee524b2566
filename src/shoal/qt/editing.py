"""Edits that more than one gesture leads to: each becomes one undoable step with a name in plain words."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from shoal.domain import edits
from shoal.domain.grouping import ClusterId, Grouping, Patch
from shoal.domain.sentence import Sentence
from shoal.domain.verdict_words import mark_label
from shoal.qt.selection import Ids
from shoal.qt.session import Session

MOST_RECENT = 30


class Editing(QObject):
    """Lives on the GUI thread. Without a project nothing happens."""

    said = Signal(object, object)
    """A sentence for the notice bar about something that is no step, and what takes it back, or None.

    Steps are told there by themselves.
    """

    begins = Signal()
    """Somebody's step is about to be done, undone or redone."""

    done = Signal(object)
    """A step was done or redone: its patch, which was already announced."""

    undone = Signal(object)
    """A step was taken back: the patch that did so."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._told: dict[str, Sentence] = {}
        self._recent: list[ClusterId] = []

    def apply(self, label: Sentence, edit: Callable[[Grouping], Patch], told: Sentence | None = None) -> None:
        """`label` says in the menu what the step does, `told` in the notice bar what it did (the label, where absent).

        Every step is told there, with its undo.
        """
        project = self._session.project
        if project is None:
            return
        patch = edit(project.grouping)
        if told is not None:
            self._told[label] = told
        self.begins.emit()
        project.apply(label, patch)
        self.done.emit(patch)

    def told_of(self, label: str) -> str:
        """What the notice bar says when the step of that label has been done."""
        return self._told.get(label, label)

    def say(self, sentence: Sentence, back: Callable[[], object] | None = None) -> None:
        self.said.emit(sentence, back)

    def give_digit(self, digit: int, cluster: ClusterId) -> None:
        """A number key for good; a step like others."""
        project, name = self._session.project, self._session.cluster_name(cluster)
        if project is not None and project.editable:
            label = Sentence("Key {digit} is {cluster} from now on", digit=digit, cluster=name)
            project.give_digit(label, digit, cluster)

    def undo(self) -> None:
        if self._session.project:
            self.begins.emit()
            self.undone.emit(self._session.project.undo())

    def redo(self) -> None:
        if self._session.project:
            self.begins.emit()
            self.done.emit(self._session.project.redo())

    @property
    def recent(self) -> list[ClusterId]:
        """Where pictures and clusters were put, the last first; some may be gone by now."""
        return self._recent

    def move(self, images: Ids, to: int) -> None:
        name, count = self._session.cluster_name(to), len(images)
        label = Sentence("Move %n picture(s) to {cluster}", n=count, cluster=name)
        told = Sentence("{count} to {cluster}", count=f"{count:,}", cluster=name)
        self.apply(label, lambda grouping: edits.move_images(grouping, images, ClusterId(to)), told)
        self._remember(ClusterId(to))

    def create(self, name: str, images: Ids) -> ClusterId | None:
        """A cluster of these pictures; its name gets a number where there is one of that name."""
        grouping = self._session.grouping
        if grouping is None:
            return None
        name, fresh = edits.distinct_names(grouping, [name])[0], grouping.fresh_id
        label = Sentence("New cluster of %n picture(s)", n=len(images))
        told = Sentence("{count} to {cluster}, which is new", count=f"{len(images):,}", cluster=name)
        self.apply(label, lambda grouping: edits.create_cluster(grouping, name, images), told)
        self._remember(fresh)
        return fresh

    def mark(self, images: Ids, column: int, value: int) -> None:
        """Give pictures stars, a flag or a label, as `edits.mark_images`."""
        self.apply(
            mark_label(column, value, len(images)), lambda grouping: edits.mark_images(grouping, images, column, value)
        )

    def merge(self, sources: Sequence[int], into: int) -> None:
        names = ", ".join(self._session.cluster_name(source) for source in sources)
        label = Sentence("Merge {clusters} into {cluster}", clusters=names, cluster=self._session.cluster_name(into))
        clusters = [ClusterId(source) for source in sources]
        told = Sentence("{clusters} merged into {cluster}", clusters=names, cluster=self._session.cluster_name(into))
        self.apply(label, lambda grouping: edits.merge_clusters(grouping, clusters, ClusterId(into)), told)
        self._remember(ClusterId(into))

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
        clusters = [] if grouping is None else list(grouping.clusters)
        asked = np.isin(suggestions.images, chosen) & np.isin(suggestions.clusters, clusters)
        return suggestions.images[asked], suggestions.clusters[asked]

    def _remember(self, cluster: ClusterId) -> None:
        self._recent = [cluster, *(id_ for id_ in self._recent if id_ != cluster)][:MOST_RECENT]
