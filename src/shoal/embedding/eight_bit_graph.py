"""The network in 8-bit numbers that mean the same on every processor.

Static quantisation (Jacob et al., 2018, arXiv:1712.05877): weights are whole numbers from -127 to 127 with a scale for
each channel, what flows between layers whole numbers from 0 to 255 between the smallest and the largest value that was
seen on pictures. These limits are a file of `resources`, made from pictures that the program draws.

Processors without VNNI add two products in 16 bits and cut off what does not fit (onnxruntime: U8S8 by vpmaddubsw).
Of weights used to the full EfficientNet-Lite0's vectors keep a cosine of 0.91 to those of 32 bits there. So the scale
of a channel is chosen such that no two neighbours along the sum exceed 16 bits, whatever the picture: weights of one
sign sum to 128 at most (128 x 255 < 32,768). That costs less than a bit, and every sum is exact everywhere.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from shoal.embedding.efficientnet_graph import LOGITS, POOLED, STEP, Convolution
from shoal.embedding.onnx_writing import Graph

Limits = Mapping[str, tuple[float, float]]
Quantised = tuple[NDArray[np.int8], NDArray[np.float32]]

LEVELS = 255
MOST_OF_A_WEIGHT, MOST_OF_TWO = 127, 128  # 255 x 128: what two products may come to where they are added in 16 bits
LARGEST_BIAS = 1 << 30


def read_limits(content: bytes) -> Limits:
    """From the file in `resources`. Raises ValueError and KeyError for what is none."""
    return {name: (float(least), float(most)) for name, (least, most) in json.loads(content)["limits"].items()}


def whole_weights(weights: NDArray[np.float32], smallest: NDArray[np.floating]) -> Quantised:
    """n x anything to whole numbers and a scale for each of n, which is at least `smallest`.

    Of neighbours in the last axis (1st and 2nd, 3rd and 4th ...) those of one sign sum to 128 at most.
    """
    rows = weights.reshape(len(weights), -1).astype(np.float64)
    pairs = np.pad(rows, ((0, 0), (0, rows.shape[1] % 2))).reshape(len(rows), -1, 2)
    of_one_sign = np.maximum(np.maximum(pairs, 0).sum(2), np.maximum(-pairs, 0).sum(2)).max(1)
    # Two that are both rounded up grow by 1 at most, so they are measured against 127.
    scales = np.maximum(of_one_sign / (MOST_OF_TWO - 1), np.abs(rows).max(1) / MOST_OF_A_WEIGHT)
    kept = np.maximum(scales, np.maximum(smallest, np.finfo(np.float32).tiny)).astype(np.float32)
    whole = np.rint(rows / kept[:, None].astype(np.float64))
    return np.clip(whole, -MOST_OF_A_WEIGHT, MOST_OF_A_WEIGHT).reshape(weights.shape).astype(np.int8), kept


@dataclass(slots=True)
class EightBits:
    """`Numbers` between these limits. `scales`: of each value that has been written."""

    limits: Limits
    scales: dict[str, np.float32] = field(default_factory=dict)

    def begin(self, graph: Graph, pixels: str) -> None:
        self.scales[pixels] = STEP

    def convolve(self, graph: Graph, value: str, convolution: Convolution) -> str:
        """What is cut off at 0 and 6 by the network is cut off by the limits here."""
        name, bias = convolution.name, convolution.bias
        smallest = self._smallest_scale(value, bias)
        if convolution.depthwise:
            weights, scales = _one_by_one(convolution.weights, smallest)
        else:  # they are summed up picture place by picture place, all channels of one in a row
            weights, scales = whole_weights(convolution.weights.transpose(0, 2, 3, 1), smallest)
            weights = weights.transpose(0, 3, 1, 2)
        inputs = [value, *self._weighed(graph, name, (weights, scales), bias, self.scales[value])]
        return self._limited(graph, graph.add("Conv", inputs, name, **convolution.attributes), convolution.value)

    def join(self, graph: Graph, value: str, other: str, name: str) -> str:
        return self._limited(graph, graph.add("Add", [value, other], f"{name}.sum"), name)

    def classify(self, graph: Graph, pooled: str, weights: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        value = self._limited(graph, pooled, POOLED)
        whole = whole_weights(weights, self._smallest_scale(value, bias))
        inputs = [value, *self._weighed(graph, "classifier", whole, bias, self.scales[value])]
        return graph.add("Gemm", inputs, LOGITS, transB=1)

    def _smallest_scale(self, value: str, bias: NDArray[np.float32]) -> NDArray[np.floating]:
        """With smaller ones the bias, which is counted in them, would not fit its 32 bits."""
        return np.abs(bias) / (LARGEST_BIAS * self.scales[value])

    def _weighed(
        self, graph: Graph, name: str, whole: Quantised, bias: NDArray[np.float32], scale: np.float32
    ) -> list[str]:
        """Weights and bias, each as whole numbers with their scales and zeros."""
        weights, scales = whole
        steps = (scale * scales).astype(np.float32)
        counted = np.rint(bias.astype(np.float64) / steps).astype(np.int32)
        return [_scaled(graph, f"{name}.weights", weights, scales), _scaled(graph, f"{name}.bias", counted, steps)]

    def _limited(self, graph: Graph, value: str, name: str) -> str:
        """`value` between the limits that `name` has."""
        least, most = self.limits[name]
        scale = np.float32((most - least) / LEVELS)
        return self._kept(graph, value, scale, round(-least / float(scale)))

    def _kept(self, graph: Graph, value: str, scale: np.float32, zero: int) -> str:
        """Made a whole number and a number again; onnxruntime takes both away where it can go on with the first."""
        how = [graph.weight(f"{value}.scale", np.array(scale, np.float32)),
               graph.weight(f"{value}.zero", np.array(zero, np.uint8))]  # fmt: skip
        kept = graph.add("QuantizeLinear", [value, *how], f"{value}.whole")
        number = graph.add("DequantizeLinear", [kept, *how], f"{value}.number")
        self.scales[number] = scale
        return number


def _one_by_one(weights: NDArray[np.float32], smallest: NDArray[np.floating]) -> Quantised:
    """Where channels are not summed up, onnxruntime adds in 32 bits, and weights may be used to the full."""
    largest = np.abs(weights).max((1, 2, 3)) / MOST_OF_A_WEIGHT
    scales = np.maximum(largest, np.maximum(smallest, np.finfo(np.float32).tiny)).astype(np.float32)
    return np.rint(weights / scales[:, None, None, None]).astype(np.int8), scales


def _scaled(graph: Graph, name: str, whole: NDArray[np.integer], scales: NDArray[np.float32]) -> str:
    inputs = [
        graph.weight(f"{name}.whole", whole),
        graph.weight(f"{name}.scale", scales),
        graph.weight(f"{name}.zero", np.zeros(len(scales), whole.dtype)),
    ]
    return graph.add("DequantizeLinear", inputs, name, axis=0)
