"""From what a detector answers about one picture to its objects, each with a vector.

Everything comes out of one pass: the boxes from the head, the vectors from the maps that the head was fed with. A box
is laid over each map and the map averaged under it, as RoIAlign with 7 x 7 cells of 2 x 2 points and a mean over the
cells does it. That mean falls apart into one weight per row times one per column, so it takes two small products and
no library. The maps' parts are brought to unit length before they are joined: otherwise the one with the largest
numbers would decide alone.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shoal.domain.extension_points import FoundObjects
from shoal.domain.input_geometry import letterbox_place
from shoal.domain.objects import LEAST_CONFIDENCE
from shoal.embedding.unit_rows import unit_rows

Floats = NDArray[np.float32]

OVERLAP = 0.7  # of two boxes of a kind that share more than this, the surer one stays: Ultralytics' own choice
MOST_OBJECTS = 100
MOST_CANDIDATES = 1000
SMALLEST = 2.0  # pixels of the picture; less is no picture of anything
POINTS = 14  # per side: 7 cells of 2


@dataclass(frozen=True, slots=True)
class DetectorAnswer:
    """How the numbers about one picture are laid out: boxes, scores, and the maps, one after the other.

    Boxes 4 x a, centre and size as shares of the square; scores kinds x a; maps channels x n x n, one per stride.
    """

    side: int
    strides: tuple[int, ...]
    channels: tuple[int, ...]
    kinds: tuple[str, ...]

    @property
    def dimension(self) -> int:
        return sum(self.channels)

    def taken_apart(self, numbers: Floats) -> tuple[Floats, Floats, list[Floats]]:
        """Boxes, scores and maps; views, no copies."""
        sides = [self.side // stride for stride in self.strides]
        anchors = sum(side * side for side in sides)
        shapes: list[tuple[int, ...]] = [(4, anchors), (len(self.kinds), anchors)]
        shapes += [(channels, side, side) for channels, side in zip(self.channels, sides, strict=True)]
        ends = np.cumsum([int(np.prod(shape)) for shape in shapes])
        boxes, scores, *maps = (
            part.reshape(shape) for part, shape in zip(np.split(numbers, ends[:-1]), shapes, strict=True)
        )
        return boxes, scores, maps


def objects_in(numbers: Floats, answer: DetectorAnswer, size: tuple[int, int]) -> FoundObjects:
    """What stands in a picture of `size` (width, height), of which the detector said `numbers`."""
    shares, scores, maps = answer.taken_apart(numbers)
    scale, left, top = letterbox_place(answer.side, *size)
    corner = np.array([left, top, left, top], np.float32)
    whole = np.array([0, 0, *size], np.float32)
    boxes, kinds, confidences = _surest(shares * answer.side, scores)
    in_picture = ((boxes - corner) / np.float32(scale)).clip(0, whole[[2, 3, 2, 3]])
    large_enough = (in_picture[:, 2:] - in_picture[:, :2] >= SMALLEST).all(axis=1)
    in_picture = in_picture[large_enough][:MOST_OBJECTS]
    vectors = region_vectors(maps, np.vstack([in_picture, whole]) * np.float32(scale) + corner, answer.side)
    chosen = kinds[large_enough][:MOST_OBJECTS]
    return FoundObjects(
        in_picture,
        tuple(answer.kinds[kind] for kind in chosen),
        confidences[large_enough][:MOST_OBJECTS],
        vectors[:-1],
        vectors[-1],
    )


def region_vectors(maps: list[Floats], boxes: Floats, side: int) -> Floats:
    """A unit row for each of the `boxes` (n x 4: left, top, right, bottom, in pixels of the square)."""
    parts = []
    for map_ in maps:
        channels, rows, columns = map_.shape
        down = _axis_weights(boxes[:, 1] * rows / side, boxes[:, 3] * rows / side, rows)
        across = _axis_weights(boxes[:, 0] * columns / side, boxes[:, 2] * columns / side, columns)
        by_row = down @ map_.transpose(1, 0, 2).reshape(rows, channels * columns)
        parts.append(unit_rows((by_row.reshape(-1, channels, columns) * across[:, None]).sum(axis=2)))
    return unit_rows(np.concatenate(parts, axis=1))


def _axis_weights(begin: Floats, end: Floats, count: int) -> Floats:
    """Boxes x cells of a map along one axis: how much each cell counts for the mean under each box."""
    steps = (np.arange(POINTS) + 0.5) / POINTS
    points = (begin[:, None] + steps * (end - begin)[:, None] - 0.5).clip(0, count - 1)
    lower = np.floor(points).astype(np.intp)
    share = points - lower
    weights = np.zeros((len(begin), count))
    boxes = np.arange(len(begin))[:, None]
    np.add.at(weights, (boxes, lower), 1 - share)
    np.add.at(weights, (boxes, np.minimum(lower + 1, count - 1)), share)
    return (weights / POINTS).astype(np.float32)


def _surest(shares: Floats, scores: Floats) -> tuple[Floats, NDArray[np.intp], Floats]:
    """Boxes (left, top, right, bottom), kinds and confidences, surest first, without those that repeat one."""
    kinds, best = scores.argmax(axis=0), scores.max(axis=0)
    candidates = np.flatnonzero(best >= LEAST_CONFIDENCE)
    candidates = candidates[np.argsort(-best[candidates], kind="stable")][:MOST_CANDIDATES]
    centres, halves = shares[:2, candidates].T, shares[2:, candidates].T / 2
    boxes = np.concatenate([centres - halves, centres + halves], axis=1)
    kept = _without_overlaps(boxes, kinds[candidates])
    return boxes[kept], kinds[candidates][kept], best[candidates][kept]


def _without_overlaps(boxes: Floats, kinds: NDArray[np.intp]) -> NDArray[np.intp]:
    """Greedy non-maximum suppression within each kind; `boxes` come surest first."""
    areas = (boxes[:, 2:] - boxes[:, :2]).clip(0).prod(axis=1)
    waiting = np.arange(len(boxes))
    kept = []
    while len(waiting):
        first, waiting = waiting[0], waiting[1:]
        kept.append(first)
        corners = np.maximum(boxes[waiting, :2], boxes[first, :2])
        common = (np.minimum(boxes[waiting, 2:], boxes[first, 2:]) - corners).clip(0).prod(axis=1)
        overlap = common / np.maximum(areas[waiting] + areas[first] - common, 1e-9)
        waiting = waiting[(overlap <= OVERLAP) | (kinds[waiting] != kinds[first])]
    return np.array(kept, np.intp)
