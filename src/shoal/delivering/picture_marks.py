"""The stars, label and keywords that a picture has already, from its own file and from the sidecars beside it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from shoal.domain.companions import RAW_SUFFIXES, same_name, sidecars_of, suffix_of
from shoal.domain.marks import MOST_STARS, Contradiction, Marks, Said, contradictions, joined
from shoal.exports.sidecars import LONGEST_SIDECAR, as_sidecar
from shoal.exports.xmp_marks import read_said
from shoal.files.safe_files import SourceTrouble, read_file
from shoal.imaging.fingerprint import open_image_file
from shoal.imaging.limits import UnreadableImage
from shoal.imaging.written_keywords import iptc_keywords, windows_keywords
from shoal.imaging.xmp_packets import Embedded, embedded_in

_VERSION = re.compile(r"(.+)_\d\d+(\.[^.]+)")


@dataclass(frozen=True, slots=True)
class SourcePacket:
    """What a sidecar or a picture says in XMP, as a sidecar would; empty where it cannot be followed.

    `about`: the pictures of the shot that it speaks of.
    """

    path: Path
    content: bytes
    about: frozenset[Path]
    is_sidecar: bool


@dataclass(frozen=True, slots=True)
class Shot:
    """All that is said about a shot, what counts first before the rest: sidecars, then the files themselves."""

    pictures: tuple[Path, ...]
    packets: tuple[SourcePacket, ...]
    said: tuple[Said, ...]

    @property
    def marks(self) -> Marks:
        return joined([place.marks for place in self.said])

    @property
    def contradictions(self) -> tuple[Contradiction, ...]:
        return contradictions(self.said)


def look_at_shot(picture: Path, companions: Sequence[Path] = ()) -> Shot:
    """A sidecar counts before the file itself, that of the picture (IMG.JPG.xmp) first, that of the shot second.

    `companions`: whatever belongs to the picture; sidecars and RAW files among them say something. Reads the beginnings
    of files; what cannot be read says nothing. The second versions of darktable (IMG_01.JPG.xmp) speak for themselves.
    """
    pictures = (picture, *(path for path in companions if suffix_of(path.name) in RAW_SUFFIXES))
    sidecars = [path for path in sidecars_of(picture, companions) if not is_version(path, pictures)]
    read = [*(_of_sidecar(path, pictures) for path in sidecars), *map(_of_picture, pictures)]
    packets = tuple(packet for packet, _said in read)
    return Shot(pictures, packets, tuple(said for _packet, of_one in read for said in of_one))


def is_version(sidecar: Path, pictures: Sequence[Path]) -> bool:
    """Whether darktable called it so for a second version of one of the pictures."""
    version = _VERSION.fullmatch(sidecar.stem)
    names = {same_name(path.name) for path in pictures}
    of_its_own = same_name(sidecar.stem) in names
    return not of_its_own and version is not None and same_name(f"{version[1]}{version[2]}") in names


def about(named: str, pictures: Sequence[Path]) -> frozenset[Path]:
    """Which pictures a sidecar speaks of whose own name, without its ending, is `named`: IMG.JPG one, IMG all."""
    key = same_name(named)
    whole = [path for path in pictures if same_name(path.name) == key]
    return frozenset(whole or [path for path in pictures if same_name(path.stem) == key] or pictures)


def _of_sidecar(path: Path, pictures: Sequence[Path]) -> tuple[SourcePacket, Sequence[Said]]:
    try:
        content = read_file(path, LONGEST_SIDECAR)
    except SourceTrouble:
        content = b""
    return SourcePacket(path, content, about(path.stem, pictures), True), _placed(path, read_said(content))


def _of_picture(path: Path) -> tuple[SourcePacket, Sequence[Said]]:
    said: list[Said] = []
    content = b""
    try:
        with open_image_file(path) as file:
            embedded = embedded_in(file)
            said += _inside(embedded)
            content = as_sidecar(embedded.packet) or b"" if embedded.packet else b""
    except (UnreadableImage, OSError):
        pass
    return SourcePacket(path, content, frozenset([path]), False), _placed(path, said)


def _inside(embedded: Embedded) -> Iterator[Said]:
    """XMP, and EXIF's stars. Keywords outside XMP are older than those in it, as the Metadata Working Group has it."""
    said = read_said(embedded.packet, by_hand=False)
    yield from said
    rating = embedded.exif_rating
    if rating is not None and 0 <= rating <= MOST_STARS:
        yield Said("EXIF", Marks(stars=rating), by_hand=False)
    if not any(source.marks.keywords for source in said):
        keywords = iptc_keywords(embedded.iptc) or windows_keywords(embedded.exif)
        yield Said("IPTC", Marks(keywords), by_hand=False)


def _placed(path: Path, said: Sequence[Said]) -> list[Said]:
    return [replace(source, place=f"{path.name} ({source.place})") for source in said]
