"""The plots beside an export, measured: what is drawn lies where the numbers say."""

import io
import xml.etree.ElementTree as ET
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from shoal.exports.drawing import FAINT, INK, LINES, Box, Dots, Drawing, Line, Photo, Words, cluster_colour, shortened
from shoal.exports.fonts import text_width
from shoal.exports.plots import PlottedCluster, _legend, map_plot, silhouette_plot, tree_plot

SVG = "{http://www.w3.org/2000/svg}"
NAMES = ("Hunde & Katzen", "图片", "<script>", "Unsorted")


def small_picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (80, 60), (200, 30, 30)).save(file, "JPEG")
    return file.getvalue()


@pytest.fixture
def clusters() -> list[PlottedCluster]:
    rows = np.array_split(np.arange(100), 4)
    photos = [small_picture(), small_picture(), None, None]
    return [
        PlottedCluster(name, those, -1 if name == "Unsorted" else number, photo)
        for number, (name, those, photo) in enumerate(zip(NAMES, rows, photos, strict=True))
    ]


@pytest.fixture
def places() -> np.ndarray:
    random = np.random.default_rng(0)
    middles = np.repeat([[0, 0], [9, 1], [4, 8], [5, 4]], 25, axis=0)
    return (random.normal(0, 0.4, (100, 2)) + middles).astype(np.float32)


def many(count: int, *, photos: bool = False) -> list[PlottedCluster]:
    """Of one picture each."""
    photo = small_picture() if photos else None
    return [PlottedCluster(f"Cluster {number}", np.array([number]), number, photo) for number in range(count)]


def some(drawing: Drawing, kind: type) -> list:
    return [shape for shape in drawing.shapes if isinstance(shape, kind)]


def texts(drawing: Drawing) -> list[str]:
    return [words.text for words in some(drawing, Words)]


def colours(png: bytes) -> set[tuple[int, int, int]]:
    pixels = np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).reshape(-1, 3)
    return {(red, green, blue) for red, green, blue in np.unique(pixels, axis=0).tolist()}


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:], 16)


def require_inside(drawing: Drawing) -> None:
    """Every text lies whole on the paper, and so does everything else."""
    for words in some(drawing, Words):
        width = text_width(words.text, words.size)
        left = words.place[0] - {"start": 0, "middle": width / 2, "end": width}[words.anchor]
        assert left >= 0, words
        assert left + width <= drawing.width, words
        assert words.size / 2 <= words.place[1] <= drawing.height - words.size / 2, words
    for shape in [*some(drawing, Dots), *some(drawing, Line)]:
        assert all(0 <= x <= drawing.width and 0 <= y <= drawing.height for x, y in shape.places), shape


# --- the map


def test_the_map_shows_every_picture_and_names_every_cluster(clusters, places):
    drawing = map_plot("Trip", places, clusters, "by a test")
    root = ET.fromstring(drawing.svg())
    assert len(list(root.iter(f"{SVG}circle"))) == 100 + 4, "and one in the legend for each cluster"
    assert len(list(root.iter(f"{SVG}image"))) == 2
    assert {"Trip", "by a test", *NAMES, "25"} <= {text.text for text in root.iter(f"{SVG}text")}
    png = drawing.png()
    assert Image.open(io.BytesIO(png)).size == (drawing.width, drawing.height)
    assert {rgb(cluster_colour(number)) for number in range(3)} <= colours(png)
    require_inside(drawing)


@pytest.mark.parametrize("stretched", [(1, 1), (5, 1), (1, 7)])
def test_the_map_fills_its_room_both_directions_alike_and_up_is_up(clusters, places, stretched):
    places = places * np.array(stretched, np.float32)
    drawing = map_plot("Trip", places, clusters)
    spots = np.empty((100, 2))
    for cluster, dots in zip([clusters[3], *clusters[:3]], some(drawing, Dots)[:4], strict=True):
        assert dots.colour == cluster.colour, "what is in no cluster lies below the others"
        spots[cluster.rows] = dots.places
    low, high = spots.min(axis=0), spots.max(axis=0)
    np.testing.assert_allclose((low + high) / 2, [500, 48 + 360], atol=0.01)
    room = np.array([1000 - 48, 720 - 48])
    assert ((high - low) / room).max() == pytest.approx(1)
    steps = (spots - spots[0]) / np.where(places == places[0], 1, places - places[0])
    np.testing.assert_allclose(steps[1:, 0], -steps[1:, 1], rtol=1e-3)
    assert (steps[1:, 0] > 0).all()


@pytest.mark.parametrize(("count", "radius"), [(1, 4), (225, 4), (900, 2), (3600, 1), (40_000, 1)])
def test_the_more_points_the_smaller_they_are(count, radius):
    places = np.random.default_rng(0).random((count, 2)).astype(np.float32)
    (dots, *_legend) = some(map_plot("Trip", places, [PlottedCluster("all", np.arange(count), 0)]), Dots)
    assert dots.radius == pytest.approx(radius)
    assert len(dots.places) == count


@pytest.mark.parametrize("count", [3, 40, 41, 200])
def test_the_legend_names_the_largest_and_counts_the_others(count):
    clusters = many(count)
    drawing = map_plot("Trip", np.random.default_rng(0).random((count, 2)).astype(np.float32), clusters)
    legend = some(drawing, Dots)[count:]
    shown = min(count, 40)
    assert [dot.colour for dot in legend] == [cluster.colour for cluster in clusters[:shown]]
    named = [words for words in some(drawing, Words)[1:] if words.text.startswith("Cluster")]
    assert [words.text for words in named] == [cluster.name for cluster in clusters[:shown]]
    heights = [dot.places[0][1] for dot in legend]
    assert heights == [words.place[1] for words in named]
    steps = {round(after - before, 6) for before, after in pairwise(heights)}
    assert len(steps) == 1
    assert 12 < steps.pop() <= 20
    assert all(dot.places[0][0] > 1000 for dot in legend)
    assert (f"and {count - 40} more" in texts(drawing)) is (count > 40)
    require_inside(drawing)


def test_long_names_do_not_run_into_the_counts():
    drawing = map_plot("a title " * 40, np.zeros((0, 2), np.float32), [], "about it " * 40)
    _legend(drawing, [PlottedCluster("a very long name of a cluster " * 4, np.zeros(1_234_567, np.int64), 0)])
    title, about, name, count = some(drawing, Words)
    assert count.text == "1,234,567"
    assert name.place[0] + text_width(name.text, 12) < count.place[0] - text_width(count.text, 12)
    assert name.text.endswith("...")
    for words in (title, about):
        assert drawing.width - 60 < words.place[0] + text_width(words.text, words.size) <= drawing.width - 24
    assert about.place[1] - title.place[1] > (title.size + about.size) / 2
    assert (about.colour, title.colour) == (FAINT, INK)


def boxes(drawing: Drawing) -> np.ndarray:
    return np.array([[*photo.place, photo.side] for photo in some(drawing, Photo)])


def test_typical_pictures_lie_beside_points_and_never_on_each_other(clusters, places):
    drawing = map_plot("Trip", places, clusters)
    photos = some(drawing, Photo)
    assert [photo.colour for photo in photos] == [cluster.colour for cluster in clusters[:2]]
    for photo, cluster in zip(photos, clusters, strict=False):
        dots = next(dots for dots in some(drawing, Dots) if dots.colour == cluster.colour)
        away = np.abs(np.array(dots.places) - photo.place).max(axis=1)
        assert (away > photo.side / 2).mean() > 0.9, "hides hardly any of its own points"
        assert away.min() < photo.side, "and is near to them"


def test_of_many_typical_pictures_none_covers_another_or_the_edge():
    places = np.random.default_rng(0).random((300, 2)).astype(np.float32)
    found = boxes(map_plot("Trip", places, many(300, photos=True)))
    assert 30 < len(found) <= 60
    apart = np.abs(found[:, None, :2] - found[None, :, :2]).max(axis=2)
    assert apart[~np.eye(len(found), dtype=bool)].min() > 52
    assert found[:, :2].min(axis=0).tolist() >= [26, 48 + 26]
    assert (found[:, :2] < [1000 - 26, 48 + 720 - 26]).all()


@pytest.mark.parametrize("cluster", [
    PlottedCluster("no photo", np.arange(4), 0),
    PlottedCluster("Unsorted", np.arange(4), -1, small_picture()),
    PlottedCluster("none of it is here", np.arange(0), 0, small_picture()),
])  # fmt: skip
def test_what_has_no_typical_picture_shows_none(cluster):
    assert not some(map_plot("Trip", np.random.default_rng(0).random((4, 2)).astype(np.float32), [cluster]), Photo)


# --- silhouettes


def bands(drawing: Drawing, clusters: list[PlottedCluster]) -> list[np.ndarray]:
    """Of each cluster its bars: left, top, length, thickness."""
    bars = some(drawing, Box)
    return [np.array([[*bar.corner, *bar.size] for bar in bars if bar.colour == one.colour]) for one in clusters]


@pytest.mark.parametrize("lowest", [-0.1, -0.3, -1.0])
def test_silhouettes_stand_by_cluster_the_best_first_as_long_as_they_are(clusters, lowest):
    values = np.random.default_rng(0).permutation(np.linspace(lowest, 0.9, 100)).astype(np.float32)
    drawing = silhouette_plot("Trip", values, clusters, "by a test")
    ticks = {float(words.text): words.place[0] for words in some(drawing, Words) if words.size == 11}
    assert sorted(ticks) == pytest.approx(np.arange(np.ceil(min(lowest, -0.2) * 5) / 5, 1.01, 0.2).tolist())
    unit = ticks[1.0] - ticks[0.0]
    for value, x in ticks.items():
        assert x == pytest.approx(ticks[0.0] + value * unit, abs=0.01)
    assert min(ticks.values()) >= 230
    assert ticks[1.0] == pytest.approx(1000 - 90)
    below = 48.0
    for cluster, bars in zip(clusters[:3], bands(drawing, clusters[:3]), strict=True):
        mine = np.sort(values[cluster.rows])[::-1]
        ends = np.where(bars[:, 0] < ticks[0.0] - 0.01, bars[:, 0], bars[:, 0] + bars[:, 2])
        np.testing.assert_allclose((ends - ticks[0.0]) / unit, mine, atol=0.001)
        assert bars[0, 1] == pytest.approx(below + 2)
        np.testing.assert_allclose(np.diff(bars[:, 1]), bars[1:, 3], atol=1e-6)
        below = bars[-1, 1] + bars[-1, 3] + 2
    said = texts(drawing)
    assert "Unsorted" not in said
    (mean,) = [words for words in some(drawing, Words) if words.text.startswith("mean")]
    assert mean.text == f"mean {values[:75].mean():.3f}"
    assert mean.place[0] == pytest.approx(ticks[0.0] + float(values[:75].mean()) * unit, abs=0.01)
    (line,) = [line for line in some(drawing, Line) if line.colour == INK]
    assert {x for x, _y in line.places} == {mean.place[0]}
    assert [y for _x, y in line.places] == pytest.approx([48, below])
    assert len([line for line in some(drawing, Line) if line.colour == LINES]) == len(ticks)
    for cluster in clusters[:3]:
        mine = values[cluster.rows]
        assert f"{mine.mean():+.2f}  ({len(mine):,})" in said
    require_inside(drawing)


def test_a_band_is_as_high_as_its_cluster_is_large_and_high_enough_for_its_name():
    sizes = [6000, 600, 1]
    clusters = [
        PlottedCluster(f"Cluster {n}", rows, n)
        for n, rows in enumerate(np.split(np.arange(sum(sizes)), np.cumsum(sizes)[:-1]))
    ]
    drawing = silhouette_plot("Trip", np.full(sum(sizes), 0.5, np.float32), clusters)
    heights = [bars[-1, 1] + bars[-1, 3] - bars[0, 1] + 4 for bars in bands(drawing, clusters)]
    assert min(heights) > 26
    assert sum(heights) == pytest.approx(720)
    assert (heights[0] - 26) / (heights[1] - 26) == pytest.approx(10)
    assert drawing.height == 48 + 720 + 48
    counts = [len(bars) for bars in bands(drawing, clusters)]
    assert counts == [min(size, round(height) - 4) for size, height in zip(sizes, heights, strict=True)]
    middles = [words.place[1] for words in some(drawing, Words) if words.text.startswith("Cluster")]
    tops = 48 + np.cumsum([0, *heights[:-1]])
    assert middles == pytest.approx((tops + np.array(heights) / 2).tolist())


def test_many_clusters_make_a_longer_plot():
    drawing = silhouette_plot("Trip", np.zeros(100, np.float32), many(100))
    assert drawing.height == 48 + 100 * 26 + 48
    assert all(bar.size[0] == 0.5 for bar in some(drawing, Box)), "nought is seen as well"
    require_inside(drawing)


def test_long_names_of_bands_fill_their_room_and_end_there():
    clusters = [PlottedCluster("a very long name of a cluster " * 4, np.arange(3), 0)]
    drawing = silhouette_plot("Trip", np.array([0.1, 0.2, 0.3], np.float32), clusters)
    (name,) = [words for words in some(drawing, Words) if words.text.endswith("...")]
    assert (name.place[0], name.anchor) == (218, "end")
    assert name.text == shortened(clusters[0].name, 12, 200)


# --- the tree


def joints(drawing: Drawing) -> list[np.ndarray]:
    return [np.array(line.places) for line in some(drawing, Line)]


@pytest.mark.parametrize(("count", "step"), [(2, 24), (40, 24), (41, 14), (80, 14)])
def test_the_tree_joins_what_it_says_as_far_to_the_right_as_it_costs(count, step):
    random = np.random.default_rng(count)
    parts, pairs = [[leaf] for leaf in range(count)], []
    while len(parts) > 1:
        first, second = random.choice(len(parts), 2, replace=False).tolist()
        pairs.append((int(random.choice(parts[first])), int(random.choice(parts[second]))))
        parts[first] += parts[second]
        del parts[second]
    heights = np.sort(random.random(count - 1)) * 9
    drawing = tree_plot("Trip", many(count), np.array(pairs), heights, "by a test")
    labels = [words for words in some(drawing, Words) if words.text.startswith("Cluster")]
    assert {words.text for words in labels} == {f"Cluster {leaf}  (1)" for leaf in range(count)}
    ys = {int(words.text.split()[1]): words.place[1] for words in labels}
    assert sorted(ys.values()) == [48 + 12 + step * place for place in range(count)]
    assert {dot.colour: dot.places[0][1] for dot in some(drawing, Dots)} == {
        cluster_colour(n): y for n, y in ys.items()
    }
    group = {leaf: ({leaf}, (250.0, y)) for leaf, y in ys.items()}
    for (first, second), height, corners in zip(pairs, heights, joints(drawing), strict=True):
        (mine, start), (others, end) = group[first], group[second]
        x = 250 + np.sqrt(height / heights.max()) * (1000 - 250 - 30)
        assert {tuple(corners[0].round(6)), tuple(corners[3].round(6))} == {tuple(np.round(p, 6)) for p in (start, end)}
        np.testing.assert_allclose(corners[1:3], [[x, corners[0, 1]], [x, corners[3, 1]]])
        together = mine | others
        spans = sorted(ys[leaf] for leaf in together)
        assert spans[-1] - spans[0] == step * (len(together) - 1), "no branches cross"
        for leaf in together:
            group[leaf] = together, (x, (start[1] + end[1]) / 2)
    require_inside(drawing)


def test_long_names_of_leaves_are_cut_but_not_their_counts():
    leaves = [PlottedCluster("a very long name of a cluster " * 4, np.arange(1234), 0)]
    drawing = tree_plot("Trip", leaves, np.empty((0, 2), np.int64), np.empty(0))
    (_title, name) = some(drawing, Words)
    assert name.text.endswith("...  (1,234)")
    assert name.place[0] < some(drawing, Dots)[0].places[0][0] < 250
    require_inside(drawing)


def test_plots_of_nothing_are_plots():
    nothing = np.empty((0, 2), np.float32)
    for drawing in (
        map_plot("Trip", nothing, ()),
        silhouette_plot("Trip", np.empty(0, np.float32), ()),
        tree_plot("Trip", (), np.empty((0, 2), np.int64), np.empty(0)),
    ):
        assert texts(drawing)[0] == "Trip"
        assert drawing.png().startswith(b"\x89PNG")
        ET.fromstring(drawing.svg())
