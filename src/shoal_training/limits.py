"""Between which values the numbers of a network lie on pictures that the program draws, for its 8-bit form."""

import json
from collections.abc import Iterator

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray

from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.embedding.efficientnet_graph import INPUT, POOLED, WholeNumbers, convolutions, network_file
from shoal.embedding.efficientnet_lite import Published, in_fours, published_tensors
from shoal.looking.calibration import own_pictures

DIGITS = 4


def measured_limits(published: Published, pictures: int, task: Task) -> str:
    """JSON for `resources`: the least and the largest value of every layer, or 0. `pictures`: how many are drawn."""
    tensors = published_tensors(published)
    layers = list(convolutions(published.architecture, tensors))
    names = [name for one in layers for name in ((one.value, one.joined) if one.joins else (one.value,))]
    session = _showing(network_file(published.architecture, tensors, WholeNumbers()), names)
    least, most = np.zeros(len(names) + 1), np.zeros(len(names) + 1)
    for values in task.track(list(_prepared(published, pictures)), Sentence("Looking at drawn pictures")):
        answers = session.run([*names, POOLED], {INPUT: values})
        least = np.minimum(least, [answer.min() for answer in answers])
        most = np.maximum(most, [answer.max() for answer in answers])
    limits = {
        name: [round(float(low), DIGITS), round(float(high), DIGITS)]
        for name, low, high in zip([*names, POOLED], least, most, strict=True)
    }
    about = {"network": published.architecture.name, "weights": published.sha256, "pictures": pictures}
    lines = ",\n  ".join(f"{json.dumps(name)}: {json.dumps(pair)}" for name, pair in limits.items())
    head = json.dumps(about)[:-1]
    return f'{head}, "limits": {{\n  {lines}\n}}}}'


def _showing(content: bytes, names: list[str]) -> "onnxruntime.InferenceSession":
    model = onnx.load_model_from_string(content)
    model.graph.output.extend(onnx.helper.make_empty_tensor_value_info(name) for name in names)
    return onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])


def _prepared(published: Published, count: int) -> Iterator[NDArray[np.uint8]]:
    for pixels in own_pictures(published.how.geometry, count):
        yield in_fours(published.how, pixels[None])
