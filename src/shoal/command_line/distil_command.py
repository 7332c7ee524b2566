"""`shoal distil`: a heavy model distilled into a quick one for the pictures of one folder."""

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from shoal.command_line.asked import load_model, load_options, workplace
from shoal.command_line.lists import as_skipped, counted, skipped_lines
from shoal.command_line.loaded import Model
from shoal.command_line.terminal import Answer, printable
from shoal.delivering.new_file import require_new
from shoal.domain.extension_points import USUAL_MODEL, LoadOptions
from shoal.domain.student_head import Likeness
from shoal.domain.task import Task
from shoal.imaging.folder_scan import require_readable
from shoal.looking.calibration import draw_pictures
from shoal.looking.distilled import LOADED_BARE, STUDENT
from shoal.looking.picture_decoder import decode_safely
from shoal.projects.distilling import Distilled, Networks, distil


def run(arguments: Namespace, task: Task) -> Answer:
    folder, out = arguments.folder.absolute(), arguments.out.absolute()
    require_readable(folder)
    require_new(out, [".onnx"])
    with workplace() as place:
        teacher = load_model(place, arguments.model or USUAL_MODEL, load_options(arguments), task)
        bare, quick = (load_model(place, STUDENT, options, task) for options in (LOADED_BARE, LoadOptions()))
        draw = partial(draw_pictures, [folder], decode_safely, place.settings.decode_limits, task)
        networks = Networks(teacher.backend, bare.backend, quick.backend)
        made = distil(folder, networks, out, place.tools, draw, task)
    return Answer(tuple(_lines(out, teacher, made)), _data(out, teacher, made))


def _lines(out: Path, teacher: Model, made: Distilled) -> Iterator[str]:
    yield from teacher.remarks
    yield f"Distilled {teacher.name} on {counted(made.pictures, 'picture')} into {printable(out)}."
    yield f"On {counted(made.judged, 'picture')} that a trial had not learnt from, against {teacher.name}:"
    yield f"  {'':34}{'distilled':>10}{'builtin':>10}"
    for label, after, before in (
        ("of the 10 nearest, the same", made.after.kept, made.before.kept),
        ("cluster named by the 5 nearest", made.after.knn, made.before.knn),
        ("NMI of 10 k-means each", made.after.nmi, made.before.nmi),
    ):
        yield f"  {label:34}{after:>10.3f}{before:>10.3f}"
    if made.after.cosine is not None:
        yield f"  {'cosine of the two vectors':34}{made.after.cosine:>10.3f}"
    slow, fast = made.milliseconds
    yield f"{slow:.1f} ms a picture became {fast:.1f}: {made.times_as_fast:.1f} times as fast."
    yield from skipped_lines(made.looked.skipped)
    yield f"Use it with --model onnx:{printable(out)}, or drop it on the window."


def _data(out: Path, teacher: Model, made: Distilled) -> dict[str, Any]:
    return {
        "teacher": teacher.name,
        "images": made.pictures,
        "held_back": made.judged,
        "distilled": _rounded(made.after),
        "builtin": _rounded(made.before),
        "milliseconds": {"teacher": round(made.milliseconds[0], 2), "distilled": round(made.milliseconds[1], 2)},
        "times_as_fast": round(made.times_as_fast, 2),
        "skipped": as_skipped(made.looked.skipped),
        "output": str(out),
        "model": f"onnx:{out}",
    }


def _rounded(found: Likeness) -> dict[str, float | None]:
    names = {"kept": "neighbours_kept_at_10", "knn": "knn5", "nmi": "nmi", "cosine": "cosine"}
    return {names[key]: None if value is None else round(value, 4) for key, value in asdict(found).items()}
