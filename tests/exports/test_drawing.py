"""Shapes as they are seen: a PNG is looked at pixel by pixel, an SVG is read, and both show the same."""

import base64
import io
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from PIL import Image

from shoal.exports.drawing import Area, Box, Dots, Drawing, Line, Photo, Words, cluster_colour, fitted, pale, shortened
from shoal.exports.fonts import text_width

SVG = "{http://www.w3.org/2000/svg}"
RED = "#cc0000"


def ink(*shapes) -> np.ndarray:
    """Where the paper, of 100 by 80, is not white any more: rows of columns."""
    drawing = Drawing(100, 80)
    drawing.add(*shapes)
    return np.asarray(Image.open(io.BytesIO(drawing.png())).convert("L")) < 160


def extent(marked: np.ndarray) -> tuple[int, int, int, int]:
    """Left, top, right, bottom; the last two behind the ink."""
    rows, columns = np.flatnonzero(marked.any(axis=1)), np.flatnonzero(marked.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def in_svg(*shapes) -> ET.Element:
    drawing = Drawing(100, 80)
    drawing.add(*shapes)
    root = ET.fromstring(drawing.svg())
    assert [root.get(name) for name in ("width", "height", "viewBox")] == ["100", "80", "0 0 100 80"]
    paper = root[0]
    assert [paper.get(name) for name in ("width", "height", "fill")] == ["100", "80", "#ffffff"]
    return root[1]


def test_a_box_covers_its_place_and_no_more():
    box = Box((20, 30), (40, 10), RED)
    marked = ink(box)
    assert extent(marked) == pytest.approx((20, 30, 60, 40), abs=1)
    assert marked[31:39, 21:59].all()
    assert in_svg(box).attrib == {"x": "20.0", "y": "30.0", "width": "40.0", "height": "10.0", "fill": RED}


@pytest.mark.parametrize("size", [(0, 10), (10, 0)])
def test_a_box_without_width_or_height_is_not_to_be_seen(size):
    assert not ink(Box((20, 30), size, RED)).any()


def test_dots_are_round_and_where_they_should_be():
    dots = Dots([(20, 30), (70, 50)], 8, RED)
    marked = ink(dots)
    assert extent(marked[:, :45]) == pytest.approx((12, 22, 28, 38), abs=1)
    left, top, right, bottom = extent(marked[:, 45:])
    assert (left + 45, top, right + 45, bottom) == pytest.approx((62, 42, 78, 58), abs=1)
    assert marked.sum() == pytest.approx(2 * np.pi * 8**2, rel=0.1)
    group = in_svg(dots)
    assert group.get("fill") == RED
    assert [(dot.get("cx"), dot.get("cy"), dot.get("r")) for dot in group] == [
        ("20.0", "30.0", "8"),
        ("70.0", "50.0", "8"),
    ]


def test_a_line_goes_by_its_places_as_wide_as_it_should_be():
    line = Line([(10, 40), (60, 40), (60, 70)], RED, 4)
    marked = ink(line)
    assert marked[:, 30].sum() == pytest.approx(4, abs=1)
    assert marked[55].sum() == pytest.approx(4, abs=1)
    assert extent(marked) == pytest.approx((10, 38, 62, 70), abs=2)
    drawing = Drawing(100, 80)
    drawing.add(Line([(10, 40), (60, 40)], RED, 0.1))
    assert np.asarray(Image.open(io.BytesIO(drawing.png())).convert("L")).min() < 220, "a thin one is to be seen, too"
    drawn = in_svg(line)
    assert drawn.get("points") == "10.0,40.0 60.0,40.0 60.0,70.0"
    assert (drawn.get("fill"), drawn.get("stroke"), drawn.get("stroke-width")) == ("none", RED, "4")


def test_an_area_is_filled_within_its_corners():
    area = Area([(10, 10), (50, 10), (10, 50)], RED)
    marked = ink(area)
    assert extent(marked) == pytest.approx((10, 10, 50, 50), abs=1)
    assert marked[15, 15]
    assert not marked[45, 45]
    drawn = in_svg(area)
    assert (drawn.get("points"), drawn.get("fill")) == ("10.0,10.0 50.0,10.0 10.0,50.0", RED)


@pytest.mark.parametrize("size", [12, 20])
@pytest.mark.parametrize(("anchor", "share"), [("start", 0.0), ("middle", 0.5), ("end", 1.0)])
def test_words_stand_at_their_place_by_that_end(anchor, share, size):
    words = Words((50, 40), "Hxn", size, RED, anchor)
    left, top, right, bottom = extent(ink(words))
    width = text_width("Hxn", size)
    assert (left, right) == pytest.approx((50 - share * width, 50 + (1 - share) * width), abs=3.5)
    assert (top + bottom) / 2 == pytest.approx(40, abs=3)
    assert 0.5 * size < bottom - top < 1.1 * size
    drawn = in_svg(words)
    assert (drawn.get("x"), drawn.get("font-size"), drawn.get("text-anchor")) == ("50.0", str(size), anchor)
    assert 40 < float(drawn.get("y") or 0) < 40 + size / 2, "SVG counts from the line that letters stand on"
    assert (drawn.text, drawn.get("fill")) == ("Hxn", RED)


def jpeg(width: int, height: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), (20, 20, 120)).save(file, "JPEG")
    return file.getvalue()


@pytest.mark.parametrize(("size", "shown"), [((80, 60), (40, 30)), ((30, 90), (40 / 3, 40)), ((10, 10), (40, 40))])
def test_a_photo_fits_into_its_square_around_its_place(size, shown):
    photo = Photo((50, 40), 40, jpeg(*size), RED)
    assert fitted(photo) == pytest.approx(shown)
    left, top, right, bottom = extent(ink(photo))
    corners = (50 - shown[0] / 2, 40 - shown[1] / 2, 50 + shown[0] / 2, 40 + shown[1] / 2)
    assert (left, top, right, bottom) == pytest.approx(corners, abs=1.5)
    drawing = Drawing(100, 80)
    drawing.add(photo)
    pixels = np.asarray(Image.open(io.BytesIO(drawing.png())).convert("RGB")).astype(int)
    assert np.abs(pixels[40, 50] - [20, 20, 120]).max() < 12
    red, green, _blue = pixels[round(corners[1]) + 1, 50]
    assert red > 150 > green, "its frame has the colour of the cluster"
    root = ET.fromstring(drawing.svg())
    image, frame = root[1], root[2]
    for element in (image, frame):
        said = [float(element.get(name) or 0) for name in ("x", "y", "width", "height")]
        assert said == pytest.approx([corners[0], corners[1], *shown], abs=0.06)
    link = image.get("{http://www.w3.org/1999/xlink}href") or ""
    assert base64.b64decode(link.removeprefix("data:image/jpeg;base64,")) == photo.jpeg
    assert (frame.get("fill"), frame.get("stroke")) == ("none", RED)


def test_texts_from_anywhere_are_texts():
    words = in_svg(Words((1, 1), '<script>"&\n\udcff'))
    assert words.text == '<script>"&\\n\\udcff'
    assert len(words) == 0


def test_colours_of_clusters_are_far_apart_and_neither_pale_nor_dark():
    assert cluster_colour(0) == "#cf3030"
    colours = np.array([[int(cluster_colour(n)[at : at + 2], 16) for at in (1, 3, 5)] for n in range(60)])
    assert len(np.unique(colours, axis=0)) == 60
    few = colours[:8].astype(float)
    apart = np.linalg.norm(few[:, None] - few[None], axis=2) + 1e3 * np.eye(8)
    assert apart.min() > 55
    assert (colours.max(axis=1) == 207).all()
    assert (colours.min(axis=1) == 48).all()


def test_a_pale_colour_is_so_much_of_it_on_paper():
    assert pale("#204060", 0) == "#ffffff"
    assert pale("#204060", 1) == "#204060"
    assert pale("#204060", 0.5) == "#90a0b0"


def test_a_text_is_cut_where_its_room_ends():
    text = "a rather long name of a cluster"
    whole = text_width(text, 12)
    assert shortened(text, 12, whole) == text
    for room in (whole - 1, whole / 2, 40):
        cut = shortened(text, 12, room)
        kept = cut.removesuffix("...")
        assert text.startswith(kept)
        assert text_width(cut, 12) <= room < text_width(text[: len(kept) + 1] + "...", 12)
    assert shortened(text, 12, 0) == "..."
