"""Which way up a RAW file is by the word of a sidecar: programs that turn a RAW write it there, never into the file.

What the caches know of a picture was seen one way up: where a sidecar wants another, it is unpacked once more.
"""

from collections.abc import Sequence
from pathlib import Path

from shoal.domain.companions import RAW_SUFFIXES, sidecars_of, suffix_of
from shoal.files.safe_files import SourceTrouble, read_file
from shoal.imaging.xmp_packets import LONGEST_PACKET
from shoal.imaging.xmp_properties import orientation_in


def stated_orientation(picture: Path, companions: Sequence[Path]) -> int | None:
    """EXIF's 1..8 for the sensor's picture; None if the camera's word counts."""
    if suffix_of(picture.name) not in RAW_SUFFIXES:
        return None
    for sidecar in sidecars_of(picture, companions):
        try:
            stated = orientation_in(read_file(sidecar, LONGEST_PACKET))
        except SourceTrouble:
            continue
        if stated is not None:
            return stated
    return None
