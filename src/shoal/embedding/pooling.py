"""From whatever a layer gives to one vector per picture. Used in the engine process only."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch


def pooled(extractor: "torch.nn.Module", channels_last: bool = False) -> "torch.nn.Module":
    """A module that averages maps (n x c x h x w, or n x h x w x c) and tokens (n x t x c) of `extractor`.

    The extractor returns {"vectors": tensor}, as torchvision's feature extractors do.
    """
    import torch

    class Pooled(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.extractor = extractor

        def forward(self, pictures: torch.Tensor) -> torch.Tensor:
            values: torch.Tensor = self.extractor(pictures)["vectors"]
            if values.ndim == 4:
                return values.mean((1, 2) if channels_last else (2, 3))
            return values.mean(1) if values.ndim == 3 else values.flatten(1)

    return Pooled()
