"""The arrays the pipeline passes from stage to stage. Row i always means rows.ids[i].

Each value carries the key of how it was made and the rows it was made from, so that staleness is a comparison and
never a flag.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from shoal.domain.input_geometry import InputGeometry, letterbox_place
from shoal.domain.rows import ByImage, Rows, StageKey
from shoal.domain.seen_classes import SeenClasses

__all__ = [
    "ByImage",
    "ClusterTree",
    "EmbeddingKey",
    "EmbeddingMatrix",
    "InputGeometry",
    "MapLayout",
    "NeighbourGraph",
    "Outliers",
    "Proposal",
    "Rows",
    "Shoot",
    "StageKey",
    "letterbox_place",
    "stage_key",
]


def stage_key(stage: str, upstream: str, **parameters: str | float | bool | None) -> StageKey:
    """Name a result by how it was made: the stage, the key of its input, and every parameter that matters."""
    text = json.dumps([stage, upstream, parameters], sort_keys=True)
    return StageKey(hashlib.blake2b(text.encode(), digest_size=16).hexdigest())


@dataclass(frozen=True, slots=True)
class EmbeddingKey:
    """Two vectors are comparable only if their keys are equal."""

    model: str
    layer: str
    weights_hash: str
    input_size: int
    preprocessing: str

    @property
    def digest(self) -> str:
        return stage_key("embedding", "", **asdict(self))


def _require_one_row_per_image(rows: Rows, *arrays: NDArray[np.generic]) -> None:
    for array in arrays:
        if len(array) != len(rows):
            raise ValueError(f"{len(rows)} images but {len(array)} rows")


@dataclass(frozen=True, slots=True, eq=False)
class EmbeddingMatrix:
    """`vectors`: n x dimension float32, every row of unit length. `classes`: from a model that knows any.

    `lengths` (n float32): what rows are multiplied with to be as the network gave them; None where nobody knows.
    """

    rows: Rows
    vectors: NDArray[np.float32]
    classes: SeenClasses | None = None
    lengths: NDArray[np.float32] | None = None

    def __post_init__(self) -> None:
        _require_one_row_per_image(self.rows, self.vectors)
        if self.lengths is not None:
            _require_one_row_per_image(self.rows, self.lengths)
        if self.classes is not None:
            _require_one_row_per_image(self.rows, self.classes.classes)

    @property
    def key(self) -> StageKey:
        """Covers the model and the images' contents."""
        return self.rows.key

    @property
    def raw(self) -> NDArray[np.float32]:
        """The rows as the network gave them, to the last digit or two; of unit length where nobody knows better."""
        return self.vectors if self.lengths is None else self.vectors * self.lengths[:, None]

    def part(self, rows: NDArray[np.intp]) -> "EmbeddingMatrix":
        """Only these of the rows, which ascend."""
        classes = None if self.classes is None else self.classes.part(rows)
        lengths = None if self.lengths is None else self.lengths[rows]
        return EmbeddingMatrix(self.rows.part(rows), self.vectors[rows], classes, lengths)


@dataclass(frozen=True, slots=True, eq=False)
class NeighbourGraph:
    """Row i lists the rows (not image ids) most similar to row i, nearest first, without i itself.

    `indices` n x k int32, -1 where fewer than k exist; `distances` n x k float32, cosine distance in 0..2.
    """

    key: StageKey
    rows: Rows
    indices: NDArray[np.int32]
    distances: NDArray[np.float32]

    def __post_init__(self) -> None:
        _require_one_row_per_image(self.rows, self.indices, self.distances)


@dataclass(frozen=True, slots=True, eq=False)
class MapLayout:
    """`positions` n x d float32 (d = 2 for the map); `method` says how they came about: "pca" or "umap"."""

    key: StageKey
    rows: Rows
    positions: NDArray[np.float32]
    method: Literal["pca", "umap"] = "umap"

    def __post_init__(self) -> None:
        _require_one_row_per_image(self.rows, self.positions)


@dataclass(frozen=True, slots=True, eq=False)
class Proposal:
    """`labels` n int32: proposed cluster per row, 0..k-1 with the largest first, -1 for images that belong nowhere.

    Per proposed cluster: `typical` (k rows, the medoids) and `tightness` (k float32, mean cosine similarity of the
    members to their centre, 0..1). Per row: `silhouette` (n float32, -1..1, 0 for images that belong nowhere).
    """

    key: StageKey
    rows: Rows
    labels: NDArray[np.int32]
    typical: NDArray[np.int32]
    tightness: NDArray[np.float32]
    silhouette: NDArray[np.float32]
    algorithm: str

    def __post_init__(self) -> None:
        _require_one_row_per_image(self.rows, self.labels, self.silhouette)
        if len(self.typical) != len(self.tightness):
            raise ValueError(f"{len(self.typical)} typical images but {len(self.tightness)} clusters")

    @property
    def cluster_count(self) -> int:
        return len(self.typical)


@dataclass(frozen=True, slots=True, eq=False)
class ClusterTree:
    """Row i means rows.ids[i].

    `order`: the n rows (int32) in a line such that every cluster, of whatever cut, is a run of it.
    `opens_at`: n - 1 numbers (int32); between order[i] and order[i + 1] lies a border in every cut into at least
    opens_at[i] clusters. Cuts are nested: a finer one only adds borders. Equal images are never parted.
    """

    key: StageKey
    rows: Rows
    order: NDArray[np.int32]
    opens_at: NDArray[np.int32]

    def __post_init__(self) -> None:
        _require_one_row_per_image(self.rows, self.order)
        if len(self.opens_at) != max(len(self.order) - 1, 0):
            raise ValueError(f"a line of {len(self.order)} rows with {len(self.opens_at)} gaps")

    @property
    def most(self) -> int:
        """The largest number of clusters it can be cut into: the number of distinct images."""
        return int(np.count_nonzero(self.opens_at <= len(self.order))) + 1 if len(self.order) else 0

    def cut(self, count: int) -> NDArray[np.int32]:
        """Return labels 0..count-1 per row, `count` held between 1 and `most`. A millisecond at 100,000 images."""
        borders = self.opens_at <= min(max(count, 1), len(self.order))
        labels = np.zeros(len(self.order), np.int32)
        labels[self.order[1:]] = np.cumsum(borders, dtype=np.int32)
        return labels


@dataclass(frozen=True, slots=True, eq=False)
class Outliers:
    """How odd each image is among all; not a number where there are too few to tell.

    `isolation` n float32, of an isolation forest: 0.5 for a usual one, towards 1 the odder. `oddness` n float32: how
    much farther than usual it is from its nearest neighbours, in standard deviations.
    """

    key: StageKey
    rows: Rows
    isolation: NDArray[np.float32]
    oddness: NDArray[np.float32]

    def __post_init__(self) -> None:
        _require_one_row_per_image(self.rows, self.isolation, self.oddness)


@dataclass(frozen=True, slots=True, eq=False)
class Shoot:
    """How pictures were taken, per row: `shots` their place in the order in which they were, `series` the number of the
    series that they belong to, -1 for none, and `kinds` of which kind that is, as `domain.stacks` has them."""

    key: StageKey
    rows: Rows
    shots: NDArray[np.int32]
    series: NDArray[np.int32]
    kinds: NDArray[np.int32]

    def __post_init__(self) -> None:
        _require_one_row_per_image(self.rows, self.shots, self.series, self.kinds)
