"""After training: the head, from all pictures that the teacher saw."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch
from numpy.typing import NDArray

from shoal.domain.task import Task
from shoal.training.dataset import PictureSet
from shoal.training.head import Floats, Head, discriminant_head, regression_head
from shoal.training.material import find_classes, normalised, showing_chances
from shoal.training.student import Student
from shoal.training.targets import Targets
from shoal.training.views import Boxes, resample

_CHUNK = 64


def fit_head(features: Floats, rows: NDArray[np.int64], pictures: PictureSet, targets: Targets, dimension: int) -> Head:
    """From the labels where there are any, else from the teacher. `features` belong to `rows` of the pictures."""
    classes = find_classes(pictures).of_row[rows]
    labelled = classes >= 0
    if not labelled.any():
        wanted = (targets.embedding[rows].astype(np.float32) - targets.basis.centre) @ targets.basis.components.T
        return regression_head(features, np.asarray(wanted, np.float32), dimension)
    weights = showing_chances(pictures.sources, balance=0.5)[rows][labelled]
    _, numbers = np.unique(classes[labelled], return_inverse=True)
    scaled = (weights / weights.mean()).astype(np.float32)
    return discriminant_head(features[labelled], numbers.astype(np.int64), scaled, dimension)


def pooled_features(
    student: Student, pixels: NDArray[np.uint8], rows: NDArray[np.int64], size: int, task: Task, threads: int
) -> Floats:
    """`Student.pooled` of the given rows of `pixels` (N x side x side x 3), seen whole at `size` pixels."""
    chunks = [rows[start : start + _CHUNK] for start in range(0, len(rows), _CHUNK)]
    with ThreadPoolExecutor(threads) as pool:
        found = pool.map(lambda chunk: _pooled(student, pixels[chunk], size), chunks)
        return np.concatenate([next(found) for _ in task.track(chunks, "Fitting the head")])


@torch.no_grad()
def _pooled(student: Student, pixels: NDArray[np.uint8], size: int) -> Floats:
    count = len(pixels)
    whole = Boxes(torch.zeros(count, 2), torch.ones(count, 2), torch.zeros(count, dtype=torch.bool))
    seen = normalised(resample(torch.from_numpy(pixels), whole, size))
    answer = student.pooled(seen.to(student.device, memory_format=torch.channels_last))
    return np.asarray(answer.float().cpu().numpy(), np.float32)
