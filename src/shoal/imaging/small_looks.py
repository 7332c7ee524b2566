"""What a picture looks like in under a kilobyte, from which it is told whether another is a copy of it.

Kept are the colours of 16 x 16 fields and the 8 x 8 slowest waves of its brightness (the cosine transform that
perceptual hashes are made of: Zauner, "Implementation and benchmarking of perceptual image hash functions", 2010).
Both can be turned and mirrored without the picture: fields move, waves change their sign and place.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from shoal.domain.copies import FIELDS, WAVES, SmallLooks
from shoal.domain.images import RgbImage

_SIDE: Final = 32
_BRIGHTNESS: Final = np.array([0.299, 0.587, 0.114], np.float32)  # BT.601's, as a JPEG has it: copies go through JPEG
_PLACES: Final = (np.arange(_SIDE) + 0.5) / _SIDE
_COSINES: Final = np.cos(np.pi * np.arange(WAVES)[:, np.newaxis] * _PLACES).astype(np.float32)


def small_looks(picture: RgbImage) -> SmallLooks:
    """Of a picture of any size; thumbnails will do."""
    small = Image.fromarray(picture).resize((_SIDE, _SIDE), Image.Resampling.BOX)
    pixels = np.asarray(small, np.float32)
    each = _SIDE // FIELDS
    fields = pixels.reshape(FIELDS, each, FIELDS, each, 3).mean(axis=(1, 3))
    waves = _COSINES @ (pixels @ _BRIGHTNESS) @ _COSINES.T / (_SIDE * _SIDE)
    return SmallLooks(np.round(fields).astype(np.uint8), waves.astype(np.float16))


def grey_of(picture: RgbImage, shortest: int, longest: int) -> NDArray[np.uint8]:
    """Its brightness, `shortest` pixels along the shorter side, and no longer than `longest` along the other."""
    height, width = picture.shape[:2]
    by = shortest / min(height, width)
    size = (min(longest, max(1, round(width * by))), min(longest, max(1, round(height * by))))
    return np.asarray(Image.fromarray(picture).convert("L").resize(size, Image.Resampling.BOX))
