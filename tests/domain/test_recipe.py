"""A recipe is a value: typed, written down, and read again as it was."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shoal.domain.objects import ObjectChoice
from shoal.domain.recipe import (
    METRICS,
    NORMALISE,
    Letter,
    NoRecipe,
    Recipe,
    Reducing,
    algorithm_words,
    count_words,
    reducing,
)
from shoal.domain.recipe_presets import PRESETS
from shoal.domain.recipe_text import HEAD, recipe_from, recipe_text

SEEDS = st.integers(0, 2**31 - 1)
REDUCINGS = st.one_of(
    st.just(Reducing()),
    st.builds(lambda n, seed: Reducing("pca", n, seed=seed), st.integers(1, 1024), SEEDS),
    st.builds(
        Reducing,
        st.just("umap"),
        st.integers(1, 1024),
        st.integers(2, 1000),
        st.floats(0, 1),
        st.sampled_from(METRICS),
        SEEDS,
    ),
)
NUMBERS = st.one_of(st.integers(-(10**6), 10**6), st.floats(-1e6, 1e6))
LETTERS = st.builds(
    Letter,
    st.sampled_from(NORMALISE),
    REDUCINGS,
    st.dictionaries(st.sampled_from(["n_init", "tol", "min_samples"]), NUMBERS).map(lambda one: tuple(one.items())),
    st.tuples(st.integers(2, 9), st.integers(9, 99)),
)
RECIPES = st.builds(
    Recipe,
    name=st.text(),
    model=st.text(),
    layer=st.text(),
    image_size=st.integers(0, 2048),
    preprocessing=st.text(),
    weights=st.text("0123456789abcdef"),
    focus=st.sampled_from(["whole", "subject"]),
    objects=st.one_of(
        st.just(ObjectChoice()),
        st.builds(ObjectChoice, st.sampled_from(["main", "every"]), st.lists(st.text()).map(tuple), st.floats(0, 1)),
    ),
    algorithm=st.sampled_from(["auto", "kmeans", "hdbscan"]),
    clusters=st.none() | st.integers(1, 1000),
    letter=st.none() | LETTERS,
    map=st.none() | REDUCINGS,
    granularity=st.floats(0, 1),
    absorb=st.floats(0, 1),
    seed=SEEDS,
    neighbours=st.integers(2, 200),
    distance=st.floats(0, 1),
)


def told(recipe: Recipe) -> Recipe:
    """Without what a text leaves out, because it makes no difference."""
    letter = recipe.letter
    if letter is not None and recipe.clusters is not None:
        letter = replace(letter, counts=(2, 20))
    return replace(recipe, letter=letter)


@given(RECIPES)
def test_what_is_written_is_read_as_it_was(recipe):
    text = recipe_text(recipe)
    assert text.startswith(HEAD)
    read = recipe_from(text)
    if recipe.letter is not None and recipe.map is not None:  # then nothing is left to the program
        usual = Recipe()
        left = {name: getattr(usual, name) for name in ("granularity", "absorb", "seed", "neighbours", "distance")}
        recipe = replace(recipe, **left)
    assert recipe_text(read) == recipe_text(told(recipe))
    assert read.letter is None or told(recipe).letter is None or read.letter.normalise == recipe.letter.normalise


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_presets_come_back_from_their_files(preset):
    assert recipe_from(recipe_text(preset.recipe)) == preset.recipe
    assert preset.recipe.name == preset.name


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("none", Reducing()),
        ("pca:50", Reducing("pca", 50)),
        ("umap:16", Reducing("umap", 16)),
        ("umap:16,n_neighbors=10,min_dist=0.01,seed=7", Reducing("umap", 16, 10, 0.01, seed=7)),
        ("umap:dimensions=3,metric=cosine", Reducing("umap", 3, metric="cosine")),
        ("umap", Reducing("umap", 2)),
    ],
)
def test_reducing_is_one_word(written, meant):
    assert reducing(written) == meant


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("tsne:2", "method is 'tsne', not none, pca or umap"),
        ("umap:0", "dimensions is 0"),
        ("umap:2,n_neighbors=1", "n_neighbors is 1"),
        ("umap:2,colour=3", "There is no 'colour'"),
        ("umap:2,min_dist=far", "min_dist is 'far'"),
        ("umap:2.5", "dimensions is 2.5"),
        ("umap:2,metric=hamming", "metric is 'hamming'"),
    ],
)
def test_what_is_no_reducing_says_why(written, reason):
    with pytest.raises(NoRecipe, match=reason):
        reducing(written)


def test_numbers_of_clusters_are_one_word():
    assert (count_words("auto"), count_words("5"), count_words("2-12")) == ((None, None), (5, None), (None, (2, 12)))
    for wrong in ("0", "-3", "5-2", "1-4", "many", "2-", "٣"):
        with pytest.raises(NoRecipe):
            count_words(wrong)


def test_an_algorithm_brings_its_parameters():
    assert algorithm_words("kmeans:n_init=10,tol=0.001") == ("kmeans", (("n_init", 10), ("tol", 0.001)))
    assert algorithm_words("auto") == ("auto", ())
    for wrong in ("kmeans:10", "kmeans:init=random"):
        with pytest.raises(NoRecipe):
            algorithm_words(wrong)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("= 3", "no TOML"),
        ("colour = 3", "no 'colour'"),
        ("model = 3", "model is 3, not a text"),
        ('normalize = "log"', "normalize is 'log'"),
        ("k = 0", "neither auto"),
        ("k = true", "k is True"),
        ("[reduce]\nmethod = 'tsne'", "method is 'tsne'"),
        ("[algorithm]\nname = 3", "algorithm.name is 3"),
        ("[algorithm]\nn_init = 'ten'", "n_init is 'ten'"),
        ("[shoal]\ngranularity = 2", "granularity is 2"),
        ("[objects]\nlook = 'whole'", "look is 'whole'"),
        ("[map]\nn_neighbors = 1", "n_neighbors is 1"),
        ("map = 3", "map is 3"),
    ],
)
def test_what_is_no_recipe_says_why(text, reason):
    with pytest.raises(NoRecipe, match=reason):
        recipe_from(text)


def test_a_map_table_means_umap_and_a_range_means_to_the_letter():
    assert recipe_from("[map]\nn_neighbors = 5").map == Reducing("umap", 2, 5)
    assert recipe_from('k = "3-9"').letter == Letter(counts=(3, 9))
    assert recipe_from("k = 4") == Recipe(clusters=4)
