"""The first page: one place to drop a folder, what was open before, and sample pictures to try."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from shoal.widgets.named import in_bold, named


class Welcome(QWidget):
    open_requested = Signal()
    recent_chosen = Signal(object)
    sample_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        frame = named(QFrame(), "dropTarget")
        frame.setFrameShape(QFrame.Shape.StyledPanel)
        frame.setFixedWidth(620)
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(48, 40, 48, 40)
        inside.setSpacing(14)
        headline = QLabel(self.tr("Drop a folder of pictures here"), alignment=Qt.AlignmentFlag.AlignCenter)
        in_bold(headline, larger_by=8)
        promise = QLabel(
            self.tr("Everything stays on this computer. Your pictures are looked at, never changed."),
            alignment=Qt.AlignmentFlag.AlignCenter,
        )
        promise.setWordWrap(True)
        promise.setMinimumHeight(3 * promise.fontMetrics().height())
        open_button = named(QPushButton(self.tr("Open folder ...")), "welcomeOpen")
        open_button.setDefault(True)
        open_button.clicked.connect(self.open_requested)
        sample = named(QPushButton(self.tr("Try it with sample pictures")), "welcomeSample")
        sample.setFlat(True)
        sample.clicked.connect(self.sample_requested)
        for widget in (headline, promise, open_button, sample):
            inside.addWidget(widget)
        self._recent = QVBoxLayout()
        inside.addLayout(self._recent)
        outside = QVBoxLayout(self)
        outside.addStretch()
        outside.addWidget(frame, 0, Qt.AlignmentFlag.AlignHCenter)
        outside.addStretch()

    def show_recent(self, projects: Sequence[Sequence[Path]]) -> None:
        """Folders opened before, newest first; each entry is the roots of one project."""
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        if projects:
            self._recent.addWidget(QLabel(self.tr("Open again")))
        for roots in projects:
            button = QPushButton(", ".join(str(root) for root in roots))
            button.setStyleSheet("text-align: left")
            button.clicked.connect(lambda _on=False, roots=roots: self.recent_chosen.emit(list(roots)))
            self._recent.addWidget(button)
