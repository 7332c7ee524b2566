"""The stars, label and keywords that a picture has already, from its own file and from the sidecars beside it."""

from collections.abc import Sequence
from pathlib import Path

from shoal.domain.companions import RAW_SUFFIXES, suffix_of
from shoal.domain.marks import MOST_STARS, Marks, joined
from shoal.exports.sidecars import LONGEST_SIDECAR
from shoal.exports.xmp_marks import read_marks
from shoal.files.safe_files import SourceTrouble, read_file
from shoal.imaging.file_names import SIDECAR_SUFFIX
from shoal.imaging.fingerprint import open_image_file
from shoal.imaging.limits import UnreadableImage
from shoal.imaging.xmp_packets import embedded_in


def marks_beside(picture: Path, companions: Sequence[Path] = ()) -> Marks:
    """All that is said about a shot. A sidecar counts before the file itself, that of the picture (IMG.JPG.xmp) first.

    `companions`: sidecars, the RAW beside a JPEG, and others, which say nothing. Reads the beginnings of files; neither
    does what cannot be read say anything.
    """
    sidecars = [path for path in companions if suffix_of(path.name) == SIDECAR_SUFFIX]
    own = f"{picture.name}.{SIDECAR_SUFFIX}".casefold()
    sidecars.sort(key=lambda path: path.name.casefold() != own)
    pictures = [picture, *(path for path in companions if suffix_of(path.name) in RAW_SUFFIXES)]
    return joined([*map(_of_sidecar, sidecars), *map(_of_picture, pictures)])


def _of_sidecar(path: Path) -> Marks:
    try:
        return read_marks(read_file(path, LONGEST_SIDECAR))
    except SourceTrouble:
        return Marks()


def _of_picture(path: Path) -> Marks:
    """XMP, and where it names no stars, EXIF."""
    try:
        with open_image_file(path) as file:
            embedded = embedded_in(file)
    except (UnreadableImage, OSError):
        return Marks()
    rating = embedded.exif_rating
    known = rating is not None and 0 <= rating <= MOST_STARS
    return joined([read_marks(embedded.packet), Marks(stars=rating if known else None)])
