"""The two sockets a newcomer can plug into: an embedding backend and a clustering algorithm."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from shoal.domain.focus import Focus
from shoal.domain.geometry import EmbeddingKey, EmbeddingMatrix, NeighbourGraph
from shoal.domain.images import RgbImage
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.sentence import Sentence
from shoal.domain.task import Caller, Task

USUAL_MODEL = "efficientnet-lite"
"""The name of what looks at pictures unless another is named: the first of the catalogue."""


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
    def remark(self) -> Sentence:
        """What the user should know about how it was loaded; empty if nothing."""
        ...

    def embed(self, images: Sequence[RgbImage]) -> NDArray[np.float32]:
        """Return one unit-length row of `dimension` numbers per image, the same in any batch.

        Images are `geometry.size` x `geometry.size` x 3. Raises `OutOfMemory` if the batch does not fit.
        """
        ...


class TextEncoder(Protocol):
    """The other half of a model that sees pictures and reads text."""

    def encode(self, texts: Sequence[str], task: Task) -> NDArray[np.float32]:
        """Return one unit-length row per text, to be compared with the rows of the model's pictures (cosine).

        Raises `Cancelled`.
        """
        ...


@dataclass(frozen=True, slots=True, eq=False)
class FoundObjects:
    """What stands in one picture, surest first. `boxes` n x 4 float32: left, top, right, bottom, in its pixels.

    `vectors` n x dimension, unit rows, one for each box; `whole` (dimension): the same for all of the picture.
    """

    boxes: NDArray[np.float32]
    kinds: tuple[str, ...]
    confidences: NDArray[np.float32]
    vectors: NDArray[np.float32]
    whole: NDArray[np.float32]


@runtime_checkable
class ObjectBackend(EmbeddingBackend, Protocol):
    """A loaded model that finds objects, and describes each in the same pass."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """All that it can find."""
        ...

    def find(self, images: Sequence[RgbImage], sizes: Sequence[tuple[int, int]]) -> list[FoundObjects]:
        """Images as for `embed`; `sizes`: width and height of the whole pictures. Raises `OutOfMemory`."""
        ...


@runtime_checkable
class RawBackend(EmbeddingBackend, Protocol):
    """A loaded model whose vectors keep the length that its network gives them."""

    def embed_raw(self, images: Sequence[RgbImage]) -> NDArray[np.float32]:
        """As `embed`, but of any length; of a picture it cannot see, zeros or numbers that are none."""
        ...


@runtime_checkable
class ClassifyingBackend(EmbeddingBackend, Protocol):
    """A loaded model that also says, in the same pass, what it takes pictures for."""

    def look(self, images: Sequence[RgbImage]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Rows as of `embed`, and n x 1,000 probabilities of ImageNet-1k's classes in their usual order.

        At least one image. Raises `OutOfMemory`.
        """
        ...


@runtime_checkable
class AttentiveBackend(ClassifyingBackend, Protocol):
    """A loaded model that can be told which places of a picture count."""

    def look_at(
        self, images: Sequence[RgbImage], weights: Sequence[NDArray[np.float32]]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """As `look`. `weights`: rows x columns for each image, of any number, none below zero and not all zero."""
        ...

    def rows_of(self, means: NDArray[np.float32]) -> NDArray[np.float32]:
        """Unit rows as of `look_at` for what it takes: n means over places of its last map.

        Rows of zeros where vectors are not made of such.
        """
        ...


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """What a user may say about a model besides its name, and what the program lends to whoever loads it.

    Said: `source` is what follows the colon in `onnx:FILE`; `preprocessing` says how pictures are prepared (a JSON
    file, or the name of a usual scaling); `image_size` is the side of the network's square in pixels, 0 for the
    model's own; `half` asks for 16-bit numbers on a graphics card, `int8` for 8-bit numbers on a processor, fitted to
    some of `pictures` (folders or files); `objects`: it is to find things in the pictures;
    `focus`: what counts in them; `metric`: a file that says how vectors are compared.
    Lent: `engine` runs functions where torch may be imported, `aside` in a process that ends with them; downloads are
    kept in `weights_folder`, networks exported to ONNX in `export_folder`; `offline` forbids every connection, and
    without `may_download` the user wants to be asked first; `draw` gives so many of `pictures`, or fewer, prepared for
    a network; `task` hears of downloads and exports; `drawn` gives so many pictures that the program draws itself,
    prepared for a network.
    """

    source: str = ""
    preprocessing: str = ""
    device: str = "auto"
    layer: str = ""
    weights: Path | None = None
    trust_weights: bool = False
    image_size: int = 0
    half: bool = False
    int8: bool = False
    pictures: tuple[Path, ...] = ()
    objects: bool = False
    raw: bool = False
    focus: Focus = "whole"
    metric: Path | None = None
    engine: Caller | None = None
    aside: Caller | None = None
    weights_folder: Path | None = None
    export_folder: Path | None = None
    offline: bool = False
    may_download: bool = True
    draw: Callable[[InputGeometry, int], Sequence[RgbImage]] | None = None
    drawn: Callable[[InputGeometry, int], Sequence[RgbImage]] | None = None
    task: Task = field(default_factory=Task)


@dataclass(frozen=True, slots=True)
class Download:
    """Official weights. `sha256`: as much of it as their publisher tells, all 64 digits or only the first few.

    `megabytes` (of a million bytes) is for people to decide by; what is really downloaded is counted on the way.
    """

    url: str
    sha256: str
    megabytes: int
    licence: str

    @property
    def file_name(self) -> str:
        return self.url.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class BackendSpec:
    """Everything the window and the command line need to offer a backend without importing its libraries.

    `summary` says what it is good for. `dimension` 0 means that it depends on the file; `input_size` in pixels,
    likewise. A path that ends in one of `suffixes` is a name for it, too. `layers`: those worth naming, the usual one
    first. `needs`: modules that not every edition of the program has, which `extra` installs. `load_texts`: only
    models that pictures can be described to have it. `finds_objects`: it heeds `LoadOptions.objects`, and is then an
    `ObjectBackend`. `knows_classes`: it is a `ClassifyingBackend`.
    """

    name: str
    label: Sentence
    summary: Sentence
    load: Callable[[LoadOptions], EmbeddingBackend]
    dimension: int
    licence: str
    takes_source: bool = False
    suffixes: tuple[str, ...] = ()
    family: str = ""
    input_size: int = 0
    layers: tuple[str, ...] = ()
    download: Download | None = None
    needs: tuple[str, ...] = ()
    extra: str = ""
    load_texts: Callable[[LoadOptions], TextEncoder] | None = None
    finds_objects: bool = False
    knows_classes: bool = False


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
        self, embeddings: EmbeddingMatrix, graph: NeighbourGraph, request: ClusterRequest, task: Task, /
    ) -> NDArray[np.int32]:
        """Return a label per row, -1 for "belongs nowhere". Deterministic for a given seed."""
        ...


class PointsAlgorithm(Protocol):
    def __call__(
        self, points: NDArray[np.float32], clusters: int | None, parameters: Mapping[str, float], task: Task, /
    ) -> NDArray[np.int32]:
        """Return a label per row of `points` (n x d, of any length), -1 for "belongs nowhere", as its library does.

        `parameters` by the names of the library; those that are not said are as the library has them.
        """
        ...


@dataclass(frozen=True, slots=True)
class AlgorithmSpec:
    """`on_points`: the same to the letter of the library that people know it from, on numbers that a recipe prepared.

    `parameters`: what it may be told there besides the number of clusters; `counts`: it has to be told that number.
    """

    name: str
    label: Sentence
    summary: Sentence
    run: ClusteringAlgorithm
    on_points: PointsAlgorithm | None = None
    parameters: tuple[str, ...] = ()
    counts: bool = False
