"""When pictures were taken by the word of the sidecars beside them: whoever edits a date has it written there.

A sidecar is no part of the content that the caches know a picture by: it is read anew whenever it may have changed.
"""

import os
import stat
from collections.abc import Sequence
from pathlib import Path

from shoal.domain.companions import sidecars_of
from shoal.domain.images import FileStamp, FoundImage, is_settled
from shoal.files.safe_files import SourceTrouble, read_file
from shoal.imaging.capture_time import SidecarTime, time_in, time_in_sidecar
from shoal.imaging.fingerprint import open_image_file
from shoal.imaging.limits import UnreadableImage
from shoal.imaging.xmp_packets import LONGEST_PACKET, embedded_in


def time_beside(image: FoundImage, taken: str | None) -> str | None:
    """`taken`, which the picture says itself, unless a sidecar knows better. What cannot be read says nothing."""
    for sidecar in sidecars_of(image.path, image.companions):
        said = _said_in(sidecar)
        if said.taken and "T" in said.taken:
            return said.taken
        if said.taken or said.made:
            return _both(image.path, said) or taken
    return taken


def are_as_before(sidecars: Sequence[Path], looked_ns: int) -> bool:
    """Whether no change since the look that began at `looked_ns` can have been missed."""
    return all(_cannot_have_changed(path, looked_ns) for path in sidecars)


def _cannot_have_changed(path: Path, looked_ns: int) -> bool:
    try:
        status = os.lstat(path)
    except (OSError, ValueError):
        return False
    # An older file put in its place keeps its own time of change, but not that of its entry on the disk.
    times = (status.st_mtime_ns, status.st_ctime_ns)
    return stat.S_ISREG(status.st_mode) and all(is_settled(FileStamp(0, time), looked_ns) for time in times)


def _said_in(sidecar: Path) -> SidecarTime:
    try:
        return time_in_sidecar(read_file(sidecar, LONGEST_PACKET))
    except SourceTrouble:
        return SidecarTime()


def _both(picture: Path, said: SidecarTime) -> str | None:
    """What the sidecar says may count after some and before other things that the picture says."""
    try:
        with open_image_file(picture) as file:
            return time_in(embedded_in(file), said)
    except (UnreadableImage, OSError):
        return said.taken or said.made
