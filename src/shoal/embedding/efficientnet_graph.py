"""EfficientNet-Lite (Google, 2020; after Tan & Le 2019, arXiv:1905.11946) as a list of convolutions, and as ONNX.

A stem, then blocks of a narrow value that is widened (1x1), looked at channel by channel (3x3 or 5x5) and narrowed
again (1x1, nothing cut off), with a way around where the shape stays; then a head of 1,280 channels, whose mean over
the picture goes through a matrix of ours and is the embedding. "Lite": no squeeze-and-excitation, ReLU6 in place of
Swish, stem and head of one width.

Batch norm is multiplied into the weights, in 64 bits and without sums, so that every computer makes the same file.

What goes in are bytes, four to a place: red, green, blue and a spare one, which counts for nothing. onnxruntime adds up
channels by fours where it computes in 8 bits, and copies a picture of three channels apart first; and a picture of
bytes need not be made one of floats only to be made whole numbers again. Both together are 5% of the time of a picture.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from shoal.embedding.onnx_writing import ELEMENT_TYPES, Attribute, Graph

Tensors = Mapping[str, NDArray[Any]]

INPUT, MAP, POOLED, EMBEDDING, LOGITS, CLASSES = "pixels", "map", "pooled", "embedding", "logits", "classes"
MOST = 6  # the networks' ReLU6
CHANNELS, ZERO, STEP = 4, 127, np.float32(1 / 128)
"""Of what goes in: (byte - `ZERO`) * `STEP` is what the network was trained on."""
"""ReLU6 lets no value through above it."""
BATCH_NORM_EPSILON = 1e-3  # TensorFlow's, with which it was trained; torch's own is smaller
STRIDES = (1, 2, 2, 2, 1, 2, 1)
"""Of the first block of each stage."""


@dataclass(frozen=True, slots=True)
class Architecture:
    """`repeats`: blocks in each stage; widths are read off the weights. `size`: of the pictures it was trained on."""

    name: str
    size: int
    repeats: tuple[int, ...]

    @property
    def strides(self) -> Iterator[int]:
        """Of each block."""
        for first, repeats in zip(STRIDES, self.repeats, strict=True):
            yield from (first, *[1] * (repeats - 1))


LITE0 = Architecture("efficientnet-lite0", 224, (1, 2, 2, 3, 3, 4, 1))
LITE1 = Architecture("efficientnet-lite1", 240, (1, 3, 3, 4, 4, 5, 1))
LITE2 = Architecture("efficientnet-lite2", 260, (1, 3, 3, 4, 4, 5, 1))


@dataclass(frozen=True, slots=True, eq=False)
class Convolution:
    """`weights` out x in x k x k and `bias`, batch norm within. `cut`: what comes out is kept within 0..`MOST`.

    `opens` a block; `joins` what went into the block to what comes out.
    """

    name: str
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    stride: int = 1
    cut: bool = True
    opens: bool = False
    joins: bool = False

    @property
    def depthwise(self) -> bool:
        """Each channel is looked at by itself."""
        return bool(self.weights.shape[1] == 1)

    @property
    def value(self) -> str:
        """What the value is called that comes out."""
        return f"{self.name}.cut" if self.cut else self.name

    @property
    def joined(self) -> str:
        return f"{self.name}.joined"

    @property
    def attributes(self) -> dict[str, Attribute]:
        """For ONNX's Conv."""
        side, groups = self.weights.shape[2], len(self.weights) if self.depthwise else 1
        strides = (self.stride, self.stride)
        return {"auto_pad": "SAME_UPPER", "group": groups, "kernel_shape": (side, side), "strides": strides}


def convolutions(architecture: Architecture, tensors: Tensors) -> Iterator[Convolution]:
    """In order. Raises KeyError if these are the weights of something else."""
    stem = _folded(tensors, "_conv_stem", "_bn0", stride=2)
    spare = CHANNELS - stem.weights.shape[1]
    yield replace(stem, weights=np.pad(stem.weights, ((0, 0), (0, spare), (0, 0), (0, 0))))
    for number, stride in enumerate(architecture.strides):
        yield from _block(tensors, f"_blocks.{number}", stride)
    yield _folded(tensors, "_conv_head", "_bn1")


def _block(tensors: Tensors, name: str, stride: int) -> Iterator[Convolution]:
    widens = f"{name}._expand_conv.weight" in tensors
    first = "_expand_conv" if widens else "_depthwise_conv"
    narrowed = len(tensors[f"{name}._project_conv.weight"])
    comes_in = tensors[f"{name}.{first}.weight"].shape[1 if widens else 0]
    if widens:
        yield _folded(tensors, f"{name}._expand_conv", f"{name}._bn0", opens=True)
    yield _folded(tensors, f"{name}._depthwise_conv", f"{name}._bn1", stride=stride, opens=not widens)
    joins = stride == 1 and comes_in == narrowed
    yield _folded(tensors, f"{name}._project_conv", f"{name}._bn2", cut=False, joins=joins)


def _folded(tensors: Tensors, name: str, norm: str, **shape: Any) -> Convolution:
    gain, shift, mean, variance = (
        tensors[f"{norm}.{part}"].astype(np.float64) for part in ("weight", "bias", "running_mean", "running_var")
    )
    factor = gain / np.sqrt(variance + BATCH_NORM_EPSILON)
    weights = tensors[f"{name}.weight"] * factor[:, None, None, None]
    bias = shift - mean * factor
    return Convolution(name.strip("_"), weights.astype(np.float32), bias.astype(np.float32), **shape)


class Numbers(Protocol):
    """How a network's arithmetic is written down. Each gives the name of the value that comes out."""

    def begin(self, graph: Graph, pixels: str) -> None:
        """`pixels` are numbers already, which were bytes `STEP` apart."""
        ...

    def convolve(self, graph: Graph, value: str, convolution: Convolution) -> str: ...

    def join(self, graph: Graph, value: str, other: str, name: str) -> str: ...

    def classify(self, graph: Graph, pooled: str, weights: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        """The output has one number for each row of `weights`."""
        ...


class WholeNumbers:
    """In 32 bits."""

    def begin(self, graph: Graph, pixels: str) -> None:
        graph.weight("least", np.array(0, np.float32))
        graph.weight("most", np.array(MOST, np.float32))

    def convolve(self, graph: Graph, value: str, convolution: Convolution) -> str:
        name = convolution.name
        weights = graph.weight(f"{name}.weights", convolution.weights)
        bias = graph.weight(f"{name}.bias", convolution.bias)
        value = graph.add("Conv", [value, weights, bias], name, **convolution.attributes)
        return graph.add("Clip", [value, "least", "most"], convolution.value) if convolution.cut else value

    def join(self, graph: Graph, value: str, other: str, name: str) -> str:
        return graph.add("Add", [value, other], name)

    def classify(self, graph: Graph, pooled: str, weights: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        inputs = [pooled, graph.weight("classifier.weights", weights), graph.weight("classifier.bias", bias)]
        return graph.add("Gemm", inputs, LOGITS, transB=1)


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """From the mean of the last map to the embedding: `matrix` channels x numbers, `offset` numbers."""

    matrix: NDArray[np.float32]
    offset: NDArray[np.float32]


def network_file(architecture: Architecture, tensors: Tensors, numbers: Numbers, head: Head | None = None) -> bytes:
    """The ONNX file: `pixels` n x any x any x 4 bytes to `embedding`, `pooled`, `classes` and `map`.

    `pooled` is the mean of the map; without a `head`, the embedding is the same. The head is kept
    in 16 bits and computed in 32, whatever `numbers` are.

    Padding is "same" as TensorFlow has it (what is odd goes right and below), for any size of picture.
    """
    graph = Graph(architecture.name)
    value = block = _numbers_of(graph, graph.input(INPUT, ("n", "height", "width", CHANNELS), "uint8"))
    numbers.begin(graph, value)
    for convolution in convolutions(architecture, tensors):
        block = value if convolution.opens else block
        value = numbers.convolve(graph, value, convolution)
        value = numbers.join(graph, value, block, convolution.joined) if convolution.joins else value
    _finish(graph, value, tensors, numbers, head)
    return graph.model({"licence": "Apache-2.0", "network": architecture.name})


def _numbers_of(graph: Graph, pixels: str) -> str:
    """Channels first, as the network wants them; where it computes in 8 bits, onnxruntime does neither."""
    how = [graph.weight("pixels.step", np.array(STEP)), graph.weight("pixels.zero", np.array(ZERO, np.uint8))]
    channels_first = graph.add("Transpose", [pixels], "pixels.turned", perm=(0, 3, 1, 2))
    return graph.add("DequantizeLinear", [channels_first, *how], "pixels.number")


def _finish(graph: Graph, value: str, tensors: Tensors, numbers: Numbers, head: Head | None) -> None:
    """The four outputs."""
    classes, width = tensors["_fc.weight"].shape
    graph.add("Identity", [value], MAP)
    graph.add("Flatten", [graph.add("GlobalAveragePool", [value], "mean")], POOLED)
    logits = numbers.classify(graph, POOLED, tensors["_fc.weight"], tensors["_fc.bias"])
    graph.add("Softmax", [logits], CLASSES, axis=1)
    graph.output(EMBEDDING, ("n", _embed(graph, head) or width))
    graph.output(POOLED, ("n", width))
    graph.output(CLASSES, ("n", classes))
    graph.output(MAP, ("n", width, "rows", "columns"))


def _embed(graph: Graph, head: Head | None) -> int:
    """How many numbers come out of the head; 0 without one."""
    if head is None:
        graph.add("Identity", [POOLED], EMBEDDING)
        return 0
    halves = graph.weight("head.matrix.halves", head.matrix.astype(np.float16))
    matrix = graph.add("Cast", [halves], "head.matrix", to=ELEMENT_TYPES["float32"])
    graph.add("Gemm", [POOLED, matrix, graph.weight("head.offset", head.offset)], EMBEDDING)
    return len(head.offset)
