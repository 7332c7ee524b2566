"""A backend without a neural network: sorts pictures by how they look, needs no weights, and is the same everywhere.

Four descriptions of a 64 x 64 picture, each of unit length, are weighted and joined:

- *colours*: a histogram over CIELAB, every pixel shared among its eight nearest bins;
- *shapes*: orientations of brightness edges in 5 x 5 overlapping cells;
- *texture*: how often each uniform local binary pattern (rotations told apart) occurs;
- *composition*: the mean colour of 4 x 4 cells.

Histograms go through a square root (Hellinger), so that one large plain background does not drown the rest. The
sizes and weights were chosen by 5-nearest-neighbour accuracy on three sets of photographs (objects 0.55, clothing 0.48,
grocery 0.67). Pictures are described one by one
and not as a batch: a picture's few arrays stay in the processor's cache, and its row cannot depend on its company.
"""

from collections.abc import Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from shoal.domain.errors import ModelUnavailable
from shoal.domain.extension_points import BackendSpec, LoadOptions
from shoal.domain.geometry import EmbeddingKey
from shoal.domain.images import RgbImage
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.sentence import NOTHING, Sentence

Floats = NDArray[np.float32]
Shares = list[tuple[NDArray[np.intp], Floats]]
"""The two bins that a value falls between, and how much of it each of them gets."""

SIDE = 64
LIGHTNESS_BINS, CHROMA_BINS, CHROMA_RANGE = 5, 7, 60.0
SHAPE_CELLS, ORIENTATIONS = 5, 9
COMPOSITION_CELLS = 4
TEXTURE_THRESHOLD = 2.0
WEIGHTS = {"colours": 1.0, "shapes": 1.8, "texture": 2.6, "composition": 0.3}
RECIPE = "1"  # goes into the key: a change to anything above or below makes other vectors

_BYTES = np.arange(256) / 255
# SRGB's curve (IEC 61966-2-1), by table: there are 256 levels.
_LINEAR = np.where(_BYTES <= 0.04045, _BYTES / 12.92, ((_BYTES + 0.055) / 1.055) ** 2.4).astype(np.float32)
_SRGB_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_RGB_TO_WHITE_RELATIVE = (_SRGB_TO_XYZ / _SRGB_TO_XYZ.sum(axis=1, keepdims=True)).astype(np.float32)


def lab_planes(image: RgbImage) -> tuple[Floats, Floats, Floats]:
    """CIELAB (D65): lightness 0..100, and two chroma planes of about -100..100, each height x width."""
    red, green, blue = (_LINEAR[image[..., channel]] for channel in range(3))
    tristimulus = [row[0] * red + row[1] * green + row[2] * blue for row in _RGB_TO_WHITE_RELATIVE]
    x, y, z = (np.where(v > 0.008856, np.cbrt(v), 7.787 * v + np.float32(16 / 116)) for v in tristimulus)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _shares(position: NDArray[np.floating], bins: int, wraps: bool = False) -> Shares:
    """Share each position (0 is the centre of the first bin) between the bins on both sides of it."""
    lower = np.floor(position)
    upper_share = (position - lower).astype(np.float32)
    first = lower.astype(np.intp)
    both = (first % bins, (first + 1) % bins) if wraps else (first.clip(0, bins - 1), (first + 1).clip(0, bins - 1))
    return [(both[0], 1 - upper_share), (both[1], upper_share)]


def _soft_histogram(axes: Sequence[tuple[Shares, int]], amount: Floats | float) -> Floats:
    """Count `amount` per pixel in the bins of all axes together, in row-major order."""
    size = int(np.prod([bins for _, bins in axes]))
    counts = np.zeros(size)
    for corner in product(*(shares for shares, _ in axes)):
        index: NDArray[np.intp] = np.zeros((), np.intp)
        weight: Floats | float = amount
        for (bin_index, share), (_, bins) in zip(corner, axes, strict=True):
            index, weight = index * bins + bin_index, weight * share
        counts += np.bincount(index.ravel(), np.broadcast_to(weight, index.shape).ravel(), size)
    return counts.astype(np.float32)


def _unit(values: Floats) -> Floats:
    values = values.ravel().astype(np.float32)
    return values / max(float(np.linalg.norm(values)), 1e-6)


def _hellinger(counts: Floats) -> Floats:
    return _unit(np.sqrt(counts))


def _colours(lightness: Floats, a: Floats, b: Floats) -> Floats:
    def chroma(plane: Floats) -> tuple[Shares, int]:
        scaled = (plane.clip(-CHROMA_RANGE, CHROMA_RANGE) + CHROMA_RANGE) / (2 * CHROMA_RANGE)
        return _shares(scaled * (CHROMA_BINS - 1), CHROMA_BINS), CHROMA_BINS

    light = _shares(lightness.clip(0, 100) / 100 * (LIGHTNESS_BINS - 1), LIGHTNESS_BINS), LIGHTNESS_BINS
    return _hellinger(_soft_histogram([light, chroma(a), chroma(b)], 1.0))


def _shapes(lightness: Floats) -> Floats:
    padded = np.pad(lightness, 1, mode="edge")
    across, down = padded[1:-1, 2:] - padded[1:-1, :-2], padded[2:, 1:-1] - padded[:-2, 1:-1]
    turn = np.arctan2(down, across) / np.float32(np.pi) % 1  # an edge and its negative have one orientation
    centres = ((np.arange(SIDE) + 0.5) / SIDE * SHAPE_CELLS - 0.5).astype(np.float32)
    rows, columns = _shares(centres[:, None], SHAPE_CELLS), _shares(centres[None, :], SHAPE_CELLS)
    orientation = _shares(turn * ORIENTATIONS, ORIENTATIONS, wraps=True)
    axes = [(rows, SHAPE_CELLS), (columns, SHAPE_CELLS), (orientation, ORIENTATIONS)]
    return _hellinger(_soft_histogram(axes, np.hypot(across, down)))


_AROUND = ((0, 0), (0, 1), (0, 2), (1, 2), (2, 2), (2, 1), (2, 0), (1, 0))


def _pattern_classes() -> NDArray[np.intp]:
    """The class of each 8-bit pattern: 0..57 for those with at most two changes around the circle, else 58."""
    bits = np.arange(256)[:, None] >> np.arange(8) & 1
    uniform = (bits != np.roll(bits, 1, axis=1)).sum(axis=1) <= 2
    return np.where(uniform, np.cumsum(uniform) - 1, 58).astype(np.intp)


_PATTERN_CLASS = _pattern_classes()


def _texture(lightness: Floats) -> Floats:
    inner = SIDE - 2
    threshold = lightness[1:-1, 1:-1] + TEXTURE_THRESHOLD
    pattern = np.zeros((inner, inner), np.uint8)
    for bit, (top, left) in enumerate(_AROUND):
        pattern |= (lightness[top : top + inner, left : left + inner] > threshold).astype(np.uint8) << np.uint8(bit)
    return _hellinger(np.bincount(_PATTERN_CLASS[pattern].ravel(), minlength=59).astype(np.float32))


def _composition(lightness: Floats, a: Floats, b: Floats) -> Floats:
    """Mean colours about mid-grey; the constant 1 keeps a plain grey picture apart from nothing at all."""
    cell = SIDE // COMPOSITION_CELLS
    planes = np.stack([(lightness - 50) / 50, a / 30, b / 30])
    means = planes.reshape(3, COMPOSITION_CELLS, cell, COMPOSITION_CELLS, cell).mean(axis=(2, 4))
    return _unit(np.append(means, np.float32(1)))


def describe(image: RgbImage) -> Floats:
    """One unit-length row for one 64 x 64 picture."""
    lightness, a, b = lab_planes(image)
    parts = {
        "colours": _colours(lightness, a, b),
        "shapes": _shapes(lightness),
        "texture": _texture(lightness),
        "composition": _composition(lightness, a, b),
    }
    return _unit(np.concatenate([WEIGHTS[name] * part for name, part in parts.items()]))


class ColourLayout:
    """Deterministic; holds nothing, so any number of threads may use it."""

    geometry = InputGeometry(SIDE, SIDE, "squash")
    key = EmbeddingKey("colour-layout", "look", RECIPE, SIDE, f"squash {geometry.framing}")
    dimension = LIGHTNESS_BINS * CHROMA_BINS**2 + SHAPE_CELLS**2 * ORIENTATIONS + 59 + 3 * COMPOSITION_CELLS**2 + 1
    one_core_per_call = True
    remark: Sentence = NOTHING

    def embed(self, images: Sequence[RgbImage]) -> NDArray[np.float32]:
        rows = [describe(image) for image in images]
        return np.stack(rows) if rows else np.empty((0, self.dimension), np.float32)


def load(options: LoadOptions) -> ColourLayout:
    """Raises `ModelUnavailable` if something is asked for that only a network has."""
    if options.layer or options.weights or options.preprocessing or options.image_size or options.half:
        raise ModelUnavailable(
            Sentence("What sorts by look is no network: it has no layers, weights or preprocessing."),
            Sentence("Leave these options out."),
        )
    return ColourLayout()


SPEC = BackendSpec(
    "colour-layout",
    Sentence("Colours and shapes"),
    Sentence("Sorts by look: colours, edges, texture and composition. No network, nothing to download."),
    load=load,
    dimension=ColourLayout.dimension,
    licence="AGPL-3.0-or-later",
    family="Shoal",
)
