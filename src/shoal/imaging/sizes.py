"""How many pixels are wanted, and how far a picture may be shrunk before it has too few."""

from dataclasses import dataclass
from typing import Final

from PIL import Image

from shoal.domain.geometry import InputGeometry

THUMBNAIL_SIDE: Final = 256
_BAR_GREY = (114, 114, 114)
_UPRIGHT_BY_ORIENTATION: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The least that a shrunk picture must keep on its shorter and on its longer side, in pixels."""

    short: int
    long: int

    def factor(self, width: int, height: int) -> int:
        """The largest whole number by which both sides may be divided; 1 for a picture that is small already."""
        return max(1, min(min(width, height) // self.short, max(width, height) // self.long))


def wanted_for(geometry: InputGeometry) -> Wanted:
    """Enough for the network's input and for the thumbnail, whichever needs more."""
    short = {"crop": geometry.resize, "squash": geometry.size, "letterbox": 1}[geometry.fit]
    long = geometry.size if geometry.fit != "crop" else 1
    return Wanted(short=short, long=max(long, THUMBNAIL_SIDE))


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """Undo EXIF's orientation 1..8. Cheap once the picture is small, so it comes last."""
    method = _UPRIGHT_BY_ORIENTATION.get(orientation)
    return image if method is None else image.transpose(method)


def fit_inside(image: Image.Image, longest_side: int) -> Image.Image:
    """The picture with its longer side at `longest_side`, or as it is if it is smaller."""
    width, height = image.size
    longest = max(width, height)
    if longest <= longest_side:
        return image
    size = (max(1, round(width * longest_side / longest)), max(1, round(height * longest_side / longest)))
    return image.resize(size, Image.Resampling.BICUBIC)


def network_input(image: Image.Image, geometry: InputGeometry) -> Image.Image:
    """An RGB picture of any size as the square that `geometry` describes."""
    if geometry.fit == "crop":
        return _centre_square(image, geometry)
    if geometry.fit == "squash":
        return image.resize((geometry.size, geometry.size), Image.Resampling.BICUBIC)
    return _letterboxed(image, geometry.size)


def _centre_square(image: Image.Image, geometry: InputGeometry) -> Image.Image:
    """Crop and resize in one go: of a panorama, only the middle is ever made large."""
    width, height = image.size
    side = min(width, height) * min(1.0, geometry.size / geometry.resize)
    left, top = (width - side) / 2, (height - side) / 2
    box = (left, top, left + side, top + side)
    return image.resize((geometry.size, geometry.size), Image.Resampling.BICUBIC, box=box)


def _letterboxed(image: Image.Image, size: int) -> Image.Image:
    scale = size / max(image.size)
    inner = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    square = Image.new("RGB", (size, size), _BAR_GREY)
    left, top = (size - inner[0]) // 2, (size - inner[1]) // 2
    square.paste(image.resize(inner, Image.Resampling.BICUBIC), (left, top))
    return square
