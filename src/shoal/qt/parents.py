"""Cards of parents: what stands for all clusters under one name."""

from collections.abc import Sequence

from shoal.domain.grouping import ClusterId, Grouping

_PARENTS = -1000


def parent_card(first: ClusterId) -> int:
    """The id of a parent's card, by the first cluster under it."""
    return _PARENTS - first


def is_parent(card: int) -> bool:
    return card < _PARENTS


def parent_of(card: int, grouping: Grouping) -> str:
    """The name of a parent by its card; "" for one that is gone."""
    first = grouping.clusters.get(ClusterId(_PARENTS - card)) if is_parent(card) else None
    return first.parent if first else ""


def expanded(cards: Sequence[int], grouping: Grouping | None, order: Sequence[ClusterId]) -> list[int]:
    """Cards with all clusters under a parent in the place of its card, each once and in this order."""
    clusters: list[int] = []
    for card in cards:
        if grouping is not None and is_parent(card):
            name = parent_of(card, grouping)
            clusters += [id_ for id_ in order if name and grouping.clusters[id_].parent == name]
        else:
            clusters.append(card)
    return list(dict.fromkeys(clusters))
