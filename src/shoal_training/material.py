"""Everything a training step draws from: bytes of pictures, the teacher's maps, classes, and how often to show what."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from shoal_training.dataset import PictureSet
from shoal_training.losses import Wanted
from shoal_training.targets import Targets
from shoal_training.views import jitter_colours, random_boxes, resample

PIXEL_MEAN = (123.7, 116.3, 103.5)
PIXEL_STD = (58.4, 57.1, 57.4)
_FEWEST_PER_CLASS = 3.0


@dataclass(frozen=True, slots=True)
class Classes:
    """`of_row` N (-1: no usable label), `rival` C x C: which classes come from the same source."""

    of_row: NDArray[np.int64]
    rival: NDArray[np.bool_]


def find_classes(pictures: PictureSet) -> Classes:
    """One class per label of every source that has several pictures of each; other sources count as unlabelled."""
    pairs = list(zip(pictures.sources, pictures.labels, strict=True))
    usable = {source for source in set(pictures.sources) if _teaches_classes(source, pairs)}
    names = sorted({pair for pair in pairs if pair[0] in usable})
    number = {pair: index for index, pair in enumerate(names)}
    sources = np.array([source for source, _ in names])
    of_row = np.array([number.get(pair, -1) for pair in pairs])
    return Classes(of_row, sources[:, None] == sources[None, :])


def _teaches_classes(source: str, pairs: list[tuple[str, str]]) -> bool:
    labels = [label for known, label in pairs if known == source]
    return 1 < len(set(labels)) <= len(labels) / _FEWEST_PER_CLASS


@dataclass(frozen=True, slots=True)
class Mixture:
    """How much each source counts. balance 1: every picture alike, 0: every source alike; then times its emphasis."""

    balance: float = 0.5
    emphasis: Mapping[str, float] = field(default_factory=dict)


def showing_chances(sources: tuple[str, ...], mixture: Mixture) -> NDArray[np.float64]:
    """Chance of each row."""
    names, index, counts = np.unique(np.array(sources), return_inverse=True, return_counts=True)
    emphasis = np.array([mixture.emphasis.get(str(name), 1.0) for name in names])
    of_source = emphasis * counts.astype(float) ** mixture.balance / counts
    chances = of_source[index]
    return np.asarray(chances / chances.sum())


@dataclass(frozen=True, slots=True)
class ViewSettings:
    size: int
    smallest_area: float = 0.35
    colour_jitter: float = 0.2


class Material:
    def __init__(self, pictures: PictureSet, targets: Targets, mixture: Mixture, whitening: float, seed: int) -> None:
        self.classes = find_classes(pictures)
        self._pixels = pictures.pixels
        self._maps = targets.maps
        self._cumulative = np.cumsum(showing_chances(pictures.sources, mixture) * targets.known)
        self._scale = torch.from_numpy(targets.basis.variances ** np.float32(-whitening / 2))
        self._rival = torch.from_numpy(self.classes.rival)
        self._seed = seed
        self.usable = int(targets.known.sum())
        self.components = len(targets.basis.variances)

    def draw(self, step: int, part: int, count: int, look: ViewSettings, device: torch.device) -> tuple[Tensor, Wanted]:
        """Pictures (count x 3 x size x size, normalised) and what is wanted of them; fixed by step, part and seed."""
        random = np.random.default_rng((self._seed, step, part))
        rows = np.searchsorted(self._cumulative, random.random(count) * self._cumulative[-1], side="right")
        boxes = random_boxes(random, count, look.smallest_area)
        pixels = resample(torch.from_numpy(self._pixels[rows]), boxes, look.size)
        pictures = normalised(jitter_colours(random, pixels, look.colour_jitter))
        maps = torch.from_numpy(self._maps[rows]).float() * self._scale
        grid = resample(maps, boxes, min(maps.shape[1], max(2, look.size // 16)))
        classes = torch.from_numpy(self.classes.of_row[rows])
        rivals = self._rival[classes.clamp(min=0)] if len(self._rival) else torch.zeros(count, 0, dtype=torch.bool)
        wanted = Wanted(grid.to(device), classes.to(device), rivals.to(device))
        return pictures.to(device, memory_format=torch.channels_last), wanted


def normalised(pixels: Tensor) -> Tensor:
    """N x 3 x H x W from 0..255 to what the student takes."""
    mean = torch.tensor(PIXEL_MEAN, device=pixels.device).view(1, 3, 1, 1)
    std = torch.tensor(PIXEL_STD, device=pixels.device).view(1, 3, 1, 1)
    return (pixels - mean) / std
