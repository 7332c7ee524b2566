"""Classes for pictures: from examples in folders or a table, or from words that the model knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.few_shot import Way, learn, softmax
from shoal.delivering.table_import import read_table
from shoal.domain.classified import Classified, HeldBack
from shoal.domain.cluster_import import assign_and_name
from shoal.domain.errors import UserFacingError
from shoal.domain.export_plan import UNSORTED_NAME
from shoal.domain.extension_points import EmbeddingBackend, TextEncoder
from shoal.domain.geometry import EmbeddingMatrix
from shoal.domain.grouping import Grouping
from shoal.domain.images import FoundImage, ImageId, SkippedImage
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.imaging.folder_scan import scan_folders
from shoal.looking.pipeline import Tools, look_at
from shoal.looking.text_search import directions
from shoal.looking.word_search import knows_no_words, require_known

TABLE_SUFFIXES = (".csv", ".json")
PROMPT = "a photo of a {}"
CLIP_SCALE = 100.0
"""By which CLIP's cosines are multiplied before they become likelihoods: it learnt this number, as all of them do."""
MOST_WORDS = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """`files` with the place of their class among `names`."""

    names: tuple[str, ...]
    files: tuple[FoundImage, ...]
    classes: NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Classification:
    """Row i of `found` is row i of the pictures' vectors. `way`: how it was done; `held_back`: None without examples.

    `unused`: examples that could not be read, with the reason.
    """

    names: tuple[str, ...]
    found: Classified
    way: str
    held_back: HeldBack | None = None
    unused: tuple[SkippedImage, ...] = ()


def examples_in(place: Path, task: Task) -> Examples:
    """Of a folder each sub-folder is a class; of a table each cluster. Raises UserFacingError where not two are."""
    named = _in_table(place) if place.suffix.lower() in TABLE_SUFFIXES else _in_folders(place, task)
    names = tuple(sorted(set(named.values()), key=str.casefold))
    if len(names) < 2:
        raise UserFacingError(
            Sentence(
                "{place} holds examples of {count} classes, and at least two are needed.", place=place, count=len(names)
            ),
            Sentence("Make a sub-folder for each class, with three to five pictures in it."),
        )
    classes = np.array([names.index(name) for name in named.values()], np.int32)
    return Examples(names, tuple(named), classes)


def _in_folders(place: Path, task: Task) -> Mapping[FoundImage, str]:
    """A class is called after the sub-folder right below; what lies in none is of no class."""
    images = scan_folders([place], task).images
    parts = {image: image.path.relative_to(place).parts for image in images}
    return {image: those[0] for image, those in parts.items() if len(those) > 1}


def _in_table(place: Path) -> Mapping[FoundImage, str]:
    rows = read_table(place)
    said = ((Path(row.source) if row.source else place.absolute().parent / row.path, row.cluster) for row in rows)
    return {FoundImage(path.absolute()): name for path, name in said if name and name != UNSORTED_NAME}


def classify_like(  # noqa: PLR0913  # all of it is chosen by the user
    examples: Examples,
    pictures: EmbeddingMatrix,
    backend: EmbeddingBackend,
    tools: Tools,
    task: Task,
    *,
    precision: float,
    way: Way | None = None,
) -> Classification:
    """Raises UserFacingError where too few examples can be read."""
    seen = look_at(examples.files, backend, tools, task)
    by_path = {image.path: number for image, number in zip(examples.files, examples.classes.tolist(), strict=True)}
    classes = np.array([by_path[record.path] for record in seen.records], np.int32)
    if len(np.unique(classes)) < len(examples.names):
        lost = next(name for place, name in enumerate(examples.names) if place not in classes)
        raise UserFacingError(
            Sentence("Of {name} no example can be read.", name=lost), Sentence("Take other pictures as examples.")
        )
    made, held_back = tools.maths.call(learn, seen.embeddings.vectors, classes, precision, way, task=task)
    return Classification(examples.names, made.classify(pictures.vectors), made.way, held_back, seen.skipped)


def classify_by_texts(
    words: Sequence[str], pictures: EmbeddingMatrix, encoder: TextEncoder, least: float, task: Task
) -> Classification:
    """As CLIP's authors do it (Radford et al. 2021): softmax over "a photo of a {word}"."""
    scores = pictures.vectors @ directions(words, [PROMPT], encoder, task).T
    return _by_words(words, softmax(CLIP_SCALE * scores), least)


def classify_by_known_words(
    words: Sequence[str], pictures: EmbeddingMatrix, least: float, model: str
) -> Classification:
    """By what a network takes pictures for. Raises UserFacingError for a word that it does not know."""
    if pictures.classes is None:
        raise knows_no_words(model)
    likely = []
    for word in words:
        tree, place = require_known(word)
        likely.append(pictures.classes.probability_of(tree.holds[:, place]))
    return _by_words(words, np.array(likely, np.float64).reshape(len(words), -1).T, least)


def _by_words(words: Sequence[str], likely: NDArray[np.float64], least: float) -> Classification:
    best = likely.argmax(axis=1).astype(np.int32)
    probabilities = likely.max(axis=1, initial=0.0).astype(np.float32)
    return Classification(tuple(words), Classified(best, probabilities, probabilities >= least), "words")


def as_grouping(made: Classification, pictures: EmbeddingMatrix, count: int) -> Grouping:
    """Each class is a cluster; what is not sure stays in Unsorted. `count`: of all images."""
    names = {
        ImageId(image): UNSORTED_NAME if label < 0 else made.names[label]
        for image, label in zip(pictures.rows.ids.tolist(), made.found.labels.tolist(), strict=True)
    }
    grouping = Grouping().grown_to(count)
    return grouping.patched(assign_and_name(grouping, names, UNSORTED_NAME))
