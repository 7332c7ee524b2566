"""What was selected before can be had again: selections have an undo of their own, beside that of steps."""

from PySide6.QtCore import QObject, QTimer

from shoal.qt.selection import Ids
from shoal.qt.session import Session
from shoal.widgets.grid_presenter import GridPresenter

MOST = 100


class ChoosingAgain(QObject):
    """Notes what somebody has selected, not what is only offered nor what is selected on the way to something else."""

    def __init__(self, session: Session, grid: GridPresenter) -> None:
        super().__init__(session)
        self._session, self._grid, self._noted, self._at = session, grid, list[Ids](), -1
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._note)
        session.selection.changed.connect(lambda _initiator: self._soon.start())
        session.images_changed.connect(lambda same: None if same else self._forget())

    def back(self) -> None:
        self._note()
        here = self._at >= 0 and self._is_selected(self._noted[self._at])
        self._go_to(self._at - 1 if here else self._at)

    def forward(self) -> None:
        self._go_to(self._at + 1)

    def _note(self) -> None:
        self._soon.stop()
        selection = self._session.selection
        if not len(selection) or selection.is_offered or (self._at >= 0 and self._is_selected(self._noted[self._at])):
            return
        self._noted = [*self._noted[: self._at + 1], selection.images][-MOST:]
        self._at = len(self._noted) - 1

    def _go_to(self, place: int) -> None:
        if 0 <= place < len(self._noted):
            self._at = place
            self._grid.select_again(self._noted[place])

    def _is_selected(self, images: Ids) -> bool:
        now = self._session.selection.images
        return len(now) == len(images) and bool((now == images).all())

    def _forget(self) -> None:
        self._noted, self._at = [], -1
