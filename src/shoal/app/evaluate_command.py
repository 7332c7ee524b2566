"""`shoal evaluate`: how well a model sorts what somebody has sorted already."""

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict

from shoal.app.sorting_report import as_skipped, counted, skipped_lines
from shoal.app.terminal import Answer
from shoal.app.workbench import Model, algorithm, load_model, load_options, workbench
from shoal.domain.task import Task
from shoal.services.evaluating import Evaluation, evaluate_folder

LABELS = {
    "knn5_accuracy": "right by its 5 nearest neighbours",
    "nmi": "NMI of k-means told the number of folders",
    "ari": "ARI of the same",
    "nmi_auto": "NMI of the clusters found without being told",
    "linear_probe_accuracy": "right by logistic regression, 5-fold",
    "map_at_r": "mAP@R",
    "ndcg": "NDCG",
    "silhouette_by_folder": "silhouette of the folders",
}


def run(arguments: Namespace, task: Task) -> Answer:
    with workbench() as bench:
        model = load_model(arguments.model, load_options(arguments))
        wishes = bench.wishes(model, algorithm("auto"))
        found = evaluate_folder(arguments.folder.absolute(), wishes, bench.tools, task)
    figures = {name: None if value is None else round(value, 4) for name, value in asdict(found.agreement).items()}
    data = {
        **figures,
        "images": found.images,
        "folders": found.folders,
        "clusters_auto": found.clusters,
        "model": model.name,
        "cached": found.cached,
        "skipped": as_skipped(found.skipped),
        "seconds": found.seconds,
    }
    return Answer(tuple(_lines(model, found, figures)), data)


def _lines(model: Model, found: Evaluation, figures: dict[str, float | None]) -> Iterator[str]:
    yield from model.remarks
    yield f"{counted(found.images, 'picture')} in {counted(found.folders, 'folder')}, looked at with {model.name}:"
    for name, value in figures.items():
        shown = "  none" if value is None else f"{value:6.3f}"
        yield f"  {name:22} {shown}  {LABELS[name]}"
    yield f"  {'clusters_auto':22} {found.clusters:6}  clusters found without being told how many"
    yield from skipped_lines(found.skipped)
