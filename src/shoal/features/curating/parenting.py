"""Clusters under a parent, one level coarser: put there, named, folded away, taken out again."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from shoal.domain import edits
from shoal.domain.grouping import ClusterId
from shoal.domain.sentence import Sentence
from shoal.qt.chosen_cards import ChosenCards
from shoal.qt.editing import Editing
from shoal.qt.parents import parent_card, parent_of
from shoal.qt.session import Session
from shoal.widgets.actions import CLUSTERS, ActionRow, Needs
from shoal.widgets.feature import Feature, Handlers, Parts
from shoal.widgets.translation import QT_TRANSLATE_NOOP
from shoal.widgets.views import Cards


class Parenting(QObject):
    def __init__(self, session: Session, cards: Cards, chosen: ChosenCards, editing: Editing) -> None:
        super().__init__(session)
        self._session, self._cards, self._chosen, self._editing = session, cards, chosen, editing
        cards.parent_renamed.connect(self._rename)
        cards.parent_dropped.connect(self._drop)

    @property
    def handlers(self) -> dict[str, Callable[[], object]]:
        return {"actionPutUnder": self._put_together, "actionTakeFromUnder": self._take_out}

    def _put_together(self) -> None:
        """Under a new parent, whose name is open to be typed."""
        clusters, grouping = self._chosen.clusters, self._session.grouping
        if not clusters or grouping is None:
            return
        taken = {name.casefold() for name in edits.parents(grouping)}
        name, number = self.tr("New parent"), 1
        while name.casefold() in taken:
            number += 1
            name = self.tr("New parent {0}").format(number)
        self._put(clusters, name)
        self._cards.edit_name(parent_card(min(clusters)))

    def _put(self, clusters: Sequence[ClusterId], parent: str) -> None:
        label = Sentence("Put %n cluster(s) under {parent}", n=len(clusters), parent=parent)
        self._editing.apply(label, lambda grouping: edits.put_under(grouping, clusters, parent))

    def _take_out(self) -> None:
        clusters = self._chosen.clusters
        label = Sentence("Take %n cluster(s) from their parent", n=len(clusters))
        self._editing.apply(label, lambda grouping: edits.put_under(grouping, clusters, ""))

    def _rename(self, card: int, name: str) -> None:
        grouping = self._session.grouping
        parent = parent_of(card, grouping) if grouping is not None else ""
        if parent:
            label = Sentence("Rename {old} to {new}", old=parent, new=name)
            self._editing.apply(label, lambda grouping: edits.rename_parent(grouping, parent, name))

    def _drop(self, clusters: Sequence[int], card: int) -> None:
        grouping = self._session.grouping
        parent = parent_of(card, grouping) if grouping is not None else ""
        if parent:
            self._put([ClusterId(cluster) for cluster in clusters], parent)


def _build(parts: Parts) -> Handlers:
    return Parenting(parts.session, parts.views.cards, parts.chosen, parts.editing).handlers


FEATURE = Feature(
    "parenting",
    _build,
    (
        ActionRow(
            CLUSTERS,
            27,
            "actionPutUnder",
            QT_TRANSLATE_NOOP("actions", "&Put under a new parent"),
            shortcut="Ctrl+G",
            needs=Needs.SOME_CLUSTERS,
            tip=QT_TRANSLATE_NOOP("actions", "One level coarser: here, on the map and in the folders of an export"),
            edits=True,
            on_card=6,
        ),
        ActionRow(
            CLUSTERS,
            28,
            "actionTakeFromUnder",
            QT_TRANSLATE_NOOP("actions", "Take &from its parent"),
            shortcut="Ctrl+Shift+G",
            needs=Needs.UNDER_A_PARENT,
            edits=True,
            on_card=7,
        ),
    ),
)
