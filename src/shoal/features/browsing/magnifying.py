"""One picture large, over the window, and the way from one to the next."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from shoal.features.browsing.loupe import Loupe
from shoal.qt.pictures import LargePictures
from shoal.qt.session import Session
from shoal.widgets.feature import Views


class Magnifying(QObject):
    def __init__(self, loupe: Loupe, session: Session, views: Views, pictures: LargePictures) -> None:
        super().__init__(loupe)
        self._loupe, self._session, self._views, self._pictures = loupe, session, views, pictures
        for signal in (views.grid.loupe_requested, views.map_place.image_activated):
            signal.connect(self.open)
        loupe.step_requested.connect(self._step)
        loupe.closed.connect(views.grid.setFocus)
        pictures.arrived.connect(self._on_picture)

    def open_current(self) -> None:
        """The picture at hand, large; else the first of the selection."""
        chosen = self._session.selection.images
        current = self._session.selection.current
        if len(chosen):
            self.open(current if current in chosen else int(chosen[0]))

    def open(self, image: int) -> None:
        self._session.selection.set_current(image)
        entry = self._session.images[image]
        self._loupe.open(image, entry.path.name, self._session.thumbnails.pixmap(image))
        self._pictures.request(image, entry)

    def _step(self, by: int) -> None:
        """On to the next picture in the order of the grid."""
        grid = self._views.grid
        here = grid.page.position_of(self._loupe.image)
        if here is not None and 0 <= here + by < grid.page.layout.count:
            image = grid.page.layout.image_at(here + by)
            self._session.selection.select(image)
            self.open(image)
            grid.scroll_to_image(image)

    def _on_picture(self, image: int, picture: QImage) -> None:
        self._loupe.show_picture(image, picture)
