"""Muon: momentum whose matrices are made orthogonal before each step (Jordan et al. 2024), and AdamW for the rest.

Convolutions here are followed by a batch normalisation, so only their direction counts: their length is held fixed and
the learning rate is the angle turned per step.
"""

from collections.abc import Callable, Iterable

import torch
from torch import Tensor, nn

Mapper = Callable[[Callable[[Tensor], Tensor], Iterable[Tensor]], Iterable[Tensor]]


class Muon:
    """For the weights of convolutions only. `mapper` may spread the matrices over threads."""

    def __init__(self, weights: list[nn.Parameter], momentum: float, mapper: Mapper = map) -> None:
        self._weights = weights
        self._momentum = momentum
        self._mapper = mapper
        self.velocities = [torch.zeros_like(weight) for weight in weights]

    @torch.no_grad()
    def step(self, rate: float) -> None:
        gradients = [weight.grad for weight in self._weights if weight.grad is not None]
        torch._foreach_mul_(self.velocities, self._momentum)
        torch._foreach_add_(self.velocities, gradients)
        looking_ahead = torch._foreach_add(gradients, self.velocities, alpha=self._momentum)
        for weight, turn in zip(self._weights, self._mapper(orthogonal, looking_ahead), strict=True):
            weight.mul_(len(weight) ** 0.5 / weight.norm())
            weight.sub_(turn, alpha=rate * (len(weight) / turn.norm().square()).sqrt().item())


def orthogonal(matrix: Tensor, rounds: int = 4) -> Tensor:
    """Near the closest matrix with orthonormal rows (or columns), by five-term Newton-Schulz steps."""
    rows = matrix.reshape(len(matrix), -1)
    tall = rows.shape[0] > rows.shape[1]
    near = (rows.T if tall else rows) / (rows.norm() + 1e-7)
    for _ in range(rounds):
        square = near @ near.T
        near = 3.4445 * near + (-4.7750 * square + 2.0315 * square @ square) @ near
    turned: Tensor = near.T if tall else near
    return turned.reshape(matrix.shape)
