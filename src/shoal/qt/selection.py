"""The one shared selection. Map, grid, cluster list and inspector read and write it; none knows the others."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

Ids = NDArray[np.int32]


def _as_ids(images: object) -> Ids:
    return np.unique(np.asarray(images, np.int32).ravel())


class Selection(QObject):
    """A set of image ids, kept as a strictly ascending int32 array that nobody writes to, and one current image.

    What the program selects by itself is only offered: it is meant until somebody selects something, also where that
    would be added to it.
    """

    changed = Signal(object)
    """Carries the initiator, so that a view can ignore its own echo."""

    current_changed = Signal(int)
    """The image under the keyboard focus, -1 for none."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._images: Ids = np.empty(0, np.int32)
        self._current = -1
        self._offered = False

    @property
    def images(self) -> Ids:
        return self._images

    @property
    def current(self) -> int:
        return self._current

    @property
    def is_offered(self) -> bool:
        return self._offered

    def __len__(self) -> int:
        return len(self._images)

    def __contains__(self, image: int) -> bool:
        place = int(np.searchsorted(self._images, image))
        return place < len(self._images) and int(self._images[place]) == image

    def select(self, images: object, *, initiator: object = None) -> None:
        self._become(_as_ids(images), initiator)

    def offer(self, images: object, *, initiator: object = None) -> None:
        """Select for somebody who has not asked for it."""
        self._become(_as_ids(images), initiator, offered=True)

    def add(self, images: object, *, initiator: object = None) -> None:
        self._become(np.union1d(self._meant, _as_ids(images)), initiator)

    def remove(self, images: object, *, initiator: object = None) -> None:
        self._become(np.setdiff1d(self._images, _as_ids(images), assume_unique=True), initiator)

    def toggle(self, images: object, *, initiator: object = None) -> None:
        self._become(np.setxor1d(self._meant, _as_ids(images), assume_unique=True), initiator)

    def keep_only(self, seen: NDArray[np.bool_], *, initiator: object = None) -> None:
        """Let go of the images for which `seen`, by image id, is false."""
        remaining = self._images[self._images < len(seen)]
        self._become(remaining[seen[remaining]], initiator, offered=self._offered)

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

    @property
    def _meant(self) -> Ids:
        return self._images[:0] if self._offered else self._images

    def _become(self, images: Ids, initiator: object, *, offered: bool = False) -> None:
        self._offered = offered and len(images) > 0
        images = images.astype(np.int32, copy=False)
        if not np.array_equal(images, self._images):
            self._images = images
            self.changed.emit(initiator)
