"""What may go of duplicates goes: into a folder or to the system's trash; both are taken back by a click."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from shoal.domain.sentence import Sentence
from shoal.projects.duplicates import DuplicateGroup
from shoal.qt.editing import Editing
from shoal.qt.jobs import Jobs, Kind
from shoal.qt.trash import move_to_trash
from shoal.widgets.named import named
from shoal.widgets.translation import told
from shoal.widgets.trouble import show_trouble

if TYPE_CHECKING:  # what only writes files is imported when it is asked for: the window must not wait for it
    from shoal.delivering.trashing_aside import Leaving
    from shoal.exports.throwing_away import Thrown

MOST_REASONS = 10


class Clearing(QObject):
    """`afterwards`: the folder is looked at again."""

    def __init__(
        self, window: QWidget, jobs: Jobs, editing: Editing, journals: Path, afterwards: Callable[[], object]
    ) -> None:
        super().__init__(window)
        self._window, self._jobs, self._editing = window, jobs, editing
        self._journals, self._afterwards = journals, afterwards

    def move(self, groups: Sequence[DuplicateGroup], folder: Path) -> None:
        """As an export by moving: with all that belongs to them, journalled, and taken back under *Past exports*."""
        from shoal.delivering.moving_aside import move_aside  # noqa: PLC0415 - see above

        records, journals = [record for group in groups for record in group.spare], self._journals
        self._jobs.run(
            self.tr("Moving duplicates"),
            lambda task: move_aside(records, folder, journals, task),
            self._on_moved,
            kind=Kind.WRITE,
        )

    def ask_to_trash(self, groups: Sequence[DuplicateGroup], folder: Path) -> None:
        """`folder`: that of the pictures."""
        from shoal.delivering.trashing_aside import Leaving  # noqa: PLC0415 - see above

        leaving = [Leaving(record, group.kept) for group in groups for record in group.spare]
        if not leaving:
            return
        files = sum(1 + len(picture.record.companions) for picture in leaving)
        box = named(QMessageBox(self._window), "trashDuplicates")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Duplicates"))
        box.setText(self.tr("Move %n picture(s) to the trash?", "", len(leaving)))
        told_of = self.tr(
            "%n file(s) with all that belongs to them. What stays of each group is not touched.", "", files
        )
        box.setInformativeText(told_of + " " + self.tr("Until the trash is emptied they can be brought back."))
        box.setDetailedText("\n".join(str(picture.record.path) for picture in leaving))
        go = named(box.addButton(self.tr("Move to the trash"), QMessageBox.ButtonRole.AcceptRole), "trashGo")
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        go.clicked.connect(partial(self._trash, leaving, folder))
        box.open()

    def _trash(self, leaving: "Sequence[Leaving]", folder: Path) -> None:
        from shoal.delivering.trashing_aside import to_trash_aside  # noqa: PLC0415 - see above

        work = partial(to_trash_aside, leaving, folder, self._journals, move_to_trash)
        self._jobs.run(self.tr("Moving to the trash"), work, self._on_trashed, kind=Kind.WRITE)

    def _bring_back(self, id_: str) -> None:
        from shoal.delivering.trashing_aside import bring_back_that  # noqa: PLC0415 - see above

        work = partial(bring_back_that, id_, self._journals)
        self._jobs.run(self.tr("Bringing back from the trash"), work, self._on_back, kind=Kind.WRITE)

    def _on_moved(self, moved: int) -> None:
        self._jobs.say(self.tr("%n file(s) moved; Past exports takes it back.", "", moved))
        self._afterwards()

    def _on_trashed(self, thrown: "Thrown") -> None:
        moved = len(thrown.moved)
        self._jobs.say(self.tr("%n file(s) moved to the trash.", "", moved))
        if moved:
            self._editing.say(Sentence("%n file(s) moved to the trash", n=moved), lambda: self._bring_back(thrown.id))
            self._afterwards()
        self._tell_kept(thrown)

    def _on_back(self, back: "Thrown") -> None:
        self._jobs.say(self.tr("%n file(s) brought back from the trash.", "", len(back.moved)))
        if back.moved:
            self._afterwards()
        self._tell_kept(back)

    def _tell_kept(self, thrown: "Thrown") -> None:
        if thrown.kept:
            stays = self.tr("%n file(s) stay where they are.", "", len(thrown.kept))
            reasons = [f"{file.path}: {told(file.reason)}" for file in thrown.kept[:MOST_REASONS]]
            show_trouble(self._window, stays, "\n".join(reasons))
