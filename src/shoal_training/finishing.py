"""After training: the head, from all pictures that the teacher saw."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import numpy as np
import torch
from numpy.typing import NDArray

from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal_training.dataset import PictureSet
from shoal_training.head import Floats, Head, discriminant_head, regression_head
from shoal_training.material import Mixture, find_classes, normalised, showing_chances
from shoal_training.student import Student
from shoal_training.targets import Targets
from shoal_training.views import Boxes, random_boxes, resample

_CHUNK = 64
_WOBBLING = 3000
_SLIGHT = 0.8


@dataclass(frozen=True, slots=True)
class Looking:
    """Who looks at pictures, at how many pixels, at how much of each (`smallest_area` to 1), what counts how much."""

    student: Student
    size: int
    threads: int = 1
    smallest_area: float = 1.0
    mixture: Mixture = field(default_factory=Mixture)


def fit_head(looking: Looking, pictures: PictureSet, targets: Targets, dimension: int, task: Task) -> Head:
    """From the labels of the pictures that the teacher saw; where there are none, from its answers."""
    rows = np.flatnonzero(targets.known)
    features = pooled_features(looking, pictures.pixels, rows, task)
    classes = find_classes(pictures).of_row[rows]
    labelled = classes >= 0
    if not labelled.any():
        wanted = (targets.embedding[rows].astype(np.float32) - targets.basis.centre) @ targets.basis.components.T
        return regression_head(features, np.asarray(wanted, np.float32), dimension)
    some = slice(None, None, max(1, len(rows) // _WOBBLING))
    cropped = pooled_features(replace(looking, smallest_area=_SLIGHT), pictures.pixels, rows[some], task)
    weights = showing_chances(pictures.sources, looking.mixture)[rows][labelled]
    scaled = (weights / weights.mean()).astype(np.float32)
    _, numbers = np.unique(classes[labelled], return_inverse=True)
    return discriminant_head(features[labelled], numbers, scaled, cropped - features[some], dimension)


def pooled_features(looking: Looking, pixels: NDArray[np.uint8], rows: NDArray[np.int64], task: Task) -> Floats:
    """`Student.pooled` of the given rows of `pixels` (N x side x side x 3)."""
    chunks = [rows[start : start + _CHUNK] for start in range(0, len(rows), _CHUNK)]
    with ThreadPoolExecutor(looking.threads) as pool:
        found = pool.map(lambda chunk: _pooled(looking, pixels[chunk], int(chunk[0])), chunks)
        return np.concatenate([next(found) for _ in task.track(chunks, Sentence("Fitting the head"))])


@torch.no_grad()
def _pooled(looking: Looking, pixels: NDArray[np.uint8], seed: int) -> Floats:
    boxes = random_boxes(np.random.default_rng(seed), len(pixels), looking.smallest_area)
    whole = torch.zeros_like(boxes.start), torch.ones_like(boxes.length), torch.zeros_like(boxes.mirrored)
    seen = resample(torch.from_numpy(pixels), Boxes(*whole) if looking.smallest_area == 1.0 else boxes, looking.size)
    batch = normalised(seen).to(looking.student.device, memory_format=torch.channels_last)
    return np.asarray(looking.student.pooled(batch).float().cpu().numpy(), np.float32)
