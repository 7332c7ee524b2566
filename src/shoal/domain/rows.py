"""Row numbers, image ids and by-image arrays are all small integers in arrays. Here they are different types.

What is derived of images (vectors, graph, map, proposal, tree) has one row per image and shares one `Rows`. What is
known of every image a project ever met (its cluster, its stack) is indexed by image id: `ByImage`.
"""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Generic, NewType, TypeVar

import numpy as np
from numpy.typing import NDArray

StageKey = NewType("StageKey", str)
"""Names a result by how it was made: staleness is a comparison and never a flag."""

NO_KEY = StageKey("")
Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Row i is about image `ids[i]` (int64, strictly ascending). `key`: what the rows were made from.

    The key covers the model and the images' contents, so that arrays whose rows have equal keys belong together.
    """

    ids: NDArray[np.int64]
    key: StageKey = NO_KEY

    def __post_init__(self) -> None:
        ids = self.ids
        if len(ids) and (ids[0] < 0 or not (ids[1:] > ids[:-1]).all()):
            raise ValueError("the image ids of rows must ascend from 0 on, each once")

    def __len__(self) -> int:
        return len(self.ids)

    def are(self, other: "Rows") -> bool:
        """Whether arrays with these rows can be joined to arrays with those."""
        return self is other or (self.key == other.key and np.array_equal(self.ids, other.ids))

    def require(self, other: "Rows", what: str) -> None:
        """Raises ValueError, for the developer, where `what` would be joined to rows that it was not made from."""
        if not self.are(other):
            raise ValueError(
                f"{what} of {len(other)} rows ({other.key or 'no key'}) cannot be joined to"
                f" {len(self)} rows ({self.key or 'no key'}): they are about different images"
            )

    def rows_of(self, images: NDArray[np.integer]) -> NDArray[np.intp]:
        """The row of each image id, in their order; -1 for an image that has none."""
        if not len(self.ids):
            return np.full(len(images), -1, np.intp)
        rows = np.minimum(np.searchsorted(self.ids, images), len(self.ids) - 1)
        return np.where(self.ids[rows] == images, rows, -1)

    def row_of(self, image: int) -> int | None:
        row = int(self.rows_of(np.array([image], np.int64))[0])
        return None if row < 0 else row

    def part(self, rows: NDArray[np.intp]) -> "Rows":
        """Only these of the rows, which ascend."""
        chosen = blake2b(np.asarray(rows, np.int64).tobytes(), digest_size=16).hexdigest()
        return Rows(self.ids[rows], StageKey(f"{self.key}/{chosen}"))

    def spread(self, values: NDArray[Number], count: int, missing: Any) -> "ByImage[Number]":
        """A value per row as a value per image id, for `count` images; `missing` where an image has no row."""
        spread = np.full(count, missing, values.dtype)
        spread[self.ids] = values
        return ByImage(spread)


@dataclass(frozen=True, slots=True, eq=False)
class ByImage(Generic[Number]):
    """`values[id]`: one value for each image that a project ever met."""

    values: NDArray[Number]

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, image: int) -> Number:
        """The value of one image."""
        return self.values[image]  # type: ignore[no-any-return]

    def of(self, rows: Rows) -> NDArray[Number]:
        """One value per row. Raises ValueError, for the developer, if there are rows of images not known here."""
        if len(rows) and rows.ids[-1] >= len(self.values):
            raise ValueError(f"a row is about image {rows.ids[-1]}, and only {len(self.values)} images are known")
        return self.values[rows.ids]


def rows_by_label(labels: NDArray[np.integer[Any]]) -> dict[int, NDArray[np.int64]]:
    """The rows of each label that occurs, in ascending order of both, in the time of one sorting."""
    order = np.argsort(labels, kind="stable")
    ends = np.flatnonzero(np.diff(labels[order])) + 1
    parts = np.split(order, ends) if len(order) else []
    return {int(labels[rows[0]]): rows for rows in parts}
