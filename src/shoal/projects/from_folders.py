"""How somebody has sorted already, taken for the clusters; and which pictures the network would put elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from shoal.domain.cluster_import import assign_and_name
from shoal.domain.errors import UserFacingError
from shoal.domain.export_plan import UNSORTED_NAME
from shoal.domain.geometry import EmbeddingMatrix, NeighbourGraph
from shoal.domain.grouping import UNSORTED, ClusterId, Grouping, Patch
from shoal.domain.images import ImageId, ImageRecord
from shoal.domain.sentence import Sentence
from shoal.projects.teaching import Judgements, Teacher

STARTING = Sentence("Start from the sub-folders")


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A picture that lies in one cluster and looks as if it belonged to another; `right`: how likely it is not so."""

    image: ImageId
    home: ClusterId
    rather: ClusterId
    right: float


def clusters_from_folders(records: Sequence[ImageRecord], grouping: Grouping) -> Patch:
    """Each picture into the cluster that is called as its sub-folder; what lies in none into Unsorted.

    Raises UserFacingError where there are no sub-folders.
    """
    names = {record.id: record.label for record in records}
    if not any(names.values()):
        raise UserFacingError(
            Sentence("The pictures are not in sub-folders."), Sentence("Choose a folder that somebody has sorted.")
        )
    return assign_and_name(grouping, names, UNSORTED_NAME)


def disagreements(
    grouping: Grouping, embeddings: EmbeddingMatrix, graph: NeighbourGraph | None
) -> tuple[Disagreement, ...]:
    """Of pictures that are probably not where they lie, the least likely first."""
    lesson = Teacher(embeddings, graph).lesson(grouping, Judgements())
    homes, first = lesson.known.homes, lesson.choices.clusters[:, 0]
    rows = np.flatnonzero((homes > UNSORTED) & (first > UNSORTED) & (first != homes) & (lesson.choices.margin < 0))
    rows = rows[np.argsort(lesson.right[rows], kind="stable")]
    return tuple(
        Disagreement(
            ImageId(int(embeddings.rows.ids[row])),
            ClusterId(int(homes[row])),
            ClusterId(int(first[row])),
            float(lesson.right[row]),
        )
        for row in rows
    )
