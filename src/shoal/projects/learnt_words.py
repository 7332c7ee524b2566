"""What learning brings here, in words: corrections that were held back say so, also where it is switched off."""

from collections.abc import Sequence

from shoal.analysis.held_back import FEWEST, Verdict
from shoal.domain.sentence import Sentence


def learnt_words(metric: Verdict, evened: Verdict) -> Sequence[Sentence]:
    """`metric`: distances learnt from corrections; `evened`: all directions of the folder count more alike."""
    if metric.asked < FEWEST:
        left = FEWEST - metric.asked
        return [Sentence("After %n more correction(s) Shoal finds out whether learnt distances help here.", n=left)]
    return [_of_metric(metric), _of_evening(evened)]


def _of_metric(metric: Verdict) -> Sentence:
    values = {"asked": f"{metric.asked:,}", "more": f"{metric.more:+,}"}
    if metric.used:
        return Sentence("Learnt distances: on ({more} of {asked} held-back corrections found again).", **values)
    return Sentence("Learnt distances: off ({more} of {asked} held-back corrections found again).", **values)


def _of_evening(evened: Verdict) -> Sentence:
    values = {"asked": f"{evened.asked:,}", "more": f"{evened.more:+,}"}
    if evened.used:
        return Sentence("Evened folder: on ({more} of {asked}).", **values)
    return Sentence("Evened folder: off ({more} of {asked}).", **values)
