"""A heavy model distilled into a quick one for the pictures of one folder, and what that lost."""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.distilling import fit_student, likeness
from shoal.analysis.vector_space import unit_rows
from shoal.delivering.new_file import write_new_file
from shoal.domain.errors import UserFacingError
from shoal.domain.extension_points import EmbeddingBackend
from shoal.domain.images import RgbImage
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.sentence import Sentence
from shoal.domain.student_head import Likeness
from shoal.domain.task import Task
from shoal.looking.distilled import student_of
from shoal.looking.pipeline import FolderLook, Tools, look_at_folders, require_pictures
from shoal.looking.stages import StopWatch

FEWEST: Final = 30
"""Pictures, or there is nothing to learn from and nothing to judge by."""
_HELD_BACK: Final = 5
"""One in so many is not learnt from, and judges."""
_TIMED, _ROUNDS = 8, 3

Draw = Callable[[InputGeometry, int], list[RgbImage]]


@dataclass(frozen=True, slots=True, eq=False)
class Distilled:
    """`after` and `before`: how like the teacher's are the vectors of the student, and those of the quick network as it
    comes, on `judged` pictures that were not learnt from. The file itself has learnt from all `pictures`.

    `milliseconds`: of one picture, for the teacher and for the student, the least of several rounds.
    """

    looked: FolderLook
    pictures: int
    judged: int
    after: Likeness
    before: Likeness
    milliseconds: tuple[float, float]

    @property
    def times_as_fast(self) -> float:
        teacher, student = self.milliseconds
        return teacher / max(student, 1e-6)


@dataclass(frozen=True, slots=True, eq=False)
class Networks:
    """`features`: the quick network without its last step, with vectors of any length; `quick`: as it comes."""

    teacher: EmbeddingBackend
    features: EmbeddingBackend
    quick: EmbeddingBackend


def distil(folder: Path, networks: Networks, out: Path, tools: Tools, draw: Draw, task: Task) -> Distilled:
    """Writes the new file `out`. Raises UserFacingError where there are too few pictures."""
    watch = StopWatch()
    looks = [
        look_at_folders([folder], one, tools, task, watch)
        for one in (networks.teacher, networks.features, networks.quick)
    ]
    looked = looks[0]
    require_pictures(folder, looked.extraction, looked.skipped)
    wanted, features, plain = _of_the_same(looks)
    if len(wanted) < FEWEST:
        raise UserFacingError(
            Sentence("{count} pictures are too few to learn from.", count=len(wanted)),
            Sentence("Name a folder with at least {fewest}.", fewest=FEWEST),
        )
    asked = np.random.default_rng(0).permutation(len(wanted)) % _HELD_BACK == 0
    trial = tools.maths.call(fit_student, features[~asked], wanted[~asked], task=task)
    after, before = (
        tools.maths.call(likeness, rows, wanted[asked], task=task)
        for rows in (unit_rows(trial.of(features[asked])), plain[asked])
    )
    head = tools.maths.call(fit_student, features, wanted, task=task)
    figures = json.dumps({"kept": after.kept, "knn": after.knn, "nmi": after.nmi, "judged": int(asked.sum())})
    about = {"shoal.teacher": json.dumps(asdict(networks.teacher.key)), "shoal.distilled": figures}
    write_new_file(out, student_of(head, about))
    times = _milliseconds(networks.teacher, draw, task), _milliseconds(networks.features, draw, task)
    return Distilled(looked, len(wanted), int(asked.sum()), after, before, times)


def _of_the_same(looks: list[FolderLook]) -> tuple[NDArray[np.float32], ...]:
    """The vectors of all, for the pictures that each could read."""
    places = [{record.path: row for row, record in enumerate(one.extraction.records)} for one in looks]
    paths = [path for path in places[0] if all(path in those for those in places)]
    return tuple(
        one.extraction.embeddings.vectors[[those[path] for path in paths]]
        for one, those in zip(looks, places, strict=True)
    )


def _milliseconds(backend: EmbeddingBackend, draw: Draw, task: Task) -> float:
    """Of one picture through the network, on one core where it takes one a call; its decoding left out."""
    pictures = draw(backend.geometry, _TIMED)
    least = float("inf")
    for _round in range(_ROUNDS):
        task.check()
        began = time.perf_counter()
        backend.embed(pictures)
        least = min(least, time.perf_counter() - began)
    return 1000 * least / max(len(pictures), 1)
