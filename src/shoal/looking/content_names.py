"""What clusters are called after what is seen in them, and how surely a name says what is there."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.cluster_words import fitting_words
from shoal.domain.geometry import EmbeddingMatrix
from shoal.domain.grouping import ClusterId, Grouping
from shoal.domain.rows import rows_by_label
from shoal.domain.seen_classes import SeenClasses
from shoal.domain.words import WordTree

_NUMBER_BEHIND = re.compile(r" \(?\d+\)?$")


@dataclass(frozen=True, slots=True)
class NameStyle:
    """`word`: what a cluster without a better name is called, before its number. `by_content`: whether to look for one.

    `chinese`: in Chinese, or else in English.
    """

    word: str = "Cluster"
    chinese: bool = False
    by_content: bool = True


def content_names(
    seen: SeenClasses,
    labels: NDArray[np.int32],
    tree: WordTree,
    chinese: bool = False,
    called_otherwise: Collection[int] = (),
) -> dict[int, str]:
    """A name for each cluster 0..k-1 of `labels` (one per row, -1: in none) that has one; no two have the same.

    Where one word fits several, they are numbered, the largest first; those `called_otherwise` need none.
    """
    fits = enumerate(fitting_words(seen, labels, tree))
    word_of = {label: fit.word for label, fit in fits if fit is not None and label not in called_otherwise}
    sizes = np.bincount(labels[labels >= 0])
    sharing: dict[int, list[int]] = defaultdict(list)
    for label in sorted(word_of, key=lambda label: (-sizes[label], label)):
        sharing[word_of[label]].append(label)
    names = {}
    for place, clusters in sharing.items():
        digits = len(str(len(clusters)))
        for number, label in enumerate(clusters, 1):
            name = tree.words[place].called(int(sizes[label]), chinese)
            names[label] = name if len(clusters) == 1 else f"{name} {number:0{digits}}"
    return names


def word_in(name: str, tree: WordTree) -> int | None:
    """The place of the word that a name is, with or without a number behind it."""
    return tree.find(_NUMBER_BEHIND.sub("", name))


def sureness(grouping: Grouping, embeddings: EmbeddingMatrix, tree: WordTree | None) -> Mapping[ClusterId, float]:
    """How likely a picture of the cluster shows what the cluster's name says (0..1), on average.

    Of those clusters that hold pictures, are called by a word that is known, and were not named by the user.
    """
    if embeddings.classes is None or tree is None:
        return {}
    rows_of = rows_by_label(grouping.homes.of(embeddings.rows))
    sure: dict[ClusterId, float] = {}
    for id_, cluster in grouping.clusters.items():
        place, rows = None if cluster.named else word_in(cluster.name, tree), rows_of.get(id_)
        if place is not None and rows is not None:
            sure[id_] = float(embeddings.classes.part(rows).probability_of(tree.holds[:, place]).mean())
    return sure
