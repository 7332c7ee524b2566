"""A project and its one owner: what was found is taken over here, on the owner's thread, in one transaction.

Command line and window go the same way: `known`, then `look` or another of the functions that take what is known and
return what they found, on any thread, then `take_over`.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from shoal.domain.adoption import adopt_proposal
from shoal.domain.edits import place_new_images
from shoal.domain.errors import UserFacingError
from shoal.domain.geometry import ClusterTree, MapLayout, NeighbourGraph, Outliers, Proposal, Rows, StageKey
from shoal.domain.grouping import UNSORTED, ClusterId, Grouping, Patch
from shoal.domain.history import Made, MemoryJournal, nothing_more
from shoal.domain.image_table import ImageTable
from shoal.domain.images import ImageRecord
from shoal.domain.recipe import NoRecipe, Recipe
from shoal.domain.recipe_text import recipe_from, recipe_text
from shoal.domain.runs import Run, as_in_run
from shoal.domain.sentence import Sentence
from shoal.domain.sorted_ahead import SortedAhead
from shoal.looking.content_names import NameStyle
from shoal.looking.detail import Detail
from shoal.looking.gone_places import gone_recipe
from shoal.looking.known import Additions, Found, Known, image_changes
from shoal.looking.plain_names import NUMBERS, named_clusters
from shoal.looking.snapshot import Snapshot, records_among
from shoal.projects.cluster_digits import ClusterDigits
from shoal.projects.project import Project, Takeover
from shoal.projects.sorting_ahead import SortingAhead
from shoal.projects.stack_rule import ChosenStackRule
from shoal.store.packed_values import PackedValue, V
from shoal.store.project_store import ProjectStore, in_use

SNAPSHOTS_AT_HAND = 2
"""With their vectors: going back and forth between two models is instant."""
_VERSIONS = count(1)
"""Each state of each open project has a number of its own: what was found for another one comes too late."""
ADOPTING = Sentence("Sort into clusters")
PLACING = Sentence("Place new pictures")


class OpenProject:
    """Belongs to one thread. `snapshot` is what is known of the pictures, `project` what the user made of them."""

    def __init__(
        self,
        store: ProjectStore,
        roots: Sequence[Path] = (),
        style: NameStyle = NUMBERS,
        *,
        apart: bool = False,
        kept: bool = True,
    ) -> None:
        """`roots`: its folders; those that were added to it come along. `style`: how clusters are named.

        `apart`: what another window has open is worked on in memory, and nothing of it is kept; else it is shown only.
        `kept` False: so it is whoever has it open, for somebody only tries what would come of it.
        """
        self._store, self._style, self._version, self._apart = store, style, next(_VERSIONS), apart
        self._kept = kept and not store.read_only
        self._kept_roots, self._records = store.load_roots(), store.load_images()
        named = not roots or (not apart and set(roots) <= set(self._kept_roots))
        self.roots = self._kept_roots if named else tuple(roots)
        self._looked_ns = store.load_looked()
        if not self._kept:
            journal = MemoryJournal(store.journal.made)
            self.project = Project(store.load_grouping(), journal, None if apart else in_use(store.path))
        else:
            self.project = Project(store.load_grouping(), store.journal)
        self.project.turned = self._turn_to
        if self._kept:
            self.project.digits = ClusterDigits(store.digits.load(), store.digits.save)
            self.project.stack_rule = ChosenStackRule(store.stack_rule.load(), store.stack_rule.save)
        else:
            self.project.digits = ClusterDigits(store.digits.load())
            self.project.stack_rule = ChosenStackRule(store.stack_rule.load())
        self.runs = store.runs
        """Results under names; to be written to on the owner's thread alone."""
        self._recipes = recipes_from(store.recipes.load())
        self._looked: dict[StageKey, tuple[Made, Snapshot]] = {}
        self._ahead: SortingAhead | None = None
        self.snapshot = Snapshot(self._records, store.load_skipped())
        self.snapshot = self._shown_with(self.project.made)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    @property
    def file(self) -> Path:
        return self._store.path

    @property
    def title(self) -> str:
        """The names of its folders."""
        return ", ".join(root.name or str(root) for root in self.roots)

    @property
    def recipe(self) -> Recipe | None:
        """How the clusters of now were made; None where nobody has written it down."""
        return self._recipes.get(self.project.made.clusters)

    @property
    def sorts_objects(self) -> bool:
        """Its images are parts of pictures."""
        return self._records.hold_objects

    @property
    def read_only(self) -> bool:
        """Another window has it open: everything can be looked at and exported, and every edit is refused."""
        return not self._kept

    def known(self) -> Known:
        """What a look starts from."""
        version, looked, rule = self._version, self._looked_ns, self.project.stack_rule.now
        snapshot, grouping, made = self.snapshot, self.project.grouping, self.project.made
        if self.project.ahead:
            snapshot, grouping, made, looked = Snapshot(), Grouping(), Made(), 0
        known = Known(self.roots, snapshot, grouping, made, self._store.kept, self._style, version, looked, rule)
        return replace(known, recipe=self.recipe)

    def sort_ahead(self, snapshot: Snapshot) -> NDArray[np.int32] | None:
        """A first look has come so far: what there is can be sorted by hand, and is kept by the names of the files.

        Returns by the number that each picture had the one that it has now, -1 for what could not be read; None where
        they are as they were.
        """
        files, before = [entry.path for entry in snapshot.images], self._ahead
        now = None
        if before is None:
            self._ahead = before = SortingAhead(files, self._store.ahead.load(), self._keep_ahead)
        else:
            now = before.renumber(files)
        self.snapshot = snapshot
        self.project.sort_ahead(before.grouping, before.journal)
        return None if now is None or np.array_equal(now, np.arange(len(files))) else now

    def take_over(self, finding: Found) -> bool:
        """Keep and show what was found; edits made meanwhile stay, and it is fitted to them.

        False, and nothing has changed, if it comes too late: something else was taken over, or undone, meanwhile.
        """
        # It began with other pictures or another model: taken over now, it would bring that state back.
        if finding.known.version != self._version:
            return False
        if self.project.ahead or self._was_sorted_ahead():
            self.sort_ahead(finding.snapshot)
        grown = self.project.grouping.grown_to(len(finding.snapshot.images))
        then = partial(self._swap, finding)
        label = ADOPTING if finding.proposed is not None else PLACING
        patch = self._patch(finding, grown)
        takeover = Takeover(label, grown, patch, finding.made, partial(self._put_down, finding), then)
        # In memory alone: the file belongs to the other window.
        if self.read_only:
            self.project.take_over(replace(takeover, also=nothing_more))
        elif not patch and not self._is_news(finding):
            if self.project.ahead:
                self.project.give_up_ahead(self._store.journal)
            self._swap(finding)
        elif self.project.ahead and self._ahead is not None:
            self.project.begin(takeover, self._ahead.done, self._store.journal)
        else:
            self.project.take_over(takeover)
        return True

    def return_to(self, run: Run, values: Sequence[PackedValue]) -> None:
        """Clusters, map and recipe as in that run, as one step. Raises UserFacingError where nothing may be edited.

        `values`: its map and proposal. What is kept of them already stays: it may know more pictures.
        """
        made, grouping = run.facts.made, self.project.grouping

        def put_down() -> None:
            self._store.kept.save([one for one in values if not self._store.kept.has(type(one.value), one.recipe)])
            if run.facts.recipe:
                self._store.recipes.save(made.clusters, run.facts.recipe)

        def then() -> None:
            self._recipes |= recipes_from({made.clusters: run.facts.recipe})
            self._turn_to(made)

        label = Sentence("Go back to {name}", name=run.name)
        self.project.go_to(Takeover(label, grouping, as_in_run(grouping, run), made, put_down, then))

    def use_detail(self, label: Sentence, detail: Detail, count: int) -> None:
        """Cut the tree into so many clusters, as one step of this name."""
        embeddings = self.snapshot.embeddings
        proposed = named_clusters(detail.rows, detail.labels(count), self._records, self._style, embeddings)
        self.project.apply(label, adopt_proposal(self.project.grouping, proposed))

    def looked_before(self, model: str) -> tuple[Made, Snapshot] | None:
        """What another model had found for the pictures of now, as long as that is at hand."""
        for made, snapshot in self._looked.values():
            whole = snapshot.images is self._records and snapshot.proposal is not None
            if made.model == model and made.look != self.project.made.look and whole:
                return made, snapshot
        return None

    def forget_looks(self) -> None:
        """What is looked at from now on is looked at otherwise."""
        self._looked.clear()

    def save_as(self, file: Path) -> None:
        """Go on in a new file; the old one stays as it is. Raises UserFacingError if the name is taken."""
        self._store.go_on_in(file)

    def close(self) -> None:
        self._store.close()

    def _patch(self, finding: Found, grown: Grouping) -> Patch:
        """In a project that is only looked at other clusters than the owner's would look like the owner's."""
        if finding.proposed is not None and not (self.read_only and grown.clusters and not self._apart):
            return adopt_proposal(grown, finding.proposed)
        additions = fitted(finding.additions, finding.known.grouping, grown)
        return place_new_images(grown, additions.images, additions.clusters)

    def _is_news(self, finding: Found) -> bool:
        """Whether anything is worth writing down. A folder without a picture leaves no project behind."""
        images, skipped = finding.snapshot.images, finding.snapshot.skipped
        if not images and not self._records:
            return False
        same = images is self._records and tuple(skipped) == tuple(self.snapshot.skipped)
        return (
            not same
            or bool(finding.new)
            or finding.made != self.project.made
            or self._kept_roots != tuple(finding.roots)
        )

    def _was_sorted_ahead(self) -> bool:
        """In a look that the program did not live to see the end of."""
        return not self._records and not self.read_only and bool(self._store.ahead.load().clusters)

    def _keep_ahead(self, ahead: SortedAhead) -> None:
        self._store.ahead.save(ahead)
        if not self._kept_roots:
            self._store.save_roots(self.roots)
            self._kept_roots = tuple(self.roots)

    def _put_down(self, finding: Found) -> None:
        """Everything but clusters and places, as a part of the transaction that writes them."""
        self._store.ahead.forget()
        self._store.add_images(finding.images.added)
        self._store.update_images(finding.images.changed)
        # What was derived from the old contents of a file would be taken for its own after the next start.
        if finding.images.other_contents:
            self._store.kept.forget()
        self._store.save_roots(finding.roots)
        if finding.extraction is not None:
            self._store.save_looked(finding.extraction.began_ns)
        self._store.save_skipped(finding.snapshot.skipped)
        self._store.kept.save(finding.new)
        if finding.recipe is not None:
            self._store.recipes.save(finding.made.clusters, recipe_text(finding.recipe))

    def _swap(self, finding: Found) -> None:
        self._version, self._ahead = next(_VERSIONS), None
        self._records, self.snapshot = _as_table(finding.snapshot)
        self.roots = self._kept_roots = tuple(finding.roots)
        if finding.extraction is not None:
            self._looked_ns = finding.extraction.began_ns
        if finding.recipe is not None:
            self._recipes[finding.made.clusters] = finding.recipe
        self._looked[finding.made.look] = finding.made, self.snapshot
        # Each holds a matrix of vectors; the way back to the model used just before is what people take.
        while len(self._looked) > SNAPSHOTS_AT_HAND:
            self._looked.pop(next(iter(self._looked)))

    def _turn_to(self, made: Made) -> None:
        self._version = next(_VERSIONS)
        self.snapshot = self._shown_with(made)

    def _shown_with(self, made: Made) -> Snapshot:
        """With vectors where this model has looked at the pictures of now, else as the file has it.

        What was made of other pictures than the map is left out, and comes with the next look.
        """
        looked, shown = self._looked.get(made.look, (made, Snapshot()))
        if shown.images is not self._records:
            left = self.snapshot.left_alone
            shown = Snapshot(self._records, self.snapshot.skipped, gone=self.snapshot.gone, left_alone=left)
        layout = shown.layout if looked.layout == made.layout else None
        layout = layout or self._store.kept.load(MapLayout, made.layout)
        proposal = self._store.kept.load(Proposal, made.clusters)
        graph = shown.graph or self._store.kept.load(NeighbourGraph, made.look)
        places = self._store.kept.load(MapLayout, gone_recipe(made.layout)) if len(shown.gone) else None
        tree = shown.tree or self._store.kept.load(ClusterTree, made.look)
        outliers = shown.outliers or self._store.kept.load(Outliers, made.look)
        rows = next((derived.rows for derived in (shown.embeddings, layout, graph) if derived is not None), None)
        return replace(
            shown,
            layout=_on(rows, layout),
            proposal=_on(rows, proposal),
            graph=_on(rows, graph),
            tree=_on(rows, tree),
            outliers=_on(rows, outliers),
            gone_places=places,
        )


def _on(rows: Rows | None, value: V | None) -> V | None:
    return value if rows is not None and value is not None and rows.are(value.rows) else None


def _as_table(snapshot: Snapshot) -> tuple[ImageTable, Snapshot]:
    """The records of a look, which has read them all, and the snapshot that holds these very records."""
    table = ImageTable.of(records_among(snapshot.images))
    return table, snapshot if snapshot.images is table else replace(snapshot, images=table)


def recipes_from(kept: Mapping[StageKey, str]) -> dict[StageKey, Recipe]:
    """Those that can be read: another version of the program may have written others."""
    recipes = {}
    for key, text in kept.items():
        with suppress(NoRecipe):
            recipes[key] = recipe_from(text)
    return recipes


def fitted(additions: Additions, before: Grouping, now: Grouping) -> Additions:
    """Additions to clusters as they were `before`: where one is gone, its images say where what is new belongs."""
    clusters = additions.clusters.copy()
    for cluster in np.unique(clusters).tolist():
        if cluster != UNSORTED and cluster not in now.clusters:
            homes = now.home[before.members(ClusterId(cluster))]
            clusters[additions.clusters == cluster] = np.bincount(homes).argmax() if len(homes) else UNSORTED
    return Additions(additions.images, clusters)


def relocated(known: Known, root: Path, now: Path) -> Found:
    """The folder `root` is called `now`, with all that is in it. Looks at the drive, and so is for any thread.

    Raises UserFacingError if none of its pictures is there.
    """
    moved = [_moved(record, root, now) for record in known.images if record.path.is_relative_to(root)]
    if moved and not any(record.path.exists() for record in moved):
        raise UserFacingError(
            Sentence("None of the pictures is in {folder}.", folder=now),
            Sentence("Show the folder that holds them now."),
        )
    roots = tuple(now if known_root == root else known_root for known_root in known.roots)
    records = tuple(_moved(record, root, now) for record in known.images)
    changes = image_changes(known.images, records)
    return Found(known, roots, known.made, replace(known.snapshot, images=ImageTable.of(records)), images=changes)


def _moved(record: ImageRecord, root: Path, now: Path) -> ImageRecord:
    """The same record where it was below `root`, or was that very file; the record itself where it was not."""
    if not record.path.is_relative_to(root):
        return record
    companions = tuple(
        now / companion.relative_to(root) if companion.is_relative_to(root) else companion
        for companion in record.companions
    )
    return replace(record, path=now / record.path.relative_to(root), companions=companions)
