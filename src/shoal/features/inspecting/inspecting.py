"""What there is to say about the picture at hand, in words."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QDate, QDateTime, QLocale, QObject, Qt
from PySide6.QtGui import QImage

from shoal.delivering.picture_marks import look_at_shot
from shoal.domain.capture_time import offset_of
from shoal.domain.focus import SUBJECT
from shoal.domain.images import ImageFacts, ImageRecord
from shoal.domain.label_colours import COLOURS
from shoal.domain.marks import MOST_STARS, PICKS, Said, contradictions, joined
from shoal.domain.verdicts import Verdict
from shoal.features.inspecting.inspector import Inspector, InspectorContent
from shoal.looking.snapshot import Entry
from shoal.projects.portraits import Explanation
from shoal.qt.editing import Editing
from shoal.qt.picture_marks import PictureMarks
from shoal.qt.pictures import LargePictures
from shoal.qt.session import Session
from shoal.qt.session_reading import explanation
from shoal.widgets.actions import VIEW, ActionRow
from shoal.widgets.feature import Feature, Handlers, Parts
from shoal.widgets.places import Place
from shoal.widgets.translation import QT_TRANSLATE_NOOP, told, translated
from shoal.widgets.verdict_paint import COLOUR_NAMES

WIDTH = 248
FOLDS_BELOW = 1100
"""Logical pixels: in a narrower window the pictures need the room more."""

BLURRED = 0.18
"""Of sharp pictures 3 in 100 lie below, of those blurred by one pixel of the thumbnail 19 in 20 (bench_looks.py)."""

CLOSE_CALL = 0.05


class Inspecting(QObject):
    """Keeps the inspector in step with session and selection."""

    def __init__(self, inspector: Inspector, session: Session, pictures: LargePictures, marks: PictureMarks) -> None:
        super().__init__(inspector)
        self._session, self._inspector = session, inspector
        self._pictures, self._marks = pictures, marks
        for signal in (session.images_changed, session.grouping_changed, session.portraits_changed):
            signal.connect(self._inspect)
        session.verdicts_changed.connect(self._show)
        session.selection.current_changed.connect(lambda _image: self._inspect())
        pictures.arrived.connect(self._on_picture)
        marks.arrived.connect(self._show)
        self._inspect()

    def _inspect(self) -> None:
        self._show()
        image = self._session.selection.current
        if 0 <= image < len(self._session.images):
            entry = self._session.images[image]
            self._pictures.request(image, entry)
            self._marks.request(entry)

    def _show(self) -> None:
        image = self._session.selection.current
        if not 0 <= image < len(self._session.images):
            self._inspector.show_content(None)
            return
        entry = self._session.images[image]
        why = explanation(self._session, image)
        said = [*self._given(image), *self._said(self._marks.of(entry))]
        facts = [*self._place(image, why), *self._facts(entry), *said]
        nearest = [(int(other), similarity) for other, similarity in why.nearest] if why else []
        reason = self._reason(why) if why else ""
        suggested = self._session.suggestions.of(image)
        suggestion = "" if suggested is None else self._session.cluster_name(suggested)
        self._inspector.show_content(
            InspectorContent(
                image, entry.path.name, facts, nearest, reason, suggestion, _part(entry), self._verdict(image)
            )
        )

    def _place(self, image: int, explanation: Explanation | None) -> list[tuple[str, str]]:
        """Which cluster it is in, and how well it fits there and elsewhere."""
        grouping = self._session.grouping
        if grouping is None:
            return []
        cluster = self._session.cluster_name(int(grouping.home[image]))
        rows = [(self.tr("Cluster"), self.tr("{0} (kept)").format(cluster) if grouping.pinned[image] else cluster)]
        if explanation and explanation.similarity is not None and explanation.margin is not None:
            assert explanation.runner_up is not None
            here, rather = explanation.similarity, explanation.similarity - explanation.margin
            other = self._session.cluster_name(explanation.runner_up)
            rows.append(
                (self.tr("Fits"), self.tr("{0} here, {1} in {2}").format(f"{here:.0%}", f"{rather:.0%}", other))
            )
        return rows

    def _facts(self, entry: Entry) -> list[tuple[str, str]]:
        rows = [(self.tr("Folder"), entry.label)] if entry.label else []
        if isinstance(entry, ImageRecord):
            size = QLocale().formattedDataSize(entry.stamp.size)
            rows.append((self.tr("Size"), f"{entry.facts.width} x {entry.facts.height}, {size}"))
            if entry.region:
                rows.append((self.tr("Object"), f"{entry.region.kind}, {entry.region.confidence:.0%}"))
            if entry.main and entry.main.kind == SUBJECT:
                share = entry.main.area / max(1, entry.facts.width * entry.facts.height)
                rows.append((self.tr("Looked at"), self.tr("this part, {0} of the picture").format(f"{share:.0%}")))
            elif entry.main:
                rows.append((self.tr("Main object"), f"{entry.main.kind}, {entry.main.confidence:.0%}"))
            rows += self._measured(entry.facts)
        if entry.companions:
            rows.append((self.tr("With"), ", ".join(path.name for path in entry.companions)))
        return rows

    def _measured(self, facts: ImageFacts) -> list[tuple[str, str]]:
        rows = []
        if facts.taken:
            rows.append((self.tr("Taken"), _in_words(facts.taken)))
        if facts.camera:
            rows.append((self.tr("Camera"), facts.camera))
        if facts.sharpness is not None:
            sharp = f"{facts.sharpness:.0%}"
            blurred = facts.sharpness < BLURRED
            rows.append((self.tr("Sharpness"), self.tr("{0}, looks blurred").format(sharp) if blurred else sharp))
        if facts.damaged:
            rows.append((self.tr("Note"), self.tr("The file is damaged; only a part of it could be read.")))
        return rows

    def _verdict(self, image: int) -> Verdict | None:
        if self._session.grouping is None:
            return None
        stars, flag, colour = self._session.verdicts[image].tolist()
        return stars, flag, colour

    def _given(self, image: int) -> list[tuple[str, str]]:
        """Stars, flag and label that count; no stars are no news."""
        stars, flag, colour = self._verdict(image) or (0, 0, 0)
        rows = []
        if stars:
            rows.append((self.tr("Stars"), "★" * stars + "☆" * (MOST_STARS - stars)))
        if flag:
            rows.append((self.tr("Flag"), told(PICKS[flag])))
        if colour:
            rows.append((self.tr("Label"), translated("labels", COLOUR_NAMES[colour - 1])))
        return rows

    def _said(self, said: Sequence[Said]) -> list[tuple[str, str]]:
        """A label from another program that is no colour, and where its files disagree."""
        label = joined([source.marks for source in said]).label
        rows = [(self.tr("Label"), label)] if label and label.capitalize() not in COLOURS else []
        return [*rows, *((self.tr("Note"), told(contradiction.sentence)) for contradiction in contradictions(said))]

    def _reason(self, explanation: Explanation) -> str:
        if explanation.runner_up is None or explanation.margin is None:
            return self.tr("Most similar pictures:") if explanation.nearest else ""
        other = self._session.cluster_name(explanation.runner_up)
        if explanation.margin < 0:
            return self.tr("It would fit {0} a little better. Most similar pictures:").format(other)
        if explanation.margin < CLOSE_CALL:
            return self.tr("A close call: {0} fits nearly as well. Most similar pictures:").format(other)
        return self.tr("It fits here; the next best would be {0}. Most similar pictures:").format(other)

    def _on_picture(self, image: int, picture: QImage) -> None:
        self._inspector.show_preview(image, picture)


def _part(entry: Entry) -> tuple[float, float, float, float] | None:
    """Where in the picture the network looked, in shares of width and height; None for all of it."""
    if not isinstance(entry, ImageRecord) or entry.main is None:
        return None
    left, top, right, bottom = entry.main.box
    width, height = entry.facts.width, entry.facts.height
    return left / width, top / height, right / width, bottom / height


def _in_words(taken: str) -> str:
    """As the language has it, as far as it is known; a month or a year alone as they are."""
    short = QLocale.FormatType.ShortFormat
    moment, day = (
        QDateTime.fromString(taken[:19], Qt.DateFormat.ISODate),
        QDate.fromString(taken, Qt.DateFormat.ISODate),
    )
    if day.isValid():
        return QLocale().toString(day, short)
    offset = offset_of(taken)
    return QLocale().toString(moment, short) + (f" ({offset})" if offset else "") if "T" in taken else taken


def offer_suggestions(inspector: Inspector, editing: Editing) -> None:
    """What its two buttons do."""
    inspector.suggestion_followed.connect(lambda image: editing.follow_suggestions(np.array([image], np.int32)))
    inspector.suggestion_refused.connect(lambda image: editing.refuse_suggestions(np.array([image], np.int32)))


def _build(parts: Parts) -> Handlers:
    session = parts.session
    inspector, marks = Inspector(session.thumbnails), PictureMarks(_marks_of)
    Inspecting(inspector, session, parts.pictures, marks)
    inspector.image_chosen.connect(parts.views.grid_presenter.show_image)
    inspector.loupe_requested.connect(parts.views.grid.loupe_requested)
    offer_suggestions(inspector, parts.editing)
    inspector.verdict_given.connect(
        lambda image, column, value: parts.editing.mark(np.array([image], np.int32), column, value)
    )
    parts.places.add_panel(inspector, Place.RIGHT, inspector.windowTitle(), WIDTH, FOLDS_BELOW)
    parts.at_close.append(marks.shutdown)
    return {"actionInspector": lambda: parts.places.toggle(inspector)}


def _marks_of(entry: Entry) -> Sequence[Said]:
    """On a pool thread."""
    return look_at_shot(entry.path, entry.companions).said


FEATURE = Feature(
    "inspecting",
    _build,
    (
        ActionRow(
            VIEW, 15, "actionInspector", QT_TRANSLATE_NOOP("actions", "Show or hide the &inspector"), shortcut="I"
        ),
    ),
)
