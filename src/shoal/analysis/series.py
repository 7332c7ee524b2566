"""Series of shots that belong together as a whole: brackets of exposures, panoramas, focus series.

All three are shots by one camera within seconds. A bracket is told by what EXIF says of the exposure; a panorama by
settings that stay and pictures that go on in one another, always in one direction; a focus series by a framing that
stays while the place moves where the picture is sharp (or the distance that EXIF tells). How often each is met and how
often something else is taken for one, `tests/benchmarks/bench_series.py` prints.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.focus_places import focus_moves
from shoal.analysis.overlaps import Grey, Overlap, ground_of, is_still, overlap_of
from shoal.domain.stacks import BRACKET, FOCUS, PANORAMA

Column = NDArray[np.float64]
GreyOf = Callable[[int], Grey | None]
"""The brightness of the picture in a row, small or as large as a thumbnail."""

BRACKET_GAP: Final = 2.0
"""Seconds from the end of one exposure to the beginning of the next."""
SERIES_GAP: Final = 10.0
"""Seconds from one shot of a panorama or a focus series to the next."""
LEAST_STEP, EVEN = 0.3, 0.2
"""Of exposures in a bracket, in stops: they differ at least by so much, and their steps at most by that."""
SAME_EXPOSURE: Final = 0.5
FEWEST, FEWEST_FOCUSED = 3, 2
"""Shots; of a focus series of two the camera itself must say that it was focused on another distance."""

LEAST_SHIFT, MOST_SHIFT, MOST_ASIDE = 0.12, 0.85, 0.15
"""From one shot of a panorama to the next, as shares of the side along which it goes, and of the other."""
LEAST_ALIKE, LEAST_STILL = (0.95, 0.85), (0.7, 0.4)
"""In a focus series: correlation of what two pictures show in coarse, where sharpness takes no part, and of details; of
neighbours, and of the first and any other."""
_COARSE: Final = 4
_HELD: Final = 64

MOST_STAYING: Final = 0.12
"""From one shot of a panorama to the next nothing stays where it is; products on one white ground do, by 0.15."""
LEAST_CORRELATION, ABOVE_STILL = 0.4, 0.2
"""Of what overlaps; and how much better it fits than the two pictures laid on each other as they are."""


@dataclass(frozen=True, slots=True, eq=False)
class Shots:
    """Columns of dated pictures, one row each, in the order in which they were taken; not a number where nobody says.

    `cameras`: a number for each camera and size of picture. `moments`, `seconds` of exposure, `bias` in stops,
    `apertures`, `focal` lengths, `iso`, `distances`; `bracketed`: the camera says so; `manual`: exposed by hand.
    """

    cameras: NDArray[np.int64]
    moments: Column
    bias: Column
    seconds: Column
    apertures: Column
    focal: Column
    iso: Column
    distances: Column
    bracketed: NDArray[np.bool_]
    manual: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.moments)

    @property
    def exposures(self) -> Column:
        """Stops of light, by time, aperture and sensitivity."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.log2(self.seconds * np.nan_to_num(self.iso, nan=100.0) / 100 / self.apertures**2)


@dataclass(frozen=True, slots=True)
class Series:
    kind: int
    rows: tuple[int, ...]


class _Seen:
    """What is worked out of each picture once, for neighbours are laid over each other again and again."""

    def __init__(self, small: GreyOf, large: GreyOf) -> None:
        self.small, self.large = small, large
        self._ground = lru_cache(_HELD)(lambda row: ground_of(self._there(row)))

    def alike(self, before: int, row: int) -> tuple[Grey, Grey] | None:
        """Both, if they are there and of one shape."""
        first, second = self.small(before), self.small(row)
        return None if first is None or second is None or first.shape != second.shape else (first, second)

    def overlap(self, before: int, row: int) -> Overlap:
        return overlap_of(self._ground(before), self._ground(row))

    def is_still(self, before: int, row: int, least: float) -> bool:
        return is_still(self._ground(before), self._ground(row), least)

    def _there(self, row: int) -> Grey:
        grey = self.small(row)
        assert grey is not None, "asked only of pictures that are alike in shape"
        return grey


def find_series(shots: Shots, small: GreyOf, large: GreyOf) -> list[Series]:
    """No row is in two of them; what EXIF says counts first."""
    several = [Series(BRACKET, rows) for rows in find_brackets(shots)]
    taken, seen = {row for series in several for row in series.rows}, _Seen(small, large)
    for run in _runs(shots, taken):
        panoramas = list(_panoramas(run, seen))
        several += [Series(PANORAMA, rows) for rows in panoramas]
        inside = {row for rows in panoramas for row in rows}
        others = [row for row in run if row not in inside]
        several += [Series(FOCUS, rows) for rows in _focus_series(shots, others, seen)]
    return several


def find_brackets(shots: Shots) -> Iterator[tuple[int, ...]]:
    """As far as exposures go on changing; the first that comes again begins another one."""
    start = 0
    while start < len(shots):
        rows = _bracket_from(shots, start)
        if rows:
            yield rows
        start += max(len(rows), 1)


def _bracket_from(shots: Shots, start: int) -> tuple[int, ...]:
    stops = _stops(shots, start)
    if not np.isfinite(stops[start]):
        return ()
    end = start + 1
    while end < len(shots) and _follows_in_bracket(shots, end) and _is_new(stops, start, end):
        end += 1
    rows = tuple(range(start, end))
    told = bool(shots.bracketed[start:end].all())
    return rows if len(rows) >= (2 if told else FEWEST) and (told or _steps_evenly(stops[start:end])) else ()


def _stops(shots: Shots, start: int) -> Column:
    """What the camera says it added or took away; of shots by hand, and where it says nothing, the light itself."""
    by_hand = bool(shots.manual[start] or shots.bracketed[start])
    following = shots.bias[start : start + FEWEST]
    says = np.isfinite(following).all() and np.ptp(following) >= LEAST_STEP
    if says or not by_hand:
        return shots.bias
    return shots.exposures


def _follows_in_bracket(shots: Shots, row: int) -> bool:
    before = row - 1
    exposed = shots.seconds[before] if np.isfinite(shots.seconds[before]) else 0.0
    soon = shots.moments[row] - shots.moments[before] <= BRACKET_GAP + exposed
    told_alike = shots.bracketed[row] == shots.bracketed[before]
    return bool(soon and told_alike and _same_camera(shots, before, row) and _same_lens(shots, before, row))


def _is_new(stops: Column, start: int, row: int) -> bool:
    return bool(np.isfinite(stops[row]) and (np.abs(stops[start:row] - stops[row]) >= LEAST_STEP).all())


def _steps_evenly(stops: Column) -> bool:
    steps = np.diff(np.sort(stops))
    return bool(np.ptp(steps) <= EVEN)


def _same_camera(shots: Shots, row: int, other: int) -> bool:
    return bool(shots.cameras[row] == shots.cameras[other])


def _same_lens(shots: Shots, row: int, other: int) -> bool:
    """Where nobody says, nothing speaks against it."""
    pairs = ((column[row], column[other]) for column in (shots.apertures, shots.focal))
    return all(not np.isfinite(a + b) or abs(a - b) <= 0.02 * max(a, b) for a, b in pairs)


def _runs(shots: Shots, taken: set[int]) -> Iterator[list[int]]:
    """Two and more shots after one another, with one camera and one exposure, that are in no series yet."""
    run: list[int] = []
    for row in range(len(shots)):
        if row in taken or (run and not _goes_on(shots, run[-1], row)):
            if len(run) >= FEWEST_FOCUSED:
                yield run
            run = []
        if row not in taken:
            run.append(row)
    if len(run) >= FEWEST_FOCUSED:
        yield run


def _goes_on(shots: Shots, before: int, row: int) -> bool:
    light = shots.exposures
    apart = abs(light[row] - light[before])
    same_light = not np.isfinite(apart) or apart <= SAME_EXPOSURE
    soon = shots.moments[row] - shots.moments[before] <= SERIES_GAP
    return bool(soon and same_light and _same_camera(shots, before, row) and _same_lens(shots, before, row))


def _panoramas(run: Sequence[int], seen: _Seen) -> Iterator[tuple[int, ...]]:
    """Chains of shots each of which goes on in the next, all in one direction."""
    chain, heading = [run[0]], 0
    for (before, row), step in zip(pairwise(run), _headings(run, seen), strict=True):
        if step and (heading in (0, step)):
            chain.append(row)
        else:
            if len(chain) >= FEWEST:
                yield tuple(chain)
            chain = [before, row] if step else [row]
        heading = step
    if len(chain) >= FEWEST:
        yield tuple(chain)


def _headings(run: Sequence[int], seen: _Seen) -> list[int]:
    """From each to the next. Of two steps in a row one is at an odd place: others are looked at beside these only."""
    steps = [0] * (len(run) - 1)
    for place in range(1, len(steps), 2):
        steps[place] = _heading(run[place], run[place + 1], seen)
    for place in range(0, len(steps), 2):
        if any(steps[beside] for beside in (place - 1, place + 1) if 0 <= beside < len(steps)):
            steps[place] = _heading(run[place], run[place + 1], seen)
    return steps


def _heading(before: int, row: int, seen: _Seen) -> int:
    """1 and -1 for a picture that goes on across, 2 and -2 for one that goes on down; 0 for one that does not."""
    both = seen.alike(before, row)
    if both is None or _stays(*both) > MOST_STAYING:
        return 0
    overlap = seen.overlap(before, row)
    if overlap.correlation < LEAST_CORRELATION or overlap.correlation < overlap.still + ABOVE_STILL:
        return 0
    across, down = abs(overlap.across), abs(overlap.down)
    if LEAST_SHIFT <= across <= MOST_SHIFT and down <= MOST_ASIDE:
        return 1 if overlap.across > 0 else -1
    if LEAST_SHIFT <= down <= MOST_SHIFT and across <= MOST_ASIDE:
        return 2 if overlap.down > 0 else -2
    return 0


def _stays(before: Grey, other: Grey) -> float:
    """How much of a picture is where it was: correlation without what is the same along a row or a column."""
    by_column = [grey - grey.mean(axis=0) for grey in (before, other)]
    first, second = (grey - grey.mean(axis=1, keepdims=True) for grey in by_column)
    lengths = float(np.linalg.norm(first) * np.linalg.norm(second))
    return float((first * second).sum() / lengths) if lengths > 0 else 1.0


def _focus_series(shots: Shots, run: Sequence[int], seen: _Seen) -> Iterator[tuple[int, ...]]:
    """Of neighbours in a row that show the same, those among which the sharp place moves, or the distance does."""
    rows = list(run)
    while len(rows) >= FEWEST:
        together = _same_framing(rows, seen)
        if len(together) >= FEWEST:
            moves = _goes_farther(shots, together) or focus_moves([seen.large(row) for row in together])
            yield from [tuple(together)] if moves else []
        elif _is_pair(shots, together, seen):
            yield tuple(together)
        rows = rows[len(together) :]
    if len(rows) == FEWEST_FOCUSED and _goes_farther(shots, rows) and _is_pair(shots, _same_framing(rows, seen), seen):
        yield tuple(rows)


def _is_pair(shots: Shots, rows: Sequence[int], seen: _Seen) -> bool:
    """Two shots of one thing, focused on it and on what is before or behind it: by the camera's word and by the eye."""
    two = len(rows) == FEWEST_FOCUSED and _goes_farther(shots, rows)
    return two and focus_moves([seen.large(row) for row in rows])


def _same_framing(rows: Sequence[int], seen: _Seen) -> list[int]:
    """The first of them, and those after it that show the same at the same place."""
    together = [rows[0]]
    for row in rows[1:]:
        if not (_shows_the_same(together[-1], row, seen) and _shows_the_same(rows[0], row, seen, 1)):
            break
        together.append(row)
    return together


def _shows_the_same(before: int, row: int, seen: _Seen, steps: int = 0) -> bool:
    """In coarse, and nearly so in its details: `steps` 1 for pictures that are not neighbours."""
    both = seen.alike(before, row)
    if both is None or still_correlation(*both) < LEAST_ALIKE[steps]:
        return False
    return seen.is_still(before, row, LEAST_STILL[steps])


def still_correlation(grey: Grey, other: Grey) -> float:
    """Of the means of small squares."""
    first, second = coarse(grey), coarse(other)
    lengths = float(np.linalg.norm(first) * np.linalg.norm(second))
    return float((first * second).sum() / lengths) if lengths > 0 else 0.0


def coarse(grey: Grey) -> Grey:
    height, width = (side // _COARSE * _COARSE for side in grey.shape)
    if not height or not width:
        return np.zeros((1, 1), np.float32)
    means = grey[:height, :width].reshape(height // _COARSE, _COARSE, width // _COARSE, _COARSE).mean(axis=(1, 3))
    result: Grey = means - means.mean()
    return result


def _goes_farther(shots: Shots, rows: Sequence[int]) -> bool:
    """The distance grows, or shrinks, from each to the next."""
    steps = np.diff(shots.distances[list(rows)])
    return bool(np.isfinite(steps).all() and ((steps > 0).all() or (steps < 0).all()))
