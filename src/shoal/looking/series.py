"""In which order the pictures of a folder were taken, and which of them are a series: by EXIF, names and thumbnails."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.overlaps import Grey
from shoal.analysis.series import SERIES_GAP, GreyOf, Shots, find_series
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
_AT_ONCE: Final = 100

Small = Callable[[ImageRecord], RgbImage | None]
"""The thumbnail of a picture; None for what is not there."""


def shoot_key(records: Sequence[ImageRecord]) -> StageKey:
    """Covers all that the answer depends on: contents, moments and names."""
    said = blake2b(digest_size=16)
    for record in records:
        said.update(f"{record.content_hash} {record.facts.taken} {record.path.name}\n".encode(errors="surrogateescape"))
    return StageKey(f"shoot 1 {said.hexdigest()}")


def find_shoot(rows: Rows, records: Sequence[ImageRecord], small: Small, task: Task) -> Shoot:
    """`records` in the order of the rows. Reads a part of the files of those taken shortly after one another.

    Raises `Cancelled`.
    """
    moments = np.array([_moment(record) for record in records], np.float64)
    settings: dict[int, Shooting] = {}
    near = _near_in_time(moments)
    for start in task.track(range(0, len(near), _AT_ONCE), LOOKING):
        settings |= {row: shooting_of(records[row].path) for row in near[start : start + _AT_ONCE]}
    order = sorted(range(len(records)), key=lambda row: (moments[row], _number(records[row], settings.get(row)), row))
    shots = np.empty(len(records), np.int32)
    shots[order] = np.arange(len(records), dtype=np.int32)
    series, kinds = _series(records, moments, settings, [row for row in order if row in settings], small, task)
    return Shoot(shoot_key(records), rows, shots, series, kinds)


def _moment(record: ImageRecord) -> float:
    """A day alone is no moment, and parts of pictures are no shots."""
    taken = record.facts.taken
    return seconds(taken) if taken and "T" in taken and record.region is None else np.inf


def _near_in_time(moments: NDArray[np.float64]) -> list[int]:
    """Rows of shots that another one follows, or went before, within the time of a series."""
    order = np.flatnonzero(np.isfinite(moments))
    order = order[np.argsort(moments[order], kind="stable")]
    follows = np.diff(moments[order]) <= SERIES_GAP
    near = np.zeros(len(order), np.bool_)
    near[1:] |= follows
    near[:-1] |= follows
    return [int(row) for row in np.sort(order[near])]


def _number(record: ImageRecord, setting: Shooting | None) -> int:
    """Of a burst, by the camera's word or the name; those of one moment go by it."""
    told = setting.number if setting is not None else None
    return told or number_in_name(record.path.name) or 0


def _series(
    records: Sequence[ImageRecord],
    moments: NDArray[np.float64],
    settings: Mapping[int, Shooting],
    order: Sequence[int],
    small: Small,
    task: Task,
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Of each row the number of its series, -1 for none, and the kind."""
    series = np.full(len(records), -1, np.int32)
    kinds = np.full(len(records), NEAR, np.int32)
    shots = _shots([records[row] for row in order], moments[list(order)], [settings[row] for row in order])
    greys = _greys([records[row] for row in order], small, task)
    for number, found in enumerate(find_series(shots, *greys)):
        rows = [order[row] for row in found.rows]
        series[rows], kinds[rows] = number, found.kind
    return series, kinds


def _shots(records: Sequence[ImageRecord], moments: NDArray[np.float64], settings: Sequence[Shooting]) -> Shots:
    looks = [(one.facts.camera, one.facts.width, one.facts.height) for one in records]
    cameras = {look: number for number, look in enumerate(dict.fromkeys(looks))}

    def column(values: Sequence[float | None]) -> NDArray[np.float64]:
        return np.array([np.nan if value is None else value for value in values], np.float64)

    return Shots(
        np.array([cameras[look] for look in looks], np.int64),
        moments,
        column([one.bias for one in settings]),
        column([one.seconds or None for one in settings]),
        column([one.aperture or None for one in settings]),
        column([one.focal_length or None for one in settings]),
        column([one.iso or None for one in settings]),
        column([one.distance for one in settings]),
        np.array([one.bracketed for one in settings], np.bool_),
        np.array([one.manual for one in settings], np.bool_),
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
