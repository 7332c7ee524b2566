"""From a trained student to the file that is shipped: ONNX with weights as float16, and a JSON that says what it takes.

The graph is written node by node: normalisations are folded into the convolutions before them, and what remains is
convolutions, rectifiers, additions, means and one matrix.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from shoal_training.dataset import write_atomically
from shoal_training.head import Head
from shoal_training.material import PIXEL_MEAN, PIXEL_STD
from shoal_training.student import Residual, Student

_OPSET = 17
_IR_VERSION = 8


@dataclass(frozen=True, slots=True)
class Label:
    """What is shipped: pictures are shrunk to `resize` on their short side and cut to `size` squared; they become rows
    of `dimension` numbers."""

    name: str
    licence: str
    size: int
    resize: int
    dimension: int = 512


def export_student(student: Student, head: Head, label: Label, path: Path) -> None:
    """Write `path` (ONNX: `image` N x 3 x S x S to `embedding` N x D) and the JSON beside it."""
    graph = _Graph()
    pooled = graph.pooled(student, "image")
    graph.node("Gemm", [pooled, graph.weights(head.matrix), graph.weights(head.offset)], output="embedding")
    write_atomically(path, _model(graph, label.size, len(head.offset)).SerializeToString())
    looks = {"size": label.size, "resize": label.resize, "fit": "crop", "mean": PIXEL_MEAN, "std": PIXEL_STD}
    sidecar = {"name": label.name, "input": looks, "output": "embedding", "licence": label.licence}
    write_atomically(path.with_suffix(".json"), (json.dumps(sidecar, indent=2) + "\n").encode())


def _model(graph: "_Graph", size: int, dimension: int) -> onnx.ModelProto:
    taken = helper.make_tensor_value_info("image", TensorProto.FLOAT, ["batch", 3, size, size])
    given = helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", dimension])
    whole = helper.make_graph(graph.nodes, "student", [taken], [given], graph.stored)
    model = helper.make_model(whole, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR_VERSION)
    onnx.checker.check_model(model, full_check=True)
    return model


class _Graph:
    """Nodes in the order in which they are written; every method returns the name of what it makes."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.stored: list[onnx.TensorProto] = []

    def node(self, kind: str, inputs: list[str], output: str = "", **attributes: Any) -> str:
        output = output or f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def weights(self, values: NDArray[np.float32]) -> str:
        """Kept as float16; the cast back is done once, when the file is loaded."""
        name = f"weights_{len(self.stored)}"
        self.stored.append(numpy_helper.from_array(np.ascontiguousarray(values, np.float16), name))
        return self.node("Cast", [name], to=TensorProto.FLOAT)

    def pooled(self, student: Student, seen: str) -> str:
        """As `Student.pooled`."""
        found = []
        for level in student.levels():
            seen = self.sequence(level, seen)
            mean = self.node("GlobalAveragePool", [seen])
            mean_square = self.node("GlobalAveragePool", [self.node("Mul", [seen, seen])])
            variance = self.node("Sub", [mean_square, self.node("Mul", [mean, mean])])
            found += [mean, self.node("Sqrt", [self.node("Relu", [variance])])]
        return self.node("Flatten", [self.node("Concat", found, axis=1)])

    def sequence(self, layers: nn.Sequential, seen: str) -> str:
        convolution: nn.Conv2d | None = None
        for layer in layers:
            match layer:
                case nn.Conv2d():
                    convolution = layer
                case nn.BatchNorm2d() if convolution is not None:
                    seen = self._folded(convolution, layer, seen)
                case nn.ReLU():
                    seen = self.node("Relu", [seen])
                case Residual():
                    seen = self.node("Relu", [self.node("Add", [seen, self.sequence(layer.path, seen)])])
                case _:
                    raise TypeError(f"no way to export {type(layer).__name__}")
        return seen

    def _folded(self, convolution: nn.Conv2d, normalisation: nn.BatchNorm2d, seen: str) -> str:
        mean, variance = normalisation.running_mean, normalisation.running_var
        if mean is None or variance is None:
            raise TypeError("only normalisations with running statistics can be folded")
        scale = normalisation.weight / (variance + normalisation.eps).sqrt()
        kernel = (convolution.weight * scale[:, None, None, None]).detach().cpu().numpy()
        offset = (normalisation.bias - mean * scale).detach().cpu().numpy()
        around = int(convolution.padding[0])
        return self.node(
            "Conv",
            [seen, self.weights(kernel), self.weights(offset)],
            kernel_shape=list(kernel.shape[2:]),
            strides=list(convolution.stride),
            pads=[around] * 4,
            group=convolution.groups,
        )
