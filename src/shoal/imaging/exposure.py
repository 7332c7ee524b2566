"""How bright a picture is and how much of it is lost in white or black, read off its thumbnail."""

import io
from typing import Final, NamedTuple

import numpy as np
from PIL import Image

from shoal.domain.images import RgbImage

WHITE, BLACK = 250, 5
"""Of 255: beyond these nothing is to be seen any more."""
_LUMA: Final = np.array([0.2126, 0.7152, 0.0722], np.float32)  # BT.709's, as sRGB has it


class Exposure(NamedTuple):
    """`brightness`: the median of all pixels, 0 black to 100 white, as the eye has it (sRGB). `clipped`: in percent."""

    brightness: float
    clipped: float


def exposure_of(thumbnail: RgbImage) -> Exposure:
    """Clipped is what has no drawing left: all three colours white, or all three black."""
    brightness = float(np.median(thumbnail.reshape(-1, 3).astype(np.float32) @ _LUMA)) / 2.55
    white, black = (thumbnail >= WHITE).all(axis=2), (thumbnail <= BLACK).all(axis=2)
    return Exposure(brightness, 100 * float(np.mean(white | black)))


def exposure_of_jpeg(jpeg: bytes) -> Exposure | None:
    """Of a thumbnail of our own cache; None if it is damaged."""
    try:
        with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as picture:
            return exposure_of(np.asarray(picture.convert("RGB")))
    except (OSError, ValueError, SyntaxError):
        return None
