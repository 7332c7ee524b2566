"""The picture a camera put into its RAW file; developing the sensor's data only where there is none."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from PIL import Image

from shoal.domain.capture_time import capture_time
from shoal.domain.sentence import Sentence
from shoal.imaging.capture_time import time_in
from shoal.imaging.limits import DecodeLimits, UnreadableImage, not_readable_kind
from shoal.imaging.metadata import CameraFacts, camera_facts, exif_block
from shoal.imaging.opened_picture import DECODER_ERRORS, OpenedPicture
from shoal.imaging.raw_rescue import ends_early, largest_jpegs
from shoal.imaging.sizes import Wanted
from shoal.imaging.xmp_packets import embedded_in

_BYTES_PER_SENSOR_PIXEL: Final = 4
"""Two as the sensor wrote them, nearly two for the picture of half its size in four colours of 16 bits."""

_SMALLEST_PREVIEW: Final = 256
"""Pixels on the long side. Some cameras embed nothing but a stamp."""

_ORIENTATION_BY_FLIP: Final = {3: 3, 5: 8, 6: 6}
"""LibRaw's names for turning a picture, and EXIF's."""


OpenJpeg = Callable[[bytes, str, Wanted, DecodeLimits], OpenedPicture]


def open_raw(data: bytes, wanted: Wanted, limits: DecodeLimits, open_preview: OpenJpeg) -> OpenedPicture:
    """The embedded preview, which `open_preview` unpacks, or else the sensor's data at half size.

    Raises `UnreadableImage`, and one of `DECODER_ERRORS` for hopeless files.
    """
    import rawpy

    try:
        with rawpy.imread(io.BytesIO(data)) as raw:
            _require_size(raw.sizes, limits, len(data))
            picture = _preview(raw, wanted, limits, open_preview) or _developed(raw)
            width, height = _full_size(raw.sizes, picture)
            taken = time_in(embedded_in(io.BytesIO(data))) or _time_of_libraw(raw)
    except (rawpy.LibRawError, rawpy.NotSupportedError) as error:
        # A kind that LibRaw does not know yet, or a file that broke off: the preview is often whole all the same.
        rescued = _rescued(data, wanted, limits, open_preview)
        if rescued is None:
            raise _reason(error) from error
        return rescued
    own = camera_facts(exif_block(data)).camera
    camera = replace(picture.camera, taken=taken, camera=own or picture.camera.camera)
    damaged = picture.damaged or ends_early(data)
    return replace(picture, format="RAW", width=width, height=height, camera=camera, damaged=damaged)


def _rescued(data: bytes, wanted: Wanted, limits: DecodeLimits, open_preview: OpenJpeg) -> OpenedPicture | None:
    """The largest JPEG anywhere in a file that LibRaw gives up on, for what the camera put first is often whole."""
    exif = exif_block(data)
    facts = camera_facts(exif)
    for jpeg in largest_jpegs(data, _SMALLEST_PREVIEW):
        try:
            picture = open_preview(jpeg, "JPEG", wanted, limits)
        except (UnreadableImage, *DECODER_ERRORS):
            continue
        orientation = picture.camera.orientation if picture.camera.orientation != 1 else facts.orientation
        taken = time_in(embedded_in(io.BytesIO(data))) or picture.camera.taken
        camera = CameraFacts(orientation, taken, facts.camera or picture.camera.camera)
        return replace(picture, format="RAW", camera=camera, lies=orientation, damaged=True)
    return None


def _require_size(sizes: Any, limits: DecodeLimits, length: int) -> None:
    limits.require_size(sizes.raw_width, sizes.raw_height, length)
    if sizes.raw_width * sizes.raw_height * _BYTES_PER_SENSOR_PIXEL > limits.max_memory_bytes:
        raise UnreadableImage(Sentence("developing the picture would take too much memory"))


def _preview(raw: Any, wanted: Wanted, limits: DecodeLimits, open_preview: OpenJpeg) -> OpenedPicture | None:
    import rawpy

    try:
        thumbnail = raw.extract_thumb()
        if thumbnail.format == rawpy.ThumbFormat.JPEG:
            picture = open_preview(thumbnail.data, "JPEG", wanted, limits)
        else:
            picture = _bitmap(Image.fromarray(thumbnail.data))
    except (rawpy.LibRawError, UnreadableImage, *DECODER_ERRORS):
        return None
    # Developing takes far longer, but a stamp is no picture to sort by.
    if max(picture.width, picture.height) < _SMALLEST_PREVIEW:
        return None
    orientation = _orientation(raw.sizes, picture)
    lies = _ORIENTATION_BY_FLIP.get(raw.sizes.flip, orientation)
    return replace(picture, camera=replace(picture.camera, orientation=orientation), lies=lies)


def _orientation(sizes: Any, picture: OpenedPicture) -> int:
    """The preview's own word if it has one, else the camera's, unless the preview was turned when it was written."""
    turn = _ORIENTATION_BY_FLIP.get(sizes.flip, 1)
    on_its_side = turn in (6, 8)
    turned_already = on_its_side and (sizes.width > sizes.height) != (picture.width > picture.height)
    if picture.camera.orientation != 1:
        return picture.camera.orientation
    return 1 if turned_already else turn


def _time_of_libraw(raw: Any) -> str | None:
    """For the files whose own EXIF we cannot find: the preview's, or LibRaw's word.

    LibRaw puts EXIF of its own before a preview that has none. There the moment never is that of exposure, and where
    it knows none, it is the beginning of 1970.
    """
    if raw.other.timestamp.timestamp() == 0:
        return None
    return capture_time(raw.other.timestamp.isoformat())


def _developed(raw: Any) -> OpenedPicture:
    turn = _ORIENTATION_BY_FLIP.get(raw.sizes.flip, 1)  # asked before: developing with user_flip forgets it
    # Half the size: four sensor pixels make one in colour, and nothing has to be invented between them.
    pixels = raw.postprocess(half_size=True, use_camera_wb=True, output_bps=8, user_flip=0)
    return replace(_bitmap(Image.fromarray(pixels)), camera=CameraFacts(turn), lies=turn)


def _bitmap(image: Image.Image) -> OpenedPicture:
    return OpenedPicture(image, image.width, image.height, "RAW")


def _full_size(sizes: Any, picture: OpenedPicture) -> tuple[int, int]:
    """The sensor's width and height, lying as the preview lies."""
    lies_alike = (sizes.width > sizes.height) == (picture.width > picture.height)
    return (sizes.width, sizes.height) if lies_alike else (sizes.height, sizes.width)


def _reason(error: Exception) -> UnreadableImage:
    detail = error.args[0] if error.args else ""
    words = detail.decode("ascii", "replace") if isinstance(detail, bytes) else str(detail)
    if "nput/output" in words:  # what LibRaw says of every file that is shorter than it should be
        return UnreadableImage(Sentence("the file is damaged ({format}: it ends early)", format="RAW"))
    if "nsupported" in words:
        return not_readable_kind("RAW", words)
    return UnreadableImage(Sentence("the RAW file cannot be read: {reason}", reason=words))
