"""Which files of one folder belong together: a RAW file beside its JPEG, and the sidecars of both."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from shoal.imaging.file_names import (
    CAMERA_PICTURE_SUFFIXES,
    IMAGE_SUFFIXES,
    RAW_SUFFIXES,
    SIDECAR_SUFFIX,
    stem_of,
    suffix_of,
)

Companions = Mapping[str, tuple[str, ...]]

_NEVER_PAIRED = frozenset("." + suffix for suffix in IMAGE_SUFFIXES - RAW_SUFFIXES if len(suffix) == 3)


def pair_files(names: Sequence[str]) -> tuple[list[str], Companions]:
    """Tell the images among the files of one folder from what belongs to them.

    `names` are in natural order, and so is the result. The names of one shot are equal up to the suffix, without
    case. The camera's JPEG or HEIC is the image and its RAW files are companions; of RAW files alone, the first.
    """
    if {name[-4:] for name in "\0".join(names).lower().split("\0")} <= _NEVER_PAIRED:
        return list(names), {}
    images = [name for name in names if suffix_of(name) in IMAGE_SUFFIXES]
    lead_of = _leads(images)
    companions: dict[str, list[str]] = defaultdict(list)
    for name in images:
        if lead_of[name] != name:
            companions[lead_of[name]].append(name)
    for name, lead in _sidecars(names, images, lead_of):
        companions[lead].append(name)
    return [name for name in images if lead_of[name] == name], {key: tuple(of) for key, of in companions.items()}


def _leads(images: Sequence[str]) -> dict[str, str]:
    """For each image the one that stands for its shot: itself, unless it is a RAW file beside something better."""
    shots: dict[str, list[str]] = defaultdict(list)
    for name in images:
        shots[stem_of(name)].append(name)
    lead_of = {name: name for name in images}
    for members in shots.values():
        raws = [name for name in members if suffix_of(name) in RAW_SUFFIXES]
        if raws:
            lead_of |= dict.fromkeys(raws, _camera_picture(members) or raws[0])
    return lead_of


def _camera_picture(members: Sequence[str]) -> str | None:
    return next((name for name in members if suffix_of(name) in CAMERA_PICTURE_SUFFIXES), None)


def _sidecars(names: Sequence[str], images: Sequence[str], lead_of: Mapping[str, str]) -> list[tuple[str, str]]:
    """Pairs of sidecar and the image it goes with: IMG.CR2.xmp names its file in full, IMG.xmp only the shot."""
    by_name = {name.lower(): lead_of[name] for name in reversed(images)}
    by_stem = {stem_of(name): lead_of[name] for name in sorted(images, key=_shots_last)}
    sidecars = [name for name in names if suffix_of(name) == SIDECAR_SUFFIX]
    found = [(name, by_name.get(stem_of(name)) or by_stem.get(stem_of(name))) for name in sidecars]
    return [(name, lead) for name, lead in found if lead is not None]


def _shots_last(name: str) -> bool:
    return suffix_of(name) in CAMERA_PICTURE_SUFFIXES | RAW_SUFFIXES
