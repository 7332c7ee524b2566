"""Splitting a cluster: the selection goes its own way, or the cluster falls into two, three or four parts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt

from shoal.desk.opening import Opening
from shoal.desk.showing import Showing
from shoal.domain import edits
from shoal.domain.grouping import ClusterId
from shoal.domain.task import Task
from shoal.qt.jobs import Announce
from shoal.qt.session import Session
from shoal.services.splitting import parts_of
from shoal.services.workplace import Workplace
from shoal.widgets.main_window import MainWindow
from shoal.widgets.merge_dialog import MergeSide, SplitDialog


@dataclass(frozen=True, slots=True, eq=False)
class SplitOffers:
    """For two, three and four parts: a label per member, in the order of `members`."""

    cluster: ClusterId
    members: NDArray[np.int32]
    labels: dict[int, NDArray[np.int32]]


class Splitting(QObject):
    def __init__(
        self, session: Session, window: MainWindow, showing: Showing, opening: Opening, workplace: Workplace
    ) -> None:
        super().__init__(window)
        self._session, self._window, self._showing = session, window, showing
        self._opening, self._workplace = opening, workplace
        opening.finished_work.connect(self._on_finished)

    def ask(self) -> None:
        """Compute the parts of the chosen cluster beside the GUI thread, then show them to choose from."""
        clusters, embeddings = self._showing.chosen_clusters, self._session.snapshot.embeddings
        if len(clusters) != 1 or embeddings is None:
            return
        cluster, members = clusters[0], self._session.members(clusters[0])
        maths = self._workplace.tools.maths

        def work(task: Task, _announce: Announce) -> SplitOffers:
            return SplitOffers(cluster, members, parts_of(embeddings, members, maths, task))

        self._opening.run(self.tr("Looking for parts"), work)

    def _on_finished(self, result: object) -> None:
        if not isinstance(result, SplitOffers):
            return
        self._window.job_panel.rest("")
        if not result.labels:
            self._window.job_panel.rest(self.tr("This cluster is too small or too uniform to be split."))
            return
        name = self._session.cluster_name(result.cluster)
        offers = [self._sides(result.members, labels) for labels in result.labels.values()]
        dialog = SplitDialog(self._session.thumbnails, name, offers, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._split(result, dialog.parts))
        dialog.open()

    def _sides(self, members: NDArray[np.int32], labels: NDArray[np.int32]) -> list[MergeSide]:
        sides = []
        for part in range(int(labels.max()) + 1):
            images = members[labels == part]
            order = images[(-self._session.typicality[images]).argsort(kind="stable")]
            sides.append(MergeSide("", len(images), [int(image) for image in order[:9]]))
        return sides

    def _split(self, offers: SplitOffers, parts: int) -> None:
        project = self._session.project
        if project is None or not np.array_equal(self._session.members(offers.cluster), offers.members):
            self._window.job_panel.rest(self.tr("The cluster has changed meanwhile; split it again."))
            return
        label = self.tr("Split {0} in {1}").format(self._session.cluster_name(offers.cluster), parts)
        project.apply(label, edits.split_cluster(project.grouping, offers.cluster, offers.labels[parts]))
