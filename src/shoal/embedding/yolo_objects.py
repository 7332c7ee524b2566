"""A YOLO that finds objects and describes each of them in one pass, and so the whole picture.

The network answers with one long row of numbers: boxes, scores, and the neck's maps that the head was fed with. So it
is exported, checked and computed like any other network; `object_vectors` makes objects of the numbers.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from shoal.domain.errors import ModelUnavailable
from shoal.domain.extension_points import FoundObjects, LoadOptions, ObjectBackend
from shoal.domain.geometry import EmbeddingKey
from shoal.domain.images import RgbImage
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.sentence import NOTHING, Sentence
from shoal.domain.task import Task
from shoal.embedding.network_loading import settle, the_engine
from shoal.embedding.object_vectors import DetectorAnswer, objects_in
from shoal.embedding.onnx_sessions import run_session
from shoal.embedding.torch_engine import Place, embed_pixels
from shoal.embedding.torch_network import OUTPUT, TorchNetwork
from shoal.embedding.yolo_checkpoints import DETECT, YoloFacts, load_yolo
from shoal.embedding.yolo_layers import trunk

if TYPE_CHECKING:
    import onnxruntime
    import torch

Sizes = Sequence[tuple[int, int]]
Find = Callable[[NDArray[np.uint8], Sizes], list[FoundObjects]]
LAYER = "objects 1"
"""Raise the number when boxes or vectors would come out otherwise."""


def load_objects(network: TorchNetwork, facts: YoloFacts, options: LoadOptions) -> ObjectBackend:
    """`network` as for whole pictures. Raises `ModelUnavailable` for one that finds nothing."""
    if facts.task != DETECT:
        raise ModelUnavailable(
            Sentence("{network} finds no objects.", network=network.name),
            Sentence("Choose a detector, such as yolo11n."),
        )
    if options.layer:
        raise ModelUnavailable(
            Sentence("Objects are described by the layers that find them."), Sentence("Leave --layer out.")
        )
    answer = DetectorAnswer(network.how.geometry.size, facts.strides, facts.channels, facts.classes)
    network = replace(network, build=build_detector, layer=LAYER, how=replace(network.how, output=LAYER))
    settled = settle(network, options)
    if settled.session is not None:
        find: Find = partial(_find_here, settled.session, network, answer)
        return YoloObjects(network, answer, find, one_core_per_call=True)
    engine = the_engine(options)

    def find_there(pixels: NDArray[np.uint8], sizes: Sizes) -> list[FoundObjects]:
        return engine.call(find_in_engine, network, settled.place, answer, pixels, sizes, task=Task())

    return YoloObjects(network, answer, find_there, one_core_per_call=False, remark=settled.remark)


class YoloObjects:
    """`find` does the work, here or in the engine; several threads may call it."""

    def __init__(
        self,
        network: TorchNetwork,
        answer: DetectorAnswer,
        find: Find,
        one_core_per_call: bool,
        remark: Sentence = NOTHING,
    ) -> None:
        self.key: EmbeddingKey = network.key
        self.geometry: InputGeometry = network.how.geometry
        self.dimension = answer.dimension
        self.kinds = answer.kinds
        self.one_core_per_call = one_core_per_call
        self.remark = remark
        self._find = find

    def embed(self, images: Sequence[RgbImage]) -> NDArray[np.float32]:
        """Vectors of the whole squares."""
        size = self.geometry.size
        rows = [found.whole for found in self.find(images, [(size, size)] * len(images))]
        return np.stack(rows) if rows else np.empty((0, self.dimension), np.float32)

    def find(self, images: Sequence[RgbImage], sizes: Sizes) -> list[FoundObjects]:
        return self._find(np.stack(images), sizes) if len(images) else []


def _find_here(
    session: "onnxruntime.InferenceSession",
    network: TorchNetwork,
    answer: DetectorAnswer,
    pixels: NDArray[np.uint8],
    sizes: Sizes,
) -> list[FoundObjects]:
    """One picture after the other: the graph takes one, and its maps stay in the cache."""
    found = []
    for picture, size in zip(pixels, sizes, strict=True):
        values = network.how.network_input(picture[None])
        (numbers,) = run_session(session, [OUTPUT], "pixels", values)
        found.append(objects_in(numbers[0], answer, size))
    return found


def find_in_engine(
    network: TorchNetwork, place: Place, answer: DetectorAnswer, pixels: NDArray[np.uint8], sizes: Sizes, task: Task
) -> list[FoundObjects]:
    """Called in the engine: the maps stay there, only objects travel."""
    rows = embed_pixels(network, place, pixels, task)
    return [objects_in(row, answer, size) for row, size in zip(rows, sizes, strict=True)]


def build_detector(network: TorchNetwork) -> "torch.nn.Module":
    """In the engine: from n x 3 x S x S pictures to n rows as `DetectorAnswer` lays them out."""
    import torch

    model: Any = load_yolo(network.weights)
    head = model.model[-1]
    head.end2end = False  # newer heads would choose among the boxes themselves
    head.export = True  # it then returns nothing but boxes and scores
    side = network.how.geometry.size

    class Detector(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.trunk = trunk(model, head.i - 1, tuple(head.f))
            self.head = head

        def forward(self, pictures: torch.Tensor) -> torch.Tensor:
            maps = self.trunk(pictures)
            found = self.head(list(maps))
            parts = [found[:, :4] / side, found[:, 4:], *maps]
            return torch.cat([part.flatten(1) for part in parts], 1)

    detector = Detector()
    detector(torch.zeros(1, 3, side, side))  # the head remembers its grid from the first picture, and must not later
    return detector
