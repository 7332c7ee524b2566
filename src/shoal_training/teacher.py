"""The network to learn from: any ONNX file that turns a picture into a vector.

Where it ends in a mean over positions, as most convolutional networks do, the map before that mean is asked for too:
a crop of a picture then has its own target, and every position teaches.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from PIL import Image

from shoal.domain.errors import UserFacingError
from shoal.domain.sentence import Sentence

Floats = NDArray[np.float32]
_PASSES_ON = frozenset({"Flatten", "Reshape", "Squeeze", "Identity", "Cast"})
_MEANS = frozenset({"ReduceMean", "GlobalAveragePool"})


@dataclass(frozen=True, slots=True)
class TeacherInput:
    """What the teacher wants to see: size x size pixels, (pixel - mean) / std for pixels 0 to 255."""

    size: int
    mean: tuple[float, float, float]
    std: tuple[float, float, float]


def read_teacher_input(sidecar: Path) -> TeacherInput:
    """From the JSON that lies beside Shoal's ONNX models: `{"input": {"size", "mean", "std", ...}, ...}`."""
    looks = json.loads(sidecar.read_text())["input"]
    return TeacherInput(int(looks["size"]), _three(looks["mean"]), _three(looks["std"]))


def _three(values: list[float]) -> tuple[float, float, float]:
    first, second, third = values
    return float(first), float(second), float(third)


class Teacher:
    """`look` may be called from several threads at once; each call keeps to one thread."""

    def __init__(self, path: Path, looks: TeacherInput, output: str = "") -> None:
        model = onnx.load(str(path))
        self._output = output or model.graph.output[0].name
        self._map = _map_before_mean(model, self._output)
        if self._map is not None:
            model.graph.output.append(onnx.helper.make_tensor_value_info(self._map, onnx.TensorProto.FLOAT, None))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(model.SerializeToString(), options, ["CPUExecutionProvider"])
        self._input = self._session.get_inputs()[0].name
        self._looks = looks

    def look(self, pixels: NDArray[np.uint8]) -> tuple[Floats, Floats]:
        """One picture (side x side x 3 bytes) to its embedding (E) and its map (rows x columns x E)."""
        size = self._looks.size
        resized = Image.fromarray(pixels).resize((size, size), Image.Resampling.BICUBIC)
        mean, std = (np.array(three, np.float32) for three in (self._looks.mean, self._looks.std))
        values = (np.asarray(resized, np.float32) - mean) / std
        batch = {self._input: np.ascontiguousarray(values.transpose(2, 0, 1)[None])}
        if self._map is None:
            (embedding,) = self._session.run([self._output], batch)
            return embedding.reshape(-1), embedding.reshape(1, 1, -1)
        embedding, grid = self._session.run([self._output, self._map], batch)
        return embedding.reshape(-1), grid[0].transpose(1, 2, 0)


def _map_before_mean(model: onnx.ModelProto, output: str) -> str | None:
    made_by = {name: node for node in model.graph.node for name in node.output}
    if output not in {known.name for known in model.graph.output}:
        raise UserFacingError(
            Sentence("The teacher has no output called {output}.", output=output), Sentence("Name one of its outputs.")
        )
    node = made_by.get(output)
    while node is not None and node.op_type in _PASSES_ON:
        node = made_by.get(node.input[0])
    if node is not None and node.op_type in _MEANS:
        return str(node.input[0])
    return None
