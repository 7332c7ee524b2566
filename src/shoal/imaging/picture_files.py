"""Unpacking the bytes of one file, of whatever format, as far as the wanted size asks for."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PIL import Image, ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.TiffImagePlugin import TiffImageFile

from shoal.domain.sentence import Sentence
from shoal.imaging.capture_time import time_in
from shoal.imaging.colour import shrinkable
from shoal.imaging.damaged_files import is_blank, mended
from shoal.imaging.jpeg_files import frame_of
from shoal.imaging.jxl_files import JxlFile
from shoal.imaging.limits import DecodeLimits, NotToday, UnreadableImage
from shoal.imaging.metadata import (
    CameraFacts,
    camera_facts,
    exif_block,
    exif_of,
    names_orientation,
    xmp_orientation,
)
from shoal.imaging.opened_picture import DECODER_ERRORS, OpenedPicture
from shoal.imaging.other_forms import large_profile, told_otherwise
from shoal.imaging.picture_kinds import PICTURE_KINDS, Open
from shoal.imaging.sizes import Wanted
from shoal.imaging.tiff_files import SampledTiff
from shoal.imaging.tiff_folders import orientation_of
from shoal.imaging.video_colours import shown, video_colours_of
from shoal.imaging.xmp_packets import unpacked_from

_TIFF_ORIENTATION: Final = 0x0112
_TURNED_BY_BOXES: Final = ("HEIF", "AVIF")

_BYTES_PER_PIXEL: Final = {"1": 1, "L": 1, "P": 1, "I;16": 2}
_BYTES_OF_OTHERS: Final = 4
"""As Pillow keeps them in memory: three colours take as much as four."""


def open_picture(data: bytes, format: str, wanted: Wanted, limits: DecodeLimits) -> OpenedPicture:
    """Unpack at least `wanted` of the picture, or of a damaged file as much as is there.

    Raises `UnreadableImage`, and one of `DECODER_ERRORS` for hopeless files.
    """
    try:
        return _open(data, format, wanted, limits, _load)
    except MemoryError as error:
        raise NotToday(Sentence("the picture does not fit into the memory")) from error
    except DECODER_ERRORS:
        whole = _in_another_form(data, format, wanted, limits)
        if whole is not None:
            return whole
        # Only now: a decoder that forgives shows grey also where another way would have read all of the picture.
        picture = _open(mended(data, format), format, wanted, limits, _load_what_is_there)
    if is_blank(picture.image):
        raise UnreadableImage(Sentence("the file is damaged: nothing of the picture is left"))
    return replace(picture, damaged=True)


def _in_another_form(data: bytes, format: str, wanted: Wanted, limits: DecodeLimits) -> OpenedPicture | None:
    """A whole file that was only not known in the form it has."""
    told = told_otherwise(data, format)
    if told is None:
        return None
    try:
        picture = _open(*told, wanted, limits, _load)
    except DECODER_ERRORS:
        return None
    if format == "TIFF":
        orientation = orientation_of(data)
        picture = replace(picture, camera=replace(camera_facts(exif_block(data)), orientation=orientation))
    return replace(picture, format=format, profile=picture.profile or large_profile(data, format))


def _open(
    data: bytes,
    format: str,
    wanted: Wanted,
    limits: DecodeLimits,
    load: Callable[[ImageFile.ImageFile], Image.Image],
) -> OpenedPicture:
    # The plugins are called by name: `Image.open` would try others, and keeps one pixel limit for the whole process.
    file = _opener(format)(io.BytesIO(data))
    width, height = file.size
    limits.require_size(width, height, len(data))
    if isinstance(file, JpegImageFile):
        _unpack_scaled(file, wanted, data)
    elif format == "HEIF":
        _unpack_little(file, wanted)
    # After the sizes were reduced: what is asked is what will really be unpacked.
    _require_memory(file, limits)
    image = wanted.shrunk(shrinkable(load(file)))
    colours = video_colours_of(data) if format in _TURNED_BY_BOXES and not file.info.get("icc_profile") else None
    if colours is not None:
        image = shown(image, colours)
    camera = _tiff_facts(file, data) if isinstance(file, (TiffImageFile, SampledTiff)) else stated_facts(file)
    return OpenedPicture(image, width, height, format, file.info.get("icc_profile") or None, camera)


def _require_memory(file: ImageFile.ImageFile, limits: DecodeLimits) -> None:
    each = (
        file.bytes_per_pixel if isinstance(file, SampledTiff) else _BYTES_PER_PIXEL.get(file.mode[:4], _BYTES_OF_OTHERS)
    )
    needed = file.width * file.height * each
    if needed > limits.max_memory_bytes:
        raise UnreadableImage(
            Sentence("unpacked, the picture would take {megabytes} MB of memory", megabytes=f"{needed >> 20:,}")
        )


def stated_facts(file: Image.Image) -> CameraFacts:
    """What its EXIF says, and where that names no orientation, XMP: some programs write it there only, others turn
    the picture and EXIF and leave the old one in XMP. In HEIC and AVIF neither counts, but the boxes, which are
    carried out (HEIC) or told as EXIF (AVIF) by their decoders: so the standard wants it, and all other programs do.
    Likewise JPEG XL, where the codestream counts; in those of JPEGs what is said is packed, too, until then.
    """
    exif = exif_of(file)
    facts = camera_facts(exif)
    if isinstance(file, JxlFile):
        facts = replace(facts, taken=time_in(unpacked_from(file.info.get("exif"), file.info.get("xmp"))))
        if not file.is_packed_jpeg:
            return replace(facts, orientation=1)
    if file.format in _TURNED_BY_BOXES or names_orientation(exif):
        return facts
    return replace(facts, orientation=xmp_orientation(file))


def _tiff_facts(file: TiffImageFile | SampledTiff, data: bytes) -> CameraFacts:
    """Pillow turns TIFFs upright by itself and strikes the entry out, unless the file broke off before."""
    orientation = file.orientation if isinstance(file, SampledTiff) else file.tag_v2.get(_TIFF_ORIENTATION, 1)
    return replace(camera_facts(exif_block(data)), orientation=orientation if orientation in range(1, 9) else 1)


def _unpack_scaled(file: JpegImageFile, wanted: Wanted, data: bytes) -> None:
    """Have libjpeg unpack an eighth, a quarter or half of each side, and all of the file in one call."""
    width, height = file.size
    factor = max(step for step in (1, 2, 4, 8) if step <= max(1, wanted.factor(width, height)))
    frame = frame_of(data)
    if frame is None or frame.can_be_scaled:
        file.draft(None, (width // factor, height // factor))
    file.decodermaxblock = len(data) + 1


def _unpack_little(file: ImageFile.ImageFile, wanted: Wanted) -> None:
    """Have the small copy unpacked, or no more of each tile than is wanted."""
    longest = max(file.size)
    if wanted.quickly and longest > wanted.long:
        small = (file.width * wanted.long // longest, file.height * wanted.long // longest)
        if file.draft(None, small) is not None:
            return
    shrink = getattr(file, "shrink", None)
    if shrink is not None:
        shrink(wanted)


def _load(file: ImageFile.ImageFile) -> Image.Image:
    file.load()
    return file


def _load_what_is_there(file: ImageFile.ImageFile) -> Image.Image:
    try:
        file.load()
        return file
    except DECODER_ERRORS:
        file.tile = []  # nothing more to unpack: Pillow then hands out the pixels it has so far
        file.load()
        return file.copy()


def _opener(format: str) -> Open:
    kind = PICTURE_KINDS.named(format)
    assert kind is not None
    return kind.find_opener()
