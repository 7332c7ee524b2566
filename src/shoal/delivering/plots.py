"""Plots beside an export: the map, the silhouettes, the tree of the clusters; each as a picture and to edit (SVG)."""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.ward import ward_merges
from shoal.delivering.document import Delivered, DocumentSpec
from shoal.domain.geometry import Rows
from shoal.domain.grouping import UNSORTED, ClusterId
from shoal.domain.images import ImageId
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.exports.drawing import Drawing
from shoal.exports.plots import MOST_LEAVES, PlottedCluster, map_plot, silhouette_plot, tree_plot
from shoal.exports.tables import path_text


def _clusters(export: Delivered, rows: Rows, *, photos: bool = False) -> list[PlottedCluster]:
    """The largest first, what is in none last. Only images of the export are plotted."""
    images = export.images
    exported = np.zeros(len(images.grouping.home), np.bool_)
    exported[[record.id for record in images.records]] = True
    homes = np.where(exported[rows.ids], images.grouping.homes.of(rows), -1)
    clusters = np.unique(homes[homes >= 0])
    members = {int(cluster): np.flatnonzero(homes == cluster) for cluster in clusters}
    order = sorted(members, key=lambda cluster: (cluster == UNSORTED, -len(members[cluster]), cluster))
    typical = _typical(export, rows, members) if photos else {}
    return [
        PlottedCluster(_name(export, cluster), members[cluster], _colour(export, cluster), typical.get(cluster))
        for cluster in order
    ]


def _name(export: Delivered, cluster: int) -> str:
    return export.images.name_of(ClusterId(cluster))


def _colour(export: Delivered, cluster: int) -> int:
    return -1 if cluster == UNSORTED else export.images.grouping.clusters[ClusterId(cluster)].colour


def _typical(export: Delivered, rows: Rows, members: Mapping[int, NDArray[np.int64]]) -> dict[int, bytes | None]:
    """The small picture of the member nearest to the mean of its cluster."""
    embeddings, typical = export.images.embeddings, {}
    for cluster, those in members.items():
        row = int(those[0])
        if embeddings is not None and embeddings.rows.are(rows):
            vectors = embeddings.vectors[those]
            row = int(those[(vectors @ vectors.mean(axis=0)).argmax()])
        typical[cluster] = export.thumbnail(ImageId(int(rows.ids[row])))
    return typical


def _title(export: Delivered) -> str:
    return path_text(export.plan.root).rpartition("/")[2]


def _about(export: Delivered) -> str:
    """How it came about, in a line."""
    recipe, facts = export.images.recipe, export.images.facts
    parts = [facts.get("model", ""), facts.get("algorithm", "")]
    if recipe is not None and recipe.letter is not None:
        parts[1:1] = [recipe.letter.normalise, str(recipe.letter.reduce)]
    return ", ".join(filter(None, parts))


def _map(export: Delivered) -> Drawing:
    layout = export.images.layout
    if layout is None:
        return map_plot(_title(export), np.empty((0, 2), np.float32), (), "no map has been drawn")
    return map_plot(_title(export), layout.positions, _clusters(export, layout.rows, photos=True), _about(export))


def _silhouettes(export: Delivered) -> Drawing:
    proposal = export.images.proposal
    if proposal is None:
        return silhouette_plot(_title(export), np.empty(0, np.float32), (), "nothing is known of silhouettes")
    clusters, about = _clusters(export, proposal.rows), f"Silhouette of each picture. {_about(export)}"
    return silhouette_plot(_title(export), proposal.silhouette, clusters, about)


def _tree(export: Delivered) -> Drawing:
    """Ward's tree of the clusters' mean vectors, each weighing as much as it has pictures."""
    embeddings = export.images.embeddings
    nothing = np.empty((0, 2), np.int64), np.empty(0)
    if embeddings is None:
        return tree_plot(_title(export), (), *nothing, "the vectors are not at hand")
    leaves = [cluster for cluster in _clusters(export, embeddings.rows) if cluster.number >= 0][:MOST_LEAVES]
    if not leaves:
        return tree_plot(_title(export), (), *nothing)
    means = np.stack([embeddings.vectors[leaf.rows].mean(axis=0) for leaf in leaves])
    merges = ward_merges(means, np.array([len(leaf.rows) for leaf in leaves]), Task())
    about = f"Which clusters are alike: Ward's tree of their means. {_about(export)}"
    return tree_plot(_title(export), leaves, merges.pairs, merges.heights, about)


def _png(draw: Callable[[Delivered], Drawing], export: Delivered) -> Mapping[str, bytes]:
    return {"": draw(export).png()}


def _svg(draw: Callable[[Delivered], Drawing], export: Delivered) -> Mapping[str, bytes]:
    return {"": draw(export).svg()}


SPECS = (
    DocumentSpec("map.png", Sentence("The map with legend and typical pictures (map.png)"), partial(_png, _map)),
    DocumentSpec("map.svg", Sentence("The same to edit (map.svg)"), partial(_svg, _map)),
    DocumentSpec("silhouettes.png", Sentence("How well pictures fit (silhouettes.png)"), partial(_png, _silhouettes)),
    DocumentSpec("silhouettes.svg", Sentence("The same to edit (silhouettes.svg)"), partial(_svg, _silhouettes)),
    DocumentSpec("dendrogram.png", Sentence("The tree of the clusters (dendrogram.png)"), partial(_png, _tree)),
    DocumentSpec("dendrogram.svg", Sentence("The same to edit (dendrogram.svg)"), partial(_svg, _tree)),
)
