"""`shoal embed`: one vector per picture, in a file for other programs."""

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from shoal.command_line.asked import load_model, load_options, object_choice, workplace
from shoal.command_line.lists import as_skipped, counted, damaged_lines, skipped_lines
from shoal.command_line.loaded import Model
from shoal.command_line.terminal import Answer, printable
from shoal.command_line.told_aside import left_alone_data, left_alone_lines
from shoal.delivering.new_file import require_new
from shoal.delivering.vector_file import SUFFIX, write_vectors
from shoal.domain.extension_points import USUAL_MODEL
from shoal.domain.task import Task
from shoal.imaging.folder_scan import require_readable
from shoal.looking.model_loading import require_kinds
from shoal.looking.pipeline import FolderLook, look_at_folders, require_pictures
from shoal.looking.snapshot import damaged_among
from shoal.looking.stages import StopWatch


def run(arguments: Namespace, task: Task) -> Answer:
    folder, out = arguments.folder.absolute(), arguments.out.absolute()
    require_new(out, [SUFFIX])
    require_readable(folder)
    watch = StopWatch()
    with workplace() as place:
        model = load_model(place, arguments.model or USUAL_MODEL, load_options(arguments), task)
        objects = object_choice(arguments)
        require_kinds(model.backend, objects)
        looked = look_at_folders([folder], model.backend, place.tools, task, watch, objects)
        require_pictures(folder, looked.extraction, looked.skipped)
        write_vectors(out, looked.extraction, model.backend.key)
    return Answer(tuple(_lines(out, model, looked)), _data(out, model, looked, watch))


def _data(out: Path, model: Model, looked: FolderLook, watch: StopWatch) -> dict[str, Any]:
    extraction = looked.extraction
    return {
        "images": len({record.path for record in extraction.records}),
        "objects": sum(record.region is not None for record in extraction.records),
        "skipped": as_skipped(looked.skipped),
        **left_alone_data(looked.left_alone),
        "damaged": as_skipped(damaged_among(extraction.records)),
        "dimension": model.backend.dimension,
        "model": model.name,
        "key": asdict(model.backend.key),
        "cached": extraction.cached_count,
        "seconds": watch.seconds,
        "output": str(out),
    }


def _lines(out: Path, model: Model, looked: FolderLook) -> Iterator[str]:
    yield from model.remarks
    yield from skipped_lines(looked.skipped)
    yield from damaged_lines(looked.extraction.records)
    yield from map(printable, left_alone_lines(looked.left_alone, included=False))
    count, dimension = len(looked.extraction.records), model.backend.dimension
    yield f"Wrote {counted(count, 'vector')} of {dimension} numbers by {model.name} to {printable(out)}."
