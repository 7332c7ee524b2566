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


GREEN, BLUE, LINES = (24, 120, 70), (16, 74, 140), (214, 218, 224)


def matrix(count: int, side: int, counts: np.ndarray, **more) -> tuple[np.ndarray, np.ndarray, int, int]:
    """The picture, its cells, and where they begin: they end ten pixels from both edges."""
    names = [f"kind {number}" for number in range(count)]
    image = Image.open(io.BytesIO(confusion_png(names, counts, "Fruit", **more)))
    pixels = np.asarray(image.convert("RGB")).astype(int)
    top, left = pixels.shape[0] - 10 - side * counts.shape[0], pixels.shape[1] - 10 - side * counts.shape[1]
    return pixels, pixels[top:, left:], top, left


@pytest.mark.parametrize(
    ("count", "side"), [(8, 46), (9, 32), (20, 32), (21, 22), (60, 22), (61, 14), (120, 14), (121, 19)]
)
def test_cells_are_as_large_as_their_number_allows(count, side):
    counts = np.eye(count, dtype=np.int64)
    _pixels, cells, top, left = matrix(count, side, counts)
    for place in (0, 1, count - 1):
        corner = place * side + 2
        assert tuple(cells[corner, corner]) == GREEN
        assert tuple(cells[place * side + side - 2, place * side + side - 2]) == GREEN
        other = (count - 1 - place) * side + 2
        if place != count - 1 - place:
            assert (cells[corner, other] == 255).all()
    assert top > 40
    assert left > 10


@pytest.mark.parametrize(("kinds", "side", "has_lines"), [(3, 46, True), (100, 14, True), (300, 8, False)])
def test_lines_part_the_cells_unless_these_are_tiny(kinds, side, has_lines):
    more = [f"else {number}" for number in range(kinds - 2)]
    _pixels, cells, _top, _left = matrix(2, side, np.zeros((2, kinds), np.int64), more=more)
    assert (tuple(cells[side, side + 1]) == LINES) is has_lines
    assert (cells[side + 1, side + 1] == 255).all()


def test_the_darker_the_larger_the_share():
    counts = np.array([[100, 0, 0], [50, 50, 0], [90, 0, 10]])
    _pixels, cells, _top, _left = matrix(3, 46, counts)
    colours = cells[3::46, 3::46][:3, :3]
    assert tuple(colours[0, 0]) == GREEN
    assert (colours[0, 1] == 255).all()
    assert colours[1, 0].tolist() == [round(255 - (255 - full) * 0.5**0.6) for full in BLUE]
    assert colours[1, 1].tolist() == [round(255 - (255 - full) * 0.5**0.6) for full in GREEN]
    assert colours[2, 0].sum() < colours[1, 0].sum()
    assert colours[2, 2].sum() > colours[1, 1].sum()


def test_numbers_are_light_on_dark_and_dark_on_light_and_in_the_middle():
    counts = np.array([[1000, 0, 0], [0, 70, 30], [1, 0, 99]])
    _pixels, cells, _top, _left = matrix(3, 46, counts)
    inside = [[cells[46 * row + 3 : 46 * row + 44, 46 * column + 3 : 46 * column + 44] for column in range(3)]
              for row in range(3)]  # fmt: skip
    for row, column, is_light in ((0, 0, True), (1, 1, True), (1, 2, False), (2, 0, False), (2, 2, True)):
        cell = inside[row][column].sum(axis=2)
        ground = cell[0, 0]
        written = cell > ground + 150 if is_light else cell < ground - 150
        rows, columns = np.nonzero(written)
        assert 8 <= len(rows) < 600
        assert (rows.min() + rows.max()) / 2 == pytest.approx(20, abs=3)
        assert (columns.min() + columns.max()) / 2 == pytest.approx(20, abs=3)
        assert columns.max() - columns.min() < 42
    for row, column in ((0, 1), (2, 1)):
        assert (inside[row][column] == 255).all(), "nothing is written where nothing is"


def test_names_end_at_the_cells_and_each_in_the_middle_of_its_row():
    names = ["i", "a longer name", "x" * 60]
    image = Image.open(io.BytesIO(confusion_png(names, np.zeros((3, 3), np.int64), "Fruit")))
    is_ink = np.asarray(image.convert("L")) < 130
    height, width = is_ink.shape
    top, left = height - 10 - 3 * 46, width - 10 - 3 * 46
    lengths = []
    for place in range(3):
        row = is_ink[top + place * 46 : top + (place + 1) * 46, :left]
        rows, columns = np.nonzero(row)
        assert (rows.min() + rows.max()) / 2 == pytest.approx(23, abs=4)
        assert left - 10 <= columns.max() < left - 4
        column = is_ink[50:top, left + place * 46 : left + (place + 1) * 46]
        rows, columns = np.nonzero(column)
        assert (columns.min() + columns.max()) / 2 == pytest.approx(23, abs=4)
        assert len(column) - 10 <= rows.max() < len(column) - 4
        lengths.append(rows.max() - rows.min())
    assert lengths[0] < lengths[1] < lengths[2] < 300, "a name as long as that is cut"


def test_other_columns_and_a_long_title_have_their_room():
    about = "rows: what they are, columns: what they were taken for"
    pixels, cells, _top, _left = matrix(2, 46, np.array([[1, 0, 3], [0, 1, 0]]), more=["not sure"], about=about)
    assert tuple(cells[3, 2 * 46 + 3]) == tuple(round(255 - (255 - full) * 0.75**0.6) for full in BLUE)
    long = Image.open(io.BytesIO(confusion_png(["a"], np.ones((1, 1), np.int64), "a title " * 20)))
    is_ink = np.asarray(long.convert("L"))[10:28] < 130
    columns = np.flatnonzero(is_ink.any(axis=0))
    assert columns[0] >= 10
    assert long.width - 25 < columns[-1] < long.width - 8
    assert (pixels[30:46, 10:200] < 160).any(), "what rows and columns are stands below the title"
