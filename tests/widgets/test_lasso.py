import numpy as np
import pytest

from shoal.widgets.lasso import _crossings_are_odd, points_inside


def star(corners: int) -> np.ndarray:
    angle = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    radius = 1 + 0.6 * np.sin(5 * angle)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


@pytest.mark.parametrize("corners", [3, 12, 300])
@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e4])
def test_the_coarse_mask_never_changes_the_answer(qapp, corners, scale):
    rng = np.random.default_rng(corners)
    polygon = star(corners) * scale + 3 * scale
    x, y = (rng.normal(3 * scale, scale, 50_000).astype(np.float32) for _ in range(2))
    exact = _crossings_are_odd(polygon, x.astype(np.float64), y.astype(np.float64))
    assert np.array_equal(points_inside(polygon, x, y), exact)
    assert 0 < exact.sum() < len(x)


def test_a_polygon_that_crosses_itself_counts_by_even_and_odd(qapp):
    bow_tie = np.array([[0, 0], [2, 2], [2, 0], [0, 2]], np.float64)
    x = np.array([1.5, 0.5, 1.0, 1.0], np.float32)
    y = np.array([1.0, 1.0, 1.8, 0.2], np.float32)
    assert points_inside(bow_tie, x, y).tolist() == [True, True, False, False]


def test_fewer_than_three_corners_hold_nothing(qapp):
    assert not points_inside(np.zeros((2, 2)), np.zeros(3, np.float32), np.zeros(3, np.float32)).any()
