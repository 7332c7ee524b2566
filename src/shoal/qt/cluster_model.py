"""The clusters as a list model: first All, Unsorted, Suggestions and Problems, then a card for every cluster."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from shoal.qt.parents import is_parent

Index = QModelIndex | QPersistentModelIndex
CardRole = Qt.ItemDataRole.UserRole

ALL, PROBLEMS, SUGGESTIONS = -1, -2, -3
"""Card ids of what is no cluster. Unsorted has the cluster id 0."""


@dataclass(frozen=True, slots=True)
class ClusterCard:
    """`faces` are image ids: the typical one first, then some that differ from it. `tightness` 0..1 or None.

    `evenness`: the same between the most mixed (0) and the most alike (1) of all clusters, None where nobody knows.
    `key` is the digit that sends pictures there, 0 for none. `named`: the user has named it. `parent`: what it stands
    under. Of a parent's own card, `folded` says that those under it are not shown.
    """

    id: int
    name: str
    count: int
    argb: int = 0
    tightness: float | None = None
    faces: tuple[int, ...] = ()
    key: int = 0
    evenness: float | None = None
    named: bool = False
    parent: str = ""
    folded: bool = False

    @property
    def is_parent(self) -> bool:
        return is_parent(self.id)

    @property
    def is_cluster(self) -> bool:
        return self.id > 0


class ClusterModel(QAbstractListModel):
    parent_renamed = Signal(int, str)
    """The card of a parent, and another name for it."""

    renamed = Signal(int, str)
    """The user typed another name for a cluster; nothing has changed yet."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cards: tuple[ClusterCard, ...] = ()
        self._all: tuple[ClusterCard, ...] = ()
        self._words: Sequence[str] = ()
        self._keep = frozenset[int]()
        self.empty_hint = ""
        """What is said where there are pictures and no cluster."""
        self.editable = True
        """Whether names can be typed."""

    @property
    def cards(self) -> tuple[ClusterCard, ...]:
        return self._cards

    def set_cards(self, cards: Sequence[ClusterCard]) -> None:
        """Show these, as far as the filter lets them. Rows that stay keep their place, so the view its selection."""
        self._all = tuple(cards)
        self._show()

    def set_filter(self, text: str, keep: Collection[int] = ()) -> None:
        """Show only clusters whose name has every word, whatever the case, and the cards that are to be kept."""
        self._words, self._keep = text.casefold().split(), frozenset(keep)
        self._show()

    @property
    def is_filtered(self) -> bool:
        return bool(self._words)

    def _passes(self, card: ClusterCard) -> bool:
        name = f"{card.parent} {card.name}".casefold()
        return not _is_named(card) or card.id in self._keep or all(word in name for word in self._words)

    def _show(self) -> None:
        cards = tuple(card for card in self._all if self._passes(card)) if self._words else self._all
        if [card.id for card in cards] == [card.id for card in self._cards]:
            changed = [row for row, pair in enumerate(zip(cards, self._cards, strict=True)) if pair[0] != pair[1]]
            self._cards = cards
            if changed:
                self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))
        else:
            self._swap(cards)

    def row_of(self, card_id: int) -> int | None:
        return next((row for row, card in enumerate(self._cards) if card.id == card_id), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._cards):
            return None
        card = self._cards[index.row()]
        if role == CardRole:
            return card
        answers: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: card.name,
            Qt.ItemDataRole.EditRole: card.name,
            Qt.ItemDataRole.AccessibleTextRole: f"{card.name}, {card.count:,}",
        }
        return self._tip(card) if role == Qt.ItemDataRole.ToolTipRole else answers.get(role)

    def _tip(self, card: ClusterCard) -> str:
        """The whole name, what stands beside it, and what the bar and the key mean."""
        lines = [card.name, self.tr("%n picture(s)", "", card.count)]
        if card.tightness is not None:
            alike = self.tr("{0} alike. The bar is full for the cluster that is most alike, empty for the most mixed.")
            lines.append(alike.format(f"{card.tightness:.0%}"))
        if card.key:
            lines.append(self.tr("Key {0} sends the selected pictures here.").format(card.key))
        return "\n".join(lines)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        card = self._cards[index.row()]
        name = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or not _is_named(card) or not name or name == card.name:
            return False
        (self.parent_renamed if card.is_parent else self.renamed).emit(card.id, name)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._cards[index.row()].is_cluster:
            flags |= Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
            flags |= Qt.ItemFlag.ItemIsEditable if self.editable else Qt.ItemFlag.NoItemFlags
        elif self._cards[index.row()].is_parent:
            flags |= Qt.ItemFlag.ItemIsDropEnabled
            flags |= Qt.ItemFlag.ItemIsEditable if self.editable else Qt.ItemFlag.NoItemFlags
        elif self._cards[index.row()].id == 0:
            flags |= Qt.ItemFlag.ItemIsDropEnabled
        return flags

    def _swap(self, cards: tuple[ClusterCard, ...]) -> None:
        """Remove what went, insert what came, in runs; order is by row of the new list."""
        remaining = {card.id for card in cards}
        for start, end in reversed(_runs([card.id not in remaining for card in self._cards])):
            self.beginRemoveRows(QModelIndex(), start, end - 1)
            self._cards = self._cards[:start] + self._cards[end:]
            self.endRemoveRows()
        present = {card.id for card in self._cards}
        if [card.id for card in self._cards] != [card.id for card in cards if card.id in present]:
            self._put_in_order(tuple(card for card in cards if card.id in present))
        for start, end in _runs([card.id not in present for card in cards]):
            self.beginInsertRows(QModelIndex(), start, end - 1)
            self._cards = self._cards[:start] + cards[start:end] + self._cards[start:]
            self.endInsertRows()
        self._cards = cards
        if cards:
            self.dataChanged.emit(self.index(0), self.index(len(cards) - 1))

    def _put_in_order(self, cards: tuple[ClusterCard, ...]) -> None:
        """The same ones in another order; what is chosen or being named stays so."""
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        ids = [self._cards[index.row()].id for index in kept]
        self._cards = cards
        rows = {card.id: row for row, card in enumerate(cards)}
        self.changePersistentIndexList(kept, [self.index(rows[id_]) for id_ in ids])
        self.layoutChanged.emit()


def _is_named(card: ClusterCard) -> bool:
    """Whether it has a name that can be another one."""
    return card.is_cluster or card.is_parent


def _runs(flags: Sequence[bool]) -> list[tuple[int, int]]:
    """Start and end (not included) of every run of true flags."""
    edges = [row for row, (before, after) in enumerate(pairwise([False, *flags, False])) if before != after]
    return list(zip(edges[::2], edges[1::2], strict=True))
