"""One training step, spread over threads: each takes the next part of the batch when it is ready for more.

A thread that loses its core to another program then delays nobody, and one thread per core needs no barrier inside
an operation. With one thread everything is exactly repeatable.
"""

import copy
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from shoal_training.losses import LossWeights, distillation_loss
from shoal_training.material import Material, ViewSettings
from shoal_training.optimiser import Muon
from shoal_training.student import Student, in_channels_last


@dataclass(frozen=True, slots=True)
class StepSettings:
    """A batch is `parts` x `part_size` pictures. `adam_rate` is a part of the learning rate given to `step`."""

    parts: int = 6
    part_size: int = 48
    momentum: float = 0.9
    adam_rate: float = 0.05
    weight_decay: float = 0.01
    average_decay: float = 0.998


class Trainer:
    """Owns the student, its running average (`average`, the one to use) and the optimisers' state."""

    def __init__(
        self, student: Student, material: Material, losses: LossWeights, settings: StepSettings, threads: int
    ) -> None:
        self.student = in_channels_last(student).train()
        self.average = copy.deepcopy(self.student).eval()
        self._material, self._losses, self._settings = material, losses, settings
        self._copies = [self.student, *(copy.deepcopy(self.student) for _ in range(threads - 1))]
        self._pool = ThreadPoolExecutor(threads)
        matrices = [weight for weight in self.student.body_parameters() if weight.ndim == 4 and weight.shape[1] > 3]
        chosen = {id(weight) for weight in matrices}
        others = [weight for weight in self.student.parameters() if id(weight) not in chosen]
        self._muon = Muon(matrices, settings.momentum, self._pool.map)
        self._adam = torch.optim.AdamW(others, betas=(0.9, 0.99), weight_decay=settings.weight_decay, foreach=True)

    def step(self, number: int, look: ViewSettings, rate: float) -> dict[str, float]:
        """Learn from one batch; the mean of each part of the loss."""
        parts = iter(range(self._settings.parts))  # shared: a thread takes the next number when it is free
        work = [self._pool.submit(self._learn_parts, model, parts, number, look) for model in self._copies]
        reports = [report for future in work for report in future.result()]
        self._gather_gradients()
        for group in self._adam.param_groups:
            group["lr"] = rate * self._settings.adam_rate
        self._muon.step(rate)
        self._adam.step()
        self._share_weights(number)
        return {name: sum(report[name] for report in reports) / len(reports) for name in reports[0]}

    def _learn_parts(
        self, model: Student, parts: Iterator[int], number: int, look: ViewSettings
    ) -> list[dict[str, float]]:
        reports = []
        for part in parts:
            pictures, wanted = self._material.draw(number, part, self._settings.part_size, look, model.device)
            losses = distillation_loss(model(pictures), wanted, self._losses)
            (torch.stack(list(losses.values())).sum() / self._settings.parts).backward()  # type: ignore[no-untyped-call]
            reports.append({name: value.item() for name, value in losses.items()})
        return reports

    def _gather_gradients(self) -> None:
        ours = list(self.student.parameters())
        for model in self._copies[1:]:
            for mine, theirs in zip(ours, model.parameters(), strict=True):
                if theirs.grad is not None:
                    mine.grad = theirs.grad.clone() if mine.grad is None else mine.grad.add_(theirs.grad)

    @torch.no_grad()
    def _share_weights(self, number: int) -> None:
        ours = _tensors(self.student)
        for model in self._copies:
            if model is not self.student:
                torch._foreach_copy_(_tensors(model), ours)
            model.zero_grad(set_to_none=True)
        decay = min(self._settings.average_decay, (1 + number) / (10 + number))
        torch._foreach_lerp_(_tensors(self.average), ours, 1 - decay)
        for averaged, *statistics in zip(self.average.buffers(), *(m.buffers() for m in self._copies), strict=True):
            if averaged.is_floating_point():
                averaged.lerp_(torch.stack(statistics).mean(0), 1 - decay)

    def state(self) -> dict[str, Any]:
        return {
            "students": [model.state_dict() for model in self._copies],
            "average": self.average.state_dict(),
            "velocities": self._muon.velocities,
            "adam": self._adam.state_dict(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Another number of threads than before is fine; then batch statistics are shared out anew."""
        stored = state["students"]
        for index, model in enumerate(self._copies):
            model.load_state_dict(stored[min(index, len(stored) - 1)])
        self.average.load_state_dict(state["average"])
        for velocity, kept in zip(self._muon.velocities, state["velocities"], strict=True):
            velocity.copy_(kept)
        self._adam.load_state_dict(state["adam"])

    def close(self) -> None:
        self._pool.shutdown()


def _tensors(student: Student) -> list[Tensor]:
    return list(student.parameters())
