"""From looks to the moment: what clusters go by, as a slider above the panels and as an entry of the menu."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog, QWidget

from shoal.qt.session import Session
from shoal.widgets.views import Views


class MomentDial(QObject):
    """It stands where the clusters on the screen were made. Let go elsewhere, they are made anew, as one step."""

    def __init__(self, window: QWidget, views: Views, session: Session, cluster_again: Callable[[float], None]) -> None:
        super().__init__(window)
        self._window, self._slider, self._session, self._again = window, views.moment, session, cluster_again
        self._slider.moved.connect(self._on_moved)
        self._slider.let_go.connect(self._on_let_go)
        for signal in (session.images_changed, session.map_changed):
            signal.connect(lambda _stays: self._place())
        for signal in (session.grouping_changed, session.portraits_changed):
            signal.connect(self._place)
        session.stepped.connect(lambda _back: self._place())

    @property
    def now(self) -> float:
        project = self._session.project
        return 0.0 if project is None else project.made.moment

    def _place(self) -> None:
        project = self._session.project
        self._slider.enable(project is not None and project.editable and self._session.snapshot.embeddings is not None)
        if not self._slider.is_held:
            self._slider.put(self.now)

    def ask(self) -> None:
        """In percent, for windows without room for the slider."""
        dialog = QInputDialog(self._window)
        dialog.setObjectName("momentDialog")
        dialog.setWindowTitle(self.tr("Looks or moment"))
        dialog.setLabelText(self.tr("How much counts when pictures were taken, in percent: 0 for looks only"))
        dialog.setInputMode(QInputDialog.InputMode.IntInput)
        dialog.setIntRange(0, 100)
        dialog.setIntStep(10)
        dialog.setIntValue(round(100 * self.now))
        dialog.intValueSelected.connect(lambda percent: self._use(percent / 100))
        dialog.open()

    def _on_moved(self) -> None:
        if not self._slider.is_held:
            self._on_let_go()

    def _on_let_go(self) -> None:
        self._use(self._slider.share)

    def _use(self, moment: float) -> None:
        if round(moment, 3) != round(self.now, 3):
            self._again(round(moment, 3))
