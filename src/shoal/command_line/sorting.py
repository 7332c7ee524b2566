"""One folder sorted from beginning to end: what `shoal sort` and `shoal demo` share."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from shoal.command_line.asked import algorithm, load_model
from shoal.command_line.bins import keep_scheme, put_in_bins, with_scheme
from shoal.command_line.delivery import Delivery, Order
from shoal.command_line.loaded import Model
from shoal.delivering.export_details import SortedImages, sheet_thumbnails
from shoal.delivering.exporting import (
    ExportResult,
    PlanSetting,
    export_clusters,
    plan_clusters,
)
from shoal.delivering.new_file import require_new
from shoal.delivering.picture_table import SAID, PictureTable, Readings, exposures_of, verdicts_in_effect
from shoal.delivering.scheme_file import SUFFIX
from shoal.delivering.table_import import IMPORTING, import_clusters, read_table
from shoal.delivering.vector_import import read_vectors
from shoal.domain.cluster_import import let_go
from shoal.domain.edits import suggest_names
from shoal.domain.errors import ExportRefused, UserFacingError
from shoal.domain.export_plan import ExportPlan
from shoal.domain.extension_points import USUAL_MODEL
from shoal.domain.geometry import EmbeddingMatrix
from shoal.domain.grouping import Grouping
from shoal.domain.sentence import Sentence
from shoal.domain.stacks import keeps_by_tops
from shoal.domain.task import Task
from shoal.domain.verdicts import unsaid
from shoal.imaging.folder_scan import require_readable
from shoal.looking.catalogue import find_backend
from shoal.looking.extracted import Extraction
from shoal.looking.given_vectors import GIVEN, GivenVectors
from shoal.looking.known import Found
from shoal.looking.options import Options
from shoal.looking.pipeline import known_records, look, require_pictures
from shoal.looking.snapshot import stacks_of_now
from shoal.looking.stages import StopWatch
from shoal.projects.cluster_summary import summarise
from shoal.projects.kept_model import model_of_project
from shoal.projects.naming import NAMING, NameOffer, offer_names, read_words, sure_names
from shoal.projects.open_project import OpenProject
from shoal.projects.outliers import aside
from shoal.projects.project import Project
from shoal.projects.runs import free_name, keep_run
from shoal.projects.workplace import Workplace

RELEASING = Sentence("Let go of pins and names")


def sort_and_write(order: Order, place: Workplace, task: Task) -> Delivery:
    """Raises UserFacingError if there is no picture in the folder, or the export is refused."""
    watch, words = StopWatch(), _words(order)
    order, scheme = with_scheme(order)
    file = place.project_file([order.folder], order.model or USUAL_MODEL, order.objects)
    chosen = order.model or model_of_project(file)
    keeps, order = not order.model and chosen != USUAL_MODEL, replace(order, model=chosen)
    with watch.stage("total"):
        with watch.stage("load"):
            name = _namer(order, words, place, task)
            model = _model(order, place, task)
        place.name_style, options = order.style, _options(order, model, place)
        with _project(order, file, place) as opened:
            _begin(order, opened)
            finding = look(opened.known(), _timed(order, options, opened), place.tools, task, edit=order.only_tops)
            extraction = _require_pictures(order.folder, finding)
            opened.take_over(finding)
            unknown = _put_as_in_table(order, opened)
            disagreeing = put_in_bins(order, scheme, opened, extraction)
            offers = name(opened.project.grouping, extraction.embeddings)
            _name_and_put_aside(order, opened.project, offers, finding)
            keep_scheme(order, opened, extraction)
            _keep_run(order, opened)
            grouping = opened.project.grouping
        watch.seconds |= finding.seconds
        summary = summarise(grouping, extraction.embeddings)
        images = replace(_images(order, model, finding, extraction, grouping), recipe=options.recipe)
        everything, images = len(images.records), _wanted(order, _tops(order, images, finding), place)
        with watch.stage("export"):
            plan, written = _write(order, images, place, task)
    told = unknown, offers, watch.seconds, keeps, everything - len(images.records), disagreeing, options.recipe
    return Delivery(order, model, finding, extraction, grouping, summary, plan, written, *told)


def _model(order: Order, place: Workplace, task: Task) -> Model:
    if order.vectors is None:
        return load_model(place, order.model, order.load, task)
    return Model(replace(find_backend(USUAL_MODEL)[0], name=GIVEN), GivenVectors(read_vectors(order.vectors)), GIVEN)


def _project(order: Order, file: Path, place: Workplace) -> OpenProject:
    """A dry run changes nothing that there was; what it finds of a new folder is as good as any."""
    said = order.clusters_from is not None or order.scheme is not None or order.from_folders
    kept = order.vectors is None and (not order.dry_run or (not file.exists() and not said))
    return place.open_project([order.folder], order.model, order.objects, apart=True, kept=kept)


def _begin(order: Order, opened: OpenProject) -> None:
    """Refuses a name that is taken before the long work."""
    if order.run:
        free_name(opened, order.run)
    if order.release:
        opened.project.apply(RELEASING, let_go(opened.project.grouping))


def _keep_run(order: Order, opened: OpenProject) -> None:
    if order.run and opened.project.grouping.clusters:
        keep_run(opened, order.run)


def _name_and_put_aside(order: Order, project: Project, offers: Sequence[NameOffer], finding: Found) -> None:
    if offers:
        project.apply(NAMING, suggest_names(project.grouping, sure_names(offers)))
    if order.outliers and finding.snapshot.outliers is not None:
        project.apply(*aside(project.grouping, finding.snapshot.outliers, order.outliers))


def _options(order: Order, model: Model, place: Workplace) -> Options:
    algorithm(order.recipe.algorithm)
    options = place.options_of(replace(order.recipe, objects=order.objects), model.backend, order.model)
    return replace(options, include=order.include, again=order.release)


def _timed(order: Order, options: Options, opened: OpenProject) -> Options:
    """As much of the moment as was asked for, or as before."""
    return replace(options, moment=opened.project.made.moment if order.moment is None else order.moment)


def _words(order: Order) -> Sequence[str] | None:
    """To name clusters from; refuses before the long work what would be refused after it."""
    _refuse_before_the_long_work(order)
    return None if order.names is None else read_words(order.names)


def _put_as_in_table(order: Order, opened: OpenProject) -> tuple[str, ...]:
    """As one step. Returns the paths that belong to no image."""
    if order.clusters_from is None:
        return ()
    imported = import_clusters(order.clusters_from, known_records(opened.snapshot))
    opened.project.apply(IMPORTING, imported.patch(opened.project.grouping, order.pin))
    return imported.unknown


def _namer(
    order: Order, words: Sequence[str] | None, place: Workplace, task: Task
) -> Callable[[Grouping, EmbeddingMatrix], tuple[NameOffer, ...]]:
    """Raises UserFacingError for a model that reads no words."""
    if words is None:
        return lambda _grouping, _embeddings: ()
    encoder = place.models.load_texts(order.model, order.load, task)
    return lambda grouping, embeddings: offer_names(grouping, embeddings, words, encoder, task)


def _images(order: Order, model: Model, finding: Found, extraction: Extraction, grouping: Grouping) -> SortedImages:
    """What an export wants to know."""
    facts = {"model": model.name, "algorithm": order.recipe.algorithm}
    shown = finding.snapshot
    figures = extraction.embeddings, shown.layout, shown.proposal, facts, shown.outliers
    return SortedImages(grouping, extraction.records, *figures)


def _tops(order: Order, images: SortedImages, finding: Found) -> SortedImages:
    """All, or of stacks only the tops."""
    if not order.only_tops:
        return images
    sharpness = [record.facts.sharpness for record in known_records(finding.snapshot)]
    known = np.array([np.inf if value is None else value for value in sharpness], np.float64)
    kept = keeps_by_tops(stacks_of_now(images.grouping, finding.snapshot), images.grouping.home, known)
    return replace(images, records=[record for record in images.records if kept[record.id]])


def _wanted(order: Order, images: SortedImages, place: Workplace) -> SortedImages:
    """Those of which it is so that was asked for."""
    if order.where is None:
        return images
    records = list(images.records)
    verdicts = verdicts_in_effect(records, images.grouping) if order.where.fields & SAID else unsaid(len(records))
    table = PictureTable(records, verdicts, images.grouping, Readings(exposures_of(place.pictures)))
    holds = order.where.holds(table)
    return replace(images, records=[record for record, kept in zip(records, holds.tolist(), strict=True) if kept])


def _refuse_before_the_long_work(order: Order) -> None:
    require_readable(order.folder)
    if order.pin and order.clusters_from is None:
        raise UserFacingError(
            Sentence("Nothing says what is to be pinned."), Sentence("Add --clusters-from and a table.")
        )
    if order.run and (order.dry_run or order.vectors is not None):
        raise UserFacingError(
            Sentence("Nothing is kept of a dry run, nor with vectors of another program."), Sentence("Leave out --run.")
        )
    if order.options.crops and order.objects.look == "whole":
        raise ExportRefused(
            Sentence("Only objects can be cut out, and whole pictures are sorted here."),
            Sentence("Add --objects every or --objects main."),
        )
    plan_clusters(SortedImages(Grouping(), ()), order.to, order.options, PlanSetting([order.folder]))
    if order.clusters_from is not None:
        read_table(order.clusters_from)
    if order.save_scheme is not None:
        require_new(order.save_scheme, [SUFFIX])


def _write(order: Order, images: SortedImages, place: Workplace, task: Task) -> tuple[ExportPlan, ExportResult | None]:
    journals = place.locations.export_journals
    setting = PlanSetting([order.folder], journals, place.whole_picture)
    plan = plan_clusters(images, order.to, order.options, setting, task)
    if order.dry_run or not images.records:
        return plan, None
    thumbnails = sheet_thumbnails(images, place.pictures, order.options.crops)
    return plan, export_clusters(plan, images, journals, task, thumbnails, place.whole_picture)


def _require_pictures(folder: Path, look: Found) -> Extraction:
    """Files that cannot be read are an answer, too; a folder with nothing that looks like a picture is a mistake."""
    assert look.extraction is not None
    if not look.snapshot.skipped:
        require_pictures(folder, look.extraction, ())
    return look.extraction
