"""Widgets are found by name, in tests and by assistive tools."""

from typing import TypeVar

from PySide6.QtWidgets import QWidget

W = TypeVar("W", bound=QWidget)


def named(widget: W, object_name: str, accessible_name: str = "") -> W:
    """The same widget under its object name and, where it has no text of its own, the name that is read out."""
    widget.setObjectName(object_name)
    if accessible_name:
        widget.setAccessibleName(accessible_name)
    return widget


def in_bold(widget: QWidget, larger_by: int = 0) -> None:
    """A heavier, perhaps larger font (points). A style sheet would do, but it holds on to the colours of before."""
    font = widget.font()
    font.setBold(True)
    font.setPointSize(font.pointSize() + larger_by)
    widget.setFont(font)
