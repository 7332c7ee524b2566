"""Taking clusters over from a table that somebody edited outside the program."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from shoal.domain.edits import clean_name, free_colours, places_of
from shoal.domain.grouping import OUT, UNSORTED, Cluster, ClusterId, Grouping, Patch
from shoal.domain.images import ImageId


def assign_clusters(grouping: Grouping, names: Mapping[ImageId, str], unsorted: str, pin: bool = False) -> Patch:
    """Put each image into the cluster of that name, new where there is none; `pin` it there, if that was asked for.

    Names are compared without case. `unsorted` is what the table calls Unsorted; an empty name means the same. A
    cluster that loses its last image this way goes, unless the user named it: what the table left out was left out.
    """
    images = np.array(sorted(names), np.int32)
    if len(images) and not 0 <= images[0] <= images[-1] < len(grouping.home):
        raise ValueError(f"image {images[-1]} is not among the {len(grouping.home)} images")
    called = [_cleaned(names[ImageId(int(image))]) for image in images]
    ids = {cluster.name.casefold(): cluster.id for cluster in grouping.clusters.values()}
    ids |= {"": UNSORTED, unsorted.casefold(): UNSORTED}
    new = _new_clusters(grouping, [name for name in called if name.casefold() not in ids])
    ids |= {cluster.name.casefold(): cluster.id for cluster in new}
    homes = np.array([ids[name.casefold()] for name in called], np.int32)
    changes: dict[ClusterId, tuple[Cluster | None, Cluster | None]] = {cluster.id: (None, cluster) for cluster in new}
    after = grouping.home.copy()
    after[images] = homes
    left = set(np.unique(grouping.home[images]).tolist()) - set(np.unique(after).tolist()) - {int(UNSORTED), int(OUT)}
    gone = [grouping.clusters[ClusterId(id_)] for id_ in sorted(left)]
    changes |= {cluster.id: (cluster, None) for cluster in gone if not cluster.named}
    pins = grouping.pinned[images] | np.bool_(pin)
    return Patch(places_of(grouping, images, homes, pins), changes)


def assign_and_name(grouping: Grouping, names: Mapping[ImageId, str], unsorted: str) -> Patch:
    """The same, and the names are the user's from now on."""
    patch = assign_clusters(grouping, names, unsorted)
    given = {_cleaned(name).casefold() for name in names.values()}
    changes = dict(patch.clusters)
    for id_, cluster in grouping.patched(patch).clusters.items():
        if cluster.name.casefold() in given and not cluster.named:
            changes[id_] = grouping.clusters.get(id_), replace(cluster, named=True)
    return Patch(patch.places, changes)


def let_go(grouping: Grouping) -> Patch:
    """Nothing is pinned or named by the user any more: the next clustering is free to put and call all as it likes."""
    pinned = np.flatnonzero(grouping.pinned).astype(np.int32)
    named = [cluster for cluster in grouping.clusters.values() if cluster.named]
    places = places_of(grouping, pinned, grouping.home[pinned], False)
    return Patch(places, {cluster.id: (cluster, replace(cluster, named=False)) for cluster in named})


def _cleaned(name: str) -> str:
    try:
        return clean_name(name)
    except ValueError:
        return ""


def _new_clusters(grouping: Grouping, names: list[str]) -> list[Cluster]:
    """One per name, those alike without case once, in the order of their first image."""
    distinct = list({name.casefold(): name for name in reversed(names)}.values())[::-1]
    colours = free_colours(grouping, len(distinct))
    first = grouping.fresh_id
    return [Cluster(ClusterId(first + n), name, colours[n], named=True) for n, name in enumerate(distinct)]
