"""Brackets, panoramas and focus series are told from bursts and from pictures that have nothing in common."""

from dataclasses import replace

import numpy as np
import pytest

from shoal.analysis.focus_places import focus_moves
from shoal.analysis.overlaps import ground_of, is_still, overlap_of
from shoal.analysis.series import Shots, find_series
from shoal.domain.stacks import BRACKET, FOCUS, PANORAMA

HIGH, WIDE = 48, 72


def clouds(seed: int, height: int = HIGH, width: int = WIDE, rough: float = 1.6) -> np.ndarray:
    """Grey with structure of all sizes, as photographs have it."""
    rng = np.random.default_rng(seed)
    ways = np.hypot(np.fft.fftfreq(height)[:, np.newaxis], np.fft.rfftfreq(width)[np.newaxis])
    ways[0, 0] = 1
    waves = rng.normal(size=ways.shape) + 1j * rng.normal(size=ways.shape)
    field = np.fft.irfft2(waves * ways**-rough, (height, width))
    return ((field - field.min()) / np.ptp(field) * 255).astype(np.float32)


def shots(count: int, seconds_apart: float = 1.0, **columns) -> Shots:
    """By one camera, with one setting."""

    def of(value: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        return np.full(count, value, np.float64)

    usual = Shots(
        np.zeros(count, np.int64), np.arange(count, dtype=np.float64) * seconds_apart, of(0.0), of(0.01), of(8.0),
        of(50.0), of(100.0), of(np.nan), np.zeros(count, np.bool_), np.zeros(count, np.bool_),
    )  # fmt: skip
    return replace(usual, **{name: np.asarray(column) for name, column in columns.items()})


def found(taken: Shots, greys=None, large=None) -> list[tuple[int, tuple[int, ...]]]:
    small = (lambda row: greys[row]) if greys is not None else (lambda _row: None)
    whole = (lambda row: large[row]) if large is not None else small
    return [(one.kind, one.rows) for one in find_series(taken, small, whole)]


def test_exposures_that_step_are_a_bracket_and_the_first_that_comes_again_begins_another():
    taken = shots(7, bias=[0, -1, 1, 0, -2, 2, 0.0])
    assert found(taken) == [(BRACKET, (0, 1, 2)), (BRACKET, (3, 4, 5))]


def test_two_are_a_bracket_only_if_the_camera_says_so():
    assert found(shots(2, bias=[0, -1.0])) == []
    assert found(shots(2, bias=[0, -1.0], bracketed=[True, True])) == [(BRACKET, (0, 1))]


def test_what_was_taken_later_with_another_lens_or_by_uneven_steps_is_none():
    assert found(shots(3, 5.0, bias=[0, -1, 1.0])) == []
    assert found(shots(3, bias=[0, -1, 1.0], focal=[50, 50, 35.0])) == []
    assert found(shots(3, bias=[0, -0.3, -2.0])) == []
    assert found(shots(3, bias=[0, np.nan, 1.0])) == []


def test_long_exposures_take_their_time():
    assert found(shots(3, 8.0, bias=[0, 2, 4.0], seconds=[7, 7, 30.0])) == [(BRACKET, (0, 1, 2))]


def test_exposures_set_by_hand_are_told_by_the_light():
    assert found(shots(3, seconds=[1 / 100, 1 / 25, 1 / 400], manual=[True] * 3)) == [(BRACKET, (0, 1, 2))]
    assert found(shots(3, seconds=[1 / 100, 1 / 25, 1 / 400])) == []


def panorama(count: int = 4, step: int = 36) -> list[np.ndarray]:
    wide = clouds(3, HIGH, WIDE + step * count)
    noise = np.random.default_rng(1).normal(0, 3, (count, HIGH, WIDE)).astype(np.float32)
    return [wide[:, place * step : place * step + WIDE] + noise[place] for place in range(count)]


def test_pictures_that_go_on_in_one_another_are_a_panorama():
    assert found(shots(4, 3.0), panorama()) == [(PANORAMA, (0, 1, 2, 3))]
    assert found(shots(4, 3.0), panorama()[::-1]) == [(PANORAMA, (0, 1, 2, 3))]
    assert found(shots(4, 3.0), [grey.T.copy() for grey in panorama()]) == [(PANORAMA, (0, 1, 2, 3))]


def test_there_and_back_is_no_panorama_and_neither_is_a_long_wait_or_another_light():
    one, other, *_ = panorama()
    assert found(shots(4, 3.0), [one, other, one, other]) == []
    assert found(shots(4, 30.0), panorama()) == []
    assert found(shots(4, 3.0, seconds=[0.01, 0.04, 0.01, 0.04]), panorama()) == []


def test_a_burst_and_pictures_that_have_nothing_in_common_are_no_series():
    same = clouds(5)
    burst = [np.roll(same, shift, axis=1) for shift in (0, 1, 2, 1)]
    assert found(shots(4), burst) == []
    assert found(shots(4), [clouds(seed) for seed in range(10, 14)]) == []
    assert found(shots(4), [None, None, None, None]) == []


def test_products_on_one_ground_are_no_panorama():
    ground = np.full((HIGH, WIDE), 245, np.float32)
    products = []
    for seed in range(4):
        one = ground.copy()
        one[8:40, 16:56] = clouds(seed, 32, 40) / 2
        products.append(one)
    assert found(shots(4, 3.0), products) == []


def test_a_shift_is_found_where_it_is():
    one, other, *_ = panorama()
    overlap = overlap_of(ground_of(one), ground_of(other))
    assert overlap.across == pytest.approx(0.5, abs=0.02)
    assert overlap.down == pytest.approx(0, abs=0.02)
    assert overlap.correlation > 0.6
    assert overlap.still < 0.3
    assert overlap_of(ground_of(one), ground_of(one)).correlation == pytest.approx(1, abs=1e-6)
    assert overlap_of(ground_of(np.zeros_like(one)), ground_of(one)).correlation == -1


def blurred(grey: np.ndarray, by: int) -> np.ndarray:
    for _ in range(by):
        for axis in (0, 1):
            grey = (np.roll(grey, 1, axis) + 2 * grey + np.roll(grey, -1, axis)) / 4
    return grey


def focus_series(count: int = 4) -> list[np.ndarray]:
    """Sharp in another band of rows each."""
    sharp = clouds(8, 160, 240, rough=1.2)
    soft, rows = blurred(sharp, 12), np.arange(160)[:, np.newaxis] * count // 160
    return [np.where(rows == band, sharp, soft).astype(np.float32) for band in range(count)]


def small(grey: np.ndarray) -> np.ndarray:
    return grey[:144].reshape(HIGH, 3, 80, 3).mean(axis=(1, 3)).astype(np.float32)


def test_where_the_sharp_place_moves_it_is_a_focus_series():
    large = focus_series()
    assert found(shots(4), [small(grey) for grey in large], large) == [(FOCUS, (0, 1, 2, 3))]


def test_where_all_of_a_picture_is_more_or_less_sharp_it_is_a_burst():
    sharp = clouds(8, 160, 240, rough=1.2)
    large = [blurred(sharp, by) for by in (0, 2, 6, 1)]
    assert found(shots(4), [small(grey) for grey in large], large) == []
    assert not focus_moves([sharp, None, sharp])
    assert not focus_moves([np.zeros((160, 240), np.float32)] * 3)


def test_a_distance_that_grows_makes_a_focus_series_of_pictures_that_show_the_same():
    large = [clouds(8, 160, 240)] * 3
    greys = [small(grey) for grey in large]
    assert found(shots(3, distances=[0.3, 0.4, 0.6]), greys, large) == [(FOCUS, (0, 1, 2))]
    assert found(shots(3, distances=[0.3, 0.4, 0.35]), greys, large) == []
    unlike = [small(clouds(seed, 160, 240)) for seed in range(3)]
    assert found(shots(3, distances=[0.3, 0.4, 0.6]), unlike, large) == []


def test_two_are_a_focus_series_where_the_camera_says_so_and_both_have_a_sharp_place():
    large = focus_series(2)
    greys = [small(grey) for grey in large]
    assert found(shots(2, distances=[0.3, 0.6]), greys, large) == [(FOCUS, (0, 1))]
    assert found(shots(2), greys, large) == []
    assert found(shots(2, distances=[0.3, 0.3]), greys, large) == []
    alike = [large[0]] * 2
    assert found(shots(2, distances=[0.3, 0.6]), [small(grey) for grey in alike], alike) == []
    other = clouds(9, 160, 240)
    assert found(shots(3, distances=[0.3, 0.6, 9]), [*greys, small(other)], [*large, other]) == [(FOCUS, (0, 1))]
    assert found(shots(3, distances=[9, 0.3, 0.6]), [small(other), *greys], [other, *large]) == [(FOCUS, (1, 2))]


@pytest.mark.parametrize("first", range(4))
def test_a_panorama_is_found_wherever_it_begins_among_other_shots(first):
    """Only every other step is looked at where nothing goes on."""
    others = [clouds(60 + number) for number in range(4)]
    greys = [*others[:first], *panorama()[:3], *others[first:]]
    assert found(shots(len(greys)), greys) == [(PANORAMA, (first, first + 1, first + 2))]


@pytest.mark.parametrize("seed", range(6))
def test_whether_pictures_are_still_is_what_all_shifts_say(seed):
    rng = np.random.default_rng(seed)
    wide = clouds(seed, HIGH + 12, WIDE + 12)
    down, across = rng.integers(0, 7, 2)
    one = wide[:HIGH, :WIDE] + rng.normal(0, 10, (HIGH, WIDE)).astype(np.float32)
    other = wide[down : down + HIGH, across : across + WIDE]
    grounds = ground_of(one.astype(np.float32)), ground_of(other)
    still = overlap_of(*grounds).still
    assert is_still(*grounds, still - 1e-4)
    assert not is_still(*grounds, still + 1e-4)
