"""Objects of a YOLO: boxes as Ultralytics finds them, a vector for each, one pass. The weights are random, seeded."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.support.yolo_networks import (
    SIDE,
    sample_pictures,
    ultralytics_boxes,
    write_finding_yolo,
    write_random_yolo,
    write_untrained_yolo,
)

from shoal.domain.errors import ModelUnavailable
from shoal.domain.extension_points import FoundObjects, LoadOptions, ObjectBackend
from shoal.domain.images import RgbImage
from shoal.domain.input_geometry import InputGeometry, letterbox_place
from shoal.domain.task import Task
from shoal.embedding.object_vectors import DetectorAnswer, region_vectors
from shoal.embedding.prepared_input import Preprocessing
from shoal.embedding.preprocessing import SCALINGS
from shoal.embedding.torch_engine import Place, embed_pixels
from shoal.embedding.torch_network import TorchNetwork
from shoal.embedding.yolo_checkpoints import yolo_facts
from shoal.embedding.yolo_objects import LAYER, build_detector, find_in_engine
from shoal.imaging.decoding import decode_image
from shoal.looking.catalogue import find_backend
from shoal.processes.engine_environment import engine_environment
from shoal.processes.helper_process import HelperProcess

PICTURE = InputGeometry(SIDE, SIDE, "letterbox", "point")
SIZES = [(810, 1080), (1280, 720)]
PEOPLE = {
    "bus.jpg": [(48, 398, 245, 903), (669, 392, 810, 878), (222, 405, 345, 861)],
    "zidane.jpg": [(743, 48, 1148, 710)],
}
"""Where some of the people are in the sample pictures, in pixels."""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HelperProcess]:
    with HelperProcess("engine", engine_environment(tmp_path_factory.mktemp("cache"))) as process:
        yield process


@pytest.fixture(scope="module")
def weights(engine: HelperProcess, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("yolo") / "finding.pt"
    engine.call(write_finding_yolo, path, task=Task())
    return path


@pytest.fixture(scope="module")
def finder(engine: HelperProcess, weights: Path) -> ObjectBackend:
    return loaded("yolo11n", engine, weights)


def loaded(name: str, engine: HelperProcess, weights: Path, **options) -> ObjectBackend:
    lent = LoadOptions(engine=engine, export_folder=weights.parent / "exported", device="cpu")
    said = replace(lent, weights=weights, trust_weights=True, objects=True, **options)
    backend = find_backend(name)[0].load(said)
    assert isinstance(backend, ObjectBackend)
    return backend


def pictures() -> list[RgbImage]:
    return [decode_image(path.read_bytes(), path.suffix, PICTURE).pixels for path in sample_pictures()]


def test_the_boxes_are_those_of_ultralytics(engine, weights, finder):
    theirs = engine.call(ultralytics_boxes, weights, sample_pictures(), task=Task())
    for found, expected in zip(finder.find(pictures(), SIZES), theirs, strict=True):
        assert 1 < len(expected) <= 100
        order = np.argsort(-expected[:, 4], kind="stable")
        assert len(found.boxes) == len(expected)
        np.testing.assert_allclose(found.boxes, expected[order, :4], atol=1.0)
        np.testing.assert_allclose(found.confidences, expected[order, 4], atol=1e-3)
        assert [finder.kinds.index(kind) for kind in found.kinds] == expected[order, 5].astype(int).tolist()


def test_boxes_and_vectors_come_from_one_pass(finder, monkeypatch):
    import onnxruntime  # noqa: PLC0415  # slow to import

    runs = []
    run = onnxruntime.InferenceSession.run
    monkeypatch.setattr(onnxruntime.InferenceSession, "run", lambda *said: runs.append(1) or run(*said))
    found = finder.find(pictures(), SIZES)
    assert len(runs) == len(found) == 2
    for one in found:
        assert one.vectors.shape == (len(one.boxes), finder.dimension)
        np.testing.assert_allclose(np.linalg.norm([*one.vectors, one.whole], axis=1), 1, rtol=1e-5)


def test_company_changes_nothing_and_the_engine_says_the_same(engine, weights, finder):
    alone = finder.find(pictures()[:1], SIZES[:1])[0]
    np.testing.assert_array_equal(alone.vectors, finder.find(pictures(), SIZES)[0].vectors)
    network, answer = detector(engine, weights)
    there = engine.call(find_in_engine, network, Place("cpu"), answer, np.stack(pictures()), SIZES, task=Task())
    np.testing.assert_allclose(there[0].confidences, alone.confidences, atol=1e-3)
    rows = [_same_object(there[0], alone.boxes[row], alone.kinds[row]) for row in range(len(alone.boxes))]
    matched = [(here, row) for here, row in enumerate(rows) if row is not None]
    assert len(matched) >= 0.97 * len(alone.boxes)  # equally sure ones may change places or suppress one another
    similarities = [float(alone.vectors[here] @ there[0].vectors[row]) for here, row in matched]
    assert min(similarities) >= 0.9999


def _same_object(found: FoundObjects, box: NDArray[np.float32], kind: str) -> int | None:
    """The row of the object of that kind in that place. By rounding, random weights part equals another way there."""
    distances = np.abs(found.boxes - box).max(axis=1)
    rows = [row for row in np.argsort(distances).tolist() if distances[row] <= 0.5 and found.kinds[row] == kind]
    return rows[0] if rows else None


def detector(engine: HelperProcess, weights: Path) -> tuple[TorchNetwork, DetectorAnswer]:
    facts = engine.call(yolo_facts, weights, task=Task())
    how = Preprocessing(PICTURE, *SCALINGS["unit"])
    network = TorchNetwork(build_detector, "yolo11n", LAYER, weights, "random", how)
    return network, DetectorAnswer(SIDE, facts.strides, facts.channels, facts.classes)


@pytest.mark.parametrize(("aside", "light"), [(32, 1.0), (0, 0.85)])
def test_the_same_person_in_two_pictures_is_nearest_to_itself(engine, tmp_path, aside, light):
    """The sample pictures, and the same scenes moved aside or darker. Boxes are given: untrained, it finds nobody."""
    engine.call(write_untrained_yolo, tmp_path / "untrained.pt", task=Task())
    network, answer = detector(engine, tmp_path / "untrained.pt")
    originals, boxes = pictures(), []
    for path, size in zip(sample_pictures(), SIZES, strict=True):
        scale, left, top = letterbox_place(SIDE, *size)
        boxes.append(
            np.array(PEOPLE[path.name], np.float32) * np.float32(scale) + np.array([left, top, left, top], np.float32)
        )
    changed = [np.roll((one * light).astype(np.uint8), aside, 1) for one in originals]
    rows = engine.call(embed_pixels, network, Place("cpu"), np.stack([*originals, *changed]), task=Task())
    boxes += [one + np.array([aside, 0, aside, 0], np.float32) for one in boxes]
    vectors = [region_vectors(answer.taken_apart(row)[2], box, SIDE) for row, box in zip(rows, boxes, strict=True)]
    before, after = np.concatenate(vectors[:2]), np.concatenate(vectors[2:])
    np.testing.assert_array_equal((before @ after.T).argmax(axis=1), np.arange(4))


def test_a_classifier_finds_no_objects(engine, weights):
    path = weights.with_name("classifier.pt")
    engine.call(write_random_yolo, "yolo11n-cls", path, task=Task())
    with pytest.raises(ModelUnavailable, match="finds no objects"):
        loaded("yolo11n", engine, path)


def test_layers_cannot_be_chosen_for_objects(engine, weights):
    with pytest.raises(ModelUnavailable, match="Leave --layer out"):
        loaded("yolo11n", engine, weights, layer="4")
