"""The sample set of `shoal demo`: pictures of known things that this file draws itself, the same for a given seed.

Every picture is a small photo studio: one thing from `sample_shapes` stands on a table, a ray is marched from a
camera through each pixel, one lamp throws soft shadows. The thing's colour and proportions, the camera, the lamp, the
table and the wall differ from picture to picture.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from shoal.domain.images import RgbImage
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.samples.sample_shapes import KINDS, Colour, Floats, Shape, dot, length

SIZE = (640, 480)
"""Width and height in pixels."""
VIEWS_PER_KIND = 15
CENTRE = np.array([[0], [0.6], [0]], np.float32)
REACH = 1.35
"""Every thing lies within this distance of `CENTRE`."""
MARCH_STEPS = 44
SHADOW_STEPS = 14


@dataclass(frozen=True, slots=True)
class SamplePicture:
    """One picture to draw. Its file name ends in the kind, so that everybody can check how well it was sorted."""

    kind: str
    view: int
    number: int

    @property
    def file_name(self) -> str:
        return f"{self.number:04d}-{self.kind}.jpg"


@dataclass(frozen=True, slots=True)
class Studio:
    """Where a picture is taken. `to_lamp` is a unit column; colours are linear light."""

    eye: Floats
    field_of_view: float
    to_lamp: Floats
    lamp: Colour
    wall: Colour
    table: Floats
    table_scale: float


def sample_pictures(views: int = VIEWS_PER_KIND, seed: int = 0) -> list[SamplePicture]:
    """Every kind `views` times, in an order that gives nothing away."""
    all_views = [(kind, view) for kind in KINDS for view in range(views)]
    order = np.random.default_rng(seed).permutation(len(all_views))
    return [SamplePicture(kind, view, number) for number, (kind, view) in enumerate((all_views[i] for i in order), 1)]


def write_sample_pictures(folder: Path, pictures: Sequence[SamplePicture], task: Task, seed: int = 0) -> None:
    """Draw the pictures into a folder that exists, two at a time. A file that is there already is left as it is."""
    missing = [picture for picture in pictures if not os.path.lexists(folder / picture.file_name)]
    with ThreadPoolExecutor(2, "drawing") as pool:
        drawn = _a_few_ahead(pool, lambda picture: render(picture.kind, picture.view, seed), missing)
        for picture, pixels in zip(task.track(missing, Sentence("Drawing sample pictures")), drawn, strict=True):
            _save(folder / picture.file_name, pixels, picture.number)


def _a_few_ahead(
    pool: ThreadPoolExecutor, draw: Callable[[SamplePicture], RgbImage], pictures: Sequence[SamplePicture]
) -> Iterator[RgbImage]:
    """Results in order with at most four pictures in the making, so that a cancel has little to wait for."""
    rest = iter(pictures)
    waiting = [pool.submit(draw, picture) for picture in islice(rest, 4)]
    while waiting:
        yield waiting.pop(0).result()
        waiting.extend(pool.submit(draw, picture) for picture in islice(rest, 1))


def _save(path: Path, pixels: RgbImage, number: int) -> None:
    taken = datetime(2026, 5, 1, 9) + timedelta(minutes=7 * number)
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Shoal", "Sample camera"
    exif.get_ifd(0x8769)[0x9003] = taken.strftime("%Y:%m:%d %H:%M:%S")
    try:
        with path.open("xb") as file:
            Image.fromarray(pixels).save(file, "JPEG", quality=88, exif=exif)
    except FileExistsError:
        return


def render(kind: str, view: int, seed: int = 0, size: tuple[int, int] = SIZE) -> RgbImage:
    """Draw one view of one kind, `size` (width, height) pixels."""
    rng = np.random.default_rng([seed, list(KINDS).index(kind), view])
    shape, studio = KINDS[kind](rng), _studio(rng)
    marched = (size[0] * 3 // 4, size[1] * 3 // 4)  # enlarged afterwards: half the work, hardly softer than a lens
    rays = _rays(studio, marched)
    light = _background(studio, shape, rays)
    _paint_thing(light, studio, shape, rays, pixel=2 * np.tan(studio.field_of_view / 2) / marched[1])
    return _with_grain(Image.fromarray(_developed(light, marched, rng)).resize(size, Image.Resampling.LANCZOS), rng)


def _studio(rng: np.random.Generator) -> Studio:
    around, up = np.pi / 2 + rng.uniform(-1.25, 1.25), rng.uniform(0.22, 0.65)
    distance = rng.uniform(4.1, 4.8)
    eye = CENTRE + distance * _direction(around, up)
    lamp_turn = around + rng.choice([-1, 1]) * rng.uniform(0.4, 1.7)
    warm = rng.uniform(0.85, 1.0)
    wall = np.array(_WALLS[int(rng.integers(len(_WALLS)))]) * rng.uniform(0.8, 1.2)
    table = _table(int(rng.integers(len(_TABLES))), int(rng.integers(4)))
    return Studio(
        eye=eye.astype(np.float32),
        field_of_view=rng.uniform(0.38, 0.43),
        to_lamp=_direction(lamp_turn, rng.uniform(0.6, 1.2)).astype(np.float32),
        lamp=(1.25, 1.25 * (0.5 + warm / 2), 1.25 * warm),
        wall=(float(wall[0]), float(wall[1]), float(wall[2])),
        table=table,
        table_scale=rng.uniform(0.9, 1.4),
    )


def _direction(around: float, up: float) -> Floats:
    return np.array([[np.cos(around) * np.cos(up)], [np.sin(up)], [np.sin(around) * np.cos(up)]], np.float32)


# The tables and walls


@cache
def _clouds(seed: int, cells: tuple[int, int], octaves: int = 4) -> Floats:
    """Smooth noise in 0..1 that tiles, 512 x 512; `cells` are those of the coarsest octave (x, y)."""
    rng = np.random.default_rng(seed)
    total, weight = np.zeros((512, 512), np.float32), 1.0
    for octave in range(octaves):
        across, down = cells[0] << octave, cells[1] << octave
        grid = rng.random((down, across), np.float32)
        tiled = Image.fromarray(np.pad(grid, 2, "wrap"))
        box = (2.0, 2.0, across + 2.0, down + 2.0)
        total += weight * np.asarray(tiled.resize((512, 512), Image.Resampling.BICUBIC, box=box))
        weight /= 2
    return np.asarray((total - total.min()) / np.ptp(total), np.float32)


def _mixed(share: Floats, first: Colour, second: Colour) -> Floats:
    return share[..., None] * np.array(second, np.float32) + (1 - share[..., None]) * np.array(first, np.float32)


def _wood(seed: int) -> Floats:
    rings = np.sin(_clouds(seed, (2, 12), 5) * 40) * 0.5 + 0.5
    board = (np.arange(512) // 128 % 4)[:, None] * 0.06
    grain = 0.6 * rings + 0.4 * _clouds(seed + 1, (4, 64), 3)
    seam = (np.arange(512) % 128 < 2)[:, None]
    return np.where(
        seam[..., None], 0.03, _mixed(grain, (0.26, 0.13, 0.06), (0.48, 0.28, 0.14)) * (1 - board[..., None])
    )


def _cloth(seed: int) -> Floats:
    wave = np.sin(np.arange(512) * 2 * np.pi / 8)
    weave = 0.5 + 0.25 * (wave[:, None] + wave[None, :]) * (0.6 + 0.4 * _clouds(seed, (4, 4)))
    dyes: list[Colour] = [(0.55, 0.50, 0.42), (0.20, 0.26, 0.36), (0.46, 0.30, 0.28), (0.30, 0.36, 0.28)]
    dye = np.array(dyes[seed % 4], np.float32)
    return np.asarray((weave[..., None] * 0.35 + 0.75) * dye, np.float32)


def _tiles(seed: int) -> Floats:
    row, column = np.indices((512, 512))
    dark = (row // 128 + column // 128) % 2
    gap = (row % 128 < 3) | (column % 128 < 3)
    tone = _mixed(
        (0.75 * dark + 0.25 * _clouds(seed, (8, 8))).astype(np.float32), (0.56, 0.54, 0.51), (0.34, 0.39, 0.41)
    )
    return np.where(gap[..., None], 0.4, tone)


def _grass(seed: int) -> Floats:
    return _mixed(_clouds(seed, (24, 24), 5), (0.04, 0.12, 0.02), (0.26, 0.40, 0.09))


def _sand(seed: int) -> Floats:
    fine = 0.5 * _clouds(seed, (4, 4), 3) + 0.5 * _clouds(seed + 1, (128, 128), 2)
    return _mixed(fine, (0.46, 0.36, 0.24), (0.74, 0.64, 0.48))


def _paper(seed: int) -> Floats:
    tints: list[Colour] = [(0.75, 0.74, 0.72), (0.70, 0.62, 0.62), (0.56, 0.64, 0.72), (0.70, 0.70, 0.56)]
    return _mixed(_clouds(seed, (64, 64), 3), tints[seed % 4], WHITE_PAPER)


@cache
def _table(kind: int, seed: int) -> Floats:
    """A square of 512 x 512 x 3 that tiles, linear light."""
    return np.ascontiguousarray(_TABLES[kind](seed), np.float32)


WHITE_PAPER = (0.80, 0.79, 0.77)
_TABLES: Sequence[Callable[[int], Floats]] = (_wood, _cloth, _tiles, _grass, _sand, _paper)
_WALLS: Sequence[Colour] = (
    (0.60, 0.60, 0.58), (0.34, 0.46, 0.60), (0.58, 0.50, 0.40), (0.30, 0.36, 0.32), (0.22, 0.22, 0.25),
    (0.60, 0.46, 0.46),
)  # fmt: skip


# Rays, marching and light


@dataclass(frozen=True, slots=True)
class Rays:
    """Unit directions (3 x n) from the eye, one per pixel, row by row."""

    eye: Floats
    directions: Floats

    def at(self, lengths: Floats, chosen: NDArray[np.intp]) -> Floats:
        return self.eye + self.directions[:, chosen] * lengths


def _unit(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.maximum(length(vectors), 1e-6), np.float32)


def _rays(studio: Studio, size: tuple[int, int]) -> Rays:
    width, height = size
    ahead = _unit(CENTRE - studio.eye)
    right = _unit(np.cross(ahead, [[0], [1], [0]], axis=0).astype(np.float32))
    above = np.cross(right, ahead, axis=0)
    half = np.tan(studio.field_of_view / 2)
    row, column = np.indices((height, width), np.float32).reshape(2, -1)
    x, y = (column + 0.5 - width / 2) / (height / 2), (height / 2 - row - 0.5) / (height / 2)
    return Rays(studio.eye, _unit(ahead + half * (right * x + above * y)).astype(np.float32))


def _distance(shape: Shape, points: Floats) -> Floats:
    nearest = shape[0].distance(points)
    for part in shape[1:]:
        nearest = np.minimum(nearest, part.distance(points))
    return nearest


def _near_thing(origin: Floats, directions: Floats) -> tuple[NDArray[np.intp], Floats, Floats]:
    """Which rays meet the ball around the thing, and where they enter and leave it."""
    towards = CENTRE - origin
    along = dot(towards, directions)
    inside = REACH**2 - (dot(towards, towards) - along * along)
    chosen = np.flatnonzero((inside > 0) & (along > -REACH))
    half = np.sqrt(inside[chosen])
    return chosen, np.maximum(along[chosen] - half, 0.02), along[chosen] + half


def _march(shape: Shape, rays: Rays, pixel: float) -> tuple[NDArray[np.intp], Floats, Floats]:
    """The rays that hit or graze the thing, how far along, and how much of the pixel it covers (0..1)."""
    chosen, reached, end = _near_thing(rays.eye, rays.directions)
    best, closest = reached.copy(), np.full(len(reached), 9, np.float32)
    active = np.arange(len(chosen))
    for _step in range(MARCH_STEPS):
        gap = _distance(shape, rays.at(reached[active], chosen[active]))
        off = gap / (reached[active] * pixel)
        nearer = off < closest[active]
        best[active[nearer]], closest[active[nearer]] = reached[active[nearer]], off[nearer]
        reached[active] += np.maximum(gap, 0.002) * 0.9
        active = active[(off > 0.1) & (reached[active] < end[active])]
        if not len(active):
            break
    grazed = closest < 1
    return chosen[grazed], best[grazed], np.clip(1.1 - closest[grazed], 0, 1)


def _lit(shape: Shape, points: Floats, to_lamp: Floats) -> Floats:
    """How much of the lamp a point sees, 0..1, with a soft edge."""
    light = np.ones(points.shape[1], np.float32)
    chosen, reached, end = _near_thing(points, np.broadcast_to(to_lamp, points.shape))
    reached = np.maximum(reached, 0.04)
    active = np.arange(len(chosen))
    for _step in range(SHADOW_STEPS):
        gap = _distance(shape, points[:, chosen[active]] + to_lamp * reached[active])
        seen = np.clip(0.5 + 9 * gap / reached[active], 0, 1)
        light[chosen[active]] = np.minimum(light[chosen[active]], seen)
        reached[active] += np.clip(gap, 0.04, 0.4)
        active = active[(seen > 0) & (reached[active] < end[active])]
        if not len(active):
            break
    return light


def _background(studio: Studio, shape: Shape, rays: Rays) -> Floats:
    """Table and wall, 3 x n linear light. The table fades into the wall, as on a photographer's paper sweep."""
    down = np.minimum(rays.directions[1], -1e-3)
    ground = studio.eye - rays.directions * (studio.eye[1] / down)
    across = np.hypot(ground[0], ground[2])
    wall = np.array(studio.wall, np.float32)[:, None] * (0.95 + 1.2 * rays.directions[1])
    tile = (ground[[0, 2]] * (studio.table_scale * 180)).astype(np.int64) % 512
    table = studio.table[tile[1], tile[0]].T
    shade = np.ones(len(across), np.float32)
    close = np.flatnonzero(across < 4)
    nearness = _distance(shape, ground[:, close])
    contact = 0.45 + 0.55 * np.clip(nearness / 0.35, 0, 1) ** 0.6
    shade[close] = 0.38 * contact + 0.62 * _lit(shape, ground[:, close], studio.to_lamp)
    lamp = np.array(studio.lamp, np.float32)[:, None] * studio.to_lamp[1]
    fade = np.clip((across - 3.2) / 3.5, 0, 1) ** 0.8
    fade[rays.directions[1] > -0.02] = 1
    return np.asarray(table * lamp * shade * (1 - fade) + wall * fade, np.float32)


def _normals(shape: Shape, points: Floats) -> Floats:
    """By four samples at the corners of a tetrahedron."""
    normals = np.zeros_like(points)
    for corner in ((1, -1, -1), (-1, -1, 1), (-1, 1, -1), (1, 1, 1)):
        column = np.array(corner, np.float32)[:, None]
        normals += column * _distance(shape, points + column * np.float32(0.0025))
    return _unit(normals)


def _surface(shape: Shape, points: Floats) -> tuple[Floats, Floats]:
    """Colour (3 x n) and gloss (n) of the part nearest to each point."""
    nearest = np.argmin([part.distance(points) for part in shape], axis=0)
    colour, gloss = np.empty_like(points), np.empty(points.shape[1], np.float32)
    for index, part in enumerate(shape):
        mine = nearest == index
        colour[:, mine], gloss[mine] = part.paint(points[:, mine]), part.gloss
    return colour, gloss


def _paint_thing(light: Floats, studio: Studio, shape: Shape, rays: Rays, pixel: float) -> None:
    """Lay the thing over the background in `light`."""
    chosen, reached, cover = _march(shape, rays, pixel)
    points, view = rays.at(reached, chosen), rays.directions[:, chosen]
    normal = _normals(shape, points)
    colour, gloss = _surface(shape, points)
    seen = _lit(shape, points + normal * np.float32(0.03), studio.to_lamp)
    facing = np.maximum(dot(normal, studio.to_lamp), 0)
    room = 0.32 + 0.2 * normal[1] + 0.1 * np.clip(points[1], 0, 1)
    open_to = np.clip(0.35 + _distance(shape, points + normal * np.float32(0.15)) / 0.23, 0, 1)
    lamp = np.array(studio.lamp, np.float32)[:, None]
    halfway = _unit(studio.to_lamp - view)
    shine = np.maximum(dot(normal, halfway), 0)
    rim = (1 + dot(normal, view)).clip(0, 1) ** 4
    spark = gloss * (0.7 * seen * shine**60 + 0.12 * seen * shine**12 + 0.25 * rim)
    lit = colour * (lamp * (facing * seen) + room * open_to) + spark * lamp
    light[:, chosen] = light[:, chosen] * (1 - cover) + lit * cover


def _developed(light: Floats, size: tuple[int, int], rng: np.random.Generator) -> RgbImage:
    """Exposure, a little vignette, a soft shoulder and sRGB's gamma."""
    width, height = size
    picture = light.T.reshape(height, width, 3) * np.float32(rng.uniform(0.85, 1.2))
    y, x = np.ogrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    picture = np.clip(picture * (1 - 0.09 * (x * x + y * y))[..., None].astype(np.float32), 0, None)
    picture = picture / (1 + 0.25 * picture) * np.float32(1.2)
    return np.asarray(np.clip(picture ** np.float32(1 / 2.2), 0, 1) * 255 + 0.5, np.uint8)


def _with_grain(picture: Image.Image, rng: np.random.Generator) -> RgbImage:
    pixels = np.asarray(picture, np.float32)
    grain = 1.6 * rng.standard_normal((*pixels.shape[:2], 1), np.float32)
    return np.asarray(np.clip(pixels + grain, 0, 255) + 0.5, np.uint8)
