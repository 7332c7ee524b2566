"""Networks of a few lines for the engine, each with one trait. `build` functions, as families write them."""

from typing import Any

import torch
from torch import nn

from shoal.embedding.torch_network import TorchNetwork


class Means(nn.Module):
    """The mean of each channel and of its square: n x 6."""

    def forward(self, pictures: torch.Tensor) -> torch.Tensor:
        return torch.cat([pictures.mean((2, 3)), (pictures**2).mean((2, 3))], 1)


class Forgetful(Means):
    """Gives something else every time, so that no export can agree with it."""

    def forward(self, pictures: torch.Tensor) -> torch.Tensor:
        return super().forward(pictures) * torch.rand(6)


class Greedy(Means):
    """Has memory for two pictures, and says so in the words of one device or another."""

    def __init__(self, error: type[Exception], words: str) -> None:
        super().__init__()
        self.error, self.words = error, words

    def forward(self, pictures: torch.Tensor) -> torch.Tensor:
        if len(pictures) > 2:
            raise self.error(self.words)
        return super().forward(pictures)


def means(_network: TorchNetwork) -> Any:
    return Means()


def forgetful(_network: TorchNetwork) -> Any:
    return Forgetful()


def greedy_on_a_mac(_network: TorchNetwork) -> Any:
    return Greedy(RuntimeError, "MPS backend out of memory (MPS allocated: 9 GB)")


def greedy_on_a_card(_network: TorchNetwork) -> Any:
    return Greedy(torch.OutOfMemoryError, "CUDA out of memory. Tried to allocate 2 GiB")


def broken(_network: TorchNetwork) -> Any:
    return Greedy(RuntimeError, "shapes do not match")
