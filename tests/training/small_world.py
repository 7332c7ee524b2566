"""A world small enough to learn in seconds: coloured shapes to look at, and a teacher of one random convolution."""

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from PIL import Image, ImageDraw

from shoal_training.distilling import Request
from shoal_training.export import Label
from shoal_training.run import RunSettings, Stage
from shoal_training.student import StudentShape
from shoal_training.teacher import read_teacher_input
from shoal_training.trainer import StepSettings

COLOURS = {"red": (200, 40, 40), "green": (40, 180, 60), "blue": (40, 60, 200)}
TINY_STUDENT = StudentShape(stem=8, widths=(8, 16, 16, 32), depths=(0, 1, 1, 1), inner=(8, 8, 8, 8))


def draw_pictures(folder: Path, of_each: int = 8, seed: int = 0) -> Path:
    """`folder`/colour-shape/number.png, 40 x 32 pixels."""
    random = np.random.default_rng(seed)
    for colour, shade in COLOURS.items():
        for shape in ("ellipse", "rectangle"):
            home = folder / f"{colour}-{shape}"
            home.mkdir(parents=True)
            for number in range(of_each):
                _draw(shape, shade, random).save(home / f"{number}.png")
    return folder


def _draw(shape: str, shade: tuple[int, int, int], random: np.random.Generator) -> Image.Image:
    picture = Image.new("RGB", (40, 32), tuple(int(value) for value in random.integers(190, 250, 3)))
    left, top = (int(value) for value in random.integers(2, 12, 2))
    width, height = (int(value) for value in random.integers(10, 18, 2))
    getattr(ImageDraw.Draw(picture), shape)((left, top, left + width, top + height), fill=shade)
    return picture


def write_teacher(path: Path) -> Path:
    """Input `x` N x 3 x 32 x 32, output `y` N x 24: a convolution, a rectifier and a mean; its JSON beside it."""
    kernel = np.random.default_rng(5).normal(size=(24, 3, 8, 8)).astype(np.float32) / 8
    nodes = [
        helper.make_node("Conv", ["x", "kernel"], ["map"], kernel_shape=[8, 8], strides=[4, 4]),
        helper.make_node("Relu", ["map"], ["bright"]),
        helper.make_node("GlobalAveragePool", ["bright"], ["pooled"]),
        helper.make_node("Flatten", ["pooled"], ["y"]),
    ]
    taken = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 3, 32, 32])
    given = helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 24])
    graph = helper.make_graph(nodes, "teacher", [taken], [given], [numpy_helper.from_array(kernel, "kernel")])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), str(path))
    looks = {"size": 32, "resize": 32, "fit": "crop", "mean": [128, 128, 128], "std": [64, 64, 64]}
    path.with_suffix(".json").write_text(json.dumps({"name": "t", "input": looks, "output": "y", "licence": "CC0"}))
    return path


def small_request(home: Path, out: str, steps: int, resume: bool = False) -> Request:
    settings = RunSettings(
        steps=steps,
        rate=0.06,
        stages=(Stage(1.0, 32),),
        judge_size=32,
        shape=TINY_STUDENT,
        step=StepSettings(parts=2, part_size=12, average_decay=0.9),
    )
    teacher = home / "teacher.onnx"
    if not teacher.exists():
        write_teacher(teacher)
        draw_pictures(home / "pictures")
    return Request(
        teacher=teacher,
        looks=read_teacher_input(teacher.with_suffix(".json")),
        data=(home / "pictures",),
        judge=(home / "pictures",),
        out=home / out,
        settings=settings,
        label=Label("small", "CC0", 32, 36),
        resume=resume,
        threads=1,
    )
