"""A project that stays open: its store, its editable state, and the sorting that brings it up to date."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from shoal.domain.adoption import ProposedClusters, adopt_proposal
from shoal.domain.edits import place_new_images
from shoal.domain.errors import UserFacingError
from shoal.domain.geometry import MapLayout, NeighbourGraph, Proposal
from shoal.domain.images import ImageId, ImageRecord
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.imaging.folder_scan import FolderScan
from shoal.looking.content_names import NameStyle
from shoal.looking.detail import Detail, grow_detail
from shoal.looking.extraction import Extraction
from shoal.looking.first_map import first_map
from shoal.looking.growing import Earlier, Shape
from shoal.looking.pipeline import Sorted, Tools, Wishes, connect, group, sort_folders
from shoal.looking.stacking import stacks_of
from shoal.projects.curation import ADOPTING, NUMBERS, PLACING, named_clusters, proposed_clusters
from shoal.projects.folder_project import keep_records, keep_shape, load_shape
from shoal.projects.kept_model import kept_model, says_its_model
from shoal.projects.project import Project
from shoal.projects.snapshot import Snapshot
from shoal.store.project_store import ProjectStore, in_use

Announce = Callable[[Snapshot], None]


@dataclass(frozen=True, slots=True, eq=False)
class Derived:
    """What a sorting run of `project` brought: the state to show, and what to make of it.

    `proposed` is None where the clusters stay as they are and only `result.additions` come in.
    """

    project: "OpenProject"
    snapshot: Snapshot
    result: Sorted
    proposed: ProposedClusters | None
    detail: Detail


@dataclass(frozen=True, slots=True, eq=False)
class Regrouped:
    """Another proposal for the same images."""

    project: "OpenProject"
    snapshot: Snapshot
    proposed: ProposedClusters


class OpenProject:
    """`sort` and `regroup` run on a worker thread; everything else belongs to the thread of the `project`."""

    def __init__(self, store: ProjectStore, roots: Sequence[Path], style: NameStyle = NUMBERS) -> None:
        """`style`: how clusters are named."""
        self._store, self._style = store, style
        self.roots = tuple(roots) or store.load_roots()
        self._records = store.load_images()
        self._shape = load_shape(store)
        if store.read_only:
            self.project = Project(store.load_grouping(), only_to_look_at=in_use(store.path))
        else:
            self.project = Project(store.load_grouping(), store.journal)
        shape = self._shape
        self.snapshot = Snapshot(
            self._records,
            store.load_skipped(),
            layout=shape.layout if shape else None,
            proposal=shape.proposal if shape else None,
        )

    @property
    def file(self) -> Path:
        return self._store.path

    @property
    def title(self) -> str:
        """The names of its folders."""
        return ", ".join(root.name or str(root) for root in self.roots)

    @property
    def sorts_objects(self) -> bool:
        """Its images are parts of pictures."""
        return any(record.region for record in self._records)

    def model(self, wanted: str) -> str:
        """What it was looked at with, as after --model; `wanted` if it was not yet."""
        return kept_model(self._store, wanted)

    @property
    def says_its_model(self) -> bool:
        """Projects of earlier versions do not; then it can only be the one that was usual."""
        return says_its_model(self._store)

    @property
    def missing_roots(self) -> tuple[Path, ...]:
        """Folders that are not where they were: on a drive that is not plugged in, or moved."""
        return tuple(root for root in self.roots if not root.exists())

    @property
    def read_only(self) -> bool:
        """Another window has it open: everything can be looked at and exported, and every edit is refused."""
        return self._store.read_only

    def sort(self, wishes: Wishes, tools: Tools, task: Task, announce: Announce) -> Derived:
        """Scan, embed, connect, lay out, group; announces a snapshot whenever there is more to show."""
        self._refuse_other_items(wishes)
        stages = _Stages(self.snapshot, announce)
        earlier = Earlier(self._records, self._shape, self.project.grouping.homes)
        result = sort_folders(self.roots, wishes, tools, task, earlier, stages)
        self._keep(result, wishes.kept_as, stages.records or _with_news(self._records, result.extraction.records))
        embeddings = result.extraction.embeddings
        graph = stages.graph or connect(embeddings, wishes, tools.maths, task)
        shape = result.shape
        stacks = stacks_of(graph, self._records)
        snapshot = Snapshot(self._records, result.skipped, embeddings, graph, shape.layout, shape.proposal, stacks)
        detail = grow_detail(embeddings, wishes.request.seed, tools.maths, task)
        proposed = None
        if result.additions is None:
            proposed = proposed_clusters(shape.proposal, self._records, self._style, embeddings)
        return Derived(self, snapshot, result, proposed, detail)

    def _refuse_other_items(self, wishes: Wishes) -> None:
        """Pictures and parts of pictures do not mix in one list of images."""
        every = wishes.objects.look == "every"
        if self._records and every != self.sorts_objects:
            raise UserFacingError(
                Sentence("This project sorts objects in pictures.")
                if not every
                else Sentence("This project sorts whole pictures."),
                Sentence("Choose so in the settings, under What is sorted, or open the folder itself."),
            )

    def regroup(self, snapshot: Snapshot, wishes: Wishes, tools: Tools, task: Task) -> Regrouped:
        """Group again what has been connected before. Raises ValueError for a snapshot that is not so far yet."""
        if snapshot.embeddings is None or snapshot.graph is None or snapshot.layout is None:
            raise ValueError("there is nothing to group yet")
        proposal: Proposal = group(snapshot.embeddings, snapshot.graph, wishes, tools.maths, task)
        self._shape = Shape(wishes.recipe, snapshot.embeddings.key, snapshot.layout, proposal)
        if not self.read_only:
            keep_shape(self._store, self._shape, wishes.kept_as)
        return Regrouped(
            self,
            replace(snapshot, proposal=proposal),
            proposed_clusters(proposal, self._records, self._style, snapshot.embeddings),
        )

    def adopt(self, derived: Derived) -> None:
        """Make what was derived the user's clusters, as one step that can be undone; pins stay where they are."""
        self.snapshot = derived.snapshot
        self.project.grow_to(len(self._records))
        additions = derived.result.additions
        if self.read_only:
            self._show(derived)
        elif derived.proposed is not None:
            self.project.apply(ADOPTING, adopt_proposal(self.project.grouping, derived.proposed))
        elif additions is not None and len(additions.images):
            patch = place_new_images(self.project.grouping, additions.images, additions.clusters)
            self.project.apply(PLACING, patch)

    def _show(self, derived: Derived) -> None:
        """In a project that is only looked at: new pictures near those like them; clusters only where there are none.

        Other clusters than the owner's would look like the owner's.
        """
        additions, grouping = derived.result.additions, self.project.grouping
        if derived.proposed is not None and not grouping.clusters:
            self.project.show(adopt_proposal(grouping, derived.proposed))
        elif additions is not None and len(additions.images):
            self.project.show(place_new_images(grouping, additions.images, additions.clusters))

    def adopt_regrouped(self, regrouped: Regrouped) -> None:
        self.snapshot = regrouped.snapshot
        self.project.apply(ADOPTING, adopt_proposal(self.project.grouping, regrouped.proposed))

    def save_as(self, file: Path) -> None:
        """Go on in a new file; the old one stays as it is. Raises UserFacingError if the name is taken."""
        self._store.go_on_in(file)

    def relocate(self, root: Path, now: Path) -> None:
        """The folder `root` is called `now`, with all that is in it. Runs on the worker thread, as `sort` does.

        Raises UserFacingError, changing nothing, if none of its pictures is there.
        """
        moved = [_relocated(record, root, now) for record in self._records if record.path.is_relative_to(root)]
        if moved and not any(record.path.exists() for record in moved):
            raise UserFacingError(
                Sentence("None of the pictures is in {folder}.", folder=now),
                Sentence("Show the folder that holds them now."),
            )
        self.roots = tuple(now if one == root else one for one in self.roots)
        records = tuple(_relocated(record, root, now) for record in self._records)
        if not self.read_only:
            self._store.update_images([one for one, old in zip(records, self._records, strict=True) if one is not old])
            self._store.save_roots(self.roots)
        self._records = records
        self.snapshot = replace(self.snapshot, images=records)

    def adopt_detail(self, label: str, detail: Detail, count: int) -> None:
        """Cut the tree into so many clusters, as one step of this name."""
        embeddings = self.snapshot.embeddings
        proposed = named_clusters(detail.rows, detail.labels(count), self._records, self._style, embeddings)
        self.project.apply(label, adopt_proposal(self.project.grouping, proposed))

    def close(self) -> None:
        self._store.close()

    def _keep(self, result: Sorted, model: str, records: tuple[ImageRecord, ...]) -> None:
        known, self._records = self._records, records
        self._shape = result.shape
        if not self.read_only:
            keep_records(self._store, known, result)
            keep_shape(self._store, result.shape, model)
            self._store.save_roots(self.roots)
            self._store.save_skipped(result.skipped)


class _Stages:
    """Hears what the pipeline has finished, and announces what can be shown of it."""

    def __init__(self, shown: Snapshot, announce: Announce) -> None:
        self._shown, self._announce = shown, announce
        self._begins_empty = not shown.images
        self.graph = shown.graph
        self.records: tuple[ImageRecord, ...] = ()

    def __call__(self, finished: object) -> None:
        """Names are worth showing only where nothing better is known; a first map only where there is none."""
        if isinstance(finished, FolderScan) and self._begins_empty:
            self._show(replace(self._shown, images=finished.images, skipped=finished.skipped))
        elif isinstance(finished, Extraction):
            self._read(finished)
        elif isinstance(finished, NeighbourGraph):
            self.graph = finished
        elif isinstance(finished, MapLayout) and self._begins_empty:
            self._show(replace(self._shown, layout=finished))

    def _read(self, extraction: Extraction) -> None:
        """The pictures have been read: with a map of sorts, unless there is one already."""
        if self._begins_empty:
            self.records = _with_news((), extraction.records)
            first = first_map(extraction.embeddings)
            self._show(replace(self._shown, images=self.records, embeddings=extraction.embeddings, layout=first))

    def _show(self, snapshot: Snapshot) -> None:
        self._shown = snapshot
        self._announce(snapshot)


def _relocated(record: ImageRecord, root: Path, now: Path) -> ImageRecord:
    """The same record where it was below `root`, or was that very file; the record itself where it was not."""
    if not record.path.is_relative_to(root):
        return record
    companions = tuple(now / one.relative_to(root) if one.is_relative_to(root) else one for one in record.companions)
    return replace(record, path=now / record.path.relative_to(root), companions=companions)


def _with_news(known: Sequence[ImageRecord], now: Sequence[ImageRecord]) -> tuple[ImageRecord, ...]:
    """All records by id: those seen now as they are now, those whose files are gone as they were.

    The very tuple of before where nothing has changed, so that nobody redraws what is the same.
    """
    by_id: dict[ImageId, ImageRecord] = {record.id: record for record in known}
    by_id.update((record.id, record) for record in now)
    records = tuple(by_id[id_] for id_ in sorted(by_id))
    return tuple(known) if records == tuple(known) else records
