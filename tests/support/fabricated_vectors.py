"""Unit vectors that are as hard to search and to cluster as those of real photographs, to a million, by code alone.

Real collections are no set of clear balls. Here kinds come in families and overlap within them; some are a thousand
times as large as others; each is wide in many directions of its own, the fewer the fewer pictures lie far out in them;
one row in twenty is nearly a copy of another (a burst, a resized copy), and one in ten belongs to nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

COPIES, UNSTRUCTURED = 0.05, 0.10
ROWS_AT_ONCE = 16_384
_IMAGES_PER_KIND = 90
_KINDS_PER_FAMILY = 12
_DIRECTIONS = 96
_LARGEST_COPY_DISTANCE = 0.01


@dataclass(frozen=True)
class Rows:
    """`kinds`: -1 where a row belongs to nothing; `copy_of`: the earlier row that it is nearly a copy of, else -1."""

    vectors: NDArray[np.float32]
    kinds: NDArray[np.int32]
    copy_of: NDArray[np.int64]


class Fabric:
    """`count` rows of `dimension` numbers, the same for the same seed, in parts that never need memory for all."""

    def __init__(self, count: int, dimension: int = 512, seed: int = 0) -> None:
        self.count, self.dimension, self._seed = count, dimension, seed
        random = np.random.default_rng([seed, 1])
        kinds = max(4, count // _IMAGES_PER_KIND if count < 60_000 else round(667 * (count / 60_000) ** 0.5))
        families = random.normal(size=(max(2, kinds // _KINDS_PER_FAMILY), dimension)) * self._fading(0.35)
        self._centres = families[random.integers(0, len(families), kinds)]
        self._centres += 0.22 * random.normal(size=(kinds, dimension)) * self._fading(0.35)
        self._spread = random.uniform(0.8, 1.4, kinds)
        share = random.pareto(1.1, kinds) + 0.15
        self._share = np.cumsum(share / share.sum())
        self._bases = [self._own_directions(np.random.default_rng([seed, 2, kind % 64])) for kind in range(64)]

    @property
    def kinds(self) -> int:
        return len(self._centres)

    def parts(self) -> Iterator[Rows]:
        """In order. A copy's original lies in the same part."""
        for number, start in enumerate(range(0, self.count, ROWS_AT_ONCE)):
            rows = min(ROWS_AT_ONCE, self.count - start)
            yield self._part(np.random.default_rng([self._seed, 3, number]), start, rows)

    def all(self) -> Rows:
        parts = list(self.parts())
        return Rows(*(np.concatenate([getattr(part, name) for part in parts]) for name in Rows.__annotations__))

    def _part(self, random: np.random.Generator, start: int, rows: int) -> Rows:
        kinds = np.searchsorted(self._share, random.random(rows)).clip(0, self.kinds - 1).astype(np.int32)
        vectors = np.empty((rows, self.dimension), np.float32)
        order = np.argsort(kinds, kind="stable")
        for members in np.split(order, np.flatnonzero(np.diff(kinds[order])) + 1):
            vectors[members] = self._of_kind(int(kinds[members[0]]), len(members), random)
        loose = random.random(rows) < UNSTRUCTURED
        vectors[loose] = random.normal(size=(int(loose.sum()), self.dimension)) * self._fading(0.25) * 1.2
        kinds[loose] = -1
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        copy_of = self._copies(vectors, kinds, random)
        return Rows(vectors, kinds, np.where(copy_of >= 0, copy_of + start, -1))

    def _of_kind(self, kind: int, count: int, random: np.random.Generator) -> NDArray[np.float32]:
        """Around its centre: far in few directions, less far in more, and a little in all."""
        within = random.standard_normal((count, _DIRECTIONS), np.float32) @ self._bases[kind % 64]
        noise = random.standard_normal((count, self.dimension), np.float32) * self._fading(0.5)
        far_out = random.gamma(4, 0.25, (count, 1)).astype(np.float32)
        return self._centres[kind] + self._spread[kind] * far_out**0.5 * (within + 0.45 * noise)

    def _copies(
        self, vectors: NDArray[np.float32], kinds: NDArray[np.int32], random: np.random.Generator
    ) -> NDArray[np.int64]:
        """Turn some rows into near copies of ones before them, in bursts of two to five."""
        copy_of = np.full(len(vectors), -1, np.int64)
        for place in np.flatnonzero(random.random(len(vectors)) < COPIES / 2):
            burst = np.arange(int(place) + 1, min(int(place) + int(random.integers(2, 5)), len(vectors)))
            copy_of[burst] = place
        copies = np.flatnonzero(copy_of >= 0)
        copies = copies[copy_of[copy_of[copies]] < 0]
        copy_of = np.where(np.isin(np.arange(len(vectors)), copies), copy_of, -1)
        originals = copy_of[copies]
        step = random.uniform(0, _LARGEST_COPY_DISTANCE, (len(copies), 1)) ** 0.5
        noise = random.standard_normal((len(copies), self.dimension), np.float32) / self.dimension**0.5
        moved = vectors[originals] + step * noise
        vectors[copies] = moved / np.linalg.norm(moved, axis=1, keepdims=True)
        kinds[copies] = kinds[originals]
        return copy_of

    def _own_directions(self, random: np.random.Generator) -> NDArray[np.float32]:
        basis = random.normal(size=(_DIRECTIONS, self.dimension)) * self._fading(0.35)
        strength = np.arange(1, _DIRECTIONS + 1) ** -0.45
        return (basis * (strength / np.sqrt((strength**2).sum()))[:, None]).astype(np.float32)

    def _fading(self, power: float) -> NDArray[np.float32]:
        """How wide things are in each direction, as the eigenvalues of real vectors fade."""
        widths = np.arange(1, self.dimension + 1, dtype=np.float64) ** -power
        return (widths / np.sqrt((widths**2).mean())).astype(np.float32)
