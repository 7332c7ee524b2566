"""`shoal classify`: classes from a few examples or from words, and no answer where that would be a guess."""

import csv
from pathlib import Path

import numpy as np
import pytest
from tests.support.labelled_vectors import noisy_folders
from tests.support.sample_folder import make_folder

from shoal.analysis.few_shot import learn
from shoal.analysis.vector_space import unit_rows
from shoal.command_line.cli import main
from shoal.domain.task import Task

KINDS = ("ball", "bottle", "chair")


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Path:
    """Five examples and ten others of each of three kinds."""
    place = tmp_path_factory.mktemp("classes")
    make_folder(place / "examples", KINDS, range(5))
    make_folder(place / "pictures", KINDS, range(5, 15))
    return place


def kind_of(path: str) -> str:
    return Path(path).stem.partition("-")[0]


@pytest.mark.parametrize("way", ["auto", "prototypes", "probe"])
def test_a_few_examples_name_the_rest(shoal, world, way):
    said = shoal("classify", world / "pictures", "--examples", world / "examples", "--by", way)
    assert (said["classes"], len(said["images"])) == (sorted(KINDS), 30)
    sure = [one for one in said["images"] if one["class"] is not None]
    assert len(sure) >= 15
    assert all(one["class"] == kind_of(one["path"]) for one in sure)
    held = said["held_back"]
    assert (held["asked"], held["right"]) == (15, 1.0)
    assert np.sum(held["confusion"]) == 15
    assert np.shape(held["confusion"]) == (3, 4)


def test_classes_become_folders_with_what_is_not_sure_apart(shoal, world, tmp_path):
    said = shoal("classify", world / "pictures", "--examples", world / "examples", "--to", tmp_path / "out")
    folders = {path.name for path in (tmp_path / "out").iterdir() if path.is_dir() and not path.name.startswith(".")}
    named = {one["class"] or "Unsorted" for one in said["images"]}
    assert folders == named
    assert sum(len(list((tmp_path / "out" / name).iterdir())) for name in folders) == 30


def test_a_table_holds_examples_as_well(shoal, world, tmp_path):
    with (tmp_path / "examples.csv").open("w", newline="") as file:
        rows = [(str(path), path.parent.name) for path in (world / "examples").rglob("*.jpg")]
        csv.writer(file).writerows([("path", "cluster"), *rows])
    said = shoal("classify", world / "pictures", "--examples", tmp_path / "examples.csv")
    assert said["classes"] == sorted(KINDS)
    assert said["held_back"]["right"] == 1.0


def test_what_examples_were_taken_for_is_a_picture_or_a_table(shoal, world, tmp_path):
    for name in ("matrix.png", "matrix.csv"):
        shoal("classify", world / "pictures", "--examples", world / "examples", "--confusion-matrix", tmp_path / name)
    with (tmp_path / "matrix.csv").open(newline="") as file:
        head, *rows = csv.reader(file)
    assert head[1:] == [*sorted(KINDS), "not sure"]
    assert [row[0] for row in rows] == sorted(KINDS)
    assert (tmp_path / "matrix.png").read_bytes().startswith(b"\x89PNG")


def test_words_that_the_model_knows_need_no_examples(shoal, world):
    said = shoal("classify", world / "pictures", "--words", "dog,car")
    assert (said["by"], said["held_back"], said["classes"]) == ("words", None, ["dog", "car"])
    assert sum(one["class"] is not None for one in said["images"]) <= 3, "they are neither"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--words", "dog"], "From 1 words no class can be chosen"),
        (["--words", "dog,xyzzy"], "not among the words"),
        (["--words", "dog,cat", "--model", "colour-layout"], "knows no words"),
        (["--examples", "empty"], "examples of 0 classes"),
        (["--examples", "nowhere.csv"], "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_told(world, tmp_path, monkeypatch, capsys, words, reason):
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    assert main(["classify", str(world / "pictures"), *words]) == 1
    assert reason in capsys.readouterr().err


def test_sure_answers_are_right_as_often_as_was_asked_for_and_strangers_are_not_sure():
    vectors, classes = noisy_folders(8, 60, 1.1, seed=3)
    shown = np.arange(len(classes)) % 60 < 12
    answered = {}
    for wanted in (0.6, 0.98):
        made, held = learn(vectors[shown], classes[shown], wanted, None, Task())
        found = made.classify(vectors[~shown])
        right = found.classes[found.sure] == classes[~shown][found.sure]
        assert held.asked == 96
        assert right.mean() >= wanted - 0.05
        answered[wanted] = found.sure.mean()
        strangers = unit_rows(np.random.default_rng(9).normal(size=(200, vectors.shape[1])).astype(np.float32))
        assert made.classify(strangers).sure.mean() < 0.5 * found.sure.mean()
    assert answered[0.98] < answered[0.6]


def test_one_example_of_a_class_cannot_be_held_back():
    vectors, classes = noisy_folders(3, 4, 0.1)
    once = np.array([0, 4, 8])
    made, held = learn(vectors[once], classes[once], 0.95, None, Task())
    assert (held.asked, held.right) == (0, None)
    assert (made.classify(vectors).classes == classes).all()


def test_probabilities_are_as_good_as_they_say():
    vectors, classes = noisy_folders(5, 80, 1.3, seed=1)
    shown = np.arange(len(classes)) % 80 < 40
    made, held = learn(vectors[shown], classes[shown], 0.9, "prototypes", Task())
    found = made.classify(vectors[~shown])
    share = (found.classes == classes[~shown]).mean()
    assert abs(found.probabilities.mean() - share) < 0.06
    assert held.error < 0.1
