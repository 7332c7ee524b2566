"""Clusters named as a whole, and parts of them set apart: nobody has looked at each picture, so nothing is pinned."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from shoal.domain.edits import ClusterChanges, clean_name, distinct_names, free_colours, places_of
from shoal.domain.grouping import Cluster, ClusterId, Grouping, Patch


def cluster_called(grouping: Grouping, name: str) -> ClusterId | None:
    """The cluster of that name, whatever the case of its letters; one that the user named comes first."""
    called = [
        cluster for cluster in grouping.clusters.values() if cluster.name.casefold() == clean_name(name).casefold()
    ]
    return min(called, key=lambda cluster: (not cluster.named, cluster.id)).id if called else None


def name_cluster(grouping: Grouping, cluster: ClusterId, name: str) -> Patch:
    """Call a cluster something; where another is called so by the user, the two become one.

    Raises ValueError for a cluster that is not there, and for a name without letters.
    """
    before = grouping.clusters.get(cluster)
    if before is None:
        raise ValueError(f"there is no cluster {cluster}")
    into = cluster_called(grouping, name)
    if into is not None and into != cluster and grouping.clusters[into].named:
        moved = grouping.members(cluster)
        return Patch(places_of(grouping, moved, into, grouping.pinned[moved]), {cluster: (before, None)})
    after = replace(before, name=clean_name(name), named=True)
    return Patch(clusters={cluster: (before, after)} if after != before else {})


def set_apart(grouping: Grouping, cluster: ClusterId, parts: Iterable[NDArray[np.int32]]) -> Patch:
    """A cluster of its own for each of `parts`, images of `cluster`; numbered names, not the user's."""
    whole, columns = grouping.clusters[cluster], [np.unique(part).astype(np.int32) for part in parts]
    names = distinct_names(grouping, [f"{whole.name} {number}" for number in range(2, len(columns) + 2)])
    colours, first = free_colours(grouping, len(columns)), grouping.fresh_id
    changes: ClusterChanges = {}
    homes = grouping.home.copy()
    for number, (column, name, colour) in enumerate(zip(columns, names, colours, strict=True)):
        new = Cluster(ClusterId(first + number), name, colour)
        changes[new.id] = (None, new)
        homes[column] = new.id
    moved = np.unique(np.concatenate(columns)).astype(np.int32) if columns else np.empty(0, np.int32)
    return Patch(places_of(grouping, moved, homes[moved], grouping.pinned[moved]), changes)
