"""Sorting folders for good: the pipeline, with its results kept in the project of those folders."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from shoal.delivering.export_details import SortedImages
from shoal.delivering.exporting import IMPORTING, import_clusters
from shoal.domain.edits import suggest_names
from shoal.domain.geometry import EmbeddingMatrix, StageKey
from shoal.domain.grouping import Grouping
from shoal.domain.images import ImageRecord
from shoal.domain.task import Task
from shoal.looking.content_names import NameStyle
from shoal.looking.growing import Earlier, Shape
from shoal.looking.pipeline import Sorted, Tools, Wishes, sort_folders
from shoal.projects.curation import NUMBERS, adopt, place
from shoal.projects.naming import NAMING, NameOffer, sure_names
from shoal.projects.project import Project
from shoal.store.project_store import ProjectStore


@dataclass(frozen=True, slots=True, eq=False)
class SortedFolders:
    """What was found out, and the grouping it led to. `kept` is False where another window has the project open.

    `unknown`: paths in the table that was read in that belong to no picture here; `offers`: what clusters were called.
    """

    result: Sorted
    grouping: Grouping
    model: str
    kept: bool
    unknown: tuple[str, ...] = ()
    offers: tuple[NameOffer, ...] = ()

    @property
    def images(self) -> SortedImages:
        """What an export wants to know."""
        shape, extraction = self.result.shape, self.result.extraction
        return SortedImages(
            self.grouping,
            extraction.records,
            extraction.embeddings,
            shape.layout,
            shape.proposal,
            {"model": self.model, "algorithm": shape.proposal.algorithm},
        )


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What becomes of the clusters once they are found: a `table` says where images go, which counts as done by hand;
    `name` says what clusters may be called, instead of what `style` would. Each is one step that can be undone.
    """

    table: Path | None = None
    name: Callable[[Grouping, EmbeddingMatrix], tuple[NameOffer, ...]] | None = None
    style: NameStyle = NUMBERS


NOTHING_MORE = Afterwards()


def sort_project(
    roots: Sequence[Path],
    project_file: Path,
    wishes: Wishes,
    tools: Tools,
    task: Task,
    afterwards: Afterwards = NOTHING_MORE,
) -> SortedFolders:
    """Sort the pictures below `roots`, starting from what the project already knows, and bring it up to date.

    What the user did by hand stays: pinned images keep their clusters, named clusters their names.
    """
    with ProjectStore(project_file) as store:
        known = store.load_images()
        grouping = store.load_grouping()
        earlier = Earlier(known, load_shape(store), grouping.homes)
        result = sort_folders(roots, wishes, tools, task, earlier)
        kept = not store.read_only
        project = Project(grouping, store.journal if kept else None)
        if kept:
            keep_records(store, known, result)
        project.grow_to(max([len(known), *(record.id + 1 for record in result.extraction.records)]))
        _adopt(project, result, afterwards.style)
        unknown = () if afterwards.table is None else _take_over(project, afterwards.table, result)
        offers = () if afterwards.name is None else afterwards.name(project.grouping, result.extraction.embeddings)
        project.apply(NAMING, suggest_names(project.grouping, sure_names(offers)))
        if kept:
            keep_shape(store, result.shape, wishes.kept_as)
            store.save_roots(roots)
            store.save_skipped(result.skipped)
    return SortedFolders(result, project.grouping, wishes.backend.key.model, kept, unknown, offers)


def keep_records(store: ProjectStore, known: Sequence[ImageRecord], result: Sorted) -> None:
    by_id = sorted(result.extraction.records, key=lambda record: record.id)
    store.add_images([record for record in by_id if record.id >= len(known)])
    store.update_images([record for record in by_id if record.id < len(known) and record != known[record.id]])


def _adopt(project: Project, result: Sorted, style: NameStyle) -> None:
    """As one step that can be undone; no step where nothing is new."""
    if result.additions is None:
        extraction = result.extraction
        adopt(project, result.shape.proposal, extraction.records, style, extraction.embeddings)
    elif len(result.additions.images):
        place(project, result.additions.images, result.additions.clusters)


def _take_over(project: Project, table: Path, result: Sorted) -> tuple[str, ...]:
    """The paths that belong to no image."""
    imported = import_clusters(table, SortedImages(project.grouping, result.extraction.records))
    project.apply(IMPORTING, imported.patch)
    return imported.unknown


def load_shape(store: ProjectStore) -> Shape | None:
    """The last map and proposal, if both are there and belong together."""
    choices, layout, proposal = store.derived.load_choices(), store.derived.load_map(), store.derived.load_proposal()
    if layout is None or proposal is None or choices.get("shape") != _identity(layout.key, proposal.key):
        return None
    if not layout.rows.are(proposal.rows):
        return None
    return Shape(StageKey(str(choices.get("recipe"))), StageKey(str(choices.get("embeddings"))), layout, proposal)


def keep_shape(store: ProjectStore, shape: Shape, model: str) -> None:
    """What they were made from is written last: a cut in between leaves parts that do not fit, and are remade."""
    identity, choices = _identity(shape.layout.key, shape.proposal.key), store.derived.load_choices()
    if choices.get("shape") == identity and choices.get("model") == model:
        return
    store.derived.save_map(shape.layout)
    store.derived.save_proposal(shape.proposal)
    made = {"shape": identity, "recipe": shape.recipe, "embeddings": shape.embeddings, "model": model}
    store.derived.save_choices({**choices, **made})


def _identity(layout: StageKey, proposal: StageKey) -> str:
    return f"{layout} {proposal}"
