"""The curve over numbers of clusters: how good each is, and how stable. A click on one chooses it."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QToolTip, QWidget

from shoal.domain.k_curve import SMALLEST, KCurve

_LEFT, _RIGHT, _TOP, _BELOW = 34, 8, 18, 18


class CurveView(QWidget):
    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("recipeCurve")
        self.setAccessibleName(self.tr("Silhouette and stability for each number of clusters"))
        self.setMouseTracking(True)
        self.curve = KCurve((), ())

    def show_curve(self, curve: KCurve) -> None:
        self.curve = curve
        self.setVisible(bool(curve.counts))
        rows = zip(curve.counts, curve.silhouettes, curve.stabilities or curve.silhouettes, strict=True)
        told = (self.tr("{0}: silhouette {1:.2f}, stability {2:.2f}").format(*row) for row in rows)
        self.setAccessibleDescription("; ".join(told))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, 150)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 120)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.curve.counts:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, area = self.palette(), self._area()
        low, high = self._range()
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 0.85)
        painter.setFont(font)
        quiet = palette.placeholderText().color()
        painter.setPen(QPen(quiet, 0.5))
        for value in (low, (low + high) / 2, high):
            y = self._place(0, value).y()
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            place = QRectF(0, y - 8, _LEFT - 4, 16)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{value:.2f}")
        stable = QColor(quiet)
        self._line(painter, self.curve.stabilities, QPen(stable, 1.5, Qt.PenStyle.DashLine))
        self._line(painter, self.curve.silhouettes, QPen(palette.highlight().color(), 2))
        self._words(painter, area, stable)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.curve.counts:
            self.chosen.emit(self.curve.counts[self._nearest(event.position().x())])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.curve.counts:
            place = self._nearest(event.position().x())
            stability = self.curve.stabilities[place] if self.curve.stabilities else float("nan")
            text = self.tr("{0} clusters: silhouette {1:.3f}, stability {2:.2f}")
            values: tuple[float, ...] = (self.curve.counts[place], self.curve.silhouettes[place], stability)
            if self.curve.tried == SMALLEST:
                text = self.tr("From {0} pictures on: {3} clusters, silhouette {1:.3f}, {2:.0%} in clusters")
                values = (*values, self.curve.found[place])
            QToolTip.showText(event.globalPosition().toPoint(), text.format(*values), self)

    def _words(self, painter: QPainter, area: QRectF, quiet: QColor) -> None:
        """The numbers below, what the lines are above, and the best marked."""
        painter.setPen(quiet)
        counts = self.curve.counts
        for place in sorted({0, len(counts) // 2, len(counts) - 1}):
            below = QRectF(self._place(place, 0).x() - 20, area.bottom() + 2, 40, _BELOW)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(counts[place]))
        above = QRectF(area.left(), 0, area.width(), _TOP - 2)
        sized = self.curve.tried == SMALLEST
        dashed = self.tr("share in clusters (dashed)") if sized else self.tr("stability (dashed)")
        painter.drawText(above, Qt.AlignmentFlag.AlignRight, dashed)
        painter.setPen(self.palette().text().color())
        best = self.curve.best
        painter.drawText(above, Qt.AlignmentFlag.AlignLeft, self.tr("silhouette, best at {0}").format(best))
        painter.setBrush(self.palette().highlight())
        painter.setPen(Qt.PenStyle.NoPen)
        place = counts.index(best)
        painter.drawEllipse(self._place(place, self.curve.silhouettes[place]), 4, 4)

    def _line(self, painter: QPainter, values: tuple[float, ...], pen: QPen) -> None:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([self._place(place, value) for place, value in enumerate(values)]))

    def _area(self) -> QRectF:
        return QRectF(_LEFT, _TOP, max(1, self.width() - _LEFT - _RIGHT), max(1, self.height() - _TOP - _BELOW))

    def _range(self) -> tuple[float, float]:
        values = (*self.curve.silhouettes, *self.curve.stabilities)
        return min(0.0, *values), max(0.1, *values)

    def _place(self, number: int, value: float) -> QPointF:
        area, (low, high) = self._area(), self._range()
        across = number / max(len(self.curve.counts) - 1, 1)
        return QPointF(
            area.left() + across * area.width(), area.bottom() - (value - low) / (high - low) * area.height()
        )

    def _nearest(self, x: float) -> int:
        area, last = self._area(), len(self.curve.counts) - 1
        return min(max(round((x - area.left()) / area.width() * last), 0), last)
