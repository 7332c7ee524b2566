"""The two sockets a newcomer can plug into: an embedding backend and a clustering algorithm."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from shoal.domain.geometry import EmbeddingKey, EmbeddingMatrix, InputGeometry, NeighbourGraph
from shoal.domain.images import RgbImage
from shoal.domain.task import Task


class EmbeddingBackend(Protocol):
    """A loaded model. `embed` may be called from several threads at once."""

    @property
    def key(self) -> EmbeddingKey: ...

    @property
    def dimension(self) -> int: ...

    @property
    def geometry(self) -> InputGeometry: ...

    @property
    def one_core_per_call(self) -> bool:
        """True: `embed` computes on the thread that calls it, so call it from one thread per core.

        False: a device (or threads of its own) does the work, and one caller keeps it busy.
        """
        ...

    @property
    def remark(self) -> str:
        """What the user should know about how it was loaded; empty if nothing."""
        ...

    def embed(self, images: Sequence[RgbImage]) -> NDArray[np.float32]:
        """Return one unit-length row of `dimension` numbers per image, the same in any batch.

        Images are `geometry.size` x `geometry.size` x 3. Raises `OutOfMemory` if the batch does not fit.
        """
        ...


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """What a user may say about a model besides its name. `source` is what follows the colon in `onnx:FILE`.

    `preprocessing` says how pictures are prepared for it: a JSON file, or the name of a usual scaling.
    """

    source: str = ""
    preprocessing: str = ""
    device: str = "auto"
    layer: str = ""
    weights: Path | None = None
    trust_weights: bool = False


@dataclass(frozen=True, slots=True)
class BackendSpec:
    """Everything the window and the command line need to offer a backend without importing its libraries.

    `dimension` 0 means that it depends on the file. `batch_size` is where the engine starts; it halves when memory
    runs out.
    """

    name: str
    label: str
    summary: str
    load: Callable[[LoadOptions], EmbeddingBackend]
    dimension: int
    licence: str
    batch_size: int = 32
    download_mb: int = 0
    takes_source: bool = False


@dataclass(frozen=True, slots=True)
class ClusterRequest:
    """What the user asked for. An algorithm uses what applies to it.

    `clusters` None means: choose well. `granularity` runs from 0 (few) to 1 (many). `absorb` runs from 0 (leave
    images that belong nowhere alone) to 1 (put every one into its nearest cluster).
    """

    clusters: int | None = None
    granularity: float = 0.5
    absorb: float = 0.0
    seed: int = 0


class ClusteringAlgorithm(Protocol):
    def __call__(
        self, embeddings: EmbeddingMatrix, graph: NeighbourGraph, request: ClusterRequest, task: Task
    ) -> NDArray[np.int32]:
        """Return a label per row, -1 for "belongs nowhere". Deterministic for a given seed."""
        ...


@dataclass(frozen=True, slots=True)
class AlgorithmSpec:
    name: str
    label: str
    summary: str
    run: ClusteringAlgorithm
