"""Pictures of coloured boxes on grey, and a small model that finds them: objects without a neural network."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from shoal.domain.extension_points import FoundObjects
from shoal.domain.geometry import EmbeddingKey
from shoal.domain.images import FoundImage, RgbImage
from shoal.domain.input_geometry import InputGeometry, letterbox_place
from shoal.domain.sentence import NOTHING

COLOURS = {"red": (230, 20, 20), "green": (20, 200, 20), "blue": (20, 20, 230)}
Box = tuple[int, int, int, int]


def draw_scene(
    path: Path, things: Mapping[str, Box], width: int = 160, height: int = 120, shade: int = 128
) -> FoundImage:
    """`things`: left, top, right, bottom for each colour, in pixels."""
    picture = np.full((height, width, 3), shade, np.uint8)
    for colour, (left, top, right, bottom) in things.items():
        picture[top:bottom, left:right] = COLOURS[colour]
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(picture).save(path)
    return FoundImage(path, path.parent.name)


class ColourFinder:
    """Finds one box of each colour, the surer the wider it is. `looks` counts the pictures it was given."""

    dimension = 4
    geometry = InputGeometry(80, 80, "letterbox", "point")
    one_core_per_call = True
    remark = NOTHING
    kinds = tuple(COLOURS)

    def __init__(self) -> None:
        self.key = EmbeddingKey("colour-finder", "objects", "none", 80, "letterbox")
        self.looks = 0

    def embed(self, images: Sequence[RgbImage]) -> np.ndarray:
        return np.stack([found.whole for found in self.find(images, [image.shape[1::-1] for image in images])])

    def find(self, images: Sequence[RgbImage], sizes: Sequence[tuple[int, int]]) -> list[FoundObjects]:
        self.looks += len(images)
        return [self._find(image, size) for image, size in zip(images, sizes, strict=True)]

    def _find(self, image: RgbImage, size: tuple[int, int]) -> FoundObjects:
        scale, left, top = letterbox_place(self.geometry.size, *size)
        rows = []
        for number, colour in enumerate(COLOURS.values()):
            near = (np.abs(image.astype(int) - colour).max(axis=2) < 60).nonzero()
            if len(near[0]):
                corners = [near[1].min() - left, near[0].min() - top, near[1].max() + 1 - left, near[0].max() + 1 - top]
                box = np.array(corners) / scale
                rows.append((min(1.0, 0.3 + (box[2] - box[0]) / size[0]), number, box))
        rows.sort(key=lambda row: -row[0])
        vectors = np.array([[*np.eye(3)[number], 0.1] for _, number, _ in rows]).reshape(-1, 4)
        return FoundObjects(
            np.array([box for *_, box in rows], np.float32).reshape(-1, 4),
            tuple(list(COLOURS)[number] for _, number, _ in rows),
            np.array([sure for sure, *_ in rows], np.float32),
            (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32),
            np.array([0, 0, 0, 1], np.float32),
        )
