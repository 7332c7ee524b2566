"""Which picture of a group of duplicates stays: by rules in an order of the user's; a folder that always does."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from shoal.domain.capture_time import seconds
from shoal.domain.companions import RAW_SUFFIXES, suffix_of
from shoal.domain.images import ImageRecord
from shoal.domain.keep_rules import KEEP_RULES

Rank = Callable[[ImageRecord], float]
"""The smaller, the rather it stays."""


def _is_raw(record: ImageRecord) -> float:
    files = (record.path, *record.companions)
    return -float(any(suffix_of(file.name) in RAW_SUFFIXES for file in files))


RULES: Final[dict[str, Rank]] = {
    "largest": lambda record: -float(record.facts.width * record.facts.height),
    "sharpest": lambda record: -(record.facts.sharpness or 0.0),
    "raw": _is_raw,
    "oldest": lambda record: seconds(record.facts.taken),
    "folder": lambda record: float(len(record.path.parts)),
}
"""By name. `raw`: what is a RAW, or has one beside it, first; `folder`: what lies in fewer folders first."""


def _lies_in(file: Path, folder: Path) -> bool:
    """However the two are written: by a link, or with `..`."""
    return Path(os.path.realpath(file.parent)).is_relative_to(folder)


@dataclass(frozen=True, slots=True)
class Keeping:
    """`rules`, the first counts most; all that lies in `reference` stays, and then nothing else of its group need."""

    rules: tuple[str, ...] = KEEP_RULES
    reference: Path | None = None

    def kept(self, group: Sequence[ImageRecord]) -> list[ImageRecord]:
        """At least one. Equal ones stay in the order of their paths, the first."""
        if self.reference is not None:
            reference = os.path.realpath(self.reference)
            inside = [record for record in group if _lies_in(record.path, Path(reference))]
            if inside:
                return inside
        return [min(group, key=lambda record: (*(RULES[rule](record) for rule in self.rules), str(record.path)))]

    def spare(self, group: Sequence[ImageRecord]) -> list[ImageRecord]:
        """The others, which may go."""
        kept = {record.id for record in self.kept(group)}
        return [record for record in group if record.id not in kept]
