"""Pictures become bytes, bytes the teacher's answers, answers a student, the student a file."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import torch

from shoal.domain.errors import UserFacingError
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal_training.dataset import PictureSet, build_picture_set
from shoal_training.export import Label, export_student
from shoal_training.finishing import Looking, fit_head
from shoal_training.judging import read_judged_set
from shoal_training.material import Material, Mixture
from shoal_training.run import Run, RunSettings
from shoal_training.student import Student
from shoal_training.targets import Targets, choose_rows, compute_targets
from shoal_training.teacher import Teacher, TeacherInput
from shoal_training.trainer import Trainer

_SIDE = 128
_JUDGED_SIDE = 256


@dataclass(frozen=True, slots=True)
class Request:
    """One call of the command; `epochs` counts shown pictures in multiples of those that the teacher has seen."""

    teacher: Path
    looks: TeacherInput
    data: tuple[Path, ...]
    out: Path
    settings: RunSettings
    label: Label
    judge: tuple[Path, ...] = ()
    teacher_output: str = ""
    epochs: float | None = None
    resume: bool = False
    threads: int = 2
    device: str = "cpu"
    mixture: Mixture = field(default_factory=Mixture)
    whitening: float = 0.5
    most_per_source: int = 0


def distil(request: Request, task: Task) -> Path:
    """Everything from pictures to the exported file, whose path is returned."""
    _check(request)
    torch.set_num_threads(1)  # a thread of ours per core; see `trainer`
    cache = request.out / "cache"
    pictures = build_picture_set(list(request.data), cache, _SIDE, request.threads)
    targets = _targets(request, pictures, cache, task)
    material = Material(pictures, targets, request.mixture, request.whitening, request.settings.seed)
    trainer = _trainer(request, material)
    sets = [read_judged_set(folder, _JUDGED_SIDE) for folder in request.judge]
    run = Run(trainer, _settings(request, material), request.out, sets)
    if request.resume:
        run.resume()
    run.go(task)
    trainer.close()
    exported = request.out / "student.onnx"
    looking = Looking(trainer.average, request.label.size, request.threads, mixture=request.mixture)
    head = fit_head(looking, pictures, targets, request.label.dimension, Task())
    export_student(trainer.average, head, request.label, exported)
    run.score_head(head, request.label.size)
    return exported


def _targets(request: Request, pictures: PictureSet, cache: Path, task: Task) -> Targets:
    teacher = Teacher(request.teacher, request.looks, request.teacher_output)
    rows = choose_rows(pictures.sources, request.most_per_source)
    return compute_targets(teacher, pictures, rows, cache, request.threads, task)


def _trainer(request: Request, material: Material) -> Trainer:
    settings = request.settings
    torch.manual_seed(settings.seed)
    shape = replace(settings.shape, targets=material.components, classes=len(material.classes.rival))
    student = Student(shape).to(torch.device(request.device))
    threads = request.threads if request.device == "cpu" else 1
    return Trainer(student, material, settings.losses, settings.step, threads)


def _settings(request: Request, material: Material) -> RunSettings:
    if request.epochs is None:
        return request.settings
    batch = request.settings.step.parts * request.settings.step.part_size
    return replace(request.settings, steps=max(1, round(request.epochs * material.usable / batch)), minutes=None)


def _check(request: Request) -> None:
    for path in (request.teacher, *request.data, *request.judge):
        if not path.exists():
            raise UserFacingError(Sentence("{path} does not exist.", path=path), Sentence("Check the path."))
    request.out.mkdir(parents=True, exist_ok=True)
    if (request.out / "checkpoint.pt").exists() and not request.resume:
        raise UserFacingError(
            Sentence("{out} holds a run already.", out=request.out), Sentence("Add --resume, or give another folder.")
        )
