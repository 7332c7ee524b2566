"""The ONNX file that the program writes computes what the network computes in torch."""

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from tests.support.torch_lite import TorchLite, state_of, with_busy_norms

from shoal.embedding import efficientnet_lite
from shoal.embedding.efficientnet_graph import (
    CLASSES,
    EMBEDDING,
    INPUT,
    LITE0,
    LITE1,
    LITE2,
    MAP,
    POOLED,
    Head,
    WholeNumbers,
    network_file,
)
from shoal.embedding.unit_rows import unit_rows

WIDTHS = {LITE0: (1.0, 1.0), LITE1: (1.0, 1.1), LITE2: (1.1, 1.2)}
CLOSE_ENOUGH = 0.9999


def answers(content: bytes, pictures: np.ndarray) -> list[np.ndarray]:
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    return session.run([EMBEDDING, CLASSES, MAP], {INPUT: pictures})


def pictures(count: int, height: int, width: int) -> np.ndarray:
    """Soft blobs over noise, in bytes, four to a place."""
    random = np.random.default_rng(0)
    rows, columns = np.mgrid[:height, :width] / 16
    waves = np.sin(rows + random.uniform(0, 9, (count, 3, 1, 1))) * np.cos(
        columns * random.uniform(0.3, 2, (count, 3, 1, 1))
    )
    values = waves * 0.7 + random.normal(0, 0.1, waves.shape)
    pixels = np.clip(np.rint(values * 128 + 127), 0, 255).astype(np.uint8)
    spare = random.integers(0, 256, (count, 1, height, width), np.uint8)
    return np.concatenate([pixels, spare], axis=1).transpose(0, 2, 3, 1)


def assert_agrees(network: TorchLite, content: bytes, pixels: np.ndarray) -> None:
    values = (pixels[..., :3].transpose(0, 3, 1, 2).astype(np.float32) - 127) / 128
    with torch.inference_mode():
        expected = [answer.numpy() for answer in network(torch.from_numpy(values))]
    for ours, theirs in zip(answers(content, pixels), expected, strict=True):
        assert ours.shape == theirs.shape
        cosines = (unit_rows(ours.reshape(len(ours), -1)) * unit_rows(theirs.reshape(len(ours), -1))).sum(1)
        assert cosines.min() >= CLOSE_ENOUGH


@pytest.mark.parametrize("architecture", WIDTHS, ids=lambda one: one.name)
@pytest.mark.parametrize("sides", [None, (320, 320), (203, 111)], ids=["own", "larger", "odd"])
def test_it_agrees_with_torch_for_random_weights(architecture, sides):
    torch.manual_seed(0)
    network = with_busy_norms(TorchLite(*WIDTHS[architecture]))
    tensors = {name: tensor.numpy() for name, tensor in state_of(network).items()}
    height, width = sides or (architecture.size,) * 2
    assert_agrees(network, network_file(architecture, tensors, WholeNumbers()), pictures(2, height, width))


def test_it_agrees_with_torch_for_the_published_weights():
    tensors = efficientnet_lite.published_tensors(efficientnet_lite.WEIGHTS)
    network = TorchLite()
    network.load_state_dict({name: torch.from_numpy(tensor.copy()) for name, tensor in tensors.items()})
    assert_agrees(network.eval(), network_file(LITE0, tensors, WholeNumbers()), pictures(3, 224, 224))


def test_the_file_is_one_that_the_onnx_package_finds_right():
    tensors = efficientnet_lite.published_tensors(efficientnet_lite.WEIGHTS)
    model = onnx.load_model_from_string(network_file(LITE0, tensors, WholeNumbers()))
    onnx.checker.check_model(model, full_check=True)
    assert [value.name for value in model.graph.output] == [EMBEDDING, POOLED, CLASSES, MAP]
    assert {note.key: note.value for note in model.metadata_props}["licence"] == "Apache-2.0"


def test_the_head_comes_after_the_mean_and_leaves_the_classes_as_they_are():
    tensors = efficientnet_lite.published_tensors(efficientnet_lite.WEIGHTS)
    random = np.random.default_rng(0)
    head = Head(random.normal(size=(1280, 7)).astype(np.float32), random.normal(size=7).astype(np.float32))
    values = pictures(2, 224, 224)
    pooled, classes, _map = answers(network_file(LITE0, tensors, WholeNumbers()), values)
    embedding, same_classes, _map = answers(network_file(LITE0, tensors, WholeNumbers(), head), values)
    expected = pooled @ head.matrix.astype(np.float16).astype(np.float32) + head.offset
    np.testing.assert_allclose(embedding, expected, atol=1e-3)
    np.testing.assert_array_equal(same_classes, classes)
