"""MobileNetV2 twice from one table, with seeded random weights: as ONNX file and in plain torch. For benchmarks."""

from pathlib import Path
from typing import Any

import numpy as np

WIDTHS = ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1))
"""Per group of blocks: expansion, channels, blocks, stride of the first (Sandler et al. 2018, table 2)."""
FIRST, LAST = 32, 1280


def blocks() -> list[tuple[int, int, int, int]]:
    """Channels in, channels inside, channels out, stride: one row per inverted residual block."""
    rows, channels = [], FIRST
    for expansion, width, count, stride in WIDTHS:
        for number in range(count):
            rows.append((channels, channels * expansion, width, stride if number == 0 else 1))
            channels = width
    return rows


class _Graph:
    """Collects the nodes and weights of an ONNX graph."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []
        self._random = np.random.default_rng(0)

    def convolution(self, source: str, sizes: tuple[int, int, int], stride: int = 1, groups: int = 1) -> str:
        """`sizes`: channels in, channels out, side of the kernel."""
        from onnx import helper, numpy_helper  # noqa: PLC0415  # slow to import

        before, after, side = sizes
        name = f"conv{len(self.nodes)}"
        fan = before // groups * side * side
        kernel = self._random.standard_normal((after, before // groups, side, side)) * np.sqrt(2 / fan)
        self.weights.append(numpy_helper.from_array(kernel.astype(np.float32), f"{name}.w"))
        node = helper.make_node(
            "Conv", [source, f"{name}.w"], [name], strides=[stride] * 2, pads=[side // 2] * 4, group=groups
        )
        self.nodes.append(node)
        return name

    def operation(self, kind: str, *sources: str, **attributes: Any) -> str:
        from onnx import helper  # noqa: PLC0415

        name = f"{kind.lower()}{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(sources), [name], **attributes))
        return name

    def block(self, source: str, before: int, inside: int, after: int, stride: int) -> str:
        wide = source if inside == before else self.clipped(self.convolution(source, (before, inside, 1)))
        moved = self.clipped(self.convolution(wide, (inside, inside, 3), stride, inside))
        narrow = self.convolution(moved, (inside, after, 1))
        return self.operation("Add", source, narrow) if stride == 1 and before == after else narrow

    def clipped(self, source: str) -> str:
        return self.operation("Clip", source, "zero", "six")


def write_random_mobilenet(path: Path) -> Path:
    """N x 3 x 224 x 224 to N x 1280, what a trained one costs."""
    import onnx  # noqa: PLC0415
    from onnx import TensorProto, helper, numpy_helper  # noqa: PLC0415

    graph = _Graph()
    bounds = [numpy_helper.from_array(np.array(value, np.float32), name) for name, value in (("zero", 0), ("six", 6))]
    name = graph.clipped(graph.convolution("image", (3, FIRST, 3), 2))
    for row in blocks():
        name = graph.block(name, *row)
    name = graph.clipped(graph.convolution(name, (blocks()[-1][2], LAST, 1)))
    output = graph.operation("ReduceMean", name, axes=[2, 3], keepdims=0)
    model = helper.make_graph(
        graph.nodes,
        "mobilenet",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["n", 3, 224, 224])],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, ["n", LAST])],
        [*graph.weights, *bounds],
    )
    onnx.save(helper.make_model(model, opset_imports=[helper.make_opsetid("", 13)], ir_version=8), path)
    return path


def torch_mobilenet() -> Any:
    """The same network as an eager torch module in evaluation mode, with the batch norms it is usually run with."""
    from torch import nn  # noqa: PLC0415

    def layer(before: int, after: int, side: int, stride: int = 1, groups: int = 1) -> list[Any]:
        convolution = nn.Conv2d(before, after, side, stride, side // 2, groups=groups, bias=False)
        return [convolution, nn.BatchNorm2d(after), nn.ReLU6()]

    class Block(nn.Module):
        def __init__(self, before: int, inside: int, after: int, stride: int) -> None:
            super().__init__()
            wide = [] if inside == before else layer(before, inside, 1)
            self.body = nn.Sequential(*wide, *layer(inside, inside, 3, stride, inside), *layer(inside, after, 1)[:2])
            self.adds = stride == 1 and before == after

        def forward(self, image: Any) -> Any:
            return image + self.body(image) if self.adds else self.body(image)

    last = layer(blocks()[-1][2], LAST, 1)
    stages = [*layer(3, FIRST, 3, 2), *(Block(*row) for row in blocks()), *last, nn.AdaptiveAvgPool2d(1), nn.Flatten()]
    return nn.Sequential(*stages).eval()
