"""Pictures that fall into named bins, and pictures that somebody has sorted into sub-folders already."""

from dataclasses import replace

from shoal.command_line.delivery import Order
from shoal.delivering.scheme_file import SORTING, Scheme, into_bins, read_scheme, scheme_of, write_scheme
from shoal.looking.extracted import Extraction
from shoal.looking.pipeline import known_records
from shoal.projects.from_folders import STARTING, Disagreement, clusters_from_folders, disagreements
from shoal.projects.open_project import OpenProject


def with_scheme(order: Order) -> tuple[Order, Scheme | None]:
    """Its model is the one to look with, unless another is asked for. Raises UserFacingError."""
    if order.scheme is None:
        return order, None
    scheme = read_scheme(order.scheme)
    return replace(order, model=order.model or scheme.model), scheme


def put_in_bins(
    order: Order, scheme: Scheme | None, opened: OpenProject, extraction: Extraction
) -> tuple[Disagreement, ...]:
    """Each as one step. Returns what the network would put elsewhere than the sub-folders do."""
    project, embeddings = opened.project, extraction.embeddings
    if scheme is not None:
        project.apply(SORTING, into_bins(scheme, project.grouping, embeddings, project.made))
    if not order.from_folders:
        return ()
    project.apply(STARTING, clusters_from_folders(known_records(opened.snapshot), project.grouping))
    return disagreements(project.grouping, embeddings, opened.snapshot.graph)


def keep_scheme(order: Order, opened: OpenProject, extraction: Extraction) -> None:
    """Nothing is written by a dry run."""
    if order.save_scheme is not None and not order.dry_run:
        project = opened.project
        write_scheme(order.save_scheme, scheme_of(project.grouping, extraction.embeddings, project.made))
