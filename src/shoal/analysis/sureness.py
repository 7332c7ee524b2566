"""How likely it is that a picture is where it belongs, told from what somebody has judged already.

Logistic regression on two signs, the margin of its own cluster and how many neighbours are in it. Those that were
judged are the doubtful ones, so that their share of mistakes says nothing about the rest; what carries over is how
often a picture with such signs was right. Before anybody has judged, and beside what few have, stand weights that fit
folders of other pictures (`tests/benchmarks/bench_hands.py`), as if they were a few further pictures.
"""

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.prototypes import Choices

USUAL = np.array([-2.2, 3.4, 1.9])
"""For a constant, the margin and the agreement: a compromise between folders on which they differ a lot."""
_PULL = np.array([0.5, 0.5, 2.0])
_ROUNDS = 30
CAUTION = 0.7
"""Standard deviations that what is said of the rest stays below what is expected."""
FEWEST = 30
"""Judged pictures; with fewer nothing is said about the rest."""


def signs(choices: Choices) -> NDArray[np.float64]:
    """n x 3."""
    return np.stack([np.ones(len(choices.margin)), choices.margin, choices.agreeing], axis=1).astype(np.float64)


def learn_sureness(judged: NDArray[np.float64], right: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Weights for `signs`; `judged` m x 3 as they were when somebody judged, `right`: it stayed where it was."""
    weights = USUAL.copy()
    for _ in range(_ROUNDS if len(judged) else 0):
        slope = judged.T @ (right - probably_right(judged, weights)) - _PULL * (weights - USUAL)
        step = np.linalg.solve(_bend(judged, weights), slope)
        weights = weights + np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-6:
            break
    return weights


def probably_right(of: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """A probability for each row of `signs`."""
    likely: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(of @ weights, -30, 30)))
    return likely


def share_surely_right(
    open_signs: NDArray[np.float64], settled: int, judged: NDArray[np.float64], weights: NDArray[np.float64]
) -> float:
    """The share of all that is right in some three of four folders: the expected one less its deviation.

    `open_signs`: of what nobody has judged; `settled`: how many more are right for certain. It deviates by what chance
    does to each of them, and by how far `judged` leave the weights in doubt (Laplace's approximation), which is wrong
    for all of them together.
    """
    likely, count = probably_right(open_signs, weights), len(open_signs) + settled
    if not count:
        return 1.0
    by_chance = likely * (1 - likely)
    by_weights = by_chance @ open_signs
    doubt = float(by_chance.sum() + by_weights @ np.linalg.solve(_bend(judged, weights), by_weights))
    return float((likely.sum() + settled - CAUTION * np.sqrt(doubt)) / count)


def _bend(judged: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """How steeply the likelihood falls around the weights: the inverse of their covariance."""
    likely = probably_right(judged, weights)
    bend: NDArray[np.float64] = (judged * (likely * (1 - likely))[:, None]).T @ judged + np.diag(_PULL)
    return bend
