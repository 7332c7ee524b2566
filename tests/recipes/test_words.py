"""Recipes as they are typed: options, names and files, and which of them comes first."""

import json
from dataclasses import replace

import pytest

from shoal.command_line.arguments import WrongUsage, parser
from shoal.command_line.cli import main
from shoal.command_line.recipes import asked_letter, asked_recipe, loading
from shoal.delivering.recipe_file import read_recipe
from shoal.domain.errors import UserFacingError
from shoal.domain.extension_points import LoadOptions
from shoal.domain.objects import ObjectChoice
from shoal.domain.recipe import Letter, Recipe, Reducing
from shoal.domain.recipe_presets import PRESETS
from shoal.domain.recipe_text import recipe_from, recipe_text

SETTINGS = Recipe(algorithm="tree", focus="subject", granularity=0.7, seed=3)


def asked(*words: str) -> Recipe:
    return asked_recipe(parser().parse_args(["sort", "folder", "--to", "out", *words]), SETTINGS)


def test_without_a_word_it_is_as_the_settings_say_of_clusters_and_map():
    assert asked() == replace(SETTINGS, algorithm="auto", focus="whole")


@pytest.mark.parametrize(
    ("words", "letter", "algorithm"),
    [
        (["--normalize", "none"], Letter("none"), "kmeans"),
        (["--reduce", "pca:9"], Letter("unit", Reducing("pca", 9)), "kmeans"),
        (["--clusters", "3-7"], Letter(counts=(3, 7)), "kmeans"),
        (["--algorithm", "hdbscan:min_samples=3"], Letter(parameters=(("min_samples", 3),)), "hdbscan"),
        (["--algorithm", "hdbscan"], None, "hdbscan"),
        (["--normalize", "standard", "--algorithm", "tree"], Letter("standard"), "tree"),
    ],
)
def test_a_step_to_the_letter_makes_all_of_it_so(words, letter, algorithm):
    assert (asked(*words).letter, asked(*words).algorithm) == (letter, algorithm)


def test_options_come_before_the_recipe_that_is_named():
    preset = PRESETS.named("yolo-umap-kmeans")
    assert preset is not None
    assert asked("--recipe", "yolo-umap-kmeans") == preset.recipe
    words = "--model", "yolo11n", "--clusters", "4", "--map", "pca:2", "--seed", "9", "--image-size", "320"
    made = asked("--recipe", "yolo-umap-kmeans", *words)
    map_ = Reducing("pca", 2)
    assert made == replace(preset.recipe, model="yolo11n", clusters=4, map=map_, seed=9, image_size=320)
    tree = asked("--recipe", "yolo-umap-kmeans", "--algorithm", "tree")
    assert tree.letter is not None
    assert tree.letter.parameters == (), "n_init is none of the tree's"


def test_the_model_of_a_recipe_is_loaded_as_it_says():
    recipe = replace(PRESETS[4].recipe, image_size=224, objects=ObjectChoice("main"), focus="colour")
    load = loading(LoadOptions(layer="other", half=True), recipe)
    assert (load.layer, load.preprocessing, load.image_size) == ("fc1", "tutorial-bgr", 224)
    assert (load.half, load.raw, load.objects, load.focus) == (True, True, True, "colour")


def test_embed_prepares_vectors_and_knows_no_clusters():
    arguments = parser().parse_args(
        ["embed", "folder", "--out", "v.npz", "--normalize", "standard", "--reduce", "pca:2"]
    )
    assert asked_letter(arguments, Recipe()) == Letter("standard", Reducing("pca", 2))


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--clusters", "0"], "neither auto"),
        (["--reduce", "tsne:2"], "method is 'tsne'"),
        (["--map", "umap:2,n_neighbors=one"], "n_neighbors is 'one'"),
        (["--algorithm", "kmeans:many"], "no parameter with a number"),
        (["--algorithm", "magic"], "none of auto, kmeans"),
        (["--seed", "-1"], "no whole number"),
        (["--normalize", "log"], "invalid choice"),
    ],
)
def test_what_cannot_be_meant_is_wrong_usage(words, reason):
    with pytest.raises(WrongUsage, match=reason):
        asked(*words)


def test_recipes_are_listed_shown_and_written(shoal, tmp_path, capsys):
    listed = shoal("recipes")["recipes"]
    assert [one["name"] for one in listed] == list(PRESETS.names)
    assert all(recipe_from(one["recipe"]) == PRESETS[place].recipe for place, one in enumerate(listed))
    shown = shoal("recipes", "vgg16-kmeans")
    assert recipe_from(shown["recipe"]) == PRESETS[4].recipe
    file = tmp_path / "mine.toml"
    assert shoal("recipes", "vgg16-kmeans", "--out", file)["output"] == str(file)
    assert read_recipe(file) == PRESETS[4].recipe
    assert main(["recipes", "vgg16-kmeans", "--out", str(file)]) == 1
    assert "nothing is ever overwritten" in capsys.readouterr().err
    assert main(["recipes"]) == 0
    assert "the same as: cv2.imread" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff\xfe", "is no recipe: it is no text"),
        (b"k = 'many'", "is no recipe: 'many' is neither auto"),
        (b"[reduce]\nmethod = 3", "method is 3, not none, pca or umap"),
        (None, "cannot be read"),
    ],
)
def test_a_file_that_is_no_recipe_says_why(tmp_path, content, reason):
    if content is not None:
        (tmp_path / "mine.toml").write_bytes(content)
    with pytest.raises(UserFacingError, match=reason):
        read_recipe(tmp_path / "mine.toml")


def test_a_recipe_with_other_weights_is_told(shoal, things, tmp_path, capsys):
    recipe = Recipe(model="colour-layout", weights="0" * 64, algorithm="kmeans", clusters=3)
    (tmp_path / "mine.toml").write_text(recipe_text(recipe))
    words = ["sort", str(things), "--to", str(tmp_path / "out"), "--recipe", str(tmp_path / "mine.toml"), "--dry-run"]
    assert main(words) == 0
    assert "made with other weights" in capsys.readouterr().out
    assert main([*words, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert len(said["clusters"]) == 3
    assert recipe_from(said["recipe"]).model == "colour-layout"
