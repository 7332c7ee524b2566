"""From folders to clusters: scan, embed, connect, lay out, group. Reads from top to bottom like that sentence."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Protocol

from shoal.analysis.describe import describe_clusters
from shoal.analysis.nearest_neighbours import neighbour_graph
from shoal.analysis.umap_layout import MapParameters, pca_layout, umap_layout
from shoal.domain.errors import FolderNotReadable
from shoal.domain.extension_points import AlgorithmSpec, ClusterRequest, EmbeddingBackend
from shoal.domain.geometry import EmbeddingMatrix, MapLayout, NeighbourGraph, Proposal, StageKey, stage_key
from shoal.domain.images import FoundImage, ImageRecord, SkippedImage
from shoal.domain.objects import WHOLE_PICTURES, ObjectChoice
from shoal.domain.sentence import Sentence
from shoal.domain.task import Caller, Task
from shoal.files.safe_files import look
from shoal.imaging.folder_scan import scan_folders
from shoal.imaging.limits import DecodeLimits
from shoal.looking.extraction import Caches, Extraction, ExtractionOptions, extract
from shoal.looking.growing import Additions, Earlier, Shape, grown_shape
from shoal.looking.picture_decoder import Decode, decode_safely
from shoal.looking.speeds import Speeds

NEIGHBOURS = 15
FEWEST_FOR_UMAP = 12
"""Below that a map has nothing to show that the two widest directions do not, and UMAP takes long to start."""


OFFLINE = Sentence("Plug in or mount its drive and look again. Nothing was forgotten.")

Hear = Callable[[object], None]
"""Is told the FolderScan, the Extraction, the NeighbourGraph and the MapLayout, each as soon as it is there."""


def _no_ears(_found: object) -> None: ...


class Maths(Caller, Protocol):
    """Where the heavy analysis runs; `warm_up` returns at once."""

    def warm_up(self) -> None: ...


@dataclass(frozen=True, slots=True, eq=False)
class Tools:
    """What the pipeline works with, whatever it is asked to do."""

    caches: Caches
    maths: Maths
    limits: DecodeLimits = field(default_factory=DecodeLimits)
    decode: Decode = decode_safely
    speeds: Speeds | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the user wants the pictures looked at and grouped. `model`: what was asked for, if that is not its name."""

    backend: EmbeddingBackend
    algorithm: AlgorithmSpec
    request: ClusterRequest = field(default_factory=ClusterRequest)
    map: MapParameters = field(default_factory=MapParameters)
    objects: ObjectChoice = WHOLE_PICTURES
    model: str = ""

    @property
    def kept_as(self) -> str:
        """The model's name in the project."""
        return self.model or self.backend.key.model

    @property
    def recipe(self) -> StageKey:
        """Equal for equal wishes, whatever the pictures."""
        settings = {**asdict(self.request), **{f"map_{name}": value for name, value in asdict(self.map).items()}}
        settings |= self.objects.settings
        return stage_key("recipe", self.backend.key.digest, algorithm=self.algorithm.name, **settings)


@dataclass(frozen=True, slots=True, eq=False)
class Sorted:
    """Everything derived from the folders. `seconds` of wall time per stage, in the order they ran.

    `additions` is None where map and clusters were computed anew; otherwise nothing but those images has changed.
    """

    extraction: Extraction
    skipped: tuple[SkippedImage, ...]
    shape: Shape
    additions: Additions | None
    seconds: dict[str, float]


class StopWatch:
    """How long each stage took, in seconds of wall time; a stage that runs twice counts both."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.seconds[name] = round(self.seconds.get(name, 0.0) + time.perf_counter() - began, 4)


def sort_folders(
    roots: Sequence[Path],
    wishes: Wishes,
    tools: Tools,
    task: Task,
    earlier: Earlier | None = None,
    hear: Hear = _no_ears,
) -> Sorted:
    """What an earlier run found out is used again as far as it still holds, which its keys say.

    `hear` is told what each stage has found, on the calling thread, while the next ones are still to come.

    Raises `FolderNotReadable`, other `UserFacingError`s, `HelperProcessDied` and `Cancelled`.
    """
    watch, earlier = StopWatch(), earlier or Earlier()
    drives = _drives(roots)
    with watch.stage("scan"):
        scan = scan_folders(roots, task)
    if earlier.records and not scan.count:
        raise FolderNotReadable(Sentence("{root} holds none of its pictures now.", root=roots[0]), OFFLINE)
    hear(scan)
    if scan.count >= FEWEST_FOR_UMAP and not earlier.was_made_by(wishes.recipe):
        tools.maths.warm_up()
    with watch.stage("embed"):
        extraction = look_at(scan.images, wishes.backend, tools, task, earlier.records, wishes.objects)
    _refuse_other_drives(roots, drives)
    hear(extraction)
    with watch.stage("place"):
        shape, additions = grown_shape(earlier, wishes.recipe, extraction, tools.maths, task)
    if shape is None:
        shape = shape_of(extraction.embeddings, wishes, tools.maths, task, watch, hear)
    return Sorted(extraction, (*scan.skipped, *extraction.skipped), shape, additions, watch.seconds)


def _drives(roots: Sequence[Path]) -> list[int | None]:
    """Which drive each folder is on; None for one that is not there."""
    return [found.device if (found := look(root)) else None for root in roots]


def _refuse_other_drives(roots: Sequence[Path], before: Sequence[int | None]) -> None:
    """Pictures that went with their drive are not gone: nothing is made of what is left."""
    for root, old, now in zip(roots, before, _drives(roots), strict=True):
        if old != now:
            raise FolderNotReadable(
                Sentence("The drive of {root} went away while its pictures were looked at.", root=root), OFFLINE
            )


def look_at_folders(
    roots: Sequence[Path],
    backend: EmbeddingBackend,
    tools: Tools,
    task: Task,
    watch: StopWatch,
    objects: ObjectChoice = WHOLE_PICTURES,
) -> tuple[Extraction, tuple[SkippedImage, ...]]:
    """Only scan and embed; the second part lists everything that was left out."""
    with watch.stage("scan"):
        scan = scan_folders(roots, task)
    with watch.stage("embed"):
        extraction = look_at(scan.images, backend, tools, task, objects=objects)
    return extraction, (*scan.skipped, *extraction.skipped)


def look_at(
    found: Sequence[FoundImage],
    backend: EmbeddingBackend,
    tools: Tools,
    task: Task,
    known: Sequence[ImageRecord] = (),
    objects: ObjectChoice = WHOLE_PICTURES,
) -> Extraction:
    options = ExtractionOptions(limits=tools.limits, decode=tools.decode, objects=objects)
    extraction = extract(found, backend, tools.caches, task, known, options)
    if tools.speeds is not None:
        looked_at = len(extraction.records) - extraction.cached_count
        tools.speeds.note(backend.key.model, looked_at, extraction.seconds)
    return extraction


def shape_of(
    embeddings: EmbeddingMatrix, wishes: Wishes, maths: Caller, task: Task, watch: StopWatch, hear: Hear = _no_ears
) -> Shape:
    """Connect, lay out, group."""
    with watch.stage("connect"):
        graph = connect(embeddings, wishes, maths, task)
    hear(graph)
    with watch.stage("lay_out"):
        layout = lay_out(embeddings, graph, wishes, maths, task)
    hear(layout)
    with watch.stage("group"):
        proposal = group(embeddings, graph, wishes, maths, task)
    return Shape(wishes.recipe, embeddings.key, layout, proposal)


def connect(embeddings: EmbeddingMatrix, wishes: Wishes, maths: Caller, task: Task) -> NeighbourGraph:
    return maths.call(neighbour_graph, embeddings, max(NEIGHBOURS, wishes.map.neighbours_needed), task=task)


def lay_out(embeddings: EmbeddingMatrix, graph: NeighbourGraph, wishes: Wishes, maths: Caller, task: Task) -> MapLayout:
    if len(embeddings.vectors) < FEWEST_FOR_UMAP:
        return maths.call(pca_layout, embeddings, task=task)
    return maths.call(umap_layout, embeddings, graph, wishes.map, task=task)


def group(embeddings: EmbeddingMatrix, graph: NeighbourGraph, wishes: Wishes, maths: Caller, task: Task) -> Proposal:
    labels = maths.call(wishes.algorithm.run, embeddings, graph, wishes.request, task=task)
    key = stage_key("group", graph.key, recipe=wishes.recipe)
    return maths.call(describe_clusters, embeddings, labels, wishes.algorithm.name, key, task=task)
