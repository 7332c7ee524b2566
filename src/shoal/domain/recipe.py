"""How a result comes about, from the network to the map, as a value that can be written down and made again.

A step is either left to the program, which does what has served best here (`letter` and `map` None), or done *to the
letter*: by the code of the library that people know it from, with that library's names, defaults and random numbers.
"""

from dataclasses import dataclass

from shoal.domain.focus import Focus
from shoal.domain.objects import WHOLE_PICTURES, ObjectChoice
from shoal.domain.recipe_steps import (
    LARGEST_SEED,
    METRICS,
    MOST_CLUSTERS,
    MOST_DIMENSIONS,
    NORMALISE,
    RANGE_OF_K,
    REDUCING,
    Check,
    Letter,
    Method,
    NoRecipe,
    Normalise,
    Number,
    Parameters,
    Reducing,
    algorithm_words,
    between,
    checked,
    count_words,
    one_of,
    reducing,
    reducing_from,
)

__all__ = [
    "LARGEST_SEED",
    "METRICS",
    "MOST_CLUSTERS",
    "MOST_DIMENSIONS",
    "NORMALISE",
    "RANGE_OF_K",
    "REDUCING",
    "Check",
    "Letter",
    "Method",
    "NoRecipe",
    "Normalise",
    "Number",
    "Parameters",
    "Recipe",
    "Reducing",
    "algorithm_words",
    "between",
    "checked",
    "count_words",
    "kept_to_the_letter",
    "one_of",
    "reducing",
    "reducing_from",
]


@dataclass(frozen=True, slots=True)
class Recipe:
    """`model` as after --model, empty for the usual one or the one that looked before; `layer`, `image_size` and
    `preprocessing` likewise; `weights`: the SHA-256 that they had, empty for any; `metric`: the
    file that says how vectors are compared, empty for none; `focus` and `objects`: what counts in
    the pictures, and what is sorted. `clusters`: None if they are looked
    for. `granularity`, `absorb`, `seed`, `neighbours` and `distance` are for what is left to the program.
    """

    name: str = ""
    model: str = ""
    layer: str = ""
    image_size: int = 0
    preprocessing: str = ""
    weights: str = ""
    metric: str = ""
    focus: Focus = "whole"
    objects: ObjectChoice = WHOLE_PICTURES
    algorithm: str = "auto"
    clusters: int | None = None
    letter: Letter | None = None
    map: Reducing | None = None
    granularity: float = 0.5
    absorb: float = 0.0
    seed: int = 0
    neighbours: int = 15
    distance: float = 0.1

    @property
    def wants_raw(self) -> bool:
        """Whether the lengths that the network gives its vectors matter."""
        return self.letter is not None and self.letter.normalise != "unit"


def kept_to_the_letter(recipe: Recipe | None) -> Recipe | None:
    """The recipe of a project, if it is to be heeded whatever the settings say."""
    return (
        recipe
        if recipe is not None and (recipe.letter is not None or recipe.map is not None or recipe.metric)
        else None
    )
