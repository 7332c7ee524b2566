"""One value for every image of a project, by image id: counted when first asked for, since that reads every image."""

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from shoal.domain.capture_time import seconds
from shoal.domain.images import ImageRecord
from shoal.looking.snapshot import Entry, Snapshot
from shoal.qt.selection import Ids


class ImageColumns:
    def __init__(self, images: Sequence[Entry] = ()) -> None:
        self._images = images

    @cached_property
    def folder_codes(self) -> NDArray[np.int32]:
        """A small number, the same for images of the same sub-folder."""
        return self._folders[1].astype(np.int32)

    @cached_property
    def folders(self) -> list[str]:
        """What each of these numbers means."""
        return [str(label) for label in self._folders[0]]

    @cached_property
    def _folders(self) -> tuple[NDArray[np.str_], NDArray[np.intp]]:
        labels = np.array([entry.label for entry in self._images], np.str_)
        return np.unique(labels, return_inverse=True)

    @cached_property
    def names(self) -> list[str]:
        """Sub-folder and file of each, for those who look for a part of it whatever the case."""
        return [f"{entry.label}/{entry.path.name}".casefold() for entry in self._images]

    @cached_property
    def sharpness(self) -> NDArray[np.float64]:
        """Infinite where nobody knows."""
        return self.of_records(lambda record: record.facts.sharpness)

    def of_records(self, number: Callable[[ImageRecord], float | None]) -> NDArray[np.float64]:
        """A number of each; infinite where there is none, and where only the name is known."""
        numbers = (number(entry) if isinstance(entry, ImageRecord) else None for entry in self._images)
        return np.fromiter((np.inf if value is None else value for value in numbers), np.float64, len(self._images))

    def count(self) -> None:
        """Beside the GUI thread, what it will ask for at each letter of a search and each redraw of the grid."""
        _ = self.names, self.sharpness

    @cached_property
    def dates(self) -> NDArray[np.float64]:
        """Seconds, infinite where nobody knows when it was taken."""
        taken = (entry.facts.taken if isinstance(entry, ImageRecord) else None for entry in self._images)
        return np.fromiter(map(seconds, taken), np.float64, len(self._images))


def similarity_to(images: Ids, snapshot: Snapshot) -> NDArray[np.float32]:
    """Cosine similarity of every image to the mean of some, by image id; -1 where there is no vector."""
    similarity = np.full(len(snapshot.images), -1, np.float32)
    embeddings = snapshot.embeddings
    if embeddings is not None:
        rows = embeddings.rows.rows_of(np.unique(images))
        mean = embeddings.vectors[rows[rows >= 0]].sum(axis=0)
        similarity[embeddings.rows.ids] = embeddings.vectors @ (mean / max(float(np.linalg.norm(mean)), 1e-12))
    return similarity
