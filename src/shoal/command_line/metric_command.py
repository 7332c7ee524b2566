"""`shoal metric`: what counts when pictures are compared, learnt from those that somebody has sorted."""

from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from shoal.command_line.asked import load_model, load_options, workplace
from shoal.command_line.lists import as_skipped, counted, skipped_lines
from shoal.command_line.terminal import Answer, printable
from shoal.delivering.new_file import require_new
from shoal.domain.extension_points import USUAL_MODEL
from shoal.domain.images import ImageRecord
from shoal.domain.task import Task
from shoal.imaging.folder_scan import require_readable
from shoal.looking.metric_file import METRIC_SUFFIX
from shoal.looking.pipeline import look_at_folders, require_pictures
from shoal.looking.stages import StopWatch
from shoal.projects.metric import corrections, learn, numbered, sub_folders, table_labels, write_metric
from shoal.projects.workplace import Workplace

PROJECT, FOLDERS = "project", "folders"


def run(arguments: Namespace, task: Task) -> Answer:
    folder, out = arguments.folder.absolute(), arguments.out.absolute()
    require_readable(folder)
    require_new(out, [METRIC_SUFFIX])
    with workplace() as place:
        model = load_model(place, arguments.model or USUAL_MODEL, load_options(arguments), task)
        looked = look_at_folders([folder], model.backend, place.tools, task, StopWatch())
        require_pictures(folder, looked.extraction, looked.skipped)
        records = looked.extraction.records
        labels = numbered(_labels(arguments, place, records), records)
        made_by = model.asked, model.backend.key.digest
        metric, worth = learn(looked.extraction.embeddings, labels, made_by, place.tools.maths, task)
        write_metric(out, metric)
    lines = (
        *model.remarks,
        f"Learnt from {counted(worth.asked, 'picture')} in {worth.classes} classes, seen by {model.name}.",
        f"Held back, {worth.before:.1%} found their class by their 5 nearest; {worth.after:.1%} do with the metric.",
        *skipped_lines(looked.skipped),
        f"Use it with --metric {printable(out)} beside the same --model.",
    )
    data = {**asdict(worth), "model": model.name, "skipped": as_skipped(looked.skipped), "output": str(out)}
    return Answer(lines, data)


def _labels(arguments: Namespace, place: Workplace, records: Sequence[ImageRecord]) -> Mapping[Path, str]:
    if arguments.labels == FOLDERS:
        return sub_folders(records)
    if arguments.labels != PROJECT:
        return table_labels(Path(arguments.labels), records)
    with place.open_project([arguments.folder.absolute()], "", apart=True) as opened:
        return corrections(opened.project.grouping, opened.known().images)
