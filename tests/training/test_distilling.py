"""A run from pictures to file, on a world small enough for seconds."""

import io
import json
import tarfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from tests.training.small_world import TINY_STUDENT, draw_pictures, small_request, write_teacher

from shoal.domain.errors import UserFacingError
from shoal.domain.task import Progress, Task
from shoal_training.__main__ import main
from shoal_training.distilling import distil
from shoal_training.export import Label, export_student
from shoal_training.head import Head
from shoal_training.student import Student


def log_of(folder: Path, event: str) -> list[dict[str, object]]:
    lines = [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]
    return [line for line in lines if line["event"] == event]


def test_the_student_comes_closer_to_the_teacher_and_its_scores_are_logged(tmp_path: Path) -> None:
    exported = distil(small_request(tmp_path, "out", steps=60), Task())
    first, *_, last = (float(str(line["vector"])) for line in log_of(tmp_path / "out", "step"))
    assert last < 0.9 * first
    assert log_of(tmp_path / "out", "exported")[0]["knn5_accuracy"] > 0.5  # type: ignore[operator]  # by chance 0.17
    assert exported.stat().st_size > 0
    assert json.loads(exported.with_suffix(".json").read_text())["input"]["resize"] == 36


class StopAfter:
    """Cancels a task at its n-th training report."""

    def __init__(self, reports: int) -> None:
        self._left = reports
        self.task = Task(self._count)

    def _count(self, progress: Progress) -> None:
        self._left -= progress.message == "Training"
        if self._left == 0:
            self.task.cancel()


def test_a_stopped_run_goes_on_as_if_it_had_not_been_stopped(tmp_path: Path) -> None:
    whole = distil(small_request(tmp_path, "whole", steps=8), Task())
    distil(small_request(tmp_path, "halves", steps=8), StopAfter(4).task)
    assert len(log_of(tmp_path / "halves", "resumed")) == 0
    halves = distil(small_request(tmp_path, "halves", steps=8, resume=True), Task())
    assert log_of(tmp_path / "halves", "resumed")[0]["step"] == 4
    assert whole.read_bytes() == halves.read_bytes()


def test_the_exported_file_answers_as_the_student_does_for_every_batch_size(tmp_path: Path) -> None:
    torch.manual_seed(3)
    student = Student(replace(TINY_STUDENT, targets=10, classes=4))
    student.train()(torch.randn(16, 3, 32, 32))  # gives the normalisations something to fold
    student.eval()
    path = tmp_path / "student.onnx"
    random = np.random.default_rng(0)
    head = Head(random.normal(size=(128, 9)).astype(np.float32), random.normal(size=9).astype(np.float32))
    export_student(student, head, Label("s", "CC0", 32, 32), path)
    session = onnxruntime.InferenceSession(str(path))
    pictures = torch.randn(7, 3, 32, 32)
    with torch.no_grad():
        expected = head(student.pooled(pictures).numpy())
    for count in (1, 2, 5, 7):
        (answers,) = session.run(["embedding"], {"image": pictures[:count].numpy()})
        assert cosines(answers, expected[:count]).min() > 0.9999


def cosines(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(ours, axis=1) * np.linalg.norm(theirs, axis=1)
    return np.asarray((ours * theirs).sum(1) / lengths)


def test_pictures_come_from_tars_and_broken_ones_are_left_out(tmp_path: Path) -> None:
    write_teacher(tmp_path / "t.onnx")
    pictures = draw_pictures(tmp_path / "drawn", of_each=3)
    with tarfile.open(tmp_path / "some.tar", "w") as tar:
        tar.add(pictures, "drawn")
        broken = tarfile.TarInfo("drawn/red-ellipse/broken.png")
        broken.size = 5
        tar.addfile(broken, io.BytesIO(b"never"))
    arguments = ["--teacher", str(tmp_path / "t.onnx"), "--data", str(tmp_path / "some.tar")]
    arguments += ["--out", str(tmp_path / "out"), "--steps", "1", "--batch", "12", "--sizes", "32", "32", "32"]
    assert main(["distil", *arguments]) == 0
    known = json.loads((tmp_path / "out" / "cache" / "pictures.json").read_text())
    assert known["unreadable"] == 1
    assert len(known["labels"]) == 18
    assert set(known["sources"]) == {"drawn"}


def test_a_finished_run_is_not_written_over(tmp_path: Path) -> None:
    distil(small_request(tmp_path, "out", steps=1), Task())
    with pytest.raises(UserFacingError, match="--resume"):
        distil(small_request(tmp_path, "out", steps=1), Task())


def test_a_missing_teacher_is_told_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [
        "distil",
        "--teacher",
        str(tmp_path / "no.onnx"),
        "--data",
        str(tmp_path),
        "--out",
        str(tmp_path / "o"),
    ]
    assert main([*arguments, "--teacher-size", "32"]) == 1
    assert "no.onnx does not exist" in capsys.readouterr().err
