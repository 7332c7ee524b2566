"""Which model agrees best with what the user put right: each looks at the pictures, then all are compared."""

from collections.abc import Callable, Sequence

from shoal.analysis.corrections import (
    CorrectionsAgreement,
    agreement_with_corrections,
    usable_corrections,
)
from shoal.domain.errors import UserFacingError
from shoal.domain.extension_points import EmbeddingBackend
from shoal.domain.grouping import Grouping
from shoal.domain.images import FoundImage, ImageRecord
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.looking.pipeline import Tools, look_at
from shoal.looking.settled import Before
from shoal.projects.model_ranking import ModelRanking, count_corrections, ranked

LoadModel = Callable[[str, Task], EmbeddingBackend]


def rank_models(
    names: Sequence[str],
    load: LoadModel,
    records: Sequence[ImageRecord],
    grouping: Grouping,
    tools: Tools,
    task: Task,
) -> ModelRanking:
    """What was looked at before is not looked at again. Raises `ModelUnavailable` and `Cancelled`.

    Raises UserFacingError where objects are sorted.
    """
    if any(record.region for record in records):
        raise UserFacingError(
            Sentence("Models are compared by whole pictures, and this project sorts objects in them."),
            Sentence("Open the folder itself to compare models."),
        )
    files = [FoundImage(record.path, record.label, record.companions) for record in records]
    corrections = usable_corrections(grouping.home, grouping.pinned)
    judged: list[tuple[str, CorrectionsAgreement]] = []
    for name in names:
        seen = look_at(files, load(name, task), tools, task, Before(records)).embeddings
        agreement = tools.maths.call(agreement_with_corrections, seen, grouping.homes, corrections, task=task)
        judged.append((name, agreement))
    return ranked(judged, len(corrections), count_corrections(grouping)[1])
