"""The one shared selection. Map, grid, cluster list and inspector read and write it; none knows the others."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

Ids = NDArray[np.int32]


def _as_ids(images: object) -> Ids:
    return np.unique(np.asarray(images, np.int32).ravel())


class Selection(QObject):
    """A set of image ids, kept as a strictly ascending int32 array that nobody writes to, and one current image."""

    changed = Signal(object)
    """Carries the initiator, so that a view can ignore its own echo."""

    current_changed = Signal(int)
    """The image under the keyboard focus, -1 for none."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._images: Ids = np.empty(0, np.int32)
        self._current = -1

    @property
    def images(self) -> Ids:
        return self._images

    @property
    def current(self) -> int:
        return self._current

    def __len__(self) -> int:
        return len(self._images)

    def __contains__(self, image: int) -> bool:
        place = int(np.searchsorted(self._images, image))
        return place < len(self._images) and int(self._images[place]) == image

    def select(self, images: object, *, initiator: object = None) -> None:
        self._become(_as_ids(images), initiator)

    def add(self, images: object, *, initiator: object = None) -> None:
        self._become(np.union1d(self._images, _as_ids(images)), initiator)

    def remove(self, images: object, *, initiator: object = None) -> None:
        self._become(np.setdiff1d(self._images, _as_ids(images), assume_unique=True), initiator)

    def toggle(self, images: object, *, initiator: object = None) -> None:
        self._become(np.setxor1d(self._images, _as_ids(images), assume_unique=True), initiator)

    def clear(self, *, initiator: object = None) -> None:
        self._become(np.empty(0, np.int32), initiator)

    def set_current(self, image: int) -> None:
        if image != self._current:
            self._current = image
            self.current_changed.emit(image)

    def mask(self, image_count: int) -> NDArray[np.bool_]:
        """True where an image id is selected; as long as there are images."""
        mask = np.zeros(image_count, np.bool_)
        mask[self._images[self._images < image_count]] = True
        return mask

    def _become(self, images: Ids, initiator: object) -> None:
        images = images.astype(np.int32, copy=False)
        if not np.array_equal(images, self._images):
            self._images = images
            self.changed.emit(initiator)
