"""Networks that tests write for themselves."""

from pathlib import Path

import numpy as np


def write_convnet(path: Path) -> Path:
    """A seeded convolution, a ReLU and a global average: N x 3 x 32 x 32 to N x 8."""
    import onnx  # noqa: PLC0415  # slow to import, and only these tests want it
    from onnx import TensorProto, helper, numpy_helper  # noqa: PLC0415

    kernel = np.random.default_rng(0).standard_normal((8, 3, 5, 5)).astype(np.float32)
    graph = helper.make_graph(
        [
            helper.make_node("Conv", ["image", "kernel"], ["features"], strides=[2, 2]),
            helper.make_node("Relu", ["features"], ["positive"]),
            helper.make_node("ReduceMean", ["positive"], ["vector"], axes=[2, 3], keepdims=0),
        ],
        "net",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["n", 3, 32, 32])],
        [helper.make_tensor_value_info("vector", TensorProto.FLOAT, ["n", 8])],
        [numpy_helper.from_array(kernel, "kernel")],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8), path)
    return path
