"""How well a model's neighbours and the clusters agree with how somebody has sorted the pictures into sub-folders."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.agreement import Agreement, compare_with_folders
from shoal.delivering.new_file import write_new_file
from shoal.domain.errors import UserFacingError
from shoal.domain.images import ImageRecord, SkippedImage
from shoal.domain.left_alone import LeftAlone
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.exports.confusion_matrix import NOT_SURE_NAME, confusion_csv, confusion_png
from shoal.looking.options import Options
from shoal.looking.pipeline import Tools, look_at_folders, require_pictures
from shoal.looking.stages import StopWatch, connect, group

TOP_FOLDER = "."
"""What the pictures that lie in no sub-folder are listed under."""
MATRIX_SUFFIXES = (".png", ".csv")


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """`folders`: the names of the sub-folders; `clusters`: how many were found without looking at them.

    `confusion`: per folder how many of its pictures their 5 nearest put into each folder; None where it is undefined.
    """

    agreement: Agreement
    images: int
    folders: tuple[str, ...]
    confusion: NDArray[np.int64] | None
    clusters: int
    skipped: tuple[SkippedImage, ...]
    cached: int
    seconds: dict[str, float]
    left_alone: LeftAlone


def evaluate_folder(folder: Path, options: Options, tools: Tools, task: Task) -> Evaluation:
    """Raises UserFacingError if there are no pictures, or they are not in at least two sub-folders."""
    watch = StopWatch()
    looked = look_at_folders([folder], options.backend, tools, task, watch)
    extraction, skipped = looked.extraction, looked.skipped
    require_pictures(folder, extraction, skipped)
    names, folders = _numbered(extraction.records)
    if len(names) < 2:
        raise UserFacingError(
            Sentence(
                "The pictures in {folder} are not sorted into sub-folders, so there is nothing to compare with.",
                folder=folder,
            ),
            Sentence("Name a folder with one sub-folder for each kind of picture."),
        )
    with watch.stage("group"):
        graph = connect(extraction.embeddings, options, tools.maths, task)
        proposal = group(extraction.embeddings, graph, options, tools.maths, task)
    with watch.stage("compare"):
        comparison = tools.maths.call(compare_with_folders, extraction.embeddings, folders, proposal.labels, task=task)
    return Evaluation(
        comparison.figures,
        len(extraction.records),
        names,
        comparison.confusion,
        proposal.cluster_count,
        skipped,
        extraction.cached_count,
        watch.seconds,
        looked.left_alone,
    )


def _numbered(records: Sequence[ImageRecord]) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """The names of the sub-folders, and for each picture the place of its own among them."""
    names, places = np.unique(np.array([record.label or TOP_FOLDER for record in records], object), return_inverse=True)
    return tuple(map(str, names)), places.astype(np.int32)


def write_confusion_matrix(path: Path, evaluation: Evaluation, title: str) -> None:
    """A new file, as a picture or a table, as its ending says. Raises UserFacingError."""
    if evaluation.confusion is None:
        raise UserFacingError(
            Sentence("No two pictures share a sub-folder, so there is no confusion matrix."),
            Sentence("Put several pictures into each."),
        )
    if path.suffix.lower() == ".csv":
        write_new_file(path, confusion_csv(evaluation.folders, evaluation.confusion))
    else:
        write_new_file(path, confusion_png(evaluation.folders, evaluation.confusion, title))


def write_class_matrix(path: Path, names: Sequence[str], confusion: NDArray[np.int64], title: str) -> None:
    """What examples of classes were taken for, the last column those that were put into none; likewise."""
    more = (NOT_SURE_NAME,)
    if path.suffix.lower() == ".csv":
        write_new_file(path, confusion_csv(names, confusion, more))
    else:
        about = "rows: true class, columns: what it was taken for"
        write_new_file(path, confusion_png(names, confusion, title, more, about))
