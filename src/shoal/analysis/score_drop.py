"""Where in a ranking the scores drop from those that are meant to the rest.

There is no score that always means "yes": what CLIP says about a picture and a text depends on the model, on the words
and on the pictures. So the scores themselves are asked whether they are one heap or two. Every rank is tried as the
place where two normal distributions part (minimum error thresholding: Kittler, Illingworth: "Minimum error
thresholding", 1986), and the best is taken if two explain the scores better than one does, beyond what the three
further parameters, and the choice of the place, would by themselves.
"""

import numpy as np
from numpy.typing import NDArray

_NARROWEST = 0.05  # of the variance of all scores: a heap of one or two has none of its own
_PRICE = (
    4.0  # times log n; three parameters cost 3 log n in the Bayesian information criterion, the place a little more
)


def rank_of_drop(scores: NDArray[np.floating]) -> int | None:
    """How many of the highest scores stand before the drop; None where no place is one. In any order."""
    ordered = np.sort(np.asarray(scores, np.float64))[::-1]
    spread = float(ordered.var()) if len(ordered) else 0.0
    if len(ordered) < 3 or spread < 1e-12:
        return None
    misfit = _misfit_of_two(ordered, _NARROWEST * spread)
    best = int(np.argmin(misfit))
    gain = len(ordered) * (np.log(spread) - misfit[best])
    return best + 1 if gain > _PRICE * np.log(len(ordered)) else None


def _misfit_of_two(ordered: NDArray[np.float64], narrowest: float) -> NDArray[np.float64]:
    """For each number of scores before the drop, 1 to n - 1: minus twice the mean log likelihood, less a constant."""
    count = len(ordered)
    before = np.arange(1, count)
    sums, squares = np.cumsum(ordered), np.cumsum(ordered**2)
    high = squares[:-1] / before - (sums[:-1] / before) ** 2
    low = (squares[-1] - squares[:-1]) / (count - before) - ((sums[-1] - sums[:-1]) / (count - before)) ** 2
    share = before / count
    heaps: NDArray[np.float64] = sum(
        part * (np.log(np.maximum(variance, narrowest)) - 2 * np.log(part))
        for part, variance in ((share, high), (1 - share, low))
    )
    return heaps
