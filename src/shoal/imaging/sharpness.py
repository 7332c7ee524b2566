"""How sharp a picture is, read off its thumbnail while that is at hand."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from shoal.domain.images import RgbImage

_GREEN: Final = 1  # most of what the eye takes for brightness, and half of what a camera measures
_EVERY: Final = 4  # lines looked at; more change the figure little and cost a twentieth of the decode
_FAINTEST: Final = 0.5  # mean squared step between neighbours, in grey levels; below there is nothing to be sharp


def sharpness(thumbnail: RgbImage) -> float | None:
    """0 for blurred, 1 for as sharp as pixels can be, at the size of the thumbnail; None for a picture of one colour.

    A step to the next pixel is compared with one to the pixel after it, both squared and summed: across a sharp edge
    the second is twice the first, within a blurred one four times. What the picture shows, and its contrast, drop out.
    Of the two directions the softer counts, so that a shake along one of them shows.
    """
    across = thumbnail[::_EVERY, :, _GREEN].astype(np.float32)
    down = thumbnail[:, ::_EVERY, _GREEN].T.astype(np.float32)
    ratios = [ratio for ratio in map(_step_ratio, (across, down)) if ratio is not None]
    return float(np.clip(4 * min(ratios) - 1, 0, 1)) if ratios else None


def _step_ratio(lines: NDArray[np.float32]) -> float | None:
    if lines.shape[1] < 3:
        return None
    single, double = lines[:, 1:] - lines[:, :-1], lines[:, 2:] - lines[:, :-2]
    energy = float(np.vdot(single, single))
    if energy < _FAINTEST * single.size:
        return None
    return energy / float(np.vdot(double, double)) if double.any() else 1.0
