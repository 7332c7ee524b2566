"""A cluster as up to five parts that differ, each with the picture that stands for it: what shows how mixed it is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

PARTS = 5
_SAMPLE = 2000
_ROUNDS = 6


@dataclass(frozen=True, slots=True, eq=False)
class UnlikeParts:
    """`labels`: part per row, 0.. by size, largest first; `faces`: the row that is most typical of each part."""

    labels: NDArray[np.int32]
    faces: tuple[int, ...]

    @property
    def sizes(self) -> list[int]:
        return [int(size) for size in np.bincount(self.labels, minlength=len(self.faces))]


def unlike_parts(vectors: NDArray[np.float32], most: int = PARTS) -> UnlikeParts:
    """Rows of unit length, at least one. K-means from a start of rows as unlike as can be (Gonzalez 1985)."""
    sample = vectors[:: max(1, len(vectors) // _SAMPLE)]
    centres = _start(sample, min(most, len(sample)))
    for _ in range(_ROUNDS):
        nearest = (sample @ centres.T).argmax(axis=1)
        for part in np.unique(nearest):
            total = sample[nearest == part].sum(axis=0)
            centres[part] = total / max(float(np.linalg.norm(total)), 1e-9)
    alike = vectors @ centres.T
    nearest = alike.argmax(axis=1)
    parts, counts = np.unique(nearest, return_counts=True)
    parts = parts[np.argsort(-counts, kind="stable")]
    number = np.zeros(len(centres), np.int32)
    number[parts] = np.arange(len(parts))
    faces = [int(np.where(nearest == part, alike[:, part], -2).argmax()) for part in parts]
    return UnlikeParts(number[nearest], tuple(faces))


def _start(sample: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    chosen = [int((sample @ sample.mean(axis=0)).argmax())]
    nearest = sample @ sample[chosen[0]]
    while len(chosen) < count:
        chosen.append(int(nearest.argmin()))
        nearest = np.maximum(nearest, sample @ sample[chosen[-1]])
    return sample[chosen].copy()
