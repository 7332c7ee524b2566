"""The open project as the window sees it: what is derived, what is authored, and signals when either changes."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from shoal.domain.edits import created_clusters
from shoal.domain.geometry import ByImage, EmbeddingMatrix, MapLayout
from shoal.domain.grouping import OUT, ClusterId, Grouping, Patch
from shoal.domain.images import RgbImage
from shoal.domain.stacks import StackRule, Stacks
from shoal.domain.verdicts import VerdictChange, Verdicts, in_effect, unsaid
from shoal.looking.snapshot import Entry, Snapshot, stacks_of_now
from shoal.projects.portraits import NOBODY, Portraits, portray
from shoal.projects.project import DIGITS_ONLY, Project
from shoal.projects.suggesting import NO_SUGGESTIONS, Suggestions, suggest
from shoal.qt.cluster_order import ClusterOrder, ClusterSort
from shoal.qt.image_columns import ImageColumns
from shoal.qt.latest import LatestOnly
from shoal.qt.selection import Selection
from shoal.qt.thumbnails import LoadImage, Thumbnails

T = TypeVar("T")


class Session(QObject):
    """Lives on the GUI thread. Views read from it and hear of changes; they never hear of one another."""

    images_changed = Signal(bool)
    """Other images than before. True if some were added or changed, and ids mean what they meant; False (opened, read,
    closed): everything that names an image is out of date."""

    map_changed = Signal(bool)
    """New positions; True if what was there has not moved (others came), so that a view may stay where it is."""

    grouping_changed = Signal()
    order_changed = Signal()
    """The clusters stand in another order, and nothing else has changed."""

    portraits_changed = Signal()
    verdicts_changed = Signal()
    """Other stars, flags or labels, and nothing else; or more of them were found in files."""

    stepped = Signal(bool)
    """Whoever did it, there is another step to be taken back, or (True) one was."""

    def __init__(self, load: LoadImage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.selection = Selection(self)
        self.thumbnails = Thumbnails(load, parent=self)
        self._snapshot = Snapshot()
        self._project: Project | None = None
        self._portraits, self._suggestions = NOBODY, NO_SUGGESTIONS
        self._portrayed: EmbeddingMatrix | None = None
        self.order = ClusterOrder()
        self._in_files, self._verdicts = unsaid(0), unsaid(0)
        self._stacks: Stacks | None = None
        self._painter = LatestOnly("describing clusters")
        self.columns = ImageColumns()

    @property
    def snapshot(self) -> Snapshot:
        return self._snapshot

    @property
    def project(self) -> Project | None:
        return self._project

    @property
    def images(self) -> Sequence[Entry]:
        return self._snapshot.images

    @property
    def grouping(self) -> Grouping | None:
        """None until it is known which pictures there are."""
        return self._project.grouping if self._project else None

    @property
    def portraits(self) -> Portraits:
        return self._portraits

    @property
    def suggestions(self) -> Suggestions:
        """As fresh as the portraits."""
        return self._suggestions

    @property
    def typicality(self) -> NDArray[np.float32]:
        """Per image id: similarity to the centre of its cluster, -1 where unknown."""
        values = self._portraits.typicality.values
        missing = len(self.images) - len(values)
        return np.pad(values, (0, missing), constant_values=-1) if missing > 0 else values[: len(self.images)]

    @property
    def verdicts(self) -> Verdicts:
        """Stars, flag and label of every image that count: those given here, else those in its files."""
        return self._verdicts

    @property
    def stacks(self) -> Stacks | None:
        """Those that count: what was found, and upon that what the user says. None while only names are known."""
        return self._stacks

    def show_in_files(self, verdicts: Verdicts) -> None:
        """What the files of the images say, one row for each."""
        self._in_files = verdicts
        self._count_verdicts()
        self.verdicts_changed.emit()

    def show_snapshot(self, snapshot: Snapshot, project: Project | None, *, renumbered: bool = False) -> None:
        """Show another state of the derived side. `project` is None where nothing can be sorted yet.

        `renumbered`: though it is the same project, pictures have other ids than before.
        """
        other_images = snapshot.images is not self._snapshot.images
        moved = snapshot.layout is not self._snapshot.layout
        stays = _stays_in_place(self._snapshot.layout, snapshot.layout)
        other_project = project is not self._project
        made_anew = other_images or other_project or snapshot.proposal is not self._snapshot.proposal
        if other_project and project is not None:
            project.subscribe(self._on_patch)
        self._snapshot, self._project = snapshot, project
        self._count_verdicts()
        self._count_stacks()
        if made_anew:
            self.order.begin(self.grouping)
        if project is not None:
            project.digits.meet(project.grouping, ())
        if other_images:
            anew = other_project or project is None or renumbered
            self._forget_images(selection=anew)
            self.images_changed.emit(not anew)
        if moved or other_images:
            self.map_changed.emit(stays)
        elif other_project:
            self.grouping_changed.emit()
        self._portray()

    @property
    def gone(self) -> NDArray[np.int64]:
        """The images, ascending, whose files are no longer there and which nobody has taken out yet."""
        gone, grouping = self._snapshot.gone, self.grouping
        return gone if grouping is None else gone[grouping.home[gone] != OUT]

    def members(self, cluster: ClusterId) -> NDArray[np.int32]:
        """The readable images of a cluster, ascending."""
        grouping = self.grouping
        return np.empty(0, np.int32) if grouping is None else grouping.members(cluster)

    def cluster_name(self, cluster: int) -> str:
        grouping = self.grouping
        named = grouping.clusters.get(ClusterId(cluster)) if grouping else None
        return named.name if named else self.tr("Unsorted")

    def shutdown(self) -> None:
        self._painter.shutdown()
        self.thumbnails.shutdown()

    def _on_patch(self, patch: Patch, _initiator: object | None) -> None:
        if patch is DIGITS_ONLY and self._project is not None:
            self.order_changed.emit()
            self.stepped.emit(self._project.went < 0)
            return
        if self._project is not None:
            self._project.digits.meet(self._project.grouping, created_clusters(patch))
        self.order.follow(patch, self.grouping)
        # where pictures have come, the snapshot that lists them follows, and everything is shown anew
        listed = self.grouping is None or len(self.grouping.home) == len(self.images)
        only_said = bool(len(patch.verdicts)) and not replace(patch, verdicts=VerdictChange())
        self._count_verdicts()
        if len(patch.stacks):
            self._count_stacks()
        if listed:
            (self.verdicts_changed if only_said else self.grouping_changed).emit()
        if self._project is not None and self._project.went:
            self.stepped.emit(self._project.went < 0)
        if listed and not only_said:
            self._portray()

    def _count_verdicts(self) -> None:
        grouping = self.grouping
        said = grouping.verdicts if grouping is not None else unsaid(len(self.images))
        missing = len(said) - len(self._in_files)
        files = np.concatenate([self._in_files, unsaid(missing)]) if missing > 0 else self._in_files[: len(said)]
        self._verdicts = in_effect(said, files)

    def _count_stacks(self) -> None:
        grouping = self.grouping
        self._stacks = None if grouping is None else stacks_of_now(grouping, self._snapshot)

    def _forget_images(self, *, selection: bool) -> None:
        """What the user has chosen in this project stays chosen when pictures come to it."""
        self.thumbnails.clear()
        if selection:
            self._in_files = unsaid(0)
            self._count_verdicts()
            self.selection.clear()
            self.selection.set_current(-1)
        self._portraits, self._suggestions = NOBODY, NO_SUGGESTIONS
        self.columns = ImageColumns(self.images)

    def _portray(self) -> None:
        """Beside the GUI thread: it reads the vectors of every cluster that has changed."""
        embeddings, grouping = self._snapshot.embeddings, self.grouping
        if embeddings is not None and grouping is not None:
            earlier = self._portraits if self._portrayed is embeddings else NOBODY
            graph, columns = self._snapshot.graph, self.columns

            def describe() -> tuple[Portraits, Suggestions]:
                columns.count()
                return portray(embeddings, grouping.homes, earlier), suggest(graph, grouping)

            self._painter.request(describe, partial(self._on_portraits, embeddings))

    def _on_portraits(self, embeddings: EmbeddingMatrix, described: tuple[Portraits, Suggestions]) -> None:
        if embeddings is self._snapshot.embeddings:
            self._portrayed = embeddings
            self._portraits, self._suggestions = described
            if self.order.is_new and self.grouping is not None:
                self.order.sort(self.order.by, self.grouping, self._snapshot, described[0])
            self.portraits_changed.emit()


def restack(session: Session, stacks: ByImage[np.int32], rule: StackRule) -> None:
    """Other stacks of the same pictures were found, by this rule."""
    session.show_snapshot(replace(session.snapshot, stacks=stacks, stacked_by=rule), session.project)
    session.grouping_changed.emit()


def sort_clusters(session: Session, by: ClusterSort) -> None:
    """Now, and again when they are made anew; until then no edit changes their order."""
    session.order.by = by
    if session.grouping is not None:
        session.order.sort(by, session.grouping, session.snapshot, session.portraits)
        session.order_changed.emit()


def about_open_project(session: Session, tell: Callable[[T], object]) -> Callable[[T], None]:
    """`tell` for the answer of a job: nobody hears of it when another project is open by then."""
    asked = session.project

    def answer(result: T) -> None:
        if session.project is asked:
            tell(result)

    return answer


def to_image(pixels: RgbImage | None) -> QImage:
    """A picture of ours as one of Qt's; null for None."""
    if pixels is None:
        return QImage()
    height, width, _ = pixels.shape
    lines = np.ascontiguousarray(pixels)
    return QImage(lines.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def _stays_in_place(before: MapLayout | None, after: MapLayout | None) -> bool:
    if before is None or after is None or before.method != after.method:
        return False
    old = before.rows.rows_of(after.rows.ids)
    both = old >= 0
    return bool(both.any()) and np.array_equal(before.positions[old[both]], after.positions[both])
