"""AVIF as Pillow opens it, with the crop in its boxes, which Pillow passes over; and files that it refuses."""

import io
import struct
from typing import Any, Final

from PIL import Image
from PIL.AvifImagePlugin import AvifImageFile

from shoal.domain.sentence import Sentence
from shoal.imaging.heif_boxes import HeifBoxes, Item, heif_file
from shoal.imaging.limits import UnreadableImage

MOST_PIXELS: Final = 16_384 * 16_384
"""libavif's own limit."""

Box = tuple[int, int, int, int]


class AvifFile(AvifImageFile):
    """`size` is that of what is to be seen."""

    def _open(self) -> None:
        assert isinstance(self.fp, io.BytesIO)
        data = self.fp.getvalue()
        super()._open()
        self._box = crop_of(data, self.size)
        self._cropped = self._box is None
        if self._box is not None:
            left, top, right, bottom = self._box
            self._whole = self._size
            self._size = right - left, bottom - top

    def load(self) -> Any:
        if not self._cropped:
            self._cropped, shown = True, self._size
            self._size = self._whole
            super().load()
            image = self.im.crop(self._box)
            self._size, self.im = shown, image
        return super().load() if self._box is None else Image.Image.load(self)


def crop_of(data: bytes, size: tuple[int, int]) -> Box | None:
    """The clean aperture of the file's picture; None if all of it is to be seen, or the box makes no sense."""
    try:
        boxes = HeifBoxes(data)
        said = boxes.property_of(boxes.primary, b"clap")
        if said is None:
            return None
        numbers = struct.unpack_from(">IIIIiIiI", said)
        wide, high, across, down = (numbers[n] / numbers[n + 1] for n in (0, 2, 4, 6))
    except (ValueError, KeyError, IndexError, struct.error, ZeroDivisionError):
        return None
    left, top = round(across + (size[0] - wide) / 2), round(down + (size[1] - high) / 2)
    box = left, top, left + round(wide), top + round(high)
    fits = 0 <= left < box[2] <= size[0] and 0 <= top < box[3] <= size[1]
    return box if fits and box != (0, 0, *size) else None


def with_alpha_size(data: bytes) -> bytes | None:
    """For an alpha channel whose size was left out: it is the picture's. None if that is not what is wrong."""
    try:
        boxes = HeifBoxes(data)
        item = boxes.primary
        size = boxes.size_of(item)
        if size is not None and size[0] * size[1] > MOST_PIXELS:
            raise UnreadableImage(
                Sentence(
                    "the picture is too large ({width} x {height} pixels)", width=f"{size[0]:,}", height=f"{size[1]:,}"
                )
            )
        alpha = next(of for (kind, of), to in boxes.references.items() if kind == b"auxl" and item in to)
        if boxes.size_of(alpha) is not None or {boxes.kinds[item], boxes.kinds[alpha]} != {b"av01"}:
            return None
        ispe = (b"ispe", boxes.property_of(item, b"ispe") or b"")
        parts = [
            Item(b"av01", boxes.content(item), boxes.properties(item)),
            Item(b"av01", boxes.content(alpha), [ispe, *boxes.properties(alpha)], {b"auxl": [1]}),
        ]
    except (ValueError, KeyError, IndexError, StopIteration, struct.error):
        return None
    return heif_file(parts, b"avif")
