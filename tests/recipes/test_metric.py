"""`shoal metric`: what was sorted by hand teaches how to compare; a file that sorts, embeds and stands in recipes."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from shoal.analysis.metric import learn_metric
from shoal.analysis.vector_space import unit_rows
from shoal.command_line.cli import main
from shoal.domain.errors import ModelUnavailable
from shoal.domain.folder_metric import FolderMetric
from shoal.domain.geometry import EmbeddingMatrix, Rows, StageKey
from shoal.domain.recipe import Recipe, kept_to_the_letter
from shoal.domain.recipe_text import recipe_from, recipe_text
from shoal.domain.task import Task
from shoal.looking.metric_file import metric_bytes, read_metric


def hidden_kinds(count: int = 240) -> tuple[EmbeddingMatrix, np.ndarray]:
    """Four kinds that differ along two weak directions, among many strong ones that say nothing."""
    random = np.random.default_rng(3)
    kinds = random.integers(1, 5, count)
    loud = random.normal(scale=1.0, size=(count, 12))
    telling = np.stack([kinds % 2, kinds // 3], axis=1) * 1.6 + random.normal(scale=0.1, size=(count, 2))
    vectors = unit_rows(np.concatenate([loud, telling], axis=1).astype(np.float32))
    return EmbeddingMatrix(Rows(np.arange(count), StageKey("v")), vectors), kinds.astype(np.int32)


def test_what_tells_kinds_apart_counts_more():
    embeddings, kinds = hidden_kinds()
    known = kinds.copy()
    known[160:] = 0
    metric, worth = learn_metric(embeddings, known, "m", "look", Task())
    assert (worth.asked, worth.classes) == (160, 4)
    assert worth.after > worth.before + 0.15
    plain, learnt = embeddings.vectors, unit_rows(metric.raw(embeddings.vectors))
    right = [
        float((kinds[:160][np.argmax(rows[160:] @ rows[:160].T, axis=1)] == kinds[160:]).mean())
        for rows in (plain, learnt)
    ]
    assert right[1] > right[0] + 0.1, "and of those that it never saw"


def test_a_file_holds_it_and_nothing_else_is_read(tmp_path):
    random = np.random.default_rng(0)
    arrays = [random.normal(size=size).astype(np.float32) for size in ((9,), (9, 4), (4, 4))]
    path = tmp_path / "a.shoal-metric"
    path.write_bytes(metric_bytes(FolderMetric("m", "look", *arrays)))
    found = read_metric(path)
    assert (found.model, found.look, found.dimension) == ("m", "look", 4)
    np.testing.assert_array_equal(found.directions, arrays[1])
    path.write_bytes(metric_bytes(FolderMetric("m", "look", arrays[0], arrays[1][:5], arrays[2])))
    for content in (path.read_bytes(), b"", b"PK nothing"):
        path.write_bytes(content)
        with pytest.raises(ModelUnavailable, match="no metric"):
            read_metric(path)
    with pytest.raises(ModelUnavailable, match="cannot be read"):
        read_metric(tmp_path / "absent.shoal-metric")


def test_it_stands_in_recipes():
    recipe = Recipe(metric="/a b/mine.shoal-metric")
    assert recipe_from(recipe_text(recipe)) == recipe
    assert kept_to_the_letter(recipe) == recipe
    assert kept_to_the_letter(Recipe()) is None


@pytest.fixture
def table(things, tmp_path) -> Path:
    """The kinds of the things by colour-layout's blind spot: their patterns, two thirds of them said."""
    path = tmp_path / "said.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["path", "cluster", "source"])
        for number, picture in enumerate(sorted(things.glob("*.png"))[:30]):
            rows.writerow([picture.name, ("stripes", "rings", "squares")[number % 3], str(picture)])
    return path


def learnt(embeddings, labels, made_by, _maths, task):
    """These kinds are told apart without any metric, so that none would be kept."""
    metric, worth = learn_metric(embeddings, labels, made_by[0], made_by[1], task)
    return metric, replace(worth, before=0.5)


def test_a_table_teaches_and_the_metric_sorts_and_embeds(things, table, shoal, tmp_path, monkeypatch):
    monkeypatch.setattr("shoal.command_line.metric_command.learn", learnt)
    out = tmp_path / "mine.shoal-metric"
    made = shoal("metric", things, "--labels", table, "--model", "colour-layout", "--out", out)
    assert (made["asked"], made["classes"]) == (30, 3)
    assert made["after"] > 0.9
    words = "--model", "colour-layout", "--metric", out
    plain = shoal("embed", things, "--out", tmp_path / "a.npz", "--model", "colour-layout")
    other = shoal("embed", things, "--out", tmp_path / "b.npz", *words)
    assert plain["key"] != other["key"]
    told = shoal("sort", things, "--to", tmp_path / "sorted", *words, "--clusters", 3)
    assert f'metric = "{out}"' in told["recipe"]
    again = shoal(
        "sort", things, "--to", tmp_path / "again", "--recipe", tmp_path / "sorted" / "recipe.toml",
        "--model", "colour-layout",
    )  # fmt: skip
    assert [one["count"] for one in again["clusters"]] == [one["count"] for one in told["clusters"]]


def refused(capsys, *words: object) -> str:
    assert main([str(word) for word in words]) == 1
    return capsys.readouterr().err


def test_what_cannot_be_is_told(things, table, shoal, capsys, tmp_path, monkeypatch):
    out = tmp_path / "mine.shoal-metric"
    learn = "metric", things, "--model", "colour-layout", "--out"
    assert "no metric can be learnt" in refused(capsys, *learn, out), "nothing was put anywhere in the project"
    assert "does not end" in refused(capsys, *learn, tmp_path / "mine.npz")
    assert "would not help" in refused(capsys, *learn, out, "--labels", table)
    assert not out.exists()
    monkeypatch.setattr("shoal.command_line.metric_command.learn", learnt)
    shoal(*learn, out, "--labels", table)
    sort = "sort", things, "--to", tmp_path / "out", "--metric", out, "--model"
    assert "learnt with colour-layout" in refused(capsys, *sort, "builtin")
    assert "whole pictures" in refused(capsys, *sort, "colour-layout", "--focus", "subject")
