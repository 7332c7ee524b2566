"""A network that stays in the engine process, on a graphics card or where it cannot be exported."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from shoal.domain.geometry import EmbeddingKey
from shoal.domain.images import RgbImage
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.sentence import NOTHING, Sentence
from shoal.domain.task import Caller, Task
from shoal.embedding.torch_engine import Place, dimension, embed_pixels
from shoal.embedding.torch_network import TorchNetwork
from shoal.embedding.unit_rows import unit_rows, with_a_direction


class EngineModel:
    """Pictures travel to the engine, vectors come back. Threads that call `embed` at once take turns."""

    one_core_per_call = False

    def __init__(
        self, engine: Caller, network: TorchNetwork, place: Place, task: Task, remark: Sentence = NOTHING
    ) -> None:
        self._engine, self._network, self._place = engine, network, place
        self.remark = remark
        self.dimension: int = engine.call(dimension, network, place, task=task)

    @property
    def key(self) -> EmbeddingKey:
        """Half the bits make slightly other vectors."""
        key = self._network.key
        return replace(key, preprocessing=f"{key.preprocessing} half") if self._place.half else key

    @property
    def geometry(self) -> InputGeometry:
        return self._network.how.geometry

    def embed(self, images: Sequence[RgbImage]) -> NDArray[np.float32]:
        return unit_rows(self.embed_raw(images))

    def embed_raw(self, images: Sequence[RgbImage]) -> NDArray[np.float32]:
        """As the network gives them, of any length."""
        if not len(images):
            return np.empty((0, self.dimension), np.float32)
        rows = np.empty((len(images), self.dimension), np.float32)
        for those in _by_shape(images):
            pixels = np.stack([images[place] for place in those])
            rows[those] = self._engine.call(embed_pixels, self._network, self._place, pixels, task=Task())
        return with_a_direction(rows)


def _by_shape(images: Sequence[RgbImage]) -> list[list[int]]:
    """Places of images that go together: all of them, but where the network is shown pictures that are no squares."""
    places: dict[tuple[int, ...], list[int]] = {}
    for place, image in enumerate(images):
        places.setdefault(image.shape, []).append(place)
    return list(places.values())
