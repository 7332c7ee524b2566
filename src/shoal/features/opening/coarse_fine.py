"""The slider from coarse to fine: colours at once while it moves, one step when it is let go."""

from PySide6.QtCore import QObject

from shoal.domain.sentence import Sentence
from shoal.looking.detail import Detail
from shoal.projects.open_project import OpenProject
from shoal.qt.jobs import Jobs
from shoal.qt.session import Session
from shoal.widgets.views import Views


class CoarseFine(QObject):
    """The handle stands for what is on the screen: put back where it was, it changes nothing."""

    def __init__(self, views: Views, session: Session, jobs: Jobs) -> None:
        super().__init__(session)
        self._slider, self._map, self._session, self._jobs = views.detail, views.map_presenter, session, jobs
        self._project: OpenProject | None = None
        self._detail: Detail | None = None
        self._placed = 0.0
        self._slider.moved.connect(self._preview)
        self._slider.let_go.connect(self._adopt)

    def begin(self, project: OpenProject) -> None:
        """Another project, of which nothing is known yet."""
        self._project, self._detail = project, None

    def show(self, project: OpenProject) -> None:
        tree, proposal = project.snapshot.tree, project.snapshot.proposal
        self._project = project
        self._detail = None if tree is None or proposal is None else Detail(tree, proposal)

    def place(self) -> None:
        """Where so many clusters belong."""
        slider, grouping, detail = self._slider, self._session.grouping, self._detail
        slider.enable(detail is not None and self._project is not None and not self._project.read_only)
        if detail is not None and grouping is not None and not slider.is_held:
            slider.put(detail.place_of(len(grouping.clusters)))
            self._placed = slider.share

    def _preview(self) -> None:
        detail = self._detail
        if detail is None or self._session.snapshot.layout is None:
            return
        count = self._wanted(detail)
        self._map.preview(detail.rows, detail.labels(count))
        self._jobs.remark(self.tr("%n cluster(s)", "", count))
        if not self._slider.is_held:
            self._adopt()

    def _adopt(self) -> None:
        detail = self._detail
        if detail is None or self._project is None:
            return
        count = self._wanted(detail)
        if count != detail.count_at(self._placed):
            self._placed = self._slider.share
            self._project.use_detail(Sentence("Sort into %n cluster(s)", n=count), detail, count)
        self._map.end_preview()

    def _wanted(self, detail: Detail) -> int:
        return detail.count_at(self._slider.share)
