"""Comparing pictures: which are compared, and what becomes of the weaker ones."""

import numpy as np
from PySide6.QtCore import QObject, QSizeF

from shoal.domain.images import ImageRecord
from shoal.domain.marks import PICK_REJECTED
from shoal.domain.verdicts import FLAG
from shoal.features.browsing.compare_view import MOST, CompareView, Pane
from shoal.features.browsing.stack_words import said_of_stack
from shoal.looking.snapshot import Entry
from shoal.qt.pictures import LargePictures
from shoal.qt.session import Session
from shoal.widgets.picture_pane import Shown
from shoal.widgets.translation import told
from shoal.widgets.views import Views

NEIGHBOURS = 2
"""Of one picture that stands alone so many are compared: itself and those that follow."""


class SideBySide(QObject):
    def __init__(self, view: CompareView, session: Session, views: Views, pictures: LargePictures) -> None:
        super().__init__(view)
        self._view, self._session, self._grid, self._pictures = view, session, views.grid, pictures
        self._rejected: set[int] = set()
        view.at_hand_changed.connect(self._on_at_hand)
        view.out_requested.connect(view.take_out)
        view.whole_wanted.connect(lambda: pictures.request_all(self._wanted(), whole=True))
        view.closed.connect(self._grid.setFocus)
        pictures.arrived.connect(view.show_picture)
        pictures.whole_arrived.connect(view.show_whole)
        view.part_wanted.connect(lambda image, box: pictures.parts.request(image, session.images[image], box))
        pictures.parts.arrived.connect(view.show_part)
        session.verdicts_changed.connect(self._on_verdicts)
        session.grouping_changed.connect(self._on_grouping)

    def open_selected(self) -> None:
        """What is selected: of a closed stack all of it; a single picture with the one that follows."""
        images = self._meant()[:MOST]
        if len(images) < 2:
            return
        self._rejected = {image for image in images if self._is_rejected(image)}
        self._view.open([self._pane(image) for image in images])
        self._pictures.request_all(self._wanted())

    def _meant(self) -> list[int]:
        selected, here = self._session.selection.images, self._grid.choosing.current
        if len(selected) > 1:
            return [int(image) for image in selected]
        if here is None:
            return []
        layout = self._grid.page.layout
        return [layout.image_at(place) for place in range(here, min(here + NEIGHBOURS, layout.count))]

    def _pane(self, image: int) -> Pane:
        entry = self._session.images[image]
        small = self._session.thumbnails.pixmap(image)
        is_whole = isinstance(entry, ImageRecord) and not entry.region
        size = QSizeF(entry.facts.width, entry.facts.height) if is_whole and isinstance(entry, ImageRecord) else None
        shown = Shown(image, small.toImage() if small is not None and not small.isNull() else None, measured=size)
        stars, flag, colour = self._session.verdicts[image].tolist()
        return Pane(self._caption(image), shown, (stars, flag, colour))

    def _caption(self, image: int) -> str:
        return "  ·  ".join([self._session.images[image].path.name, *map(told, said_of_stack(self._session, image))])

    def _on_grouping(self) -> None:
        for image in self._view.images:
            self._view.show_caption(image, self._caption(image))

    def _wanted(self) -> list[tuple[int, Entry]]:
        return [(image, self._session.images[image]) for image in self._view.images]

    def _on_at_hand(self, image: int) -> None:
        """Marks are meant for this one alone, whatever was selected."""
        if image >= 0:
            self._session.selection.set_current(image)
            self._session.selection.select(np.array([image], np.int32), initiator=self._grid)

    def _is_rejected(self, image: int) -> bool:
        return bool(self._session.verdicts[image, FLAG] == PICK_REJECTED)

    def _on_verdicts(self) -> None:
        """What was rejected here goes out; what came in rejected stays to be looked at."""
        for image in self._view.images:
            stars, flag, colour = self._session.verdicts[image].tolist()
            self._view.show_verdict(image, (stars, flag, colour))
            if flag == PICK_REJECTED and image not in self._rejected:
                self._view.take_out(image)
