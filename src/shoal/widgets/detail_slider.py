"""Sliders from one thing to another: coarse to fine, looks to the moment."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSlider

STEPS = 1000


class DetailSlider(QSlider):
    moved = Signal()
    """By whomever, but not by `put`."""

    let_go = Signal()

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(0, STEPS)
        self.valueChanged.connect(lambda _value: self.moved.emit())
        self.sliderReleased.connect(self.let_go)

    @property
    def share(self) -> float:
        """Of the way from the left (0) to the right (1)."""
        return self.value() / STEPS

    @property
    def is_held(self) -> bool:
        """Under the mouse: it belongs to the hand that holds it."""
        return self.isSliderDown()

    def put(self, share: float) -> None:
        """Where it says what is true, without asking for anything."""
        self.blockSignals(True)
        self.setValue(round(share * STEPS))
        self.blockSignals(False)

    def enable(self, possible: bool) -> None:
        self.setEnabled(possible)
