"""One value for every image of a project, by image id: counted when first asked for, since that reads every image."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from shoal.domain.capture_time import seconds
from shoal.domain.image_table import ImageTable
from shoal.looking.snapshot import Entry, Snapshot, records_among
from shoal.qt.selection import Ids


class ImageColumns:
    def __init__(self, images: Sequence[Entry] = ()) -> None:
        self._images = images

    @cached_property
    def _table(self) -> ImageTable | None:
        """None while only names are known."""
        records = records_among(self._images)
        return ImageTable.of(records) if len(records) == len(self._images) else None

    @cached_property
    def folder_codes(self) -> NDArray[np.int32]:
        """A small number, the same for images of the same sub-folder."""
        return self._folders[1]

    @cached_property
    def folders(self) -> list[str]:
        """What each of these numbers means, in the order of the alphabet."""
        return self._folders[0]

    @cached_property
    def _folders(self) -> tuple[list[str], NDArray[np.int32]]:
        if self._table is not None:
            labels, codes = self._table.folders
            order = sorted(range(len(labels)), key=labels.__getitem__)
            places = np.empty(len(labels), np.int32)
            places[order] = np.arange(len(labels), dtype=np.int32)
            return [labels[code] for code in order], places[codes]
        names, numbers = np.unique(np.array([entry.label for entry in self._images], np.str_), return_inverse=True)
        return [str(name) for name in names], numbers.astype(np.int32)

    @cached_property
    def names(self) -> list[str]:
        """Sub-folder and file of each, for those who look for a part of it whatever the case."""
        if self._table is not None:
            labels, codes = self._table.folders
            pairs = zip(codes.tolist(), self._table.names(), strict=True)
            return [f"{labels[code]}/{name}".casefold() for code, name in pairs]
        return [f"{entry.label}/{entry.path.name}".casefold() for entry in self._images]

    @cached_property
    def sharpness(self) -> NDArray[np.float64]:
        """Infinite where nobody knows."""
        if self._table is None:
            return np.full(len(self._images), np.inf)
        return np.where(np.isnan(self._table.sharpness), np.inf, self._table.sharpness)

    @property
    def widths(self) -> NDArray[np.float64]:
        """In pixels, like the heights; infinite where only the name is known, like the sizes of the files in bytes."""
        return self._known(None if self._table is None else self._table.widths)

    @property
    def heights(self) -> NDArray[np.float64]:
        return self._known(None if self._table is None else self._table.heights)

    @property
    def file_sizes(self) -> NDArray[np.float64]:
        return self._known(None if self._table is None else self._table.sizes)

    def _known(self, column: NDArray[np.generic] | None) -> NDArray[np.float64]:
        return np.full(len(self._images), np.inf) if column is None else column.astype(np.float64)

    def count(self) -> None:
        """Beside the GUI thread, what it will ask for at each letter of a search and each redraw of the grid."""
        _ = self.names, self.sharpness

    @cached_property
    def dates(self) -> NDArray[np.float64]:
        """Seconds, infinite where nobody knows when it was taken."""
        taken = self._table.taken() if self._table is not None else (None for _entry in self._images)
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
