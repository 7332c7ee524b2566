"""Folders of small pictures that code draws, and backends that count, fail or wait, for tests of the extraction."""

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock

import numpy as np
from PIL import Image
from tests.support.untouched import watch

from shoal.domain.errors import OutOfMemory
from shoal.domain.geometry import EmbeddingKey
from shoal.domain.images import FoundImage, RgbImage
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.sentence import NOTHING


def draw(seed: int, width: int = 64, height: int = 48) -> RgbImage:
    """A few coloured rectangles on a gradient; another picture for each seed."""
    random = np.random.default_rng(seed)
    gradient = np.linspace(random.integers(0, 256, 3), random.integers(0, 256, 3), height)[:, None]
    picture = np.broadcast_to(gradient, (height, width, 3)).astype(np.uint8)
    for _ in range(4):
        left, top = random.integers(0, width // 2), random.integers(0, height // 2)
        picture[top : top + height // 3, left : left + width // 3] = random.integers(0, 256, 3)
    return picture


def write_pictures(folder: Path, count: int, first_seed: int = 0, side: int = 64) -> list[FoundImage]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{number:05}.jpg" for number in range(first_seed, first_seed + count)]
    for number, path in enumerate(paths, first_seed):
        Image.fromarray(draw(number, side, side * 3 // 4)).save(path, quality=85)
    watch(folder)
    return [FoundImage(path, folder.name) for path in paths]


class MeanColours:
    """A backend for tests: the colours of a 2 x 2 reduction. `before` is called with every batch before it is done.

    `fits` is how many pictures go at once before memory is exhausted; `batches` are the sizes that were done.
    """

    dimension = 13
    geometry = InputGeometry(16, 16, "squash")
    remark = NOTHING

    def __init__(
        self,
        model: str = "mean-colours",
        before: Callable[[int], None] = lambda _count: None,
        fits: int | None = None,
        one_core_per_call: bool = True,
    ) -> None:
        self.key = EmbeddingKey(model, "mean", "none", 16, "squash")
        self.one_core_per_call = one_core_per_call
        self.batches: list[int] = []
        self._before = before
        self._fits = fits
        self._lock = Lock()

    @property
    def embedded(self) -> int:
        return sum(self.batches)

    def embed(self, images: Sequence[RgbImage]) -> np.ndarray:
        if self._fits is not None and len(images) > self._fits:
            raise OutOfMemory
        self._before(len(images))
        with self._lock:
            self.batches.append(len(images))
        means = np.stack(images).reshape(len(images), 2, 8, 2, 8, 3).mean(axis=(2, 4)).reshape(len(images), 12)
        rows = np.concatenate([means, np.ones((len(images), 1))], axis=1)
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
