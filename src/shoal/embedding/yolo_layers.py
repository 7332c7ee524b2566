"""Which layers of a YOLO make the vector, and a network that stops there.

Layers are counted as Ultralytics counts them, from 0, and named like that: `22`, or several, `4,6,9`, whose vectors
are joined. Negative numbers count from the layer before the head: -1 is that layer, which is also what is taken when
nothing is said. (A widespread tutorial takes -1 for that layer in `YOLO.embed`, where it is the head.) A layer's map
is averaged over the picture, as `YOLO.embed` does it, or with `max` behind the number its largest values are taken:
`8 max` is what the first nine layers see anywhere in the picture, and `8 grid` where: the map is max-pooled 3 x 3, then
2 x 2, and laid out in a row, as recipes for YOLOv5 do it (nine numbers a channel at 640 pixels).
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from shoal.domain.errors import ModelUnavailable
from shoal.domain.sentence import Sentence

if TYPE_CHECKING:
    import torch

_POOLINGS: dict[str, "Pooling"] = {"mean": "mean", "max": "max", "grid": "grid"}
_WRITTEN = re.compile(r"\s*(-?\d+(?:\s*,\s*-?\d+)*)\s*(max|mean|grid)?\s*")


Pooling = Literal["mean", "max", "grid"]


@dataclass(frozen=True, slots=True)
class LayerChoice:
    """`indices` ascending, each once. `pooling`: the mean of each channel, its largest value, or the largest ones of
    a grid of fields."""

    indices: tuple[int, ...]
    pooling: Pooling = "mean"

    def __str__(self) -> str:
        return ",".join(map(str, self.indices)) + ("" if self.pooling == "mean" else f" {self.pooling}")


def choose_layers(written: str, head: int) -> LayerChoice:
    """`head` is the index of the network's last layer. Raises `ModelUnavailable` for one that gives no map."""
    if not written.strip():
        return LayerChoice((head - 1,))
    match = _WRITTEN.fullmatch(written)
    if match is None:
        raise _no_layer(written, head)
    numbers = [int(number) for number in match[1].split(",")]
    indices = {number if number >= 0 else head + number for number in numbers}
    if head in indices:
        raise ModelUnavailable(
            Sentence("Layer {head} is the head of this network: it gives boxes or classes, and no vector.", head=head),
            Sentence("Take {layer}, the layer before it; -1 is that layer, too.", layer=head - 1),
        )
    if min(indices) < 0 or max(indices) > head:
        raise _no_layer(written, head)
    return LayerChoice(tuple(sorted(indices)), _POOLINGS[match[2] or "mean"])


def _no_layer(written: str, head: int) -> ModelUnavailable:
    return ModelUnavailable(
        Sentence("This network has no layer {layer}.", layer=repr(written)),
        Sentence("Choose from 0 to {last}, or several, such as 4,6,9; -1 is the last before the head.", last=head - 1),
    )


def pooled_layers(model: Any, choice: LayerChoice) -> "torch.nn.Module":
    """In the engine: from n x 3 x S x S pictures (0 to 1) to the pooled maps of the chosen layers, side by side."""
    import torch

    def pooled(values: torch.Tensor, how: Pooling) -> torch.Tensor:
        if how == "grid":
            return torch.nn.functional.max_pool2d(torch.nn.functional.max_pool2d(values, 3), 2).flatten(1)
        return values.amax((2, 3)) if how == "max" else values.mean((2, 3))

    class PooledLayers(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.trunk = trunk(model, choice.indices[-1], choice.indices)

        def forward(self, pictures: torch.Tensor) -> torch.Tensor:
            return torch.cat([pooled(level, choice.pooling) for level in self.trunk(pictures)], 1)

    return PooledLayers()


def trunk(model: Any, last: int, wanted: tuple[int, ...]) -> "torch.nn.Module":
    """The network up to `last`: from pictures to the list of the `wanted` layers' maps."""
    import torch

    class Trunk(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.layers = torch.nn.ModuleList(list(model.model)[: last + 1])

        def forward(self, pictures: torch.Tensor) -> list[torch.Tensor]:
            maps: list[Any] = []
            layer: Any
            for layer in self.layers:
                sources = [layer.f] if isinstance(layer.f, int) else layer.f
                before = maps[-1] if maps else pictures
                inputs = [before if source == -1 else maps[source] for source in sources]
                maps.append(layer(inputs[0] if isinstance(layer.f, int) else inputs))
            return [maps[index] for index in wanted]

    return Trunk()
