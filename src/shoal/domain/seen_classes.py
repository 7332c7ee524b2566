"""What a network that was trained on classes takes pictures for."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CLASS_COUNT = 1000
"""Of ImageNet-1k."""
KEPT_CLASSES = 12
"""Of each picture so many classes, the likeliest, are remembered: what the others share says nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class SeenClasses:
    """Row i, of n pictures: its k likeliest `classes` (n x k uint16), the likeliest first, and their `probabilities`.

    These are n x k float32, 0..1, at most 1 in all. A picture that nothing is known of has probabilities of 0.
    """

    classes: NDArray[np.uint16]
    probabilities: NDArray[np.float32]

    def __post_init__(self) -> None:
        if self.classes.shape != self.probabilities.shape:
            raise ValueError(f"classes {self.classes.shape} but probabilities {self.probabilities.shape}")

    def __len__(self) -> int:
        return len(self.classes)

    def part(self, rows: NDArray[np.integer] | slice) -> "SeenClasses":
        """Only these rows, in their order."""
        return SeenClasses(self.classes[rows], self.probabilities[rows])

    def probability_of(self, classes: NDArray[np.bool_]) -> NDArray[np.float32]:
        """That each picture shows one of the classes marked in `classes` (one flag a class)."""
        shares: NDArray[np.float32] = (classes[self.classes] * self.probabilities).sum(axis=1, dtype=np.float32)
        return shares


def likeliest(probabilities: NDArray[np.floating]) -> SeenClasses:
    """What is worth keeping of n x classes probabilities; of equal ones the earlier class."""
    kept = min(KEPT_CLASSES, probabilities.shape[1])
    order = np.argsort(-probabilities, axis=1, kind="stable")[:, :kept]
    return SeenClasses(order.astype(np.uint16), np.take_along_axis(probabilities, order, axis=1).astype(np.float32))


def nothing_seen(count: int) -> SeenClasses:
    """Of so many pictures."""
    return SeenClasses(np.zeros((count, KEPT_CLASSES), np.uint16), np.zeros((count, KEPT_CLASSES), np.float32))


def joined(parts: Sequence[SeenClasses]) -> SeenClasses:
    """One below the other."""
    return SeenClasses(
        np.concatenate([part.classes for part in parts]), np.concatenate([part.probabilities for part in parts])
    )
