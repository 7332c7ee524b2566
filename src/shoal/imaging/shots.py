"""Which files of one folder belong together: a RAW file beside its JPEG, and the sidecars of both."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import chain

from shoal.imaging.file_names import SIDECAR_SUFFIX, is_hidden
from shoal.imaging.picture_kinds import RAW_SUFFIXES, camera_suffixes, image_suffixes

Companions = Mapping[str, tuple[str, ...]]

_ENDINGS = [f".{suffix}\0" for suffix in ("jpg", "jpeg", "png", "webp", "heic", "gif", "tif", "bmp")]
"""Of pictures that need no partner, the likeliest first."""


def pair_files(names: Sequence[str]) -> tuple[list[str], Companions]:
    """Tell the images among the files of one folder from what belongs to them. Hidden files are neither.

    `names` are in natural order, and so is the result. The names of one shot are equal up to the suffix, without
    case. The camera's JPEG or HEIC is the image and its RAW files are companions; of RAW files alone, the first.
    """
    if _only_plain_pictures(names):
        return list(names), {}
    files = _Files([name for name in names if not is_hidden(name)])
    lead_of = _leads(files)
    companions: dict[str, list[str]] = defaultdict(list)
    for name, lead in chain(lead_of.items(), _sidecars(files, lead_of)):
        if name != lead:
            companions[lead].append(name)
    images = [name for name in files.images if lead_of.get(name, name) == name]
    return images, {lead: tuple(members) for lead, members in companions.items()}


def _only_plain_pictures(names: Sequence[str]) -> bool:
    """The usual folder, told at the speed of a search through one text."""
    joined = "\0" + "\0".join(names).lower() + "\0"
    plain = 0
    for ending in _ENDINGS:
        plain += joined.count(ending)
        if plain == len(names):
            return "\0." not in joined
    return False


class _Files:
    """Names with their stems and suffixes in lower case, and the images among them."""

    def __init__(self, names: Sequence[str]) -> None:
        parts = [name.lower().rpartition(".") for name in names]
        self.stem = {name: stem for name, (stem, _, _) in zip(names, parts, strict=True)}
        self.suffix = {name: suffix for name, (_, _, suffix) in zip(names, parts, strict=True)}
        self.images = [name for name, suffix in self.suffix.items() if suffix in image_suffixes()]

    def with_suffix(self, suffixes: Set[str]) -> list[str]:
        return [name for name, suffix in self.suffix.items() if suffix in suffixes]


def _leads(files: _Files) -> dict[str, str]:
    """For each RAW file the image that stands for its shot, perhaps itself."""
    first_picture = _first_of_each_shot(files, files.with_suffix(camera_suffixes()))
    raws = files.with_suffix(RAW_SUFFIXES)
    first_raw = _first_of_each_shot(files, raws)
    return {name: first_picture.get(files.stem[name]) or first_raw[files.stem[name]] for name in raws}


def _first_of_each_shot(files: _Files, names: Sequence[str]) -> dict[str, str]:
    return {files.stem[name]: name for name in reversed(names)}


def _sidecars(files: _Files, lead_of: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs of sidecar and the image it goes with: IMG.CR2.xmp names its file in full, IMG.xmp only the shot."""
    sidecars = files.with_suffix({SIDECAR_SUFFIX})
    if not sidecars:
        return
    shots = files.with_suffix(camera_suffixes() | RAW_SUFFIXES)
    by_stem = _first_of_each_shot(files, files.images) | _first_of_each_shot(files, shots)
    by_name = {name.lower(): name for name in reversed(files.images)}
    for sidecar in sidecars:
        stem = files.stem[sidecar]
        image = by_name.get(stem) or by_stem.get(stem)
        if image is not None:
            yield sidecar, lead_of.get(image, image)
