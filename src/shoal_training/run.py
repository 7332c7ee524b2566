"""A whole training run: pictures, the teacher's answers, steps until the time is up, checkpoints, scores, a log."""

import json
import math
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch

from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.files.safe_files import rename_own
from shoal_training.finishing import Looking, pooled_features
from shoal_training.head import Head
from shoal_training.judging import JudgedSet, judge
from shoal_training.losses import LossWeights
from shoal_training.material import ViewSettings
from shoal_training.scoring import score
from shoal_training.student import StudentShape
from shoal_training.trainer import StepSettings, Trainer

_WARM_UP = 0.02


@dataclass(frozen=True, slots=True)
class Stage:
    """Until this part of the run (0 to 1), show pictures of `size` pixels."""

    until: float
    size: int


@dataclass(frozen=True, slots=True)
class RunSettings:
    """A run ends after `steps` or after `minutes` of running, whichever is given; the rate falls to zero by then."""

    steps: int | None = None
    minutes: float | None = None
    rate: float = 0.03
    seed: int = 0
    stages: tuple[Stage, ...] = (Stage(0.4, 48), Stage(0.85, 64), Stage(1.0, 80))
    smallest_area: float = 0.35
    colour_jitter: float = 0.2
    judge_size: int = 96
    minutes_between_checkpoints: float = 4.0
    minutes_between_scores: float = 8.0
    shape: StudentShape = field(default_factory=StudentShape)
    losses: LossWeights = field(default_factory=LossWeights)
    step: StepSettings = field(default_factory=StepSettings)


class Run:
    def __init__(self, trainer: Trainer, settings: RunSettings, folder: Path, sets: list[JudgedSet]) -> None:
        self._trainer, self._settings, self._folder, self._sets = trainer, settings, folder, sets
        self._step = 0
        self._seconds_before = 0.0
        self._started = time.monotonic()
        self._losses: dict[str, float] = {}

    def resume(self) -> bool:
        """Go on from the checkpoint in the run's folder, if there is one."""
        path = self._folder / "checkpoint.pt"
        if not path.exists():
            return False
        stored = torch.load(path, map_location="cpu", weights_only=True)
        self._trainer.restore(stored["trainer"])
        self._step, self._seconds_before = stored["step"], stored["seconds"]
        self.log("resumed", step=self._step)
        return True

    def go(self, task: Task) -> None:
        """Train to the end of the schedule, or until `task` is cancelled; a checkpoint is left behind either way."""
        self._started = time.monotonic()
        self.log("started", settings=asdict(self._settings))
        checkpointed = scored = time.monotonic()
        while self.progress() < 1.0 and not task.cancel_requested:
            task.report(Sentence("Training"), int(1000 * self.progress()), 1000)
            self._one_step()
            now = time.monotonic()
            if now - checkpointed > 60 * self._settings.minutes_between_checkpoints:
                self.save_checkpoint()
                checkpointed = now
            if now - scored > 60 * self._settings.minutes_between_scores:
                self.score()
                scored = time.monotonic()
        self.save_checkpoint()
        self.score()

    def progress(self) -> float:
        """0 at the start, 1 at the end of the schedule."""
        if self._settings.steps is not None:
            return self._step / self._settings.steps
        if self._settings.minutes is None:
            raise ValueError("a run needs a number of steps or of minutes")
        return self._seconds() / (60 * self._settings.minutes)

    def _seconds(self) -> float:
        return self._seconds_before + time.monotonic() - self._started

    def _one_step(self) -> None:
        done = self.progress()
        size = next((stage.size for stage in self._settings.stages if done < stage.until), self._settings.judge_size)
        look = ViewSettings(size, self._settings.smallest_area, self._settings.colour_jitter)
        losses = self._trainer.step(self._step, look, self._settings.rate * rate_factor(done))
        for name, value in losses.items():
            self._losses[name] = 0.95 * self._losses.get(name, value) + 0.05 * value
        self._step += 1
        if self._step % 20 == 0:
            self.log("step", step=self._step, size=size, progress=round(done, 4), **_rounded(self._losses))

    def score(self) -> None:
        for output, by_set in judge(self._trainer.average, self._sets, self._settings.judge_size).items():
            shown = {name: _rounded(asdict(value)) for name, value in by_set.items()}
            self.log("scores", step=self._step, output=output, scores=shown)

    def score_head(self, head: Head, size: int) -> None:
        """What is exported, on the judged sets."""
        for judged in self._sets:
            rows = np.arange(len(judged.pixels))
            vectors = head(pooled_features(Looking(self._trainer.average, size), judged.pixels, rows, Task()))
            self.log("exported", set=judged.name, **_rounded(asdict(score(vectors, judged.labels))))

    def save_checkpoint(self) -> None:
        """Whole or not at all: a run that is killed while saving keeps the checkpoint before."""
        temporary = self._folder / "checkpoint.tmp"
        torch.save({"trainer": self._trainer.state(), "step": self._step, "seconds": self._seconds()}, temporary)
        rename_own(temporary, self._folder / "checkpoint.pt")

    def log(self, event: str, **values: Any) -> None:
        line = {"at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "event": event, **values}
        with (self._folder / "log.jsonl").open("a") as log:
            log.write(json.dumps(line) + "\n")


def rate_factor(progress: float) -> float:
    """Short linear warm-up, then half a cosine down to zero."""
    if progress < _WARM_UP:
        return (progress + 0.001) / (_WARM_UP + 0.001)
    return 0.5 * (1 + math.cos(math.pi * min(1.0, (progress - _WARM_UP) / (1 - _WARM_UP))))


def _rounded(values: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in values.items()}
