"""From what was typed to a recipe, and from a recipe to a model."""

from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import Any

from shoal.command_line.asked import object_choice
from shoal.delivering.recipe_file import recipe_called
from shoal.domain.extension_points import LoadOptions
from shoal.domain.objects import WHOLE_PICTURES
from shoal.domain.recipe import Letter, Recipe

TO_THE_LETTER = "kmeans"
"""The algorithm where something is to be done to the letter and none is named."""


def asked_recipe(arguments: Namespace, usual: Recipe) -> Recipe:
    """What is typed comes first, then what the recipe says that is named, then what the settings say.

    Raises UserFacingError for a recipe that is none.
    """
    base = replace(usual, focus="whole", objects=WHOLE_PICTURES, algorithm="auto")
    if getattr(arguments, "recipe", ""):
        base = recipe_called(arguments.recipe)
    said = vars(arguments)
    objects = object_choice(arguments) if said.get("look") else base.objects
    letter, clustering = asked_letter(arguments, base), _clustering(said)
    if letter is not None and base.letter is None and base.algorithm == "auto":
        clustering = {"algorithm": TO_THE_LETTER, **clustering}
    return replace(
        base,
        model=said.get("model") or base.model,
        layer=arguments.layer or base.layer,
        image_size=arguments.image_size or base.image_size,
        preprocessing=arguments.preprocessing or base.preprocessing,
        metric=_metric(said, base),
        focus=arguments.focus if arguments.focus != "whole" else base.focus,
        objects=objects,
        letter=letter,
        **clustering,
    )


def _metric(said: dict[str, Any], base: Recipe) -> str:
    return base.metric if said.get("metric") is None else str(said["metric"].absolute())


def _clustering(said: dict[str, Any]) -> dict[str, Any]:
    asked: dict[str, Any] = {}
    if said.get("clusters") is not None:
        asked["clusters"] = said["clusters"][0]
    if said.get("algorithm") is not None:
        asked["algorithm"] = said["algorithm"][0]
    if said.get("laid") is not None:
        asked["map"] = said["laid"]
    if said.get("seed") is not None:
        asked["seed"] = said["seed"]
    return asked


def asked_letter(arguments: Namespace, base: Recipe) -> Letter | None:
    """What is typed of it; all else as the recipe has it, or else nothing to the letter."""
    said: dict[str, Any] = {"normalise": arguments.normalize, "reduce": arguments.reduce}
    name, parameters = getattr(arguments, "algorithm", None) or ("", ())
    counts = (getattr(arguments, "clusters", None) or (None, None))[1]
    if parameters or (name and name != base.algorithm and base.letter is not None):
        said["parameters"] = parameters
    said["counts"] = counts
    said = {key: value for key, value in said.items() if value is not None}
    return replace(base.letter or Letter(), **said) if said else base.letter


def loading(load: LoadOptions, recipe: Recipe) -> LoadOptions:
    """How the model of a recipe is loaded: where its weights come from only the command line knows."""
    return replace(
        load,
        layer=recipe.layer,
        image_size=recipe.image_size,
        preprocessing=recipe.preprocessing,
        focus=recipe.focus,
        metric=Path(recipe.metric) if recipe.metric else None,
        objects=recipe.objects.look != "whole",
        raw=recipe.wants_raw,
    )
