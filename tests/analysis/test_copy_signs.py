"""Signs that two pictures are copies: in every position, and for parts of pictures."""

import numpy as np
import pytest

from shoal.analysis import copy_candidates, copy_signs
from shoal.analysis.aligned import (
    Ground,
    aligned_pairs,
    back_from,
    best_fit,
    ground_of,
    in_place,
    signs_of_fit,
)
from shoal.analysis.copy_candidates import nearest_by_hash, pairs_of
from shoal.analysis.copy_signs import (
    POSITIONS,
    best_positions,
    cheap_signs,
    in_position,
    wave_hashes,
    waves_in_position,
)
from shoal.domain.copies import many_looks
from shoal.domain.task import Task
from shoal.imaging.borders import inside_frame
from shoal.imaging.small_looks import grey_of, small_looks


def picture(seed: int, height: int = 120, width: int = 160) -> np.ndarray:
    """Soft blobs in colours."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[:height, :width] / 100
    total = np.zeros((height, width, 3))
    for _blob in range(12):
        middle, wide, colour = random.uniform(0, 1.6, 2), random.uniform(0.05, 0.4), random.uniform(-1, 1, 3)
        total += np.exp(-((y - middle[0]) ** 2 + (x - middle[1]) ** 2) / wide**2)[..., np.newaxis] * colour
    return (127 + 127 * np.tanh(total)).astype(np.uint8)


def turned(pixels: np.ndarray, position: int) -> np.ndarray:
    return np.ascontiguousarray(in_position(pixels[np.newaxis], position)[0])


def looks(*pictures: np.ndarray):
    return many_looks([small_looks(pixels).packed() for pixels in pictures])


@pytest.mark.parametrize("position", range(POSITIONS))
def test_waves_are_turned_as_the_picture_is(position: int):
    waves = waves_in_position(looks(picture(1)).waves, position)
    np.testing.assert_allclose(waves, looks(turned(picture(1), position)).waves, atol=0.2)


@pytest.mark.parametrize("position", range(POSITIONS))
def test_a_copy_is_known_in_every_position_and_another_picture_is_not(position: int):
    both = looks(picture(1), turned(picture(1), position), picture(2))
    vectors = np.eye(3, 8, dtype=np.float32)
    (same, other) = cheap_signs(np.array([[0, 1], [0, 2]]), vectors, both)
    assert same[1] > 0.95
    assert same[2] > 0.98
    assert same[3] < 0.03
    assert other[2] < 0.9
    assert position in best_positions(np.array([[0, 1]]), both)[0]


def test_the_nearest_by_hash_are_found_whatever_their_position():
    pictures = [picture(seed) for seed in range(20)]
    pictures += [turned(one, 1 + seed % 7) for seed, one in enumerate(pictures)]
    near = nearest_by_hash(looks(*pictures).waves, Task())
    assert near.shape == (40, 5)
    assert (near[:, 0] == (np.arange(40) + 20) % 40).all()
    assert near[:, 1:].max() < 40
    few = nearest_by_hash(looks(*pictures[:3]).waves, Task())
    assert (np.sort(few, axis=1)[:, :3] == -1).all()


def test_among_many_the_nearest_by_hash_are_found_too(monkeypatch):
    monkeypatch.setattr(copy_candidates, "_FEW", 100)
    random = np.random.default_rng(3)
    waves = random.normal(size=(2500, 8, 8)).astype(np.float32)
    copies = waves + 0.1 * random.normal(size=waves.shape).astype(np.float32)
    turned_copies = [waves_in_position(one[np.newaxis], row % 8)[0] for row, one in enumerate(copies)]
    near = nearest_by_hash(np.concatenate([waves, turned_copies]), Task())
    assert ((near >= -1) & (near < 5000)).all()
    assert (near != np.arange(5000)[:, np.newaxis]).all()
    assert np.mean(near[:2500, 0] == np.arange(2500, 5000)) > 0.97


def test_signs_of_a_few_pairs_look_at_their_pictures_only(monkeypatch):
    both = looks(*[picture(seed) for seed in range(6)])
    vectors = np.eye(6, 8, dtype=np.float32)
    every = np.array([[0, 1], [1, 4], [2, 5], [4, 5]])
    seen: list[int] = []

    def counted(waves: np.ndarray) -> np.ndarray:
        seen.append(len(waves))
        return wave_hashes(waves)

    monkeypatch.setattr(copy_signs, "wave_hashes", counted)
    some = cheap_signs(every[[1, 3]], vectors, both)
    assert set(seen) == {3}
    np.testing.assert_array_equal(some, cheap_signs(every, vectors, both)[[1, 3]])
    assert cheap_signs(np.empty((0, 2), np.int64), vectors, both).shape == (0, 4)


def test_pairs_are_told_once_and_the_smaller_first():
    assert pairs_of(np.array([[1, -1], [0, 2], [1, 2]])).tolist() == [[0, 1], [1, 2]]


def grey(pixels: np.ndarray) -> Ground:
    return ground_of(grey_of(pixels, 48, 144).astype(np.float32))


def aligned(one: Ground, other: Ground, positions: tuple[int, ...] = (0,)) -> float:
    return best_fit(one, other, positions).correlation


@pytest.mark.parametrize("position", range(POSITIONS))
def test_every_position_can_be_undone(position: int):
    pixels = np.arange(12).reshape(3, 4).astype(np.float32)
    np.testing.assert_array_equal(in_place(in_place(pixels, position), back_from(position)), pixels)


def test_a_part_is_found_in_the_whole_and_a_framed_one_too():
    whole = picture(3, 240, 320)
    part = whole[30:234, 10:282]
    framed = np.pad(whole, ((20, 20), (20, 20), (0, 0)))
    assert aligned(grey(part), grey(whole)) > 0.97
    assert aligned(grey(whole), grey(part)) > 0.97
    assert aligned(grey(whole), grey(framed)) > 0.95
    assert aligned(grey(picture(4, 240, 320)), grey(whole)) < 0.8


def test_a_part_that_was_turned_is_found_in_its_position():
    whole = picture(3, 240, 320)
    part = turned(whole[30:234, 10:282], 5)
    upright = whole[30:234, 10:282]
    back = next(position for position in range(POSITIONS) if np.array_equal(in_place(part, position), upright))
    assert aligned(grey(part), grey(whole), (back,)) > 0.97
    assert aligned(grey(part), grey(whole)) < 0.9


def test_flat_pictures_are_no_copies_by_correlation():
    flat = np.full((100, 100, 3), 90, np.uint8)
    assert abs(aligned(grey(flat), grey(picture(1)))) < 0.9
    assert wave_hashes(looks(flat).waves).shape == (1, 8)


def test_two_shots_of_a_scene_fit_in_most_parts_and_a_copy_in_all():
    scene = picture(3, 240, 320)
    another = scene.copy()
    another[60:180, 100:220] = picture(4, 120, 120)  # somebody else sits there
    copy = np.clip(scene.astype(int) + np.random.default_rng(1).normal(0, 5, scene.shape), 0, 255).astype(np.uint8)
    of_copy, of_shot = (signs_of_fit(best_fit(grey(scene), grey(other))) for other in (copy, another))
    assert of_shot[0] > 0.7
    assert of_copy[2] < -4 < -2 < of_shot[2], "the upper tenth of what does not fit"
    assert of_copy[3] > 0.95


def test_a_part_in_a_frame_fits_once_the_frame_is_off():
    whole = picture(3, 240, 320)
    part = whole[40:220, 60:300]
    framed = np.pad(part, ((24, 24), (24, 24), (0, 0)), constant_values=255)
    inner = inside_frame(framed)
    assert inner is not framed
    greys = [grey_of(one, 48, 144).astype(np.float32) for one in (whole, framed, inner)]
    with_frame, without = (
        aligned_pairs(greys[:2], inside, [(0, 1)], [[0]], Task())[0] for inside in ({}, {1: greys[2]})
    )
    assert with_frame[0] < 0.9
    assert without[0] > 0.97


def test_a_picture_without_a_frame_is_left_as_it_is():
    whole = picture(5)
    assert inside_frame(whole) is whole
