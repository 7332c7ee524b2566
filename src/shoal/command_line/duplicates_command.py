"""`shoal duplicates`: which pictures of a folder are copies of each other, and which of each group may go."""

from argparse import Namespace
from collections.abc import Iterator, Sequence
from typing import Any

from shoal.analysis.nearest_neighbours import neighbour_graph
from shoal.command_line.asked import load_model, load_options, workplace
from shoal.command_line.lists import as_skipped, counted, skipped_lines
from shoal.command_line.terminal import Answer, printable
from shoal.command_line.told_aside import left_alone_data
from shoal.domain.extension_points import USUAL_MODEL
from shoal.domain.images import SkippedImage
from shoal.domain.keep_rules import KEEP_RULES
from shoal.domain.keepers import Keeping
from shoal.domain.task import Task
from shoal.imaging.folder_scan import require_readable, scan_folders
from shoal.looking.options import NEIGHBOURS
from shoal.looking.pipeline import look_at, require_pictures
from shoal.looking.stages import StopWatch
from shoal.projects.duplicates import DuplicateGroup, Duplicates, Workshop, search_duplicates, taught_rule

MOST_LISTED = 20
CALLED = {
    "exact": "the same file",
    "pixels": "the same picture, other metadata",
    "near": "copies",
    "series": "shots of one moment",
}


def run(arguments: Namespace, task: Task) -> Answer:
    folder, watch = arguments.folder.absolute(), StopWatch()
    reference = None if arguments.reference is None else arguments.reference.absolute()
    keeping = Keeping((*arguments.keep, *(rule for rule in KEEP_RULES if rule not in arguments.keep)), reference)
    require_readable(folder)
    roots = [folder] if reference is None or reference.is_relative_to(folder) else [folder, reference]
    with workplace() as place:
        model = load_model(place, USUAL_MODEL, load_options(arguments), task)
        with watch.stage("scan"):
            scan = scan_folders(roots, task)
        with watch.stage("embed"):
            extraction = look_at(scan.images, model.backend, place.tools, task)
        skipped = (*scan.skipped, *extraction.skipped)
        require_pictures(folder, extraction, skipped)
        rule = taught_rule()
        with watch.stage("compare"):
            graph = place.tools.maths.call(neighbour_graph, extraction.embeddings, NEIGHBOURS, task=task)
            looked = extraction.embeddings, graph, extraction.records
            workshop = Workshop(place.tools.caches.features, place.tools.maths, place.pictures)
            search = search_duplicates(*looked, workshop, rule, task)
            found = search.groups(rule, arguments.at_least, keeping, task)
    data = {
        "images": len(extraction.records),
        "groups": [_as_data(group) for group in found.groups],
        "spare": sum(len(group.spare) for group in found.groups),
        "precision": None if found.precision is None else round(found.precision, 4),
        "model": model.name,
        "skipped": as_skipped(skipped),
        **left_alone_data(scan.left_alone),
        "seconds": watch.seconds,
    }
    return Answer(tuple(_lines(found, skipped, len(extraction.records))), data)


def _as_data(group: DuplicateGroup) -> dict[str, Any]:
    return {
        "kind": group.kind,
        "sure": round(group.sure, 4),
        "keep": [str(record.path) for record in group.kept],
        "spare": [str(record.path) for record in group.spare],
    }


def _lines(found: Duplicates, skipped: Sequence[SkippedImage], count: int) -> Iterator[str]:
    yield from skipped_lines(skipped)
    if not found.groups:
        yield f"No two of {counted(count, 'picture')} are copies of each other."
        return
    spare = sum(len(group.spare) for group in found.groups)
    groups, pictures = counted(len(found.groups), "group"), counted(count, "picture")
    yield f"Found {groups} of duplicates among {pictures}; {spare:,} may go:"
    for group in found.groups[:MOST_LISTED]:
        yield f"  {CALLED[group.kind]}:"
        yield from (f"    keep  {printable(record.path)}" for record in group.kept)
        yield from (f"    spare {printable(record.path)}" for record in group.spare)
    if len(found.groups) > MOST_LISTED:
        yield f"  and {len(found.groups) - MOST_LISTED} more; --json lists them all"
    if found.precision is not None:
        yield f"Of 1,000 such pairs about {1000 * (1 - found.precision):.0f} are expected to be no copies."
    yield "Nothing was moved or removed."
