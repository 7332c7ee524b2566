"""Named classes from a few examples each: by the nearest prototype, or by logistic regression on the same vectors.

Prototypes are the means of the unit vectors of a class (Snell, Swersky, Zemel: "Prototypical networks for few-shot
learning", 2017); the probe is that of Alain, Bengio (2016). How sure an answer is comes from examples that were held
back: one temperature for all (Guo et al.: "On calibration of modern neural networks", 2017), a threshold above which
answers are right as often as was asked for, and a least likeness below which a picture is none of the classes.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.threads import one_thread
from shoal.analysis.vector_space import unit_rows
from shoal.domain.classified import NOT_SURE, Classified, HeldBack
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task

Way = Literal["prototypes", "probe"]
WAYS: tuple[Way, ...] = ("prototypes", "probe")
LEARNING = Sentence("Learning from examples")
_FOLDS = 5  # more train more heads and say hardly more
_PROBE_STRENGTH = 30.0  # as the probe of `agreement`
_TEMPERATURES = np.geomspace(0.005, 5.0, 60)  # from certain to even: cosines lie within 1 of each other
_BINS = 5
_FEWEST_FOR_PROBE = 3  # examples of each class: with fewer there is nothing that a regression could weigh
_FAR = 0.2  # of the way from the middle to the least like example, beyond that one, a picture is none of the class


@dataclass(frozen=True, slots=True, eq=False)
class Classifier:
    """`matrix` d x k and `offset` k give scores of unit rows; likelihoods are softmax(scores / temperature).

    `prototypes` k x d of unit length, and for each class the `least` cosine to it at which a picture may belong to it.
    """

    way: Way
    matrix: NDArray[np.float32]
    offset: NDArray[np.float32]
    temperature: float
    threshold: float
    prototypes: NDArray[np.float32]
    least: NDArray[np.float32]

    def classify(self, vectors: NDArray[np.float32]) -> Classified:
        probabilities = softmax((vectors @ self.matrix + self.offset) / self.temperature)
        best = probabilities.argmax(axis=1).astype(np.int32)
        likeliest = probabilities[np.arange(len(best)), best].astype(np.float32)
        alike = np.einsum("ij,ij->i", vectors, self.prototypes[best]) if len(best) else likeliest
        return Classified(best, likeliest, (likeliest >= self.threshold) & (alike >= self.least[best]))


def learn(
    vectors: NDArray[np.float32], classes: NDArray[np.int32], precision: float, way: Way | None, task: Task
) -> tuple[Classifier, HeldBack]:
    """`vectors`: unit rows, n x d, of `classes` 0..k-1, one example of each at least, k at least 2.

    `precision`: how often sure answers are to be right. `way` None: the one that does better on what is held back.
    """
    count = int(classes.max()) + 1
    fewest = int(np.bincount(classes, minlength=count).min())
    possible = [
        each_way for each_way in WAYS if each_way == "prototypes" or fewest >= _FEWEST_FOR_PROBE or way == "probe"
    ]
    ways = [way] if way is not None else possible
    with one_thread():
        scores = {tried: _held_back_scores(vectors, classes, tried, task) for tried in ways}
        asked = {tried: np.flatnonzero(np.isfinite(held_back).all(axis=1)) for tried, held_back in scores.items()}
        chosen = max(ways, key=lambda tried: (_right(scores[tried], classes, asked[tried]), tried == "prototypes"))
        matrix, offset = _fit(vectors, classes, count, chosen)
    rows = asked[chosen]
    temperature = _temperature(scores[chosen][rows], classes[rows])
    probabilities = softmax(scores[chosen][rows] / temperature)
    threshold = _threshold(probabilities, classes[rows], precision)
    prototypes = _prototypes(vectors, classes, count)
    made = Classifier(chosen, matrix, offset, temperature, threshold, prototypes, _least(vectors, classes, prototypes))
    return made, _judged(probabilities, classes[rows], threshold, count)


def _right(scores: NDArray[np.float32], classes: NDArray[np.int32], asked: NDArray[np.int64]) -> float:
    """The share of those asked that find their class."""
    return float((scores[asked].argmax(axis=1) == classes[asked]).mean()) if len(asked) else 0.0


def softmax(scores: NDArray[np.floating]) -> NDArray[np.float64]:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-np.inf))
    shares: NDArray[np.float64] = powers / powers.sum(axis=1, keepdims=True)
    return shares


def _fit(
    vectors: NDArray[np.float32], classes: NDArray[np.int32], count: int, way: Way
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """d x k and k. A class without an example here has a score of minus infinity."""
    here = np.unique(classes)
    offset = np.full(count, -np.inf, np.float32)
    offset[here] = 0
    if way == "prototypes":
        return np.ascontiguousarray(_prototypes(vectors, classes, count).T), offset
    from sklearn.linear_model import LogisticRegression

    probe = LogisticRegression(C=_PROBE_STRENGTH, max_iter=1000).fit(vectors, classes)
    matrix = np.zeros((vectors.shape[1], count), np.float32)
    weights, shift = probe.coef_, probe.intercept_
    if len(here) == 2:  # one row, for the second of them
        weights, shift = np.concatenate([-weights / 2, weights / 2]), np.concatenate([-shift / 2, shift / 2])
    matrix[:, here], offset[here] = weights.T, shift
    return matrix, offset


def _prototypes(vectors: NDArray[np.float32], classes: NDArray[np.int32], count: int) -> NDArray[np.float32]:
    sums = np.zeros((count, vectors.shape[1]), np.float32)
    np.add.at(sums, classes, vectors)
    return unit_rows(sums)


def _held_back_scores(
    vectors: NDArray[np.float32], classes: NDArray[np.int32], way: Way, task: Task
) -> NDArray[np.float32]:
    """Of each example, learnt from the others; not finite for one that is alone in its class."""
    count = int(classes.max()) + 1
    scores = np.full((len(vectors), count), -np.inf, np.float32)
    for fold in task.track(_folds(classes), LEARNING):
        rest = np.setdiff1d(np.arange(len(classes)), fold)
        matrix, offset = _fit(vectors[rest], classes[rest], count, way)
        scores[fold] = vectors[fold] @ matrix + offset
    alone = np.bincount(classes, minlength=count)[classes] < 2
    scores[alone] = -np.inf
    return np.where(np.isfinite(scores).any(axis=1, keepdims=True), np.maximum(scores, -1e6), scores)


def _folds(classes: NDArray[np.int32]) -> list[NDArray[np.int64]]:
    """Every class over as many parts as it has examples, at most five; with few examples each goes alone."""
    if len(classes) <= 60:
        return [np.array([row]) for row in range(len(classes))]
    order = np.argsort(np.random.default_rng(0).permutation(len(classes)))
    place = np.empty(len(classes), np.int64)
    for class_ in np.unique(classes):
        rows = np.flatnonzero(classes == class_)
        place[rows[np.argsort(order[rows])]] = np.arange(len(rows)) % _FOLDS
    return [np.flatnonzero(place == fold) for fold in range(_FOLDS)]


def _temperature(scores: NDArray[np.float32], classes: NDArray[np.int32]) -> float:
    """At which the held-back answers were likeliest."""
    if not len(scores):
        return 0.05
    rows = np.arange(len(scores))
    losses = [
        -np.log(np.maximum(softmax(scores / temperature)[rows, classes], 1e-12)).mean() for temperature in _TEMPERATURES
    ]
    return float(_TEMPERATURES[int(np.argmin(losses))])


def _threshold(probabilities: NDArray[np.float64], classes: NDArray[np.int32], precision: float) -> float:
    """The least probability above which held-back answers are right as often as asked; 1 where they never are."""
    if not len(probabilities):
        return 0.5
    likeliest, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == classes
    order = np.argsort(-likeliest, kind="stable")
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(share >= precision)
    if not len(enough):
        return 1.0
    last = int(enough[-1])
    below = likeliest[order[last + 1]] if last + 1 < len(order) else 1 / probabilities.shape[1]
    return float((likeliest[order[last]] + min(below, likeliest[order[last]])) / 2)


def _least(
    vectors: NDArray[np.float32], classes: NDArray[np.int32], prototypes: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Somewhat beyond the least like of the examples, each compared with the prototype of the others."""
    least = np.full(len(prototypes), -1, np.float32)
    for class_ in range(len(prototypes)):
        members = vectors[classes == class_]
        if len(members) < 2:
            continue
        others = unit_rows(members.sum(axis=0)[None] - members)
        alike = np.einsum("ij,ij->i", members, others)
        least[class_] = alike.min() - _FAR * (np.median(alike) - alike.min())
    least[least == -1] = np.median(least[least > -1]) if (least > -1).any() else -1
    return least


def _judged(probabilities: NDArray[np.float64], classes: NDArray[np.int32], threshold: float, count: int) -> HeldBack:
    confusion = np.zeros((count, count + 1), np.int64)
    if not len(classes):
        return HeldBack(0, None, 0.0, threshold, 0.0, confusion)
    said, likeliest = probabilities.argmax(axis=1), probabilities.max(axis=1)
    sure, right = likeliest >= threshold, said == classes
    np.add.at(confusion, (classes, np.where(sure, said, NOT_SURE)), 1)
    bins, error = [], 0.0
    for start in np.linspace(0, 1, _BINS, endpoint=False).tolist():
        rows = (likeliest >= start) & ((likeliest < start + 1 / _BINS) | (start + 1 / _BINS >= 1))
        if rows.any():
            told, share = float(likeliest[rows].mean()), float(right[rows].mean())
            bins.append((start, int(rows.sum()), told, share))
            error += abs(told - share) * float(rows.mean())
    exact = float(right[sure].mean()) if sure.any() else None
    return HeldBack(len(classes), exact, float(sure.mean()), threshold, error, confusion, tuple(bins))
