"""After five pictures went to one cluster: more that look the same are offered, wherever they are."""

from collections import defaultdict
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from shoal.domain import edits
from shoal.domain.geometry import EmbeddingMatrix
from shoal.domain.grouping import UNSORTED, ClusterId, Grouping, Patch
from shoal.domain.sentence import Sentence
from shoal.features.teaching.growing import GROWS_ABOVE, Growing
from shoal.features.teaching.more_dialog import SHOWN, MoreDialog
from shoal.projects.teaching import Judgements, Lesson, Teacher
from shoal.qt.editing import Editing
from shoal.qt.latest import LatestOnly
from shoal.qt.session import Session
from shoal.widgets.named import named
from shoal.widgets.picture_box_row import Tile
from shoal.widgets.translation import told

ENOUGH_MOVED = 5
FEWEST_OFFERED = 3
MARGIN = 12


class MoreLikeThese(QObject):
    """A button over the pictures says how many there are; it goes away by itself when something else is done."""

    def __init__(self, window: QWidget, over: QWidget, session: Session, editing: Editing) -> None:
        super().__init__(window)
        self._window, self._over, self._session, self._editing = window, over, session, editing
        self._worker = LatestOnly("looking for more like these")
        self._taught: tuple[EmbeddingMatrix, Teacher] | None = None
        self._moved: dict[ClusterId, set[int]] = defaultdict(set)
        self._cluster, self._found = UNSORTED, np.empty(0, np.int32)
        self._button = named(QPushButton(over), "moreLikeThese")
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.hide()
        self._button.clicked.connect(self.open)
        over.installEventFilter(self)
        editing.done.connect(self._on_done)
        editing.undone.connect(lambda _patch: self._button.hide())
        session.images_changed.connect(lambda _same: self._forget())

    def shutdown(self) -> None:
        self._worker.shutdown()

    def open(self) -> None:
        grouping = self._session.grouping
        if grouping is None or not self._offered(grouping):
            self._editing.say(Sentence("Move five pictures to one cluster first: then there may be more like these."))
            return
        self._button.hide()
        if len(self._found) > GROWS_ABOVE:
            self._grow(self._cluster, self._found)
        else:
            self._ask(grouping)

    def _grow(self, cluster: ClusterId, images: NDArray[np.int32]) -> None:
        name = self._session.cluster_name(cluster)
        Growing(self._window, self._session, name, images, partial(self._put, cluster))

    def _ask(self, grouping: Grouping) -> None:
        dialog = MoreDialog(self._session.thumbnails, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = self._found[:SHOWN]
        tiles = [Tile(int(image), self._session.cluster_name(int(grouping.home[image]))) for image in shown]
        name = self._session.cluster_name(self._cluster)
        title = told(Sentence("%n more picture(s) look like {cluster}", n=len(self._found), cluster=name))
        dialog.show_tiles(title, tiles)
        dialog.accepted_down_to.connect(partial(self._take, self._cluster, shown))
        dialog.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _offered(self, grouping: Grouping) -> bool:
        return len(self._found) > 0 and self._cluster in grouping.clusters

    def _on_done(self, patch: Patch) -> None:
        """What the user pins elsewhere counts as moved; merging and naming do not count one by one."""
        self._button.hide()
        places = patch.places
        moved = places.pinned_after & (places.home_before != places.home_after) & (places.home_after > UNSORTED)
        if any(after is None for _before, after in patch.clusters.values()):
            return
        for image, home in zip(places.images[moved].tolist(), places.home_after[moved].tolist(), strict=True):
            self._moved[ClusterId(home)].add(image)
        ready = [id_ for id_, images in self._moved.items() if len(images) >= ENOUGH_MOVED]
        if ready:
            self._learn(ready[-1])

    def _learn(self, cluster: ClusterId) -> None:
        embeddings, grouping = self._session.snapshot.embeddings, self._session.grouping
        if embeddings is None or grouping is None:
            return
        self._moved[cluster].clear()
        if self._taught is None or self._taught[0] is not embeddings:
            self._taught = embeddings, Teacher(embeddings, self._session.snapshot.graph)
        teacher = self._taught[1]
        self._worker.request(
            lambda: teacher.lesson(grouping, Judgements()), partial(self._on_lesson, cluster, embeddings)
        )

    def _on_lesson(self, cluster: ClusterId, embeddings: EmbeddingMatrix, lesson: Lesson) -> None:
        grouping = self._session.grouping
        if embeddings is not self._session.snapshot.embeddings or grouping is None:
            return
        images = lesson.more_like(cluster)
        self._cluster, self._found = cluster, images[~grouping.pinned[images]]
        if len(self._found) >= FEWEST_OFFERED and self._offered(grouping):
            name = self._session.cluster_name(cluster)
            self._button.setText(told(Sentence("%n more look like {cluster} ...", n=len(self._found), cluster=name)))
            self._button.adjustSize()
            self._place()
            self._button.show()
            self._button.raise_()

    def _take(self, cluster: ClusterId, shown: NDArray[np.int32], count: int) -> None:
        """The first so many go there, the others never again."""
        self._put(cluster, np.sort(shown[:count]), np.sort(shown[count:]))

    def _put(self, cluster: ClusterId, taken: NDArray[np.int32], refused: NDArray[np.int32]) -> None:
        """One step."""
        name = self._session.cluster_name(cluster)
        label = Sentence("Move %n picture(s) like these to {cluster}", n=len(taken), cluster=name)
        if not len(taken):
            label = Sentence("Refuse %n picture(s) for {cluster}", n=len(refused), cluster=name)
        self._found = self._found[~np.isin(self._found, np.concatenate([taken, refused]))]
        self._editing.apply(label, partial(_taken, taken=taken, refused=refused, cluster=cluster))
        self._moved[cluster].clear()

    def _place(self) -> None:
        self._button.move(self._over.width() - self._button.width() - 2 * MARGIN, MARGIN)

    def _forget(self) -> None:
        self._moved.clear()
        self._found = self._found[:0]
        self._button.hide()


def _taken(grouping: Grouping, taken: NDArray[np.int32], refused: NDArray[np.int32], cluster: ClusterId) -> Patch:
    moves = edits.follow_suggestions(grouping, taken, np.full(len(taken), cluster, np.int32))
    never = edits.reject_suggestions(grouping, refused, np.full(len(refused), cluster, np.int32))
    return Patch(moves.places, rejected=never.rejected)
