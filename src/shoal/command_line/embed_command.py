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
from shoal.delivering.new_file import require_new
from shoal.delivering.vector_file import SUFFIX, write_vectors
from shoal.domain.extension_points import USUAL_MODEL
from shoal.domain.images import SkippedImage
from shoal.domain.task import Task
from shoal.imaging.folder_scan import require_readable
from shoal.looking.extracted import Extraction
from shoal.looking.model_loading import require_kinds
from shoal.looking.pipeline import look_at_folders, require_pictures
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
        extraction, skipped = look_at_folders([folder], model.backend, place.tools, task, watch, objects)
        require_pictures(folder, extraction, skipped)
        write_vectors(out, extraction, model.backend.key)
    data = _data(out, model, extraction, skipped, watch)
    return Answer(tuple(_lines(out, model, extraction, skipped)), data)


def _data(
    out: Path, model: Model, extraction: Extraction, skipped: tuple[SkippedImage, ...], watch: StopWatch
) -> dict[str, Any]:
    return {
        "images": len({record.path for record in extraction.records}),
        "objects": sum(record.region is not None for record in extraction.records),
        "skipped": as_skipped(skipped),
        "damaged": as_skipped(damaged_among(extraction.records)),
        "dimension": model.backend.dimension,
        "model": model.name,
        "key": asdict(model.backend.key),
        "cached": extraction.cached_count,
        "seconds": watch.seconds,
        "output": str(out),
    }


def _lines(out: Path, model: Model, extraction: Extraction, skipped: tuple[SkippedImage, ...]) -> Iterator[str]:
    yield from model.remarks
    yield from skipped_lines(skipped)
    yield from damaged_lines(extraction.records)
    count, dimension = len(extraction.records), model.backend.dimension
    yield f"Wrote {counted(count, 'vector')} of {dimension} numbers by {model.name} to {printable(out)}."
