"""Pictures that programs made from another one and put beside it, under its name and something more."""

import re

from shoal.domain.companions import RAW_SUFFIXES, stem_of, swapped_stem

# fmt: off
_MADE_BY_PROGRAMS = (
    # Google Photos, in the language of the account
    "-edited", "-effects", "-smile", "-mix", "-bearbeitet", "-bewerkt", "-edytowane", "-modifié", "-modificato",
    "-ha editado", "-editado", "-editat", "-編集済み", "-已修改", "-redigerad", "-redigeret", "-redigert", "-muokattu",
    "_edited",  # osxphotos
)
# fmt: on
_EDITED = re.compile(rf"(.+?)(?:{'|'.join(_MADE_BY_PROGRAMS)})( ?\(\d+\))?")
_SHOTWELLS = re.compile(rf"(.+)_(?:{'|'.join(sorted(RAW_SUFFIXES))})_(?:shotwell|embedded)(?:_\d+)?")
MARKS = (*_MADE_BY_PROGRAMS, "_shotwell", "_embedded", "img_e")
"""What, in lower case, is in the name of each such picture."""


def made_from(name: str) -> str | None:
    """What the picture that this one was made from is called before its suffix, in lower case; None for no such one.

    `IMG_E1234.JPG` was made from IMG_1234, `IMG_1-edited(2).jpg` from IMG_1(2), `IMG_1_CR2_shotwell.jpg` from IMG_1.
    """
    swapped = swapped_stem(name)
    if swapped:
        return swapped
    stem = stem_of(name).lower()
    if not any(mark in stem for mark in MARKS):
        return None
    edited = _EDITED.fullmatch(stem)
    if edited:
        return edited[1] + (edited[2] or "")
    developed = _SHOTWELLS.fullmatch(stem)
    return developed[1] if developed else None
