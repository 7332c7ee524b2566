"""How likely a pair of pictures is a copy, from its signs: a logistic rule, taught beforehand, corrected by answers.

The weights were learnt from made copies of pictures (`python -m shoal_training.copies`, which prints them): one set
from the cheap signs alone, which decides whether a closer look is worth its time, one with the aligned correlation.
Of a folder's own pictures the most uncertain pairs tell most; the weights are pulled towards those that were taught,
so that a few answers shift them only where they say something.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.copy_weights import CHEAP, CLOSE

Signs = NDArray[np.float32]
Probabilities = NDArray[np.float64]

UNDECIDED: Final = 0.005, 0.995
"""Between these the cheap signs leave it open, and the pictures are laid on each other."""
CHEAP_SIGNS: Final = 4
FEATURES: Final = 13
PULL: Final = 0.3
"""How strongly the taught weights hold, beside one answer (of the logarithm of the likelihood)."""
_ROUNDS: Final = 60
_SMALLEST_STEP: Final = 1e-9


def features(signs: Signs) -> NDArray[np.float64]:
    """What the rule weighs. `signs` m x 4 or m x 5 (`copy_signs.cheap_signs`, then the aligned correlation).

    Cosine and correlations count the more the nearer they are to 1: as they are, and by how little is lacking.
    """
    cosine, waves, correlation, colours = (signs[:, column].astype(np.float64) for column in range(CHEAP_SIGNS))
    columns = [cosine, _nearness(cosine), waves, _nearness(waves), correlation, _nearness(correlation)]
    columns += [colours, -_nearness(1 - 4 * colours)]
    if signs.shape[1] > CHEAP_SIGNS:
        inside = signs[:, CHEAP_SIGNS].astype(np.float64)
        columns += [inside, _nearness(inside), inside * cosine, inside * waves]
    return np.stack([np.ones(len(signs)), *columns], axis=1)


def _nearness(sign: NDArray[np.float64]) -> NDArray[np.float64]:
    """Grows without haste as the sign comes near 1: 0 at 0, 4 at 1."""
    return np.asarray(-np.log(np.clip(1 - sign, 0, 1) + np.exp(-4)))


@dataclass(frozen=True, slots=True, eq=False)
class CopyRule:
    """`cheap`: weights without the aligned correlation; `close`: with it."""

    cheap: NDArray[np.float64]
    close: NDArray[np.float64]

    def cheaply(self, signs: Signs) -> Probabilities:
        return probability(features(signs[:, :CHEAP_SIGNS]) @ self.cheap)

    def closely(self, signs: Signs) -> Probabilities:
        """Where the aligned correlation is not known (not a number) the cheap signs decide."""
        known = np.isfinite(signs[:, CHEAP_SIGNS])
        likely = self.cheaply(signs)
        likely[known] = probability(features(signs[known]) @ self.close)
        return likely

    def undecided(self, signs: Signs) -> NDArray[np.bool_]:
        likely = self.cheaply(signs)
        return (likely > UNDECIDED[0]) & (likely < UNDECIDED[1])

    def corrected(self, signs: Signs, answers: NDArray[np.bool_]) -> "CopyRule":
        """With answers about some pairs whose aligned correlation is known; the others do not count."""
        known = np.isfinite(signs[:, CHEAP_SIGNS])
        if not known.any():
            return self
        return replace(self, close=fitted(features(signs[known]), answers[known], self.close, PULL))


def shipped_rule() -> CopyRule:
    """For the vectors of the usual model, with which it was taught."""
    return CopyRule(np.array(CHEAP), np.array(CLOSE))


def probability(evidence: NDArray[np.float64]) -> Probabilities:
    result: Probabilities = 1 / (1 + np.exp(-np.clip(evidence, -40, 40)))
    return result


def fitted(
    columns: NDArray[np.float64], same: NDArray[np.bool_], near: NDArray[np.float64], pull: float
) -> NDArray[np.float64]:
    """Weights of the likeliest logistic rule, pulled towards `near` (Newton's method, steps halved while they harm)."""
    weights, misfit = near.copy(), _misfit(columns, same, near, near, pull)
    for _round in range(_ROUNDS):
        likely = probability(columns @ weights)
        slope = columns.T @ (likely - same) + pull * (weights - near)
        curve = (columns * (likely * (1 - likely))[:, np.newaxis]).T @ columns + pull * np.eye(len(weights))
        step = np.linalg.solve(curve, slope)
        after = _misfit(columns, same, weights - step, near, pull)
        while after > misfit and np.abs(step).max() > _SMALLEST_STEP:
            step /= 2
            after = _misfit(columns, same, weights - step, near, pull)
        if after >= misfit:
            break
        weights, misfit = weights - step, after
    return weights


def _misfit(
    columns: NDArray[np.float64],
    same: NDArray[np.bool_],
    weights: NDArray[np.float64],
    near: NDArray[np.float64],
    pull: float,
) -> float:
    """The negative logarithm of the likelihood, and of the pull."""
    evidence = np.where(same, 1, -1) * (columns @ weights)
    return float(np.logaddexp(0, -evidence).sum() + pull / 2 * ((weights - near) ** 2).sum())


def most_telling(likely: Probabilities, asked: NDArray[np.bool_]) -> int | None:
    """The pair that is nearest to an even chance and has not been asked about; None if none is left."""
    open_ = np.flatnonzero(~asked)
    return None if not len(open_) else int(open_[np.abs(likely[open_] - 0.5).argmin()])
