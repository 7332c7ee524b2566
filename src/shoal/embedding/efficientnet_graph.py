"""EfficientNet-Lite (Google, 2020; after Tan & Le 2019, arXiv:1905.11946) as a list of convolutions, and as ONNX.

A stem, then blocks of a narrow value that is widened (1x1), looked at channel by channel (3x3 or 5x5) and narrowed
again (1x1, nothing cut off), with a way around where the shape stays; then a head of 1,280 channels, whose mean over
the picture is the embedding. "Lite": no squeeze-and-excitation, ReLU6 in place of Swish, stem and head of one width.

Batch norm is multiplied into the weights, in 64 bits and without sums, so that every computer makes the same file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shoal.embedding.onnx_writing import Graph

Tensors = Mapping[str, NDArray[Any]]

INPUT, EMBEDDING, CLASSES, MAP = "pixels", "embedding", "classes", "map"
BATCH_NORM_EPSILON = 1e-3
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
    """`weights` out x in x k x k and `bias`, batch norm within. `cut`: what comes out is kept within 0..6.

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
    def groups(self) -> int:
        """As many as channels where each is looked at by itself."""
        depthwise = self.weights.shape[1] == 1
        return self.weights.shape[0] if depthwise else 1


def convolutions(architecture: Architecture, tensors: Tensors) -> Iterator[Convolution]:
    """In order. Raises KeyError if these are the weights of something else."""
    yield _folded(tensors, "_conv_stem", "_bn0", stride=2)
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


def network_file(architecture: Architecture, tensors: Tensors) -> bytes:
    """The ONNX file: `pixels` n x 3 x any x any, prepared, to `embedding`, `classes` and `map`.

    Padding is "same" as TensorFlow has it (what is odd goes right and below), for any size of picture.
    """
    graph = Graph(architecture.name)
    value = block = graph.input(INPUT, ("n", 3, "height", "width"))
    graph.weight("least", np.array(0, np.float32))
    graph.weight("most", np.array(6, np.float32))
    for convolution in convolutions(architecture, tensors):
        block = value if convolution.opens else block
        value = _convolve(graph, value, convolution)
        value = graph.add("Add", [value, block], f"{convolution.name}.joined") if convolution.joins else value
    _finish(graph, value, tensors)
    return graph.model({"licence": "Apache-2.0", "network": architecture.name})


def _convolve(graph: Graph, value: str, convolution: Convolution) -> str:
    name, side = convolution.name, convolution.weights.shape[2]
    inputs = [
        value,
        graph.weight(f"{name}.weights", convolution.weights),
        graph.weight(f"{name}.bias", convolution.bias),
    ]
    value = graph.add(
        "Conv", inputs, name,
        auto_pad="SAME_UPPER", group=convolution.groups, kernel_shape=(side, side), strides=(convolution.stride,) * 2,
    )  # fmt: skip
    return graph.add("Clip", [value, "least", "most"], f"{name}.cut") if convolution.cut else value


def _finish(graph: Graph, value: str, tensors: Tensors) -> None:
    """The three outputs."""
    width, classes = tensors["_fc.weight"].shape[::-1]
    graph.add("Identity", [value], MAP)
    graph.add("Flatten", [graph.add("GlobalAveragePool", [value], "mean")], EMBEDDING)
    graph.weight("classifier.weights", tensors["_fc.weight"])
    graph.weight("classifier.bias", tensors["_fc.bias"])
    graph.add("Gemm", [EMBEDDING, "classifier.weights", "classifier.bias"], "logits", transB=1)
    graph.add("Softmax", ["logits"], CLASSES, axis=1)
    graph.output(EMBEDDING, ("n", width))
    graph.output(CLASSES, ("n", classes))
    graph.output(MAP, ("n", width, "rows", "columns"))
