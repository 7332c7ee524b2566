"""A metric learnt from what somebody has sorted: corrections in the project, a table, or sub-folders."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.metric import learn_metric
from shoal.delivering.new_file import write_new_file
from shoal.delivering.table_import import import_clusters
from shoal.domain.errors import UserFacingError
from shoal.domain.export_plan import UNSORTED_NAME
from shoal.domain.folder_metric import FolderMetric, MetricWorth
from shoal.domain.geometry import EmbeddingMatrix
from shoal.domain.grouping import UNSORTED, ClusterId, Grouping
from shoal.domain.images import ImageRecord
from shoal.domain.sentence import Sentence
from shoal.domain.task import Caller, Task
from shoal.looking.metric_file import metric_bytes

FEWEST: Final = 2
"""Pictures of a class, and classes."""


def corrections(grouping: Grouping, records: Sequence[ImageRecord]) -> Mapping[Path, str]:
    """What the user has put into clusters, by the paths of the files."""
    clustered = np.flatnonzero(grouping.pinned & (grouping.home > UNSORTED))
    names = {int(image): grouping.clusters[ClusterId(int(grouping.home[image]))].name for image in clustered}
    return {record.path: names[record.id] for record in records if record.id in names}


def sub_folders(records: Sequence[ImageRecord]) -> Mapping[Path, str]:
    return {record.path: record.label for record in records if record.label}


def table_labels(table: Path, records: Sequence[ImageRecord]) -> Mapping[Path, str]:
    """Raises UserFacingError for a table of other pictures."""
    grouping = Grouping().grown_to(len(records))
    grouping = grouping.patched(import_clusters(table, records).patch(grouping, True))
    return {path: name for path, name in corrections(grouping, records).items() if name != UNSORTED_NAME}


def learn(
    embeddings: EmbeddingMatrix,
    labels: NDArray[np.int32],
    made_by: tuple[str, str],
    maths: Caller,
    task: Task,
) -> tuple[FolderMetric, MetricWorth]:
    """`labels`: see `numbered`; `made_by`: the model as after --model, and the digest of its key.

    Raises UserFacingError where too little is sorted, or what is teaches nothing.
    """
    classes, counts = np.unique(labels[labels > 0], return_counts=True)
    if len(classes) < FEWEST or (counts >= FEWEST).sum() < FEWEST:
        raise UserFacingError(
            Sentence("Of {count} classes no metric can be learnt.", count=int((counts >= FEWEST).sum())),
            Sentence("Put two or more pictures into each of at least two clusters, and keep them there (K)."),
        )
    metric, worth = maths.call(learn_metric, embeddings, labels, *made_by, task=task)
    if worth.after <= worth.before:
        raise UserFacingError(
            Sentence(
                "It would not help: of {count} pictures held back {before} found their class without, {after} with it.",
                count=worth.asked,
                before=f"{worth.before:.1%}",
                after=f"{worth.after:.1%}",
            ),
            Sentence("Sort more pictures by hand, above all those that the model takes for something else."),
        )
    return metric, worth


def numbered(labels: Mapping[Path, str], records: Sequence[ImageRecord]) -> NDArray[np.int32]:
    """A number from 1 on for each class, 0 for none; in the order of the records."""
    names = {name: number for number, name in enumerate(sorted(set(labels.values())), start=1)}
    return np.array([names.get(labels.get(record.path, ""), 0) for record in records], np.int32)


def write_metric(path: Path, metric: FolderMetric) -> None:
    """A new file. Raises UserFacingError."""
    write_new_file(path, metric_bytes(metric))
