"""`shoal embed`: one vector per picture, in a file for other programs."""

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from shoal.analysis.letter import prepared_points
from shoal.analysis.nearest_neighbours import neighbour_graph
from shoal.command_line.asked import load_model, load_options, object_choice, workplace
from shoal.command_line.lists import as_skipped, counted, damaged_lines, skipped_lines
from shoal.command_line.loaded import Model
from shoal.command_line.machine_look import asked_hands, readable_place, shares_data, shares_lines, with_own_place
from shoal.command_line.recipes import asked_letter
from shoal.command_line.terminal import Answer, printable
from shoal.command_line.told_aside import left_alone_data, left_alone_lines
from shoal.delivering.new_file import require_new
from shoal.delivering.vector_file import SUFFIXES, TAKE_NEIGHBOURS, files_beside, vector_table, write_vectors
from shoal.domain.errors import UserFacingError
from shoal.domain.extension_points import USUAL_MODEL
from shoal.domain.geometry import NeighbourGraph
from shoal.domain.recipe import Recipe
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.imaging.folder_scan import require_readable
from shoal.looking.model_loading import require_kinds
from shoal.looking.pipeline import FolderLook, look_at_folders, require_pictures
from shoal.looking.snapshot import damaged_among
from shoal.looking.stages import StopWatch
from shoal.machines.graph_together import graph_together
from shoal.machines.looking_together import Asked, TogetherLook, look_together
from shoal.machines.ray_cluster import Hands
from shoal.projects.workplace import Workplace


def run(arguments: Namespace, task: Task) -> Answer:
    out = arguments.out.absolute()
    require_new(out, SUFFIXES)
    for beside in files_beside(out):
        require_new(beside, [beside.suffix])
    _refuse_neighbours(arguments)
    hands = asked_hands(arguments)
    if isinstance(arguments.folder, Path):
        require_readable(arguments.folder.absolute())
    watch = StopWatch()
    with workplace() as place:
        letter = asked_letter(arguments, Recipe())
        load = replace(load_options(arguments), raw=letter is not None and letter.normalise != "unit")
        model = load_model(place, arguments.model or USUAL_MODEL, load, task)
        objects = object_choice(arguments)
        require_kinds(model.backend, objects)
        said = replace(load, offline=load.offline or place.settings.offline)
        asked = Asked(model.asked, said, model.backend, objects)
        looked, together = _looked(arguments, asked, hands, place, watch, task)
        require_pictures(arguments.folder, looked.extraction, looked.skipped)
        prepared = None
        if letter is not None:
            with watch.stage("reduce"):
                prepared = place.tools.maths.call(prepared_points, looked.extraction.embeddings, letter, task=task)
        table = vector_table(looked.extraction, model.backend.key, prepared)
        if arguments.neighbours:
            with watch.stage("connect"):
                table = replace(table, graph=_connected(looked, arguments.neighbours, hands, place, task))
        write_vectors(out, table)
    dimension = table.vectors.shape[1]
    lines, data = _lines(out, model, looked, dimension), _data(out, model, looked, watch, dimension)
    if together is None:
        return Answer(tuple(lines), data)
    return Answer((*shares_lines(together.shares), *lines), {**data, "ray": shares_data(together)})


def _looked(  # as much as there is to say of a look
    arguments: Namespace, asked: Asked, hands: Hands | None, place: Workplace, watch: StopWatch, task: Task
) -> tuple[FolderLook, TogetherLook | None]:
    if hands is None:
        folder = arguments.folder.absolute()
        return look_at_folders([folder], asked.backend, place.tools, task, watch, asked.objects), None
    folder, own = readable_place(arguments.folder), with_own_place(hands, place.locations)
    together = look_together(folder, asked, place.tools, own, task, watch)
    return together.look, together


def _refuse_neighbours(arguments: Namespace) -> None:
    if arguments.neighbours and arguments.out.suffix.lower() not in TAKE_NEIGHBOURS:
        raise UserFacingError(
            Sentence("{path} has no room for neighbours.", path=arguments.out),
            Sentence("Choose a name that ends in {endings}.", endings=" or ".join(TAKE_NEIGHBOURS)),
        )


def _connected(looked: FolderLook, k: int, hands: Hands | None, place: Workplace, task: Task) -> NeighbourGraph:
    """By the vectors as they were looked at, whatever a recipe makes of them."""
    embeddings = looked.extraction.embeddings
    if hands is None:
        return place.tools.maths.call(neighbour_graph, embeddings, k, task=task)
    return graph_together(embeddings, k, with_own_place(hands, place.locations), task)


def _data(out: Path, model: Model, looked: FolderLook, watch: StopWatch, dimension: int) -> dict[str, Any]:
    extraction = looked.extraction
    return {
        "images": len({record.path for record in extraction.records}),
        "objects": sum(record.region is not None for record in extraction.records),
        "skipped": as_skipped(looked.skipped),
        **left_alone_data(looked.left_alone),
        "damaged": as_skipped(damaged_among(extraction.records)),
        "dimension": dimension,
        "model": model.name,
        "key": asdict(model.backend.key),
        "cached": extraction.cached_count,
        "seconds": watch.seconds,
        "output": str(out),
    }


def _lines(out: Path, model: Model, looked: FolderLook, dimension: int) -> Iterator[str]:
    yield from model.remarks
    yield from skipped_lines(looked.skipped)
    yield from damaged_lines(looked.extraction.records)
    yield from map(printable, left_alone_lines(looked.left_alone, included=False))
    count = len(looked.extraction.records)
    yield f"Wrote {counted(count, 'vector')} of {dimension} numbers by {model.name} to {printable(out)}."
