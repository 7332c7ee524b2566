"""New pictures come to a project, as a look brings them."""

from collections.abc import Callable

from shoal.domain.grouping import Patch
from shoal.domain.history import nothing_more
from shoal.domain.sentence import Sentence
from shoal.projects.project import Project, Takeover


def grow(project: Project, count: int, also: Callable[[], None] = nothing_more) -> None:
    """To so many images; `also` writes them down."""
    project.take_over(
        Takeover(Sentence("Place new pictures"), project.grouping.grown_to(count), Patch(), project.made, also)
    )
