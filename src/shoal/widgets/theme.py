"""What the window looks like: its colours (light, dark, darker, high contrast), its sizes, the colours of clusters.

The pictures carry the colour: all grounds are neutral grey, and one accent says what is chosen.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette

GOLDEN_ANGLE = 137.508
"""Degrees. Hues that many apart never come close to one another, however many clusters there are."""


UNIT, HALF = 8, 4
"""Logical pixels. What stands side by side keeps one or several UNITs apart, what belongs together a HALF."""

RADIUS, LINE, RING = 4, 1, 2
"""Of corners; of the lines between things; of what marks the focus and the selection."""

ROW = 24
"""The least height of what is to be hit by the mouse."""

SMALL, BODY, TITLE = 0.85, 1.0, 1.6
"""Sizes of type, times the system's own. There is no fourth."""

MOTION_MILLISECONDS = 0
"""Nothing moves by itself: what changes stands there at once, whatever the system says about motion."""

PIN = "#f2b705"
"""The mark of what stays where it is when clustered again."""

SHADE = "#f5121212"
"""Behind one picture alone, whatever the theme: nothing shines beside it."""

VEIL, ON_VEIL = "#d0181818", "#f2f2f2"
"""Behind and of what is written on a picture."""

QUIET_ON_VEIL = "#a0a0a0"
"""The same where it is not about the picture at hand."""

RIM, RIM_OF_LIGHT = "#a0ffffff", "#8c000000"
"""The thin edge of a mark on a picture, which is seen on any; of a mark that is light itself."""

PICKED, REJECTED, STAR = "#5bd06b", "#ff6b5e", "#ffd34d"
"""Marks of pictures, on a VEIL."""

LABELS = (
    "#e5383b", "#f48c06", "#f2cb05", "#3fa34d", "#2d7dd2", "#8e44ad", "#8d99a6", "#111318", "#f5f6f8",
)  # fmt: skip
"""Colour labels, in the order of `domain.label_colours.COLOURS`."""

CHANNELS = ("#aa2828", "#289632", "#3250be")
"""Of a histogram; where they lie on one another they add up."""

TOO_BRIGHT, TOO_DARK, SHARP = 0xC0FF2020, 0xC02060FF, 0xB030FF50
"""What is laid over a picture where it is clipped, and where it is in focus."""

NO_COLOUR = 0xFF8E8E8E
"""Of points that no colour is known for."""

GONE_COLOUR = 0x663B3B3B
"""Of pictures whose files are gone: grey as well, seen through."""


@dataclass(frozen=True, slots=True)
class Theme:
    """`window` behind everything, `panel` behind pictures and texts, `raised` of what lies on them.

    `lightness` of clusters' colours.
    """

    name: str
    window: str
    panel: str
    raised: str
    border: str
    text: str
    quiet_text: str
    accent: str
    on_accent: str
    warning: str
    lightness: float


LIGHT = Theme(
    "light", "#f2f2f2", "#ffffff", "#e8e8e8", "#cccccc", "#1d1d1d", "#585858", "#1560c4", "#ffffff", "#9a3b00",
    0.53,
)  # fmt: skip
DARK = Theme(
    "dark", "#1e1e1e", "#262626", "#343434", "#484848", "#e8e8e8", "#a9a9a9", "#62a8ff", "#08111f", "#ffb27a",
    0.74,
)  # fmt: skip
DARKER = Theme(
    "darker", "#0b0b0b", "#101010", "#1e1e1e", "#343434", "#cacaca", "#8f8f8f", "#4f92e8", "#050a12", "#e89a62",
    0.66,
)  # fmt: skip
LIGHT_CONTRAST = Theme(
    "light, high contrast", "#ffffff", "#ffffff", "#ffffff", "#6e6e6e", "#000000", "#2b2b2b", "#0037a6", "#ffffff",
    "#7a1f00", 0.42,
)  # fmt: skip
DARK_CONTRAST = Theme(
    "dark, high contrast", "#000000", "#000000", "#101010", "#8a8a8a", "#ffffff", "#dddddd", "#7fc4ff", "#000000",
    "#ffd24a", 0.80,
)  # fmt: skip
THEMES = (LIGHT, DARK, DARKER, LIGHT_CONTRAST, DARK_CONTRAST)


SYSTEM = "system"
_CHOSEN = {theme.name: theme for theme in (LIGHT, DARK, DARKER)}


def theme_for(scheme: Qt.ColorScheme, contrast: Qt.ContrastPreference, appearance: str = SYSTEM) -> Theme:
    """The theme of that name, or as light or dark as the system is; with as much contrast as it asks for."""
    theme = _CHOSEN.get(appearance, DARK if scheme is Qt.ColorScheme.Dark else LIGHT)
    if contrast is Qt.ContrastPreference.HighContrast:
        return LIGHT_CONTRAST if theme is LIGHT else DARK_CONTRAST
    return theme


def palette_of(theme: Theme) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for place, colour in {
        role.Window: theme.window, role.Base: theme.panel, role.AlternateBase: theme.raised, role.Button: theme.raised,
        role.WindowText: theme.text, role.Text: theme.text, role.ButtonText: theme.text, role.ToolTipText: theme.text,
        role.ToolTipBase: theme.raised, role.Highlight: theme.accent, role.HighlightedText: theme.on_accent,
        role.PlaceholderText: theme.quiet_text, role.Link: theme.accent, role.Mid: theme.border,
        role.Light: theme.raised, role.Dark: theme.border, role.Accent: theme.accent, role.BrightText: theme.warning,
    }.items():  # fmt: skip
        palette.setColor(place, QColor(colour))
    for place in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, place, QColor(theme.quiet_text).darker(110))
    return palette


OUTLINED = ("QAbstractButton", "QComboBox", "QLineEdit", "QAbstractSpinBox")
"""Classes of controls that the eye has to find by their outline."""

_FUSION_DARKENS = 140  # percent: the style draws an outline as the window's colour, darkened by that much


def control_palette_of(theme: Theme) -> QPalette:
    """For the OUTLINED: their outline becomes the theme's quiet text, the style's own is lost on a dark ground."""
    palette = palette_of(theme)
    palette.setColor(QPalette.ColorRole.Window, QColor(theme.quiet_text).lighter(_FUSION_DARKENS))
    return palette


@lru_cache(maxsize=4096)
def cluster_argb(index: int, lightness: float) -> int:
    """The colour of the cluster with this palette index as 0xFFRRGGBB, in the OKLCH space (Ottosson 2020)."""
    tier = (index // 12) % 3 - 1
    return 0xFF000000 | _oklch_to_rgb(lightness + 0.07 * tier, 0.145, math.radians(25 + GOLDEN_ANGLE * index))


def _oklch_to_rgb(lightness: float, chroma: float, hue: float) -> int:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return (_gamma(red) << 16) | (_gamma(green) << 8) | _gamma(blue)


def _gamma(linear: float) -> int:
    linear = min(max(linear, 0.0), 1.0)
    encoded = 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055
    return round(encoded * 255)


_SCALE = (
    0x440154, 0x482475, 0x414487, 0x355F8D, 0x2A788E, 0x21918C, 0x22A884, 0x44BF70, 0x7AD151, 0xBDDF26, 0xFDE725,
)  # fmt: skip
"""Eleven evenly spaced colours of viridis (Smith and van der Walt 2015), from dark to bright, even to the eye."""


@lru_cache(maxsize=1)
def scale_argb() -> NDArray[np.uint32]:
    """256 colours from dark to bright, 0xFFRRGGBB, for numbers."""
    places, stops = np.linspace(0, len(_SCALE) - 1, 256), np.array(_SCALE)
    channels = [np.interp(places, range(len(_SCALE)), (stops >> shift) & 0xFF) for shift in (16, 8, 0)]
    red, green, blue = (np.rint(channel).astype(np.uint32) for channel in channels)
    argb: NDArray[np.uint32] = np.uint32(0xFF000000) | (red << 16) | (green << 8) | blue
    return argb


class CurrentTheme(QObject):
    """What the window wears now. Those who paint with it hear of another one."""

    changed = Signal(object)
    wanted = Signal(str)
    """The user has chosen the theme of that name, or SYSTEM."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = LIGHT

    def wear(self, theme: Theme) -> None:
        self.theme = theme
        self.changed.emit(theme)
