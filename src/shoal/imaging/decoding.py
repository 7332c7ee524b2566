"""From the bytes of a file to pixels: one unpacking gives the network's input and the thumbnail.

Network input, thumbnail and preview go the same way: unpack no more than is wanted, shrink, colours to sRGB, turn
upright. All functions may be called from several threads at once; the decoders let go of the interpreter's lock, and
are imported with the first picture: the window must not wait for them.
"""

import io
import re
import struct
from dataclasses import replace
from typing import Final

from PIL import Image

from shoal.domain.images import DecodedImage, ImageFacts, RgbImage
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.sentence import Sentence
from shoal.imaging.borders import Frame, around_silhouette, inside_border
from shoal.imaging.capture_time import time_in
from shoal.imaging.file_formats import RAW, recognise
from shoal.imaging.limits import DecodeLimits, UnreadableImage, not_readable_kind
from shoal.imaging.metadata import exif_of
from shoal.imaging.opened_picture import DECODER_ERRORS, OpenedPicture
from shoal.imaging.perceptual_hash import difference_hash
from shoal.imaging.resampling import Resampler
from shoal.imaging.sharpness import sharpness
from shoal.imaging.sizes import THUMBNAIL_SIDE, Wanted, turned_again, upright, wanted_for
from shoal.imaging.tiff_folders import orientation_of
from shoal.imaging.transparency import ground_for, is_transparent, visible_box
from shoal.imaging.xmp_packets import embedded_in

_TURNED_ON_ITS_SIDE = (5, 6, 7, 8)
_NOT_SUPPORTED: Final = re.compile("unsupported|not (yet )?supported|cannot handle|unknown pixel", re.IGNORECASE)
"""What Pillow says of kinds of files that it does not know."""
_ENOUGH: Final = 0.7
"""Of the pixels that a network wants: a part with fewer is unpacked once more, less shrunk."""


def decode_image(
    data: bytes,
    suffix: str,
    geometry: InputGeometry,
    limits: DecodeLimits | None = None,
    orientation: int | None = None,
) -> DecodedImage:
    """Decode a file once, by its content; `suffix` (".nef") only tells RAW files from TIFFs.

    `orientation`: what a sidecar says of a RAW file, which counts instead of what the camera says.

    Raises `UnreadableImage` with a reason. A file that broke off gives what is there, marked as damaged.
    """
    wanted = wanted_for(geometry)
    picture = opened(data, suffix, wanted, limits, orientation)
    source = finished(picture)
    thumbnail = source.inside(THUMBNAIL_SIDE)
    # Sharpness and hash are measured on the thumbnail, the same for all whatever the network wants.
    facts = _facts(picture, thumbnail, data)
    frame = _frame(picture, thumbnail) if geometry.trims else None
    if frame is None:
        return DecodedImage(source.network_input(geometry), thumbnail, facts)
    if _is_coarse(frame, source, facts, wanted):
        # Only now is known how small the part is: the first unpacking was chosen for the whole picture.
        share = frame.share(facts.width, facts.height)
        source = finished(opened(data, suffix, wanted.for_a_part(share), limits, orientation))
    pixels = source.framed(frame).network_input(geometry)
    return DecodedImage(pixels, thumbnail, facts, frame.box(facts.width, facts.height))


def decode_preview(
    data: bytes, suffix: str, longest_side: int, limits: DecodeLimits | None = None, orientation: int | None = None
) -> RgbImage:
    """The picture for looking at, no larger than `longest_side`; otherwise as `decode_image`."""
    wanted = Wanted(short=1, long=longest_side, quickly=longest_side <= THUMBNAIL_SIDE)
    picture = opened(data, suffix, wanted, limits, orientation)
    return finished(picture).inside(longest_side)


def opened(
    data: bytes, suffix: str, wanted: Wanted, limits: DecodeLimits | None, orientation: int | None
) -> OpenedPicture:
    """Unpacked as far as is wanted, not yet finished. Raises `UnreadableImage` with a reason."""
    limits = limits or DecodeLimits()
    if not data:
        raise UnreadableImage(Sentence("the file is empty"))
    format = recognise(data, suffix)
    if format is None:
        raise UnreadableImage(Sentence("not a picture, whatever its name says"))
    try:
        picture = _by_format(data, format, wanted, limits)
        return _turned(picture, orientation) if format == RAW and orientation is not None else picture
    except DECODER_ERRORS as error:
        raise _reason(error, format) from error


def _reason(error: Exception, format: str) -> UnreadableImage:
    """In words for people, as far as the decoder's own allow it."""
    detail = " ".join(str(error).split())[:120] or type(error).__name__
    if _NOT_SUPPORTED.search(detail):
        return not_readable_kind(format, detail)
    cause = error.__cause__ or error  # Pillow gives what it met another type, and keeps its words
    if isinstance(cause, (EOFError, struct.error)) or "runcated" in detail:
        return UnreadableImage(Sentence("the file is damaged ({format}: it ends early)", format=format))
    if isinstance(cause, (KeyError, IndexError)):
        return UnreadableImage(Sentence("the file is damaged ({format}: an entry is missing)", format=format))
    return UnreadableImage(Sentence("the file is damaged ({format}: {detail})", format=format, detail=detail))


def _by_format(data: bytes, format: str, wanted: Wanted, limits: DecodeLimits) -> OpenedPicture:
    from shoal.imaging.picture_files import open_picture
    from shoal.imaging.raw_files import open_raw

    if format != RAW:
        return open_picture(data, format, wanted, limits)
    try:
        return open_raw(data, wanted, limits, open_picture)
    except UnreadableImage as error:
        if recognise(data, "") != "TIFF":
            raise
        try:  # a TIFF that is only called RAW
            return replace(open_picture(data, "TIFF", wanted, limits), lies=orientation_of(data))
        except (UnreadableImage, *DECODER_ERRORS):
            raise error from None  # LibRaw knows better why


def _turned(picture: OpenedPicture, orientation: int) -> OpenedPicture:
    """As a sidecar wants it."""
    turn = turned_again(picture.camera.orientation, picture.lies, orientation)
    return replace(picture, camera=replace(picture.camera, orientation=turn))


def _facts(picture: OpenedPicture, thumbnail: RgbImage, data: bytes) -> ImageFacts:
    width, height = picture.width, picture.height
    if picture.camera.orientation in _TURNED_ON_ITS_SIDE:
        width, height = height, width
    camera = picture.camera
    taken = camera.taken if picture.format == RAW else time_in(embedded_in(io.BytesIO(data))) or camera.taken
    measured = sharpness(thumbnail), difference_hash(thumbnail)
    return ImageFacts(width, height, picture.format, taken, camera.camera, picture.damaged, *measured)


def quick_thumbnail(data: bytes, suffix: str) -> RgbImage | None:
    """The small picture that a camera stores beside the large one, in a hundredth of the time; None if there is none.

    `data` may be the beginning of the file only. Black bars that cameras add to fill 4:3 are cut away.
    """
    if recognise(data, suffix) != "JPEG":
        return None
    try:
        return _embedded(data)
    except (UnreadableImage, *DECODER_ERRORS):
        return None


def _embedded(data: bytes) -> RgbImage | None:
    from shoal.imaging.jpeg_files import JpegFile
    from shoal.imaging.picture_files import open_picture, stated_facts

    large = JpegFile(io.BytesIO(data))
    exif = exif_of(large)
    small = exif.thumbnail() if exif else b""
    if not small:
        return None
    picture = open_picture(small, "JPEG", Wanted(short=THUMBNAIL_SIDE, long=THUMBNAIL_SIDE), DecodeLimits())
    # Cameras store 160 x 120 whatever the shape of the picture.
    image = _without_bars(picture.image, large.size)
    own = replace(picture, image=image, profile=large.info.get("icc_profile"), camera=stated_facts(large))
    return finished(own).inside(THUMBNAIL_SIDE)


def finished(picture: OpenedPicture) -> Resampler:
    """What every picture goes through, whoever will look at it."""
    from shoal.imaging.colour import to_srgb

    return Resampler(upright(to_srgb(picture.image, picture.profile), picture.camera.orientation))


def _frame(picture: OpenedPicture, thumbnail: RgbImage) -> Frame | None:
    """Where to look, because around it is nothing: nothing at all, or one colour."""
    if is_transparent(picture.image):
        image = upright(picture.image, picture.camera.orientation)
        visible = visible_box(image)
        if visible is not None:
            return around_silhouette(visible, image.size, ground_for(image))
    return inside_border(thumbnail)


def _is_coarse(frame: Frame, source: Resampler, facts: ImageFacts, wanted: Wanted) -> bool:
    """Whether the part has too few pixels, and the file has more of them."""
    width, height = source.width, source.height
    shrunk = max(facts.width, facts.height) > max(width, height)
    return shrunk and frame.share(width, height) * min(width, height) < _ENOUGH * wanted.short


def _without_bars(small: Image.Image, full_size: tuple[int, int]) -> Image.Image:
    """Cut the middle with the proportions of the full picture out of the small one."""
    shape = full_size[0] / full_size[1]
    width, height = min(small.width, round(small.height * shape)), min(small.height, round(small.width / shape))
    left, top = (small.width - width) // 2, (small.height - height) // 2
    return small.crop((left, top, left + max(1, width), top + max(1, height)))
