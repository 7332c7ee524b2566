"""The steps of a recipe as values, and as the words that are typed for them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, get_args

from shoal.domain.sentence import Sentence

Normalise = Literal["unit", "standard", "none"]
NORMALISE: Final[tuple[Normalise, ...]] = get_args(Normalise)
Method = Literal["none", "pca", "umap"]
Number = int | float
Parameters = tuple[tuple[str, Number], ...]
"""An algorithm's own, by the names that its library gives them."""
METRICS: Final = ("euclidean", "cosine", "manhattan", "correlation", "chebyshev")
MOST_DIMENSIONS: Final = 1024
LARGEST_SEED: Final = 2**31 - 1
MOST_CLUSTERS: Final = 100_000
RANGE_OF_K: Final = (2, 20)
"""In which the number of clusters is looked for where nobody says one."""


@dataclass(frozen=True, slots=True)
class Reducing:
    """Fewer numbers for each picture. `dimensions` of the result; the others are UMAP's own, with its own defaults.

    `seed` also is that of PCA, where it draws at random.
    """

    method: Method = "none"
    dimensions: int = 2
    n_neighbors: int = 15
    min_dist: float = 0.1
    metric: str = "euclidean"
    seed: int = 42

    def __str__(self) -> str:
        return self.method if self.method == "none" else f"{self.method}:{self.dimensions}"


@dataclass(frozen=True, slots=True)
class Letter:
    """What is clustered, and how, to the letter.

    `normalise`: rows of unit length, each column to mean 0 and deviation 1 (StandardScaler), or as the network gives
    them. `counts`: from where to where the number of clusters is looked for, if none is said.
    """

    normalise: Normalise = "unit"
    reduce: Reducing = field(default_factory=Reducing)
    parameters: Parameters = ()
    counts: tuple[int, int] = RANGE_OF_K


class NoRecipe(ValueError):
    """What was written is none; its text, a Sentence, says why."""


def reducing(written: str, base: Reducing | None = None) -> Reducing:
    """From `none`, `pca:50`, `umap:16,n_neighbors=10,min_dist=0.01`. Raises NoRecipe."""
    method, _, rest = written.partition(":")
    values: dict[str, Any] = {"method": method.strip()}
    for part in filter(None, (text.strip() for text in rest.split(","))):
        name, equals, value = part.partition("=")
        values["dimensions" if not equals else name.strip()] = (part if not equals else value).strip()
    return reducing_from({name: _typed(value) for name, value in values.items()}, base)


def reducing_from(said: Mapping[str, object], base: Reducing | None = None) -> Reducing:
    """What is not said is as in `base`. Raises NoRecipe."""
    return replace(base or Reducing(), **{name: checked(name, value, REDUCING) for name, value in said.items()})


def algorithm_words(written: str) -> tuple[str, Parameters]:
    """From `kmeans` or `kmeans:n_init=10,seed=42`: the name, and its own parameters. Raises NoRecipe."""
    name, _, rest = written.partition(":")
    values = []
    for part in filter(None, (text.strip() for text in rest.split(","))):
        parameter, equals, value = part.partition("=")
        typed = _typed(value.strip())
        if not equals or isinstance(typed, str):
            raise NoRecipe(Sentence("{part} is no parameter with a number, such as n_init=10.", part=repr(part)))
        values.append((parameter.strip(), typed))
    return name, tuple(values)


def count_words(written: str) -> tuple[int | None, tuple[int, int] | None]:
    """From `auto`, `5` or `2-12`: the number of clusters, and where it is looked for. Raises NoRecipe."""
    if written == "auto":
        return None, None
    least, dash, most = written.partition("-")
    ends = [_whole(end) for end in ((least, most) if dash else (least,))]
    if None in ends or not all(1 <= (end or 0) <= MOST_CLUSTERS for end in ends):
        raise NoRecipe(
            Sentence("{text} is neither auto, a whole number above 0, nor a range such as 2-12.", text=repr(written))
        )
    if not dash:
        return ends[0], None
    if (ends[0] or 0) < 2 or (ends[1] or 0) < (ends[0] or 0):
        raise NoRecipe(Sentence("{text} is no range of numbers of clusters, from 2 on.", text=repr(written)))
    return None, (ends[0] or 2, ends[1] or 2)


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() and text.isascii() else None


def _typed(text: object) -> Any:
    if not isinstance(text, str):
        return text
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


Check = Callable[[object], bool]


def one_of(choices: tuple[str, ...]) -> Check:
    return lambda value: isinstance(value, str) and value in choices


def between(least: float, most: float, kinds: tuple[type, ...] = (int, float)) -> Check:
    return lambda value: type(value) in kinds and least <= value <= most  # type: ignore[operator]  # a number


REDUCING: Final[Mapping[str, tuple[Check, str]]] = {
    "method": (one_of(get_args(Method)), "none, pca or umap"),
    "dimensions": (between(1, MOST_DIMENSIONS, (int,)), f"a whole number from 1 to {MOST_DIMENSIONS}"),
    "n_neighbors": (between(2, 1000, (int,)), "a whole number from 2 to 1000"),
    "min_dist": (between(0, 1), "a number from 0 to 1"),
    "metric": (one_of(METRICS), f"one of {', '.join(METRICS)}"),
    "seed": (between(0, LARGEST_SEED, (int,)), "a whole number"),
}
"""By name: what each may be, and how that is said."""


def checked(name: str, value: object, table: Mapping[str, tuple[Check, str]]) -> Any:
    if name not in table:
        raise NoRecipe(Sentence("There is no {name}; there are {names}.", name=repr(name), names=", ".join(table)))
    holds, kind = table[name]
    if not holds(value):
        raise NoRecipe(Sentence("{name} is {value}, not {wanted}.", name=name, value=repr(value), wanted=kind))
    return value
