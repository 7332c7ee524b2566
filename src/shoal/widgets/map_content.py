"""What the map is told to show."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class MapContent:
    """`images` int32, `x` and `y` float32, and `importance` float32 (most typical first), one each per point."""

    images: NDArray[np.int32]
    x: NDArray[np.float32]
    y: NDArray[np.float32]
    importance: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class MapName:
    """A cluster's name, its middle (x, y) and how far most of it reaches from there, in data units.

    Larger clusters are served first.
    """

    text: str
    x: float
    y: float
    count: int
    reach: float = 0.0
