"""A number that says what a picture looks like, so that copies and shots of one burst find each other."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from shoal.domain.images import RgbImage

_GREEN: Final = 1  # most of brightness, without a sum over three colours
_ROWS, _COLUMNS = 8, 9
_FLAT: Final = 3.0
"""Levels of 255 between the darkest and the brightest field: with less there is nothing to tell a picture by."""
_BITS: Final = (1 << np.arange(64, dtype=np.uint64)).reshape(_ROWS, _COLUMNS - 1)


def difference_hash(thumbnail: RgbImage) -> int | None:
    """64 bits as a signed number: where brightness falls from left to right, in 8 rows of 9 fields (Krawetz 2013).

    Pictures that look the same differ in few bits, whatever their size, brightness and compression. None for a
    picture of fewer pixels than fields, and for a flat one: blank pages and swatches all have the same bits, or noise.
    """
    brightness = _brightness(thumbnail)
    height, width = brightness.shape
    if height < _ROWS or width < _COLUMNS:
        return None
    rows, columns = (np.arange(count) * side // count for count, side in ((_ROWS, height), (_COLUMNS, width)))
    sums = np.add.reduceat(np.add.reduceat(brightness, rows, axis=0), columns, axis=1)
    means = sums / (np.diff(columns, append=width) * np.diff(rows, append=height)[:, np.newaxis])
    if float(means.max() - means.min()) < _FLAT:
        return None
    falls = means[:, :-1] > means[:, 1:]
    return int(_BITS[falls].sum(dtype=np.uint64).astype(np.int64))


def _brightness(thumbnail: RgbImage) -> NDArray[np.float32]:
    """Of every second pixel each way, where there are enough: fields of hundreds of pixels do not need them all."""
    every = 2 if min(thumbnail.shape[:2]) >= 4 * _COLUMNS else 1
    return thumbnail[::every, ::every, _GREEN].astype(np.float32)
