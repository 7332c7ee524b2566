"""Which cards of the cluster list are chosen: what grid, menus and edits of whole clusters go by."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QObject, Signal

from shoal.domain.grouping import UNSORTED, ClusterId
from shoal.qt.cluster_model import ALL
from shoal.qt.parents import expanded
from shoal.qt.session import Session


class ChosenCards(QObject):
    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._cards: Sequence[int] = (ALL,)
        self._let_go = False

    @property
    def cards(self) -> Sequence[int]:
        return self._cards

    def choose(self, cards: Sequence[int]) -> None:
        """None chosen means all."""
        self._cards, self._let_go = tuple(cards) or (ALL,), False
        self.changed.emit()

    def let_go(self, other_pictures: bool) -> None:
        """While other pictures than theirs are shown, the cards count as not chosen."""
        self._let_go = other_pictures

    @property
    def clusters(self) -> list[ClusterId]:
        """The clusters whose cards are chosen, or that of their parent, in the order of the cards."""
        grouping, order = self._session.grouping, self._session.order
        cards = [] if self._let_go else expanded(self._cards, grouping, order.of(grouping))
        return [ClusterId(card) for card in cards if card > 0]

    @property
    def cluster_to_split(self) -> ClusterId | None:
        """The one whose card is chosen; without one, the one that all selected pictures are in."""
        grouping, selected = self._session.grouping, self._session.selection.images
        if grouping is None or len(self.clusters) > 1:
            return None
        homes = self.clusters or np.unique(grouping.home[selected]).tolist()
        return ClusterId(homes[0]) if len(homes) == 1 and homes[0] != UNSORTED else None
