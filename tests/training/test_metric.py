"""The last matrix of the usual network, computed from labelled pictures."""

import argparse
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from shoal.embedding.efficientnet_head import read_head
from shoal_training import head_fitting
from shoal_training.__main__ import main
from shoal_training.head_fitting import HEAD, sifted
from shoal_training.metric import measured_scatter, metric_head
from shoal_training.scoring import knn5_accuracy, unit_rows


def fields(seed: int, telling: int = 6) -> tuple[np.ndarray, np.ndarray]:
    """Ten classes that some numbers tell apart; the others, much wider, say nothing about them."""
    random = np.random.default_rng(seed)
    classes = np.repeat(np.arange(10), 30)
    means = np.random.default_rng(99 + seed).normal(size=(10, telling))
    said = means[classes] + random.normal(0, 0.4, (300, telling))
    return np.concatenate([said, random.normal(0, 2, (300, 40 - telling))], 1).astype(np.float32), classes


def test_numbers_that_tell_classes_apart_count_more_for_classes_never_seen() -> None:
    features, classes = fields(0)
    ones = np.ones(len(classes))
    head = metric_head(features, classes, np.zeros_like(classes), ones, dimension=30)
    assert head.matrix.shape == (40, 30)
    others, labels = fields(1)
    plain, seen = (knn5_accuracy(unit_rows(rows), labels) for rows in (others, head(others)))
    assert seen > plain + 0.1


def test_what_tells_nothing_apart_here_is_not_thrown_away() -> None:
    features, classes = fields(0)
    head = metric_head(features, classes, np.zeros_like(classes), np.ones(300), dimension=40)
    lengths = np.linalg.norm(head.matrix, axis=1)
    assert lengths[:6].min() > lengths[6:].max()
    assert lengths[6:].min() > 0.1 * lengths[:6].max()


def test_how_sources_differ_from_each_other_tells_no_classes_apart() -> None:
    random = np.random.default_rng(3)
    classes = np.repeat(np.arange(6), 20)
    sources = np.repeat([0, 1], 60)
    features = random.normal(0, 0.1, (120, 4)).astype(np.float32)
    features[:, 0] += 10 * sources
    features[:, 1] += classes % 3
    scatter = measured_scatter(features, classes, sources, np.ones(120))
    assert scatter.between[0, 0] < 0.01
    assert scatter.between[1, 1] > 0.5
    assert scatter.total[0, 0] > 20


def test_a_class_of_one_says_nothing_about_what_differs_within() -> None:
    features = np.array([[0, 0], [2, 0], [0, 9]], np.float32)
    scatter = measured_scatter(features, np.array([0, 0, 1]), np.zeros(3, np.int64), np.ones(3))
    np.testing.assert_allclose(np.diag(scatter.within), [4 / 3, 0])


def write_pictures(folder: Path) -> None:
    random = np.random.default_rng(0)
    for source, label, count in (("fruit", "plum", 4), ("fruit", "fig", 3), ("fruit", "odd", 3), ("cars", "red", 2)):
        place = folder / source / label
        place.mkdir(parents=True)
        for number in range(count):
            Image.fromarray(random.integers(0, 256, (40, 30, 3), np.uint8)).save(place / f"{number}.png")


def test_of_each_label_so_many_are_taken_and_of_sources_not_named_none(tmp_path: Path) -> None:
    write_pictures(tmp_path)
    taken = sifted([tmp_path], {"fruit": 3.0}, frozenset({"fruit/odd"}))
    assert [picture.label for picture in taken] == ["fig"] * 3 + ["plum"] * 3


def test_the_command_writes_a_head_that_the_program_reads_and_looks_only_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pictures(tmp_path / "pictures")
    (tmp_path / "pictures" / "fruit" / "fig" / "9.png").write_bytes(b"no picture")
    words = ["head", "--data", str(tmp_path / "pictures"), "--out", str(tmp_path / "out"), "--dimension", "8"]
    words += ["--most-per-label", "fruit=9", "cars=9", "--emphasis", "cars=0.5"]
    assert main(words) == 0
    first = (tmp_path / "out" / HEAD).read_bytes()
    head = read_head(first)
    assert (head.matrix.shape, head.offset.shape) == ((1280, 8), (8,))
    monkeypatch.setattr(head_fitting, "decode_image", argparse.ArgumentParser)
    assert main(words) == 0
    np.testing.assert_array_equal(read_head((tmp_path / "out" / HEAD).read_bytes()).matrix, head.matrix)
