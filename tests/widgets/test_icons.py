import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon

from shoal.desktop.features import ROWS
from shoal.widgets.icons import ACTION_ICONS, ICONS, SIDE, icon
from shoal.widgets.theme import DARK, LIGHT, palette_of


def ink(drawn: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal):
    """How many pixels are drawn on, and the mean lightness of the solid ones."""
    image = drawn.pixmap(QSize(SIDE, SIDE), 1.0, mode).toImage()
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    solid = [pixel.lightness() for pixel in pixels if pixel.alpha() > 200]
    return sum(pixel.alpha() > 40 for pixel in pixels), sum(solid) / max(len(solid), 1)


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_is_lines_and_follows_the_colour_of_the_text(qapp, name):
    on_light, on_dark = icon(name, palette_of(LIGHT)), icon(name, palette_of(DARK))
    drawn, lightness = ink(on_light)
    assert 30 < drawn < SIDE * SIDE * 0.6
    assert lightness < 90
    assert ink(on_dark)[1] > 180
    assert ink(on_light, QIcon.Mode.Disabled)[1] > lightness


def test_an_icon_is_crisp_on_a_screen_of_two_pixels_per_unit(qapp):
    assert icon("undo", palette_of(LIGHT)).pixmap(QSize(SIDE, SIDE), 2.0).size() == QSize(2 * SIDE, 2 * SIDE)


def test_icons_belong_to_entries_that_exist():
    assert set(ACTION_ICONS) <= {row.name for row in ROWS}
    assert set(ACTION_ICONS.values()) <= set(ICONS)
