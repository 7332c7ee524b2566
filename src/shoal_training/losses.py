"""What the student is asked for: the teacher's vector, map and neighbourhoods, and the labels that there are."""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from shoal_training.student import Answers


@dataclass(frozen=True, slots=True)
class LossWeights:
    vector: float = 1.0
    late_map: float = 0.5
    middle_map: float = 0.5
    neighbours: float = 0.5
    labels: float = 0.3


@dataclass(frozen=True, slots=True)
class Wanted:
    """`grid` N x K x h x w is the teacher's map for each view, whitened; `classes` N (-1 where there is no label).

    `rivals` N x C is True for the classes that a picture's label competes with: those of its own source."""

    grid: Tensor
    classes: Tensor
    rivals: Tensor


def distillation_loss(answers: Answers, wanted: Wanted, weights: LossWeights) -> dict[str, Tensor]:
    """Each part already weighted; their sum is what is minimised."""
    vector = wanted.grid.mean((2, 3))
    return {
        "vector": weights.vector * _away(answers.projected, vector),
        "late_map": weights.late_map * _away(answers.late_map, _fit(wanted.grid, answers.late_map)),
        "middle_map": weights.middle_map * _away(answers.middle_map, _fit(wanted.grid, answers.middle_map)),
        "neighbours": weights.neighbours * _neighbourhood_loss(answers.projected, vector),
        "labels": weights.labels * _label_loss(answers.classes, wanted),
    }


def _away(given: Tensor, wanted: Tensor) -> Tensor:
    return (1 - functional.cosine_similarity(given, wanted, dim=1)).mean()


def _fit(grid: Tensor, like: Tensor) -> Tensor:
    if grid.shape[2:] == like.shape[2:]:
        return grid
    return functional.interpolate(grid, like.shape[2:], mode="bilinear", antialias=True)


def _neighbourhood_loss(given: Tensor, wanted: Tensor, temperature: float = 0.1) -> Tensor:
    """Who is close to whom in this batch: the divergence between the two distributions over the others."""
    itself = torch.eye(len(given), dtype=torch.bool, device=given.device)
    ours, theirs = (_similarities(rows).masked_fill(itself, -1e4) / temperature for rows in (given, wanted))
    return functional.kl_div(ours.log_softmax(1), theirs.log_softmax(1), reduction="batchmean", log_target=True)


def _similarities(rows: Tensor) -> Tensor:
    rows = functional.normalize(rows, dim=1)
    return rows @ rows.T


def _label_loss(logits: Tensor, wanted: Wanted) -> Tensor:
    labelled = wanted.classes >= 0
    if not bool(labelled.any()):
        return logits.sum() * 0.0
    among = logits[labelled].masked_fill(~wanted.rivals[labelled], -1e4)
    return functional.cross_entropy(among, wanted.classes[labelled])
