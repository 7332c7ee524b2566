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
FEWEST = 30
"""Judged pictures; with fewer nothing is said about the rest."""


def signs(choices: Choices) -> NDArray[np.float64]:
    """n x 3."""
    return np.stack([np.ones(len(choices.margin)), choices.margin, choices.agreeing], axis=1).astype(np.float64)


def learn_sureness(judged: NDArray[np.float64], right: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Weights for `signs`; `judged` m x 3 as they were when somebody judged, `right`: it stayed where it was."""
    weights = USUAL.copy()
    for _ in range(_ROUNDS if len(judged) else 0):
        likely = probably_right(judged, weights)
        slope = judged.T @ (right - likely) - _PULL * (weights - USUAL)
        bend = (judged * (likely * (1 - likely))[:, None]).T @ judged + np.diag(_PULL)
        step = np.linalg.solve(bend, slope)
        weights = weights + np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-6:
            break
    return weights


def probably_right(of: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """A probability for each row of `signs`."""
    likely: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(of @ weights, -30, 30)))
    return likely
