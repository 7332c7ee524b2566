"""What a file is by its first bytes, whatever it is called."""

from typing import Final

from shoal.domain.companions import RAW_SUFFIXES
from shoal.imaging.picture_kinds import PICTURE_KINDS

RAW: Final = "RAW"

_RAW_BEGINNINGS: Final = (
    b"FUJIFILMCCD-RAW",
    b"IIRO",  # Olympus
    b"IIRS",
    b"MMOR",
    b"IIU\x00",  # Panasonic
    b"\x00MRM",  # Minolta
    b"FOVb",  # Sigma
)
_TIFF_BEGINNINGS: Final = (b"II\x2a\x00", b"MM\x00\x2a")


def recognise(data: bytes, suffix: str) -> str | None:
    """The name of its kind, "RAW", or None for what is no picture we know.

    `suffix` only tells RAW files from the TIFFs they resemble.
    """
    if _is_raw(data, suffix):
        return RAW
    return next((kind.name for kind in PICTURE_KINDS if kind.is_it(data)), None)


def _is_raw(data: bytes, suffix: str) -> bool:
    if data.startswith(_TIFF_BEGINNINGS):
        return data[8:10] == b"CR" or suffix.lower().lstrip(".") in RAW_SUFFIXES
    canon = data[4:12] == b"ftypcrx " or data[6:14] == b"HEAPCCDR"
    return canon or data.startswith(_RAW_BEGINNINGS)
