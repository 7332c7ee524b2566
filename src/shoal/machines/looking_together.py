"""From a folder or URL to vectors with the help of workers: scan, hand out, merge, and read back as any look does.

All that the workers find goes through the feature cache, so whatever asks it afterwards, this command, `sort` or the
window, gets the rows that it would have made itself. What no worker could do is done here, in the end.
"""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from shoal.domain.extension_points import EmbeddingBackend, LoadOptions
from shoal.domain.images import FileStamp, FoundImage, SkippedImage
from shoal.domain.left_alone import NOTHING_LEFT, LeftAlone
from shoal.domain.objects import WHOLE_PICTURES, ObjectChoice
from shoal.domain.sentence import Sentence
from shoal.domain.task import Progress, Task
from shoal.imaging.folder_scan import scan_folders
from shoal.looking.extraction import Caches, ExtractionOptions, extract, not_looked_at
from shoal.looking.pipeline import FolderLook, Tools
from shoal.looking.stages import StopWatch
from shoal.machines.merging import Merging
from shoal.machines.ray_cluster import Cluster, Hands, Work, answers, cluster, ray_process
from shoal.machines.shard_places import place_below
from shoal.machines.url_pictures import is_url, list_pictures, reading_from_urls
from shoal.machines.work_order import Columns, Job, WorkOrder, as_columns, said_of
from shoal.machines.worker import Worker, outcome_of

STARTING, LOOKING = Sentence("Starting workers"), Sentence("Looking at images")
SECONDS_BETWEEN_MERGES = 2.0
LEAST_LOT, LARGEST_LOT, LOTS_PER_WORKER = 16, 256, 16
"""Small enough that all workers end at about the same time, large enough that handing them out costs nothing."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose vectors are wanted: `model` as after --model with its options, and `backend`, loaded here."""

    model: str
    options: LoadOptions
    backend: EmbeddingBackend
    objects: ObjectChoice = WHOLE_PICTURES


@dataclass(slots=True)
class Shares:
    """Who did how much. `workers` 0: nothing was left to do. `machines`: how many files each of them looked at.

    `work_seconds` of all workers together, without loading their models. `start_seconds` of the clock until the first
    of them began to work, `seconds` from there.
    """

    workers: int = 0
    machines: Counter[str] = field(default_factory=Counter)
    work_seconds: float = 0.0
    start_seconds: float = 0.0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class TogetherLook:
    """What is there, who looked at it, and what came of what they laid down."""

    look: FolderLook
    shares: Shares
    merging: Merging


@dataclass(frozen=True, slots=True, eq=False)
class _Scanned:
    """`stamps` None: the pictures lie in a folder, and whoever reads them asks for theirs."""

    images: Sequence[FoundImage]
    skipped: tuple[SkippedImage, ...]
    left_alone: LeftAlone = NOTHING_LEFT
    stamps: dict[Path, FileStamp] | None = None


def look_together(folder: str, asked: Asked, tools: Tools, hands: Hands, task: Task, watch: StopWatch) -> TogetherLook:
    """As `look_at_folders`, by many hands.

    Raises `UserFacingError`, also what a worker says that can do nothing at all, and `Cancelled`; what is laid down by
    then is taken up the next time.
    """
    with watch.stage("scan"):
        scanned = _scanned(folder, task)
    options = _options(scanned, tools, asked)
    merging = Merging(place_below(hands.shards, asked.backend.key.digest), asked.backend.key, tools.caches.features)
    with watch.stage("merge"):
        merging.take_all()
    caches = Caches(tools.caches.features)
    hands = hands if asked.backend.one_core_per_call else replace(hands, share_cores=True)
    pending = not_looked_at(scanned.images, merging.key, caches, options, task)
    shares = Shares()
    if pending:
        said, key = said_of(asked.options), merging.key
        order = WorkOrder(asked.model, said, key, tools.limits, asked.objects, merging.place, folder)
        shares = _shared_out(_jobs(pending, scanned), order, hands, _TakesUp(task, merging))
        watch.seconds |= {"start": round(shares.start_seconds, 4), "embed": round(shares.seconds, 4)}
        with watch.stage("merge"):
            merging.take_all()
    with watch.stage("read"):
        extraction = extract(scanned.images, asked.backend, caches, task, options=options)
    fresh = min(shares.machines.total(), extraction.cached_count)
    extraction = replace(extraction, cached_count=extraction.cached_count - fresh)
    look = FolderLook(extraction, (*scanned.skipped, *extraction.skipped), scanned.left_alone)
    return TogetherLook(look, shares, merging)


def _scanned(folder: str, task: Task) -> _Scanned:
    if is_url(folder):
        listing = list_pictures(folder, task)
        return _Scanned(listing.images, listing.skipped, stamps=dict(listing.stamps))
    scan = scan_folders([Path(folder)], task)
    return _Scanned(scan.images, scan.skipped, scan.left_alone)


def _options(scanned: _Scanned, tools: Tools, asked: Asked) -> ExtractionOptions:
    options = ExtractionOptions(limits=tools.limits, decode=tools.decode, objects=asked.objects)
    return options if scanned.stamps is None else reading_from_urls(options, scanned.stamps)


def _jobs(pending: Sequence[FoundImage], scanned: _Scanned) -> list[Job]:
    stamps = scanned.stamps or {}
    return [Job(image, stamps.get(image.path)) for image in pending]


def _shared_out(jobs: Sequence[Job], order: WorkOrder, hands: Hands, task: Task) -> Shares:
    task.report(STARTING, 0, 0)
    with ray_process(hands) as process:
        return process.call(hand_out, jobs, order, hands, time.time(), task=task)


def hand_out(jobs: Sequence[Job], order: WorkOrder, hands: Hands, began: float, task: Task) -> Shares:
    """Runs in the process for Ray, until all answers are in. `began`: by the clock on the wall."""
    shares, first = Shares(), 0.0
    with cluster(hands) as found:
        shares.workers = found.workers
        work = Work(Worker, replace(order, threads=found.cores), _lots(jobs, found))
        for text in answers(work, found, task.check):
            answer = outcome_of(text)
            if answer.trouble is not None:
                raise answer.trouble
            first = first or time.time() - answer.seconds
            shares.machines[answer.machine] += answer.files
            shares.work_seconds += answer.seconds
            task.report(LOOKING, shares.machines.total(), len(jobs))
        shares.start_seconds, shares.seconds = first - began, time.time() - first
    return shares


class _TakesUp(Task):
    """Passes reports on, and takes up meanwhile what has been laid down, so that a run that is killed has it."""

    def __init__(self, task: Task, merging: Merging) -> None:
        super().__init__(self._heard)
        self._task, self._merging, self._taken = task, merging, 0.0

    def check(self) -> None:
        self._task.check()

    def _heard(self, progress: Progress) -> None:
        self._task.report(progress.message, progress.done, progress.total)
        if time.monotonic() - self._taken > SECONDS_BETWEEN_MERGES:
            self._merging.take_all()
            self._taken = time.monotonic()


def _lots(jobs: Sequence[Job], found: Cluster) -> list[Columns]:
    size = min(max(len(jobs) // (found.workers * LOTS_PER_WORKER), LEAST_LOT), LARGEST_LOT)
    return [as_columns(jobs[start : start + size]) for start in range(0, len(jobs), size)]
