"""A confusion matrix as a picture to look at and as a table to calculate with.

Rows are the true kinds, columns what they were taken for, cells how many pictures.
"""

import csv
import io
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from shoal.exports.fonts import font_for, printable, text_width
from shoal.exports.tables import harmless

_SIDES = ((8, 46), (20, 32), (60, 22), (120, 14))
"""Up to so many kinds, cells of so many pixels."""
_LARGEST_PICTURE = 2400  # beyond the last of them no cell holds a number, and all of it stays below this
_LONGEST_LABEL = 28  # longer ones would take more room than the matrix
_MARGIN = 10
_PAPER, _INK, _FAINT, _LINES = (255, 255, 255), (28, 32, 38), (110, 116, 124), (214, 218, 224)
_FULL = np.array((16, 74, 140), np.float64)
_RIGHT = np.array((24, 120, 70), np.float64)
NOT_SURE_NAME = "not sure"
"""The column of what was put into no class."""


def confusion_csv(names: Sequence[str], counts: NDArray[np.int64], more: Sequence[str] = ()) -> bytes:
    """One line per true kind, one column per kind it was taken for, in the order of `names`.

    `more`: what else things were taken for, further columns of `counts`.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    shown = [harmless(name) for name in (*names, *more)]
    writer.writerow(["true \\ nearest", *shown])
    for name, row in zip(shown, counts, strict=False):
        writer.writerow([name, *map(int, row)])
    return text.getvalue().encode("utf-8", "backslashreplace")


def confusion_png(
    names: Sequence[str],
    counts: NDArray[np.int64],
    title: str,
    more: Sequence[str] = (),
    about: str = "rows: true folder, columns: what its nearest say",
) -> bytes:
    """Cells are the darker, the larger their share of the row; green on the diagonal, blue beside it.

    `more`: as in `confusion_csv`; `about`: what rows and columns are.
    """
    kinds = (*names, *more)
    side = next((side for most, side in _SIDES if len(kinds) <= most), max(2, _LARGEST_PICTURE // len(kinds)))
    labels = [_shortened(name) for name in kinds] if side > 8 else [""] * len(kinds)
    font_size = min(14, side - 4)
    room = 12 + max(text_width(label, font_size) for label in labels)
    top, extent = _MARGIN + 40 + room, side * len(names)
    width = max(_MARGIN + room + side * len(kinds) + _MARGIN, round(text_width(title, 15)) + 2 * _MARGIN)
    picture = Image.new("RGB", (width, top + extent + _MARGIN), _PAPER)
    draw = ImageDraw.Draw(picture)
    draw.text((_MARGIN, _MARGIN), title, _INK, font_for(title, 15))
    draw.text((_MARGIN, _MARGIN + 20), about, _FAINT, font_for("", 12))
    for place, label in enumerate(labels):
        middle = place * side + side // 2
        if place < len(names):
            _write(picture, label, font_size, (_MARGIN + room - 6, top + middle))
        _write_upright(picture, label, font_size, (_MARGIN + room + middle, top - 6))
    _draw_cells(draw, counts, side, (_MARGIN + room, top))
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _draw_cells(draw: ImageDraw.ImageDraw, counts: NDArray[np.int64], side: int, corner: tuple[int, int]) -> None:
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    for row, column in np.ndindex(*counts.shape):
        left, top = corner[0] + column * side, corner[1] + row * side
        share = float(shares[row, column])
        full = _RIGHT if row == column else _FULL
        colour = tuple(round(value) for value in 255 - (255 - full) * share**0.6)
        draw.rectangle((left, top, left + side, top + side), colour, _LINES if side > 8 else None)
        if counts[row, column] and side > 12:
            text = str(counts[row, column])
            size = min(13, side - 8, round(1.6 * side / len(text)))
            ink = _PAPER if share > 0.35 else _INK
            draw.text((left + side / 2, top + side / 2), text, ink, font_for("", size), anchor="mm")


def _write(picture: Image.Image, label: str, size: int, end: tuple[int, int]) -> None:
    ImageDraw.Draw(picture).text(end, label, _INK, font_for(label, size), anchor="rm")


def _write_upright(picture: Image.Image, label: str, size: int, end: tuple[int, int]) -> None:
    """Turned by a quarter, so that it reads from below; `end` is the middle of its lower edge."""
    width, height = text_width(label, size) + 2, size + 6
    line = Image.new("L", (width, height), 0)
    ImageDraw.Draw(line).text((0, height // 2), label, 255, font_for(label, size), anchor="lm")
    turned = line.rotate(90, expand=True)
    picture.paste(_INK, (end[0] - height // 2, end[1] - width), turned)


def _shortened(name: str) -> str:
    """On one line, and what cannot be shown as an escape."""
    plain = printable(name)
    return plain if len(plain) <= _LONGEST_LABEL else f"{plain[: _LONGEST_LABEL - 3]}..."
