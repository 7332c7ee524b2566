"""What a word after an option may be: each function takes it as it was typed, and says what is wrong with it."""

import argparse
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote

from shoal.domain.recipe_steps import (
    LARGEST_SEED,
    NoRecipe,
    Parameters,
    Reducing,
    algorithm_words,
    count_words,
    reducing,
)

T = TypeVar("T")
ALGORITHMS, DOCUMENTS = "shoal.looking.catalogue.ALGORITHMS", "shoal.delivering.documents.DOCUMENTS"
"""Imported only when needed."""


def path(text: str) -> Path:
    """An empty text, such as of a variable that is not set, would be the folder we are in."""
    if not text.strip():
        raise argparse.ArgumentTypeError("the name is empty")
    return Path(text)


def path_or_url(text: str) -> Path | str:
    """A URL stays a text, for a path would lose one of its slashes; that of a file is a path."""
    if text.startswith("file://"):
        return path(unquote(text.removeprefix("file://")))
    return text if "://" in text else path(text)


def fraction(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value <= 64:
        raise argparse.ArgumentTypeError(f"'{text}' is no number above 0")
    return value


def where_names_are_from(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("it is empty: say auto, none, or a file of words")
    return text


def whole_number(text: str) -> int:
    if not text.isdecimal() or not text.isascii() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no whole number above 0")
    return int(text)


def cluster_counts(text: str) -> tuple[int | None, tuple[int, int] | None]:
    """How many, None for "auto"; and from where to where the number is looked for, if that is said."""
    return _understood(count_words, text)


def reducing_words(text: str) -> Reducing:
    return _understood(reducing, text)


def algorithm_with_numbers(text: str) -> tuple[str, Parameters]:
    """The name, and the parameters of its library."""
    name, parameters = _understood(algorithm_words, text)
    return one_of(ALGORITHMS)(name), parameters


def seed(text: str) -> int:
    if not text.isdecimal() or not text.isascii() or int(text) > LARGEST_SEED:
        raise argparse.ArgumentTypeError(f"'{text}' is no whole number from 0 to {LARGEST_SEED}")
    return int(text)


def _understood(read: Callable[[str], T], text: str) -> T:
    try:
        return read(text)
    except NoRecipe as error:
        raise argparse.ArgumentTypeError(str(error.args[0]).rstrip(".")) from error


def names_in(catalogue: str) -> tuple[str, ...]:
    """What a list of the program holds, plugins among it. Looked up only when somebody names one, or asks for help."""
    module, _, name = catalogue.rpartition(".")
    import_module("shoal.projects.plugins").plugged_in()
    names: tuple[str, ...] = getattr(import_module(module), name).names
    return names


def one_of(catalogue: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        names = names_in(catalogue)
        if text not in names:
            raise argparse.ArgumentTypeError(f"'{text}' is none of {', '.join(names)}")
        return text

    return check


def confidence(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0.1 <= value <= 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no number from 0.1 to 1")
    return value


def percent(text: str) -> float:
    """As a share, 0 to 1."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 100:
        raise argparse.ArgumentTypeError(f"'{text}' is no number from 0 to 100")
    return value / 100


def share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0.01 <= value <= 0.999:
        raise argparse.ArgumentTypeError(f"'{text}' is no number from 0.01 to 0.999")
    return value
