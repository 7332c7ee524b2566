"""A word for each cluster out of what a network takes its pictures for, where they agree about it.

The probabilities of the classes are summed up a tree of wider words: a cluster of terriers and hounds is one of dogs.
It gets the narrowest word that is sure enough, and no word where none is, for a wrong name is worse than none. The
figures were chosen on pictures of `../shared/train`; `tests/benchmarks/bench_names.py` shows what they are worth.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shoal.domain.seen_classes import SeenClasses
from shoal.domain.words import WordTree

_SURE_OF_A_CLASS = 0.7
"""What is none of the classes is often taken for one nearby: a sunflower for a daisy (0.62), plums for their crate."""
_SURE_OF_WIDER = 0.5
_SURE_OF_WHAT_STANDS_BEHIND = 0.8
_IN_A_PICTURE = 0.5
_AGREEING = 0.5
_MORE_THAN_ELSEWHERE = 3.0
"""Times as likely as in the other pictures: a word that fits the whole folder says nothing."""
_LEAD = 0.2
_DOUBT = 0.5
"""Counted as so many further pictures that show something else: a few prove less than many."""


@dataclass(frozen=True, slots=True)
class FittingWord:
    """`word`: its place in the tree. `probability`: that a picture of the cluster shows it, on average.

    `agreeing`: the share of the pictures that rather show it than not; `lead`: how much likelier it is than the
    likeliest word that means something else.
    """

    word: int
    probability: float
    agreeing: float
    lead: float


def fitting_words(seen: SeenClasses, labels: NDArray[np.int32], tree: WordTree) -> list[FittingWord | None]:
    """For each cluster 0..k-1 of `labels` (a row of `seen` each, -1: in none) a word, or None where none is sure.

    Where a word fits several clusters, each of them gets a narrower one if that tells it from the others.
    """
    counts = np.bincount(labels[labels >= 0])
    sums = _sums(seen, labels, len(counts), tree)
    everywhere = _sums(seen, np.zeros(len(labels), np.int32), 1, tree)
    means = sums / (counts[:, np.newaxis] + _DOUBT)
    elsewhere = (everywhere - sums) / np.maximum(1, len(labels) - counts)[:, np.newaxis]
    members = _members(labels, counts)
    sure = (means >= _least(tree)) & (means >= _MORE_THAN_ELSEWHERE * elsewhere)
    fits = [_narrowest(sure[row], means[row], seen.part(rows), tree) for row, rows in enumerate(members)]
    for word, sharing in _shared(fits).items():
        for row in sharing:
            others = means[[other for other in sharing if other != row]].max(axis=0)
            below = tree.below(word) & (means[row] >= _SURE_OF_WIDER) & (means[row] >= _MORE_THAN_ELSEWHERE * others)
            fits[row] = _narrowest(below, means[row], seen.part(members[row]), tree) or fits[row]
    return fits


def _members(labels: NDArray[np.int32], counts: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """The rows of each cluster."""
    order = np.argsort(labels, kind="stable")
    return np.split(order[(labels < 0).sum() :], np.cumsum(counts)[:-1]) if len(counts) else []


def _shared(fits: Sequence[FittingWord | None]) -> dict[int, list[int]]:
    """The clusters of each word that more than one has got."""
    sharing: dict[int, list[int]] = defaultdict(list)
    for cluster, fit in enumerate(fits):
        if fit is not None:
            sharing[fit.word].append(cluster)
    return {word: clusters for word, clusters in sharing.items() if len(clusters) > 1}


def _sums(seen: SeenClasses, labels: NDArray[np.int32], count: int, tree: WordTree) -> NDArray[np.float32]:
    """Clusters x words: the probabilities of the pictures of each cluster, summed."""
    inside = labels >= 0
    codes = labels[inside, np.newaxis].astype(np.int64) * tree.class_count + seen.classes[inside]
    weights = seen.probabilities[inside].ravel()
    sums = np.bincount(codes.ravel(), weights, minlength=count * tree.class_count).astype(np.float32)
    words: NDArray[np.float32] = sums.reshape(count, tree.class_count) @ tree.holds.astype(np.float32)
    return words


def _narrowest(
    likely: NDArray[np.bool_], mean: NDArray[np.float32], pictures: SeenClasses, tree: WordTree
) -> FittingWord | None:
    """Of the words that are likely enough the narrowest that enough pictures agree about. `mean`: of each word."""
    words = np.flatnonzero(likely)
    for word in words[np.lexsort((-mean[words], -tree.depth[words]))].tolist():
        classes = tree.holds[:, word]
        agreeing = float((pictures.probability_of(classes) >= _IN_A_PICTURE).mean())
        lead = float(mean[word] - mean[~tree.holds[classes].any(axis=0)].max(initial=0.0))
        if agreeing >= _AGREEING and lead >= _LEAD:
            return FittingWord(word, float(mean[word]), agreeing, lead)
    return None


def _least(tree: WordTree) -> NDArray[np.float32]:
    """The least probability of each word to name a cluster."""
    return np.array(
        [
            _SURE_OF_WHAT_STANDS_BEHIND if word.behind else _SURE_OF_A_CLASS if word.number >= 0 else _SURE_OF_WIDER
            for word in tree.words
        ],
        np.float32,
    )
