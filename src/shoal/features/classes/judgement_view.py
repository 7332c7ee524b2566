"""What examples that were held back were taken for, and whether probabilities keep what they say."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from shoal.domain.classified import HeldBack

_CELL, _NAMES, _HEAD = 34, 110, 24
_MOST = 16
"""Classes with a cell each; of more only the first are drawn."""


class ConfusionView(QWidget):
    """Rows are the true classes, columns what was said; the last column is *not sure*."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("classConfusion")
        self.setAccessibleName(self.tr("What examples were taken for"))
        self._names: tuple[str, ...] = ()
        self._counts: NDArray[np.int64] = np.zeros((0, 1), np.int64)

    def show_confusion(self, names: Sequence[str], counts: NDArray[np.int64]) -> None:
        self._names, self._counts = tuple(names), counts
        self.setAccessibleDescription("; ".join(self._told(row, column) for row, column in self._wrong()))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        shown = min(len(self._names), _MOST)
        return QSize(_NAMES + (shown + 1) * _CELL + 8, _HEAD + max(shown, 1) * _CELL + 8)

    minimumSizeHint = sizeHint  # noqa: N815  # as Qt calls it

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, palette = QPainter(self), self.palette()
        shown = min(len(self._names), _MOST)
        metrics = painter.fontMetrics()
        columns = [*range(shown), len(self._names)]
        for place, column in enumerate(columns):
            text = "?" if column == len(self._names) else str(column + 1)
            head = QRectF(_NAMES + place * _CELL, 0, _CELL, _HEAD)
            painter.setPen(palette.placeholderText().color())
            painter.drawText(head, Qt.AlignmentFlag.AlignCenter, text)
        for row in range(shown):
            total = max(int(self._counts[row].sum()), 1)
            top = _HEAD + row * _CELL
            painter.setPen(palette.text().color())
            name = metrics.elidedText(f"{row + 1}  {self._names[row]}", Qt.TextElideMode.ElideRight, _NAMES - 8)
            painter.drawText(QRectF(0, top, _NAMES - 6, _CELL), Qt.AlignmentFlag.AlignVCenter, name)
            for place, column in enumerate(columns):
                count = int(self._counts[row, column])
                cell = QRectF(_NAMES + place * _CELL, top, _CELL - 2, _CELL - 2)
                painter.fillRect(cell, self._shade(count / total, row == column))
                painter.setPen(palette.text().color())
                painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(count) if count else "")
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = (event.pos().y() - _HEAD) // _CELL
            place = (event.pos().x() - _NAMES) // _CELL
            shown = min(len(self._names), _MOST)
            column = len(self._names) if place == shown else place
            inside = 0 <= row < shown and 0 <= place <= shown
            QToolTip.showText(event.globalPos(), self._told(row, column) if inside else "", self)
            return True
        return super().event(event)

    def _shade(self, share: float, right: bool) -> QColor:
        palette = self.palette()
        colour = QColor(palette.highlight().color() if right else palette.brightText().color())
        colour.setAlphaF(0.08 + 0.6 * share if share else 0.05)
        return colour

    def _wrong(self) -> list[tuple[int, int]]:
        rows, columns = np.nonzero(self._counts)
        return [(row, column) for row, column in zip(rows.tolist(), columns.tolist(), strict=True) if row != column]

    def _told(self, row: int, column: int) -> str:
        said = self._names[column] if column < len(self._names) else self.tr("not sure")
        count = int(self._counts[row, column])
        return self.tr("{0} taken for {1}: {2}").format(self._names[row], said, count)


class CalibrationView(QWidget):
    """A point for each part of the scale of probabilities: said across, right upwards. On the line they are true."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("classCalibration")
        self.setAccessibleName(self.tr("How often answers are right, by how sure they are"))
        self._held: HeldBack | None = None

    def show_calibration(self, held: HeldBack) -> None:
        self._held = held
        told = (
            self.tr("{0:.0%} sure, {1:.0%} right ({2})").format(said, right, n) for _from, n, said, right in held.bins
        )
        self.setAccessibleDescription("; ".join(told))
        self.setToolTip(self.accessibleDescription().replace("; ", "\n"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(220, 200)

    minimumSizeHint = sizeHint  # noqa: N815  # as Qt calls it

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._held is None:
            return
        painter, palette = QPainter(self), self.palette()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        quiet = palette.placeholderText().color()
        area = QRectF(36, 8, self.width() - 46, self.height() - 44)
        painter.setPen(QPen(quiet, 1))
        painter.drawRect(area)
        painter.setPen(QPen(quiet, 1, Qt.PenStyle.DashLine))
        painter.drawLine(area.bottomLeft(), area.topRight())
        limit = area.left() + area.width() * min(self._held.threshold, 1.0)
        painter.drawLine(QPointF(limit, area.top()), QPointF(limit, area.bottom()))
        painter.setPen(quiet)
        below = QRectF(area.left(), area.bottom() + 2, area.width(), 16)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, "0")
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, "100%")
        painter.drawText(below.translated(0, 15), Qt.AlignmentFlag.AlignCenter, self.tr("said, and really right"))
        painter.drawText(QRectF(0, area.top() - 4, 34, 16), Qt.AlignmentFlag.AlignRight, "100%")
        most = max((count for _from, count, _said, _right in self._held.bins), default=1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.highlight())
        for _from, count, said, right in self._held.bins:
            place = QPointF(area.left() + said * area.width(), area.bottom() - right * area.height())
            radius = 3 + 6 * (count / most) ** 0.5
            painter.drawEllipse(place, radius, radius)
        painter.end()
