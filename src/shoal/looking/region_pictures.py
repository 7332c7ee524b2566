"""The part of a picture that an image is, cut out of what was decoded."""

from math import ceil

import numpy as np

from shoal.domain.images import ImageRecord, RgbImage
from shoal.imaging.sizes import whole_side
from shoal.looking.snapshot import Entry

LARGEST_DECODED = 8_000
"""Pixels on the longer side, at most, for the sake of a small part of a large picture."""


def side_for(record: ImageRecord, longest_side: int) -> int:
    """How large the whole picture must be decoded so that the part's longer side comes to `longest_side`."""
    if record.region is None:
        return longest_side
    left, top, right, bottom = record.region.box
    whole = max(record.facts.width, record.facts.height)
    return min(whole, LARGEST_DECODED, ceil(longest_side * whole / max(right - left, bottom - top)))


def side_of_whole(entry: Entry) -> int:
    """How long the longer side is of a picture that is shown as a whole; of one that nobody has measured, at most."""
    if not isinstance(entry, ImageRecord) or entry.region is not None:
        return LARGEST_DECODED
    return whole_side(entry.facts.width, entry.facts.height)


def cut_out(pixels: RgbImage, record: ImageRecord) -> RgbImage:
    """The part of the decoded picture, in whatever size that is; all of it for a whole picture."""
    if record.region is None:
        return pixels
    height, width, _ = pixels.shape
    across, down = width / record.facts.width, height / record.facts.height
    left, top, right, bottom = record.region.box
    columns = slice(min(int(left * across), width - 1), max(1, ceil(right * across)))
    rows = slice(min(int(top * down), height - 1), max(1, ceil(bottom * down)))
    return np.ascontiguousarray(pixels[rows, columns])
