"""The quick network with another last step, as an ONNX file of its own that says how pictures are prepared for it."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from shoal.domain.student_head import StudentHead
from shoal.embedding.onnx_models import DESCRIPTION
from shoal.embedding.onnx_reading import comes_from, cut_at, joined
from shoal.embedding.onnx_writing import Graph

FEATURES, DISTILLED, EMBEDDING = "features", "distilled", "embedding"


def with_features(content: bytes) -> bytes:
    """The network without its last step: what comes out are the numbers that go into that. Raises NoNetwork."""
    value = comes_from(content, EMBEDDING)
    graph = Graph("")
    graph.add("Identity", [value], FEATURES)
    graph.output(FEATURES, ("n", "features"))
    return joined(cut_at(content, value), graph.parts(), b"")


def student_network(content: bytes, head: StudentHead, beside: Path, about: dict[str, str]) -> bytes:
    """`content`: of the quick network, `beside`: the file that describes what it takes. Raises NoNetwork."""
    value = comes_from(content, EMBEDDING)
    graph = Graph("")
    graph.weight("student.mean", head.mean[None])
    graph.weight("student.scale", head.scale[None])
    value_now = graph.add("Sub", [value, "student.mean"], "student.centred")
    points = graph.add("Mul", [value_now, "student.scale"], "student.points")
    if head.landmarks is not None:
        points = _kernel(graph, points, head)
    graph.weight("student.weights", head.weights)
    graph.weight("student.offset", head.offset)
    graph.add("Gemm", [points, "student.weights", "student.offset"], DISTILLED)
    graph.output(DISTILLED, ("n", head.weights.shape[1]))
    said: dict[str, Any] = json.loads(beside.read_text(encoding="utf-8"))
    description = json.dumps({**said, "name": DISTILLED, "output": DISTILLED})
    return joined(cut_at(content, value), graph.parts(), graph.notes({**about, DESCRIPTION: description}))


def _kernel(graph: Graph, points: str, head: StudentHead) -> str:
    """exp(sharpness * (u . landmark - 1)), as one matrix product and its exponential."""
    assert head.landmarks is not None
    unit = graph.add("LpNormalization", [points], "student.unit", axis=1, p=2)
    graph.weight("student.landmarks", (head.sharpness * head.landmarks.T).astype(np.float32))
    graph.weight("student.less", np.full(len(head.landmarks), -head.sharpness, np.float32))
    near = graph.add("Gemm", [unit, "student.landmarks", "student.less"], "student.near")
    return graph.add("Exp", [near], "student.kernel")
