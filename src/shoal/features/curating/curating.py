"""What the user's gestures do to clusters: each becomes one undoable step with a name in plain words."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from shoal.domain import edits
from shoal.domain.grouping import UNSORTED, ClusterId, Grouping, Patch
from shoal.features.browsing.showing import Showing
from shoal.projects.portraits import core_of
from shoal.projects.project import Project
from shoal.qt.selection import Ids
from shoal.qt.session import Session
from shoal.widgets.main_window import MainWindow


class Curating(QObject):
    def __init__(self, session: Session, window: MainWindow, showing: Showing) -> None:
        super().__init__(window)
        self._session, self._window, self._showing = session, window, showing
        for source in (window.cluster_panel, window.grid):
            source.images_dropped.connect(self.move)
        window.cluster_panel.merge_dropped.connect(lambda one, into: self.merge([one], into))
        window.map_place.images_dropped.connect(self._on_map_drop)
        window.cluster_panel.new_cluster_dropped.connect(self.new_cluster)
        window.cluster_panel.new_cluster_requested.connect(lambda: self.new_cluster(session.selection.images))
        window.clusters.renamed.connect(self._rename)
        window.number_pressed.connect(self._send_to_number)

    @property
    def handlers(self) -> dict[str, Callable[[], object]]:
        return {
            "actionUndo": self.undo,
            "actionRedo": self.redo,
            "actionSelectAll": self._window.grid.select_all,
            "actionSelectNone": self._session.selection.clear,
            "actionAccept": self._accept,
            "actionUnpin": self._unpin,
            "actionMoveToUnsorted": lambda: self.move(self._session.selection.images, UNSORTED),
            "actionTakeOutGone": self._take_out_gone,
            "actionNewCluster": lambda: self.new_cluster(self._session.selection.images),
            "actionRenameCluster": lambda: self._window.cluster_panel.edit_name(self._showing.chosen_clusters[0]),
            "actionRecolourCluster": self._recolour,
            "actionMergeClusters": self._merge_chosen,
            "actionDissolveCluster": self._dissolve,
        }

    def move(self, images: Ids, to: int) -> None:
        name = self._session.cluster_name(to)
        label = self.tr("Move %n picture(s) to {0}", "", len(images)).format(name)
        self._apply(label, lambda grouping: edits.move_images(grouping, images, ClusterId(to)))

    def merge(self, sources: list[int], into: int) -> None:
        names = ", ".join(self._session.cluster_name(source) for source in sources)
        label = self.tr("Merge {0} into {1}").format(names, self._session.cluster_name(into))
        clusters = [ClusterId(source) for source in sources]
        self._apply(label, lambda grouping: edits.merge_clusters(grouping, clusters, ClusterId(into)))

    def never_merge(self, one: ClusterId, other: ClusterId) -> None:
        label = self.tr("Never merge {0} and {1}").format(
            self._session.cluster_name(one), self._session.cluster_name(other)
        )
        self._apply(label, lambda grouping: edits.reject_merge(grouping, one, other))

    def undo(self) -> None:
        if self._session.project:
            self._session.project.undo()

    def redo(self) -> None:
        if self._session.project:
            self._session.project.redo()

    def _apply(self, label: str, edit: Callable[[Grouping], Patch]) -> None:
        project: Project | None = self._session.project
        if project is not None:
            project.apply(label, edit(project.grouping))

    def _on_map_drop(self, images: Ids, nearest: int) -> None:
        """A drop on the map means the cluster of the picture nearest to it."""
        grouping = self._session.grouping
        if grouping is not None:
            self.move(images, int(grouping.home[nearest]))

    def _accept(self) -> None:
        images = self._session.selection.images
        label = self.tr("Keep %n picture(s) where they are", "", len(images))
        self._apply(label, lambda grouping: edits.accept_images(grouping, images))

    def _unpin(self) -> None:
        images = self._session.selection.images
        label = self.tr("Let go of %n picture(s)", "", len(images))
        self._apply(label, lambda grouping: edits.unpin_images(grouping, images))

    def _take_out_gone(self) -> None:
        """What comes back is placed like a new picture."""
        gone = self._session.gone
        label = self.tr("Take out %n picture(s) that are gone", "", len(gone))
        self._apply(label, lambda grouping: edits.take_out_images(grouping, gone))

    def new_cluster(self, images: Ids) -> None:
        """Of these pictures, with its name open to be typed; an empty one to be filled if there are none."""
        grouping = self._session.grouping
        if grouping is None:
            return
        name = edits.distinct_names(grouping, [self.tr("New cluster")])[0]
        label = self.tr("New cluster of %n picture(s)", "", len(images))
        fresh = grouping.fresh_id
        self._apply(label, lambda grouping: edits.create_cluster(grouping, name, images))
        self._window.cluster_panel.edit_name(fresh)

    def _rename(self, cluster: int, name: str) -> None:
        """The pictures most typical of it are kept in what they gave its name to, whatever is clustered later."""
        label = self.tr("Rename {0} to {1}").format(self._session.cluster_name(cluster), name)
        core = core_of(self._session.members(ClusterId(cluster)), self._session.portraits.typicality)
        self._apply(label, lambda grouping: edits.rename_cluster(grouping, ClusterId(cluster), name, core))

    def _recolour(self) -> None:
        for cluster in self._showing.chosen_clusters[:1]:
            label = self.tr("Recolour {0}").format(self._session.cluster_name(cluster))
            self._apply(label, partial(_with_free_colour, cluster=cluster))

    def _merge_chosen(self) -> None:
        """The largest keeps its identity."""
        clusters, grouping = self._showing.chosen_clusters, self._session.grouping
        if grouping is not None and len(clusters) > 1:
            counts = grouping.counts()
            into = max(clusters, key=lambda id_: counts[id_])
            self.merge([id_ for id_ in clusters if id_ != into], into)
            self._window.cluster_panel.choose(into)

    def _dissolve(self) -> None:
        for cluster in self._showing.chosen_clusters[:1]:
            label = self.tr("Dissolve {0}").format(self._session.cluster_name(cluster))
            self._apply(label, partial(edits.dissolve_cluster, cluster=cluster))

    def _send_to_number(self, number: int) -> None:
        """Keys 1-9: the clusters in the order of their cards."""
        grouping = self._session.grouping
        clusters = sorted(grouping.clusters) if grouping else []
        if len(self._session.selection) and number <= len(clusters):
            self.move(self._session.selection.images, clusters[number - 1])


def _with_free_colour(grouping: Grouping, cluster: ClusterId) -> Patch:
    return edits.recolour_cluster(grouping, cluster, edits.free_colours(grouping, 1)[0])
