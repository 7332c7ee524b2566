"""Splitting a cluster: the selection goes its own way, or the cluster falls into two, three or four parts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from shoal.domain import edits
from shoal.domain.grouping import ClusterId
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.features.splitting.split_dialog import Offer, Part, SplitDialog
from shoal.projects.splitting import parts_of
from shoal.projects.unlike_members import unlike_members
from shoal.projects.workplace import Workplace
from shoal.qt.chosen_cards import ChosenCards
from shoal.qt.jobs import Jobs
from shoal.qt.session import Session, about_open_project
from shoal.widgets.actions import CLUSTERS, ActionRow, Needs
from shoal.widgets.feature import Feature, Handlers, Parts
from shoal.widgets.translation import QT_TRANSLATE_NOOP

SELECTION = "splitSelection"


@dataclass(frozen=True, slots=True, eq=False)
class SplitOffers:
    """By the name of each way to split: a label per member, in the order of `members`; -1 stays in the cluster."""

    cluster: ClusterId
    members: NDArray[np.int32]
    labels: dict[str, NDArray[np.int32]]


class Splitting(QObject):
    def __init__(
        self, window: QWidget, session: Session, chosen: ChosenCards, jobs: Jobs, workplace: Workplace
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._chosen = window, session, chosen
        self._jobs, self._workplace = jobs, workplace

    def ask(self) -> None:
        """Compute the parts of the cluster beside the GUI thread, then show them to choose from."""
        cluster, embeddings = self._chosen.cluster_to_split, self._session.snapshot.embeddings
        if cluster is None or embeddings is None:
            return
        members, maths = self._session.members(cluster), self._workplace.tools.maths
        by_hand = self._selected(members)

        def work(task: Task) -> SplitOffers:
            parts = parts_of(embeddings, members, maths, task)
            return SplitOffers(cluster, members, by_hand | {f"splitIn{count}": parts[count] for count in parts})

        self._jobs.run(self.tr("Looking for parts"), work, about_open_project(self._session, self._show))

    def _selected(self, members: NDArray[np.int32]) -> dict[str, NDArray[np.int32]]:
        """What is selected goes its own way, if that is some of the cluster but not all."""
        chosen = np.isin(members, self._session.selection.images)
        return {SELECTION: np.where(chosen, 0, -1).astype(np.int32)} if 0 < chosen.sum() < len(members) else {}

    def _show(self, result: SplitOffers) -> None:
        self._jobs.say("")
        if not result.labels:
            self._jobs.say(self.tr("This cluster is too small or too uniform to be split."))
            return
        name = self._session.cluster_name(result.cluster)
        offers = [self._offer(key, result.members, labels) for key, labels in result.labels.items()]
        dialog = SplitDialog(self._session.thumbnails, name, offers, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._split(result, dialog.chosen))
        dialog.open()

    def _offer(self, key: str, members: NDArray[np.int32], labels: NDArray[np.int32]) -> Offer:
        parts = [self._part(members[labels == part]) for part in np.unique(labels)]
        label = self.tr("Split off the selection") if key == SELECTION else self.tr("Split in {0}").format(len(parts))
        return Offer(key, label, parts)

    def _part(self, images: NDArray[np.int32]) -> Part:
        return Part(len(images), unlike_members(self._session.snapshot.embeddings, images))

    def _split(self, offers: SplitOffers, key: str) -> None:
        project = self._session.project
        if project is None or not np.array_equal(self._session.members(offers.cluster), offers.members):
            self._jobs.say(self.tr("The cluster has changed meanwhile; split it again."))
            return
        name, labels = self._session.cluster_name(offers.cluster), offers.labels[key]
        by_hand = Sentence("Split off %n picture(s) of {cluster}", n=int((labels >= 0).sum()), cluster=name)
        evenly = Sentence("Split {cluster} in {parts}", cluster=name, parts=int(labels.max()) + 1)
        project.apply(
            by_hand if key == SELECTION else evenly, edits.split_cluster(project.grouping, offers.cluster, labels)
        )


def _build(parts: Parts) -> Handlers:
    splitting = Splitting(parts.window, parts.session, parts.chosen, parts.jobs, parts.workplace)
    return {"actionSplitCluster": splitting.ask}


FEATURE = Feature(
    "splitting",
    _build,
    (
        ActionRow(
            CLUSTERS,
            25,
            "actionSplitCluster",
            QT_TRANSLATE_NOOP("actions", "&Split ..."),
            shortcut="Ctrl+T",
            needs=Needs.CLUSTER_TO_SPLIT,
            edits=True,
            on_card=5,
        ),
    ),
)
