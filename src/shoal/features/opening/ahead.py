"""Pictures that nobody has looked at yet are shown to be sorted by hand; what is chosen stays chosen."""

from dataclasses import dataclass

import numpy as np

from shoal.domain.sorted_ahead import GONE
from shoal.looking.snapshot import Snapshot
from shoal.projects.open_project import OpenProject
from shoal.qt.selection import Ids
from shoal.qt.session import Session
from shoal.widgets.dragging import end_drag
from shoal.widgets.views import Views


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """How far the first look at the pictures of a project has come."""

    project: OpenProject
    snapshot: Snapshot


def show_ahead(views: Views, session: Session, opened: OpenProject, snapshot: Snapshot) -> None:
    """How far a first look has come. Files that cannot be read are gone from among the pictures by then."""
    chosen, current = session.selection.images, session.selection.current
    now = opened.sort_ahead(snapshot)
    if now is None:
        session.show_snapshot(snapshot, opened.project)
        return
    end_drag()
    session.show_snapshot(snapshot, opened.project, renumbered=True)
    _choose_again(views, session, now[chosen], int(now[current]) if 0 <= current < len(now) else GONE)


def _choose_again(views: Views, session: Session, chosen: Ids, current: int) -> None:
    chosen = np.sort(chosen[chosen != GONE])
    if len(chosen):
        views.grid_presenter.select_again(chosen)
    if current != GONE:
        session.selection.set_current(current)
        views.grid.scroll_to_image(current)
