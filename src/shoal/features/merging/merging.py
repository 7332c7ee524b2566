"""The merge queue: pair after pair of the most alike clusters, one key each."""

from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from shoal.domain.grouping import ClusterId, Grouping
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.features.merging.merge_dialog import MergeDialog, MergeSide
from shoal.projects.merging import Pair, most_alike_pairs
from shoal.projects.unlike_members import unlike_members
from shoal.qt.editing import Editing
from shoal.qt.latest import LatestOnly
from shoal.qt.session import Session
from shoal.widgets.actions import CLUSTERS, ActionRow, Needs
from shoal.widgets.feature import Feature, Handlers, Parts
from shoal.widgets.translation import QT_TRANSLATE_NOOP


class MergeQueue(QObject):
    """Lives on the GUI thread; the pairs are found beside it. What is shown stays until it has been answered."""

    def __init__(self, window: QWidget, session: Session, editing: Editing) -> None:
        super().__init__(window)
        self._window, self._session, self._editing = window, session, editing
        self._worker = LatestOnly("comparing clusters")
        self._search: Task | None = None
        self._dialog: MergeDialog | None = None
        self._pairs: list[Pair] = []
        self._pair: Pair | None = None
        self._later: set[tuple[ClusterId, ClusterId]] = set()
        self._steps = 0
        session.portraits_changed.connect(self._find)

    def open(self) -> None:
        if self._session.snapshot.embeddings is None:
            self._editing.say(Sentence("Clusters can be compared when every picture has been looked at."))
            return
        self._later.clear()
        self._pairs, self._pair, self._steps = [], None, 0
        self._dialog = dialog = MergeDialog(self._session.thumbnails, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.merge_chosen.connect(self._merge)
        dialog.never_chosen.connect(self._never)
        dialog.skip_chosen.connect(self._skip)
        dialog.undo_requested.connect(self._undo)
        dialog.finished.connect(self._on_closed)
        dialog.show_search()
        dialog.open()
        self._find()

    def shutdown(self) -> None:
        self._stop()
        self._worker.shutdown()

    def _find(self) -> None:
        """Asked again when the portraits have caught up with the last step; what was asked before is given up."""
        grouping = self._session.grouping
        self._stop()
        if self._dialog is not None and grouping is not None:
            self._search = task = Task()
            find = partial(most_alike_pairs, grouping, self._session.portraits, task=task)
            self._worker.request(find, partial(self._on_pairs, task, grouping), partial(self._on_failed, task))

    def _stop(self) -> None:
        if self._search is not None:
            self._search.cancel()
            self._search = None

    def _on_pairs(self, task: Task, grouping: Grouping, pairs: list[Pair]) -> None:
        if task is not self._search:
            return
        self._search = None
        if grouping is not self._session.grouping:
            self._find()
            return
        self._pairs = pairs
        if self._pair is None:
            self._show_next()

    def _on_failed(self, task: Task, _error: Exception) -> None:
        if task is self._search:
            self._search = None
            self._show_next()

    def _show_next(self) -> None:
        if self._dialog is None:
            return
        for place, pair in enumerate(self._pairs, 1):
            if pair[:2] not in self._later:
                self._pair = pair
                first, other, similarity = pair
                self._dialog.show_pair(self._side(first), self._side(other), similarity, (place, len(self._pairs)))
                return
        self._pair = None
        if self._search is not None or self._is_behind():
            self._dialog.show_search()
        else:
            self._dialog.close()
            self._editing.say(Sentence("There is no pair of clusters left to ask about."))

    def _is_behind(self) -> bool:
        """Whether portraits of the clusters as they are now are still on their way."""
        grouping = self._session.grouping
        return grouping is not None and not np.array_equal(self._session.portraits.home.values, grouping.home)

    def _side(self, cluster: ClusterId) -> MergeSide:
        members = self._session.members(cluster)
        return MergeSide(
            self._session.cluster_name(cluster),
            len(members),
            unlike_members(self._session.snapshot.embeddings, members),
        )

    def _merge(self) -> None:
        grouping = self._session.grouping
        if self._pair is not None and grouping is not None:
            counts = grouping.counts()
            into, gone = sorted(self._pair[:2], key=lambda id_: -counts[id_])
            self._answered({into, gone})
            self._editing.merge([gone], into)
            self._go_on()

    def _never(self) -> None:
        if self._pair is not None:
            first, other, _similarity = self._pair
            self._pairs.remove(self._pair)
            self._answered(set())
            self._editing.never_merge(first, other)
            self._go_on()

    def _answered(self, touched: set[ClusterId]) -> None:
        """A step comes. Pairs with clusters that it changes are no longer what they were, and found anew after it."""
        self._stop()
        self._pairs = [pair for pair in self._pairs if touched.isdisjoint(pair[:2])]
        self._pair = None
        self._steps += 1

    def _go_on(self) -> None:
        """After a step: with the next of the pairs that are known, while the others are found."""
        if not self._is_behind():
            self._find()
        self._show_next()

    def _skip(self) -> None:
        if self._pair is not None:
            self._later.add(self._pair[:2])
            self._show_next()

    def _undo(self) -> None:
        """The last step that was done here; its pair is asked about again."""
        if self._steps:
            self._steps -= 1
            self._pairs, self._pair = [], None
            self._stop()
            self._editing.undo()
            self._go_on()

    def _on_closed(self) -> None:
        self._stop()
        self._dialog = self._pair = None


def _build(parts: Parts) -> Handlers:
    queue = MergeQueue(parts.window, parts.session, parts.editing)
    parts.at_close.append(queue.shutdown)
    return {"actionMergeQueue": queue.open}


FEATURE = Feature(
    "merging",
    _build,
    (
        ActionRow(
            CLUSTERS,
            24,
            "actionMergeQueue",
            QT_TRANSLATE_NOOP("actions", "Merge the most &alike ..."),
            shortcut="Ctrl+Shift+M",
            needs=Needs.CLUSTERS,
            edits=True,
        ),
    ),
)
