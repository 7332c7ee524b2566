"""The part of a picture that it is of, read off the last map of a network that was trained to name things.

A place counts by the length of its numbers there (the network was taught to answer to things and not to what is around
them), times how unlike it is to the places along the edge (what is at the edge is mostly ground; Wei et al. 2012). The
largest area above a share of the range is the part, if it stands out.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

Shares = tuple[float, float, float, float]
"""Left, top, right, bottom, as shares of width and height."""

_ABOVE: Final = 0.6
"""The share of the range between the least and the most that a place must exceed."""
_CLEAR: Final = 4.15
"""How much a part must stand out. A crate of apples is its own subject, and no apple of it is.

Lower, more is found in pictures pasted on scenes, and shirts and shelves lose: see `bench_focus.py`.
"""
_LEAST_SHARE: Final = 0.2
"""Of all attention, which a part must have: on a shelf it goes to many places, and no one of them is the subject."""
_ALIKE_AT_EDGE: Final = 5
"""Places at the edge that a place is compared with: the most alike."""


@dataclass(frozen=True, slots=True, eq=False)
class Attention:
    """`strength` rows x columns, 0 to 1: how much the network looks there. `mask`: the places of the part.

    `edge`: what each channel of the map is on average along the edge of the picture.
    """

    strength: NDArray[np.float32]
    mask: NDArray[np.bool_]
    edge: NDArray[np.float32]

    @property
    def box(self) -> Shares:
        """Around the part."""
        rows, columns = np.flatnonzero(self.mask.any(axis=1)), np.flatnonzero(self.mask.any(axis=0))
        height, width = self.mask.shape
        return (
            float(columns[0]) / width,
            float(rows[0]) / height,
            float(columns[-1] + 1) / width,
            float(rows[-1] + 1) / height,
        )

    @property
    def of_all(self) -> "Attention":
        """The whole picture as the part."""
        return replace(self, mask=np.ones_like(self.mask))

    @property
    def certainty(self) -> float:
        """How much of all attention the part gets, 0 to 1."""
        return float(self.strength[self.mask].sum() / max(float(self.strength.sum()), 1e-6))


def attention(last_map: NDArray[np.float32]) -> Attention:
    """`last_map`: channels x rows x columns, two rows and columns at least. All of it where nothing stands out."""
    strength = _strength(last_map)
    edge = last_map[:, _at_edge(strength)].mean(axis=1)
    part = Attention(strength, _largest_area(strength > _ABOVE, strength), edge)
    clear = part.certainty > _LEAST_SHARE and _standing_out(last_map, part.mask) >= _CLEAR
    return part if clear else part.of_all


def _standing_out(last_map: NDArray[np.float32], mask: NDArray[np.bool_]) -> float:
    """How much longer the numbers are inside than outside, over how alike the means of both are (cosine)."""
    if mask.all():
        return 0.0
    inside, outside = last_map[:, mask], last_map[:, ~mask]
    lengths = [max(float(np.linalg.norm(places, axis=0).mean()), 1e-6) for places in (inside, outside)]
    subject, other = inside.mean(axis=1), outside.mean(axis=1)
    alike = float(subject @ other) / max(float(np.linalg.norm(subject) * np.linalg.norm(other)), 1e-6)
    return lengths[0] / lengths[1] / max(alike, 0.05)


def _strength(last_map: NDArray[np.float32]) -> NDArray[np.float32]:
    channels, rows, columns = last_map.shape
    places = last_map.reshape(channels, -1).T
    lengths = np.linalg.norm(places, axis=1)
    unit = places / np.maximum(lengths, 1e-6)[:, np.newaxis]
    alike = unit @ unit.T
    np.fill_diagonal(alike, 0)
    strength = lengths.reshape(rows, columns)
    nearest = np.sort(alike[:, _at_edge(strength).ravel()], axis=1)[:, -_ALIKE_AT_EDGE:].mean(axis=1)
    strength = strength * np.maximum(1 - nearest, 0).reshape(rows, columns)
    least, most = float(strength.min()), float(strength.max())
    scaled: NDArray[np.float32] = ((strength - least) / max(most - least, 1e-6)).astype(np.float32)
    return scaled if most > least else np.ones_like(scaled)


def _at_edge(places: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which of rows x columns are outermost."""
    at_edge = np.ones(places.shape, np.bool_)
    at_edge[1:-1, 1:-1] = False
    return at_edge


def _largest_area(above: NDArray[np.bool_], strength: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Of the areas that hang together, corners included, the one with the most strength; there is always one."""
    waiting = {(int(row), int(column)) for row, column in np.argwhere(above)}
    best, most = np.zeros_like(above), -1.0
    while waiting:
        area = _area_around(waiting.pop(), waiting)
        weight = float(sum(strength[place] for place in area))
        if weight > most:
            best, most = np.zeros_like(above), weight
            best[tuple(np.array(area).T)] = True
    return best


def _area_around(start: tuple[int, int], waiting: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """All that hangs together with `start`, taken out of `waiting`."""
    area, queue = [start], [start]
    while queue:
        row, column = queue.pop()
        around = {(row + down, column + across) for down in (-1, 0, 1) for across in (-1, 0, 1)} & waiting
        waiting -= around
        area += around
        queue += around
    return area
