"""Ten kinds of thing as signed distance functions: what `shoal demo` photographs.

A shape is a list of parts. A part says how far points lie from its surface and what colour it has there. Lengths are
in units of about the size of the thing; y points up and the ground is y = 0. Points are three rows (x, y, z) of n
float32 numbers, distances n float32, colours 3 x n in 0..1 of linear light.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Distance = Callable[[Floats], Floats]
Colour = tuple[float, float, float]
Paint = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True)
class Part:
    distance: Distance
    paint: Paint
    gloss: float = 0.3


Shape = Sequence[Part]


def dot(first: Floats, second: Floats) -> Floats:
    """Of columns. Three products and two sums are several times faster than numpy's sum over so short an axis."""
    return np.asarray(first[0] * second[0] + first[1] * second[1] + first[2] * second[2], np.float32)


def length(vectors: Floats) -> Floats:
    return np.sqrt(dot(vectors, vectors))


def _plain(colour: Colour) -> Paint:
    column = np.array(colour, np.float32)[:, None]
    return lambda points: np.broadcast_to(column, points.shape)


def _either(first: Colour, second: Colour, choose: Callable[[Floats], NDArray[np.bool_]]) -> Paint:
    """Two colours: `second` wherever `choose` says so."""
    first_colour, second_colour = np.array(first, np.float32)[:, None], np.array(second, np.float32)[:, None]
    return lambda points: np.where(choose(points), second_colour, first_colour)


def _moved(distance: Distance, x: float = 0, y: float = 0, z: float = 0) -> Distance:
    offset = np.array([[x], [y], [z]], np.float32)
    return lambda points: distance(points - offset)


def _turned(distance: Distance, angle: float, axis: int) -> Distance:
    """Turn by `angle` radians about x (0), y (1) or z (2)."""
    across, along = [index for index in range(3) if index != axis]
    cos, sin = np.float32(np.cos(angle)), np.float32(np.sin(angle))

    def turned(points: Floats) -> Floats:
        rotated = points.copy()
        rotated[across] = cos * points[across] + sin * points[along]
        rotated[along] = cos * points[along] - sin * points[across]
        return distance(rotated)

    return turned


def _around(distance: Distance, count: int) -> Distance:
    """Repeat what lies along +x `count` times about the y axis."""
    step = 2 * np.pi / count

    def repeated(points: Floats) -> Floats:
        radius = np.hypot(points[0], points[2])
        angle = np.arctan2(points[2], points[0])
        angle -= step * np.round(angle / step)
        return distance(np.stack([radius * np.cos(angle), points[1], radius * np.sin(angle)]))

    return repeated


def _mirrored(distance: Distance, *axes: int) -> Distance:
    """What lies at positive coordinates also lies at the negative ones."""

    def mirrored(points: Floats) -> Floats:
        folded = points.copy()
        for axis in axes:
            np.abs(folded[axis], out=folded[axis])
        return distance(folded)

    return mirrored


def _box(x: float, y: float, z: float, rounding: float = 0.03) -> Distance:
    """Half sizes; rounded edges lie inside them."""
    half = np.array([[x], [y], [z]], np.float32) - np.float32(rounding)

    def box(points: Floats) -> Floats:
        outside = np.abs(points) - half
        beyond = np.maximum(outside, 0)
        inside = np.maximum(np.maximum(outside[0], outside[1]), outside[2])
        return np.asarray(length(beyond) + np.minimum(inside, 0) - np.float32(rounding), np.float32)

    return box


def _ellipsoid(x: float, y: float, z: float) -> Distance:
    """Approximate away from the surface, exact on it; never too long by much."""
    radii = np.array([[x], [y], [z]], np.float32)

    def ellipsoid(points: Floats) -> Floats:
        scaled = points / radii
        norm = length(scaled)
        scaled /= radii
        return np.asarray(norm * (norm - 1) / np.maximum(length(scaled), 1e-4), np.float32)

    return ellipsoid


def _cylinder(radius: float, half_height: float, rounding: float = 0.02) -> Distance:
    def cylinder(points: Floats) -> Floats:
        side = np.hypot(points[0], points[2]) - np.float32(radius - rounding)
        end = np.abs(points[1]) - np.float32(half_height - rounding)
        corner = np.hypot(np.maximum(side, 0), np.maximum(end, 0))
        return np.asarray(corner + np.minimum(np.maximum(side, end), 0) - np.float32(rounding), np.float32)

    return cylinder


def _torus(radius: float, thickness: float) -> Distance:
    """Lies in the x-y plane."""
    return lambda points: np.hypot(np.hypot(points[0], points[1]) - radius, points[2]) - np.float32(thickness)


def _rod(start: Colour, end: Colour, radius: float) -> Distance:
    """A round-ended rod between two points."""
    begin = np.array(start, np.float32)[:, None]
    along = np.array(end, np.float32)[:, None] - begin
    square = float((along * along).sum())

    def rod(points: Floats) -> Floats:
        offset = points - begin
        share = np.clip(dot(offset, along) / np.float32(square), 0, 1)
        offset -= along * share
        return length(offset) - np.float32(radius)

    return rod


def _turned_on_a_lathe(heights: Sequence[float], radii: Sequence[float]) -> Distance:
    """A solid of revolution about y through the given radii. Distances are shortened, for the slope is unknown."""
    low, high = heights[0], heights[-1]

    def lathe(points: Floats) -> Floats:
        radius = np.interp(points[1], heights, radii).astype(np.float32)
        side = (np.hypot(points[0], points[2]) - radius) * np.float32(0.75)
        end = np.maximum(points[1] - np.float32(high), np.float32(low) - points[1])
        return np.asarray(
            np.hypot(np.maximum(side, 0), np.maximum(end, 0)) + np.minimum(np.maximum(side, end), 0), np.float32
        )

    return lathe


def _without(distance: Distance, hole: Distance) -> Distance:
    return lambda points: np.maximum(distance(points), -hole(points))


def _joined(*distances: Distance) -> Distance:
    def joined(points: Floats) -> Floats:
        nearest = distances[0](points)
        for distance in distances[1:]:
            nearest = np.minimum(nearest, distance(points))
        return nearest

    return joined


def _one_of(rng: np.random.Generator, *colours: Colour) -> Colour:
    """One of the colours, a little lighter or darker."""
    shade = rng.uniform(0.85, 1.15)
    red, green, blue = colours[int(rng.integers(len(colours)))]
    return min(red * shade, 1.0), min(green * shade, 1.0), min(blue * shade, 1.0)


WHITE = (0.86, 0.85, 0.82)
DARK = (0.03, 0.03, 0.035)
WOOD = (0.32, 0.16, 0.07)
GREEN = (0.10, 0.32, 0.06)


def apple(rng: np.random.Generator) -> Shape:
    skin = _one_of(rng, (0.60, 0.03, 0.03), (0.62, 0.08, 0.04), (0.36, 0.52, 0.06), (0.55, 0.03, 0.08))
    blush = _one_of(rng, (0.62, 0.32, 0.05), (0.50, 0.50, 0.08))

    def body(points: Floats) -> Floats:
        ring = np.hypot(points[0], points[2]) - np.float32(0.19)
        return np.asarray(np.hypot(ring, points[1] - np.float32(0.48)) - np.float32(0.48), np.float32)

    phase = rng.uniform(0, 6)

    def paint(points: Floats) -> Floats:
        angle = np.arctan2(points[2], points[0])
        share = np.clip(0.35 + 0.5 * np.sin(angle + phase) - 0.9 * (points[1] - 0.5), 0, 0.8).astype(np.float32)
        return np.asarray(
            np.array(skin, np.float32)[:, None] * (1 - share) + np.array(blush, np.float32)[:, None] * share, np.float32
        )

    stem = _rod((0, 0.75, 0), (0.08, 1.12, 0.03), 0.03)
    leaf = _moved(_turned(_ellipsoid(0.2, 0.025, 0.1), -0.5, 2), 0.25, 1.1, 0)
    return [Part(body, paint, 0.6), Part(stem, _plain(WOOD), 0.1), Part(leaf, _plain(GREEN), 0.3)]


def ball(rng: np.random.Generator) -> Shape:
    colour = _one_of(rng, (0.75, 0.05, 0.05), (0.04, 0.16, 0.62), (0.78, 0.42, 0.02), (0.02, 0.42, 0.30))
    tilt = rng.uniform(-0.6, 0.6)

    def striped(points: Floats) -> NDArray[np.bool_]:
        x, y = points[0], points[1] - np.float32(0.6)
        along, up = x * np.cos(tilt) + y * np.sin(tilt), y * np.cos(tilt) - x * np.sin(tilt)
        stripes = np.sin(np.arctan2(points[2], along) * 4) > 0
        return np.asarray(stripes & (np.abs(up) < 0.55))

    return [Part(_moved(_ellipsoid(0.6, 0.6, 0.6), y=0.6), _either(colour, WHITE, striped), 0.8)]


def book(rng: np.random.Generator) -> Shape:
    cover = _one_of(rng, (0.40, 0.03, 0.05), (0.03, 0.10, 0.34), (0.04, 0.24, 0.14), (0.10, 0.09, 0.10))
    thick = rng.uniform(0.1, 0.17)
    boards = _joined(
        _moved(_box(0.55, 0.025, 0.75, 0.012), y=2 * thick + 0.03),
        _moved(_box(0.55, 0.025, 0.75, 0.012), y=0.025),
        _moved(_box(0.03, thick + 0.02, 0.75, 0.02), x=-0.55, y=thick + 0.025),
    )
    pages = _moved(_box(0.51, thick, 0.71, 0.005), y=thick + 0.025)
    title = (0.80, 0.62, 0.22)

    def printed(points: Floats) -> NDArray[np.bool_]:
        on_top = points[1] > 2 * thick
        line = (np.abs(points[0]) < 0.35) & (np.abs(points[2] + 0.32) < 0.06)
        frame = np.abs(np.maximum(np.abs(points[0]) - 0.45, np.abs(points[2]) - 0.65)) < 0.012
        return np.asarray(on_top & (line | frame))

    def leaves(points: Floats) -> NDArray[np.bool_]:
        return np.asarray(np.sin(points[1] * 260) > 0.3)

    paper = Part(pages, _either((0.80, 0.75, 0.62), (0.60, 0.55, 0.44), leaves), 0.0)
    return [Part(boards, _either(cover, title, printed), 0.25), paper]


def bottle(rng: np.random.Generator) -> Shape:
    glass = _one_of(rng, (0.02, 0.16, 0.05), (0.20, 0.07, 0.01), (0.03, 0.12, 0.20))
    tall = rng.uniform(0.66, 0.74)
    heights = [0, 0.05, 0.9 * tall, 1.15 * tall, 1.3 * tall, 1.7 * tall]
    body = _turned_on_a_lathe(heights, [0.23, 0.26, 0.26, 0.15, 0.09, 0.085])
    cap = _moved(_cylinder(0.11, 0.07), y=1.7 * tall)
    label = _one_of(rng, (0.78, 0.72, 0.55), (0.80, 0.80, 0.78), (0.70, 0.30, 0.20))
    paper = _moved(_cylinder(0.268, 0.2, 0.01), y=0.5 * tall)
    stripe = _either(label, glass, lambda points: np.asarray(np.abs(points[1] - 0.5 * tall) < 0.05))
    return [Part(body, _plain(glass), 1.0), Part(paper, stripe, 0.1), Part(cap, _plain((0.55, 0.45, 0.2)), 0.7)]


def car(rng: np.random.Generator) -> Shape:
    colour = _one_of(rng, (0.62, 0.03, 0.03), (0.03, 0.14, 0.50), (0.70, 0.45, 0.02), (0.40, 0.42, 0.45))
    body = _moved(_box(0.95, 0.18, 0.42, 0.1), y=0.38)
    cabin = _moved(_box(0.5, 0.2, 0.37, 0.12), x=-0.08, y=0.66)
    wheel = _moved(_turned(_cylinder(0.2, 0.08), np.pi / 2, 0), 0.56, 0.2, 0.38)

    def glazed(points: Floats) -> NDArray[np.bool_]:
        pillar = (np.abs(points[0] + 0.08) < 0.03) | (np.abs(np.abs(points[0] + 0.08) - 0.42) < 0.03)
        return np.asarray((points[1] > 0.58) & (points[1] < 0.8) & ~pillar)

    lamp = _moved(_mirrored(_moved(_ellipsoid(0.04, 0.07, 0.07), z=0.28), 2), x=0.93, y=0.42)
    hub = _moved(_turned(_cylinder(0.1, 0.09), np.pi / 2, 0), 0.56, 0.2, 0.38)
    return [
        Part(body, _plain(colour), 0.9),
        Part(cabin, _either(colour, (0.04, 0.06, 0.08), glazed), 1.0),
        Part(_mirrored(wheel, 0, 2), _plain(DARK), 0.1),
        Part(_mirrored(hub, 0, 2), _plain((0.5, 0.5, 0.52)), 0.8),
        Part(lamp, _plain((0.85, 0.80, 0.60)), 0.9),
    ]


def chair(rng: np.random.Generator) -> Shape:
    colour = _one_of(rng, (0.34, 0.17, 0.07), (0.16, 0.07, 0.03), (0.50, 0.32, 0.16), (0.62, 0.60, 0.56))
    cloth = _one_of(rng, (0.35, 0.05, 0.05), (0.06, 0.14, 0.26), colour)
    legs = _mirrored(_rod((0.36, 0.0, 0.36), (0.32, 0.62, 0.32), 0.04), 0, 2)
    posts = _mirrored(_rod((0.34, 0.62, -0.34), (0.34, 1.3, -0.41), 0.04), 0)
    slats = _joined(*(_moved(_box(0.32, 0.055, 0.02, 0.015), y=height, z=-0.4) for height in (0.86, 1.03, 1.22)))
    frame = _joined(legs, posts, slats)
    seat = _moved(_box(0.4, 0.05, 0.4, 0.04), y=0.66)
    return [Part(frame, _plain(colour), 0.3), Part(seat, _plain(cloth), 0.1)]


def fish(rng: np.random.Generator) -> Shape:
    colour = _one_of(rng, (0.80, 0.26, 0.02), (0.75, 0.40, 0.03), (0.05, 0.25, 0.50), (0.70, 0.12, 0.04))
    stripe = _one_of(rng, WHITE, (0.10, 0.10, 0.15), (0.80, 0.62, 0.10))
    count = rng.uniform(6, 10)
    body = _ellipsoid(0.72, 0.4, 0.2)
    tail = _joined(
        _moved(_turned(_ellipsoid(0.26, 0.12, 0.035), 0.6, 2), -0.82, 0.14),
        _moved(_turned(_ellipsoid(0.26, 0.12, 0.035), -0.6, 2), -0.82, -0.14),
    )
    back = _moved(_turned(_ellipsoid(0.32, 0.14, 0.03), -0.15, 2), -0.05, 0.4)
    side = _mirrored(_moved(_turned(_ellipsoid(0.18, 0.09, 0.025), 0.5, 1), 0.1, -0.08, 0.22), 2)
    fins = _joined(tail, back, side)
    eye = _mirrored(_moved(_ellipsoid(0.075, 0.075, 0.06), 0.46, 0.1, 0.14), 2)
    pupil = _mirrored(_moved(_ellipsoid(0.04, 0.04, 0.04), 0.49, 0.1, 0.18), 2)
    paint = _either(colour, stripe, lambda points: np.asarray(np.sin(points[0] * count + 1) > 0.75))
    parts = [
        Part(body, paint, 0.8),
        Part(fins, _plain((colour[0], colour[1] * 0.7, colour[2])), 0.4),
        Part(eye, _plain(WHITE), 0.9),
        Part(pupil, _plain(DARK), 1.0),
    ]
    return [Part(_moved(part.distance, y=0.62), _paint_moved(part.paint, 0.62), part.gloss) for part in parts]


def _paint_moved(paint: Paint, y: float) -> Paint:
    offset = np.array([[0], [y], [0]], np.float32)
    return lambda points: paint(points - offset)


def flower(rng: np.random.Generator) -> Shape:
    colour = _one_of(rng, (0.78, 0.10, 0.28), (0.85, 0.80, 0.75), (0.45, 0.10, 0.55), (0.85, 0.55, 0.03))
    petals = int(rng.integers(7, 12))
    lean = rng.uniform(0.5, 0.9)
    petal = _moved(_turned(_ellipsoid(0.25, 0.035, 0.12), 0.2, 2), 0.3, 0.04)
    bloom = _moved(_turned(_around(petal, petals), lean, 0), y=1.02)
    centre = _moved(_turned(_ellipsoid(0.16, 0.09, 0.16), lean, 0), y=1.04, z=0.03)
    leaf = _moved(_turned(_ellipsoid(0.26, 0.02, 0.1), 0.6, 2), 0.22, 0.54)
    green = _joined(_rod((0, 0.3, 0), (0, 1.0, -0.02), 0.035), leaf, _turned(leaf, 2.4, 1))
    pot = _turned_on_a_lathe([0, 0.32, 0.33, 0.42], [0.2, 0.29, 0.33, 0.33])
    clay = _one_of(rng, (0.45, 0.16, 0.07), (0.40, 0.20, 0.12))
    yellow = (0.75, 0.48, 0.04) if colour[2] > 0.1 else (0.18, 0.08, 0.02)
    return [
        Part(bloom, _plain(colour), 0.2),
        Part(centre, _plain(yellow), 0.0),
        Part(green, _plain(GREEN), 0.2),
        Part(pot, _plain(clay), 0.1),
    ]


def house(rng: np.random.Generator) -> Shape:
    wall = _one_of(rng, (0.78, 0.72, 0.60), (0.62, 0.30, 0.22), (0.45, 0.55, 0.62), (0.75, 0.60, 0.25))
    tiles = _one_of(rng, (0.36, 0.08, 0.05), (0.16, 0.10, 0.09), (0.12, 0.15, 0.20))
    walls = _moved(_box(0.6, 0.36, 0.48, 0.01), y=0.36)

    def roof(points: Floats) -> Floats:
        slope = (points[1] - 0.72) * 0.72 + (np.abs(points[2]) - 0.58) * 0.69
        return np.asarray(np.maximum(np.maximum(slope, np.abs(points[0]) - 0.68), 0.7 - points[1]), np.float32)

    chimney = _moved(_box(0.08, 0.2, 0.08, 0.01), x=0.32, y=1.15, z=0.12)

    def opening(points: Floats) -> NDArray[np.bool_]:
        x, y, z = points
        window = (np.abs(np.abs(x) - 0.36) < 0.11) & (np.abs(y - 0.44) < 0.12)
        bars = (np.abs(np.abs(x) - 0.36) < 0.012) | (np.abs(y - 0.44) < 0.012)
        door = (np.abs(x) < 0.1) & (y < 0.4)
        gable = (np.abs(z) < 0.12) & (np.abs(y - 0.44) < 0.12) & (np.abs(x) > 0.59)
        return np.asarray(((window & ~bars) | door) & (np.abs(z) > 0.47) | gable)

    def rows(points: Floats) -> NDArray[np.bool_]:
        return np.asarray(np.sin(points[1] * 70) > 0.55)

    shade = (tiles[0] * 0.7, tiles[1] * 0.7, tiles[2] * 0.7)
    return [
        Part(walls, _either(wall, (0.05, 0.07, 0.10), opening), 0.1),
        Part(roof, _either(tiles, shade, rows), 0.15),
        Part(chimney, _plain((0.40, 0.14, 0.09)), 0.0),
    ]


def mug(rng: np.random.Generator) -> Shape:
    colour = _one_of(rng, WHITE, (0.05, 0.18, 0.42), (0.60, 0.10, 0.08), (0.12, 0.40, 0.36), (0.75, 0.55, 0.12))
    band = _one_of(rng, WHITE, colour, (0.10, 0.10, 0.12))
    radius, tall = rng.uniform(0.38, 0.46), rng.uniform(0.42, 0.52)
    outside = _moved(_cylinder(radius, tall, 0.03), y=tall)
    cup = _without(outside, _moved(_cylinder(radius - 0.05, tall, 0.03), y=tall + 0.08))
    handle = _without(_moved(_torus(0.25, 0.06), radius + 0.02, tall), _moved(_cylinder(radius - 0.02, tall), y=tall))
    drink = _moved(_cylinder(radius - 0.04, 0.02), y=tall * 1.5)
    middle = _either(colour, band, lambda points: np.asarray(np.abs(points[1] - tall) < 0.14))
    return [
        Part(cup, middle, 0.8),
        Part(handle, _plain(colour), 0.8),
        Part(drink, _plain((0.07, 0.03, 0.012)), 0.9),
    ]


KINDS: Mapping[str, Callable[[np.random.Generator], Shape]] = {
    maker.__name__: maker for maker in (apple, ball, book, bottle, car, chair, fish, flower, house, mug)
}
