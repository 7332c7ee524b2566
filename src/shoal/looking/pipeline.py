"""From folders to clusters: scan, embed, connect, lay out, group. Reads from top to bottom like that sentence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from shoal.domain.errors import FolderNotReadable, UserFacingError
from shoal.domain.export_plan import NOTHING_FOUND
from shoal.domain.extension_points import EmbeddingBackend
from shoal.domain.geometry import NeighbourGraph
from shoal.domain.history import Made
from shoal.domain.image_table import ImageTable
from shoal.domain.images import FoundImage, ImageId, ImageRecord, SkippedImage
from shoal.domain.left_alone import LeftAlone
from shoal.domain.objects import WHOLE_PICTURES, ObjectChoice
from shoal.domain.sentence import Sentence
from shoal.domain.task import Caller, Task
from shoal.files.safe_files import look as look_at_path
from shoal.imaging.folder_scan import FolderScan, scan_folders
from shoal.imaging.limits import DecodeLimits
from shoal.looking.extracted import Extraction
from shoal.looking.extraction import Caches, ExtractionOptions, extract
from shoal.looking.first_map import first_map
from shoal.looking.focusing import FocusedModel
from shoal.looking.known import Found, Known, image_changes
from shoal.looking.options import Options
from shoal.looking.picture_decoder import Decode, decode_safely
from shoal.looking.plain_names import proposed_clusters
from shoal.looking.settled import NEVER, Before
from shoal.looking.small_pictures import small_picture
from shoal.looking.snapshot import Snapshot, hold_objects, records_among
from shoal.looking.speeds import Speeds
from shoal.looking.stacking import stacks_of
from shoal.looking.stages import FEWEST_FOR_UMAP, Stages, StopWatch
from shoal.store.thumbnail_cache import ThumbnailCache

OFFLINE = Sentence("Plug in or mount its drive and look again. Nothing was forgotten.")

Announce = Callable[[Snapshot], None]
"""Hears, on the calling thread, what can be shown while the next stages are still to come."""


def _nobody(_snapshot: Snapshot) -> None: ...


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


def look(
    known: Known, options: Options, tools: Tools, task: Task, announce: Announce = _nobody, *, edit: bool = True
) -> Found:
    """Bring what is known of the folders up to date, from the first stage whose key differs.

    Touches neither the project's file nor its fields: who wants what was found takes it over. `edit`: somebody is going
    to, with graph, stacks and tree at hand; an export needs none of them, unless only tops of stacks are wanted.

    Raises `FolderNotReadable`, other `UserFacingError`s, `HelperProcessDied` and `Cancelled`.
    """
    _refuse_other_items(known, options)
    first, watch = not known.images, StopWatch()
    drives, records_before = _drives(known.roots), tuple(known.images)
    with watch.stage("scan"):
        scan = scan_folders(known.roots, task, options.include)
    _refuse_nothing(known, scan)
    if first:
        announce(Snapshot(scan.images, scan.skipped, left_alone=scan.left_alone))
    _warm_up(known, options, tools, scan.count)
    with watch.stage("embed"):
        before = _before(known, options, records_before)
        extraction = look_at(scan.images, options.backend, tools, task, before, options.objects)
    _refuse_other_drives(known.roots, drives)
    records = with_news(records_before, extraction.records)
    seen = _seen(_as_table(known, records_before, records), extraction, scan)
    if first:
        announce(replace(seen, layout=first_map(extraction.embeddings)))
    stages = Stages(known, extraction.embeddings, extraction.records, options, tools.maths, watch)
    shown = stages.mapped(seen, task)
    if first:
        announce(shown)
    clusters = stages.clusters(task, again=options.again)
    shown = replace(shown, proposal=clusters.proposal, outliers=stages.outliers(task))
    if edit:
        shown = _to_edit(known, shown, stages, records, tools.caches.thumbnails, task)
    finding = Found(known, known.roots, options.made, shown, extraction, None, clusters.additions, stages.new)
    if not clusters.stay:
        proposed = proposed_clusters(clusters.proposal, extraction.records, known.style, extraction.embeddings)
        finding = replace(finding, proposed=proposed, recipe=options.recipe)
    return replace(finding, images=image_changes(records_before, records), seconds=watch.seconds)


def _warm_up(known: Known, options: Options, tools: Tools, count: int) -> None:
    """Where a map is going to be drawn."""
    if count >= FEWEST_FOR_UMAP and known.made.layout != options.made.layout:
        tools.maths.warm_up()


def cluster_again(known: Known, options: Options, tools: Tools, task: Task) -> Found:
    """Propose clusters anew for what is on the screen, as the options of now want them.

    Raises ValueError if this model has not looked at them yet.
    """
    snapshot = known.snapshot
    if snapshot.embeddings is None or known.made.look != options.made.look:
        raise ValueError("there is nothing to group yet")
    records = [known.images[int(image)] for image in snapshot.embeddings.rows.ids]
    stages = Stages(known, snapshot.embeddings, records, options, tools.maths, StopWatch())
    clusters = stages.clusters(task, again=True)
    shown = replace(stages.mapped(snapshot, task), graph=stages.graph(task), proposal=clusters.proposal)
    proposed = proposed_clusters(clusters.proposal, known.images, known.style, snapshot.embeddings)
    finding = Found(known, known.roots, options.made, shown, None, proposed, new=stages.new, recipe=options.recipe)
    return replace(finding, seconds=stages.watch.seconds)


def as_before(known: Known, made: Made, snapshot: Snapshot) -> Found:
    """What an earlier look with another model had found for the same pictures, proposed once more.

    Raises ValueError if that look came to no clusters.
    """
    if snapshot.proposal is None or snapshot.embeddings is None:
        raise ValueError("there is nothing to go back to")
    proposed = proposed_clusters(snapshot.proposal, known.images, known.style, snapshot.embeddings)
    return Found(known, known.roots, made, snapshot, None, proposed)


def _to_edit(
    known: Known,
    shown: Snapshot,
    stages: Stages,
    records: Sequence[ImageRecord],
    thumbnails: ThumbnailCache | None,
    task: Task,
) -> Snapshot:
    """With what suggestions, neighbours and the slider need."""
    graph = stages.graph(task)
    here = [records[int(image)] for image in graph.rows.ids]
    shown = replace(shown, shoot=stages.shoot(here, partial(small_picture, thumbnails), task))
    return replace(_stacked(known, shown, graph), tree=stages.tree(task))


def _stacked(known: Known, shown: Snapshot, graph: NeighbourGraph) -> Snapshot:
    before = known.snapshot
    if (
        before.stacks is not None
        and before.graph is not None
        and before.graph.rows.are(graph.rows)
        and before.images is shown.images
        and before.stacked_by == known.stack_rule
    ):
        stacks = before.stacks
    else:
        stacks = stacks_of(graph, known_records(shown), known.stack_rule, shown.embeddings)
    return replace(shown, graph=graph, stacks=stacks, stacked_by=known.stack_rule)


def known_records(snapshot: Snapshot) -> Sequence[ImageRecord]:
    """Raises ValueError where only names are known."""
    records = records_among(snapshot.images)
    if len(records) < len(snapshot.images):
        raise ValueError("pictures have not been read yet")
    return records


def _as_table(known: Known, before: Sequence[ImageRecord], records: Sequence[ImageRecord]) -> Sequence[ImageRecord]:
    """The very table of before where nothing has changed, so that nobody redraws what is the same."""
    return known.images if records is before else ImageTable.of(records)


def _seen(images: Sequence[ImageRecord], extraction: Extraction, scan: FolderScan) -> Snapshot:
    gone = np.array([record.id for record in extraction.missing], np.int64)
    skipped = (*scan.skipped, *extraction.skipped)
    return Snapshot(images, skipped, extraction.embeddings, gone=np.sort(gone), left_alone=scan.left_alone)


def with_news(known: tuple[ImageRecord, ...], now: Sequence[ImageRecord]) -> tuple[ImageRecord, ...]:
    """All records by id: those seen now as they are now, those whose files are gone as they were.

    The very tuple of before where nothing has changed.
    """
    by_id: dict[ImageId, ImageRecord] = {record.id: record for record in known}
    by_id.update((record.id, record) for record in now)
    records = tuple(by_id[id_] for id_ in sorted(by_id))
    return known if records == known else records


def _before(known: Known, options: Options, records: Sequence[ImageRecord]) -> Before:
    """Only the model that looked then has left vectors of all these pictures."""
    if known.made.look != options.made.look:
        return Before(records)
    return Before(records, known.looked_ns, known.snapshot.embeddings)


def _refuse_other_items(known: Known, options: Options) -> None:
    """Pictures and parts of pictures do not mix in one list of images."""
    every = options.objects.look == "every"
    if known.images and every != hold_objects(known.images):
        raise UserFacingError(
            Sentence("This project sorts objects in pictures.")
            if not every
            else Sentence("This project sorts whole pictures."),
            Sentence("Choose so in the settings, under What is sorted, or open the folder itself."),
        )


def _refuse_nothing(known: Known, scan: FolderScan) -> None:
    if known.images and not scan.count:
        raise FolderNotReadable(Sentence("{root} holds none of its pictures now.", root=known.roots[0]), OFFLINE)


def _drives(roots: Sequence[Path]) -> list[int | None]:
    """Which drive each folder is on; None for one that is not there."""
    return [folder.device if (folder := look_at_path(root)) else None for root in roots]


def _refuse_other_drives(roots: Sequence[Path], before: Sequence[int | None]) -> None:
    """Pictures that went with their drive are not gone: nothing is made of what is left."""
    for root, old, now in zip(roots, before, _drives(roots), strict=True):
        if old != now:
            raise FolderNotReadable(
                Sentence("The drive of {root} went away while its pictures were looked at.", root=root), OFFLINE
            )


@dataclass(frozen=True, slots=True, eq=False)
class FolderLook:
    """`skipped`: files that could not be read, with reasons; `left_alone`: what nobody tried to read."""

    extraction: Extraction
    skipped: tuple[SkippedImage, ...]
    left_alone: LeftAlone


def look_at_folders(
    roots: Sequence[Path],
    backend: EmbeddingBackend,
    tools: Tools,
    task: Task,
    watch: StopWatch,
    objects: ObjectChoice = WHOLE_PICTURES,
) -> FolderLook:
    """Only scan and embed, without thumbnails: nobody is going to look."""
    unseen = replace(tools, caches=replace(tools.caches, thumbnails=None))
    with watch.stage("scan"):
        scan = scan_folders(roots, task)
    with watch.stage("embed"):
        extraction = look_at(scan.images, backend, unseen, task, objects=objects)
    return FolderLook(extraction, (*scan.skipped, *extraction.skipped), scan.left_alone)


def require_pictures(folder: Path | str, extraction: Extraction, skipped: Sequence[SkippedImage]) -> None:
    """Raises UserFacingError where nothing was there to look at, nothing could be read, or no object was found."""
    if extraction.records:
        return
    if not skipped:
        raise UserFacingError(
            Sentence("There are no pictures in {folder}.", folder=folder), Sentence("Name a folder that holds some.")
        )
    if all(image.reason == NOTHING_FOUND for image in skipped):
        raise UserFacingError(
            Sentence("No picture in {folder} shows an object of the kinds that were asked for.", folder=folder),
            Sentence("Ask for others, or for less sure ones, or leave --objects out."),
        )
    first = next(image for image in skipped if image.reason != NOTHING_FOUND)
    raise UserFacingError(
        Sentence(
            "No picture in {folder} could be read; {path}: {reason}.",
            folder=folder,
            path=first.path,
            reason=first.reason,
        ),
        Sentence("Name a folder that holds some."),
    )


def look_at(
    files: Sequence[FoundImage],
    backend: EmbeddingBackend,
    tools: Tools,
    task: Task,
    before: Before = NEVER,
    objects: ObjectChoice = WHOLE_PICTURES,
) -> Extraction:
    options = ExtractionOptions(limits=tools.limits, decode=tools.decode, objects=objects)
    extraction = extract(files, backend, tools.caches, task, before, options)
    if tools.speeds is not None and not isinstance(backend, FocusedModel):  # two networks tell nothing of one
        looked_at = len(extraction.records) - extraction.cached_count
        tools.speeds.note(backend.key.model, looked_at, extraction.seconds)
    return extraction


def vectors_of(files: Sequence[FoundImage], backend: EmbeddingBackend, tools: Tools, task: Task) -> NDArray[np.float32]:
    """A unit row for each file, wherever it lies. Raises UserFacingError for one that cannot be read."""
    if not files:
        return np.empty((0, backend.dimension), np.float32)
    seen = look_at(files, backend, tools, task)
    if seen.skipped:
        first = seen.skipped[0]
        raise UserFacingError(
            Sentence("{path} cannot be compared with: {reason}.", path=first.path, reason=first.reason),
            Sentence("Name a picture."),
        )
    return seen.embeddings.vectors
