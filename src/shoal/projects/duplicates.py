"""Duplicates of a folder as groups, with what may go: what the command and the window share. For the worker thread."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Literal, Protocol

import numpy as np

from shoal.analysis.copy_rule import CopyRule, rule_without_vectors, shipped_rule
from shoal.domain.capture_time import seconds
from shoal.domain.extension_points import USUAL_MODEL
from shoal.domain.focus import Focus
from shoal.domain.geometry import EmbeddingMatrix, NeighbourGraph
from shoal.domain.images import ContentHash, ImageRecord, RgbImage
from shoal.domain.keepers import Keeping
from shoal.domain.sentence import Sentence
from shoal.domain.task import Caller, Task
from shoal.looking.copies import Compared, Means, compare, without_series
from shoal.looking.series import find_shoot
from shoal.store.feature_cache import FeatureCache

__all__ = [
    "CopyRule",
    "DuplicateGroup",
    "DuplicateSearch",
    "Duplicates",
    "Workshop",
    "search_duplicates",
    "taught_rule",
]

Kind = Literal["exact", "pixels", "near", "series"]
KINDS: tuple[Kind, ...] = ("exact", "pixels", "near", "series")
"""Equal files; equal pixels with other metadata; copies of other kinds; shots of one moment."""

MOMENT_SECONDS = 10.0
"""What was taken farther apart is no series of one moment."""
USUAL_THRESHOLD = 0.5
WEIGHING = Sentence("Forming groups")


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """`records` by id, each a duplicate of each; `kept` of them stay, `spare` may go. `sure`: the least likely pair."""

    kind: Kind
    records: tuple[ImageRecord, ...]
    kept: tuple[ImageRecord, ...]
    spare: tuple[ImageRecord, ...]
    sure: float


@dataclass(frozen=True, slots=True, eq=False)
class Duplicates:
    """`precision`: which share of the pairs taken for copies are likely to be some, by the rule's own estimate."""

    groups: tuple[DuplicateGroup, ...]
    precision: float | None
    pairs: int


def taught_rule(model: str, focus: Focus = "whole") -> CopyRule:
    """As it was taught, with the usual model's vectors: what those of another say of copies nobody knows."""
    return shipped_rule() if model == USUAL_MODEL and focus == "whole" else rule_without_vectors()


class Previews(Protocol):
    """What unpacks whole pictures."""

    def preview(self, entry: ImageRecord, longest_side: int, /) -> RgbImage | None: ...


class Unpacked(Previews, Protocol):
    """What also has the thumbnails."""

    def small(self, entry: ImageRecord, /) -> RgbImage | None: ...


@dataclass(slots=True, eq=False)
class DuplicateSearch:
    """All that was compared, from which groups are formed for any rule and threshold. `records` by row."""

    compared: Compared
    records: Sequence[ImageRecord]
    pictures: Previews
    _pixels: dict[ContentHash, str] = field(default_factory=dict)

    def groups(self, rule: CopyRule, threshold: float, keeping: Keeping, task: Task) -> Duplicates:
        """Raises `Cancelled`."""
        likely = self.compared.likely(rule)
        taken = likely >= threshold
        between = {(a, b): p for (a, b), p in zip(self.compared.pairs.tolist(), likely.tolist(), strict=True)}
        matching = self.compared.groups(rule, threshold)
        groups = []
        for rows in task.track(matching, WEIGHING):
            sure = min((p for a in rows for b in rows if (p := between.get((a, b))) is not None), default=1.0)
            groups.append(self._group([self.records[row] for row in rows], keeping, sure))
        groups.sort(key=lambda group: (KINDS.index(group.kind), str(group.records[0].path)))
        precision = float(likely[taken].mean()) if taken.any() else None
        return Duplicates(tuple(groups), precision, int(taken.sum()))

    def _group(self, records: list[ImageRecord], keeping: Keeping, sure: float) -> DuplicateGroup:
        kept = keeping.kept(records)
        spare = tuple(record for record in records if record not in kept)
        return DuplicateGroup(self._kind(records), tuple(records), tuple(kept), spare, sure)

    def _kind(self, records: Sequence[ImageRecord]) -> Kind:
        if len({record.content_hash for record in records}) == 1:
            return "exact"
        if _are_a_series(records):
            return "series"
        if _may_have_the_same_pixels(records) and len({self._pixel_hash(record) for record in records}) == 1:
            return "pixels"
        return "near"

    def _pixel_hash(self, record: ImageRecord) -> str:
        """Of the whole picture as it is shown; of one that cannot be read any more its own."""
        if record.content_hash not in self._pixels:
            pixels = self.pictures.preview(record, max(record.facts.width, record.facts.height))
            data = record.content_hash.encode() if pixels is None else pixels.tobytes()
            self._pixels[record.content_hash] = blake2b(data, digest_size=16).hexdigest()
        return self._pixels[record.content_hash]


def _are_a_series(records: Sequence[ImageRecord]) -> bool:
    """Each was taken at another time than the others, all within a moment; copies keep the time of their original."""
    times = sorted(seconds(record.facts.taken) for record in records)
    if not np.isfinite(times).all():
        return False
    return bool((np.diff(times) > 0).all() and times[-1] - times[0] <= MOMENT_SECONDS)


def _may_have_the_same_pixels(records: Sequence[ImageRecord]) -> bool:
    """Judged by what is known already: of the same size, and the same to a hash."""
    first = records[0].facts
    return all(
        (record.facts.width, record.facts.height, record.facts.difference_hash)
        == (first.width, first.height, first.difference_hash)
        for record in records
    )


@dataclass(frozen=True, slots=True)
class Workshop:
    """What searching needs besides the records: as a workplace has them."""

    features: FeatureCache
    maths: Caller
    pictures: Unpacked


def search_duplicates(
    embeddings: EmbeddingMatrix,
    graph: NeighbourGraph,
    records: Sequence[ImageRecord],
    workshop: Workshop,
    rule: CopyRule,
    task: Task,
) -> DuplicateSearch:
    """`records` in the order of the rows. Brackets, panoramas and focus series are kept whole: no two of their shots
    are duplicates. Raises `Cancelled` and UserFacingError."""
    means = Means(workshop.features, workshop.pictures.small, workshop.maths)
    compared = compare(embeddings, graph, records, rule, means, task)
    series = find_shoot(embeddings.rows, records, workshop.pictures.small, task).series
    return DuplicateSearch(without_series(compared, series), records, workshop.pictures)
