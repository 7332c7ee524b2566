"""Every pair of colours that meets on the screen can be told apart (WCAG 2.2: text 4.5 to 1, all else 3 to 1)."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleFactory, QStyleOptionButton, QWidget

from shoal.widgets import theme as theme_module
from shoal.widgets.theme import (
    DARK,
    DARK_CONTRAST,
    DARKER,
    LIGHT,
    LIGHT_CONTRAST,
    SYSTEM,
    THEMES,
    cluster_argb,
    control_palette_of,
    palette_of,
    theme_for,
)

ROLE = QPalette.ColorRole
TEXT = (ROLE.WindowText, ROLE.Text, ROLE.ButtonText, ROLE.PlaceholderText, ROLE.Link, ROLE.BrightText)
GROUNDS = (ROLE.Window, ROLE.Base, ROLE.AlternateBase, ROLE.Button)


def luminance(colour: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_the_standard_has_it():
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#767676"), QColor("white")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_text_is_readable_on_every_ground(theme):
    palette = palette_of(theme)
    pairs = [(ink, ground) for ink in TEXT for ground in GROUNDS]
    pairs += [(ROLE.ToolTipText, ROLE.ToolTipBase), (ROLE.HighlightedText, ROLE.Highlight)]
    assert {pair for pair in pairs if contrast(palette.color(pair[0]), palette.color(pair[1])) < 4.5} == set()


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_focus_selection_and_clusters_stand_out(theme):
    """The points of the map lie on the window's colour, the stripes of the cards and pictures on the panel's."""
    palette = palette_of(theme)
    marks = [palette.color(ROLE.Highlight), palette.color(ROLE.Accent)]
    marks += [QColor.fromRgba(cluster_argb(index, theme.lightness)) for index in range(72)]
    weakest = min(contrast(mark, palette.color(ground)) for mark in marks for ground in (ROLE.Window, ROLE.Base))
    assert weakest >= 3


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_an_empty_check_box_can_be_seen(qtbot, theme):
    window = QWidget()
    qtbot.addWidget(window)
    window.setPalette(palette_of(theme))
    box = QCheckBox(window)
    style = QStyleFactory.create("Fusion")
    box.setStyle(style)
    box.setPalette(control_palette_of(theme))
    box.resize(40, 40)
    option = QStyleOptionButton()
    box.initStyleOption(option)
    square = style.subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, box)
    picture = window.grab().toImage()
    row = [picture.pixelColor(x, square.center().y()) for x in range(square.left(), square.right() + 1)]
    assert max(contrast(pixel, palette_of(theme).color(ROLE.Window)) for pixel in row) >= 3


@pytest.mark.parametrize("theme", [LIGHT_CONTRAST, DARK_CONTRAST], ids=lambda theme: theme.name)
def test_high_contrast_is_high(theme):
    palette = palette_of(theme)
    assert contrast(palette.color(ROLE.Text), palette.color(ROLE.Base)) >= 18
    assert contrast(QColor(theme.border), palette.color(ROLE.Window)) >= 4.5


def test_the_system_decides():
    scheme, preference = Qt.ColorScheme, Qt.ContrastPreference
    names = [
        theme_for(one, other).name
        for one in (scheme.Unknown, scheme.Light, scheme.Dark)
        for other in (preference.NoPreference, preference.HighContrast)
    ]
    assert names == ["light", "light, high contrast"] * 2 + ["dark", "dark, high contrast"]


def test_the_user_decides_instead_and_still_gets_as_much_contrast_as_the_system_asks_for():
    plain, high = Qt.ContrastPreference.NoPreference, Qt.ContrastPreference.HighContrast
    dark_system = Qt.ColorScheme.Dark
    for theme, with_contrast in ((LIGHT, LIGHT_CONTRAST), (DARK, DARK_CONTRAST), (DARKER, DARK_CONTRAST)):
        assert theme_for(dark_system, plain, theme.name) is theme
        assert theme_for(dark_system, high, theme.name) is with_contrast
    assert theme_for(dark_system, plain, SYSTEM) is DARK


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_grounds_are_grey_so_that_only_pictures_have_colours(theme):
    grounds = (theme.window, theme.panel, theme.raised, theme.border, theme.text, theme.quiet_text)
    assert [ground for ground in grounds if QColor(ground).hsvSaturation() != 0] == []


def test_darker_is_darker_than_dark():
    assert all(
        QColor(getattr(DARKER, name)).lightness() < QColor(getattr(DARK, name)).lightness()
        for name in ("window", "panel", "raised", "text")
    )


NOT_SEEN = {"lasso.py", "point_raster.py"}
"""One paints a mask of numbers, which nobody looks at, the other parts colours into their channels."""


def test_no_colour_is_made_up_where_something_is_painted():
    """All stand in the theme. What is made of a colour of the theme, with another opacity, is one of them."""
    source = Path(theme_module.__file__).parents[1]
    files = [*(source / "widgets").rglob("*.py"), *(source / "features").rglob("*.py"), *(source / "qt").rglob("*.py")]
    literal = re.compile(r"QColor\(\s*(\d|0x|\"#)|[\"']#[0-9a-fA-F]{6,8}[\"']|0x[0-9A-Fa-f]{8}\b")
    found = [
        f"{file.name}: {line.strip()}"
        for file in files
        if file.name not in NOT_SEEN | {"theme.py"}
        for line in file.read_text("utf-8").splitlines()
        if literal.search(line)
    ]
    assert found == []
