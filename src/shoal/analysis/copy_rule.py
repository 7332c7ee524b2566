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

from shoal.analysis.copy_weights import BLIND_CHEAP, BLIND_CLOSE, CHEAP, CLOSE, SHARE

Signs = NDArray[np.float32]
Probabilities = NDArray[np.float64]

UNDECIDED: Final = 0.008, 0.999
"""Between these the cheap signs leave it open, and the pictures are laid on each other, which takes most of the time:
from 0.004 on it would be two thirds more pairs, and of 1,000 copies six more would be found."""
CHEAP_SIGNS: Final = 4
CHEAP_FEATURES: Final = 9
FEATURES: Final = 19
BY_VECTOR: Final = (1, 2, 11)
"""The features that the cosine of the vectors is in."""
PULL: Final = 0.3
"""How strongly the taught weights hold, beside one answer (of the logarithm of the likelihood)."""
_ROUNDS: Final = 60
_LEARNT: Final = 100  # pairs that what was learnt of the share of copies counts for
_SETTLED: Final = 1e-3  # of the logarithm of odds
_SMALLEST_STEP: Final = 1e-9


def features(signs: Signs) -> NDArray[np.float64]:
    """What the rule weighs. `signs` m x 4 or m x 9 (`copy_signs.cheap_signs`, then `aligned.signs_of_fit`).

    Cosine and correlations count the more the nearer they are to 1: as they are, and by how little is lacking.
    """
    cosine, waves, correlation, colours = (signs[:, column].astype(np.float64) for column in range(CHEAP_SIGNS))
    columns = [cosine, _nearness(cosine), waves, _nearness(waves), correlation, _nearness(correlation)]
    columns += [colours, -_nearness(1 - 4 * colours)]
    if signs.shape[1] > CHEAP_SIGNS:
        inside, usual, worst, quarter, half = signs[:, CHEAP_SIGNS:].T.astype(np.float64)
        columns += [inside, _nearness(inside), inside * cosine, inside * waves]
        columns += [usual, worst, quarter, _nearness(quarter), half, _nearness(half)]
    return np.stack([np.ones(len(signs)), *columns], axis=1)


def _nearness(sign: NDArray[np.float64]) -> NDArray[np.float64]:
    """Grows without haste as the sign comes near 1: 0 at 0, 4 at 1."""
    return np.asarray(-np.log(np.clip(1 - sign, 0, 1) + np.exp(-4)))


@dataclass(frozen=True, slots=True, eq=False)
class CopyRule:
    """`cheap`: weights without what being laid on each other says; `close`: with it. `blind`: vectors have none.

    `shift`: of all evidence, where copies are rarer, or more frequent, than where the weights were learnt.
    """

    cheap: NDArray[np.float64]
    close: NDArray[np.float64]
    blind: bool = False
    shift: float = 0.0

    def cheaply(self, signs: Signs) -> Probabilities:
        return probability(self._evidence(signs[:, :CHEAP_SIGNS]) + self.shift)

    def closely(self, signs: Signs) -> Probabilities:
        """Where nobody laid them on each other (not a number) the cheap signs decide."""
        return probability(self._evidence(signs) + self.shift)

    def undecided(self, signs: Signs) -> NDArray[np.bool_]:
        """Whatever the shift."""
        likely = probability(self._evidence(signs[:, :CHEAP_SIGNS]))
        return (likely > UNDECIDED[0]) & (likely < UNDECIDED[1])

    def settled(self, signs: Signs) -> "CopyRule":
        """With as many copies as there seem to be among these pairs: then what is said of all of them is right on
        average (Saerens, Latinne, Decaestecker: "Adjusting the outputs of a classifier to new a priori probabilities",
        2002). Few pairs hardly count against what was learnt."""
        evidence, usual, shift = self._evidence(signs), float(np.log(SHARE / (1 - SHARE))), 0.0
        for _round in range(_ROUNDS):
            share = (probability(evidence + shift).sum() + _LEARNT * SHARE) / (len(signs) + _LEARNT)
            before, shift = shift, float(np.log(share / (1 - share))) - usual
            if abs(shift - before) < _SETTLED:
                break
        return replace(self, shift=shift)

    def _evidence(self, signs: Signs) -> NDArray[np.float64]:
        """Logarithms of odds, without the shift."""
        evidence: NDArray[np.float64] = features(signs[:, :CHEAP_SIGNS]) @ self.cheap
        if signs.shape[1] > CHEAP_SIGNS:
            known = np.isfinite(signs[:, CHEAP_SIGNS])
            evidence[known] = features(signs[known]) @ self.close
        return evidence

    def corrected(self, signs: Signs, answers: NDArray[np.bool_]) -> "CopyRule":
        """With answers about some pairs that were laid on each other; the others do not count."""
        known = np.isfinite(signs[:, CHEAP_SIGNS])
        if not known.any():
            return self
        return replace(self, close=fitted(features(signs[known]), answers[known], self.close, PULL))


def shipped_rule() -> CopyRule:
    """For the vectors of the usual model, with which it was taught."""
    return CopyRule(np.array(CHEAP), np.array(CLOSE))


def rule_without_vectors() -> CopyRule:
    """For those of any other model: what their cosines say of copies was never learnt."""
    return CopyRule(np.array(BLIND_CHEAP), np.array(BLIND_CLOSE), blind=True)


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
