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
from shoal.embedding.unit_rows import unit_rows


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
        if not len(images):
            return np.empty((0, self.dimension), np.float32)
        rows = self._engine.call(embed_pixels, self._network, self._place, np.stack(images), task=Task())
        return unit_rows(rows)
