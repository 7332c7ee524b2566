"""How what belongs to a picture is called when the picture gets another name or another place."""

from collections.abc import Sequence
from pathlib import Path

from shoal.domain.companions import composed, shot_stem
from shoal.domain.families import forms_of


def called_as(kin: Sequence[Path], picture: Path, becomes: Path) -> list[Path]:
    """Where what belongs to `picture` goes when that becomes `becomes`: beside it, called as it is."""
    before, after = composed(shot_stem(picture.name)), composed(shot_stem(becomes.name))
    forms = forms_of(picture, kin)[1:]
    return [becomes.parent.joinpath(*form.folder, form.name(after, "", before == after)) for form in forms]
