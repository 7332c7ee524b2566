"""Scores of a student, during training, on folders of pictures that it never learns from."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from shoal_training.dataset import decode_square, read_pictures
from shoal_training.material import normalised
from shoal_training.scoring import Score, score
from shoal_training.student import Student
from shoal_training.views import Boxes, resample

_BATCH = 64


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """`pixels` N x side x side x 3 (uint8), `labels` N."""

    name: str
    pixels: NDArray[np.uint8]
    labels: NDArray[np.int64]


def read_judged_set(folder: Path, side: int) -> JudgedSet:
    raw = list(read_pictures([folder]))
    names = {label: index for index, label in enumerate(sorted({picture.label for picture in raw}))}
    pixels = np.stack([decode_square(picture.content, side) for picture in raw])
    return JudgedSet(folder.name, pixels, np.array([names[picture.label] for picture in raw]))


@torch.no_grad()
def embed_squares(student: Student, pixels: NDArray[np.uint8], size: int) -> dict[str, NDArray[np.float32]]:
    """The two outputs that can serve as an embedding, N x F and N x K."""
    answers = []
    for start in range(0, len(pixels), _BATCH):
        part = torch.from_numpy(pixels[start : start + _BATCH])
        whole = Boxes(torch.zeros(len(part), 2), torch.ones(len(part), 2), torch.zeros(len(part), dtype=torch.bool))
        seen = normalised(resample(part, whole, size)).to(student.device, memory_format=torch.channels_last)
        answers.append(student(seen))
    return {
        "features": torch.cat([answer.features for answer in answers]).float().cpu().numpy(),
        "projected": torch.cat([answer.projected for answer in answers]).float().cpu().numpy(),
    }


def judge(student: Student, sets: list[JudgedSet], size: int) -> dict[str, dict[str, Score]]:
    """Scores by output and set."""
    scores: dict[str, dict[str, Score]] = {"features": {}, "projected": {}}
    for judged in sets:
        for output, vectors in embed_squares(student, judged.pixels, size).items():
            scores[output][judged.name] = score(vectors, judged.labels)
    return scores
