"""What is to be done wherever a worker runs: a value that travels there, and what comes back of it."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from shoal.domain.extension_points import LoadOptions
from shoal.domain.geometry import EmbeddingKey
from shoal.domain.images import FileStamp, FoundImage
from shoal.domain.objects import ObjectChoice
from shoal.imaging.limits import DecodeLimits
from shoal.machines.shard_places import ShardPlace
from shoal.machines.url_pictures import UrlPath, is_url


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """`model` as after --model, loaded as was `said` (of `LoadOptions`), must come to `key` there as well.

    `folder`: what has to be there to be looked at, a path or URL. `threads`: how many look at once in each worker.
    `batch_size`: how many pictures make one shard, and what a kill costs.
    """

    model: str
    said: Mapping[str, Any]
    key: EmbeddingKey
    limits: DecodeLimits
    objects: ObjectChoice
    place: ShardPlace
    folder: str
    threads: int = 1
    batch_size: int = 64


_LENT = {"engine", "aside", "weights_folder", "export_folder", "draw", "drawn", "task"}
"""What the program adds to what was said about a model; each worker has its own."""


def said_of(options: LoadOptions) -> dict[str, Any]:
    return {one.name: getattr(options, one.name) for one in fields(options) if one.name not in _LENT}


@dataclass(frozen=True, slots=True)
class Job:
    """A picture to be looked at. `stamp` as a listing had it, None where the worker asks for itself."""

    image: FoundImage
    stamp: FileStamp | None = None


Columns = Mapping[str, Sequence[bytes]]
"""As it travels: bytes, for a file's name need be no text."""


def as_columns(jobs: Sequence[Job]) -> Columns:
    return {
        "path": [os.fsencode(job.image.path) for job in jobs],
        "beside": [b"\0".join(map(os.fsencode, job.image.companions)) for job in jobs],
        "stamp": [f"{job.stamp.size} {job.stamp.modified_ns}".encode() if job.stamp else b"" for job in jobs],
    }


def as_jobs(columns: Columns) -> list[Job]:
    rows = zip(*(columns[name] for name in ("path", "beside", "stamp")), strict=True)
    return [_job(bytes(path), bytes(beside), bytes(stamp)) for path, beside, stamp in rows]


def _job(path: bytes, beside: bytes, stamp: bytes) -> Job:
    companions = tuple(Path(os.fsdecode(name)) for name in beside.split(b"\0") if name)
    size, _, modified_ns = stamp.partition(b" ")
    said = FileStamp(int(size), int(modified_ns)) if stamp else None
    text = os.fsdecode(path)
    return Job(FoundImage(UrlPath.of(text) if is_url(text) else Path(text), "", companions), said)
