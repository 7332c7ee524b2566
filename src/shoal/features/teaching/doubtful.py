"""The doubtful list over all clusters, the least likely picture first; what is judged teaches what comes next."""

from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from shoal.domain import edits
from shoal.domain.geometry import EmbeddingMatrix
from shoal.domain.grouping import UNSORTED, ClusterId, Grouping
from shoal.domain.images import ImageRecord
from shoal.domain.sentence import Sentence
from shoal.features.teaching.doubtful_dialog import DoubtfulDialog, DoubtShown, TargetShown
from shoal.projects.learnt_words import learnt_words
from shoal.projects.teaching import ENOUGH, Doubt, Judgements, Lesson, Teacher
from shoal.qt.editing import Editing
from shoal.qt.latest import LatestOnly
from shoal.qt.pictures import LargePictures
from shoal.qt.session import Session
from shoal.widgets.name_picker import NamePicker, Target
from shoal.widgets.picture_box_row import Tile
from shoal.widgets.translation import told

Judged = dict[int, tuple[NDArray[np.float64], bool]]
"""By image: its signs when it was judged, and whether it stayed where it was."""


class Doubtful(QObject):
    """Lives on the GUI thread; the teacher works beside it, one lesson at a time."""

    def __init__(self, window: QWidget, session: Session, editing: Editing, pictures: LargePictures) -> None:
        super().__init__(window)
        self._window, self._session, self._editing, self._pictures = window, session, editing, pictures
        self._worker = LatestOnly("learning from corrections")
        self._dialog: DoubtfulDialog | None = None
        self._taught: tuple[EmbeddingMatrix, Teacher] | None = None
        self._lesson: Lesson | None = None
        self._judged: Judged = {}
        self._page: list[Doubt] = []
        self._at = 0
        session.images_changed.connect(lambda same: None if same else self._judged.clear())
        session.grouping_changed.connect(self._learn)
        pictures.arrived.connect(self._on_picture)

    def open(self) -> None:
        if self._session.snapshot.embeddings is None or self._session.grouping is None:
            self._editing.say(Sentence("There is nothing in doubt until every picture has been looked at."))
            return
        self._dialog = dialog = DoubtfulDialog(self._session.thumbnails, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.taken.connect(self._take)
        dialog.name_requested.connect(self._ask_for_name)
        dialog.unsorted_chosen.connect(partial(self._judge, UNSORTED))
        dialog.step_requested.connect(self._step)
        dialog.undo_requested.connect(self._undo)
        dialog.finished.connect(self._on_closed)
        self._lesson, self._page, self._at = None, [], 0
        self._learn()
        dialog.open()

    def shutdown(self) -> None:
        self._worker.shutdown()

    def _learn(self) -> None:
        """Beside the GUI thread: 50 to 100 ms for 10,000 pictures."""
        embeddings, grouping = self._session.snapshot.embeddings, self._session.grouping
        if self._dialog is None or embeddings is None or grouping is None:
            return
        if self._taught is None or self._taught[0] is not embeddings:
            self._taught = embeddings, Teacher(embeddings, self._session.snapshot.graph)
        teacher, judged = self._taught[1], _judgements(self._judged)
        self._worker.request(lambda: teacher.lesson(grouping, judged), partial(self._on_lesson, grouping))

    def _on_lesson(self, grouping: Grouping, lesson: Lesson) -> None:
        """What is still to come on this page has its targets anew; past its end begins the next page."""
        embeddings, now = self._session.snapshot.embeddings, self._session.grouping
        if self._dialog is None or embeddings is None or not lesson.known.space.rows.are(embeddings.rows):
            return
        if grouping is not now and self._at >= len(self._page):
            return  # somebody was quicker; the lesson after this one knows it
        self._lesson = lesson
        if self._at >= len(self._page):
            self._page, self._at = lesson.page(), 0
        else:
            coming = [doubt.image for doubt in self._page[self._at :]]
            anew = {doubt.image: doubt for doubt in lesson.again(coming)}
            self._page = [anew.get(doubt.image, doubt) for doubt in self._page]
        self._show()

    def _show(self) -> None:
        lesson, grouping = self._lesson, self._session.grouping
        if self._dialog is None or lesson is None or grouping is None:
            return
        if not self._page:
            self._dialog.accept()
            self._editing.say(Sentence("Every picture is where you have put it."))
            return
        if self._at >= len(self._page):
            return  # the next page is on its way
        doubt = self._page[self._at]
        entry = self._session.images[doubt.image]
        home = int(grouping.home[doubt.image])
        targets = [self._target(cluster, home) for cluster in doubt.choices if cluster in grouping.clusters]
        page = [
            Tile(doubt.image, dimmed=doubt.image in self._judged, framed=place == self._at)
            for place, doubt in enumerate(self._page)
        ]
        sure, left = self._sure(lesson), told(Sentence("%n doubtful picture(s) left", n=lesson.doubtful))
        learnt = " ".join(told(sentence) for sentence in learnt_words(lesson.metric, lesson.evened))
        self._dialog.show_doubt(DoubtShown(doubt.image, entry.path.name, targets, page, left, sure, learnt))
        if isinstance(entry, ImageRecord):
            self._pictures.request(doubt.image, entry)

    def _sure(self, lesson: Lesson) -> str:
        if lesson.share is None:
            return ""
        share = f"{int(100 * lesson.share)}%"
        if lesson.share >= ENOUGH:
            return self.tr("Probably {0} are right now: stop? (Esc)").format(share)
        return self.tr("Probably {0} are right now").format(share)

    def _target(self, cluster: ClusterId, home: int) -> TargetShown:
        portrait = self._session.portraits.clusters.get(cluster)
        members = self._session.members(cluster)
        faces = [int(face) for face in portrait.faces] if portrait else members[:4].tolist()
        return TargetShown(self._session.cluster_name(cluster), len(members), faces, cluster == home)

    @property
    def _doubt(self) -> Doubt | None:
        return self._page[self._at] if self._at < len(self._page) else None

    def _take(self, place: int) -> None:
        doubt = self._doubt
        if doubt is not None and place < len(doubt.choices):
            self._judge(doubt.choices[place])

    def _judge(self, to: int) -> None:
        doubt, lesson, grouping = self._doubt, self._lesson, self._session.grouping
        if doubt is None or lesson is None or grouping is None:
            return
        stays = int(grouping.home[doubt.image]) == to
        self._note(lesson, doubt.image, stays)
        self._at += 1
        images = [doubt.image]
        if stays:
            label = Sentence("Keep %n picture(s) where they are", n=1)
            self._editing.apply(label, lambda grouping: edits.accept_images(grouping, images))
        else:
            self._editing.move(np.array(images, np.int32), to)
        self._show()

    def _note(self, lesson: Lesson, image: int, stays: bool) -> None:
        signs = lesson.signs_of(image)
        if signs is not None:
            self._judged[image] = signs, stays

    def _ask_for_name(self) -> None:
        doubt, grouping = self._doubt, self._session.grouping
        if doubt is None or grouping is None or self._dialog is None:
            return
        ids = dict.fromkeys([*self._editing.recent, *self._session.order.of(grouping), UNSORTED])
        counts = grouping.counts()
        targets = [Target(id_, self._session.cluster_name(id_), f"{counts[id_]:,}") for id_ in ids if id_ in counts]
        picker = NamePicker(self.tr("Where does it belong?"), targets, self._dialog)
        picker.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        picker.picked.connect(self._judge)
        picker.named_anew.connect(self._judge_anew)
        picker.open()

    def _judge_anew(self, name: str) -> None:
        doubt, lesson = self._doubt, self._lesson
        if doubt is not None and lesson is not None:
            self._note(lesson, doubt.image, False)
            self._at += 1
            self._editing.create(name, np.array([doubt.image], np.int32))
            self._show()

    def _step(self, by: int) -> None:
        self._at = max(0, min(self._at + by, len(self._page) - 1))
        self._show()

    def _undo(self) -> None:
        """The last judgement of this page, and its picture is in focus again."""
        judged = [place for place, doubt in enumerate(self._page[: self._at]) if doubt.image in self._judged]
        if judged:
            self._at = judged[-1]
            del self._judged[self._page[self._at].image]
            self._editing.undo()
            self._show()

    def _on_picture(self, image: int, picture: object) -> None:
        if self._dialog is not None:
            self._dialog.show_picture(image, picture)  # type: ignore[arg-type]  # a signal of Qt says object

    def _on_closed(self) -> None:
        self._dialog = self._lesson = None
        self._page = []


def _judgements(judged: Judged) -> Judgements:
    if not judged:
        return Judgements()
    signs, stays = zip(*judged.values(), strict=True)
    return Judgements(np.stack(signs), np.array(stays))
