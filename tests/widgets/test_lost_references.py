"""PySide6 6.12.0 with Python 3.11 lost a reference to None per call that returns nothing, until the process aborted."""

import sys

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

REPAINTS = 250


def none_references_lost(repaint) -> int:
    """Below 0 if some were gained, as 6 are with each QPainter of a QPixmap in PySide6 6.11: that aborts nothing."""
    for number in range(20):  # whatever is made once, is made by now
        repaint(number)
    before = sys.getrefcount(None)
    for number in range(REPAINTS):
        repaint(number)
    return before - sys.getrefcount(None)


def test_repainting_the_map_loses_none(qtbot, map_view, selection):
    """Panned to and fro, zoomed in to pictures, with a selection and so with everything that is painted there."""
    selection.select([1220, 1221])
    for _ in range(6):
        map_view.canvas.zoom_at(QPointF(map_view.canvas.rect().center()), 1.4)
    qtbot.waitUntil(lambda: bool(map_view.pictures.boxes(map_view.canvas)))

    def repaint(number: int) -> None:
        map_view.canvas.pan(QPointF(1 if number % 2 else -1, 0))
        map_view.canvas.viewport().repaint()
        QApplication.processEvents()

    assert none_references_lost(repaint) < REPAINTS // 5


def test_repainting_the_grid_loses_none(grid, selection):
    bar = grid.verticalScrollBar()
    selection.select([1, 2, 3])

    def repaint(number: int) -> None:
        bar.setValue(number % max(bar.maximum(), 1))
        grid.viewport().repaint()
        QApplication.processEvents()

    assert none_references_lost(repaint) < REPAINTS // 5
