"""What comes of opening a picture file, and what opening one may raise."""

import struct
import zlib
from dataclasses import dataclass, field
from typing import Final

from PIL import Image

from shoal.imaging.metadata import CameraFacts

DECODER_ERRORS: Final = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    RuntimeError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
    ZeroDivisionError,
    MemoryError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Warning,  # where somebody made errors of warnings, a remark about a TIFF must not end the run
)
"""What the decoders let out of hostile files, found by feeding them damaged ones (tests/faults/fuzz_decoding.py)."""


@dataclass(frozen=True, slots=True, eq=False)
class OpenedPicture:
    """An unpacked picture, perhaps smaller than the file's; not yet turned upright and in the file's own colours.

    `width` and `height` are the file's, before the orientation is applied.
    """

    image: Image.Image
    width: int
    height: int
    format: str
    profile: bytes | None = None
    camera: CameraFacts = field(default_factory=CameraFacts)
    damaged: bool = False
    lies: int = 1
    """What undoing the orientation in `camera` undoes of the original: the preview of a RAW may be turned already."""
