"""A project with both its front ends, over the real services, as the window and the command line use them.

Everything happens on one thread: what the window does on its own while a worker looks is done in the middle of that
work, at a moment that a step has planned.
"""

import atexit
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tests.support.changing_pictures import ChangingPictures
from tests.support.coloured_things import ColourFinder
from tests.support.moments import MathsElsewhere, MathsHere, Moments, WatchedTask
from tests.support.picture_folders import MeanColours

from shoal.analysis.nearest_neighbours import neighbour_graph
from shoal.domain.extension_points import ClusterRequest, EmbeddingBackend, LoadOptions
from shoal.domain.geometry import EmbeddingKey
from shoal.domain.grouping import ClusterId, Grouping, Patch
from shoal.domain.images import ImageId, ImageRecord
from shoal.domain.objects import WHOLE_PICTURES, ObjectChoice
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.embedding import colour_layout
from shoal.looking.catalogue import algorithm_named
from shoal.looking.detail import Detail
from shoal.looking.extraction import Caches
from shoal.looking.known import Found
from shoal.looking.maths import MathsProcess
from shoal.looking.options import Options
from shoal.looking.pipeline import Tools, cluster_again, look
from shoal.looking.snapshot import Snapshot
from shoal.looking.stacking import stacks_of
from shoal.looking.stages import proposal_key
from shoal.projects.merging import most_alike_pairs
from shoal.projects.model_choice import rank_models
from shoal.projects.model_ranking import ModelRanking
from shoal.projects.open_project import OpenProject
from shoal.projects.portraits import Explanation, Portraits, explain, portray
from shoal.projects.splitting import parts_of
from shoal.projects.suggesting import Suggestions, suggest
from shoal.store.feature_cache import FeatureCache
from shoal.store.project_database import ProjectDatabase
from shoal.store.project_store import ProjectStore
from shoal.store.thumbnail_cache import ThumbnailCache

Ids = NDArray[np.int64]


@dataclass
class Shared:
    """What outlives a sequence: answers of the maths, by question, and a process for the sequences that have one."""

    answers: dict[bytes, object] = field(default_factory=dict)

    @cached_property
    def process(self) -> MathsProcess:
        folder = tempfile.TemporaryDirectory()
        process = MathsProcess(Path(folder.name))
        atexit.register(folder.cleanup)
        atexit.register(process.close)
        return process


@dataclass(frozen=True)
class View:
    """What is on the screen, as plain arrays. `ids`: of the rows of the vectors; `other_ids`: of what goes with them.

    `cut`: the labels of the tree's rows for a number of clusters.
    """

    ids: Ids | None
    vectors: NDArray[np.float32] | None
    neighbours: NDArray[np.int32] | None
    distances: NDArray[np.float32] | None
    positions: NDArray[np.float32] | None
    labels: NDArray[np.int32] | None
    stacks: NDArray[np.int32] | None
    cut: Callable[[int], NDArray[np.int32]] | None
    other_ids: Mapping[str, Ids]


@dataclass(frozen=True)
class InTheFile:
    """What somebody would find who opened the project now."""

    grouping: Grouping
    images: tuple[ImageRecord, ...]
    history: tuple[list[str], int]


class OtherFinder(ColourFinder):
    def __init__(self) -> None:
        super().__init__()
        self.key = EmbeddingKey("other-finder", "objects", "none", 80, "letterbox")


class LookWrites(AssertionError):
    """A look has written to the project's file."""


class World:
    class Died(BaseException):
        """The process was killed."""

    def __init__(self, home: Path, shared: Shared, objects: bool = False, elsewhere: bool = False) -> None:
        """`elsewhere`: the maths has a process of its own."""
        self.pictures = ChangingPictures(home / "pictures", objects)
        self.objects, self.file = objects, home / "one.shoal"
        self.moments = Moments()
        self.maths = MathsHere(self.moments, shared.answers)
        if elsewhere:
            self.maths = MathsElsewhere(self.moments, shared.process)
        self._features, self._thumbnails = FeatureCache(home / "features"), ThumbnailCache(home / "thumbnails")
        self.models: tuple[EmbeddingBackend, ...] = (colour_layout.SPEC.load(LoadOptions()), MeanColours())
        if objects:
            self.models = (ColourFinder(), OtherFinder())
        self.model, self.algorithm = 0, "auto"
        self.clusters: int | None = None
        self.opened: OpenProject | None = None
        self.task: Task = Task()
        self.algorithms = {self.algorithm}
        self.just_clustered = False
        self.seen: set[Path] | None = None
        self._looking = False
        _listeners[self.file] = self._on_write

    # The window

    def open(self) -> None:
        self.opened = OpenProject(ProjectStore(self.file), [self.pictures.folder])

    def close(self) -> None:
        if self.opened is not None:
            self.opened.close()
        self.opened = None

    def look(self) -> None:
        if self._work(lambda task: look(self.opened.known(), self.options, self.tools, task)):
            self.seen = set(self.pictures.readable)
        else:
            self.look()

    def regroup(self) -> None:
        """As the window does: only if this model has looked."""
        known, options = self.opened.known(), self.options
        if known.snapshot.embeddings is None:
            return
        done = known.made.look == options.made.look and self._work(
            lambda task: cluster_again(known, options, self.tools, task)
        )
        if not done:
            self.look()

    def cut(self, place: float) -> int | None:
        """The slider, let go at a place 0..1; the number of clusters."""
        snapshot = self.shown
        if snapshot.tree is None or snapshot.proposal is None:
            return None
        detail = Detail(snapshot.tree, snapshot.proposal)
        count = detail.count_at(place)
        self.opened.use_detail(Sentence(f"Sort into {count}"), detail, count)
        return count

    def edit(self, label: str, make: Callable[[Grouping], Patch]) -> None:
        self.opened.project.apply(Sentence(label), make(self.grouping))

    def undo(self) -> None:
        self.opened.project.undo()

    def redo(self) -> None:
        self.opened.project.redo()

    @property
    def undo_label(self) -> str | None:
        return self.opened.project.undo_label

    # Others

    def sort_on_command_line(self) -> None:
        self.task = WatchedTask(self.moments)
        with OpenProject(ProjectStore(self.file), [self.pictures.folder], apart=True) as opened:
            found = look(opened.known(), self.options, self.tools, self.task, edit=False)
            opened.take_over(found)
            counts = opened.project.grouping.counts()
        assert sum(counts.values()) == len(found.snapshot.images)
        if not opened.read_only:
            self.seen = set(self.pictures.readable)

    def look_beside(self) -> None:
        """A second window, which can only look."""
        with OpenProject(ProjectStore(self.file), [self.pictures.folder]) as other:
            assert other.read_only
            other.take_over(look(other.known(), self.options, self.tools, Task()))

    def compare_models(self) -> ModelRanking:
        def load(name: str, _task: Task) -> EmbeddingBackend:
            return self.models[int(name)]

        return rank_models(["0", "1"], load, self.images, self.grouping, self.tools, Task())

    def die(self) -> None:
        """Nothing is closed in order; the system lets go of the file."""
        database = self.opened._store._database
        database._db.close()
        database._lock.release()
        self.opened, self._looking = None, False

    def end(self) -> None:
        self.close()
        self._features.close()
        self._thumbnails.close()
        del _listeners[self.file]

    # What there is to see

    @property
    def shown(self) -> Snapshot:
        return self.opened.snapshot

    @property
    def grouping(self) -> Grouping:
        return self.opened.project.grouping

    @property
    def images(self) -> tuple[ImageRecord, ...]:
        return tuple(self.opened.known().images)

    @property
    def history(self) -> tuple[list[str], int]:
        journal = self.opened._store.journal
        return list(journal.labels), journal.position

    def in_the_file(self) -> InTheFile:
        with ProjectStore(self.file) as store:
            history = list(store.journal.labels), store.journal.position
            return InTheFile(store.load_grouping(), tuple(store.load_images()), history)

    def view(self) -> View:
        shown = self.shown
        parts: dict[str, Any] = {
            "graph": shown.graph,
            "layout": shown.layout,
            "proposal": shown.proposal,
            "tree": shown.tree,
        }
        embeddings, graph = shown.embeddings, shown.graph
        return View(
            embeddings.rows.ids if embeddings else None,
            embeddings.vectors if embeddings else None,
            graph.indices if graph else None,
            graph.distances if graph else None,
            shown.layout.positions if shown.layout else None,
            shown.proposal.labels if shown.proposal else None,
            shown.stacks.values if shown.stacks else None,
            shown.tree.cut if shown.tree else None,
            {name: part.rows.ids for name, part in parts.items() if part is not None},
        )

    def stacks_now(self) -> NDArray[np.int32]:
        return stacks_of(self.shown.graph, self.images).values

    def clusters_afresh(self) -> NDArray[np.int32]:
        """Of the vectors on the screen, and nothing else."""
        vectors, options = self.shown.embeddings, self.options
        graph = self.maths.call(neighbour_graph, vectors, options.neighbours, task=Task())
        return self.maths.call(options.algorithm.run, vectors, graph, options.request, task=Task())

    def suggestions(self) -> Suggestions:
        return suggest(self.shown.graph, self.grouping)

    def portray(self) -> Portraits:
        return portray(self.shown.embeddings, self.grouping.homes)

    def explain(self, image: ImageId, portraits: Portraits) -> Explanation | None:
        return explain(image, self.shown.embeddings, self.shown.graph, self.grouping.homes, portraits)

    def pairs(self, portraits: Portraits) -> None:
        most_alike_pairs(self.grouping, portraits)

    def split_offers(self, cluster: ClusterId) -> dict[int, NDArray[np.int32]]:
        return parts_of(self.shown.embeddings, self.grouping.members(cluster), self.maths, Task())

    @property
    def tools(self) -> Tools:
        return Tools(Caches(self._features, self._thumbnails), self.maths)

    @property
    def options(self) -> Options:
        objects = ObjectChoice("every") if self.objects else WHOLE_PICTURES
        request, name = ClusterRequest(self.clusters), str(self.model)
        return Options(self.models[self.model], algorithm_named(self.algorithm), request, objects=objects, model=name)

    def _work(self, work: Callable[[Task], Found]) -> bool:
        """False for what came too late: then the window looks again."""
        self.task, self._looking = WatchedTask(self.moments), True
        try:
            found = work(self.task)
            self.moments.passes("finished")
        finally:
            self._looking = False
        if not self.opened.take_over(found):
            return False
        proposal, vectors = found.snapshot.proposal, found.snapshot.embeddings
        self.just_clustered = found.proposed is not None and proposal.key == proposal_key(vectors, self.options)
        return True

    def _on_write(self) -> None:
        if self._looking and not self.moments.acting:
            raise LookWrites("a look has written to the project's file")
        self.moments.passes("write")


_listeners: dict[Path, Callable[[], None]] = {}
_write = ProjectDatabase.write


def _heard(database: ProjectDatabase, *arguments: Any, **options: Any) -> Any:
    _listeners.get(database.path, lambda: None)()
    return _write(database, *arguments, **options)


setattr(ProjectDatabase, "write", _heard)  # noqa: B010
