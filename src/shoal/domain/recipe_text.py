"""A recipe as a text file (TOML), and back. Only what counts is written; what is left out is as the program does it."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any, Final

from shoal.domain.focus import FOCI
from shoal.domain.objects import WHOLE_PICTURES, ObjectChoice
from shoal.domain.recipe import (
    LARGEST_SEED,
    NORMALISE,
    RANGE_OF_K,
    REDUCING,
    Check,
    Letter,
    NoRecipe,
    Recipe,
    Reducing,
    between,
    checked,
    count_words,
    one_of,
    reducing_from,
)
from shoal.domain.sentence import Sentence

RECIPE_SUFFIX: Final = ".toml"
HEAD: Final = "# A recipe of Shoal: shoal sort FOLDER --to DIR --recipe THIS.toml does the same again.\n"
_WORDS: Final = "a text"
_TOP: Final[Mapping[str, tuple[Check, str]]] = {
    "name": (lambda value: isinstance(value, str), _WORDS),
    "model": (lambda value: isinstance(value, str), _WORDS),
    "layer": (lambda value: isinstance(value, str), _WORDS),
    "image_size": (between(0, 1 << 16, (int,)), "a whole number"),
    "preprocessing": (lambda value: isinstance(value, str), _WORDS),
    "weights_sha256": (lambda value: isinstance(value, str), _WORDS),
    "metric": (lambda value: isinstance(value, str), _WORDS),
    "focus": (one_of(FOCI), f"one of {', '.join(FOCI)}"),
    "objects": (lambda value: isinstance(value, dict), "a table"),
    "normalize": (one_of(NORMALISE), f"one of {', '.join(NORMALISE)}"),
    "k": (
        lambda value: isinstance(value, str) or type(value) is int,
        'a whole number, "auto" or a range such as "2-12"',
    ),
    "reduce": (lambda value: isinstance(value, dict), "a table"),
    "algorithm": (lambda value: isinstance(value, dict), "a table"),
    "map": (lambda value: isinstance(value, dict), "a table"),
    "shoal": (lambda value: isinstance(value, dict), "a table"),
}
_OBJECTS: Final[Mapping[str, tuple[Check, str]]] = {
    "look": (one_of(("main", "every")), "main or every"),
    "kinds": (
        lambda value: isinstance(value, list) and all(isinstance(item, str) for item in value),
        "a list of texts",
    ),
    "confidence": (between(0, 1), "a number from 0 to 1"),
}
_OWN: Final[Mapping[str, tuple[Check, str]]] = {
    "granularity": (between(0, 1), "a number from 0 to 1"),
    "absorb": (between(0, 1), "a number from 0 to 1"),
    "seed": (between(0, LARGEST_SEED, (int,)), "a whole number"),
    "neighbours": (between(2, 200, (int,)), "a whole number from 2 to 200"),
    "distance": (between(0, 1), "a number from 0 to 1"),
}
"""What is left to the program: see `Recipe`."""


def recipe_text(recipe: Recipe) -> str:
    """Equal recipes have equal texts."""
    return HEAD + "\n".join(_lines(recipe)) + "\n"


def _lines(recipe: Recipe) -> Iterator[str]:
    said = {
        "name": recipe.name, "model": recipe.model, "layer": recipe.layer, "image_size": recipe.image_size,
        "preprocessing": recipe.preprocessing, "weights_sha256": recipe.weights, "metric": recipe.metric,
        "focus": recipe.focus if recipe.focus != "whole" else "",
    }  # fmt: skip
    yield from (_line(name, value) for name, value in said.items() if value)
    letter = recipe.letter
    if letter is not None:
        yield _line("normalize", letter.normalise)
    yield _line("k", _count(recipe))
    if recipe.objects.look != "whole":
        yield from _table("objects", asdict(recipe.objects))
    if letter is not None:
        yield from _table("reduce", _reducing(letter.reduce))
    yield from _table("algorithm", {"name": recipe.algorithm, **dict(letter.parameters if letter else ())})
    if recipe.map is not None:
        yield from _table("map", _reducing(recipe.map))
    if letter is None or recipe.map is None:
        yield from _table("shoal", {name: getattr(recipe, name) for name in _OWN})


def _count(recipe: Recipe) -> int | str:
    if recipe.clusters is not None or recipe.letter is None or recipe.letter.counts == RANGE_OF_K:
        return "auto" if recipe.clusters is None else recipe.clusters
    return "{}-{}".format(*recipe.letter.counts)


def _reducing(reduce: Reducing) -> dict[str, Any]:
    names = {"none": ("method",), "pca": ("method", "dimensions", "seed"), "umap": tuple(REDUCING)}[reduce.method]
    return {name: value for name, value in asdict(reduce).items() if name in names}


def _table(name: str, values: Mapping[str, Any]) -> Iterator[str]:
    yield f"\n[{name}]"
    yield from (_line(key, value) for key, value in values.items())


def _line(name: str, value: object) -> str:
    return f"{name} = {_value(value)}"


def _value(value: object) -> str:
    """Texts as in JSON, of which TOML reads all but one character as they are."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    return f"[{', '.join(map(_value, value))}]" if isinstance(value, tuple) else repr(value)


def recipe_from(text: str) -> Recipe:
    """Raises NoRecipe for what is none."""
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise NoRecipe(Sentence("it is no TOML ({reason})", reason=str(error))) from error
    said: dict[str, Any] = {name: checked(name, value, _TOP) for name, value in table.items()}
    clusters, counts = count_words(str(said.pop("k", "auto")))
    algorithm: dict[str, Any] = dict(said.pop("algorithm", {}))
    name = algorithm.pop("name", "auto")
    reduce, laid, own = said.pop("reduce", None), said.pop("map", None), said.pop("shoal", {})
    normalise = said.pop("normalize", None)
    objects = {key: checked(key, value, _OBJECTS) for key, value in said.pop("objects", {}).items()}
    to_the_letter = normalise is not None or reduce is not None or algorithm or counts
    return Recipe(
        **{"weights" if key == "weights_sha256" else key: value for key, value in said.items()},
        objects=_objects(objects),
        algorithm=_name(name),
        clusters=clusters,
        letter=_letter(normalise, reduce, algorithm, counts) if to_the_letter else None,
        map=None if laid is None else reducing_from(laid, Reducing("umap")),
        **{key: checked(key, value, _OWN) for key, value in own.items()},
    )


def _objects(said: Mapping[str, Any]) -> ObjectChoice:
    kinds = tuple(said.get("kinds", ()))
    return ObjectChoice(**{**said, "kinds": kinds}) if said else WHOLE_PICTURES


def _name(value: object) -> str:
    if not isinstance(value, str):
        raise NoRecipe(
            Sentence("{name} is {value}, not {wanted}.", name="algorithm.name", value=repr(value), wanted=_WORDS)
        )
    return value


def _letter(
    normalise: Any, reduce: Mapping[str, Any] | None, parameters: Mapping[str, Any], counts: tuple[int, int] | None
) -> Letter:
    for name, value in parameters.items():
        checked(name, value, {name: (between(-1e9, 1e9), "a number")})
    numbers = tuple((name, value) for name, value in parameters.items())
    return Letter(normalise or "unit", reducing_from(reduce or {}), numbers, counts or RANGE_OF_K)
