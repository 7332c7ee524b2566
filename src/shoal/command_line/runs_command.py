"""`shoal runs`: results that a folder's project keeps under names: list, keep, compare, go back to, delete."""

from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from shoal.command_line.asked import object_choice, workplace
from shoal.command_line.lists import counted, listed
from shoal.command_line.terminal import Answer, printable
from shoal.delivering.new_file import require_new
from shoal.delivering.run_plot import FLOW_SUFFIXES, write_flow
from shoal.domain.errors import UserFacingError
from shoal.domain.export_plan import UNSORTED_NAME
from shoal.domain.grouping import UNSORTED, ClusterId
from shoal.domain.images import ImageRecord
from shoal.domain.run_comparison import RunComparison, compare_runs
from shoal.domain.runs import Run, RunFacts
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.imaging.folder_scan import require_readable
from shoal.projects.open_project import OpenProject
from shoal.projects.runs import as_it_is, keep_run, run_called, values_of

NOW = "as it is now"
"""What the clusters of now are called where they are compared with a run."""


def run(arguments: Namespace, _task: Task) -> Answer:
    folder = arguments.folder.absolute()
    require_readable(folder)
    flow = None if arguments.flow is None else arguments.flow.absolute()
    if flow is not None:
        if not arguments.compare:
            raise UserFacingError(Sentence("Nothing is compared that could flow."), Sentence("Add --compare A B."))
        require_new(flow, FLOW_SUFFIXES)
    with workplace() as place, place.open_project([folder], arguments.model, _objects(arguments), apart=True) as opened:
        if arguments.compare:
            return _compared(opened, arguments.compare, flow)
        return _done(opened, arguments)


def _objects(arguments: Namespace) -> Any:
    return object_choice(arguments)


def _done(opened: OpenProject, arguments: Namespace) -> Answer:
    done: tuple[str, ...] = ()
    if arguments.keep:
        done = (f"Kept as {printable(keep_run(opened, arguments.keep).name)}.",)
    elif arguments.back:
        back = run_called(opened, arguments.back)
        opened.return_to(back, values_of(back))
        done = (f"Went back to {printable(back.name)}; Ctrl+Z in the window takes that back.",)
    elif arguments.delete:
        name = run_called(opened, arguments.delete).name
        opened.runs.remove(name)
        done = (f"Deleted {printable(name)}.",)
    runs = opened.runs.listed()
    return Answer((*done, *_lines(runs)), {"runs": [_as_data(one) for one in runs]})


def _lines(runs: tuple[RunFacts, ...]) -> Iterator[str]:
    if not runs:
        yield "No run is kept. shoal sort --run NAME keeps what it finds, --keep NAME what was found last."
    width = max((len(printable(one.name)) for one in runs), default=0)
    for one in runs:
        when = one.kept[:16].replace("T", " ")
        sizes = f"{counted(one.pictures, 'picture')} in {counted(one.clusters, 'cluster')}"
        yield f"{printable(one.name):{width}}  {when}  {sizes}, {printable(Path(one.made.model).name)}"


def _as_data(one: RunFacts) -> dict[str, Any]:
    facts = {"name": one.name, "kept": one.kept, "model": one.made.model, "recipe": one.recipe}
    return {**facts, "clusters": one.clusters, "images": one.pictures}


def _compared(opened: OpenProject, names: list[str], flow: Path | None) -> Answer:
    first = run_called(opened, names[0])
    second = run_called(opened, names[1]) if len(names) > 1 else as_it_is(opened, NOW)
    found = compare_runs(first, second)
    if flow is not None:
        write_flow(flow, first, second, found)
    records = opened.known().images
    wrote = () if flow is None else (f"Wrote {printable(flow)}.",)
    data = _comparison_data(first, second, found, records)
    lines = (*_comparison_lines(first, second, found), *wrote)
    return Answer(lines, {**data, "flow": None if flow is None else str(flow)})


def _name_of(run: Run) -> Callable[[int], str]:
    return lambda one: UNSORTED_NAME if one == UNSORTED else run.clusters[ClusterId(one)].name


def _comparison_lines(first: Run, second: Run, found: RunComparison) -> Iterator[str]:
    changed = int(found.changed.sum())
    verb = "changed cluster"
    yield (
        f"{changed:,} of {counted(len(found.images), 'picture')} {verb} from {printable(first.name)} to "
        f"{printable(second.name)} (adjusted Rand index {found.ari:.3f})."
    )
    if found.only_before or found.only_after:
        yield f"Only in the first: {found.only_before:,}; only in the second: {found.only_after:,}."
    names = _name_of(first), _name_of(second)
    moves = [flow for flow in found.flows if not flow.stays]
    yield from listed(
        "From where to where:", [f"{one.count:,}  {names[0](one.before)} -> {names[1](one.after)}" for one in moves]
    )


def _comparison_data(first: Run, second: Run, found: RunComparison, records: Sequence[ImageRecord]) -> dict[str, Any]:
    names = _name_of(first), _name_of(second)
    rows = np.flatnonzero(found.changed)
    columns = (column[rows].tolist() for column in (found.images, found.before, found.after))
    return {
        "before": first.name,
        "after": second.name,
        "images": len(found.images),
        "changed": len(rows),
        "only_before": found.only_before,
        "only_after": found.only_after,
        "ari": round(found.ari, 6),
        "flows": [
            {"from": names[0](one.before), "to": names[1](one.after), "count": one.count, "stays": one.stays}
            for one in found.flows
        ],
        "changed_images": [
            {"path": str(records[image].path), "from": names[0](before), "to": names[1](after)}
            for image, before, after in zip(*columns, strict=True)
        ],
    }
