"""What a learnt metric and an evened space are worth, and whether held-back corrections tell when: three folders.

    python tests/benchmarks/bench_metric.py [--work DIR] [--draws 6]

Pictures drawn by lot are pinned to their true label, 5% or 50%; all others stay in the program's own clusters. Printed
is the gain in the accuracy of the 5 nearest (leave one out, cosine, weighted votes) of those that are not pinned, over
the network's plain vectors: for the metric of `analysis/prototypes.py`, for a linear map learnt from the pins by a
triplet loss (margin 0.2, hardest negative of the batch) and by an ArcFace-style one (angle 0.3, scale 16), both kept
near the identity, for the space of the folder's own directions, for the evened one, and for what `Teacher` chooses by
itself.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

import numpy as np
from numpy.typing import NDArray
from tests.benchmarks.hands_sets import FOLDERS, Opened, opened

from shoal.analysis.learning_space import learning_space
from shoal.analysis.prototypes import Knowledge, learn_prototypes
from shoal.domain.edits import create_cluster, move_images
from shoal.domain.extension_points import USUAL_MODEL
from shoal.domain.grouping import ClusterId, Grouping
from shoal.projects.teaching import Judgements, Teacher

SHARES = (0.05, 0.5)
ROUNDS, STEP, NEAR_IDENTITY = 60, 0.05, 0.02
MARGIN, ANGLE, SCALE = 0.2, 0.3, 16.0
Vectors = NDArray[np.float32]


def unit(rows: Vectors) -> Vectors:
    return (rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)).astype(np.float32)


def knn5(vectors: Vectors, labels: NDArray[np.int64], judged: NDArray[np.bool_]) -> float:
    alike = unit(vectors) @ unit(vectors).T
    np.fill_diagonal(alike, -2)
    near = np.argsort(-alike, axis=1)[:, :5]
    votes = np.zeros((len(labels), int(labels.max()) + 1))
    np.add.at(votes, (np.arange(len(labels))[:, None], labels[near]), np.maximum(np.take_along_axis(alike, near, 1), 0))
    return float((votes.argmax(axis=1) == labels)[judged].mean())


def by_gradient(points: Vectors, gradient: Callable[[Vectors], Vectors], rounds: int = ROUNDS) -> NDArray[np.float32]:
    """A square map that starts as the identity and is drawn back to it."""
    plain = np.eye(points.shape[1], dtype=np.float32)
    found = plain.copy()
    for _ in range(rounds):
        slope = points.T @ gradient(points @ found)
        found -= STEP * (slope + NEAR_IDENTITY * (found - plain) * len(points)) / max(1, len(points)) * 10
    return found


def triplet(points: Vectors, labels: NDArray[np.int64]) -> Vectors:
    same = labels[:, None] == labels[None]

    def gradient(seen: Vectors) -> Vectors:
        alike = unit(seen) @ unit(seen).T
        friend = np.where(same & ~np.eye(len(seen), dtype=bool), alike, 9).argmin(axis=1)
        stranger = np.where(same, -9, alike).argmax(axis=1)
        rows = np.arange(len(seen))
        active = (alike[rows, stranger] - alike[rows, friend] + MARGIN > 0) & (same.sum(axis=1) > 1)
        return ((unit(seen)[stranger] - unit(seen)[friend]) * active[:, None]).astype(np.float32)

    return by_gradient(points, gradient)


def arcface(points: Vectors, labels: NDArray[np.int64]) -> Vectors:
    kinds, codes = np.unique(labels, return_inverse=True)
    rows = np.arange(len(points))

    def gradient(seen: Vectors) -> Vectors:
        centres = unit(np.stack([unit(seen)[codes == kind].mean(axis=0) for kind in range(len(kinds))]))
        alike = np.clip(unit(seen) @ centres.T, -1, 1)
        alike[rows, codes] = np.cos(np.minimum(np.arccos(alike[rows, codes]) + ANGLE, np.pi))
        shares = np.exp(SCALE * (alike - alike.max(axis=1, keepdims=True)))
        shares /= shares.sum(axis=1, keepdims=True)
        shares[rows, codes] -= 1
        return (shares @ centres).astype(np.float32)

    return by_gradient(points, gradient)


def pinned_grouping(of: Opened, labels: NDArray[np.int64], pins: NDArray[np.int64]) -> Grouping:
    grouping = of.project.project.grouping
    ids: dict[int, ClusterId] = {}
    for row in pins.tolist():
        label, image = int(labels[row]), of.embeddings.rows.ids[row]
        if label not in ids:
            ids[label] = grouping.fresh_id
            grouping = grouping.patched(create_cluster(grouping, f"label {label}", [image]))
        else:
            grouping = grouping.patched(move_images(grouping, [image], ids[label]))
    return grouping


def gains(of: Opened, labels: NDArray[np.int64], share: float, seed: int) -> dict[str, float]:
    pins = np.random.default_rng(seed).permutation(len(labels))[: max(2, round(share * len(labels)))]
    rest = np.ones(len(labels), np.bool_)
    rest[pins] = False
    plain = knn5(of.embeddings.vectors, labels, rest)
    even = learning_space(of.embeddings, True).points
    space, grouping = learning_space(of.embeddings), pinned_grouping(of, labels, pins)
    homes, pinned = grouping.homes.of(space.rows), grouping.pinned[space.rows.ids]
    known = Knowledge(space, None, homes, pinned, np.empty((0, 2), np.int64))
    lda = space.points @ learn_prototypes(known, known.weights).metric
    lesson = Teacher(of.embeddings, None).lesson(grouping, Judgements())
    chosen = lesson.known.space.points
    if lesson.metric.used and lesson.metric.more > 0:
        chosen = chosen @ learn_prototypes(lesson.known, lesson.known.weights).metric
    found = {
        "metric": lda,
        "triplet": space.points @ triplet(space.points[pins], labels[pins]),
        "arcface": space.points @ arcface(space.points[pins], labels[pins]),
        "space": space.points,
        "evened": even,
        "chosen": chosen,
    }
    row = {name: knn5(vectors, labels, rest) - plain for name, vectors in found.items()}
    return row | {"plain": plain, "evened used": float(lesson.evened.used), "metric used": float(lesson.metric.used)}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=Path, default=Path("/tmp/shoal-bench-hands"))
    parser.add_argument("--draws", type=int, default=6)
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    for name in FOLDERS:
        of = opened(name, arguments.work, USUAL_MODEL)
        labels = np.unique(of.labels, return_inverse=True)[1].astype(np.int64)
        for share in SHARES:
            rows = [gains(of, labels, share, seed) for seed in range(arguments.draws)]
            means = {key: float(np.mean([row[key] for row in rows])) for key in rows[0]}
            print(
                f"{name:9} {share:4.0%}  " + "  ".join(f"{key} {value:+.3f}" for key, value in means.items()),
                flush=True,
            )
        of.project.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
