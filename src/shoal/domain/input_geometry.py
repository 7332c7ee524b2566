"""How a picture becomes the square that a network looks at."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class InputGeometry:
    """How a picture becomes the square a network looks at; sizes in pixels.

    `crop`: short side to `resize`, then the centre square of `size`. `squash`: the whole picture to `size` x `size`.
    `between`: of the long side only the middle, as long as the geometric mean of both sides, then all of it to
    `size` x `size`: half of what `crop` would cut off, half of what `squash` would bend.
    `letterbox`: long side to `size`, grey bars around it. `rect`: likewise, but no more of a bar than fills the short
    side up to a multiple of `resize`: such pictures are no squares. `cut`: the centre square of `resize` of the
    picture's own pixels, black where it has none, to `size`.

    `sampling` `area`: a picture that gets smaller is averaged over its pixels; `bicubic`: likewise, with the sharper
    filter; `whole`: as `area`, but none of it while unpacking, and with Pillow's filter, as torchvision does it;
    `point`: each pixel comes from the nearest four of the whole picture, as OpenCV does it.

    An even or transparent border around the picture is cut off first, where it `trims`: not in the ways that exist so
    that our vectors equal those of other programs (`whole`, `point`, `cut`).
    """

    size: int
    resize: int
    fit: Literal["crop", "squash", "between", "letterbox", "rect", "cut"] = "crop"
    sampling: Literal["area", "bicubic", "whole", "point"] = "area"

    @property
    def trims(self) -> bool:
        return self.sampling in ("area", "bicubic") and self.fit != "cut"

    @property
    def framing(self) -> str:
        """For the key of vectors: how borders and transparency are dealt with; the numbers count the recipes."""
        return "trimmed 1, grounded 1" if self.trims else "grounded 1"


def letterbox_place(side: int, width: int, height: int) -> tuple[float, int, int]:
    """Where a picture lies in a letterbox: by what its pixels are multiplied, and its left and top edge there."""
    scale = side / max(width, height)
    return scale, (side - max(1, round(width * scale))) // 2, (side - max(1, round(height * scale))) // 2
