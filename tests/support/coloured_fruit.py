"""Pictures of one colour each, and a small model that takes them for fruit: classes without a neural network."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from shoal.domain.extension_points import BackendSpec
from shoal.domain.geometry import EmbeddingKey
from shoal.domain.images import FoundImage, RgbImage
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.sentence import NOTHING as NOTHING_TO_SAY
from shoal.domain.sentence import Sentence

FRUIT = {"lemon": (951, (230, 220, 40)), "strawberry": (949, (220, 30, 40)), "cucumber": (943, (30, 140, 40))}
"""The number of the class, and the colour."""
NOTHING = (60, 60, 200)
"""A colour that it takes for nothing in particular."""
SURE = 0.9


def draw_fruit(folder: Path, counts: dict[str, int]) -> list[FoundImage]:
    """So many pictures of each fruit, or of "nothing": alike, and no two equal."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for name, count in counts.items():
        colour = np.array(FRUIT[name][1] if name in FRUIT else NOTHING)
        for number in range(count):
            pixels = np.broadcast_to(colour, (48, 48, 3)).astype(np.uint8).copy()
            pixels[number : number + 3, 20:30] = 128
            path = folder / f"{len(found):03}.png"
            Image.fromarray(pixels).save(path)
            found.append(FoundImage(path, ""))
    return found


class FruitClassifier:
    """`looks` counts the pictures that it was shown."""

    dimension = 4
    geometry = InputGeometry(16, 16, "squash")
    one_core_per_call = True
    remark = NOTHING_TO_SAY

    def __init__(self) -> None:
        self.key = EmbeddingKey("colour-fruit", "mean", "none", 16, "squash")
        self.looks = 0

    def embed(self, images: Sequence[RgbImage]) -> np.ndarray:
        return self.look(images)[0]

    def look(self, images: Sequence[RgbImage]) -> tuple[np.ndarray, np.ndarray]:
        self.looks += len(images)
        means = np.stack(images).reshape(len(images), -1, 3).mean(axis=1)
        rows = np.concatenate([means - 128, np.full((len(images), 1), 30)], axis=1)
        shares = np.full((len(images), 1000), (1 - SURE) / 999)
        for row, mean in enumerate(means):
            near = [number for number, colour in FRUIT.values() if np.abs(mean - colour).max() < 40]
            shares[row] = 0.001 if not near else shares[row]
            shares[row, near] = SURE
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32), shares.astype(np.float32)


SPEC = BackendSpec(
    "colour-fruit",
    Sentence("Fruit"),
    Sentence(""),
    load=lambda _options: FruitClassifier(),
    dimension=4,
    licence="",
    knows_classes=True,
)
