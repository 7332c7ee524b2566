"""Which pictures are exported: a line for each cluster with a tick to leave it out, only picks, only tops of stacks."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from shoal.domain.grouping import UNSORTED
from shoal.domain.marks import PICK_ACCEPTED, PICK_REJECTED
from shoal.domain.stacks import keeps_by_tops
from shoal.domain.verdicts import FLAG
from shoal.qt.session import Session
from shoal.widgets.fitting import square_of
from shoal.widgets.named import named

Mask = NDArray[np.bool_]
_FACE, _ROWS, _FEWEST_ROWS = 28, 5, 2
ALL, NOT_REJECTED, PICKS, SHOWN, SELECTED = "all", "not rejected", "picks", "shown", "selected"
Ids = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class ClusterLine:
    """`face`: an image that stands for it, -1 for none."""

    id: int
    name: str
    count: int
    face: int = -1


def lines_of(session: Session) -> list[ClusterLine]:
    """In the order of the cards, Unsorted last."""
    grouping = session.grouping
    if grouping is None:
        return []
    counts = grouping.counts()
    lines = []
    for id_ in [*session.order.of(grouping), UNSORTED]:
        portrait = session.portraits.clusters.get(id_)
        face = int(portrait.faces[0]) if portrait is not None and len(portrait.faces) else -1
        lines.append(ClusterLine(id_, session.cluster_name(id_), counts[id_], face))
    return [line for line in lines if line.count]


class WhichPictures(QWidget):
    changed = Signal()

    def __init__(self, session: Session, shown: Ids) -> None:
        """`shown`: what was searched for, filtered or of a card, as the grid has it now."""
        super().__init__()
        self.setObjectName("exportWhichPictures")
        self._session = session
        self._few = {SHOWN: shown, SELECTED: session.selection.images}
        self._which = named(QComboBox(), "exportWhich", self.tr("Which pictures"))
        for text, key in (
            (self.tr("All pictures"), ALL),
            (self.tr("All but rejected ones"), NOT_REJECTED),
            (self.tr("Only picked ones"), PICKS),
        ):
            self._which.addItem(text, key)
        if 0 < len(shown) < len(session.images):
            self._which.addItem(self.tr("Only the %n shown", "", len(shown)), SHOWN)
        if len(session.selection):
            self._which.addItem(self.tr("Only the %n selected", "", len(session.selection)), SELECTED)
        self._tops = named(QCheckBox(self.tr("Only the top of each stack")), "exportTops")
        self._tops.setToolTip(
            self.tr("The sharpest, or what you put on top; brackets, panoramas and focus series whole")
        )
        self._list = self._cluster_list(lines_of(session))
        self.kept = self._chosen()
        above = QHBoxLayout()
        above.addWidget(self._which)
        above.addWidget(self._tops)
        above.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(above)
        column.addWidget(self._list)
        self._which.currentIndexChanged.connect(self._on_change)
        self._tops.toggled.connect(self._on_change)
        self._list.itemChanged.connect(self._on_change)

    def _cluster_list(self, lines: Sequence[ClusterLine]) -> QListWidget:
        shown = named(QListWidget(), "exportClusters", self.tr("Clusters to export"))
        shown.setIconSize(QSize(_FACE, _FACE))
        shown.setMinimumHeight(min(max(len(lines), 1), _FEWEST_ROWS) * (_FACE + 6) + 6)
        shown.setMaximumHeight(min(max(len(lines), 1), _ROWS) * (_FACE + 6) + 6)
        for line in lines:
            item = QListWidgetItem(f"{line.name}  ·  {line.count:,}", shown)
            item.setData(Qt.ItemDataRole.UserRole, line.id)
            item.setCheckState(Qt.CheckState.Checked)
            face = self._session.thumbnails.pixmap(line.face) if line.face >= 0 else None
            if face is not None and not face.isNull():
                item.setIcon(QIcon(square_of(face, _FACE, self.devicePixelRatioF())))
        return shown

    def _on_change(self) -> None:
        self.kept = self._chosen()
        self.changed.emit()

    def _chosen(self) -> Mask:
        """By image id, of the pictures of now."""
        session, grouping = self._session, self._session.grouping
        if grouping is None:
            return np.ones(len(session.images), np.bool_)
        items = (self._list.item(row) for row in range(self._list.count()))
        chosen = [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() is Qt.CheckState.Checked]
        mask: Mask = np.isin(grouping.home, chosen)
        flags, which = session.verdicts[:, FLAG], self._which.currentData()
        if which in self._few:
            mask &= np.isin(np.arange(len(mask)), self._few[which])
        elif which != ALL:
            mask &= (flags == PICK_ACCEPTED) if which == PICKS else (flags != PICK_REJECTED)
        if self._tops.isChecked() and session.stacks is not None:
            mask &= keeps_by_tops(session.stacks, grouping.home, session.columns.sharpness)
        return mask
