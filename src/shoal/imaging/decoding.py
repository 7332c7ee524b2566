"""From the bytes of a file to pixels: one unpacking gives the network's input and the thumbnail.

Network input, thumbnail and preview go the same way: unpack no more than is wanted, shrink, colours to sRGB, turn
upright. All functions may be called from several threads at once; the decoders let go of the interpreter's lock.
"""

import io

import numpy as np
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from shoal.domain.geometry import InputGeometry
from shoal.domain.images import DecodedImage, ImageFacts, RgbImage
from shoal.imaging.colour import to_srgb
from shoal.imaging.file_formats import FileFormat, recognise
from shoal.imaging.limits import DecodeLimits, UnreadableImage
from shoal.imaging.metadata import EXIF_ERRORS, camera_facts, embedded_thumbnail
from shoal.imaging.picture_files import DECODER_ERRORS, OpenedPicture, open_picture
from shoal.imaging.raw_files import open_raw
from shoal.imaging.sizes import THUMBNAIL_SIDE, Wanted, fit_inside, network_input, upright, wanted_for

_TURNED_ON_ITS_SIDE = (5, 6, 7, 8)
_THUMBNAIL_QUALITY = 85


def decode_image(data: bytes, suffix: str, geometry: InputGeometry, limits: DecodeLimits | None = None) -> DecodedImage:
    """Decode a file once, by its content; `suffix` (".nef") only tells RAW files from TIFFs.

    Raises `UnreadableImage` with a reason. A file that broke off gives what is there, marked as damaged.
    """
    picture = _opened(data, suffix, wanted_for(geometry), limits)
    image = to_srgb(picture.image, picture.profile)
    orientation = picture.camera.orientation
    return DecodedImage(
        pixels=np.asarray(upright(network_input(image, geometry), orientation)),
        thumbnail=np.asarray(upright(fit_inside(image, THUMBNAIL_SIDE), orientation)),
        facts=_facts(picture),
    )


def decode_preview(data: bytes, suffix: str, longest_side: int, limits: DecodeLimits | None = None) -> RgbImage:
    """The picture for looking at, no larger than `longest_side`. Raises `UnreadableImage`."""
    picture = _opened(data, suffix, Wanted(short=1, long=longest_side), limits)
    image = fit_inside(to_srgb(picture.image, picture.profile), longest_side)
    return np.asarray(upright(image, picture.camera.orientation))


def encode_thumbnail(thumbnail: RgbImage) -> bytes:
    """As JPEG, for the thumbnail cache."""
    buffer = io.BytesIO()
    Image.fromarray(thumbnail).save(buffer, "JPEG", quality=_THUMBNAIL_QUALITY)
    return buffer.getvalue()


def _opened(data: bytes, suffix: str, wanted: Wanted, limits: DecodeLimits | None) -> OpenedPicture:
    limits = limits or DecodeLimits()
    if not data:
        raise UnreadableImage("the file is empty")
    format = recognise(data, suffix)
    if format is None:
        raise UnreadableImage("not a picture, whatever its name says")
    try:
        return _by_format(data, format, wanted, limits)
    except DECODER_ERRORS as error:
        detail = " ".join(str(error).split())[:120] or type(error).__name__
        raise UnreadableImage(f"the file is damaged ({format}: {detail})") from error


def _by_format(data: bytes, format: FileFormat, wanted: Wanted, limits: DecodeLimits) -> OpenedPicture:
    if format != "RAW":
        return open_picture(data, format, wanted, limits)
    try:
        return open_raw(data, wanted, limits)
    except UnreadableImage:
        if recognise(data, "") != "TIFF":
            raise
        return open_picture(data, "TIFF", wanted, limits)  # a TIFF that is only called RAW


def _facts(picture: OpenedPicture) -> ImageFacts:
    width, height = picture.width, picture.height
    if picture.camera.orientation in _TURNED_ON_ITS_SIDE:
        width, height = height, width
    camera = picture.camera
    return ImageFacts(width, height, picture.format, camera.taken, camera.camera, picture.damaged)


def quick_thumbnail(data: bytes, suffix: str) -> RgbImage | None:
    """The small picture that a camera stores beside the large one, in a hundredth of the time; None if there is none.

    `data` may be the beginning of the file only. Black bars that cameras add to fill 4:3 are cut away.
    """
    if recognise(data, suffix) != "JPEG":
        return None
    try:
        return _embedded(data)
    except (UnreadableImage, *DECODER_ERRORS, *EXIF_ERRORS):
        return None


def _embedded(data: bytes) -> RgbImage | None:
    large = JpegImageFile(io.BytesIO(data))
    small = embedded_thumbnail(large)
    if small is None:
        return None
    picture = open_picture(small, "JPEG", Wanted(short=THUMBNAIL_SIDE, long=THUMBNAIL_SIDE), DecodeLimits())
    image = to_srgb(_without_bars(picture.image, large.size), large.info.get("icc_profile"))
    return np.asarray(upright(fit_inside(image, THUMBNAIL_SIDE), camera_facts(large).orientation))


def _without_bars(small: Image.Image, full_size: tuple[int, int]) -> Image.Image:
    """Cut the middle with the proportions of the full picture out of the small one."""
    shape = full_size[0] / full_size[1]
    width, height = min(small.width, round(small.height * shape)), min(small.height, round(small.width / shape))
    left, top = (small.width - width) // 2, (small.height - height) // 2
    return small.crop((left, top, left + max(1, width), top + max(1, height)))
