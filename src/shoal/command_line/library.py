"""Shoal from Python: what `import shoal` offers."""

import os
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shoal.command_line.asked import load_model, workplace
from shoal.command_line.searching import Wanted
from shoal.command_line.searching import search as find
from shoal.domain.errors import UserFacingError
from shoal.domain.extension_points import USUAL_MODEL, LoadOptions
from shoal.domain.focus import Focus
from shoal.domain.images import FoundImage
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.looking.pipeline import look_at
from shoal.projects.plugins import plugged_in


def embed(  # noqa: PLR0913  # as many as there are things to say of a model
    paths: Iterable[str | os.PathLike[str]],
    model: str = USUAL_MODEL,
    layer: str = "",
    weights: str | os.PathLike[str] | None = None,
    int8: bool = False,
    task: Task | None = None,
    *,
    focus: Focus = "whole",
) -> NDArray[np.float32]:
    """One row of unit length per picture, in the order of `paths`; `model` as after --model, see `shoal models`.

    `weights`: a file of your own instead of the official ones, which are downloaded when first needed. `int8`: compute
    with 8-bit numbers on the processor, fitted to some of the pictures when the model is first used so. `focus`: what
    counts, the whole picture, its subject, the background or the subject's colours. What was looked at before comes
    from the cache. Raises UserFacingError if a file cannot be read as a picture, or the model is not there.
    """
    plugged_in()
    files = [Path(path).absolute() for path in paths]
    task = task or Task()
    own = Path(weights) if weights else None
    options = LoadOptions(layer=layer, weights=own, int8=int8, focus=focus, pictures=tuple(files))
    with workplace() as place:
        backend = load_model(place, model, options, task).backend
        extraction = look_at([FoundImage(file) for file in files], backend, place.tools, task)
    if extraction.skipped:
        first = extraction.skipped[0]
        raise UserFacingError(
            Sentence(
                "{count} of the files cannot be used; {path}: {reason}.",
                count=len(extraction.skipped),
                path=first.path,
                reason=first.reason,
            ),
            Sentence("Leave them out."),
        )
    rows = {record.path: row for row, record in enumerate(extraction.records)}
    return extraction.embeddings.vectors[[rows[file] for file in files]]


def search(  # noqa: PLR0913  # as many as there are things to say of a search
    folder: str | os.PathLike[str],
    text: str = "",
    *,
    like: Iterable[str | os.PathLike[str]] = (),
    unlike: Iterable[str | os.PathLike[str]] = (),
    limit: int | None = None,
    model: str = USUAL_MODEL,
    task: Task | None = None,
) -> list[tuple[Path, float]]:
    """The pictures of a folder that show what `text` says, are like some files and unlike others; the best first.

    With each its score: a cosine, or a probability where only a text is asked for. As many as stand before the drop in
    scores, all where nothing stands out, or `limit`. A text needs a model that knows words, see `shoal models`.
    Raises UserFacingError.
    """
    plugged_in()
    files = [tuple(Path(file).absolute() for file in those) for those in (like, unlike)]
    options = LoadOptions(pictures=(Path(folder).absolute(),))
    query = Wanted(Path(folder).absolute(), text.strip(), files[0], files[1], limit, model, options)
    with workplace() as place:
        return list(find(query, place, task or Task()).ranked)
