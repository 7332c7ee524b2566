"""Which files of one folder belong together: pictures, and what belongs to each by its name.

A *family* has one picture that stands for it; `forms_of` says how its members are called when it gets another name.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, takewhile
from pathlib import Path, PurePath

from shoal.domain.companions import (
    RAW_SUFFIXES,
    SIDE_FOLDERS,
    SWAPPED,
    SWAPS,
    Claim,
    claims_of,
    composed,
    continues,
    shot_key,
    shot_stem,
    stands_behind,
    stem_of,
    suffix_of,
)
from shoal.domain.edited_names import made_from
from shoal.domain.safe_names import name_key, numbered, safe_ending, safe_name, safe_tail

Companions = Mapping[str, tuple[str, ...]]
_ALIKE = 40


@dataclass(frozen=True, slots=True)
class Families:
    """The files of a folder: `pictures` that stand for their families, `companions` of those that have any, and what
    belongs to nobody."""

    pictures: Sequence[str]
    companions: Companions = field(default_factory=dict)
    others: Sequence[str] = ()


def find_families(
    names: Sequence[str], suffixes: Set[str], of_cameras: Set[str], aside: Sequence[str] = ()
) -> Families:
    """Sort out the files of one folder. `names` are in natural order, and so is the result.

    `suffixes` of all pictures, `of_cameras` of those that stand for a RAW beside them. `aside`: files in sub-folders of
    programs, as they are called from here. The names of one shot are equal up to the suffix, without case and however
    accents are written.
    """
    as_written = {composed(name): name for name in (*names, *aside)}
    if len(as_written) == len(names) + len(aside) and any(
        composed_name != name for composed_name, name in as_written.items()
    ):
        plain = find_families([*map(composed, names)], suffixes, of_cameras, [*map(composed, aside)])
        return _renamed(plain, as_written)
    folder = _Folder(names, suffixes, of_cameras)
    companions: dict[str, list[str]] = defaultdict(list)
    others = []
    for name in names:
        owner = folder.owner(name)
        if owner is None:
            others.append(name)
        elif owner != name:
            companions[owner].append(name)
    for path in aside:
        owner = folder.claimed(path.rpartition("/")[2])
        if owner is not None:
            companions[owner].append(path)
    pictures = [name for name in folder.pictures if folder.lead[name] == name]
    return Families(pictures, {lead: tuple(members) for lead, members in companions.items()}, others)


def _renamed(families: Families, names: Mapping[str, str]) -> Families:
    companions = {names[lead]: tuple(names[name] for name in of) for lead, of in families.companions.items()}
    return Families([names[name] for name in families.pictures], companions, [names[name] for name in families.others])


class _Folder:
    """Answers which picture a file belongs to; `lead`: the one that stands for each picture, perhaps itself."""

    def __init__(self, names: Sequence[str], suffixes: Set[str], of_cameras: Set[str]) -> None:
        kinds = {name: suffix_of(name) for name in names}
        self.pictures = [name for name, kind in kinds.items() if kind in suffixes]
        self._by_name = {name.lower(): name for name in reversed(names)} | dict(zip(names, names, strict=True))
        cameras = [name for name in self.pictures if kinds[name] in of_cameras and not stands_behind(name)]
        raws = [name for name in self.pictures if kinds[name] in RAW_SUFFIXES]
        self._by_camera, self._by_raw = _Shots(cameras), _Shots(raws)
        self._shots = _Shots(list(dict.fromkeys([*cameras, *raws, *self.pictures])))
        of_shots = {*cameras, *raws}
        self._developed = {
            stem_of(picture).lower(): picture for picture in reversed(self.pictures) if picture not in of_shots
        }
        self.lead = dict(zip(self.pictures, self.pictures, strict=True))
        self.lead |= {name: self._lead_of_raw(name) for name in raws}
        self._only_edited: dict[str, str] = {}
        self._follow_other_pictures()

    def _lead_of_raw(self, name: str) -> str:
        """Where no camera has written a picture beside it, one of the same name that was developed from it."""
        stem = stem_of(name).lower()
        return self._by_camera.of(name) or self._developed.get(stem) or self._by_raw.of(name) or name

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(name.lower() for name in self.pictures)

    def _follow_other_pictures(self) -> None:
        """What was edited follows what it was made from; what was not chosen, what was."""
        for name in self.pictures:
            stem = made_from(name)
            original = self._shots.get(stem) if stem else None
            if original is None and stands_behind(name):
                original = self._by_camera.of(name)
            if original is not None and self.lead[name] == name != original:
                self.lead[name] = self.lead[original]
            elif stem:
                self._only_edited.setdefault(stem, name)

    def owner(self, name: str) -> str | None:
        return self.lead[name] if name in self.lead else self.claimed(name)

    def claimed(self, name: str) -> str | None:
        """The picture that a file of this name belongs to. Each claim on another file is on a shorter name."""
        for claim in claims_of(name):
            owned = self._found(claim, name)
            owner = self.owner(owned) if owned is not None and owned != name else None
            if owner is not None:
                return owner
        if not self._only_edited:
            return None
        originals = ({claim.of, stem_of(claim.of)} for claim in claims_of(name))
        return next(
            (self._only_edited[stem] for stems in originals for stem in stems if stem in self._only_edited), None
        )

    def _found(self, claim: Claim, name: str) -> str | None:
        """Of several that differ in case only, the one that is written as in the name of the claimant."""
        if claim.by == "beginning":
            return self._begun(claim)
        owners = self._by_name if claim.by == "name" else self._shots
        written = name[: len(claim.of)]
        return (owners.get(written) if written.lower() == claim.of else None) or owners.get(claim.of)

    def _begun(self, claim: Claim) -> str | None:
        """The first picture whose name begins so and bears that number; without a number, one without if there is."""
        candidates = [name for name in self._beginning_with(claim.of[:_ALIKE]) if _may_be(name, claim)]
        plain = next((name for name in candidates if claim.number or not stem_of(name).endswith(")")), None)
        first = plain or next(iter(candidates), None)
        return self._by_name[first] if first else None

    def _beginning_with(self, beginning: str) -> Iterator[str]:
        names = islice(self._sorted, bisect_left(self._sorted, beginning), None)
        return takewhile(lambda name: name.startswith(beginning), names)


def _may_be(name: str, claim: Claim) -> bool:
    """Whether Google may have made the name of a claim from that of a picture."""
    stem, mark = stem_of(name), f"({claim.number})" if claim.number else ""
    return stem.endswith(mark) and continues(claim.of, stem.removesuffix(mark) + name[len(stem) :])


class _Shots:
    """Pictures by what stands before their suffixes, and by what all pictures of a shot share; the first of each."""

    def __init__(self, names: Sequence[str]) -> None:
        self._written: dict[str, str] = {}
        self._by_stem: dict[str, str] = {}
        self._by_shot: dict[str, str] = {}
        for name in names:
            stem = stem_of(name)
            self._written.setdefault(stem, name)
            self._by_stem.setdefault(stem.lower(), name)
            shot = shot_key(name)
            if shot != stem:
                self._by_shot.setdefault(shot.lower(), name)

    def of(self, name: str) -> str | None:
        """The first that has the same stem as this one, or is of the same shot."""
        stem = stem_of(name)
        return self._written.get(stem) or self.get(stem.lower()) or self.get(shot_key(name).lower())

    def get(self, stem: str) -> str | None:
        return self._written.get(stem) or self._by_stem.get(stem) or self._by_shot.get(stem)


@dataclass(frozen=True, slots=True)
class Form:
    """How a member of a family is called: what follows the family's stem, and in which folder below the picture's.

    `swap`: how the name begins instead of IMG_. `own`: the name while the family keeps its stem, if it follows no rule.
    """

    ending: str
    folder: tuple[str, ...] = ()
    swap: str = ""
    own: str = ""

    def name(self, stem: str, number: str, keeps: bool) -> str:
        """`number` tells the family from others of its name; `keeps`: the stem is the one it always had."""
        if self.own and keeps and not number:
            return self.own
        if not self.swap:
            return stem + number + self.ending
        head, rest = stem[: len(SWAPPED)], stem[len(SWAPPED) :]
        if head.lower() != SWAPPED:
            return stem + number + SWAPS[self.swap] + self.ending
        begun = head + self.swap.removeprefix(SWAPPED) if self.swap.startswith(SWAPPED) else self.swap
        return begun.upper() + rest + number + self.ending

    @property
    def longest(self) -> str:
        """An ending as long as what is put to a stem at most."""
        return self.ending + SWAPS.get(self.swap, "")


def forms_of(picture: Path, members: Sequence[Path]) -> list[Form]:
    """For the picture and each member; no two give one name, without case."""
    stem = shot_stem(picture.name)
    forms: list[Form] = []
    taken: set[tuple[str, ...]] = set()
    for path in (picture, *members):
        form = _form(stem, picture, path)
        for _, text in numbered(""):
            ending = text + form.ending
            key = (*map(name_key, form.folder), form.swap, name_key(ending))
            if key not in taken:
                break
        taken.add(key)
        forms.append(form if ending == form.ending else Form(ending, form.folder, form.swap))
    return forms


def _form(stem: str, picture: Path, member: Path) -> Form:
    stem, name, folder = composed(stem), composed(member.name), _side_folder(picture, member)
    if name.casefold().startswith(stem.casefold()) and not name[len(stem) : len(stem) + 1].isalnum():
        return Form(safe_tail(name[len(stem) :]) or safe_ending(member.suffix), folder)
    for swap in SWAPS if stem.lower().startswith(SWAPPED) else ():
        swapped = swap + stem[len(SWAPPED) :].lower()
        if name.lower().startswith(swapped):
            return Form(safe_tail(name[len(swapped) :]), folder, swap)
    ending = safe_ending(member.suffix)
    if member.suffix.lower() == ".json":
        return Form(safe_ending(picture.suffix) + ending, folder, own=safe_name(name))
    return Form(ending, folder)


def _side_folder(picture: Path, member: Path) -> tuple[str, ...]:
    """Where a program looks for it, below the picture's folder; () for beside the picture."""
    if not member.parent.is_relative_to(picture.parent):
        return ()
    parts = member.parent.relative_to(picture.parent).parts
    return tuple(map(safe_name, parts)) if parts and is_side_folder(*parts[:1]) else ()


def is_side_folder(name: str) -> bool:
    return name.lower() in SIDE_FOLDERS


def is_below_side_folder(label: str) -> bool:
    """Of a folder as it is called below the one that was opened."""
    return any(map(is_side_folder, label.split("/")))


def may_hold_companions(folder: PurePath) -> bool:
    """Whether companions lie in this folder, which begins with a side folder."""
    top, *below = folder.parts
    beginning = SIDE_FOLDERS.get(top.lower())
    if not beginning or not below:
        return beginning == "" and not below
    return len(below) == 1 and below[0].lower().startswith(beginning)
