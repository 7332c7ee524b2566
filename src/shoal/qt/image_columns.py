"""One value for every image of a project, by image id: counted when first asked for, since that reads every image."""

from collections.abc import Sequence
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
        labels = [entry.label for entry in self._images] or np.empty(0, np.str_)
        return np.unique(labels, return_inverse=True)[1].astype(np.int32)

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
