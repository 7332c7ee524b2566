"""Bins for the next shoot, and starting from sub-folders: what somebody has sorted once is used again."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from shoal.delivering.scheme_file import SORTING, SUFFIX, Scheme, into_bins, read_scheme, scheme_of, write_scheme
from shoal.domain.errors import UserFacingError
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.features.teaching.doubtful import Doubtful
from shoal.looking.snapshot import records_among
from shoal.projects.from_folders import STARTING, clusters_from_folders
from shoal.qt.editing import Editing
from shoal.qt.jobs import Jobs
from shoal.qt.session import Session, about_open_project


class KnownBins(QObject):
    def __init__(self, window: QWidget, session: Session, editing: Editing, jobs: Jobs, doubtful: Doubtful) -> None:
        super().__init__(window)
        self._window, self._session, self._editing, self._jobs = window, session, editing, jobs
        self._doubtful = doubtful

    @property
    def _filter(self) -> str:
        return self.tr("Schemes of bins") + f" (*{SUFFIX})"

    def ask_to_save(self) -> None:
        chosen, _filter = QFileDialog.getSaveFileName(self._window, self.tr("Save bins"), "", self._filter)
        if chosen:
            self.save(Path(chosen))

    def ask_to_use(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(self._window, self.tr("Sort into bins"), "", self._filter)
        if chosen:
            self.use(Path(chosen))

    def save(self, path: Path) -> None:
        project, embeddings = self._session.project, self._session.snapshot.embeddings
        if project is None or embeddings is None:
            return
        grouping, made = project.grouping, project.made
        target = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)

        def work(_task: Task) -> Path:
            write_scheme(target, scheme_of(grouping, embeddings, made))
            return target

        self._jobs.run(self.tr("Saving bins"), work, self._say_saved)

    def use(self, path: Path) -> None:
        if self._session.snapshot.embeddings is None:
            self._editing.say(Sentence("Pictures fall into bins when every one has been looked at."))
            return
        answer = about_open_project(self._session, self._put)
        self._jobs.run(self.tr("Reading bins"), lambda _task: read_scheme(path), answer)

    def start_from_folders(self) -> None:
        """Then the doubtful list shows where the network disagrees."""
        records = records_among(self._session.images)
        try:
            self._editing.apply(STARTING, lambda grouping: clusters_from_folders(records, grouping))
        except UserFacingError as error:
            self._say(error)
            return
        if self._session.snapshot.embeddings is not None:
            self._doubtful.open()

    def _say_saved(self, path: Path) -> None:
        self._jobs.say(self.tr("Saved as {0}").format(path))

    def _put(self, scheme: Scheme) -> None:
        project, embeddings = self._session.project, self._session.snapshot.embeddings
        if project is None or embeddings is None:
            return
        try:
            patch = into_bins(scheme, project.grouping, embeddings, project.made)
        except UserFacingError as error:
            self._say(error)
            return
        unsure = int((patch.places.home_after == 0).sum()) if len(patch.places) else 0
        sure = int(np.count_nonzero(patch.places.home_after))
        told = Sentence("{sure} into bins, {unsure} unsure and unsorted", sure=f"{sure:,}", unsure=f"{unsure:,}")
        self._editing.apply(SORTING, lambda _grouping: patch, told)

    def _say(self, error: UserFacingError) -> None:
        self._editing.say(Sentence("{what} {advice}", what=error.summary, advice=error.remedy))
