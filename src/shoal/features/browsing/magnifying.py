"""One picture large, over the window, and the way from one to the next."""

from functools import partial

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QImage

from shoal.domain.images import ImageRecord
from shoal.domain.sentence import Sentence
from shoal.features.browsing.loupe import Loupe
from shoal.features.browsing.overlays import judge
from shoal.features.browsing.stack_words import said_of_stack
from shoal.looking.snapshot import Entry
from shoal.qt.latest import LatestOnly
from shoal.qt.pictures import LargePictures
from shoal.qt.session import Session
from shoal.widgets.translation import told
from shoal.widgets.views import Views


class Magnifying(QObject):
    def __init__(self, loupe: Loupe, session: Session, views: Views, pictures: LargePictures) -> None:
        super().__init__(loupe)
        self._loupe, self._session, self._views, self._pictures = loupe, session, views, pictures
        self._before = session.selection.images[:0]
        self._large: tuple[int, QImage] | None = None
        for signal in (views.grid.loupe_requested, views.map_area.image_activated):
            signal.connect(self.open)
        session.selection.current_changed.connect(self._follow)
        loupe.step_requested.connect(self._step)
        loupe.closed.connect(self._on_closed)
        loupe.whole_wanted.connect(self._ask_for_whole)
        loupe.judged_wanted.connect(self._ask_for_judgement)
        pictures.arrived.connect(self._on_picture)
        pictures.whole_arrived.connect(loupe.show_whole)
        loupe.part_wanted.connect(self._ask_for_part)
        pictures.parts.arrived.connect(loupe.show_part)
        session.verdicts_changed.connect(self._show_said)
        session.grouping_changed.connect(self._show_said)
        self._judge = LatestOnly("judging a large picture")

    def open_current(self) -> None:
        """The picture at hand, large; else the first of the selection."""
        chosen = self._session.selection.images
        current = self._session.selection.current
        if len(chosen):
            self.open(current if current in chosen else int(chosen[0]))

    def open(self, image: int) -> None:
        """What is seen is what the keys mean: the picture, or the closed stack that it is on top of.

        What was selected before is so again at the end, if nobody did more than look at this one.
        """
        if self._loupe.image == image:
            return
        selection = self._session.selection
        before = selection.images if self._loupe.image < 0 and image in selection else selection.images[:0]
        self._select(image)
        entry = self._session.images[image]
        size = (entry.facts.width, entry.facts.height) if isinstance(entry, ImageRecord) and not entry.region else None
        self._loupe.open(image, self._caption(image), self._session.thumbnails.pixmap(image), size)
        self._show_said()
        self._pictures.request(image, entry)
        self._pictures.decode_ahead(self._likely(image))
        if self._loupe.zoom.scale is not None:
            self._pictures.decode_ahead(self._likely(image)[:1], whole=True)
        self._before = before

    def shutdown(self) -> None:
        self._judge.shutdown()

    def _likely(self, image: int) -> list[tuple[int, Entry]]:
        """The next two, and the one before."""
        layout, here = self._views.grid.page.layout, self._views.grid.page.position_of(image)
        places = [] if here is None else [here + by for by in (1, 2, -1) if 0 <= here + by < layout.count]
        images = [layout.image_at(place) for place in places]
        return [(image, self._session.images[image]) for image in images]

    def _ask_for_whole(self) -> None:
        image = self._loupe.image
        if 0 <= image < len(self._session.images):
            self._pictures.request(image, self._session.images[image], whole=True)
            self._pictures.decode_ahead(self._likely(image)[:1], whole=True)

    def _ask_for_part(self, image: int, box: QRect) -> None:
        self._pictures.parts.request(image, self._session.images[image], box)

    def _ask_for_judgement(self) -> None:
        """Of the picture that is there for the screen."""
        image, picture = self._loupe.image, self._large
        if picture is not None and picture[0] == image:
            self._judge.request(partial(judge, picture[1]), partial(self._loupe.show_judged, image))

    def _show_said(self) -> None:
        image = self._loupe.image
        if 0 <= image < len(self._session.verdicts):
            stars, flag, colour = self._session.verdicts[image].tolist()
            self._loupe.show_said((stars, flag, colour), self._caption(image))

    def _select(self, image: int) -> None:
        position = self._views.grid.page.position_of(image)
        if position is not None:
            self._views.grid.choosing.select_only(position)
        self._session.selection.set_current(image)
        if position is None:
            self._session.selection.select(image)

    def _caption(self, image: int) -> str:
        name, count = self._session.images[image].path.name, len(self._session.selection)
        if count > 1:
            name = f"{name}  ·  {told(Sentence('one of %n picture(s) in a stack', n=count))}"
        return "  ·  ".join([name, *map(told, said_of_stack(self._session, image))])

    def _follow(self, image: int) -> None:
        """What took the place of a picture that was moved; where there is none, nothing is left to be looked at."""
        if self._loupe.image >= 0 and image < 0:
            self._loupe.leave()
        elif self._loupe.image >= 0:
            self.open(image)

    def _step(self, by: int) -> None:
        """On to the next picture in the order of the grid."""
        grid = self._views.grid
        here = grid.page.position_of(self._loupe.image)
        if here is not None and 0 <= here + by < grid.page.layout.count:
            image = grid.page.layout.image_at(here + by)
            self.open(image)
            grid.scroll_to_image(image)

    def _on_closed(self) -> None:
        self._views.grid.setFocus()
        if len(self._before) > 1:
            self._session.selection.select(self._before, initiator=self._views.grid)

    def _on_picture(self, image: int, picture: QImage) -> None:
        self._large = image, picture
        self._loupe.show_picture(image, picture)
