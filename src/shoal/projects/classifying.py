"""Classes for pictures: from examples in folders or a table, or from words that the model knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.few_shot import Way, learn, softmax
from shoal.delivering.table_import import read_table
from shoal.domain.classified import AskedClasses, Classified, HeldBack
from shoal.domain.cluster_import import assign_and_name
from shoal.domain.errors import UserFacingError
from shoal.domain.export_plan import UNSORTED_NAME
from shoal.domain.extension_points import EmbeddingBackend, LoadOptions, TextEncoder
from shoal.domain.geometry import EmbeddingMatrix
from shoal.domain.grouping import UNSORTED, ClusterId, Grouping, Patch
from shoal.domain.images import FoundImage, ImageId, SkippedImage
from shoal.domain.sentence import Sentence
from shoal.domain.task import Caller, Task
from shoal.imaging.folder_scan import scan_folders
from shoal.looking.model_loading import reads_text
from shoal.looking.pipeline import Tools, look_at
from shoal.looking.text_search import directions
from shoal.looking.word_search import knows_no_words, require_known

if TYPE_CHECKING:
    from shoal.projects.workplace import Workplace

TABLE_SUFFIXES = (".csv", ".json")
PROMPT = "a photo of a {}"
CLIP_SCALE = 100.0
"""By which CLIP's cosines are multiplied before they become likelihoods: it learnt this number, as all of them do."""
MOST_WORDS = 1_000
MOST_EXAMPLES: Final = 500
"""Of one class in a project; more teach nothing new, and make it long."""
LEAST_LIKELY: Final = 0.5
"""What is less likely to be any of the words is none of them."""


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


def offered_clusters(grouping: Grouping) -> dict[ClusterId, int]:
    """All, each with the number of pictures that the user has put or kept there."""
    return {one: int((grouping.pinned & (grouping.home == one)).sum()) for one in grouping.clusters}


def classify_in(
    asked: AskedClasses, grouping: Grouping, embeddings: EmbeddingMatrix, model: str, place: "Workplace", task: Task
) -> Classification:
    """Of every picture that was looked at. Raises UserFacingError where nothing can be learnt."""
    if asked.clusters:
        return _like_clusters(asked, grouping, embeddings, place.tools.maths, task)
    if asked.folder is not None:
        backend = place.load_model(model, task)
        return classify_like(
            examples_in(asked.folder, task), embeddings, backend, place.tools, task, precision=asked.right
        )
    if reads_text(model):
        encoder = place.models.load_texts(model, LoadOptions(), task)
        return classify_by_texts(asked.words, embeddings, encoder, LEAST_LIKELY, task)
    return classify_by_known_words(asked.words, embeddings, LEAST_LIKELY, model)


def _like_clusters(
    asked: AskedClasses, grouping: Grouping, embeddings: EmbeddingMatrix, maths: Caller, task: Task
) -> Classification:
    rows, classes = [], []
    for place, cluster in enumerate(asked.clusters):
        members = _examples(grouping, embeddings, cluster)
        if not len(members):
            name = grouping.clusters[cluster].name
            raise UserFacingError(
                Sentence("{name} holds no picture that could be an example.", name=name),
                Sentence("Put some into it, or leave it out."),
            )
        rows.append(members)
        classes.append(np.full(len(members), place, np.int32))
    learnt, held_back = maths.call(
        learn, embeddings.vectors[np.concatenate(rows)], np.concatenate(classes), asked.right, None, task=task
    )
    names = tuple(grouping.clusters[cluster].name for cluster in asked.clusters)
    return Classification(names, learnt.classify(embeddings.vectors), learnt.way, held_back)


def _examples(grouping: Grouping, embeddings: EmbeddingMatrix, cluster: ClusterId) -> NDArray[np.int64]:
    """Rows of the pictures that the user has put there; of all in it, where there are none."""
    here = grouping.homes.of(embeddings.rows) == cluster
    pinned = here & grouping.pinned[embeddings.rows.ids]
    rows = np.flatnonzero(pinned if pinned.any() else here)
    chosen: NDArray[np.int64] = rows[np.linspace(0, len(rows) - 1, min(len(rows), MOST_EXAMPLES)).round().astype(int)]
    return chosen


def class_patch(grouping: Grouping, made: Classification, ids: NDArray[np.int64], rest_to_unsorted: bool) -> Patch:
    """What is sure goes into the cluster of its class, which is new where there is none of that name.

    `ids`: of the pictures in their order. What the user has put somewhere stays; so does what is not sure, unless it is
    to come to Unsorted.
    """
    homes = grouping.home[ids]
    free = ~grouping.pinned[ids] & (homes >= UNSORTED)
    labels = made.found.labels
    wanted = free & ((labels >= 0) | (rest_to_unsorted & (homes != UNSORTED)))
    names = {
        ImageId(int(image)): made.names[label] if label >= 0 else UNSORTED_NAME
        for image, label in zip(ids[wanted].tolist(), labels[wanted].tolist(), strict=True)
    }
    return assign_and_name(grouping, names, UNSORTED_NAME) if names else Patch()
