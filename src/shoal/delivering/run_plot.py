"""What went from where to where between two runs, as a picture in a file."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from shoal.delivering.new_file import write_new_file
from shoal.domain.export_plan import UNSORTED_NAME
from shoal.domain.grouping import UNSORTED, ClusterId
from shoal.domain.run_comparison import RunComparison
from shoal.domain.run_flow import OTHERS, flow_picture
from shoal.domain.runs import Run
from shoal.exports.flow_plot import flow_plot

FLOW_SUFFIXES: Final = (".png", ".svg")


def write_flow(path: Path, first: Run, second: Run, found: RunComparison) -> None:
    """A new file; its ending says what it becomes. Raises UserFacingError."""
    changed = f"{int(found.changed.sum()):,} of {len(found.images):,} pictures changed cluster"
    drawing = flow_plot(
        flow_picture(found.flows, found.matched),
        (changed, first.name, second.name),
        (_names(first), _names(second)),
        (_colours(first), _matched_colours(first, second, found)),
    )
    write_new_file(path, drawing.svg() if path.suffix.lower() == ".svg" else drawing.png())


def _names(run: Run) -> Callable[[int], str]:
    words = {int(UNSORTED): UNSORTED_NAME, OTHERS: "all others"}
    return lambda one: words[one] if one in words else run.clusters[ClusterId(one)].name


def _colours(run: Run) -> Callable[[int], int]:
    return lambda one: -1 if one in (UNSORTED, OTHERS) else run.clusters[ClusterId(one)].colour


def _matched_colours(first: Run, second: Run, found: RunComparison) -> Callable[[int], int]:
    """A cluster that goes on looks as before."""
    source = {after: before for before, after in found.matched.items()}
    before, after = _colours(first), _colours(second)
    return lambda one: before(source[one]) if one in source else after(one)
