"""`shoal distil`: the quick network taught by another; what it lost is told, and the file is a model like any other."""

import json
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from shoal.analysis.distilling import fit_student, kept_neighbours, likeness
from shoal.analysis.vector_space import unit_rows
from shoal.command_line.cli import main
from shoal.domain.student_head import StudentHead
from shoal.domain.task import Task
from shoal.embedding.distilled import FEATURES, student_network, with_features
from shoal.embedding.onnx_reading import NoNetwork, cut_at, fields
from shoal.files.shipped import resource


@pytest.fixture(scope="module")
def network() -> Path:
    found = resource("builtin.onnx")
    assert found is not None
    return found


def outputs(content: bytes, pixels: np.ndarray) -> dict[str, np.ndarray]:
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    names = [one.name for one in session.get_outputs()]
    return dict(zip(names, session.run(names, {session.get_inputs()[0].name: pixels}), strict=True))


def heads(width: int, kernel: bool) -> StudentHead:
    random = np.random.default_rng(1)
    mean, scale = random.normal(size=width).astype(np.float32), random.uniform(0.5, 2, width).astype(np.float32)
    rows = unit_rows(random.normal(size=(7, width)).astype(np.float32)) if kernel else None
    weights = random.normal(size=(7 if kernel else width, 20)).astype(np.float32)
    return StudentHead(mean, scale, weights, random.normal(size=20).astype(np.float32), rows, 2.0)


@pytest.mark.parametrize("kernel", [False, True])
def test_the_file_computes_what_its_last_step_says(network, kernel):
    content = network.read_bytes()
    pixels = np.random.default_rng(0).normal(size=(3, 3, 96, 96)).astype(np.float32)
    bare = outputs(with_features(content), pixels)
    assert list(bare) == [FEATURES]
    head = heads(bare[FEATURES].shape[1], kernel)
    made = outputs(student_network(content, head, network.with_suffix(".json"), {}), pixels)
    assert list(made) == ["distilled"], "and nothing is left that could be taken for its vectors"
    np.testing.assert_allclose(made["distilled"], head.of(bare[FEATURES]), rtol=2e-3, atol=2e-3)


@pytest.mark.parametrize("content", [b"", b"\x3a", b"\x3a\x05ab", b"\x0b", bytes(range(200)), b"\xff" * 20])
def test_what_is_no_network_is_refused(content):
    with pytest.raises(NoNetwork):
        with_features(content)


def test_what_a_value_does_not_need_is_left_out(network):
    content = network.read_bytes()
    assert len(b"".join(cut_at(content, "image").parts)) < 1000
    assert b"".join(one.raw for one in fields(content)) == content


def blobs(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """What a student sees of pictures in eight heaps, and what its teacher does, which is no linear map of it."""
    random = np.random.default_rng(seed)
    hidden = np.random.default_rng(9).normal(size=(8, 12))[random.integers(0, 8, count)]
    hidden += random.normal(scale=0.5, size=hidden.shape)
    mixed = np.random.default_rng(8).normal(size=(12, 60))
    student = hidden @ mixed + random.normal(scale=0.2, size=(count, 60))
    return student.astype(np.float32), unit_rows(np.tanh(hidden).astype(np.float32))


def test_learning_keeps_more_neighbours_than_the_numbers_themselves_do():
    features, wanted = blobs(400, 0)
    head = fit_student(features, wanted, Task())
    asked, there = blobs(200, 1)
    learnt, plain = unit_rows(head.of(asked)), unit_rows(asked)
    assert kept_neighbours(learnt, there) > kept_neighbours(plain, there) + 0.1
    found = likeness(learnt, there, Task())
    assert found.cosine is not None
    assert found.cosine > 0.9
    assert found.knn > 0.8
    assert likeness(there, there, Task()).kept == 1.0


def test_a_folder_is_distilled_and_the_file_sorts(things, shoal, tmp_path):
    out = tmp_path / "mine.onnx"
    made = shoal("distil", things, "--out", out, "--model", "colour-layout")
    assert (made["images"], made["held_back"], made["model"]) == (36, 8, f"onnx:{out}")
    assert 0 <= made["distilled"]["neighbours_kept_at_10"] <= 1
    assert made["milliseconds"]["teacher"] > 0
    told = shoal("sort", things, "--to", tmp_path / "out", "--model", f"onnx:{out}", "--clusters", 3)
    assert sum(one["count"] for one in told["clusters"]) + told["unsorted"] == 36
    notes = onnxruntime.InferenceSession(out, providers=["CPUExecutionProvider"]).get_modelmeta().custom_metadata_map
    assert json.loads(notes["shoal.teacher"])["model"] == "colour-layout"
    assert json.loads(notes["shoal.preprocessing"])["input"]["size"] == 96
    renamed = out.rename(tmp_path / "elsewhere.onnx")
    key = shoal("embed", things, "--out", tmp_path / "v.npz", "--model", f"onnx:{renamed}")["key"]
    assert key["input_size"] == 96, "it says itself how pictures are prepared"


def test_few_pictures_are_refused_and_nothing_is_overwritten(things, capsys, tmp_path):
    few = tmp_path / "few"
    few.mkdir()
    for file in sorted(things.glob("*.png"))[:12]:
        (few / file.name).hardlink_to(file)
    assert main(["distil", str(few), "--out", str(tmp_path / "a.onnx"), "--model", "colour-layout"]) == 1
    assert "too few" in capsys.readouterr().err
    (tmp_path / "b.onnx").write_bytes(b"mine")
    assert main(["distil", str(few), "--out", str(tmp_path / "b.onnx")]) == 1
    assert "nothing is ever overwritten" in capsys.readouterr().err
