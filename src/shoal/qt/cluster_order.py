"""In which order clusters stand in the window: by their size, and so that no edit moves a card."""

from shoal.domain.grouping import ClusterId, Grouping, Patch


class ClusterOrder:
    """The largest first, as they were when they were made; what an edit makes comes last."""

    def __init__(self) -> None:
        self._order: list[ClusterId] = []

    def of(self, grouping: Grouping | None) -> list[ClusterId]:
        return [] if grouping is None else [id_ for id_ in self._order if id_ in grouping.clusters]

    def begin(self, grouping: Grouping | None) -> None:
        """After a look or a clustering."""
        counts = {} if grouping is None else grouping.counts()
        self._order = [] if grouping is None else sorted(grouping.clusters, key=lambda id_: (-counts[id_], id_))

    def follow(self, patch: Patch, grouping: Grouping | None) -> None:
        """After a step. One that changes most clusters is a clustering; of others, those that go keep their places,
        should undo bring them back."""
        if grouping is not None and 2 * len(patch.clusters) > len(grouping.clusters) + 1:
            self.begin(grouping)
        elif grouping is not None:
            self._order += sorted(set(grouping.clusters) - set(self._order))
