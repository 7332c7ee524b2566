"""What was open before, and the sample pictures: the first page and the menu entry."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QSettings
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMenu

from shoal.domain.images import ContentHash, ImageRecord
from shoal.domain.task import Task
from shoal.features.opening.opening import Opening
from shoal.projects.workplace import Workplace
from shoal.qt.jobs import Jobs
from shoal.qt.session import Session
from shoal.samples.demo_pictures import sample_pictures, write_sample_pictures
from shoal.widgets.main_window import MainWindow
from shoal.widgets.recent_card import RecentProject

KEY = "recent"
MOST = 6
FACES = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A project as it was left. `faces` are the content hashes of typical pictures of its largest clusters."""

    file: str
    roots: list[str]
    pictures: int = 0
    clusters: int = 0
    faces: Sequence[str] = ()

    @property
    def title(self) -> str:
        return ", ".join(Path(root).name or root for root in self.roots)

    @property
    def offline(self) -> bool:
        return not all(Path(root).exists() for root in self.roots)


class Recent(QObject):
    def __init__(
        self,
        memory: QSettings,
        window: MainWindow,
        session: Session,
        opening: Opening,
        jobs: Jobs,
        workplace: Workplace,
    ) -> None:
        super().__init__(window)
        self._memory, self._window, self._session = memory, window, session
        self._opening, self._jobs, self._workplace = opening, jobs, workplace
        window.welcome.recent_chosen.connect(self._reopen)
        window.welcome.sample_requested.connect(self._make_samples)
        window.recent_menu.aboutToShow.connect(self._fill_menu)
        opening.opened.connect(self._remember)
        session.portraits_changed.connect(self._remember)
        window.welcome.show_recent([self._card(entry) for entry in self._load()])
        window.show_welcome(True)

    def _remember(self) -> None:
        """Also after each change, for the card shows what is in the project."""
        project = self._opening.project
        if project is not None:
            grouping = self._session.grouping
            clusters = len(grouping.clusters) if grouping else 0
            roots = [str(root) for root in project.roots]
            entry = Entry(str(project.file), roots, len(self._session.images), clusters, list(self._faces()))
            known = [other for other in self._load() if other.file != entry.file and other.roots != entry.roots]
            self._memory.setValue(KEY, json.dumps([asdict(one) for one in [entry, *known][:MOST]]))

    def _faces(self) -> Iterator[str]:
        """The typical pictures of the largest clusters."""
        grouping, portraits = self._session.grouping, self._session.portraits.clusters
        if grouping is not None:
            counts = grouping.counts()
            there = [id_ for id_ in grouping.clusters if id_ in portraits]
            for id_ in sorted(there, key=lambda id_: -counts[id_])[:FACES]:
                entry = self._session.images[portraits[id_].faces[0]]
                if isinstance(entry, ImageRecord):
                    yield str(entry.content_hash)

    def _load(self) -> list[Entry]:
        """What was written by an older version, or by somebody else, is left out."""
        try:
            return [Entry(**entry) for entry in json.loads(str(self._memory.value(KEY) or "[]")) if entry["roots"]]
        except (ValueError, TypeError, KeyError):
            return []

    def _card(self, entry: Entry) -> RecentProject:
        facts = [self.tr("%n picture(s)", "", entry.pictures), self.tr("%n cluster(s)", "", entry.clusters)]
        if entry.offline:
            facts = [self.tr("offline")]
        faces = [self._workplace.pictures.thumbnail_of(ContentHash(face)) for face in entry.faces]
        pictures = [QImage.fromData(face) for face in faces if face is not None]
        return RecentProject(entry.title, "  \u00b7  ".join(facts), ", ".join(entry.roots), pictures, entry.offline)

    def _fill_menu(self) -> None:
        menu: QMenu = self._window.recent_menu
        menu.clear()
        for place, entry in enumerate(self._load()):
            name = entry.title.replace("&", "&&")
            action = menu.addAction(self.tr("{0} (offline)").format(name) if entry.offline else name)
            action.setToolTip(", ".join(entry.roots))
            action.triggered.connect(lambda _on=False, place=place: self._reopen(place))
        menu.setToolTipsVisible(True)

    def _reopen(self, place: int) -> None:
        """By its file, so that a project whose folders have moved is found as well."""
        entry = self._load()[place]
        file = Path(entry.file)
        self._opening.open_paths([file] if file.exists() else [Path(root) for root in entry.roots])

    def _make_samples(self) -> None:
        folder = self._workplace.locations.data / "sample pictures"

        def work(task: Task) -> Path:
            folder.mkdir(parents=True, exist_ok=True)
            write_sample_pictures(folder, sample_pictures(), task)
            return folder

        self._jobs.run(self.tr("Drawing sample pictures"), work, lambda folder: self._opening.open_paths([folder]))
