"""Drawing very many round points into a pixel array, faster than one graphics item per point ever could.

Colours are 0xAARRGGBB, premultiplied, as QImage.Format_ARGB32_Premultiplied wants them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint32]
SMOOTH_UP_TO = 20_000
"""More points than this are drawn without smooth edges: nobody sees the edges, everybody feels the wait."""

_RED_BLUE = np.uint32(0x00FF00FF)
_ALPHA_GREEN = np.uint32(0xFF00FF00)
_SUBSAMPLES = 4


@dataclass(frozen=True, slots=True)
class Stamp:
    """A disc as pixel offsets (dy, dx): the full ones, and those on the rim with their coverage in 1..255."""

    core: NDArray[np.int32]
    rim: NDArray[np.int32]
    coverage: NDArray[np.uint32]
    reach: int


def disc(diameter: float) -> Stamp:
    """The pixels that a disc of this diameter (px) around a pixel's middle covers, and how much of each."""
    reach = int(np.ceil(diameter / 2))
    fine = (np.arange((2 * reach + 1) * _SUBSAMPLES) + 0.5) / _SUBSAMPLES - reach - 0.5
    inside = fine[:, None] ** 2 + fine[None, :] ** 2 <= (diameter / 2) ** 2
    side = 2 * reach + 1
    cover = inside.reshape(side, _SUBSAMPLES, side, _SUBSAMPLES).mean(axis=(1, 3))
    core, rim = np.argwhere(cover > 0.9) - reach, np.argwhere((cover > 0.05) & (cover <= 0.9)) - reach
    coverage = (cover[rim[:, 0] + reach, rim[:, 1] + reach] * 256).astype(np.uint32)
    return Stamp(core.astype(np.int32), rim.astype(np.int32), coverage, reach)


def diameter_for(count: int) -> float:
    """How large a point should be (px) so that `count` of them on one map stay apart."""
    return float(np.clip(8.5 - 1.5 * np.log10(max(count, 10) / 100), 2.0, 8.5))


class Canvas:
    """Transparent pixels with a rim around them, so that a stamp at the edge needs no test."""

    def __init__(self, width: int, height: int, reach: int) -> None:
        self.width, self.height, self.reach = width, height, reach
        self.padded: Pixels = np.zeros((height + 4 * reach, width + 4 * reach), np.uint32)

    @property
    def pixels(self) -> Pixels:
        """Height x width, a view."""
        rim = 2 * self.reach
        return self.padded[rim : rim + self.height, rim : rim + self.width]

    def draw_points(
        self, x: NDArray[np.float32], y: NDArray[np.float32], colours: Pixels, stamp: Stamp, smooth: bool
    ) -> None:
        """Stamp a disc at every (x, y), in pixels, later points over earlier ones; those outside are left out.

        `stamp.reach` must not be larger than the canvas's. `smooth` blends the rim of each disc.
        """
        columns, rows = np.floor(x).astype(np.int32), np.floor(y).astype(np.int32)
        columns += self.reach
        rows += self.reach
        wide, high = np.uint32(self.width + 2 * self.reach), np.uint32(self.height + 2 * self.reach)
        seen = (columns.view(np.uint32) < wide) & (rows.view(np.uint32) < high)  # negative ones become huge
        if not seen.all():
            columns, rows, colours = columns[seen], rows[seen], colours[seen]
        row_length = self.padded.shape[1]
        centres = ((rows + self.reach) * np.int32(row_length) + columns + self.reach).astype(np.intp)
        flat = self.padded.reshape(-1)
        if smooth:
            for (dy, dx), coverage in zip(stamp.rim, stamp.coverage, strict=True):
                _blend(flat, centres + (dy * row_length + dx), colours, coverage)
        for dy, dx in stamp.core:
            flat[centres + (dy * row_length + dx)] = colours


def _blend(flat: Pixels, places: NDArray[np.intp], colours: Pixels, coverage: np.uint32) -> None:
    """Source-over with constant coverage, two channels at a time within each 32-bit word."""
    below, rest = flat[places], np.uint32(256) - coverage
    red_blue = ((below & _RED_BLUE) * rest + (colours & _RED_BLUE) * coverage) >> np.uint32(8)
    alpha_green = ((below >> np.uint32(8)) & _RED_BLUE) * rest + ((colours >> np.uint32(8)) & _RED_BLUE) * coverage
    flat[places] = (red_blue & _RED_BLUE) | (alpha_green & _ALPHA_GREEN)
