"""Which files of one folder belong together, as far as their names say so."""

from collections.abc import Sequence

from shoal.domain.companions import is_hidden
from shoal.domain.edited_names import MARKS as EDITED_MARKS
from shoal.domain.families import Families, find_families
from shoal.imaging.picture_kinds import camera_suffixes, image_suffixes

_ENDINGS = [f".{suffix}\0" for suffix in ("jpg", "jpeg", "png", "webp", "heic", "gif", "tif", "bmp")]
"""Of pictures that need no partner, the likeliest first."""

_PARTED = (".cover", ".original", "__highres", ".e.", *EDITED_MARKS)
"""What is in the names of pictures that may have one, all the same."""


def pair_files(names: Sequence[str], aside: Sequence[str] = ()) -> Families:
    """Tell the images among the files of one folder from what belongs to them. Hidden files are neither.

    `names` are in natural order, and so is the result. `aside`: files in sub-folders of programs.
    """
    if not aside and _only_plain_pictures(names):
        return Families(list(names))
    seen = [name for name in names if not is_hidden(name)]
    return find_families(seen, image_suffixes(), camera_suffixes(), aside)


def _only_plain_pictures(names: Sequence[str]) -> bool:
    """The usual folder, told at the speed of a search through one text."""
    joined = "\0" + "\0".join(names).lower() + "\0"
    plain = 0
    for ending in _ENDINGS:
        plain += joined.count(ending)
        if plain == len(names):
            return "\0." not in joined and not any(part in joined for part in _PARTED)
    return False
