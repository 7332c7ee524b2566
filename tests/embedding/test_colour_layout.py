import numpy as np
import pytest

from shoal.embedding.colour_layout import SIDE, ColourLayout, describe, lab_planes


def picture(red: float, green: float, blue: float) -> np.ndarray:
    return np.broadcast_to(np.array([red, green, blue], np.uint8), (SIDE, SIDE, 3))


def striped(image: np.ndarray, axis: int) -> np.ndarray:
    stripes = np.arange(SIDE) // 4 % 2 * 120
    return image + stripes.reshape((SIDE, 1, 1) if axis == 0 else (1, SIDE, 1)).astype(np.uint8)


@pytest.mark.parametrize(
    ("rgb", "expected"),
    [
        ((255, 255, 255), (100, 0, 0)),
        ((0, 0, 0), (0, 0, 0)),
        ((255, 0, 0), (53.24, 80.09, 67.20)),
        ((0, 0, 255), (32.30, 79.19, -107.86)),
    ],
)
def test_lab_agrees_with_published_values(rgb, expected):
    planes = lab_planes(picture(*rgb))
    np.testing.assert_allclose([plane[0, 0] for plane in planes], expected, atol=0.05)


def test_a_shade_of_the_same_colour_is_nearer_than_another_colour():
    red, dark_red, blue = describe(picture(220, 20, 20)), describe(picture(190, 20, 20)), describe(picture(20, 20, 220))
    assert red @ dark_red > red @ blue


def test_the_direction_of_stripes_matters():
    grey = picture(60, 60, 60)
    upright, lying, upright_lighter = striped(grey, 1), striped(grey, 0), striped(picture(75, 75, 75), 1)
    assert describe(upright) @ describe(upright_lighter) > describe(upright) @ describe(lying)


def test_the_place_of_a_colour_matters():
    left, right = np.full((2, SIDE, SIDE, 3), 128, np.uint8)
    left[:, : SIDE // 2] = right[:, SIDE // 2 :] = (250, 40, 40)
    similar = left.copy()
    similar[:, : SIDE // 2] = (240, 60, 40)
    assert describe(left) @ describe(similar) > describe(left) @ describe(right)


def test_flat_pictures_have_a_direction_too():
    rows = ColourLayout().embed([picture(0, 0, 0), picture(255, 255, 255), picture(128, 128, 128)])
    assert np.isfinite(rows).all()
