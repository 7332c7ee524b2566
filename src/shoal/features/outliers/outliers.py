"""One list of all pictures, those first that are least like any other."""

from PySide6.QtCore import QObject

from shoal.projects.outliers import oddest
from shoal.qt.cluster_model import ALL
from shoal.qt.jobs import Jobs
from shoal.qt.session import Session
from shoal.widgets.actions import VIEW, ActionRow, Needs
from shoal.widgets.feature import Feature, Handlers, Parts
from shoal.widgets.grid_layout import Section
from shoal.widgets.grid_presenter import GridPresenter
from shoal.widgets.translation import QT_TRANSLATE_NOOP


class OutlierList(QObject):
    def __init__(self, session: Session, grid: GridPresenter, jobs: Jobs) -> None:
        super().__init__(grid)
        self._session, self._grid, self._jobs = session, grid, jobs

    def show(self) -> None:
        """The odd ones, then a line, then the rest in the same order."""
        outliers = self._session.snapshot.outliers
        if outliers is None:
            self._jobs.say(self.tr("The pictures have not been compared yet."))
            return
        images, count = oddest(outliers)
        odd, rest = images[:count], images[count:]
        self._session.selection.clear()
        sections = [(self.tr("Outliers"), odd), (self.tr("Less and less odd"), rest)]
        self._grid.show_found(
            [Section(f"{title}  ·  {len(those):,}", ALL, those) for title, those in sections if len(those)],
            self.tr("These are too few pictures to tell which of them is odd."),
        )
        none = self.tr("No picture stands out; those least like the others come first.")
        self._jobs.say(self.tr("%n picture(s) are unlike all others.", "", count) if count else none)


def _build(parts: Parts) -> Handlers:
    return {"actionOutliers": OutlierList(parts.session, parts.views.grid_presenter, parts.jobs).show}


FEATURE = Feature(
    "outliers",
    _build,
    (
        ActionRow(
            VIEW,
            31,
            "actionOutliers",
            QT_TRANSLATE_NOOP("actions", "&Outliers first, over all"),
            shortcut="Shift+O",
            needs=Needs.CLUSTERS,
            tip=QT_TRANSLATE_NOOP("actions", "All pictures in one list, those least like any other first"),
        ),
    ),
)
