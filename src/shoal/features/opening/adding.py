"""Files and folders that come to what is open: on a card they go to its cluster, on the window it is asked."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QWidget

from shoal.domain.grouping import UNSORTED
from shoal.domain.sentence import Sentence
from shoal.qt.editing import Editing
from shoal.qt.selection import Ids
from shoal.qt.session import Session
from shoal.widgets.feature import Opener
from shoal.widgets.named import named
from shoal.widgets.translation import told


class Adding(QObject):
    def __init__(self, window: QWidget, opener: Opener, session: Session, editing: Editing) -> None:
        super().__init__(window)
        self._window, self._opener, self._session, self._editing = window, opener, session, editing
        self._waiting: list[tuple[Sequence[Path], int]] = []
        opener.dropped.connect(self.ask)
        opener.opened.connect(self._waiting.clear)
        opener.looked.connect(self._put_waiting)

    def ask(self, paths: Sequence[Path]) -> None:
        """Whether they are added to what is sorted, or opened in its place."""
        box = named(QMessageBox(self._window), "addOrOpen")
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("Shoal")
        what = paths[0].name if len(paths) == 1 else told(Sentence("%n things", n=len(paths)))
        box.setText(told(Sentence("Add {what} to what is open?", what=what)))
        sentence = Sentence(
            "Or open that instead? What you have sorted is kept with its project and comes back with it."
        )
        box.setInformativeText(told(sentence))
        add = named(box.addButton(self.tr("Add"), QMessageBox.ButtonRole.AcceptRole), "addHere")
        instead = named(box.addButton(self.tr("Open instead"), QMessageBox.ButtonRole.DestructiveRole), "openInstead")
        named(box.addButton(QMessageBox.StandardButton.Cancel), "addNothing")
        box.setDefaultButton(add)
        box.finished.connect(lambda: self._answer(paths, box.clickedButton() is add, box.clickedButton() is instead))
        box.open()

    def put(self, paths: Sequence[Path], cluster: int) -> None:
        """Dropped on a card: those that are here already move, others come first."""
        images = self._images_of(paths)
        if self._session.grouping is None or self._opener.project is None:
            self._opener.open_paths(paths)
        elif len(images):
            self._editing.move(images, cluster)
        elif self._opener.project.read_only:
            self._editing.say(Sentence("This project can only be looked at."))
        else:
            self._waiting.append((paths, cluster))
            self._opener.add_paths(paths)

    def _answer(self, paths: Sequence[Path], add: bool, instead: bool) -> None:
        if add:
            self._opener.add_paths(paths)
        elif instead:
            self._opener.open_paths(paths)

    def _put_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        grouping = self._session.grouping
        for paths, cluster in waiting:
            images = self._images_of(paths)
            is_present = grouping is not None and (cluster == UNSORTED or cluster in grouping.clusters)
            if len(images) and is_present:
                self._editing.move(images, cluster)
            else:
                self._editing.say(Sentence("Nothing in {what} is a picture that can be read.", what=paths[0].name))

    def _images_of(self, paths: Sequence[Path]) -> Ids:
        """The pictures that these files are, or that lie below these folders."""
        asked = {str(path) for path in paths}
        folders = tuple(f"{path}/" for path in asked)
        names = (entry.path.as_posix() for entry in self._session.images)
        images = [image for image, name in enumerate(names) if name in asked or name.startswith(folders)]
        return np.array(images, np.int32)
