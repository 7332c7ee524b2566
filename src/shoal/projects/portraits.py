"""What there is to say about clusters as they stand now: how tight, which picture is typical, which ones differ."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from shoal.domain.geometry import ByImage, EmbeddingMatrix, NeighbourGraph
from shoal.domain.grouping import UNSORTED, ClusterId
from shoal.domain.images import ImageId

FACES = 4
MOST_COMPARED = 400
"""Of larger clusters, a regular sample of that many members is searched for pictures that differ."""


@dataclass(frozen=True, slots=True, eq=False)
class Portrait:
    """`faces`: the typical image, then up to three members as unlike it and each other as possible.

    `centre` is the unit vector of the members' mean; `tightness` their mean cosine similarity to it, 0..1.
    """

    centre: NDArray[np.float32]
    tightness: float
    faces: tuple[ImageId, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Portraits:
    """`typicality` float32: cosine similarity to the centre of the own cluster, -1 if unknown.

    `home`: the clusters that they were made from.
    """

    clusters: Mapping[ClusterId, Portrait] = field(default_factory=dict)
    typicality: ByImage[np.float32] = field(default_factory=lambda: ByImage(np.empty(0, np.float32)))
    home: ByImage[np.int32] = field(default_factory=lambda: ByImage(np.empty(0, np.int32)))


NOBODY = Portraits()

CORE_SHARE, SMALLEST_CORE, LARGEST_CORE = 1 / 3, 3, 50


def core_of(members: NDArray[np.int32], typicality: ByImage[np.float32]) -> NDArray[np.int32]:
    """The members that stand for what a cluster is called: the third most typical of it, 3 to 50; none if unknown."""
    described = members[members < len(typicality)]
    described = described[typicality.values[described] > -1]
    count = int(np.clip(len(described) * CORE_SHARE, SMALLEST_CORE, LARGEST_CORE))
    return described[np.argsort(-typicality.values[described], kind="stable")[:count]]


def portray(embeddings: EmbeddingMatrix, home: ByImage[np.int32], earlier: Portraits = NOBODY) -> Portraits:
    """Look at every cluster of `home`; safe on any thread.

    Clusters that hold what they held in `earlier` portraits, made from the same vectors, are not looked at again.
    """
    comparable = len(earlier.home) == len(home)
    typicality = earlier.typicality.values.copy() if comparable else np.full(len(home), -1, np.float32)
    stale = _other_clusters(earlier.home.values if comparable else np.full(len(home), -1, np.int32), home.values)
    clusters = {id_: portrait for id_, portrait in earlier.clusters.items() if id_ not in stale and comparable}
    labels = home.of(embeddings.rows)
    rows = np.flatnonzero(np.isin(labels, list(stale)))
    rows = rows[np.argsort(labels[rows], kind="stable")]
    starts = np.flatnonzero(np.diff(labels[rows], prepend=-1)).tolist()
    for start, end in pairwise([*starts, len(rows)]):
        members = rows[start:end]
        portrait, similarity = _portrait(embeddings.vectors[members], embeddings.rows.ids[members])
        typicality[embeddings.rows.ids[members]] = similarity
        clusters[ClusterId(int(labels[members[0]]))] = portrait
    return Portraits(clusters, ByImage(typicality), home)


def _other_clusters(before: NDArray[np.int32], after: NDArray[np.int32]) -> set[int]:
    """The clusters that lost or gained an image."""
    differs = before != after
    return {*np.unique(before[differs]).tolist(), *np.unique(after[differs]).tolist()}


def _portrait(vectors: NDArray[np.float32], images: NDArray[np.int64]) -> tuple[Portrait, NDArray[np.float32]]:
    mean = vectors.mean(axis=0)
    length = float(np.linalg.norm(mean))
    centre = mean / length if length > 0 else mean
    similarity = vectors @ centre
    faces = _unlike(vectors, int(similarity.argmax()))
    portrait = Portrait(centre, min(length, 1.0), tuple(ImageId(int(images[row])) for row in faces))
    return portrait, similarity.astype(np.float32)


def _unlike(vectors: NDArray[np.float32], first: int) -> list[int]:
    """Farthest-first: each next one is the member least similar to all chosen so far (Gonzalez 1985)."""
    candidates = np.linspace(0, len(vectors) - 1, min(len(vectors), MOST_COMPARED)).astype(np.intp)
    chosen, nearest = [first], vectors[candidates] @ vectors[first]
    while len(chosen) < min(FACES, len(vectors)):
        index = int(nearest.argmin())
        if int(candidates[index]) in chosen:
            break
        chosen.append(int(candidates[index]))
        nearest = np.maximum(nearest, vectors[candidates] @ vectors[chosen[-1]])
    return chosen


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an image is where it is. `nearest`: up to three images and their cosine similarity, most similar first.

    `margin` is how much more similar it is to its own cluster's centre than to the runner-up's; negative means that
    the runner-up would fit better. None where there is nothing to compare with.
    """

    nearest: tuple[tuple[ImageId, float], ...]
    similarity: float | None = None
    runner_up: ClusterId | None = None
    margin: float | None = None


def explain(
    image: ImageId, embeddings: EmbeddingMatrix, graph: NeighbourGraph | None, home: ByImage[np.int32], of: Portraits
) -> Explanation | None:
    """Why `image` sits where it sits; None if it has no vector."""
    row = embeddings.rows.row_of(image)
    if row is None:
        return None
    nearest = _nearest(row, embeddings, graph)
    others = [id_ for id_ in of.clusters if id_ not in (UNSORTED, ClusterId(int(home[image])))]
    vector = embeddings.vectors[row]
    own = of.clusters.get(ClusterId(int(home[image])))
    similarity = None if own is None else float(vector @ own.centre)
    if not others:
        return Explanation(nearest, similarity)
    scores = np.stack([of.clusters[id_].centre for id_ in others]) @ vector
    best = int(scores.argmax())
    margin = None if similarity is None or home[image] == UNSORTED else similarity - float(scores[best])
    return Explanation(nearest, similarity, others[best], margin)


def _nearest(row: int, embeddings: EmbeddingMatrix, graph: NeighbourGraph | None) -> tuple[tuple[ImageId, float], ...]:
    if graph is None:
        return ()
    embeddings.rows.require(graph.rows, "a graph")
    pairs = zip(graph.indices[row, :3], graph.distances[row, :3], strict=True)
    return tuple((ImageId(int(graph.rows.ids[other])), 1 - float(distance)) for other, distance in pairs if other >= 0)
