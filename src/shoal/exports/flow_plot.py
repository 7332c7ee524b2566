"""From which clusters of one run pictures went to which of another, as a drawing."""

from collections.abc import Callable
from typing import Final

from shoal.domain.run_flow import Bar, FlowPicture, Ribbon
from shoal.exports.drawing import (
    FAINT,
    INK,
    NO_CLUSTER,
    Area,
    Box,
    Drawing,
    Point,
    Words,
    cluster_colour,
    pale,
    shortened,
)

_WIDTH, _TOP, _BESIDE, _BAR, _MARGIN = 1000, 84, 230, 14, 24
_LEAST, _EACH, _MOST = 360, 30, 1400
_STEPS: Final = 24
_STAYS, _GOES = 0.28, 0.62
"""How much of a colour ribbons have."""

ColourNumber = Callable[[int], int]


def flow_plot(
    picture: FlowPicture,
    titles: tuple[str, str, str],
    names: tuple[Callable[[int], str], Callable[[int], str]],
    colours: tuple[ColourNumber, ColourNumber],
) -> Drawing:
    """`titles`: of the whole, of the left column and of the right one. `colours`: numbers, -1 for no cluster."""
    height = min(max(_LEAST, _EACH * max(len(picture.left), len(picture.right))), _MOST)
    drawing = Drawing(_WIDTH, height + _TOP + _MARGIN)
    title, left, right = titles
    drawing.add(Words((_MARGIN, 20), shortened(title, 16, _WIDTH - 2 * _MARGIN), 16))
    drawing.add(Words((_BESIDE, _TOP - 22), shortened(left, 13, _BESIDE - _MARGIN), 13, FAINT, "end"))
    drawing.add(Words((_WIDTH - _BESIDE, _TOP - 22), shortened(right, 13, _BESIDE - _MARGIN), 13, FAINT))
    for ribbon in picture.ribbons:
        share = _STAYS if ribbon.stays else _GOES
        drawing.add(Area(_corners(ribbon, height), pale(_colour(colours[0](ribbon.before)), share)))
    for bars, place in ((picture.left, 0), (picture.right, 1)):
        for bar in bars:
            _bar(drawing, bar, height, (names[place](bar.cluster), _colour(colours[place](bar.cluster))), place == 1)
    return drawing


def _colour(number: int) -> str:
    return NO_CLUSTER if number < 0 else cluster_colour(number)


def _bar(drawing: Drawing, bar: Bar, height: int, told: tuple[str, str], on_the_right: bool) -> None:
    name, colour = told
    x = _WIDTH - _BESIDE - _BAR if on_the_right else _BESIDE
    drawing.add(Box((x, _TOP + bar.top * height), (_BAR, max(bar.height * height, 1)), colour))
    middle = _TOP + (bar.top + bar.height / 2) * height
    text = f"{shortened(name, 12, _BESIDE - _MARGIN - 60)}  ({bar.count:,})"
    place = (x + _BAR + 8, middle) if on_the_right else (x - 8, middle)
    drawing.add(Words(place, text, 12, INK, "start" if on_the_right else "end"))


def _corners(ribbon: Ribbon, height: int) -> list[Point]:
    """There and back along a curve that leaves and arrives level."""
    left, right = _BESIDE + _BAR, _WIDTH - _BESIDE - _BAR
    above = []
    for step in range(_STEPS + 1):
        share = step / _STEPS
        level = share * share * (3 - 2 * share)
        y = _TOP + (ribbon.left + (ribbon.right - ribbon.left) * level) * height
        above.append((left + (right - left) * share, y))
    thick = max(ribbon.height * height, 0.8)
    return [*above, *((x, y + thick) for x, y in reversed(above))]
