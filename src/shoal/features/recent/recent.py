"""What was open before: on the first page, and in the menu."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QSettings
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMenu

from shoal.domain.images import ContentHash, ImageRecord
from shoal.features.recent.recent_card import RecentProject
from shoal.features.recent.samples import Samples
from shoal.features.recent.welcome import Welcome
from shoal.projects.workplace import Workplace
from shoal.qt.latest import LatestOnly
from shoal.qt.session import Session
from shoal.widgets.actions import FILE, ActionRow
from shoal.widgets.feature import Feature, Handlers, Opener, Parts
from shoal.widgets.translation import QT_TRANSLATE_NOOP

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


def unreachable(entries: Sequence[Entry]) -> frozenset[str]:
    """The folders that are not there. Asks drives, some of which take long to answer."""
    return frozenset(root for entry in entries for root in entry.roots if not Path(root).exists())


class Recent(QObject):
    def __init__(
        self, welcome: Welcome, menu: QMenu, memory: QSettings, session: Session, opener: Opener, workplace: Workplace
    ) -> None:
        super().__init__(welcome)
        self._welcome, self._menu, self._memory, self._session = welcome, menu, memory, session
        self._unreachable = frozenset[str]()
        self._looker = LatestOnly("looking for drives")
        self._opener, self._workplace = opener, workplace
        welcome.recent_chosen.connect(self._reopen)
        menu.aboutToShow.connect(self._fill_menu)
        opener.opened.connect(self._remember)
        session.portraits_changed.connect(self._remember)
        welcome.show_recent([self._card(entry) for entry in self._load()])
        self._look_for_drives()

    def shutdown(self) -> None:
        self._looker.shutdown()

    def _look_for_drives(self) -> None:
        self._looker.request(partial(unreachable, self._load()), self._on_drives)

    def _on_drives(self, away: frozenset[str]) -> None:
        if away != self._unreachable:
            self._unreachable = away
            self._welcome.show_recent([self._card(entry) for entry in self._load()])
            if self._menu.isVisible():
                self._list_in_menu()

    def _is_offline(self, entry: Entry) -> bool:
        return not self._unreachable.isdisjoint(entry.roots)

    def _remember(self) -> None:
        """Also after each change, for the card shows what is in the project."""
        project = self._opener.project
        if project is not None:
            grouping = self._session.grouping
            clusters = len(grouping.clusters) if grouping else 0
            roots = [str(root) for root in project.roots]
            entry = Entry(str(project.file), roots, len(self._session.images), clusters, list(self._faces()))
            known = [other for other in self._load() if other.file != entry.file and other.roots != entry.roots]
            self._memory.setValue(KEY, json.dumps([asdict(recent) for recent in [entry, *known][:MOST]]))

    def _faces(self) -> Iterator[str]:
        """The typical pictures of the largest clusters."""
        grouping, portraits = self._session.grouping, self._session.portraits.clusters
        if grouping is not None:
            counts = grouping.counts()
            clusters = [id_ for id_ in grouping.clusters if id_ in portraits]
            for id_ in sorted(clusters, key=lambda id_: -counts[id_])[:FACES]:
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
        if self._is_offline(entry):
            facts = [self.tr("offline")]
        faces = [self._workplace.pictures.thumbnail_of(ContentHash(face)) for face in entry.faces]
        pictures = [QImage.fromData(face) for face in faces if face is not None]
        place, offline = ", ".join(entry.roots), self._is_offline(entry)
        return RecentProject(entry.title, "  \u00b7  ".join(facts), place, pictures, offline)

    def _fill_menu(self) -> None:
        self._list_in_menu()
        self._look_for_drives()

    def _list_in_menu(self) -> None:
        menu = self._menu
        menu.clear()
        for place, entry in enumerate(self._load()):
            name = entry.title.replace("&", "&&")
            action = menu.addAction(self.tr("{0} (offline)").format(name) if self._is_offline(entry) else name)
            action.setToolTip(", ".join(entry.roots))
            action.triggered.connect(lambda _on=False, place=place: self._reopen(place))
        menu.setToolTipsVisible(True)

    def _reopen(self, place: int) -> None:
        """By its file, so that a project whose folders have moved is found as well."""
        entry = self._load()[place]
        file = Path(entry.file)
        self._opener.open_paths([file] if file.exists() else [Path(root) for root in entry.roots])


def _build(parts: Parts) -> Handlers:
    welcome, workplace, opener = Welcome(), parts.workplace, parts.opener
    menu = parts.actions.menu("menuRecent")
    parts.at_close.append(Recent(welcome, menu, parts.memory, parts.session, opener, workplace).shutdown)
    Samples(welcome, opener, parts.jobs, workplace.locations.data / "sample pictures")
    welcome.open_requested.connect(parts.actions["actionOpenFolder"].trigger)
    parts.paths_hover.connect(welcome.light_up)
    parts.places.add_page(welcome)
    parts.places.show_page(welcome, alone=True)
    return {}


FEATURE = Feature(
    "recent",
    _build,
    (ActionRow(FILE, 11, "menuRecent", QT_TRANSLATE_NOOP("actions", "Open &recent"), submenu="recentMenu"),),
)
