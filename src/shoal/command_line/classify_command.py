"""`shoal classify`: a class for each picture, from a few examples or from words; not sure where that is not sure."""

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from shoal.command_line.asked import load_model, load_options, workplace
from shoal.command_line.lists import as_skipped, counted, damaged_lines, listed, skipped_lines
from shoal.command_line.loaded import Model
from shoal.command_line.terminal import Answer, printable
from shoal.delivering.export_details import SortedImages
from shoal.delivering.exporting import PlanSetting, export_clusters, plan_clusters
from shoal.delivering.new_file import require_new
from shoal.domain.errors import UserFacingError
from shoal.domain.export_plan import ExportOptions
from shoal.domain.extension_points import USUAL_MODEL
from shoal.domain.grouping import Grouping
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.exports.confusion_matrix import NOT_SURE_NAME
from shoal.imaging.folder_scan import require_readable
from shoal.looking.model_loading import reads_text
from shoal.looking.pipeline import FolderLook, look_at_folders, require_pictures
from shoal.looking.snapshot import damaged_among
from shoal.looking.stages import StopWatch
from shoal.projects.classifying import (
    LEAST_LIKELY,
    MOST_WORDS,
    Classification,
    Examples,
    as_grouping,
    classify_by_known_words,
    classify_by_texts,
    classify_like,
    examples_in,
)
from shoal.projects.evaluating import MATRIX_SUFFIXES, write_class_matrix
from shoal.projects.naming import read_words
from shoal.projects.workplace import Workplace


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """`examples`, or else `words` for the classes."""

    arguments: Namespace
    examples: Examples | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Classes:
    """What came of it. `written`: the folder, None where nothing was asked for."""

    model: Model
    looked: FolderLook
    made: Classification
    written: Path | None
    seconds: dict[str, float]


def run(arguments: Namespace, task: Task) -> Answer:
    folder, watch = arguments.folder.absolute(), StopWatch()
    require_readable(folder)
    matrix = None if arguments.confusion_matrix is None else arguments.confusion_matrix.absolute()
    if matrix is not None:
        require_new(matrix, MATRIX_SUFFIXES)
    examples = None if arguments.examples is None else examples_in(arguments.examples.absolute(), task)
    words = () if examples is not None else _words(arguments.words)
    with workplace() as place:
        if arguments.to is not None:
            nothing = SortedImages(Grouping(), ())
            plan_clusters(nothing, arguments.to.absolute(), _options(arguments), _setting(folder, place))
        model = load_model(place, arguments.model or USUAL_MODEL, load_options(arguments), task)
        looked = look_at_folders([folder], model.backend, place.tools, task, watch)
        require_pictures(folder, looked.extraction, looked.skipped)
        with watch.stage("classify"):
            made = _classified(Asked(arguments, examples, words), model, looked, place, task)
        if matrix is not None:
            _write_matrix(matrix, made)
        written = None if arguments.to is None else _write(arguments, made, looked, place, task)
    classes = Classes(model, looked, made, written, watch.seconds)
    return Answer(tuple(_lines(classes, matrix)), _data(classes, matrix))


def _words(said: str) -> tuple[str, ...]:
    """From the option or a file. Raises UserFacingError where there are not two."""
    file = Path(said)
    words = read_words(file) if file.is_file() else [word.strip() for word in said.split(",")]
    distinct = tuple(dict.fromkeys(filter(None, words)))
    if not 2 <= len(distinct) <= MOST_WORDS:
        raise UserFacingError(
            Sentence("From {count} words no class can be chosen.", count=len(distinct)),
            Sentence("Name from two to {most}, such as --words dog,cat,bird.", most=MOST_WORDS),
        )
    return distinct


def _classified(asked: Asked, model: Model, looked: FolderLook, place: Workplace, task: Task) -> Classification:
    pictures = looked.extraction.embeddings
    arguments = asked.arguments
    if asked.examples is not None:
        way = None if arguments.way == "auto" else arguments.way
        unseen = replace(place.tools, caches=replace(place.tools.caches, thumbnails=None))
        return classify_like(asked.examples, pictures, model.backend, unseen, task, precision=arguments.right, way=way)
    if reads_text(model.asked):
        encoder = place.models.load_texts(model.asked, load_options(arguments), task)
        return classify_by_texts(asked.words, pictures, encoder, LEAST_LIKELY, task)
    return classify_by_known_words(asked.words, pictures, LEAST_LIKELY, model.asked)


def _options(arguments: Namespace) -> ExportOptions:
    return ExportOptions(action=arguments.action)


def _setting(folder: Path, place: Workplace) -> PlanSetting:
    return PlanSetting([folder], place.locations.export_journals, place.whole_picture)


def _write(arguments: Namespace, made: Classification, looked: FolderLook, place: Workplace, task: Task) -> Path:
    extraction = looked.extraction
    grouping = as_grouping(made, extraction.embeddings, len(extraction.records))
    facts = {"model": arguments.model or USUAL_MODEL, "algorithm": made.way}
    images = SortedImages(grouping, extraction.records, extraction.embeddings, facts=facts)
    setting = _setting(arguments.folder.absolute(), place)
    plan = plan_clusters(images, arguments.to.absolute(), _options(arguments), setting, task)
    journals = place.locations.export_journals
    return export_clusters(plan, images, journals, task, lambda _image: None, place.whole_picture).root


def _write_matrix(path: Path, made: Classification) -> None:
    if made.held_back is None or not made.held_back.asked:
        raise UserFacingError(
            Sentence("No example could be held back, so there is no confusion matrix."),
            Sentence("Give at least two examples of a class."),
        )
    title = f"{counted(made.held_back.asked, 'example')}, each asked without having been learnt from"
    write_class_matrix(path, made.names, made.held_back.confusion, title)


def _data(classes: Classes, matrix: Path | None) -> dict[str, Any]:
    """`class` is null where it is not sure; `likeliest` and `probability` say what it would have been."""
    made = classes.made
    return {
        "images": _image_data(classes),
        "classes": list(made.names),
        "by": made.way,
        "sure": int(made.found.sure.sum()),
        "held_back": _held_back_data(made),
        "unused_examples": as_skipped(made.unused),
        "skipped": as_skipped(classes.looked.skipped),
        "damaged": as_skipped(damaged_among(classes.looked.extraction.records)),
        "model": classes.model.name,
        "seconds": classes.seconds,
        "confusion_matrix": None if matrix is None else str(matrix),
        "output": None if classes.written is None else str(classes.written),
    }


def _image_data(classes: Classes) -> list[dict[str, Any]]:
    made = classes.made
    names, classified = np.array([*made.names, ""], object), made.found
    columns = names[classified.labels], names[classified.classes], np.round(classified.probabilities.astype(float), 4)
    rows = zip(classes.looked.extraction.records, *(column.tolist() for column in columns), strict=True)
    return [
        {"path": str(record.path), "class": name or None, "likeliest": likeliest, "probability": probability}
        for record, name, likeliest, probability in rows
    ]


def _held_back_data(made: Classification) -> dict[str, Any] | None:
    if made.held_back is None:
        return None
    told = asdict(made.held_back)
    keys = ("from", "count", "said", "right")
    return {
        **{name: round(value, 4) if isinstance(value, float) else value for name, value in told.items()},
        "confusion": made.held_back.confusion.tolist(),
        "bins": [dict(zip(keys, (round(value, 4) for value in row), strict=True)) for row in made.held_back.bins],
    }


def _lines(classes: Classes, matrix: Path | None) -> Iterator[str]:
    made, extraction = classes.made, classes.looked.extraction
    yield from classes.model.remarks
    counts = Counter(made.found.labels.tolist())
    yield f"{counted(len(extraction.records), 'picture')} in {len(made.names)} classes, by {made.way}:"
    width = max(len(printable(name)) for name in (*made.names, NOT_SURE_NAME))
    for place, name in enumerate(made.names):
        yield f"  {printable(name):{width}}  {counts[place]:6,}"
    yield f"  {NOT_SURE_NAME:{width}}  {counts[-1]:6,}"
    yield from _about_held_back(made)
    yield from listed(
        "Examples that could not be read:", [f"{example.path}: {example.reason}" for example in made.unused]
    )
    yield from skipped_lines(classes.looked.skipped)
    yield from damaged_lines(extraction.records)
    if matrix is not None:
        yield f"Wrote the confusion matrix to {printable(matrix)}."
    if classes.written is not None:
        yield f"Wrote the classes to {printable(classes.written)}."


def _about_held_back(made: Classification) -> Iterator[str]:
    held = made.held_back
    if held is None:
        return
    if not held.asked:
        yield "Nobody knows how often that is right: each class has one example only."
        return
    right = "none was sure" if held.right is None else f"{held.right:.0%} of these were right"
    yield (
        f"Of {counted(held.asked, 'example')}, asked without having been learnt from, {held.answered:.0%} got an "
        f"answer; {right}. Probabilities are off by {held.error:.0%} on average."
    )
    rows = held.confusion.tolist()
    wrong = [
        (rows[true][said], name, made.names[said])
        for true, name in enumerate(made.names)
        for said in range(len(made.names))
        if said != true and rows[true][said]
    ]
    worst = sorted(wrong, reverse=True)[:5]
    yield from listed("Taken for each other:", [f"{name} for {other}: {count}" for count, name, other in worst])
