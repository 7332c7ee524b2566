"""The order in which pictures were taken, by which {seq} counts."""

from collections import Counter
from collections.abc import Sequence
from math import isfinite

from shoal.domain.capture_time import offset_of, seconds
from shoal.domain.images import ImageRecord
from shoal.domain.natural_order import natural_keys


def capture_order(records: Sequence[ImageRecord]) -> list[int]:
    """The rows of pictures in the order of their moments, to the fraction of a second, then of their names.

    Where cameras wrote their offsets from UTC, those count, so that pictures of two time zones come in their order; the
    others are taken to have had the offset that is the most frequent. What nobody dated comes last. Parts of a picture
    stay as they are given.
    """
    moments = _moments([record.facts.taken or "" for record in records])
    names = natural_keys([record.path.name for record in records])
    folders = natural_keys([str(record.path.parent) for record in records])
    return sorted(range(len(records)), key=list(zip(moments, names, folders, strict=True)).__getitem__)


def _moments(taken: Sequence[str]) -> list[float]:
    """Seconds since 1970 in UTC, as far as that is known; infinite for what is not dated."""
    offsets = Counter(offset for text in taken if (offset := offset_of(text)))
    usual = offsets.most_common(1)[0][0] if offsets else "+00:00"
    return [_moment(text, offset_of(text) or usual) for text in taken]


def _moment(taken: str, offset: str) -> float:
    here = seconds(taken)
    hours, _, minutes = offset[1:].partition(":")
    ahead = (int(hours) * 60 + int(minutes)) * 60
    return here - ahead * (-1 if offset.startswith("-") else 1) if isfinite(here) else here
