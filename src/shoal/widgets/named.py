"""Widgets are found by name, in tests and by assistive tools."""

from typing import TypeVar

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from shoal.widgets.theme import BODY

W = TypeVar("W", bound=QWidget)


def named(widget: W, object_name: str, accessible_name: str = "") -> W:
    """The same widget under its object name and, where it has no text of its own, the name that is read out."""
    widget.setObjectName(object_name)
    if accessible_name:
        widget.setAccessibleName(accessible_name)
    return widget


def in_bold(widget: QWidget, size: float = BODY) -> None:
    """A heavier font of one of the theme's sizes. A style sheet would do, but it holds on to the colours of before."""
    font = in_size(widget.font(), size)
    font.setBold(True)
    widget.setFont(font)


def in_size(font: QFont, size: float) -> QFont:
    """The same font in one of the theme's sizes; it is the system's own, as widgets have it."""
    made = QFont(font)
    if font.pointSizeF() > 0:
        made.setPointSizeF(font.pointSizeF() * size)
    else:
        made.setPixelSize(round(font.pixelSize() * size))
    return made
