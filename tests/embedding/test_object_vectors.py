"""Vectors under boxes against torchvision's RoIAlign, and what becomes of a detector's numbers."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from shoal.embedding.object_vectors import DetectorAnswer, objects_in, region_vectors

torch: Any = pytest.importorskip("torch", reason="the test extra brings it")

SIDE = 64
ANSWER = DetectorAnswer(SIDE, (8, 16), (5, 7), ("person", "bottle"))
BOXES = np.array([[3, 5, 40, 60], [0, 0, 64, 64], [10.3, 20.7, 12.1, 23.9], [50, 50, 64, 63]], np.float32)


def maps(seed: int = 0) -> list[np.ndarray]:
    random = np.random.default_rng(seed)
    return [
        random.random((channels, SIDE // stride, SIDE // stride), np.float32) for channels, stride in ((5, 8), (7, 16))
    ]


def test_a_vector_is_the_mean_of_torchvisions_roi_align():
    from torchvision.ops import roi_align  # noqa: PLC0415

    parts = []
    for one, stride in zip(maps(), (8, 16), strict=True):
        cells = roi_align(torch.from_numpy(one[None]), [torch.from_numpy(BOXES)], 7, 1 / stride, 2, aligned=True)
        mean = cells.mean((2, 3)).numpy()
        parts.append(mean / np.linalg.norm(mean, axis=1, keepdims=True))
    expected = np.concatenate(parts, axis=1) / np.sqrt(2)
    np.testing.assert_allclose(region_vectors(maps(), BOXES, SIDE), expected, atol=1e-6)


def numbers(boxes: Sequence[tuple[float, ...]], scores: list[tuple[float, float]]) -> np.ndarray:
    """A detector's answer in which only the first anchors have something to say."""
    anchors = 64 + 16
    shares, sure = np.zeros((4, anchors), np.float32), np.zeros((2, anchors), np.float32)
    shares[:, : len(boxes)] = np.array(boxes).T / SIDE
    sure[:, : len(scores)] = np.array(scores).T
    return np.concatenate([part.ravel() for part in (shares, sure, *maps())])


def test_boxes_come_back_in_pixels_of_the_picture():
    """A picture of 128 x 64 lies in the square at half its size, 16 pixels from the top."""
    found = objects_in(numbers([(32, 32, 20, 10)], [(0.9, 0.2)]), ANSWER, (128, 64))
    np.testing.assert_allclose(found.boxes, [[44, 22, 84, 42]], atol=1e-4)
    assert found.kinds == ("person",)
    np.testing.assert_allclose(found.confidences, [0.9])
    assert found.vectors.shape == (1, 12)
    np.testing.assert_allclose(np.linalg.norm([*found.vectors, found.whole], axis=1), 1, rtol=1e-5)


def test_the_surest_of_overlapping_boxes_of_a_kind_stays():
    boxes = [(30, 30, 20, 20), (31, 30, 20, 20), (30, 31, 20, 20), (50, 50, 20, 20)]
    found = objects_in(numbers(boxes, [(0.5, 0), (0.8, 0), (0, 0.6), (0.3, 0)]), ANSWER, (64, 64))
    assert [(kind, round(float(sure), 2)) for kind, sure in zip(found.kinds, found.confidences, strict=True)] == [
        ("person", 0.8), ("bottle", 0.6), ("person", 0.3),
    ]  # fmt: skip


def test_what_is_unsure_or_outside_the_picture_is_no_object():
    """Boxes in the grey bars, and slivers."""
    boxes = [(32, 5, 20, 8), (30, 30, 20, 20), (32, 32, 0.4, 20)]
    found = objects_in(numbers(boxes, [(0.9, 0), (0.09, 0), (0.9, 0)]), ANSWER, (128, 64))
    assert len(found.boxes) == 0
    assert found.vectors.shape == (0, 12)


def test_a_box_is_cut_where_the_picture_ends():
    found = objects_in(numbers([(2, 32, 20, 10)], [(0.9, 0)]), ANSWER, (64, 64))
    np.testing.assert_allclose(found.boxes, [[0, 27, 12, 37]], atol=1e-4)
