"""What the keys do on the grid: arrows move, Shift selects on the way, Space and Enter open, Escape lets go."""

import numpy as np
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from shoal.qt.selection import Selection
from shoal.widgets.image_grid import ImageGrid


class GridKeys(QObject):
    """Watches the keys of a grid; those without a meaning here go on to Qt's own scrolling."""

    def __init__(self, grid: ImageGrid, selection: Selection) -> None:
        super().__init__(grid)
        self._grid, self._selection = grid, selection
        grid.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        step = self._step_of(event.key())
        if step is None or not self._grid.page.layout.count:
            return self._open(event.key())
        self._move(step, extend=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        return True

    def _move(self, step: int, *, extend: bool) -> None:
        page, choosing = self._grid.page, self._grid.choosing
        here = choosing.current
        target = 0 if here is None else int(np.clip(here + step, 0, page.last))
        if extend:
            choosing.select_range_to(target, add=False)
        else:
            choosing.select_only(target)
        self._grid.scroll_to_image(page.layout.image_at(target))

    def _open(self, key: int) -> bool:
        """Space looks at the current picture large; so does Enter, but of a stack it spreads the pictures out.

        Escape lets go of what is selected.
        """
        if key == Qt.Key.Key_Escape and self._grid.choosing.clear():
            return True
        current, enter = self._selection.current, key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if current < 0 or not (enter or key == Qt.Key.Key_Space):
            return False
        tiles = self._grid.page.tiles
        top = tiles.top_of(current)
        if enter and top in tiles.stacks:
            self._grid.stack_toggled.emit(top)
        else:
            self._grid.loupe_requested.emit(current)
        return True

    def _step_of(self, key: int) -> int | None:
        layout = self._grid.page.layout
        page = layout.columns * max(self._grid.viewport().height() // layout.metrics.height, 1)
        far = layout.count
        return {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -layout.columns,
            Qt.Key.Key_Down: layout.columns, Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page,
            Qt.Key.Key_Home: -far, Qt.Key.Key_End: far,
        }.get(Qt.Key(key))  # fmt: skip
