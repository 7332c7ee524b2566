"""A part of a large picture with all of its pixels, without unpacking more of the file than its kind demands.

Of HEIC the tiles that the part touches, of TIFF the strips or tiles; JPEG is unpacked line by line down to the part's
last one, and no more than the part is kept of it; of all others the whole is unpacked and the part is cut out.
"""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PIL import Image

from shoal.domain.images import RgbImage
from shoal.imaging.decoding import finished, opened
from shoal.imaging.file_formats import recognise
from shoal.imaging.jpeg_files import JpegFile, frame_of
from shoal.imaging.limits import DecodeLimits, UnreadableImage
from shoal.imaging.opened_picture import DECODER_ERRORS, OpenedPicture
from shoal.imaging.picture_files import stated_facts
from shoal.imaging.sizes import EVERY_PIXEL, Box, Wanted, before_upright
from shoal.imaging.tiff_folders import orientation_of
from shoal.imaging.tiff_parts import part_of
from shoal.imaging.video_colours import shown, video_colours_of

UnpackJpeg = Callable[[bytes, Box], Image.Image | None]
"""A part of a JPEG as it is stored, in mode RGB or L; None if it cannot."""

_EVERYTHING: Final = Wanted(EVERY_PIXEL, EVERY_PIXEL)
_PLAIN_JPEG: Final = (1, 3)


def decode_part(
    data: bytes, suffix: str, part: Box, limits: DecodeLimits, orientation: int | None, unpack_jpeg: UnpackJpeg
) -> RgbImage:
    """`part` in pixels of the upright picture; what of it lies outside is left out. As `decode_preview` otherwise."""
    found = _directly(data, recognise(data, suffix) or "", part, limits, unpack_jpeg)
    if found is None:
        whole = opened(data, suffix, _EVERYTHING, limits, orientation)
        found = replace(whole, image=_cut(whole.image, _stored(part, whole.camera.orientation, whole.image.size)))
    return finished(found).inside(EVERY_PIXEL)


def _directly(
    data: bytes, format: str, part: Box, limits: DecodeLimits, unpack_jpeg: UnpackJpeg
) -> OpenedPicture | None:
    """None for what is to be unpacked as a whole, also because it is damaged."""
    try:
        if format == "JPEG":
            return _of_jpeg(data, part, limits, unpack_jpeg)
        if format == "HEIF":
            return _of_heif(data, part, limits)
        return _of_tiff(data, part, limits) if format == "TIFF" else None
    except (UnreadableImage, *DECODER_ERRORS):
        return None


def _of_jpeg(data: bytes, part: Box, limits: DecodeLimits, unpack: UnpackJpeg) -> OpenedPicture | None:
    frame, file = frame_of(data), JpegFile(io.BytesIO(data))
    limits.require_size(*file.size, len(data))
    if frame is None or not frame.can_be_scaled or frame.bits != 8 or frame.colours not in _PLAIN_JPEG:
        return None
    camera = stated_facts(file)
    image = unpack(data, _stored(part, camera.orientation, file.size))
    if image is None:
        return None
    return OpenedPicture(image, *file.size, "JPEG", file.info.get("icc_profile"), camera)


def _of_heif(data: bytes, part: Box, limits: DecodeLimits) -> OpenedPicture | None:
    from shoal.imaging.heif_files import TiledHeif, open_heif

    file = open_heif(io.BytesIO(data))
    if not isinstance(file, TiledHeif):
        return None
    limits.require_size(*file.size, len(data))
    size, camera, profile = file.size, stated_facts(file), file.info.get("icc_profile") or None
    image = file.unpacked_part(_stored(part, camera.orientation, size))
    colours = None if profile else video_colours_of(data)
    return OpenedPicture(shown(image, colours) if colours else image, *size, "HEIF", profile, camera)


def _of_tiff(data: bytes, part: Box, limits: DecodeLimits) -> OpenedPicture | None:
    """As a file of its own, of the strips or tiles that the part touches."""
    turn = orientation_of(data)
    found = part_of(data, lambda size: _stored(part, turn, size))
    if found is None:
        return None
    smaller, within = found
    picture = opened(smaller, ".tif", _EVERYTHING, limits, None)
    if picture.damaged:
        return None
    return replace(picture, image=_cut(picture.image, within), camera=replace(picture.camera, orientation=turn))


def _stored(part: Box, orientation: int, size: tuple[int, int]) -> Box:
    """Where it is in the picture as it is stored, which has that size."""
    left, top, right, bottom = before_upright(part, orientation, size)
    width, height = size
    x, y = min(max(left, 0), width - 1), min(max(top, 0), height - 1)
    return x, y, min(max(right, x + 1), width), min(max(bottom, y + 1), height)


def _cut(image: Image.Image, part: Box) -> Image.Image:
    cut = image.crop(part)
    cut.info = image.info
    return cut
