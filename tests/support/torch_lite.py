"""EfficientNet-Lite in torch, written from its description, to compare the program's graph with."""

import math
from collections import OrderedDict

import torch
from torch import Tensor, nn
from torch.nn import functional

STAGES = ((1, 16, 1, 1, 3), (6, 24, 2, 2, 3), (6, 40, 2, 2, 5), (6, 80, 3, 2, 3), (6, 112, 3, 1, 5), (6, 192, 4, 2, 5),
          (6, 320, 1, 1, 3))  # fmt: skip
"""Of each: widening, channels, blocks, stride of the first, side of the kernel; for width and depth 1."""


class SameConv(nn.Conv2d):
    """As TensorFlow pads: so that ceil(side / stride) places come out, what is odd to the right and below."""

    def forward(self, input: Tensor) -> Tensor:
        pads: list[int] = []
        for side, kernel, stride in zip(input.shape[:1:-1], self.kernel_size, self.stride, strict=True):
            missing = max(0, (math.ceil(side / stride) - 1) * stride + kernel - side)
            pads += [missing // 2, missing - missing // 2]
        return functional.conv2d(functional.pad(input, pads), self.weight, None, self.stride, 0, 1, self.groups)


def norm(channels: int) -> nn.BatchNorm2d:
    return nn.BatchNorm2d(channels, eps=1e-3)


class Block(nn.Module):
    def __init__(self, comes_in: int, widening: int, goes_out: int, stride: int, kernel: int) -> None:
        super().__init__()
        wide = comes_in * widening
        if widening > 1:
            self._expand_conv, self._bn0 = SameConv(comes_in, wide, 1, bias=False), norm(wide)
        self._depthwise_conv = SameConv(wide, wide, kernel, stride, groups=wide, bias=False)
        self._bn1 = norm(wide)
        self._project_conv, self._bn2 = SameConv(wide, goes_out, 1, bias=False), norm(goes_out)
        self.widens, self.joins = widening > 1, stride == 1 and comes_in == goes_out

    def forward(self, picture: Tensor) -> Tensor:
        value = functional.relu6(self._bn0(self._expand_conv(picture))) if self.widens else picture
        value = functional.relu6(self._bn1(self._depthwise_conv(value)))
        value = self._bn2(self._project_conv(value))
        return value + picture if self.joins else value


class TorchLite(nn.Module):
    """`forward` gives the mean of the last map, the thousand classes, and the map."""

    def __init__(self, width: float = 1.0, depth: float = 1.0) -> None:
        super().__init__()
        self._conv_stem, self._bn0 = SameConv(3, 32, 3, 2, bias=False), norm(32)
        blocks: list[Block] = []
        channels = 32
        for number, (widening, wide, repeats, stride, kernel) in enumerate(STAGES):
            goes_out = max(8, int(wide * width + 4) // 8 * 8)
            count = repeats if number in (0, len(STAGES) - 1) else math.ceil(repeats * depth)
            for place in range(count):
                blocks.append(Block(channels, widening, goes_out, stride if place == 0 else 1, kernel))
                channels = goes_out
        self._blocks = nn.ModuleList(blocks)
        self._conv_head, self._bn1 = SameConv(channels, 1280, 1, bias=False), norm(1280)
        self._fc = nn.Linear(1280, 1000)

    def forward(self, picture: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        value = functional.relu6(self._bn0(self._conv_stem(picture)))
        for block in self._blocks:
            value = block(value)
        value = functional.relu6(self._bn1(self._conv_head(value)))
        mean = value.mean((2, 3))
        return mean, self._fc(mean).softmax(1), value


def with_busy_norms(network: TorchLite) -> TorchLite:
    """Random statistics, so that leaving one out of the folding shows."""
    generator = torch.Generator().manual_seed(0)
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            for values, low, high in ((module.weight, 0.8, 1.6), (module.bias, -0.2, 0.6),
                                      (module.running_mean, -0.1, 0.1), (module.running_var, 0.3, 0.9)):  # fmt: skip
                assert values is not None
                values.data.uniform_(low, high, generator=generator)
    return network.eval()


def state_of(network: nn.Module) -> "OrderedDict[str, Tensor]":
    return OrderedDict(network.state_dict())
