"""How well a model's neighbours and the clusters agree with how somebody has sorted the pictures into sub-folders."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.agreement import Agreement, agreement
from shoal.domain.errors import UserFacingError
from shoal.domain.images import ImageRecord, SkippedImage
from shoal.domain.task import Task
from shoal.services.pipeline import StopWatch, Tools, Wishes, connect, group, look_at_folders


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`folders`: how many sub-folders the pictures are sorted into; `clusters`: how many were found without looking."""

    agreement: Agreement
    images: int
    folders: int
    clusters: int
    skipped: tuple[SkippedImage, ...]
    cached: int
    seconds: dict[str, float]


def evaluate_folder(folder: Path, wishes: Wishes, tools: Tools, task: Task) -> Evaluation:
    """Raises UserFacingError if the pictures are not in at least two sub-folders."""
    watch = StopWatch()
    extraction, skipped = look_at_folders([folder], wishes.backend, tools, task, watch)
    folders = _numbered(extraction.records)
    _require_folders(folder, folders)
    with watch.stage("group"):
        graph = connect(extraction.embeddings, wishes, tools.maths, task)
        proposal = group(extraction.embeddings, graph, wishes, tools.maths, task)
    with watch.stage("compare"):
        figures = tools.maths.call(agreement, extraction.embeddings, folders, proposal.labels, task=task)
    return Evaluation(
        figures,
        len(extraction.records),
        len(np.unique(folders)),
        proposal.cluster_count,
        skipped,
        extraction.cached_count,
        watch.seconds,
    )


def _numbered(records: Sequence[ImageRecord]) -> NDArray[np.int32]:
    """A number per sub-folder."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(record.label, len(numbers)) for record in records], np.int32)


def _require_folders(folder: Path, folders: NDArray[np.int32]) -> None:
    if len(np.unique(folders)) < 2:
        raise UserFacingError(
            f"The pictures in {folder} are not sorted into sub-folders, so there is nothing to compare with.",
            "Name a folder with one sub-folder for each kind of picture.",
        )
