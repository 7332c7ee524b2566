"""The merge queue: pair after pair of the most alike clusters, one key each."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from shoal.domain.grouping import ClusterId
from shoal.features.merging.merge_dialog import MergeDialog, MergeSide
from shoal.projects.merging import most_alike_pairs
from shoal.projects.unlike_members import unlike_members
from shoal.qt.editing import Editing
from shoal.qt.session import Session
from shoal.widgets.actions import CLUSTERS, ActionRow, Needs
from shoal.widgets.feature import Feature, Handlers, Parts
from shoal.widgets.translation import QT_TRANSLATE_NOOP


class MergeQueue(QObject):
    def __init__(self, window: QWidget, session: Session, editing: Editing) -> None:
        super().__init__(window)
        self._window, self._session, self._editing = window, session, editing
        self._dialog: MergeDialog | None = None
        self._pair: tuple[ClusterId, ClusterId] | None = None
        self._later: set[tuple[ClusterId, ClusterId]] = set()
        session.portraits_changed.connect(self._show_next)

    def open(self) -> None:
        self._later.clear()
        self._dialog = dialog = MergeDialog(self._session.thumbnails, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.merge_chosen.connect(self._merge)
        dialog.never_chosen.connect(self._never)
        dialog.skip_chosen.connect(self._skip)
        dialog.finished.connect(self._on_closed)
        self._show_next()
        if self._pair is not None:
            dialog.open()

    def _show_next(self) -> None:
        """Called again when the portraits have caught up with the last merge."""
        grouping = self._session.grouping
        if self._dialog is None or grouping is None:
            return
        pairs = most_alike_pairs(grouping, self._session.portraits)
        for place, (one, other, similarity) in enumerate(pairs, 1):
            if (one, other) not in self._later:
                self._pair = (one, other)
                self._dialog.show_pair(self._side(one), self._side(other), similarity, (place, len(pairs)))
                return
        self._pair = None
        self._dialog.close()

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
            into, gone = sorted(self._pair, key=lambda id_: -counts[id_])
            self._editing.merge([gone], into)

    def _never(self) -> None:
        if self._pair is not None:
            self._editing.never_merge(*self._pair)

    def _skip(self) -> None:
        if self._pair is not None:
            self._later.add(self._pair)
            self._show_next()

    def _on_closed(self) -> None:
        self._dialog = self._pair = None


def _build(parts: Parts) -> Handlers:
    return {"actionMergeQueue": MergeQueue(parts.window, parts.session, parts.editing).open}


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
