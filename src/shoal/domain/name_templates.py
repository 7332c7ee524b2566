"""How exported files are called: a template such as `{cluster}/{date}_{seq}_{name}`, read and filled in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Final

from shoal.domain.capture_time import parts_of
from shoal.domain.companions import shot_stem
from shoal.domain.errors import ExportRefused
from shoal.domain.images import ImageRecord
from shoal.domain.label_colours import COLOURS
from shoal.domain.sentence import Sentence
from shoal.domain.verdicts import NOTHING_SAID, Verdict

FIELDS: Mapping[str, str] = {
    "cluster": "the name of the cluster; below its parent's folder, unless {parent} says otherwise",
    "parent": "the name that the cluster stands under, nothing where it stands under none",
    "name": "the picture's own name",
    "stem": "the picture's own name without its extension",
    "ext": "the extension without its dot",
    "date": "the day it was taken, 2026-05-31",
    "time": "the time it was taken, 18-04-59",
    "year": "the year it was taken",
    "month": "the month it was taken, 01 to 12",
    "day": "the day of the month it was taken, 01 to 31",
    "seq": "a number that counts within the cluster, 0001; {seq:2} has two digits",
    "folder": "the sub-folder it came from",
    "camera": "the camera that took it",
    "stars": "its stars, 0 to 5",
    "pick": "picked, rejected, pending, or unflagged",
    "label": "the colour of its label, or unlabelled",
    "colour": "the same",
}
"""Field -> what it stands for; the dialog and the documentation list these."""

MARK_FIELDS = frozenset({"stars", "pick", "label", "colour"})
LABEL_MEANS: Final = Sentence("{label} is the colour of a picture's label; the sub-folder it came from is {folder}.")
"""To be told wherever a template has that field: of old it was the sub-folder."""
_FLAGS = ("unflagged", "rejected", "pending", "picked")
"""As digiKam counts them."""

DEFAULT_TEMPLATE = "{cluster}/{name}"
UNDATED = "undated"
_DEEPEST = 8
_SEQUENCE_WIDTH = 4
_WIDTH = re.compile(r"0?([1-9])")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text as it stands, followed by the value of a field ("" for none); `width` pads numbers with zeros."""

    text: str
    field: str = ""
    width: int = 0


@dataclass(frozen=True, slots=True)
class NameTemplate:
    """`folders` from the top, then `stem`: the file's extension always stays as it is."""

    folders: tuple[tuple[Piece, ...], ...]
    stem: tuple[Piece, ...]

    @property
    def is_plain(self) -> bool:
        """Whether every file keeps its name, in a folder called as its cluster is."""
        folders, stem = self.folders, self.stem
        return folders == ((Piece("", "cluster"),),) and stem in ((Piece("", "name"),), (Piece("", "stem"),))

    def folder_names(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """Not yet safe names."""
        return self.placed(values)[0]

    def placed(self, values: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[bool, ...]]:
        """The folders' names, not yet safe, and of each whether it is a cluster's or several clusters share it.

        What stands under a parent goes into its folder. A folder without a name is none.
        """
        by_cluster = [any(piece.field == "cluster" for piece in folder) for folder in self.folders]
        placed = [(_filled(folder, values).strip(), own) for folder, own in zip(self.folders, by_cluster, strict=True)]
        if values["parent"] and any(by_cluster) and not self._names_parents:
            placed.insert(by_cluster.index(True), (values["parent"], False))
        named = [(name, own) for name, own in placed if name]
        return tuple(name for name, _own in named), tuple(own for _name, own in named)

    @property
    def _names_parents(self) -> bool:
        return any(piece.field == "parent" for part in (*self.folders, self.stem) for piece in part)

    @property
    def has_numbers(self) -> bool:
        """Whether the numbers of pictures are in any names, also those of folders."""
        return any(piece.field == "seq" for part in (*self.folders, self.stem) for piece in part)

    @property
    def asks_for_marks(self) -> bool:
        """Whether stars, flags or labels are in any names."""
        return any(piece.field in MARK_FIELDS for part in (*self.folders, self.stem) for piece in part)

    @property
    def counts(self) -> bool:
        """Whether the pictures of a cluster are numbered, in the names of their files."""
        return [piece.field for piece in self.stem].count("seq") == 1

    def file_stem(self, values: Mapping[str, str]) -> str:
        """Not yet a safe name. `{name}` stands for the stem here, or the extension would come twice."""
        return _filled(self.stem, {**values, "name": values["stem"]})


def parse_template(text: str) -> NameTemplate:
    """Raises ExportRefused, with a sentence, for what is not a template."""
    without_extension = text.strip().removesuffix(".{ext}")
    parts = [part for part in re.split(r"[/\\]", without_extension) if part.strip()]
    if not parts or re.search(r"[/\\]\s*$", without_extension):
        raise ExportRefused(
            Sentence("The template for file names is incomplete."),
            Sentence("Try {template}.", template=DEFAULT_TEMPLATE),
        )
    if len(parts) > _DEEPEST:
        raise ExportRefused(
            Sentence("The template has too many folders inside each other."),
            Sentence("Try {template}.", template=DEFAULT_TEMPLATE),
        )
    *folders, stem = (_parse_part(part) for part in parts)
    return NameTemplate(tuple(folders), stem)


def template_values(
    record: ImageRecord, cluster: str, sequence: int, parent: str = "", verdict: Verdict = NOTHING_SAID
) -> dict[str, str]:
    """Every field for one image. `cluster` is the name its folder gets, `parent` what that stands under."""
    year, month, day, hour, minute, second, _fraction = parts_of(record.facts.taken or "")
    return {
        "cluster": cluster,
        "parent": parent,
        "name": record.path.name,
        "stem": shot_stem(record.path.name),
        "ext": record.path.suffix.removeprefix("."),
        "date": "-".join(part for part in (year, month, day) if part) or UNDATED,
        "time": f"{hour}-{minute}-{second}" if hour else UNDATED,
        "year": year or UNDATED,
        "month": month or UNDATED,
        "day": day or UNDATED,
        "seq": str(sequence),
        "folder": record.label.replace("/", "-") or "no folder",
        "camera": record.facts.camera or "unknown camera",
        **said_values(verdict),
    }


def said_values(verdict: Verdict) -> dict[str, str]:
    """What counts of an image, in names of files."""
    stars, flag, colour = (max(0, number) for number in verdict)
    label = COLOURS[colour - 1].lower() if colour else "unlabelled"
    return {"stars": str(stars), "pick": _FLAGS[flag], "label": label, "colour": label}


def _filled(pieces: tuple[Piece, ...], values: Mapping[str, str]) -> str:
    return "".join(piece.text + (values[piece.field].zfill(piece.width) if piece.field else "") for piece in pieces)


def _parse_part(part: str) -> tuple[Piece, ...]:
    try:
        parsed = list(Formatter().parse(part))
    except ValueError as error:
        remedy = Sentence("Write {field}, and {{ or }} for a brace itself.")
        raise ExportRefused(Sentence("A brace in the template “{part}” has no partner.", part=part), remedy) from error
    return tuple(_piece(*piece) for piece in parsed)


def _piece(text: str, field: str | None, width: str | None, conversion: str | None) -> Piece:
    if field is None:
        return Piece(text)
    if field not in FIELDS or conversion is not None:
        fields = ", ".join(f"{{{name}}}" for name in FIELDS)
        raise ExportRefused(
            Sentence("The template has no field {{field}}.", field=field),
            Sentence("There are {fields}.", fields=fields),
        )
    return Piece(text, field, _sequence_width(field, width or ""))


def _sequence_width(field: str, text: str) -> int:
    if not text:
        return _SEQUENCE_WIDTH if field == "seq" else 0
    digits = _WIDTH.fullmatch(text)
    if field != "seq" or digits is None:
        raise ExportRefused(
            Sentence("The template asks for {{field}:{text}}.", field=field, text=text),
            Sentence("Only {seq} takes a width, from 1 to 9."),
        )
    return int(digits[1])
