"""The plots beside an export: pictures that are what they say, in both forms."""

import io
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from PIL import Image

from shoal.exports.drawing import cluster_colour
from shoal.exports.plots import PlottedCluster, map_plot, silhouette_plot, tree_plot

SVG = "{http://www.w3.org/2000/svg}"
NAMES = ("Hunde & Katzen", "图片", "<script>", "Unsorted")


@pytest.fixture
def clusters() -> list[PlottedCluster]:
    small = io.BytesIO()
    Image.new("RGB", (80, 60), (200, 30, 30)).save(small, "JPEG")
    rows = np.array_split(np.arange(100), 4)
    photos = [small.getvalue(), small.getvalue(), None, None]
    return [
        PlottedCluster(name, those, -1 if name == "Unsorted" else number, photo)
        for number, (name, those, photo) in enumerate(zip(NAMES, rows, photos, strict=True))
    ]


@pytest.fixture
def places(clusters) -> np.ndarray:
    random = np.random.default_rng(0)
    return (random.normal(0, 0.4, (100, 2)) + np.repeat([[0, 0], [9, 1], [4, 8], [5, 4]], 25, axis=0)).astype(
        np.float32
    )


def texts(svg: bytes) -> list[str]:
    return [one.text or "" for one in ET.fromstring(svg).iter(f"{SVG}text")]


def colours(png: bytes) -> set[tuple[int, int, int]]:
    pixels = np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).reshape(-1, 3)
    return {(red, green, blue) for red, green, blue in np.unique(pixels, axis=0).tolist()}


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:], 16)


def test_the_map_shows_every_picture_and_names_every_cluster(clusters, places):
    drawing = map_plot("Trip", places, clusters, "by a test")
    svg = drawing.svg()
    root = ET.fromstring(svg)
    assert len(list(root.iter(f"{SVG}circle"))) == 100 + 4, "and one in the legend for each cluster"
    assert len(list(root.iter(f"{SVG}image"))) == 2
    assert {"Trip", "by a test", *NAMES, "25"} <= set(texts(svg))
    png = drawing.png()
    assert Image.open(io.BytesIO(png)).size == (drawing.width, drawing.height)
    assert {rgb(cluster_colour(number)) for number in range(3)} <= colours(png)
    assert len({cluster_colour(number) for number in range(60)}) == 60


def test_typical_pictures_lie_beside_points_and_never_on_each_other(clusters, places):
    boxes = [
        tuple(float(one.get(side) or 0) for side in ("x", "y", "width", "height"))
        for one in ET.fromstring(map_plot("Trip", places, clusters).svg()).iter(f"{SVG}image")
    ]
    (x1, y1, w1, _), (x2, y2, _, h2) = boxes
    assert abs(x1 - x2) > w1 or abs(y1 - y2) > h2
    assert all(0 < x < 1000 and 0 < y < 768 for x, y, *_ in boxes)


def test_silhouettes_stand_by_cluster_with_their_means(clusters):
    values = np.linspace(-0.3, 0.9, 100).astype(np.float32)
    drawing = silhouette_plot("Trip", values, clusters)
    said = texts(drawing.svg())
    assert "Unsorted" not in said
    assert f"mean {values[:75].mean():.3f}" in said
    assert f"{values[:25].mean():+.2f}  (25)" in said
    assert drawing.png().startswith(b"\x89PNG")


def test_the_tree_joins_every_cluster_once(clusters):
    leaves = clusters[:3]
    drawing = tree_plot("Trip", leaves, np.array([[0, 2], [1, 2]]), np.array([1.0, 4.0]))
    root = ET.fromstring(drawing.svg())
    assert len(list(root.iter(f"{SVG}polyline"))) == 2
    order = [text.partition("  (")[0] for text in texts(drawing.svg())[1:]]
    assert sorted(order) == sorted(NAMES[:3])
    assert abs(order.index(NAMES[0]) - order.index(NAMES[2])) == 1, "what joins first stands side by side"


def test_plots_of_nothing_are_plots():
    nothing = np.empty((0, 2), np.float32)
    for drawing in (
        map_plot("Trip", nothing, ()),
        silhouette_plot("Trip", np.empty(0, np.float32), ()),
        tree_plot("Trip", (), np.empty((0, 2), np.int64), np.empty(0)),
    ):
        assert drawing.png().startswith(b"\x89PNG")
        ET.fromstring(drawing.svg())


def test_an_export_has_them_when_they_are_asked_for(shoal, things, tmp_path):
    names = ("map.png", "map.svg", "silhouettes.png", "dendrogram.svg", "clusters.parquet")
    asked = [word for name in names for word in ("--document", name)]
    shoal("sort", things, "--to", tmp_path / "out", "--model", "builtin", *asked)
    root = ET.fromstring((tmp_path / "out" / "map.svg").read_bytes())
    assert len(list(root.iter(f"{SVG}circle"))) >= 36
    assert len(list(root.iter(f"{SVG}image"))) >= 1
    assert len(texts((tmp_path / "out" / "dendrogram.svg").read_bytes())) >= 2
    polars = pytest.importorskip("polars", reason="comes with ultralytics")
    table = polars.read_parquet(tmp_path / "out" / "clusters.parquet")
    assert table.height == 36
    near, vectors = table["neighbors"].to_list(), np.array(table["vector"].to_list())
    alike = vectors @ vectors.T - 2 * np.eye(36)
    assert [one["ids"][0] for one in near] == alike.argmax(axis=1).tolist()
