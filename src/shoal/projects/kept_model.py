"""Which model a project was looked at with. It keeps that one until another is chosen for it."""

from pathlib import Path

from shoal.domain.extension_points import USUAL_MODEL
from shoal.domain.history import Made
from shoal.store.project_store import ProjectStore

USUAL_BEFORE = "builtin"
"""What every project was looked at with, unless another was named, before projects wrote it down."""


def kept_model(made: Made, asked: str = USUAL_MODEL) -> str:
    """The name as after --model; `asked` where the project has not been looked at yet.

    Projects that do not say are taken for such of the model that was usual then, unless another than today's is wanted.
    """
    if not made.clusters:
        return asked
    return made.model or (USUAL_BEFORE if asked == USUAL_MODEL else asked)


def model_of_project(file: Path) -> str:
    """The same for a project that nobody has opened; one that is not there has not been looked at."""
    if not file.is_file():
        return USUAL_MODEL
    with ProjectStore(file) as store:
        return kept_model(store.journal.made)
