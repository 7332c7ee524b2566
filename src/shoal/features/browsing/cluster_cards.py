"""The cards of clusters: those under a parent together, below its own card and where the first of them stands."""

from collections.abc import Collection, Iterator, Mapping

from shoal.domain.grouping import Cluster, ClusterId, Grouping
from shoal.qt.cluster_model import ClusterCard
from shoal.qt.cluster_order import tightness_of
from shoal.qt.parents import parent_card
from shoal.qt.session import Session
from shoal.qt.session_reading import clusters_by_key
from shoal.widgets.theme import cluster_argb


def cluster_cards(session: Session, lightness: float, folded: Collection[str]) -> list[ClusterCard]:
    """`folded`: names of parents whose clusters are not shown."""
    grouping = session.grouping
    if grouping is None:
        return []
    counts, evenness = grouping.counts(), evenness_of(tightness_of(session.portraits))
    keys = {cluster: digit for digit, cluster in clusters_by_key(session).items()}

    def card_of(cluster: Cluster) -> ClusterCard:
        portrait = session.portraits.clusters.get(cluster.id)
        faces = tuple(int(face) for face in portrait.faces) if portrait else ()
        argb, tightness = cluster_argb(cluster.colour, lightness), portrait.tightness if portrait else None
        return ClusterCard(
            cluster.id, cluster.name, counts[cluster.id], argb, tightness, faces, keys.get(cluster.id, 0),
            evenness.get(cluster.id), cluster.named, cluster.parent,
        )  # fmt: skip

    cards = []
    for name, under in _by_parent(session.order.of(grouping), grouping):
        if name:
            first = grouping.clusters[min(under)]
            count, argb = sum(counts[id_] for id_ in under), cluster_argb(first.colour, lightness)
            cards.append(ClusterCard(parent_card(first.id), name, count, argb, folded=name in folded))
        if not name or name not in folded:
            cards += [card_of(grouping.clusters[id_]) for id_ in under]
    return cards


def _by_parent(order: list[ClusterId], grouping: Grouping) -> Iterator[tuple[str, list[ClusterId]]]:
    """Runs of clusters, with the name of their parent, "" for a cluster that stands under none."""
    under: dict[str, list[ClusterId]] = {}
    for id_ in order:
        under.setdefault(grouping.clusters[id_].parent, []).append(id_)
    seen = set[str]()
    for id_ in order:
        name = grouping.clusters[id_].parent
        if not name:
            yield "", [id_]
        elif name not in seen:
            seen.add(name)
            yield name, under[name]


def evenness_of(tightness: Mapping[ClusterId, float]) -> dict[ClusterId, float]:
    """Between the most mixed cluster (0) and the most alike (1): on a scale that no model uses up."""
    low, high = min(tightness.values(), default=0.0), max(tightness.values(), default=0.0)
    return {id_: (value - low) / (high - low) if high > low else 1.0 for id_, value in tightness.items()}
