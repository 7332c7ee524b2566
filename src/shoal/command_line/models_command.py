"""`shoal models`: what can be named after --model."""

from argparse import Namespace

from shoal.command_line.terminal import Answer
from shoal.domain.extension_points import BackendSpec
from shoal.domain.task import Task
from shoal.looking.catalogue import BACKENDS
from shoal.looking.model_loading import missing_modules


def run(_arguments: Namespace, _task: Task) -> Answer:
    """Loads no model and none of their libraries."""
    width = max(len(_written(spec)) for spec in BACKENDS)
    lines = tuple(f"{_written(spec):{width}}  {spec.summary}{_price(spec)}" for spec in BACKENDS)
    return Answer(lines, {"models": [_as_data(spec) for spec in BACKENDS]})


def _written(spec: BackendSpec) -> str:
    return f"{spec.name}:FILE" if spec.takes_source else spec.name


def _price(spec: BackendSpec) -> str:
    """What choosing it would bring from the network, under which licence; or that this edition cannot."""
    if missing_modules(spec):
        return " (in the full edition)"
    return f" ({spec.download.megabytes} MB, {spec.download.licence})" if spec.download else ""


def _as_data(spec: BackendSpec) -> dict[str, object]:
    """`dimension` is null where it depends on the file."""
    return {
        "name": spec.name,
        "label": spec.label,
        "summary": spec.summary,
        "dimension": spec.dimension or None,
        "licence": spec.licence,
        "family": spec.family,
        "input_size": spec.input_size or None,
        "layers": list(spec.layers),
        "reads_text": spec.load_texts is not None,
        "knows_classes": spec.knows_classes,
        "download_mb": spec.download.megabytes if spec.download else 0,
        "missing": list(missing_modules(spec)),
        "takes_source": spec.takes_source,
    }
