"""A word for each cluster out of what a network takes its pictures for, where they agree about it.

The probabilities of the classes are summed up a tree of wider words: a cluster of terriers and hounds is one of dogs.
It gets the narrowest word that is sure enough, and no word where none is, for a wrong name is worse than none. The
figures were chosen on pictures of `../shared/train`; `tests/benchmarks/bench_names.py` shows what they are worth.
"""

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
    """For each cluster 0..k-1 of `labels` (a row of `seen` each, -1: in none) a word, or None where none is sure."""
    counts = np.bincount(labels[labels >= 0])
    words = _sums(seen, labels, len(counts), tree)
    everywhere = _sums(seen, np.zeros(len(labels), np.int32), 1, tree)[0]
    order = np.argsort(labels, kind="stable")
    members = np.split(order[(labels < 0).sum() :], np.cumsum(counts)[:-1]) if len(counts) else []
    least = _least(tree)
    found: list[FittingWord | None] = []
    for cluster, rows in enumerate(members):
        mean = words[cluster] / (len(rows) + _DOUBT)
        elsewhere = (everywhere - words[cluster]) / max(1, len(labels) - len(rows))
        sure = np.flatnonzero((mean >= least) & (mean >= _MORE_THAN_ELSEWHERE * elsewhere))
        found.append(_narrowest(sure, mean, seen.part(rows), tree))
    return found


def _sums(seen: SeenClasses, labels: NDArray[np.int32], count: int, tree: WordTree) -> NDArray[np.float32]:
    """Clusters x words: the probabilities of the pictures of each cluster, summed."""
    inside = labels >= 0
    codes = labels[inside, np.newaxis].astype(np.int64) * tree.class_count + seen.classes[inside]
    weights = seen.probabilities[inside].ravel()
    sums = np.bincount(codes.ravel(), weights, minlength=count * tree.class_count)
    words: NDArray[np.float32] = sums.reshape(count, tree.class_count).astype(np.float32) @ tree.holds.astype(
        np.float32
    )
    return words


def _narrowest(
    sure: NDArray[np.intp], mean: NDArray[np.float32], pictures: SeenClasses, tree: WordTree
) -> FittingWord | None:
    """Of the words that are likely enough the narrowest that enough pictures agree about. `mean`: of each word."""
    for word in sure[np.lexsort((-mean[sure], -tree.depth[sure]))].tolist():
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
