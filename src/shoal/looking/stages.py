"""Graph, map, clusters and tree of one set of vectors: each as it was kept if it still holds, grown, or made anew.

What holds is said by the rows that a value was made from. Nothing else decides.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.cluster_tree import build_tree, tree_key
from shoal.analysis.describe import describe_clusters
from shoal.analysis.letter import letter_clusters, letter_map
from shoal.analysis.moments import with_moments
from shoal.analysis.nearest_neighbours import neighbour_graph
from shoal.analysis.outliers import find_outliers, outliers_key
from shoal.analysis.placing import nearest_clusters, place_on_map
from shoal.analysis.umap_layout import pca_layout, umap_layout
from shoal.domain.capture_time import seconds
from shoal.domain.geometry import (
    ClusterTree,
    EmbeddingMatrix,
    MapLayout,
    NeighbourGraph,
    Outliers,
    Proposal,
    Shoot,
    StageKey,
    stage_key,
)
from shoal.domain.grouping import OUT, UNSORTED
from shoal.domain.images import ImageRecord
from shoal.domain.task import Caller, Task
from shoal.looking.answers import answering, checked_labels
from shoal.looking.gone_places import are_equal, gone_recipe, places_of_gone
from shoal.looking.known import Additions, Known
from shoal.looking.options import Options
from shoal.looking.series import Earlier, Small, find_shoot, shoot_key
from shoal.looking.snapshot import Snapshot
from shoal.store.packed_values import Kept, PackedValue, V, packed

FEWEST_FOR_UMAP = 12
"""Below that a map has nothing to show that the two widest directions do not, and UMAP takes long to start."""
NEIGHBOURS_TO_PLACE_BY = 15


class StopWatch:
    """How long each stage took, in seconds of wall time; a stage that runs twice counts both."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.seconds[name] = round(self.seconds.get(name, 0.0) + time.perf_counter() - began, 4)


def connect(embeddings: EmbeddingMatrix, options: Options, maths: Caller, task: Task) -> NeighbourGraph:
    return maths.call(neighbour_graph, embeddings, options.neighbours, task=task)


def lay_out(
    embeddings: EmbeddingMatrix, graph: NeighbourGraph, options: Options, maths: Caller, task: Task
) -> MapLayout:
    embeddings.rows.require(graph.rows, "a graph")
    if len(embeddings.vectors) < FEWEST_FOR_UMAP:
        return maths.call(pca_layout, embeddings, task=task)
    if options.letter_map is not None:
        key = stage_key("letter", embeddings.key, layout=options.made.layout)
        return maths.call(letter_map, embeddings, options.normalise_map, options.letter_map, key, task=task)
    return maths.call(umap_layout, embeddings, graph, options.map, task=task)


def group(embeddings: EmbeddingMatrix, graph: NeighbourGraph, options: Options, maths: Caller, task: Task) -> Proposal:
    embeddings.rows.require(graph.rows, "a graph")
    algorithm, key = options.algorithm, proposal_key(embeddings, options)
    if options.letter is not None:
        with answering(algorithm.on_points, algorithm.name):
            count = options.request.clusters
            return maths.call(letter_clusters, embeddings, options.letter, algorithm, count, key, task=task)
    with answering(algorithm.run, algorithm.name):
        labels = maths.call(algorithm.run, embeddings, graph, options.request, task=task)
        labels = checked_labels(labels, len(embeddings.vectors))
    return maths.call(describe_clusters, embeddings, labels, algorithm.name, key, task=task)


def proposal_key(embeddings: EmbeddingMatrix, options: Options) -> StageKey:
    """Of a proposal that an algorithm made of just these vectors; one that has grown has another key."""
    return stage_key("group", embeddings.key, clusters=options.made.clusters)


@dataclass(frozen=True, slots=True, eq=False)
class Clusters:
    """`stay`: they are the user's, and nothing but `additions` comes in; else they are proposed."""

    proposal: Proposal
    stay: bool
    additions: Additions


class Stages:
    """`records` in the order of the rows of `embeddings`. `new` is what was made here and is worth keeping."""

    def __init__(
        self,
        known: Known,
        embeddings: EmbeddingMatrix,
        records: Sequence[ImageRecord],
        options: Options,
        maths: Caller,
        watch: StopWatch,
    ) -> None:
        self._known, self._embeddings, self._options, self._maths = known, embeddings, options, maths
        self._timed = _timed(embeddings, records, options.made.moment)
        self._made = options.made
        self._unchanged = _unchanged(known, records)
        self._graph: NeighbourGraph | None = None
        self._same_map = True
        self.new: list[PackedValue] = []
        self.watch = watch

    def graph(self, task: Task) -> NeighbourGraph:
        if self._graph is None:
            kept = self._kept(NeighbourGraph, self._made.look)
            if kept is not None and self._holds(kept) and kept.indices.shape[1] == self._options.neighbours:
                self._graph = self._joined(kept)
            else:
                with self.watch.stage("connect"):
                    made = connect(self._embeddings, self._options, self._maths, task)
                self._graph = self._keep(self._made.look, made)
        return self._graph

    def tree(self, task: Task) -> ClusterTree:
        kept, seed = self._kept(ClusterTree, self._made.look), self._options.request.seed
        if kept is not None and self._holds(kept) and kept.key == tree_key(self._timed.key, seed):
            return self._joined(kept)
        with self.watch.stage("tree"):
            return self._keep(self._made.look, self._maths.call(build_tree, self._timed, seed, task=task))

    def outliers(self, task: Task) -> Outliers:
        kept, graph = self._kept(Outliers, self._made.look), self.graph(task)
        if kept is not None and self._holds(kept) and kept.key == outliers_key(graph.key):
            return self._joined(kept)
        with self.watch.stage("outliers"):
            return self._keep(self._made.look, self._maths.call(find_outliers, self._embeddings, graph, task=task))

    def shoot(self, records: Sequence[ImageRecord], small: Small, task: Task) -> Shoot:
        """`records` in the order of the rows."""
        kept = self._kept(Shoot, self._made.look)
        if kept is not None and self._holds(kept) and kept.key == shoot_key(records):
            return self._joined(kept)
        earlier = None if kept is None else Earlier(kept, self._unchanged & self._taken_as_before(records))
        with self.watch.stage("series"):
            return self._keep(self._made.look, find_shoot(self._embeddings.rows, records, small, task, earlier))

    def _taken_as_before(self, records: Sequence[ImageRecord]) -> NDArray[np.bool_]:
        """And called as before: names number bursts."""
        images = self._known.images
        pairs = ((new, images[new.id]) for new in records if new.id < len(images))
        same = [new.facts.taken == old.facts.taken and new.path.name == old.path.name for new, old in pairs]
        return np.array([*same, *[False] * (len(records) - len(same))], np.bool_)

    def layout(self, task: Task) -> MapLayout:
        """What was on the map stays where it is, unless what is new outnumbers it."""
        kept = self._kept(MapLayout, self._made.layout)
        if kept is not None and self._holds(kept):
            return self._joined(kept)
        rows = self._rows_in(kept)
        if kept is not None and _enough(rows >= 0):
            with self.watch.stage("place"):
                return self._keep(self._made.layout, self._grown_map(kept, rows, task))
        graph, self._same_map = self.graph(task), False
        with self.watch.stage("lay_out"):
            made = lay_out(self._embeddings, graph, self._options, self._maths, task)
        return self._keep(self._made.layout, made)

    def mapped(self, snapshot: Snapshot, task: Task) -> Snapshot:
        """With the map, and where images whose files are gone were on it."""
        layout, recipe = self.layout(task), gone_recipe(self._made.layout)
        earlier = self._known.value(MapLayout, recipe)
        shown = self._known.value(MapLayout, self._made.layout) if self._same_map else None
        places = places_of_gone(snapshot.gone, recipe, shown, earlier)
        if not are_equal(places, earlier):
            self.new.append(packed(recipe, places))
        return replace(snapshot, layout=layout, gone_places=places)

    def clusters(self, task: Task, *, again: bool = False) -> Clusters:
        """The user's clusters stay if they were made like this; `again`: propose anew all the same."""
        if not again and self._were_made_so and _enough(self._unchanged):
            return self._those_there_are(task)
        kept = self._kept(Proposal, self._made.clusters)
        pure = kept is not None and kept.key == proposal_key(self._timed, self._options)
        if kept is not None and self._holds(kept) and (pure or not again):
            return Clusters(self._joined(kept), False, Additions())
        rows = self._rows_in(kept)
        if kept is not None and not again and _enough(rows >= 0):
            labels = self._labels(np.where(rows >= 0, kept.labels[rows], -1), rows >= 0, task)
            return Clusters(self._described(labels, task), False, Additions())
        graph = self._timed_graph(task)
        with self.watch.stage("group"):
            made = group(self._timed, graph, self._options, self._maths, task)
        return Clusters(self._keep(self._made.clusters, made), False, Additions())

    def _timed_graph(self, task: Task) -> NeighbourGraph:
        """That of looks, unless time counts."""
        if self._timed is self._embeddings:
            return self.graph(task)
        with self.watch.stage("connect"):
            return connect(self._timed, self._options, self._maths, task)

    @property
    def _were_made_so(self) -> bool:
        made_by = self._known.made.clusters
        return bool(self._known.grouping.clusters) and made_by in (
            self._made.clusters,
            self._options.recipe_of_version_4,
        )

    def _those_there_are(self, task: Task) -> Clusters:
        kept, had = self._kept(Proposal, self._made.clusters), self._unchanged
        if kept is not None and self._holds(kept) and had.all():
            return Clusters(self._joined(kept), True, Additions())
        homes = np.full(len(had), UNSORTED, np.int32)
        homes[had] = self._known.grouping.homes.of(self._embeddings.rows.part(np.flatnonzero(had)))
        labels = self._labels(np.where(homes > UNSORTED, homes, -1), had, task)
        additions = Additions(self._embeddings.rows.ids[~had], np.maximum(labels[~had], UNSORTED))
        return Clusters(self._described(labels, task), True, additions)

    def _labels(self, labels: NDArray[np.int32], had: NDArray[np.bool_], task: Task) -> NDArray[np.int32]:
        """`labels` of what was there (`had`); what is new joins the cluster it is most like, or none."""
        labels = labels.astype(np.int32)
        if not had.all():
            old, new = (self._timed.part(np.flatnonzero(rows)) for rows in (had, ~had))
            with self.watch.stage("place"):
                nearest = self._maths.call(nearest_clusters, old, labels[had], new.vectors, task=task)
            labels[~had] = nearest.labels
        return labels

    def _described(self, labels: NDArray[np.int32], task: Task) -> Proposal:
        key = stage_key("grown", self._embeddings.key, clusters=self._made.clusters)
        name = self._options.algorithm.name
        with self.watch.stage("place"):
            made = self._maths.call(describe_clusters, self._embeddings, labels, name, key, task=task)
        return self._keep(self._made.clusters, made)

    def _grown_map(self, kept: MapLayout, rows: NDArray[np.intp], task: Task) -> MapLayout:
        old, new = np.flatnonzero(rows >= 0), np.flatnonzero(rows < 0)
        known, arrived = self._embeddings.part(old), self._embeddings.part(new)
        positions = np.empty((len(rows), kept.positions.shape[1]), np.float32)
        positions[old] = kept.positions[rows[old]]
        if len(new):
            known_map = MapLayout(kept.key, known.rows, positions[old], kept.method)
            number = NEIGHBOURS_TO_PLACE_BY
            positions[new] = self._maths.call(place_on_map, known_map, known, arrived, number, task=task)
        key = stage_key("grown", self._embeddings.key, layout=self._made.layout)
        return MapLayout(key, self._embeddings.rows, positions, kept.method)

    def _rows_in(self, kept: MapLayout | Proposal | None) -> NDArray[np.intp]:
        """The row that each image had there; -1 where it is new there, or its contents have changed since."""
        rows = self._embeddings.rows
        return np.where(self._unchanged, kept.rows.rows_of(rows.ids), -1) if kept else np.full(len(rows), -1, np.intp)

    def _kept(self, kind: type[V], recipe: StageKey) -> V | None:
        value = self._known.value(kind, recipe)
        old = self._options.recipe_of_version_4
        if value is None and self._known.made.clusters == old:
            return self._known.value(kind, old)
        return value

    def _holds(self, kept: Kept) -> bool:
        return self._embeddings.rows.are(kept.rows)

    def _joined(self, kept: V) -> V:
        """On the very rows of the vectors, so that they are in memory once."""
        return replace(kept, rows=self._embeddings.rows)

    def _keep(self, recipe: StageKey, made: V) -> V:
        if made.rows.key != self._timed.rows.key:
            self._embeddings.rows.require(made.rows, "what was made")
        joined = self._joined(made)
        self.new.append(packed(recipe, joined))
        return joined


def _timed(embeddings: EmbeddingMatrix, records: Sequence[ImageRecord], moment: float) -> EmbeddingMatrix:
    """What is clustered: the vectors themselves, or with the moments beside them."""
    if not moment:
        return embeddings
    return with_moments(embeddings, np.array([seconds(record.facts.taken) for record in records], np.float64), moment)


def _unchanged(known: Known, records: Sequence[ImageRecord]) -> NDArray[np.bool_]:
    """Which images were there before, with the same contents, and are in the user's hands."""
    images, home = known.images, known.grouping.home
    count = min(len(images), len(home))
    same = (record.id < count and record.shows_the_same_as(images[record.id]) for record in records)
    unchanged = np.fromiter(same, np.bool_, len(records))
    ids = np.array([record.id for record in records], np.int64)[unchanged]
    unchanged[unchanged] = home[ids] != OUT
    return unchanged


def _enough(unchanged: NDArray[np.bool_]) -> bool:
    """What is new does not outnumber what was there."""
    count = int(unchanged.sum())
    return count > 0 and 2 * count >= len(unchanged)
