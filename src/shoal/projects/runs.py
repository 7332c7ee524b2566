"""Results under names: keeping the one of now, and finding one again."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from shoal.domain.edits import clean_name
from shoal.domain.errors import UserFacingError
from shoal.domain.recipe_text import recipe_text
from shoal.domain.runs import Run, RunFacts, run_of
from shoal.domain.sentence import Sentence
from shoal.store.kept_runs import PackedRun, packed_run
from shoal.store.packed_values import PackedValue, packed
from shoal.store.project_database import in_use

if TYPE_CHECKING:  # it stands on much, and is handed through
    from shoal.projects.open_project import OpenProject

__all__ = [
    "MOST_RUNS",
    "PackedRun",
    "PackedValue",
    "as_it_is",
    "free_name",
    "keep_run",
    "packed_run",
    "run_called",
    "run_of_now",
    "values_of",
]

MOST_RUNS: Final = 100
"""Each takes as much room as the clusters and the map of a project."""


def run_of_now(opened: "OpenProject", name: str) -> Run:
    """What is on the screen, to be packed on any thread. Raises UserFacingError where it cannot be kept as `name`."""
    grouping = opened.project.grouping
    if opened.read_only:
        raise in_use(opened.file)
    if not grouping.clusters or opened.project.ahead:
        raise UserFacingError(
            Sentence("There are no clusters yet that could be kept."), Sentence("Let the pictures be sorted first.")
        )
    name = free_name(opened, name)
    recipe = "" if opened.recipe is None else recipe_text(opened.recipe)
    facts = RunFacts(name, datetime.now(UTC).astimezone().isoformat(timespec="milliseconds"), opened.project.made)
    return run_of(grouping, replace(facts, recipe=recipe), opened.snapshot.layout, opened.snapshot.proposal)


def keep_run(opened: "OpenProject", name: str) -> Run:
    """Raises UserFacingError where it cannot be kept under this name."""
    run = run_of_now(opened, name)
    opened.runs.save(packed_run(run))
    return run


def free_name(opened: "OpenProject", name: str) -> str:
    """The name on one line. Raises UserFacingError if it is taken, or none; nothing kept is ever overwritten."""
    try:
        name = clean_name(name)
    except ValueError as error:
        raise UserFacingError(Sentence("A run needs a name."), Sentence("Type one.")) from error
    kept = opened.runs.listed()
    if any(one.name.casefold() == name.casefold() for one in kept):
        raise UserFacingError(
            Sentence("A run called {name} is kept already.", name=name), Sentence("Choose another name.")
        )
    if len(kept) >= MOST_RUNS:
        raise UserFacingError(
            Sentence("{count} runs are kept, which is as many as there may be.", count=len(kept)),
            Sentence("Delete some first."),
        )
    return name


def run_called(opened: "OpenProject", name: str) -> Run:
    """Upper and lower case are alike. Raises UserFacingError where there is none."""
    names = [one.name for one in opened.runs.listed()]
    found = next((one for one in names if one.casefold() == name.strip().casefold()), name)
    run = opened.runs.load(found)
    if run is None:
        there = Sentence("There are {names}.", names=", ".join(names)) if names else Sentence("None is kept here yet.")
        raise UserFacingError(Sentence("No run is called {name}.", name=name), there)
    return run


def values_of(run: Run) -> list[PackedValue]:
    """Its map and proposal, to be kept in the project again; for any thread."""
    made = run.facts.made
    found = [] if run.layout is None else [packed(made.layout, run.layout)]
    return found if run.proposal is None else [*found, packed(made.clusters, run.proposal)]


def as_it_is(opened: "OpenProject", name: str) -> Run:
    """The clusters of now as a run that is not kept, to be compared with others."""
    facts = RunFacts(name, "", opened.project.made)
    return run_of(opened.project.grouping, facts, opened.snapshot.layout, opened.snapshot.proposal)
