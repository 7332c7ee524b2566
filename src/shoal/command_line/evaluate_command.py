"""`shoal evaluate`: how well models sort what somebody has sorted already, side by side."""

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PureWindowsPath
from typing import Any

from shoal.command_line.asked import load_model, load_options, workplace
from shoal.command_line.lists import as_skipped, counted, skipped_lines
from shoal.command_line.loaded import Model
from shoal.command_line.terminal import Answer, printable
from shoal.command_line.told_aside import left_alone_data, left_alone_lines
from shoal.delivering.new_file import require_new
from shoal.domain.extension_points import USUAL_MODEL
from shoal.domain.objects import WHOLE_PICTURES
from shoal.domain.safe_names import distinct_names
from shoal.domain.task import Task
from shoal.imaging.folder_scan import require_readable
from shoal.looking.options import Options
from shoal.projects.evaluating import MATRIX_SUFFIXES, Evaluation, evaluate_folder, write_confusion_matrix
from shoal.projects.workplace import Workplace

TOP = 5
LABELS = {
    "knn5_accuracy": "right by its 5 nearest neighbours",
    "nmi": "NMI of k-means told the number of folders",
    "ari": "ARI of the same",
    "nmi_auto": "NMI of the clusters found without being told",
    "linear_probe_accuracy": "right by logistic regression, 5-fold (top-1)",
    "linear_probe_top5_accuracy": "right within its first five guesses (top-5)",
    "recall_at_1": "the nearest is of the same folder",
    "recall_at_5": "one of the 5 nearest is",
    "map_at_r": "mAP@R",
    "ndcg": "NDCG",
    "silhouette_by_folder": "silhouette of the folders",
}


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """`asked`: how the model was named on the command line."""

    asked: str
    model: Model
    found: Evaluation

    @property
    def figures(self) -> dict[str, float | None]:
        return {name: None if v is None else round(v, 4) for name, v in asdict(self.found.agreement).items()}


def run(arguments: Namespace, task: Task) -> Answer:
    names = list(dict.fromkeys(arguments.model or [USUAL_MODEL]))
    matrices = matrix_files(arguments.confusion_matrix, names)
    for path in matrices.values():
        require_new(path, MATRIX_SUFFIXES)
    options, folder = load_options(arguments), arguments.folder.absolute()
    require_readable(folder)
    with workplace() as place:
        models = [(name, load_model(place, name, options, task)) for name in names]  # all, before the long work begins
        judged = []
        for name, model in models:
            evaluation = evaluate_folder(folder, _options(place, model), place.tools, task)
            if name in matrices:
                write_confusion_matrix(matrices[name], evaluation, f"{folder.name}, looked at with {short_name(name)}")
            judged.append(Judged(name, model, evaluation))
    return Answer(tuple(_lines(judged, matrices)), _data(judged, matrices))


def _options(place: Workplace, model: Model) -> Options:
    recipe = replace(place.settings.recipe, algorithm="auto", objects=WHOLE_PICTURES)
    return place.options_of(recipe, model.backend, model.asked)


def matrix_files(target: Path | None, names: Sequence[str]) -> Mapping[str, Path]:
    """Where each model's confusion matrix goes; of several models each has its name in that of its file."""
    if target is None:
        return {}
    target = target.absolute()
    if len(names) == 1:
        return {names[0]: target}
    stems = distinct_names(f"{target.stem}-{short_name(name)}" for name in names)
    return {name: target.with_name(stem + target.suffix) for name, stem in zip(names, stems, strict=True)}


def short_name(model: str) -> str:
    """Of a file no more than its own name."""
    kind, colon, source = model.partition(":")
    return f"{kind}{colon}{PureWindowsPath(source).name}"


def _data(judged: Sequence[Judged], matrices: Mapping[str, Path]) -> dict[str, Any]:
    """Of one model its figures; of several a list of such, in the order asked for, under `models`."""
    each = [_one(judgement, matrices) for judgement in judged]
    if len(each) == 1:
        return each[0]
    evaluation = judged[0].found
    return {
        "images": evaluation.images,
        "folders": len(evaluation.folders),
        "skipped": as_skipped(evaluation.skipped),
        **left_alone_data(evaluation.left_alone),
        "models": [{"asked": judgement.asked, **data} for judgement, data in zip(judged, each, strict=True)],
    }


def _one(judged: Judged, matrices: Mapping[str, Path]) -> dict[str, Any]:
    evaluation = judged.found
    return {
        **judged.figures,
        "images": evaluation.images,
        "folders": len(evaluation.folders),
        "clusters_auto": evaluation.clusters,
        "model": judged.model.name,
        "cached": evaluation.cached,
        "skipped": as_skipped(evaluation.skipped),
        **left_alone_data(evaluation.left_alone),
        "seconds": evaluation.seconds,
        "undefined": undefined(evaluation),
        "confusion_matrix": str(matrices[judged.asked]) if judged.asked in matrices else None,
    }


def undefined(evaluation: Evaluation) -> dict[str, str]:
    """Of each figure that is none: why."""
    count = len(evaluation.folders)
    few = f"there are only {count} folders" if count <= TOP else "too few folders hold five pictures"
    reasons = {"linear_probe_top5_accuracy": few, "linear_probe_accuracy": "no two folders hold five pictures each"}
    if evaluation.agreement.linear_probe_accuracy is None:
        reasons["linear_probe_top5_accuracy"] = reasons["linear_probe_accuracy"]
    return {
        name: reasons.get(name, "no two pictures share a folder")
        for name, value in asdict(evaluation.agreement).items()
        if value is None
    }


def _lines(judged: Sequence[Judged], matrices: Mapping[str, Path]) -> Iterator[str]:
    for judgement in judged:
        yield from judgement.model.remarks
    evaluation = judged[0].found
    looked = f", looked at with {judged[0].model.name}" if len(judged) == 1 else ""
    yield f"{counted(evaluation.images, 'picture')} in {counted(len(evaluation.folders), 'folder')}{looked}:"
    yield from _table(judged)
    yield from skipped_lines(evaluation.skipped)
    yield from map(printable, left_alone_lines(evaluation.left_alone, included=False))
    for path in matrices.values():
        yield f"Wrote the confusion matrix to {printable(path)}."


def _table(judged: Sequence[Judged]) -> Iterator[str]:
    """A row per figure, a column per model."""
    heads = [printable(short_name(judgement.asked)) for judgement in judged]
    widths = [max(6, len(head)) for head in heads] if len(judged) > 1 else [6]
    rows: list[tuple[str, list[str], str]] = [("", heads, "")] if len(judged) > 1 else []
    reasons = undefined(judged[0].found)
    for name, meaning in LABELS.items():
        values = [judgement.figures[name] for judgement in judged]
        why = f"{meaning}; {reasons[name]}" if name in reasons else meaning
        rows.append((name, ["none" if value is None else f"{value:.3f}" for value in values], why))
    clusters = [str(judgement.found.clusters) for judgement in judged]
    rows.append(("clusters_auto", clusters, "clusters found without being told how many"))
    for name, cells, meaning in rows:
        columns = "  ".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
        yield f"  {name:26} {columns}  {meaning}".rstrip()
