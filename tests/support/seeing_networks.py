"""A network of a few lines that says where it looks, and pictures that have something to look at."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from shoal.domain.geometry import EmbeddingKey
from shoal.domain.images import FoundImage, RgbImage

Box = tuple[int, int, int, int]
GREEN, GREY = (30, 120, 40), (120, 120, 120)


class SeesBright:
    """Looks at whatever is bright: three channels of means over steps of 32 pixels, and one that is always on."""

    key = EmbeddingKey("sees-bright", "map", "none", 320, "any size")

    def __init__(self) -> None:
        self.asked = 0

    def maps(self, images: Sequence[RgbImage]) -> NDArray[np.float32]:
        self.asked += len(images)
        return np.stack([_blocks(image) for image in images])


def _blocks(image: RgbImage) -> NDArray[np.float32]:
    rows, columns = image.shape[0] // 32, image.shape[1] // 32
    means = image.reshape(rows, 32, columns, 32, 3).mean(axis=(1, 3)).transpose(2, 0, 1) / 255
    return np.concatenate([means**4 * 20, np.ones((1, rows, columns))]).astype(np.float32)


def scene(thing: tuple[int, int, int], ground: tuple[int, int, int], box: Box, size: tuple[int, int]) -> Image.Image:
    """A bright thing on a dark ground that has a grain, so that it is no border."""
    grain = np.random.default_rng(box[0]).integers(-20, 20, (size[1], size[0], 1))
    picture = Image.fromarray((np.full((size[1], size[0], 3), ground) + grain).clip(0, 255).astype(np.uint8))
    ImageDraw.Draw(picture).rectangle(box, fill=thing)
    return picture


def write_scenes(folder: Path, boxes: Sequence[Box], things: Sequence[tuple[int, int, int]]) -> list[FoundImage]:
    """A picture for each box, of 640 x 480 pixels."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for number, (box, thing) in enumerate(zip(boxes, things, strict=True)):
        path = folder / f"{number}.png"
        scene(thing, GREEN if number % 2 else (60, 40, 30), box, (640, 480)).save(path)
        found.append(FoundImage(path, folder.name))
    return found
