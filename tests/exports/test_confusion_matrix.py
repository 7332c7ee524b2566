"""Confusion matrices, read back as a spreadsheet and as an eye would."""

import csv
import io

import numpy as np
import pytest
from PIL import Image

from shoal.exports.confusion_matrix import confusion_csv, confusion_png


def picture_of(names: list[str], counts: np.ndarray) -> np.ndarray:
    image = Image.open(io.BytesIO(confusion_png(names, counts, "Fruit")))
    assert image.format == "PNG"
    return np.asarray(image.convert("RGB")).astype(int)


def test_the_table_has_a_line_and_a_column_per_folder():
    counts = np.array([[4, 1], [0, 9]])
    lines = list(csv.reader(io.StringIO(confusion_csv(["apple", "=pear"], counts).decode())))
    assert lines == [["true \\ nearest", "apple", "'=pear"], ["apple", "4", "1"], ["'=pear", "0", "9"]]


def test_right_is_green_wrong_is_blue_and_the_rest_is_white():
    counts = np.array([[10, 0, 0], [0, 5, 5], [0, 0, 10]])
    pixels = picture_of(["apple", "pear", "plum"], counts)
    side = 46  # of a cell, with so few; the last one ends ten pixels from both edges
    corner = np.array(pixels.shape[:2]) - 10 - 3 * side
    cells = [[pixels[corner[0] + side * r + 5, corner[1] + side * c + 5] for c in range(3)] for r in range(3)]
    red, green, blue = cells[0][0]
    assert green > blue > red
    red, green, blue = cells[1][2]
    assert blue > green > red
    assert (cells[0][1] == 255).all()
    assert cells[0][0].sum() < cells[1][1].sum()


def test_names_stand_beside_and_above_the_cells_and_in_none_of_them():
    is_ink = picture_of(["apple", "pear", "plum"], np.zeros((3, 3), np.int64)).sum(axis=2) < 300
    height, width = is_ink.shape
    top, left, side = height - 10 - 3 * 46, width - 10 - 3 * 46, 46
    assert not is_ink[top - 5 :, left:].any()
    for place in range(3):
        row = slice(top + place * side, top + (place + 1) * side)
        column = slice(left + place * side, left + (place + 1) * side)
        assert is_ink[row, :left].any()
        assert is_ink[40:top, column].any()


@pytest.mark.parametrize("count", [2, 43, 100, 300])
def test_any_number_of_folders_fits(count):
    random = np.random.default_rng(0)
    counts = np.diag(random.integers(1, 2000, count)) + random.integers(0, 2, (count, count))
    height, width, _ = picture_of([f"a folder with a rather long name {n}" for n in range(count)], counts).shape
    assert max(height, width) < 3000


def test_names_in_other_writing_and_of_undecodable_bytes_are_no_trouble():
    pixels = picture_of(["\u7ea2\u978b", "line\nbreak", "\udcff\u202e", ""], np.eye(4, dtype=int))
    assert (pixels < 100).any()
