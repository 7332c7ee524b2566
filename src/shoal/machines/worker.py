"""What runs wherever Ray puts it: loads the model once, looks at pictures as the program does, lays shards down."""

import json
import os
import platform
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shoal.domain.errors import UserFacingError
from shoal.domain.extension_points import EmbeddingBackend, LoadOptions
from shoal.domain.geometry import EmbeddingKey
from shoal.domain.images import ContentHash, FileStamp, ImageFacts
from shoal.domain.sentence import Sentence, from_stored, to_stored
from shoal.domain.task import Task
from shoal.looking.extraction_workers import ExtractionOptions, ExtractionRun
from shoal.looking.model_loading import ModelLoader
from shoal.looking.picture_decoder import PictureDecoder
from shoal.machines.shard_places import ShardPlace
from shoal.machines.url_pictures import is_url, reading_from_urls
from shoal.machines.work_order import Job, WorkOrder, as_jobs
from shoal.projects.plugins import plugged_in
from shoal.setup.engine import engine_process
from shoal.setup.locations import user_locations
from shoal.store.feature_cache import FeatureBatch
from shoal.store.feature_shards import Shard, shard_bytes
from shoal.store.thumbnail_cache import ThumbnailCache


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one lot of pictures: `files` of them, laid down as `shards` in `seconds` of work.

    `trouble`: why the worker can do nothing at all, and what to do about it; None where it can.
    """

    machine: str
    files: int = 0
    shards: tuple[str, ...] = ()
    seconds: float = 0.0
    trouble: UserFacingError | None = None

    def as_text(self) -> str:
        """For the journey; `outcome_of` reads it."""
        problem = self.trouble
        said = [to_stored(problem.summary), to_stored(problem.remedy)] if problem else []
        return json.dumps([self.machine, self.files, self.shards, self.seconds, said])


def outcome_of(text: str) -> Outcome:
    machine, files, shards, seconds, said = json.loads(text)
    trouble = UserFacingError(*map(from_stored, said)) if said else None
    return Outcome(machine, files, tuple(shards), seconds, trouble)


@dataclass(slots=True)
class LaysDown:
    """In the place of the cache: knows nothing, and makes a shard of each batch."""

    place: ShardPlace
    shards: list[str] = field(default_factory=list)

    def unchanged(self, _stamps: Mapping[Path, FileStamp]) -> dict[Path, ContentHash]:
        return {}

    def missing(self, hashes: Sequence[ContentHash], _key: EmbeddingKey) -> list[ContentHash]:
        return list(hashes)

    def facts(self, _hashes: Sequence[ContentHash]) -> dict[ContentHash, ImageFacts]:
        return {}

    def turns(self, _hashes: Sequence[ContentHash]) -> dict[ContentHash, int]:
        return {}

    def forget(self, _hashes: Sequence[ContentHash]) -> None: ...

    def unreadable(self, _hashes: Sequence[ContentHash], _decoder: str) -> dict[ContentHash, Sentence]:
        return {}

    def put_batch(self, key: EmbeddingKey, batch: FeatureBatch) -> None:
        if batch.hashes or batch.facts or batch.unreadable or batch.stamps:
            self.shards.append(self.place.put(shard_bytes(Shard(key, batch))))


@dataclass(frozen=True, slots=True, eq=False)
class LaidDown:
    """What an `ExtractionRun` keeps its finds in."""

    features: LaysDown
    thumbnails: ThumbnailCache | None = None


class Worker:
    """Called with lots of pictures, as columns; answers each with one `Outcome`. Loads nothing before the first.

    Trouble is an answer like any other: an error would make Ray try again what cannot go well.
    """

    def __init__(self, order: WorkOrder) -> None:
        self._order = order
        self._eyes: tuple[EmbeddingBackend, PictureDecoder] | None = None

    def __call__(self, columns: Mapping[str, Any]) -> dict[str, NDArray[np.object_]]:
        began = time.perf_counter()
        jobs = as_jobs(columns)
        try:
            shards = self._look(jobs)
        except UserFacingError as problem:
            outcome = Outcome(_machine(), trouble=problem)
        else:
            outcome = Outcome(_machine(), len(jobs), shards, time.perf_counter() - began)
        return {"answer": np.array([outcome.as_text()], object)}

    def _look(self, jobs: Sequence[Job]) -> tuple[str, ...]:
        order = self._order
        backend, decoder = self._eyes = self._eyes or self._opened()
        asked = ExtractionOptions(order.batch_size, order.threads, order.limits, decoder.image, order.objects)
        options = reading_from_urls(asked, _stamps(jobs)) if is_url(order.folder) else asked
        found = LaysDown(order.place)
        beside = {job.image.path: job.image.companions for job in jobs if job.image.companions}
        ExtractionRun(backend, LaidDown(found), options, Task(), beside).work_through([job.image.path for job in jobs])
        return tuple(found.shards)

    def _opened(self) -> tuple[EmbeddingBackend, PictureDecoder]:
        order = self._order
        if not is_url(order.folder) and not os.path.exists(order.folder):
            raise UserFacingError(
                Sentence("{machine} does not see {folder}.", machine=_machine(), folder=order.folder),
                Sentence("Mount it there under the same path, or name the pictures by a URL."),
            )
        plugged_in()
        locations = user_locations().create()
        decoder = PictureDecoder(order.threads)
        loader = ModelLoader(engine_process(locations), locations, False, decoder.image, order.limits)
        backend = loader.load(order.model, LoadOptions(**order.said), Task())[1]
        if backend.key != order.key:
            raise UserFacingError(
                Sentence("{machine} has another {model} than this computer.", machine=_machine(), model=order.model),
                Sentence("Install the same version of Shoal and the same weights on all machines."),
            )
        return backend, decoder


def _machine() -> str:
    return platform.node() or "?"


def _stamps(jobs: Sequence[Job]) -> dict[Path, FileStamp]:
    return {job.image.path: job.stamp for job in jobs if job.stamp is not None}
