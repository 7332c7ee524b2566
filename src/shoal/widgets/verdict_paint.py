"""How stars, flags and colour labels look on a picture, and what each label is called."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from shoal.domain.marks import PICK_ACCEPTED, PICK_REJECTED
from shoal.domain.verdicts import Verdict
from shoal.widgets.icons import UNITS, path_of
from shoal.widgets.theme import LABELS, PICKED, REJECTED, RIM, STAR, VEIL
from shoal.widgets.translation import QT_TRANSLATE_NOOP

COLOUR_NAMES: Final = (
    QT_TRANSLATE_NOOP("labels", "Red"),
    QT_TRANSLATE_NOOP("labels", "Orange"),
    QT_TRANSLATE_NOOP("labels", "Yellow"),
    QT_TRANSLATE_NOOP("labels", "Green"),
    QT_TRANSLATE_NOOP("labels", "Blue"),
    QT_TRANSLATE_NOOP("labels", "Purple"),
    QT_TRANSLATE_NOOP("labels", "Grey"),
    QT_TRANSLATE_NOOP("labels", "Black"),
    QT_TRANSLATE_NOOP("labels", "White"),
)
"""In the order of `domain.label_colours.COLOURS`, which is that of the numbers."""


def label_colour(number: int) -> QColor:
    """Of a label as `Verdicts` count them, from 1."""
    return QColor(LABELS[number - 1])


def stars_text(stars: int) -> str:
    return "★" * stars


def paint_verdict(painter: QPainter, drawn: QRectF, verdict: Verdict) -> None:
    """Flag, stars and label in the lower left corner of a picture; nothing where nobody has said anything."""
    stars, flag, colour = verdict
    metrics, side = painter.fontMetrics(), float(painter.fontMetrics().height())
    parts = _widths(metrics, side, verdict)
    width = sum(parts) + 6
    if not sum(parts):
        return
    box = QRectF(drawn.left() + 3, drawn.bottom() - side - 8, min(width, drawn.width() - 6), side + 3)
    painter.save()
    painter.setClipRect(box)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(VEIL))
    painter.drawRoundedRect(box, 4, 4)
    left = box.left() + 3
    if flag in ICON_PATHS:
        paint_flag(painter, QRectF(left, box.top() + 1.5, side, side), flag)
    left += parts[0]
    if stars:
        painter.setPen(QColor(STAR))
        painter.drawText(
            QRectF(left, box.top(), parts[1], box.height()), Qt.AlignmentFlag.AlignVCenter, stars_text(stars)
        )
    left += parts[1]
    if colour:
        paint_label(painter, QPointF(left + side / 2, box.center().y()), side * 0.3, colour)
    painter.restore()


def _widths(metrics: QFontMetrics, side: float, verdict: Verdict) -> tuple[float, float, float]:
    stars, flag, colour = verdict
    return (
        side + 2 if flag in ICON_PATHS else 0,
        metrics.horizontalAdvance(stars_text(stars)) + 3 if stars else 0,
        side if colour else 0,
    )


def paint_flag(painter: QPainter, box: QRectF, flag: int) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / UNITS, box.height() / UNITS)
    colour = QColor(REJECTED if flag == PICK_REJECTED else PICKED)
    painter.setPen(QPen(colour, 2.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(colour if flag == PICK_ACCEPTED else Qt.BrushStyle.NoBrush)
    painter.drawPath(path_of(ICON_PATHS[flag]))
    painter.restore()


ICON_PATHS: Final = {
    PICK_REJECTED: "M 6 6 L 18 18 M 18 6 L 6 18",
    PICK_ACCEPTED: "M 6 21 L 6 4 L 18 4 L 15 8 L 18 12 L 6 12",
}


def paint_label(painter: QPainter, middle: QPointF, radius: float, colour: int) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(RIM), 1))
    painter.setBrush(label_colour(colour))
    painter.drawEllipse(middle, radius, radius)
