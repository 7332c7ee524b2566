"""Models whose vectors are kept at the length that the network gives them, for recipes that want it so."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from shoal.domain.extension_points import EmbeddingBackend, RawBackend
from shoal.domain.geometry import EmbeddingKey
from shoal.domain.images import RgbImage
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.sentence import Sentence
from shoal.looking.given_vectors import GivenVectors


@runtime_checkable
class _RawClassifier(RawBackend, Protocol):
    def look_raw(self, images: Sequence[RgbImage]) -> tuple[NDArray[np.float32], NDArray[np.float32]]: ...


class RawModel:
    """As the model inside, under a key of its own; `embed` gives rows of any length."""

    def __init__(self, inner: RawBackend) -> None:
        self._inner = inner
        self.dimension: int = inner.dimension
        self.geometry: InputGeometry = inner.geometry
        self.one_core_per_call: bool = inner.one_core_per_call
        self.remark: Sentence = inner.remark
        self.key: EmbeddingKey = replace(inner.key, preprocessing=f"{inner.key.preprocessing} raw")

    def embed(self, images: Sequence[RgbImage]) -> NDArray[np.float32]:
        return self._inner.embed_raw(images)


class RawClassifier(RawModel):
    """Likewise, for one that also says what it takes pictures for."""

    def __init__(self, inner: _RawClassifier) -> None:
        super().__init__(inner)
        self.look = inner.look_raw


def with_lengths(backend: EmbeddingBackend) -> EmbeddingBackend:
    """The model itself where its vectors never had another length."""
    if isinstance(backend, _RawClassifier):
        return RawClassifier(backend)
    return RawModel(backend) if isinstance(backend, RawBackend) else backend


def keeps_lengths(backend: EmbeddingBackend) -> bool:
    return isinstance(backend, RawModel | GivenVectors)
