"""One folder sorted from beginning to end: what `shoal sort` and `shoal demo` share."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from shoal.command_line.workbench import Model, Workbench, algorithm
from shoal.delivering.document import Thumbnail
from shoal.delivering.export_details import SortedImages, shown_by
from shoal.delivering.exporting import (
    ExportResult,
    export_clusters,
    placed_elsewhere,
    plan_clusters,
    read_table,
)
from shoal.domain.errors import ExportRefused, UserFacingError
from shoal.domain.export_plan import ExportOptions, ExportPlan
from shoal.domain.extension_points import USUAL_MODEL, LoadOptions
from shoal.domain.geometry import EmbeddingMatrix
from shoal.domain.grouping import Grouping
from shoal.domain.objects import WHOLE_PICTURES, ObjectChoice
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.looking.content_names import NameStyle
from shoal.looking.pipeline import StopWatch
from shoal.projects.cluster_summary import GroupingSummary, summarise
from shoal.projects.curation import NUMBERS
from shoal.projects.folder_project import Afterwards, SortedFolders, sort_project
from shoal.projects.kept_model import model_of_project
from shoal.projects.naming import NameOffer, offer_names, read_words
from shoal.projects.project_places import ProjectPlaces, items_name


@dataclass(frozen=True, slots=True)
class Order:
    """Everything that was asked for. `clusters` None: choose well. `clusters_from`: a table that says where some go.

    `model` empty: the one that sorted the folder before, else the usual one. `names`: a list of words to name clusters
    from, instead of what `style` would call them.
    """

    folder: Path
    to: Path
    model: str = ""
    algorithm: str = "auto"
    clusters: int | None = None
    options: ExportOptions = field(default_factory=ExportOptions)
    dry_run: bool = False
    load: LoadOptions = field(default_factory=LoadOptions)
    clusters_from: Path | None = None
    names: Path | None = None
    objects: ObjectChoice = WHOLE_PICTURES
    style: NameStyle = NUMBERS


@dataclass(frozen=True, slots=True, eq=False)
class Delivery:
    """What came of it. `written` is None after a dry run, and where no picture could be read.

    `seconds` of wall time per stage. `keeps_its_model`: the folder was sorted by another than the usual one before.
    """

    order: Order
    model: Model
    found: SortedFolders
    summary: GroupingSummary
    plan: ExportPlan
    written: ExportResult | None
    seconds: dict[str, float]
    keeps_its_model: bool = False


def sort_and_write(order: Order, bench: Workbench, task: Task) -> Delivery:
    """Raises UserFacingError if there is no picture in the folder, or the export is refused."""
    watch = StopWatch()
    _refuse_before_the_long_work(order)
    items = items_name(order.objects, order.model or USUAL_MODEL)
    project_file = ProjectPlaces(bench.locations).file_of([order.folder], items)
    chosen = order.model or model_of_project(project_file)
    keeps, order = not order.model and chosen != USUAL_MODEL, replace(order, model=chosen)
    with watch.stage("total"):
        with watch.stage("load"):
            model = bench.load_model(order.model, order.load, task)
            afterwards = _afterwards(order, bench, task)
        wishes = bench.wishes(model, algorithm(order.algorithm), order.clusters, order.objects)
        found = sort_project([order.folder], project_file, wishes, bench.tools, task, afterwards)
        _require_pictures(order.folder, found)
        watch.seconds |= found.result.seconds
        summary = summarise(found.grouping, found.result.extraction.embeddings)
        with watch.stage("export"):
            plan, written = _write(order, found, bench, task)
    return Delivery(order, model, found, summary, plan, written, watch.seconds, keeps)


def _afterwards(order: Order, bench: Workbench, task: Task) -> Afterwards:
    """Raises UserFacingError for a list of words that is none, and for a model that reads none."""
    if order.names is None:
        return Afterwards(order.clusters_from, style=order.style)
    words, encoder = read_words(order.names), bench.models.load_texts(order.model, order.load, task)

    def name(grouping: Grouping, embeddings: EmbeddingMatrix) -> tuple[NameOffer, ...]:
        return offer_names(grouping, embeddings, words, encoder, task)

    return Afterwards(order.clusters_from, name, order.style)


def _refuse_before_the_long_work(order: Order) -> None:
    if order.options.crops and order.objects.look == "whole":
        raise ExportRefused(
            Sentence("Only objects can be cut out, and whole pictures are sorted here."),
            Sentence("Add --objects every or --objects main."),
        )
    plan_clusters(SortedImages(Grouping(), ()), order.to, order.options, [order.folder])
    if order.clusters_from is not None:
        read_table(order.clusters_from)


def _write(order: Order, found: SortedFolders, bench: Workbench, task: Task) -> tuple[ExportPlan, ExportResult | None]:
    journals = bench.locations.export_journals
    plan = plan_clusters(found.images, order.to, order.options, [order.folder], bench.whole_picture)
    if placed_elsewhere(plan, journals):
        raise ExportRefused(
            Sentence("{folder} holds these pictures already, sorted in another way.", folder=order.to),
            Sentence("Take that back with shoal undo-export, or choose another folder."),
        )
    if order.dry_run or not found.result.extraction.records:
        return plan, None
    thumbnails = _thumbnails_of(found.images, bench, order.options.crops)
    return plan, export_clusters(plan, found.images, journals, task, thumbnails, bench.whole_picture)


def _thumbnails_of(images: SortedImages, bench: Workbench, crops: bool) -> Thumbnail:
    hashes, thumbnails = shown_by(images.records, crops), bench.tools.caches.thumbnails
    if thumbnails is None:
        return lambda _image: None
    return lambda image: next(filter(None, map(thumbnails.get, hashes[image])), None)


def _require_pictures(folder: Path, found: SortedFolders) -> None:
    """Files that cannot be read are an answer, too; a folder with nothing that looks like a picture is a mistake."""
    if not found.result.extraction.records and not found.result.skipped:
        raise UserFacingError(
            Sentence("There are no pictures in {folder}.", folder=folder), Sentence("Name a folder that holds some.")
        )
