"""From whatever a layer gives to one vector per picture. Used in the engine only."""

import torch
from torch import Tensor, nn


class Pooled(nn.Module):
    """Averages maps (n x c x h x w, or n x h x w x c) and tokens (n x t x c) of torchvision's feature extractor.

    The extractor returns {"vectors": tensor}. `first_token`: the first, which stands for the whole picture, instead of
    the average.
    """

    def __init__(self, extractor: nn.Module, channels_last: bool = False, first_token: bool = False) -> None:
        super().__init__()
        self.extractor = extractor
        self.sides = (1, 2) if channels_last else (2, 3)
        self.first_token = first_token

    def forward(self, pictures: Tensor) -> Tensor:
        values: Tensor = self.extractor(pictures)["vectors"]
        if values.ndim == 4:
            return values.mean(self.sides)
        if values.ndim == 3:
            return values[:, 0] if self.first_token else values.mean(1)
        return values.flatten(1)


class Tokens(nn.Module):
    """Of tokens whose first stands for the picture: that one ("class"), the mean of the patches, or both in a row.

    The patches come after `before` others: the first, and registers.
    """

    def __init__(self, transformer: nn.Module, take: str, before: int = 1) -> None:
        super().__init__()
        self.transformer, self.take, self.before = transformer, take, before

    def forward(self, pictures: Tensor) -> Tensor:
        tokens: Tensor = self.transformer(pictures)
        first, patches = tokens[:, 0], tokens[:, self.before :].mean(1)
        return {"class": first, "patches": patches, "both": torch.cat([first, patches], 1)}[self.take]
