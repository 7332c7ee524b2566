"""`shoal duplicates`: which pictures of a folder are copies of each other, and which of each group may go."""

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from shoal.analysis.nearest_neighbours import neighbour_graph
from shoal.command_line.asked import load_model, load_options, workplace
from shoal.command_line.lists import as_skipped, counted, listed, skipped_lines
from shoal.command_line.terminal import Answer, printable
from shoal.command_line.told_aside import left_alone_data
from shoal.command_line.undo_command import system_trash
from shoal.delivering.earlier import real_folder
from shoal.delivering.trashing_aside import Leaving, bring_back_from_trash, to_trash_aside
from shoal.domain.errors import UserFacingError
from shoal.domain.extension_points import USUAL_MODEL
from shoal.domain.images import ImageRecord, SkippedImage
from shoal.domain.keep_rules import KEEP_RULES
from shoal.domain.keepers import Keeping
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.exports.throwing_away import Thrown
from shoal.imaging.folder_scan import require_readable, scan_folders
from shoal.looking.options import NEIGHBOURS
from shoal.looking.pipeline import look_at, require_pictures
from shoal.looking.stages import StopWatch
from shoal.projects.duplicates import KINDS, DuplicateGroup, Duplicates, Workshop, search_duplicates, taught_rule
from shoal.projects.workplace import Workplace
from shoal.setup.locations import user_locations

MOST_LISTED = 20
CALLED = {
    "exact": "the same file",
    "pixels": "the same picture, other metadata",
    "near": "copies",
    "series": "shots of one moment",
}


@dataclass(frozen=True, slots=True, eq=False)
class _Looked:
    """`left_alone`: as JSON has it."""

    records: Sequence[ImageRecord]
    skipped: Sequence[SkippedImage]
    model: str
    left_alone: Mapping[str, Any]


def run(arguments: Namespace, task: Task) -> Answer:
    if arguments.from_trash:
        return _brought_back(arguments.folder.absolute(), task)
    folder, watch = arguments.folder.absolute(), StopWatch()
    with workplace() as place:
        looked, duplicates = _searched(arguments, place, watch, task)
        groups = _wanted(duplicates.groups, arguments)
        thrown = _thrown_away(groups, folder, place, task) if arguments.to_trash and arguments.yes else None
    data = {
        "images": len(looked.records),
        "groups": [_as_data(group) for group in groups],
        "spare": sum(len(group.spare) for group in groups),
        "precision": None if duplicates.precision is None else round(duplicates.precision, 4),
        "model": looked.model,
        "skipped": as_skipped(looked.skipped),
        **looked.left_alone,
        "seconds": watch.seconds,
    }
    if thrown is not None:
        data |= {"trashed": list(map(str, thrown.moved)), "stayed": as_skipped(thrown.kept)}
    told = (*_lines(replace(duplicates, groups=groups), looked), *_what_became(groups, arguments, thrown))
    return Answer(told, data, 1 if thrown and thrown.kept else 0)


def _searched(arguments: Namespace, place: Workplace, watch: StopWatch, task: Task) -> tuple[_Looked, Duplicates]:
    folder, reference = arguments.folder.absolute(), arguments.reference and arguments.reference.absolute()
    require_readable(folder)
    inside = reference is None or real_folder(reference).is_relative_to(real_folder(folder))
    model = load_model(place, arguments.model or USUAL_MODEL, load_options(arguments), task)
    with watch.stage("scan"):
        scan = scan_folders([folder] if inside else [folder, reference], task)
    with watch.stage("embed"):
        extraction = look_at(scan.images, model.backend, place.tools, task)
    skipped = (*scan.skipped, *extraction.skipped)
    require_pictures(folder, extraction, skipped)
    keeping = Keeping((*arguments.keep, *(rule for rule in KEEP_RULES if rule not in arguments.keep)), reference)
    plain = not (arguments.layer or arguments.weights)
    rule = taught_rule(model.name if plain else "", arguments.focus)
    with watch.stage("compare"):
        graph = place.tools.maths.call(neighbour_graph, extraction.embeddings, NEIGHBOURS, task=task)
        workshop = Workshop(place.tools.caches.features, place.tools.maths, place.pictures)
        search = search_duplicates(extraction.embeddings, graph, extraction.records, workshop, rule, task)
        duplicates = search.groups(rule, arguments.at_least, keeping, task)
    return _Looked(extraction.records, skipped, model.name, left_alone_data(scan.left_alone)), duplicates


def _wanted(groups: Sequence[DuplicateGroup], arguments: Namespace) -> tuple[DuplicateGroup, ...]:
    """Shots of one moment are alike on purpose: they go to the trash only if that is said."""
    kinds = arguments.kind or [kind for kind in KINDS if kind != "series" or not arguments.to_trash]
    return tuple(group for group in groups if group.kind in kinds)


def _thrown_away(groups: Sequence[DuplicateGroup], folder: Path, place: Workplace, task: Task) -> Thrown:
    leaving = [Leaving(record, group.kept) for group in groups for record in group.spare]
    return to_trash_aside(leaving, folder, place.locations.export_journals, system_trash("--to-trash"), task)


def _brought_back(folder: Path, task: Task) -> Answer:
    back = bring_back_from_trash(folder, user_locations().export_journals, task)
    if back is None:
        raise UserFacingError(
            Sentence("Nothing of {folder} was moved to the trash.", folder=folder),
            Sentence("Give the folder that was named with --to-trash."),
        )
    lines = (f"Brought {counted(len(back.moved), 'file')} back from the trash.", *_stayed(back))
    data = {"brought_back": list(map(str, back.moved)), "stayed": as_skipped(back.kept)}
    return Answer(lines, data, 1 if back.kept else 0)


def _stayed(thrown: Thrown) -> Iterator[str]:
    kept = [f"{file.path}: {file.reason}" for file in thrown.kept]
    return listed(f"{counted(len(kept), 'file')} stayed:", kept)


def _what_became(groups: Sequence[DuplicateGroup], arguments: Namespace, thrown: Thrown | None) -> Iterator[str]:
    if thrown is not None:
        yield f"Moved {counted(len(thrown.moved), 'file')} to the trash; --from-trash brings them back."
        yield from _stayed(thrown)
    elif groups and arguments.to_trash:
        files = sum(1 + len(record.companions) for group in groups for record in group.spare)
        yield f"Nothing was moved yet: with --yes as well {counted(files, 'file')} would go to the trash."
    elif groups:
        yield "Nothing was moved or removed."


def _as_data(group: DuplicateGroup) -> dict[str, Any]:
    return {
        "kind": group.kind,
        "sure": round(group.sure, 4),
        "keep": [str(record.path) for record in group.kept],
        "spare": [str(record.path) for record in group.spare],
    }


def _lines(duplicates: Duplicates, looked: _Looked) -> Iterator[str]:
    count = len(looked.records)
    yield from skipped_lines(looked.skipped)
    if not duplicates.groups:
        yield f"No two of {counted(count, 'picture')} are copies of each other."
        return
    spare = sum(len(group.spare) for group in duplicates.groups)
    groups, pictures = counted(len(duplicates.groups), "group"), counted(count, "picture")
    yield f"Found {groups} of duplicates among {pictures}; {spare:,} may go:"
    for group in duplicates.groups[:MOST_LISTED]:
        yield f"  {CALLED[group.kind]}:"
        yield from (f"    keep  {printable(record.path)}" for record in group.kept)
        yield from (f"    spare {printable(record.path)}" for record in group.spare)
    if len(duplicates.groups) > MOST_LISTED:
        yield f"  and {len(duplicates.groups) - MOST_LISTED} more; --json lists them all"
    if duplicates.precision is not None:
        yield f"Of 1,000 such pairs about {1000 * (1 - duplicates.precision):.0f} are expected to be no copies."
