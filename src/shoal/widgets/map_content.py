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

    Larger clusters are served first. `cluster`: its id, 0 for what is none. `image`: stands for a name that says
    nothing, in a frame of the cluster's colour `argb`; -1 for none.
    """

    text: str
    x: float
    y: float
    count: int
    reach: float = 0.0
    cluster: int = 0
    image: int = -1
    argb: int = 0


@dataclass(frozen=True, slots=True)
class Described:
    """What is said of a picture where the mouse rests on its point."""

    name: str = ""
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class Legend:
    """What the colours mean: swatches (0xAARRGGBB, text), or a scale from its low to its high end.

    `ticks`: of the low end, the middle and the high end. `unknown`: some points have no such figure.
    """

    title: str = ""
    swatches: tuple[tuple[int, str], ...] = ()
    more: int = 0
    ticks: tuple[str, ...] = ()
    unknown: bool = False

    def __bool__(self) -> bool:
        return bool(self.swatches or self.ticks)
