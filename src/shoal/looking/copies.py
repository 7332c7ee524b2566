"""Which pictures of a folder look like copies of each other: signs for every pair that may be, and groups by a rule."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.aligned import LAID_SIGNS, LONG_SIDE, SHORT_SIDE, Grey, aligned_pairs
from shoal.analysis.copy_candidates import candidates
from shoal.analysis.copy_groups import groups_of
from shoal.analysis.copy_rule import CHEAP_SIGNS, CopyRule
from shoal.analysis.copy_signs import Pairs, best_positions, cheap_signs
from shoal.domain.copies import ManyLooks, many_looks
from shoal.domain.geometry import EmbeddingMatrix, NeighbourGraph, Rows
from shoal.domain.images import ContentHash, ImageRecord, RgbImage
from shoal.domain.sentence import Sentence
from shoal.domain.task import Caller, Task
from shoal.imaging.borders import inside_frame
from shoal.imaging.small_looks import grey_of, small_looks
from shoal.store.feature_cache import FeatureCache

LOOKING = Sentence("Looking at small pictures")
CLOSELY = Sentence("Laying pictures on each other")
_AT_ONCE = 500
_NOTHING_ALIKE = (0.0, 0.0, -1.0, 1.0, -1.0)
"""The signs of two pictures that cannot be copies."""
_GREYS_HELD = 20_000  # some 100 MB

Small = Callable[[ImageRecord], RgbImage | None]
"""The thumbnail of a picture as pixels; None for what cannot be read any more."""


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """`pairs` of rows of `rows` that may be copies, with their `signs` (m x 9; those of being laid on each other only
    where the cheap ones left it open, else not a number). `closer` gives the signs of other pairs."""

    rows: Rows
    pairs: Pairs
    signs: NDArray[np.float32]
    closer: Callable[[Pairs], NDArray[np.float32]]

    def likely(self, rule: CopyRule) -> NDArray[np.float64]:
        """With as many copies among the pairs as this folder seems to have."""
        return rule.settled(self.signs).closely(self.signs)

    def groups(self, rule: CopyRule, threshold: float) -> list[list[int]]:
        """Rows that are all copies of each other."""

        settled = rule.settled(self.signs)

        def match(pairs: Pairs) -> NDArray[np.bool_]:
            return settled.closely(self.closer(pairs)) >= threshold

        return groups_of(len(self.rows), self.pairs, settled.closely(self.signs), threshold, match)


@dataclass(frozen=True, slots=True, eq=False)
class SmallGrey:
    """`inner`: what lies inside of a frame; None without one."""

    whole: Grey
    inner: Grey | None


def without_series(compared: Compared, series: NDArray[np.int32]) -> Compared:
    """No two shots of one series are copies of each other, however alike. `series`: its number per row, -1 for none."""

    def of_one(pairs: Pairs) -> NDArray[np.bool_]:
        first, other = series[pairs[:, 0]], series[pairs[:, 1]]
        same: NDArray[np.bool_] = (first >= 0) & (first == other)
        return same

    def closer(pairs: Pairs) -> NDArray[np.float32]:
        signs = compared.closer(pairs)
        signs[of_one(pairs)] = _NOTHING_ALIKE
        return signs

    kept = ~of_one(compared.pairs)
    return replace(compared, pairs=compared.pairs[kept], signs=compared.signs[kept], closer=closer)


class Greys:
    """Small grey pictures by row, read when needed, the last few thousand held."""

    def __init__(self, records: Sequence[ImageRecord], small: Small) -> None:
        self._records, self._small = records, small
        self._held: OrderedDict[int, SmallGrey | None] = OrderedDict()

    def of(self, row: int) -> SmallGrey | None:
        if row not in self._held:
            pixels = self._small(self._records[row])
            self._held[row] = None if pixels is None else _small_grey(pixels)
            if len(self._held) > _GREYS_HELD:
                self._held.popitem(last=False)
        self._held.move_to_end(row)
        return self._held[row]


def _small_grey(pixels: RgbImage) -> SmallGrey:
    inner = inside_frame(pixels)
    whole, part = (grey_of(picture, SHORT_SIDE, LONG_SIDE).astype(np.float32) for picture in (pixels, inner))
    return SmallGrey(whole, None if inner is pixels else part)


@dataclass(frozen=True, slots=True, eq=False)
class Eyes:
    """What looks closely at the pairs that a rule leaves open."""

    greys: Greys
    rule: CopyRule
    maths: Caller


def compare(
    embeddings: EmbeddingMatrix,
    graph: NeighbourGraph,
    records: Sequence[ImageRecord],
    rule: CopyRule,
    means: "Means",
    task: Task,
) -> Compared:
    """`records` in the order of the rows. Raises `Cancelled`."""
    embeddings.rows.require(graph.rows, "a graph")
    looks = gather_looks(records, means.features, means.small, task)
    pairs = means.maths.call(candidates, graph, looks, task=task)
    eyes = Eyes(Greys(records, means.small), rule, means.maths)

    def closer(some: Pairs, task: Task) -> NDArray[np.float32]:
        return signs_of(some, embeddings.vectors, looks, eyes, task)

    return Compared(embeddings.rows, pairs, closer(pairs, task), lambda some: closer(some, Task()))


@dataclass(frozen=True, slots=True, eq=False)
class Means:
    """What comparing works with."""

    features: FeatureCache
    small: Small
    maths: Caller


def gather_looks(records: Sequence[ImageRecord], features: FeatureCache, small: Small, task: Task) -> ManyLooks:
    """From the cache, or made of thumbnails now and kept, batch by batch. What cannot be read looks like nothing."""
    known = features.looks([record.content_hash for record in records])
    missing = {record.content_hash: record for record in records if record.content_hash not in known}
    todo = list(missing.values())
    for start in task.track(range(0, len(todo), _AT_ONCE), LOOKING):
        made: dict[ContentHash, bytes] = {}
        for record in todo[start : start + _AT_ONCE]:
            task.check()
            pixels = small(record)
            if pixels is not None:
                made[record.content_hash] = small_looks(pixels).packed()
        features.put_looks(made)
        known |= made
    nothing = small_looks(np.zeros((32, 32, 3), np.uint8)).packed()
    return many_looks([known.get(record.content_hash, nothing) for record in records])


def signs_of(
    pairs: Pairs, vectors: NDArray[np.float32], looks: ManyLooks, eyes: "Eyes", task: Task
) -> NDArray[np.float32]:
    """m x 9; those after the cheap ones only where these leave it open. Raises `Cancelled`."""
    signs = np.full((len(pairs), CHEAP_SIGNS + LAID_SIGNS), np.nan, np.float32)
    signs[:, :CHEAP_SIGNS] = cheap_signs(pairs, vectors, looks)
    open_ = np.flatnonzero(eyes.rule.undecided(signs))
    positions = best_positions(pairs[open_], looks)
    for start in task.track(range(0, len(open_), _AT_ONCE), CLOSELY):
        some = slice(start, start + _AT_ONCE)
        signs[open_[some], CHEAP_SIGNS:] = _laid_on(pairs[open_[some]], positions[some], eyes, task)
    return signs


def _laid_on(pairs: Pairs, positions: list[list[int]], eyes: "Eyes", task: Task) -> NDArray[np.float32]:
    """Not a number where one of the two can't be read any more."""
    greys = {row: grey for row in np.unique(pairs).tolist() if (grey := eyes.greys.of(row)) is not None}
    places = {row: place for place, row in enumerate(greys)}
    readable = [place for place, (row, other) in enumerate(pairs.tolist()) if row in greys and other in greys]
    both = [(places[int(pairs[place, 0])], places[int(pairs[place, 1])]) for place in readable]
    framed = {places[row]: grey.inner for row, grey in greys.items() if grey.inner is not None}
    signs = np.full((len(pairs), LAID_SIGNS), np.nan, np.float32)
    chosen = [positions[place] for place in readable]
    whole = [grey.whole for grey in greys.values()]
    signs[readable] = eyes.maths.call(aligned_pairs, whole, framed, both, chosen, task=task)
    return signs
