"""The small network: plain convolutions only, because they train and run fast on a processor.

Four stages at 1/4, 1/8, 1/16 and 1/32 of the input size. Early stages are narrow and late ones wide: most of the
weights sit where there are few positions, so that 12 MB of weights cost little time.
"""

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True, slots=True)
class StudentShape:
    """`widths` of the four stages, `depths` their residual blocks, `inner` the channels inside a block."""

    stem: int = 24
    widths: tuple[int, int, int, int] = (64, 128, 256, 512)
    depths: tuple[int, int, int, int] = (0, 2, 4, 3)
    inner: tuple[int, int, int, int] = (48, 64, 96, 192)
    targets: int = 256
    classes: int = 0


class Answers(NamedTuple):
    """What the losses look at: `features` N x F, `projected` N x K, two N x K x h x w maps, `classes` N x C."""

    features: Tensor
    projected: Tensor
    late_map: Tensor
    middle_map: Tensor
    classes: Tensor


def convolution(before: int, after: int, size: int = 3, stride: int = 1, groups: int = 1) -> list[nn.Module]:
    layer = nn.Conv2d(before, after, size, stride, size // 2, groups=groups, bias=False)
    nn.init.kaiming_normal_(layer.weight, mode="fan_out", nonlinearity="relu")
    return [layer, nn.BatchNorm2d(after)]


class Residual(nn.Module):
    """Adds what its path finds to what it saw."""

    def __init__(self, *path: nn.Module) -> None:
        super().__init__()
        self.path = nn.Sequential(*path)

    def forward(self, seen: Tensor) -> Tensor:
        return functional.relu(seen + self.path(seen), inplace=True)


def narrow(width: int, inner: int) -> Residual:
    """3x3 down to few channels, 1x1 back."""
    return Residual(*convolution(width, inner), nn.ReLU(inplace=True), *convolution(inner, width, 1))


def bottleneck(width: int, inner: int) -> Residual:
    """1x1 down, 3x3 on few channels, 1x1 back."""
    down = [*convolution(width, inner, 1), nn.ReLU(inplace=True)]
    across = [*convolution(inner, inner), nn.ReLU(inplace=True)]
    return Residual(*down, *across, *convolution(inner, width, 1))


class Student(nn.Module):
    def __init__(self, shape: StudentShape) -> None:
        super().__init__()
        one, two, three, four = shape.widths
        inner, depths = shape.inner, shape.depths
        self.early = nn.Sequential(
            *convolution(3, shape.stem, stride=2),
            nn.ReLU(inplace=True),
            *convolution(shape.stem, one, stride=2),
            nn.ReLU(inplace=True),
            *(narrow(one, inner[0]) for _ in range(depths[0])),
            *convolution(one, two, stride=2),
            nn.ReLU(inplace=True),
            *(narrow(two, inner[1]) for _ in range(depths[1])),
            *convolution(two, three, stride=2),
            nn.ReLU(inplace=True),
            *(narrow(three, inner[2]) for _ in range(depths[2])),
        )
        self.late = nn.Sequential(
            *convolution(three, four, stride=2, groups=4),
            nn.ReLU(inplace=True),
            *(bottleneck(four, inner[3]) for _ in range(depths[3])),
        )
        self.project = nn.Conv2d(four, shape.targets, 1)
        self.project_middle = nn.Conv2d(three, shape.targets, 1)
        self.classify = nn.Linear(four, shape.classes)

    def forward(self, pictures: Tensor) -> Answers:
        """`pictures` N x 3 x S x S, any S from 32 up, normalised."""
        middle = self.early(pictures)
        late = self.late(middle)
        features = late.mean((2, 3))
        late_map = self.project(late)
        return Answers(features, late_map.mean((2, 3)), late_map, self.project_middle(middle), self.classify(features))

    def levels(self) -> list[nn.Sequential]:
        """The body in the pieces whose ends are looked at: up to 1/8 of the input size, to 1/16, to 1/32."""
        halvings = [i for i, layer in enumerate(self.early) if isinstance(layer, nn.Conv2d) and layer.stride[0] == 2]
        layers = list(self.early)
        return [nn.Sequential(*layers[: halvings[-1]]), nn.Sequential(*layers[halvings[-1] :]), self.late]

    def pooled(self, pictures: Tensor) -> Tensor:
        """Mean and deviation of every channel at three levels, N x F: how much of it there is, and how unevenly."""
        found = []
        for level in self.levels():
            pictures = level(pictures)
            mean = pictures.mean((2, 3))
            variance = pictures.square().mean((2, 3)) - mean.square()
            found += [mean, variance.clamp(min=0).sqrt()]
        return torch.cat(found, 1)

    @property
    def device(self) -> torch.device:
        return self.project.weight.device

    def body_parameters(self) -> list[nn.Parameter]:
        """The weights of what is shipped, without the heads that only training needs."""
        return [*self.early.parameters(), *self.late.parameters()]


def in_channels_last(student: Student) -> Student:
    """The same student with its weights laid out as processors like them."""
    for weight in student.parameters():
        if weight.ndim == 4:
            weight.data = weight.data.to(memory_format=torch.channels_last)
    return student
