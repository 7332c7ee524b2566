"""In which order the pictures of a folder were taken, and which of them are a series: by EXIF, names and thumbnails."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.overlaps import Grey
from shoal.analysis.series import SERIES_GAP, GreyOf, Series, Shots, find_series
from shoal.domain.burst_names import number_in_name
from shoal.domain.capture_time import seconds
from shoal.domain.geometry import Rows, Shoot, StageKey
from shoal.domain.images import ImageRecord, RgbImage
from shoal.domain.sentence import Sentence
from shoal.domain.stacks import NEAR
from shoal.domain.task import Task
from shoal.imaging.shooting import Shooting, shooting_of
from shoal.imaging.small_looks import grey_of

LOOKING: Final = Sentence("Looking for series of shots")
SMALL_SIDE, LONGEST = 48, 144
"""Of the pictures that are laid over each other for panoramas: the shorter side, and the most of the other."""
LARGE_SIDE, LARGEST = 160, 256
"""Of those in which sharp places are looked for; thumbnails are not larger."""
_HELD: Final = 64

Small = Callable[[ImageRecord], RgbImage | None]
"""The thumbnail of a picture; None for what is not there."""


def shoot_key(records: Sequence[ImageRecord]) -> StageKey:
    """Covers all that the answer depends on: contents, moments and names."""
    said = blake2b(digest_size=16)
    for record in records:
        said.update(f"{record.content_hash} {record.facts.taken} {record.path.name}\n".encode(errors="surrogateescape"))
    return StageKey(f"shoot 2 {said.hexdigest()}")


@dataclass(frozen=True, slots=True, eq=False)
class Earlier:
    """What was found before; `same`: of which rows of now that still holds, if nothing has come near them."""

    shoot: Shoot
    same: NDArray[np.bool_]


def find_shoot(
    rows: Rows, records: Sequence[ImageRecord], small: Small, task: Task, earlier: Earlier | None = None
) -> Shoot:
    """`records` in the order of the rows. Reads a part of the files of those taken shortly after one another.

    What was taken farther apart than the shots of a series is looked at by itself, and not again where it is as it was.
    Raises `Cancelled`.
    """
    moments = np.array([_moment(record) for record in records], np.float64)
    series, kinds = np.full(len(records), -1, np.int32), np.full(len(records), NEAR, np.int32)
    numbers = np.array([number_in_name(record.path.name) or 0 for record in records], np.int64)
    count = 0
    for spell in task.track(_spells(moments), LOOKING):
        known = _known(spell, rows, earlier)
        if known is not None:
            several, numbers[spell] = known
        else:
            several, numbers[spell] = _looked_at(
                [records[row] for row in spell], moments[spell], numbers[spell], small, task
            )
        for these in several:
            chosen = spell[list(these.rows)]
            series[chosen], kinds[chosen], count = count, these.kind, count + 1
    shots = np.empty(len(records), np.int32)
    shots[np.lexsort((np.arange(len(records)), numbers, moments))] = np.arange(len(records), dtype=np.int32)
    return Shoot(shoot_key(records), rows, shots, series, kinds)


def _moment(record: ImageRecord) -> float:
    """A day alone is no moment, and parts of pictures are no shots."""
    taken = record.facts.taken
    return seconds(taken) if taken and "T" in taken and record.region is None else np.inf


def _spells(moments: NDArray[np.float64]) -> list[NDArray[np.intp]]:
    """Rows of shots, two and more, each within the time of a series of the one before it."""
    order = np.flatnonzero(np.isfinite(moments))
    order = order[np.argsort(moments[order], kind="stable")]
    parts = np.split(order, np.flatnonzero(np.diff(moments[order]) > SERIES_GAP) + 1)
    return [part for part in parts if len(part) > 1]


def _known(
    spell: NDArray[np.intp], rows: Rows, earlier: Earlier | None
) -> tuple[list[Series], NDArray[np.int64]] | None:
    """The series in it and the order of its shots, if all of it is as it was."""
    if earlier is None or not earlier.same[spell].all():
        return None
    before = earlier.shoot.rows.rows_of(rows.ids[spell])
    if (before < 0).any():
        return None
    numbers, kinds = earlier.shoot.series[before], earlier.shoot.kinds[before]
    several = [
        Series(int(kinds[numbers == number][0]), tuple(np.flatnonzero(numbers == number).tolist()))
        for number in np.unique(numbers[numbers >= 0]).tolist()
    ]
    return several, earlier.shoot.shots[before].astype(np.int64)


def _looked_at(
    records: Sequence[ImageRecord],
    moments: NDArray[np.float64],
    named: NDArray[np.int64],
    small: Small,
    task: Task,
) -> tuple[list[Series], NDArray[np.int64]]:
    """Series by places in `records`, and the order of all: of one moment by their burst and their number in it, by
    the camera's word or as it is `named`.
    """
    settings = []
    for record in records:
        task.check()
        settings.append(shooting_of(record.path))
    numbers = [setting.number or name for setting, name in zip(settings, named.tolist(), strict=True)]
    bursts = {burst: place for place, burst in enumerate(dict.fromkeys(setting.burst for setting in settings))}
    keys = [[*range(len(records))], numbers, [bursts[setting.burst] for setting in settings], moments]
    order = np.lexsort(np.array(keys, np.float64)).tolist()
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.arange(len(order))
    ordered = [records[place] for place in order]
    shots = _shots(ordered, moments[order], [settings[place] for place in order])
    several = find_series(shots, *_greys(ordered, small, task))
    return [Series(series.kind, tuple(order[place] for place in series.rows)) for series in several], ranks


def _shots(records: Sequence[ImageRecord], moments: NDArray[np.float64], settings: Sequence[Shooting]) -> Shots:
    looks = [(record.facts.camera, record.facts.width, record.facts.height) for record in records]
    cameras = {look: number for number, look in enumerate(dict.fromkeys(looks))}

    def column(values: Sequence[float | None]) -> NDArray[np.float64]:
        return np.array([np.nan if value is None else value for value in values], np.float64)

    return Shots(
        np.array([cameras[look] for look in looks], np.int64),
        moments,
        column([setting.bias for setting in settings]),
        column([setting.seconds or None for setting in settings]),
        column([setting.aperture or None for setting in settings]),
        column([setting.focal_length or None for setting in settings]),
        column([setting.iso or None for setting in settings]),
        column([setting.distance for setting in settings]),
        np.array([setting.bracketed for setting in settings], np.bool_),
        np.array([setting.manual for setting in settings], np.bool_),
    )


def _greys(records: Sequence[ImageRecord], small: Small, task: Task) -> tuple[GreyOf, GreyOf]:
    """The brightness of thumbnails, small and as they are; the last few are held."""

    def grey(row: int, shortest: int, longest: int) -> Grey | None:
        task.check()
        pixels = small(records[row])
        return None if pixels is None else grey_of(pixels, shortest, longest).astype(np.float32)

    shrunk = lru_cache(_HELD)(lambda row: grey(row, SMALL_SIDE, LONGEST))
    whole = lru_cache(_HELD)(lambda row: grey(row, LARGE_SIDE, LARGEST))
    return shrunk, whole
