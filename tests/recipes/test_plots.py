"""The plots beside an export, asked for on the command line. What is drawn is measured in `exports/test_plots.py`."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: bytes) -> list[str]:
    return [text.text or "" for text in ET.fromstring(svg).iter(f"{SVG}text")]


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
