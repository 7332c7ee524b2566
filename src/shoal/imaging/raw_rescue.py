"""What is left of a RAW file that broke off: whether it did, and the JPEGs that are in it."""

import struct
from collections.abc import Iterator
from typing import Final

from shoal.imaging.jpeg_files import Frame, frame_of
from shoal.imaging.tiff_folders import TiffFolder, folders_of

_JPEG: Final = b"\xff\xd8\xff"
_MOST_FOUND, _MOST_BOXES = 64, 1_024  # more are noise that looks like a JPEG's beginning
_USUAL_FRAMES: Final = (0xC0, 0xC1, 0xC2)  # baseline, extended, progressive: those that show a picture
_PLACES: Final = ((273, 279), (324, 325), (513, 514))
"""Tags of a TIFF folder: where strips, tiles or a JPEG begin, and how long they are."""


def largest_jpegs(data: bytes, shortest_side: int) -> Iterator[bytes]:
    """From the beginning of each to the end of the file, the largest first; none whose longer side is shorter."""
    previews: list[tuple[int, int]] = []
    at = data.find(_JPEG)
    while at >= 0 and len(previews) < _MOST_FOUND:
        frame = frame_of(data[at : at + (1 << 17)])
        if frame is not None and _is_picture(frame) and max(frame.width, frame.height) >= shortest_side:
            previews.append((frame.width * frame.height, at))
        at = data.find(_JPEG, at + 2)
    for _pixels, at in sorted(previews, reverse=True):
        yield data[at:]


def _is_picture(frame: Frame) -> bool:
    """Not the sensor's data, which are packed as JPEGs of another kind."""
    return frame.kind in _USUAL_FRAMES and frame.bits == 8 and frame.colours in (1, 3)


def ends_early(data: bytes) -> bool:
    """Whether the file, a TIFF or made of boxes, says that it has more bytes than there are."""
    if data[4:8] == b"ftyp":
        return _boxes_end_early(data)
    return any(_reaches_beyond(folder, len(data)) for folder in folders_of(data))


def _reaches_beyond(folder: TiffFolder, length: int) -> bool:
    for starts, lengths in _PLACES:
        pairs = zip(folder.numbers(starts), folder.numbers(lengths), strict=False)
        if any(start + size > length for start, size in pairs):
            return True
    return False


def _boxes_end_early(data: bytes) -> bool:
    at = 0
    for _ in range(_MOST_BOXES):
        if at + 16 > len(data):
            return at > len(data)
        length, _kind = struct.unpack_from(">I4s", data, at)
        if length == 1:
            (length,) = struct.unpack_from(">Q", data, at + 8)
        if length < 8:
            return False
        at += length
    return False
