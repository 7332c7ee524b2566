"""What the colours of the map mean, in its lower left corner: names beside their colours, or a scale."""

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from shoal.widgets.map_content import Legend
from shoal.widgets.named import in_size
from shoal.widgets.theme import HALF, NO_COLOUR, SMALL, UNIT, scale_argb

MOST_SWATCHES = 12
WIDTH, SCALE_WIDTH, SCALE_HEIGHT, SWATCH = 168, 208, 10, 10


class MapLegend(QWidget):
    """Lets the mouse through. Nobody sees it while there is nothing to explain."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._map = parent
        self.setObjectName("mapLegend")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFont(in_size(self.font(), SMALL))
        self.legend = Legend()
        self.hide()

    def show_legend(self, legend: Legend) -> None:
        self.legend = legend
        self.setAccessibleName(", ".join((legend.title, *legend.ticks, *(text for _argb, text in legend.swatches))))
        self.resize(self._wanted())
        self.settle()
        self.setVisible(bool(legend))
        self.update()

    def settle(self) -> None:
        """In its corner, whatever size the map has now."""
        room = self._map.rect()
        self.move(UNIT, room.bottom() - self.height() - UNIT)

    @property
    def lines(self) -> list[tuple[int, str]]:
        """Colour and text of every line below the title."""
        legend = self.legend
        lines = list(legend.swatches)
        if legend.more:
            lines.append((0, self.tr("and %n more", "", legend.more)))
        return [*lines, (NO_COLOUR, self.tr("unknown"))] if legend.unknown else lines

    def _wanted(self) -> QSize:
        line = self.fontMetrics().height() + 2
        scale = SCALE_HEIGHT + HALF + line if self.legend.ticks else 0
        width = SCALE_WIDTH if self.legend.ticks else WIDTH
        return QSize(width, line + scale + len(self.lines) * line + 2 * UNIT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, palette = QPainter(self), self.palette()
        ground = palette.color(QPalette.ColorRole.Base)
        ground.setAlphaF(0.9)
        painter.fillRect(self.rect(), ground)
        line, left, top = self.fontMetrics().height() + 2, UNIT, UNIT
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(QRect(left, top, self.width(), line), Qt.AlignmentFlag.AlignLeft, self.legend.title)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        top += line
        if self.legend.ticks:
            self._paint_scale(painter, QRect(left, top, self.width() - 2 * UNIT, SCALE_HEIGHT))
            top += SCALE_HEIGHT + HALF + line
        for argb, text in self.lines:
            if argb:
                painter.fillRect(QRect(left, top + 2, SWATCH, SWATCH), QColor.fromRgba(argb))
            box = QRect(left + SWATCH + HALF, top, self.width() - left - SWATCH - UNIT, line)
            shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, box.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft, shown)
            top += line
        painter.end()

    def _paint_scale(self, painter: QPainter, box: QRect) -> None:
        colours = np.ascontiguousarray(scale_argb())
        row = QImage(colours.data.cast("B"), len(colours), 1, QImage.Format.Format_RGB32)
        painter.drawImage(box, row)
        ticks = QRect(box.left(), box.bottom() + HALF, box.width(), self.fontMetrics().height())
        sides = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight)
        for text, side in zip(self.legend.ticks, sides, strict=True):
            painter.drawText(ticks, side, text)
