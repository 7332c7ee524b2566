"""What may happen to a project: files change, it is looked at, edited, interrupted, closed, by either front end."""

import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from tests.domain import random_edits
from tests.support.changing_pictures import KINDS
from tests.support.project_rules import Broken
from tests.support.project_world import View, World

from shoal.domain import edits
from shoal.domain.errors import Cancelled, HelperProcessDied, ProjectNotReadable, UserFacingError
from shoal.domain.grouping import Grouping

MOMENTS = (
    *("Looking for images", "Looking for changes", "Looking at images", "finished"),
    *(f"{when}{name}" for name in (
        "neighbour_graph", "umap_layout", "automatic_clusters", "kmeans_clusters", "describe_clusters", "place_on_map",
        "nearest_clusters", "build_tree",
    ) for when in ("", "after ")),
)  # fmt: skip
"""Where work may be interrupted: what it reports, and before and after each of its computations."""

WRITING = "write"
"""Nothing else comes in between while the owner of a project writes, but the process may be killed."""

BY_HAND = (
    *(random_edits.move, random_edits.move, random_edits.accept, random_edits.unpin, random_edits.rename),
    *(random_edits.recolour, random_edits.create, random_edits.merge, random_edits.split, random_edits.dissolve),
    *(random_edits.refuse_move, random_edits.refuse_merge, random_edits.follow, random_edits.import_table),
)
FEWEST_FOR_EDITS = 20


class Steps:
    """Each public method is one step. `random` decides about everything in it, so that equal seeds do the same."""

    def __init__(self, world: World, random_: random.Random) -> None:
        self.world, self.random = world, random_
        self.remark = ""
        self.happened: list[str] = []

    # Files

    def add_pictures(self) -> None:
        world, kind = self.world, self.random.randrange(KINDS)
        count = self.random.choice((1, 2, 6))
        prefix = self.random.choice("amz")
        for _ in range(count):
            world.pictures.add(kind, self.new_name(prefix))
        self.remark = f"{count} of kind {kind}, names with {prefix}"

    def delete_pictures(self) -> None:
        pictures = self.world.pictures
        some = self.some_paths(self.random.choice((1, 3, 7)))
        if len(pictures.paths) > len(some):
            pictures.remove(some)
            self.remark = f"{len(some)}"

    def rename_pictures(self) -> None:
        some = self.some_paths(self.random.choice((1, 3)))
        for path in some:
            folder = self.random.choice(("", "", "day/"))
            self.world.pictures.rename(
                path, f"{folder}{self.random.choice('amz')}{self.random.randrange(10**6):06}.png"
            )

    def damage_pictures(self) -> None:
        for path in self.some_paths(self.random.choice((1, 2))):
            self.world.pictures.damage(path)

    def mend_pictures(self) -> None:
        self.world.pictures.mend()

    def change_contents(self) -> None:
        for path in self.some_paths(self.random.choice((1, 2))):
            name = path.relative_to(self.world.pictures.folder).as_posix()
            self.world.pictures.add(self.random.randrange(KINDS), name)

    # Work

    def look(self) -> None:
        self.world.look()

    def look_and_cancel(self) -> None:
        self.interrupted(self.world.look, self.cancel)

    def look_and_kill_maths(self) -> None:
        self.interrupted(self.world.look, self.world.maths.kill)

    def look_and_edit(self) -> None:
        """Somebody drags while the folder is looked at."""
        self.interrupted(self.world.look, self.edit)

    def look_and_undo(self) -> None:
        self.interrupted(self.world.look, self.world.undo)

    def look_edit_and_cancel(self) -> None:
        self.interrupted(self.world.look, self.edit, self.cancel)

    def look_edit_and_die(self) -> None:
        self.interrupted(self.world.look, self.edit, self.die)

    def cluster_again(self) -> None:
        self.world.regroup()

    def cluster_again_and_cancel(self) -> None:
        self.interrupted(self.world.regroup, self.cancel)

    def cluster_again_and_edit(self) -> None:
        self.interrupted(self.world.regroup, self.edit)

    def choose_model(self) -> None:
        """The window looks with it at once."""
        self.world.model = 1 - self.world.model
        self.world.look()

    def choose_algorithm(self) -> None:
        self.world.algorithm = self.random.choice(("auto", "kmeans", "kmeans", "hdbscan", "leiden"))
        self.world.algorithms.add(self.world.algorithm)
        self.world.clusters = self.random.choice((None, 4, 6)) if self.world.algorithm == "kmeans" else None
        self.remark = f"{self.world.algorithm} {self.world.clusters or ''}"

    def slide(self) -> None:
        self.remark = f"to {self.world.cut(self.random.random())}"

    # Edits

    def edit(self) -> None:
        if len(self.world.grouping.home) < FEWEST_FOR_EDITS:
            return
        some = self.random.choice(BY_HAND if self.world.grouping.clusters else (random_edits.create,))
        self.remark += f" {some.__name__}"
        self.world.edit(some.__name__, lambda grouping: some(grouping, self.random))

    def split_as_offered(self) -> None:
        clusters = sorted(self.world.grouping.clusters)
        if not clusters or self.world.view().ids is None:
            return
        cluster = self.random.choice(clusters)
        offers = self.world.split_offers(cluster)
        if offers:
            labels = offers[self.random.choice(sorted(offers))]
            self.world.edit("split", lambda grouping: edits.split_cluster(grouping, cluster, labels))

    def follow_suggestions(self) -> None:
        if self.world.view().neighbours is None:
            return
        found = self.world.suggestions()
        if len(found.images):
            self.world.edit("follow", lambda now: edits.follow_suggestions(now, found.images, found.clusters))

    def undo(self) -> None:
        self.world.undo()

    def redo(self) -> None:
        self.world.redo()

    def undo_and_redo(self) -> None:
        """It leads back to the very same clusters and map."""
        if self.world.undo_label:
            before, view = self.world.grouping, self.world.view()
            self.world.undo()
            self.world.redo()
            require_same(before, view, self.world)

    def undo_everything(self) -> None:
        """Down to the first clusters, and back again to where it began."""
        world, steps = self.world, 0
        before, view = world.grouping, world.view()
        while world.undo_label:
            world.undo()
            steps += 1
        if world.seen and world.algorithms == {"auto"} and not world.grouping.clusters:
            raise Broken("undo", "it goes back to before the first clusters")
        for _ in range(steps):
            world.redo()
        require_same(before, view, world)

    def undo_some(self) -> None:
        for _ in range(self.random.randrange(2, 6)):
            self.world.undo()

    # Coming and going

    def close_and_open(self) -> None:
        self.world.close()
        self.world.open()

    def die_while_looking(self) -> None:
        """The program is gone in the middle of it; the next one opens what is left."""
        self.interrupted(self.world.look, self.die)

    def sort_on_command_line(self) -> None:
        self.world.close()
        try:
            self.world.sort_on_command_line()
        finally:
            self.world.open()

    def sort_on_command_line_and_cancel(self) -> None:
        self.world.close()
        try:
            self.interrupted(self.world.sort_on_command_line, self.cancel)
        finally:
            self.world.open()

    def sort_on_command_line_beside(self) -> None:
        """While the window has the project open."""
        self.world.sort_on_command_line()

    def open_second_window(self) -> None:
        self.world.look_beside()

    def compare_models(self) -> None:
        if len(self.world.images):
            self.world.compare_models()

    # Within steps

    def new_name(self, prefix: str) -> str:
        return f"{prefix}{self.random.randrange(10**6):06}.png"

    def some_paths(self, count: int) -> list[Path]:
        paths = self.world.pictures.paths
        return self.random.sample(paths, min(count, len(paths)))

    def interrupted(self, work: Callable[[], object], *acts: Callable[[], None]) -> None:
        """Where there are several, the later ones come later, at a moment of their own."""
        places = [self.random.choice((*MOMENTS, WRITING) if act == self.die else MOMENTS) for act in acts]
        self.remark = ", ".join(f"{act.__name__} at {at!r}" for act, at in zip(acts, places, strict=True))
        for act, at in zip(acts, places, strict=True):
            self.world.moments.plan(at, partial(self.surprise, act, at))
        work()

    def surprise(self, act: Callable[[], None], at: str) -> None:
        self.happened.append(f"{act.__name__} at {at}")
        act()

    def cancel(self) -> None:
        self.world.task.cancel()

    def die(self) -> None:
        raise self.world.Died


def require_same(grouping: Grouping, view: View, world: World) -> None:
    if world.grouping != grouping:
        raise Broken("undo", "undone and done again, the clusters are others")
    now = world.view()
    if view.positions is not None and not np.array_equal(view.positions, now.positions):
        raise Broken("undo", "undone and done again, the map is another")
    if view.labels is not None and not np.array_equal(view.labels, now.labels):
        raise Broken("undo", "undone and done again, the proposal is another")


WEIGHTS = {
    "add_pictures": 6,
    "delete_pictures": 4,
    "rename_pictures": 2,
    "damage_pictures": 2,
    "mend_pictures": 1,
    "change_contents": 2,
    "look": 9,
    "look_and_cancel": 5,
    "look_and_kill_maths": 3,
    "look_and_edit": 5,
    "look_and_undo": 2,
    "look_edit_and_cancel": 2,
    "look_edit_and_die": 3,
    "cluster_again": 7,
    "cluster_again_and_cancel": 2,
    "cluster_again_and_edit": 2,
    "choose_model": 2,
    "choose_algorithm": 3,
    "slide": 4,
    "edit": 12,
    "split_as_offered": 2,
    "follow_suggestions": 2,
    "undo": 6,
    "redo": 4,
    "undo_everything": 1,
    "undo_and_redo": 2,
    "undo_some": 2,
    "close_and_open": 4,
    "die_while_looking": 2,
    "sort_on_command_line": 3,
    "sort_on_command_line_and_cancel": 1,
    "sort_on_command_line_beside": 1,
    "open_second_window": 1,
    "compare_models": 1,
}
STEPS = tuple(WEIGHTS)
ALLOWED = (UserFacingError, Cancelled)
"""What a user is told, or asked for."""

NOT_ALLOWED = ProjectNotReadable
"""Nothing is damaged here, so nothing may be said to be."""

CAUSED = {"look_and_kill_maths": (HelperProcessDied,)}
BY_MACHINE = frozenset({"look", "look_and_cancel", "look_and_kill_maths", "cluster_again", "cluster_again_and_cancel",
                        "choose_model", "slide", "sort_on_command_line"})  # fmt: skip
"""In these nobody edits."""

QUIET = frozenset({"edit", "split_as_offered", "follow_suggestions", "undo", "redo", "undo_everything", "undo_and_redo",
                   "undo_some",
                   "slide", "close_and_open"})  # fmt: skip
"""Always possible."""
