"""Which pictures might rather be in another cluster; what the window asks for after every change."""

from shoal.analysis.suggestions import Suggestions, suggest_moves
from shoal.domain.geometry import NeighbourGraph
from shoal.domain.grouping import Grouping

__all__ = ["NO_SUGGESTIONS", "Suggestions", "suggest"]

NO_SUGGESTIONS = Suggestions()


def suggest(graph: NeighbourGraph | None, grouping: Grouping) -> Suggestions:
    """Nothing before the pictures have been connected. Looks at a number per neighbour; safe on any thread."""
    return NO_SUGGESTIONS if graph is None else suggest_moves(graph, grouping)
