"""Nearest neighbours among more vectors than can be compared pair by pair: many candidates cheaply, few looked at well.

1. Project on the 256 widest directions, which keep nearly all of what parts two pictures.
2. Cut the rows into lists, as many as the square root of their number (k-means), and keep each as half a byte for every
   two directions: such a list is scanned many times faster than its vectors (product quantisation: Jegou, Douze, Schmid
   2011; in registers: Andre, Kermarrec, Le Scouarnec, "Quicker ADC", 2018).
3. Each row looks through the lists nearest to it, and is compared with the most promising rows in the full dimension.
4. What has hardly anything nearer than the rest is looked up once more, with more lists and many more candidates.

How much of that it takes depends on the pictures, so it is measured each time, on a sample of these very rows.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

AIM = 0.96
"""The share of true neighbours that pictures with neighbours of their own shall find on the sample; we promise 0.95."""
AIM_OF_LONELY = 0.78
"""The same for pictures that are like nothing, while they are few: any choice of what is about as far does as well.
Some are not recognised, so that 0.65 is left."""
_MANY = 0.25  # of all rows: where so many are like nothing, they are what the graph is made of
_DIRECTIONS = 256
_ROWS_FOR_DIRECTIONS = 20_000
_TRAINING_ROWS_PER_LIST = 100
_TRAINING_ROUNDS = 6
_SAMPLE = 500
_FURTHER_ON = 4  # times as many neighbours: compared with those, one's own stand out or not
_LONELY_FROM = 0.95  # the distance of the last neighbour wanted, as a share of that of one further on
ROWS_AT_ONCE = 4096
_COMPARED_AT_ONCE = 32_768
_SHARE_OF_USUAL = 0.7  # of the time: the rest is looking up once more
_ROUNDING = 1e-6

Numbers = NDArray[np.float32]
Rows = NDArray[np.int64]
Found = tuple[Numbers, Rows]  # similarities and rows, best first
Advance = Callable[[int], None]
"""Hears how many rows are done, and may raise to stop."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Effort:
    """Lists that a row looks through, and candidates that it is compared with in the full dimension."""

    lists: int
    candidates: int


_EFFORTS = (
    *(Effort(8, 64), Effort(12, 64), Effort(16, 72), Effort(16, 96), Effort(24, 96), Effort(32, 112)),
    *(Effort(48, 128), Effort(64, 160), Effort(96, 240), Effort(128, 320)),
)
_EFFORTS_OF_LONELY = (
    *(Effort(32, 300), Effort(48, 500), Effort(64, 700), Effort(64, 900), Effort(72, 1100)),
    *(Effort(96, 1300), Effort(128, 1600), Effort(192, 2400), Effort(256, 4000)),
)
_ALL_LISTS = Effort(1 << 30, 320)


class CoarseCopy:
    """The rows of `vectors` that `rows` names, in a form that is quick to look through.

    What it answers are places in `rows`. Needs no memory for another copy of the vectors.
    """

    def __init__(self, vectors: Numbers, rows: Rows, advance: Advance) -> None:
        self._vectors, self._rows = vectors, rows
        self._random = np.random.default_rng(0)
        self._set_directions()
        advance(0)
        self._index = self._trained()
        self.lists = np.empty(len(rows), np.int64)
        """Which list each of the rows stands in: those of one list have their candidates in common."""
        for places in _parts(len(rows)):
            advance(0)
            self._add(places)

    def search(self, places: Rows, effort: Effort, most: int) -> Found:
        """For each of `places` the best `most` of its candidates, by true similarity; row -1 at -1 for none."""
        queries = self._vectors[self._rows[places]]
        self._index.nprobe = min(effort.lists, self._index.nlist)
        number = min(max(effort.candidates, most), len(self._rows))
        _, candidates = self._index.search(self._projected(queries), number)
        return _best(self._similarities(queries, candidates), candidates, most)

    def best_of_all(self, places: Rows, most: int, advance: Advance) -> Numbers:
        """The `most` largest similarities of each of `places` to all rows, largest first, by comparing every pair."""
        import faiss

        queries = self._vectors[self._rows[places]]
        best = np.empty((len(places), 0), np.float32)
        for part in _parts(len(self._rows), _COMPARED_AT_ONCE):
            advance(0)
            vectors = self._vectors[self._rows[part]]
            nearest, _ = faiss.knn(queries, vectors, min(most, len(vectors)), metric=faiss.METRIC_INNER_PRODUCT)
            best = -np.sort(-np.hstack([best, nearest]), axis=1)[:, :most]
        return best

    def _set_directions(self) -> None:
        """Of a sample; where the dimension is odd, one more that is always zero."""
        sample = self._vectors[self._rows[self.some(_ROWS_FOR_DIRECTIONS)]]
        self._mean = sample.mean(axis=0)
        centred = sample - self._mean
        _, axes = np.linalg.eigh((centred.T @ centred).astype(np.float64))
        widest = axes[:, ::-1][:, :_DIRECTIONS].astype(np.float32)
        self._axes = np.pad(widest, ((0, 0), (0, widest.shape[1] % 2)))
        self._offset = self._mean @ self._axes

    def some(self, most: int) -> Rows:
        """Places drawn by chance, ascending; all if there are no more."""
        count = len(self._rows)
        return np.sort(self._random.choice(count, min(count, most), replace=False))

    def _projected(self, vectors: Numbers) -> Numbers:
        return np.ascontiguousarray(vectors @ self._axes - self._offset, np.float32)

    def _trained(self) -> Any:  # faiss has no type information
        import faiss

        dimension, lists = self._axes.shape[1], int(len(self._rows) ** 0.5)
        self._quantizer = faiss.IndexFlatL2(dimension)
        index = faiss.IndexIVFPQFastScan(self._quantizer, dimension, lists, dimension // 2, 4, faiss.METRIC_L2)
        index.by_residual = False  # one table of distances a query in place of one for each list
        index.cp.niter = _TRAINING_ROUNDS
        index.cp.max_points_per_centroid = _TRAINING_ROWS_PER_LIST
        index.pq.cp.niter = _TRAINING_ROUNDS
        index.train(self._projected(self._vectors[self._rows[self.some(lists * _TRAINING_ROWS_PER_LIST)]]))
        return index

    def _add(self, places: slice) -> None:
        projected = self._projected(self._vectors[self._rows[places]])
        self.lists[places] = self._quantizer.search(projected, 1)[1][:, 0]
        self._index.add(projected)

    def _similarities(self, queries: Numbers, candidates: Rows) -> Numbers:
        import faiss

        library: Any = faiss
        similarities, there = np.empty(candidates.shape, np.float32), candidates >= 0
        arrays = similarities, queries, self._vectors, self._rows[np.where(there, candidates, 0)]
        library.fvec_inner_products_by_idx(*map(library.swig_ptr, arrays), queries.shape[1], *candidates.shape)
        similarities[~there] = -1
        return similarities


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where the closeness of what `usual` finds reaches `lonely_from`, the row is looked up with `lonely`."""

    usual: Effort
    lonely: Effort
    lonely_from: float


def neighbours_of_many(vectors: Numbers, rows: Rows, neighbours: int, advance: Advance) -> Found:
    """The `neighbours` places in `rows` most similar to each of them, mostly itself among them; best first.

    `vectors` n x d float32, C-contiguous, unit rows; `rows` ascend and name distinct ones. Deterministic.
    """
    coarse = CoarseCopy(vectors, rows, advance)
    plan = _measured(coarse, neighbours, advance)
    answer = np.empty((len(rows), neighbours), np.float32), np.empty((len(rows), neighbours), np.int64)
    order, again = np.argsort(coarse.lists, kind="stable"), []
    for part in _parts(len(rows)):
        advance(int(_SHARE_OF_USUAL * part.start))
        closeness = _look_up(coarse, order[part], plan.usual, answer)
        again.append(order[part][closeness >= plan.lonely_from])
    lonely = np.concatenate(again)
    for part in _parts(len(lonely), ROWS_AT_ONCE // 4):
        advance(int(_SHARE_OF_USUAL * len(rows) + (1 - _SHARE_OF_USUAL) * part.start))
        _look_up(coarse, lonely[part], plan.lonely, answer)
    for part in _parts(len(short := np.flatnonzero(answer[1][:, -1] < 0)), ROWS_AT_ONCE // 4):
        advance(len(rows))
        _look_up(coarse, short[part], _ALL_LISTS, answer)
    return answer


def _look_up(coarse: CoarseCopy, places: Rows, effort: Effort, answer: Found) -> Numbers:
    """Fill in what is found for `places`, and return how close it is; infinity where the lists held too few."""
    neighbours = answer[0].shape[1]
    similarities, found = coarse.search(places, effort, _FURTHER_ON * neighbours)
    answer[0][places], answer[1][places] = similarities[:, :neighbours], found[:, :neighbours]
    closeness = _closeness(similarities, neighbours)
    closeness[found[:, neighbours - 1] < 0] = np.inf
    return closeness


def _closeness(similarities: Numbers, neighbours: int) -> Numbers:
    """The distance of the last of the `neighbours` as a share of that of one further on. Best first."""
    further_on = similarities[:, min(_FURTHER_ON * neighbours, similarities.shape[1]) - 1]
    shares = (1 - similarities[:, neighbours - 1]) / np.maximum(1 - further_on, _ROUNDING)
    return np.asarray(shares, np.float32)


def _measured(coarse: CoarseCopy, neighbours: int, advance: Advance) -> _Plan:
    """The least effort that finds enough on a sample, whose true neighbours are looked for by comparing with all."""
    sample = coarse.some(_SAMPLE)
    truth = coarse.best_of_all(sample, _FURTHER_ON * neighbours, advance)
    lonely, wanted = _closeness(truth, neighbours) >= _LONELY_FROM, truth[:, neighbours - 1]
    aims = AIM, AIM if lonely.mean() > _MANY else AIM_OF_LONELY
    chosen = []
    for efforts, some, aim in zip((_EFFORTS, _EFFORTS_OF_LONELY), (~lonely, lonely), aims, strict=True):
        effort, recall = _least(coarse, efforts, sample[some], wanted[some], neighbours, aim)
        chosen.append(effort)
        log.info("%d of %d rows find %.3f of their neighbours: %s", some.sum(), len(sample), recall, effort)
    seen, _ = coarse.search(sample, chosen[0], _FURTHER_ON * neighbours)
    return _Plan(chosen[0], chosen[1], _parting(_closeness(seen, neighbours), lonely))


def _parting(closeness: Numbers, lonely: NDArray[np.bool_]) -> float:
    """From which closeness on a row is taken for lonely: where the shares of both that this gets wrong are least."""
    places = np.append(np.unique(closeness), np.float32(np.inf))
    missed = (closeness[lonely] < places[:, None]).sum(axis=1) / max(1, lonely.sum())
    needless = (closeness[~lonely] >= places[:, None]).sum(axis=1) / max(1, (~lonely).sum())
    return float(places[(missed + needless).argmin()])


def _least(
    coarse: CoarseCopy, efforts: Sequence[Effort], places: Rows, wanted: Numbers, neighbours: int, aim: float
) -> tuple[Effort, float]:
    """The first of `efforts` that finds enough, or the last, and what it finds.

    `wanted`: the similarity of the last true neighbour. Counted by that, for among copies any choice of rows is right.
    """
    recall = 1.0
    for effort in efforts:
        if len(places):
            similarities, _ = coarse.search(places, effort, neighbours)
            recall = float((similarities >= wanted[:, None] - _ROUNDING).mean())
        if recall >= aim:
            break
    return effort, recall


def _best(similarities: Numbers, rows: Rows, most: int) -> Found:
    if most < similarities.shape[1]:
        best = np.argpartition(-similarities, most - 1, axis=1)[:, :most]
        similarities, rows = np.take_along_axis(similarities, best, axis=1), np.take_along_axis(rows, best, axis=1)
    order = np.argsort(-similarities, axis=1, kind="stable")
    return np.take_along_axis(similarities, order, axis=1), np.take_along_axis(rows, order, axis=1)


def _parts(count: int, at_once: int = ROWS_AT_ONCE) -> Iterator[slice]:
    return (slice(start, min(start + at_once, count)) for start in range(0, count, at_once))
