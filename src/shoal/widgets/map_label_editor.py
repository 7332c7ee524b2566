"""Where the name of a cluster is typed on the map: over its label."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from shoal.widgets.map_names import Label
from shoal.widgets.named import named

LEAST_WIDTH = 140


class LabelEditor(QLineEdit):
    """Enter writes, Escape or a click elsewhere leaves everything as it was."""

    written = Signal(int, str)
    """A cluster, and what it is to be called."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._map = parent
        named(self, "mapLabelEditor", self.tr("Name of the cluster"))
        self._cluster = 0
        self.returnPressed.connect(self._write)
        self.hide()

    def open(self, label: Label) -> None:
        if not label.name.cluster:
            return
        self._cluster = label.name.cluster
        self.setText(label.name.text)
        self.selectAll()
        self.setGeometry(_within(label.box, self.sizeHint().height(), QRectF(self._map.rect())).toRect())
        self.show()
        self.raise_()
        self.setFocus()

    def leave(self) -> None:
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            self._map.setFocus()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.leave()

    def _write(self) -> None:
        cluster, text = self._cluster, self.text().strip()
        self.leave()
        if text:
            self.written.emit(cluster, text)


def _within(box: QRectF, height: int, view: QRectF) -> QRectF:
    """Over the label, wide enough to type, and inside the view."""
    width = max(box.width(), LEAST_WIDTH)
    left = min(max(box.center().x() - width / 2, 0.0), max(view.width() - width, 0.0))
    return QRectF(left, box.center().y() - height / 2, width, height)
