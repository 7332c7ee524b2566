"""What models and algorithms answer, checked once where it comes in: those of plugins are other people's work.

A wrong answer of a plugin is told with its name; one of ours is a mistake of ours, and is not hidden.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import ArrayLike, NDArray

from shoal.domain.errors import ShoalError, UserFacingError
from shoal.domain.extension_points import EmbeddingBackend
from shoal.domain.geometry import EmbeddingKey
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.sentence import Sentence

OURS = "shoal"
UNIT_WITHIN = 0.01
"""How far the length of a row may be from 1."""
LARGEST_LABEL = np.iinfo(np.int32).max


class WrongAnswer(ValueError):
    """Not what was agreed upon. Its text goes on after a colon."""


@contextmanager
def answering(thing: object, name: str) -> Iterator[None]:
    """While `thing`, called `name`, works: if it is a plugin's, what goes wrong is told as a fault of that plugin."""
    try:
        yield
    except ShoalError:
        raise
    except Exception as error:
        plugin = plugin_of(thing)
        if not plugin:
            raise
        reason = str(error) if isinstance(error, WrongAnswer) else f"{type(error).__name__}: {error}".rstrip(".: ")
        said = {"name": name, "plugin": plugin, "reason": reason}
        raise UserFacingError(
            Sentence("{name} of the plugin {plugin} made a mistake: {reason}.", **said),
            Sentence("Choose another one, and tell the makers of {plugin}.", plugin=plugin),
        ) from error


def plugin_of(thing: object) -> str:
    """The installed plugin that a function or an object comes from; empty for what is ours or nobody's."""
    while hasattr(thing, "func"):  # functools.partial
        thing = thing.func
    module = getattr(thing, "__module__", None) or type(thing).__module__
    package = str(module).partition(".")[0]
    return "" if package == OURS else _installed_as(package)


def _installed_as(package: str) -> str:
    """The name of the distribution with that package that says that it offers something to us."""
    from importlib.metadata import distributions  # noqa: PLC0415 - the window must not wait for it

    for distribution in distributions():
        offered = (point for point in distribution.entry_points if point.group.startswith(f"{OURS}."))
        if any(point.module.partition(".")[0] == package for point in offered):
            return distribution.name
    return ""


def checked_model(backend: EmbeddingBackend) -> EmbeddingBackend:
    """Raises WrongAnswer for what is no loaded model."""
    parts = {"key": EmbeddingKey, "dimension": int, "geometry": InputGeometry, "one_core_per_call": bool, "remark": str}
    for part, kind in parts.items():
        if not isinstance(getattr(backend, part, None), kind):
            raise WrongAnswer(f"its {part} is no {kind.__name__}")
    if backend.dimension < 1:
        raise WrongAnswer(f"its dimension is {backend.dimension}")
    return backend


def checked_rows(
    answer: ArrayLike | None, count: int, dimension: int, *, unit_length: bool = True
) -> NDArray[np.float32]:
    """Unit rows, as many as there were pictures or texts; `dimension` 0: of any length. Raises WrongAnswer."""
    rows = _numbers(answer, "vectors")
    if rows.ndim != 2 or len(rows) != count or rows.shape[1] != (dimension or rows.shape[1]):
        shape = f"{count} x {dimension or 'any'}"
        raise WrongAnswer(f"it gave vectors of the shape {' x '.join(map(str, rows.shape))} instead of {shape}")
    unit = rows.astype(np.float32, copy=False)
    if not np.isfinite(unit).all():
        raise WrongAnswer("it gave vectors with numbers that are none (NaN or infinite)")
    if unit_length and (np.abs(np.linalg.norm(unit, axis=1) - 1) > UNIT_WITHIN).any():
        raise WrongAnswer("it gave vectors that are not of unit length")
    return unit


def checked_labels(answer: ArrayLike | None, count: int) -> NDArray[np.int32]:
    """A whole number per image, whatever numbers; negative: belongs nowhere. Raises WrongAnswer."""
    labels = _numbers(answer, "labels")
    if labels.shape != (count,):
        raise WrongAnswer(f"it gave {labels.size} labels for {count} images")
    whole = np.isfinite(labels).all() and (labels == np.trunc(labels)).all()
    if not whole or np.abs(labels).max(initial=0) > LARGEST_LABEL:
        raise WrongAnswer("it gave labels that are no whole numbers")
    return labels.astype(np.int32)


def _numbers(answer: ArrayLike | None, what: str) -> NDArray[np.generic]:
    if answer is None:
        raise WrongAnswer(f"it gave no {what}")
    try:
        numbers = np.asarray(answer)
    except ValueError as error:
        raise WrongAnswer(f"it gave {what} of different lengths") from error
    if numbers.dtype.kind not in "iuf":
        raise WrongAnswer(f"it gave {what} that are no numbers")
    return numbers
