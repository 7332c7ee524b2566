"""A result that is kept under a name, and the way back to it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from shoal.domain.edits import ClusterChanges, clean_name, places_of
from shoal.domain.geometry import MapLayout, Proposal
from shoal.domain.grouping import OUT, UNSORTED, Cluster, ClusterId, Grouping, Patch
from shoal.domain.history import NOTHING_MADE, Made


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What is told of a run in a list. `kept`: when, ISO 8601 with the zone; `recipe`: its text, "" if unknown."""

    name: str
    kept: str
    made: Made = NOTHING_MADE
    recipe: str = ""
    clusters: int = 0
    pictures: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Which cluster each picture was in; `home` and `pinned` by image id, as in `Grouping`. `layout`: its map."""

    facts: RunFacts
    clusters: Mapping[ClusterId, Cluster]
    home: NDArray[np.int32]
    pinned: NDArray[np.bool_]
    layout: MapLayout | None = None
    proposal: Proposal | None = None

    @property
    def name(self) -> str:
        return self.facts.name


def run_of(
    grouping: Grouping, facts: RunFacts, layout: MapLayout | None = None, proposal: Proposal | None = None
) -> Run:
    """The clusters of now. The name in `facts` is made one line; raises ValueError if nothing is left of it."""
    pictures = int((grouping.home != OUT).sum())
    told = replace(facts, name=clean_name(facts.name), clusters=len(grouping.clusters), pictures=pictures)
    return Run(told, grouping.clusters, grouping.home, grouping.pinned, layout, proposal)


def as_in_run(grouping: Grouping, run: Run) -> Patch:
    """Back to how it was: clusters, their names, which picture is where and pinned. Stars and refusals stay.

    A picture that was not there then stays in its cluster if the run has it, else it comes to Unsorted. What was taken
    out since, because its file is gone, stays out.
    """
    home, pinned = grouping.home.copy(), grouping.pinned.copy()
    both = min(len(home), len(run.home))
    then = (run.home[:both] != OUT) & (home[:both] != OUT)
    home[:both][then], pinned[:both][then] = run.home[:both][then], run.pinned[:both][then]
    stray = (home > UNSORTED) & ~np.isin(home, list(run.clusters))
    home[stray], pinned[stray] = UNSORTED, False
    changes: ClusterChanges = {
        one: (grouping.clusters.get(one), run.clusters.get(one))
        for one in sorted({*grouping.clusters, *run.clusters})
        if grouping.clusters.get(one) != run.clusters.get(one)
    }
    return Patch(places_of(grouping, np.arange(len(home), dtype=np.int32), home, pinned), changes)
