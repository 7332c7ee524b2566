"""One picture large, over the window, and the way from one to the next."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from shoal.domain.sentence import Sentence
from shoal.features.browsing.loupe import Loupe
from shoal.qt.pictures import LargePictures
from shoal.qt.session import Session
from shoal.widgets.feature import Views
from shoal.widgets.translation import told


class Magnifying(QObject):
    def __init__(self, loupe: Loupe, session: Session, views: Views, pictures: LargePictures) -> None:
        super().__init__(loupe)
        self._loupe, self._session, self._views, self._pictures = loupe, session, views, pictures
        self._before = session.selection.images[:0]
        for signal in (views.grid.loupe_requested, views.map_place.image_activated):
            signal.connect(self.open)
        session.selection.current_changed.connect(self._follow)
        loupe.step_requested.connect(self._step)
        loupe.closed.connect(self._on_closed)
        pictures.arrived.connect(self._on_picture)

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
        self._loupe.open(image, self._caption(image), self._session.thumbnails.pixmap(image))
        self._pictures.request(image, entry)
        self._before = before

    def _select(self, image: int) -> None:
        position = self._views.grid.page.position_of(image)
        if position is not None:
            self._views.grid.choosing.select_only(position)
        self._session.selection.set_current(image)
        if position is None:
            self._session.selection.select(image)

    def _caption(self, image: int) -> str:
        name, count = self._session.images[image].path.name, len(self._session.selection)
        return f"{name}  ·  {told(Sentence('one of %n picture(s) in a stack', n=count))}" if count > 1 else name

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
        self._loupe.show_picture(image, picture)
