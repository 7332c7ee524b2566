"""Random views of pictures and the teacher's targets for exactly those views, whole batches at a time.

A view is a box and perhaps a mirror. Pictures are resampled by two small matrices per picture (rows, then columns),
which is one batched product, smooths when it shrinks, and costs a few percent of a training step.
"""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

_LUMA = (0.299, 0.587, 0.114)


@dataclass(frozen=True, slots=True)
class Boxes:
    """Where each view looks: `start` and `length` are N x 2 (row, column) as parts of the picture; `mirrored` N."""

    start: Tensor
    length: Tensor
    mirrored: Tensor


def random_boxes(random: np.random.Generator, count: int, smallest_area: float) -> Boxes:
    area = random.uniform(smallest_area, 1.0, count)
    aspect = np.exp(random.uniform(np.log(3 / 4), np.log(4 / 3), count))
    length = np.minimum(np.stack([np.sqrt(area * aspect), np.sqrt(area / aspect)], 1), 1.0)
    start = random.uniform(size=(count, 2)) * (1 - length)
    return Boxes(_tensor(start), _tensor(length), torch.from_numpy(random.uniform(size=count) < 0.5))


def resample(grids: Tensor, boxes: Boxes, size: int) -> Tensor:
    """`grids` N x H x W x C (any number type) seen through the boxes: N x C x size x size (float32)."""
    height, width, channels = grids.shape[1:]
    rows = _weights(boxes.start[:, 0], boxes.length[:, 0], height, size)
    columns = _weights(boxes.start[:, 1], boxes.length[:, 1], width, size)
    columns = torch.where(boxes.mirrored[:, None, None], columns.flip(1), columns)
    narrow = torch.bmm(rows, grids.float().reshape(len(grids), height, width * channels))
    narrow = narrow.reshape(len(grids), size, width, channels).transpose(1, 2).reshape(len(grids), width, -1)
    seen = torch.bmm(columns, narrow).reshape(len(grids), size, size, channels)
    return seen.permute(0, 3, 2, 1)


def _weights(start: Tensor, length: Tensor, extent: int, size: int) -> Tensor:
    """N x size x extent triangle weights, as wide as the step where the view shrinks (antialiased bilinear)."""
    step = length * extent / size
    centres = start[:, None] * extent + (torch.arange(size, device=start.device) + 0.5) * step[:, None]
    pixels = torch.arange(extent, device=start.device) + 0.5
    distance = (pixels - centres[..., None]).abs() / step.clamp(min=1.0)[:, None, None]
    weights = (1 - distance).clamp(min=0)
    return weights / weights.sum(2, keepdim=True)


def jitter_colours(random: np.random.Generator, pixels: Tensor, strength: float) -> Tensor:
    """Brightness, contrast and saturation of each picture changed a little. `pixels` N x 3 x H x W, 0 to 255."""
    factors = _tensor(random.uniform(1 - strength, 1 + strength, (3, len(pixels), 1, 1, 1))).to(pixels.device)
    brightness, contrast, saturation = factors.unbind()
    grey = (pixels * torch.tensor(_LUMA, device=pixels.device).view(1, 3, 1, 1)).sum(1, keepdim=True)
    coloured = grey + (pixels - grey) * saturation
    middle = grey.mean((2, 3), keepdim=True)
    lit: Tensor = (middle + (coloured - middle) * contrast) * brightness
    return lit.clamp(0, 255)


def _tensor(values: NDArray[np.float64]) -> Tensor:
    return torch.from_numpy(values.astype(np.float32))
