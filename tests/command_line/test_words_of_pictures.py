"""Clusters named after what is in them, and pictures found by a word, with a model that knows three fruit by colour."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from tests.support import coloured_fruit
from tests.support.coloured_fruit import draw_fruit

from shoal.command_line.cli import main
from shoal.looking import catalogue


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(catalogue, "BACKENDS", (*catalogue.BACKENDS, coloured_fruit.SPEC))

    def run(*words: object, exit_code: int = 0, model: str = "colour-fruit") -> dict[str, Any]:
        assert main([*map(str, words), "--model", model, "--json"]) == exit_code
        return json.loads(capsys.readouterr().out)

    return run


@pytest.fixture
def pictures(tmp_path) -> Path:
    draw_fruit(tmp_path / "pictures", {"lemon": 12, "strawberry": 10, "nothing": 8})
    return tmp_path / "pictures"


def clusters(told: dict[str, Any]) -> dict[str, int]:
    return {one["name"]: one["count"] for one in told["clusters"]}


def test_clusters_are_called_by_what_is_in_them_and_the_tables_say_how_sure(run, pictures, tmp_path):
    told = run("sort", pictures, "--to", tmp_path / "out", "--algorithm", "kmeans", "--clusters", 3)
    assert clusters(told) == {"lemons": 12, "strawberries": 10, "Cluster 01": 8}
    assert [one["sure"] for one in told["clusters"]] == [0.9, 0.9, None]
    assert sorted(folder.name for folder in (tmp_path / "out").iterdir() if folder.is_dir()) == [
        "Cluster 01", "lemons", "strawberries",
    ]  # fmt: skip
    with (tmp_path / "out" / "clusters.csv").open(newline="", encoding="utf-8") as file:
        sure = {row["cluster"]: row["sure"][:3] for row in csv.DictReader(file)}
    assert sure == {"lemons": "0.9", "strawberries": "0.9", "Cluster 01": ""}
    images = json.loads((tmp_path / "out" / "clusters.json").read_text(encoding="utf-8"))["images"]
    assert {image["cluster"]: image["sure"] and round(image["sure"], 3) for image in images} == {
        "lemons": 0.9, "strawberries": 0.9, "Cluster 01": None,
    }  # fmt: skip


def test_without_names_they_are_numbered(run, pictures, tmp_path):
    options = ("--algorithm", "kmeans", "--clusters", 3, "--dry-run", "--names", "none")
    told = run("sort", pictures, "--to", tmp_path / "out", *options)
    assert sorted(clusters(told)) == ["Cluster 01", "Cluster 02", "Cluster 03"]


def test_a_word_finds_what_looks_like_it(run, pictures):
    for text in ("strawberry", "Strawberries", "草莓"):
        told = run("search", pictures, text)
        assert {Path(one["path"]).name for one in told["found"]} == {f"{number:03}.png" for number in range(12, 22)}
        assert all(one["score"] >= 0.9 for one in told["found"])
        assert told["clear"]
    assert len(run("search", pictures, "fruit")["found"]) == 22


def test_where_nothing_looks_like_it_that_is_said(run, pictures, capsys):
    told = run("search", pictures, "dog")
    assert (told["found"], told["clear"], told["images"]) == ([], False, 30)
    assert main(["search", str(pictures), "dog", "--model", "colour-fruit"]) == 0
    assert "Nothing here looks like that" in capsys.readouterr().out


def test_an_unknown_word_is_refused_with_those_nearby_before_any_picture_is_read(run, pictures):
    told = run("search", pictures, "lemonz", exit_code=1)
    assert "lemonz" in told["error"]
    assert "lemon" in told["remedy"]
    assert "orange" in told["remedy"]
    assert "dog" in run("search", pictures, "qqqq", exit_code=1)["remedy"]


def test_a_model_that_knows_no_words_says_which_do(run, pictures):
    told = run("search", pictures, "dog", model="colour-layout", exit_code=1)
    assert "efficientnet-lite" in told["remedy"]
    assert "clip" in told["remedy"]
