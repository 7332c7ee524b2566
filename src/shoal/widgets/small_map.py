"""A second map beside that of the window, of other clusters or other places, with the selection of the window."""

from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from shoal.domain.geometry import MapLayout
from shoal.qt.session import Session
from shoal.qt.session_reading import files_of
from shoal.widgets.map_content import MapContent, MapName
from shoal.widgets.map_view import MapView
from shoal.widgets.named import in_bold, named


class SmallMap(QWidget):
    def __init__(self, session: Session, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._title = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        in_bold(self._title)
        self.view = named(MapView(session.selection, session.thumbnails, partial(files_of, session)), f"{name}View")
        self.view.hide_colouring()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._title)
        layout.addWidget(self.view, 1)

    def show_layout(
        self, title: str, layout: MapLayout | None, colours: NDArray[np.uint32], names: Sequence[MapName]
    ) -> None:
        """`colours`: 0xAARRGGBB, one per row of the layout, which may be missing."""
        self._title.setText(title)
        self.setAccessibleName(title)
        nothing = np.empty(0, np.float32)
        if layout is None:
            self.view.show_map(MapContent(np.empty(0, np.int32), nothing, nothing, nothing))
            self.view.show_message(self.tr("No map was kept with this result."))
            self.view.show_names([])
            return
        x, y = (np.ascontiguousarray(layout.positions[:, axis], np.float32) for axis in (0, 1))
        self.view.show_message("")
        self.view.show_map(MapContent(layout.rows.ids.astype(np.int32), x, y, np.zeros(len(x), np.float32)))
        self.view.set_colours(colours)
        self.view.show_names(names)

    def shutdown(self) -> None:
        self.view.shutdown()
