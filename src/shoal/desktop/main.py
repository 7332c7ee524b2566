"""The desktop program: builds every object once, hands each what it needs, and starts the event loop."""

import faulthandler
import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QObject, QRect, QSettings, QTimer, QTranslator
from PySide6.QtGui import QIcon, QImage
from PySide6.QtWidgets import QApplication

from shoal.desktop.crash_window import CrashReporter
from shoal.desktop.features import FEATURES, PAGES, ROWS
from shoal.desktop.language import speak
from shoal.desktop.looks import Looks, prepare
from shoal.domain.images import ImageRecord
from shoal.features.opening.opening import Opening
from shoal.files.shipped import resource
from shoal.looking.region_pictures import side_of_whole
from shoal.looking.snapshot import Entry
from shoal.projects.plugins import plugged_in
from shoal.projects.workplace import Workplace
from shoal.qt.chosen_cards import ChosenCards
from shoal.qt.editing import Editing
from shoal.qt.jobs import Jobs
from shoal.qt.open_requests import OpenRequests
from shoal.qt.pictures import LargePictures
from shoal.qt.pool import wait_for_leaving
from shoal.qt.session import Session, to_image
from shoal.qt.session_reading import files_of
from shoal.setup.locations import Locations, user_locations
from shoal.setup.settings import load_settings
from shoal.widgets.feature import Again, Parts
from shoal.widgets.grid_presenter import GridPresenter
from shoal.widgets.main_window import MainWindow
from shoal.widgets.map_presenter import MapPresenter
from shoal.widgets.theme import CurrentTheme
from shoal.widgets.views import Views

DESKTOP_FILE = "io.github.shoal.Shoal"  # by this name Wayland finds the icon, and the desktop the menu entry
LOUPE_SIDE = 2400
NO_SCREEN = ("offscreen", "minimal")
"""Platforms that say that they have one."""

NEEDED_SOON = (
    "shoal.imaging.picture_files",
    "shoal.domain.export_planner",
    "shoal.exports.folders",
    "shoal.delivering.earlier",
    "shoal.delivering.exporting",
    "shoal.features.exporting.past_exporting",
    "shoal.features.exporting.writing_out",
)
"""What is not for the first painting: fetched one after the other once the window stands, in its pauses."""
MILLISECONDS_BEFORE_THE_MAP = 50
MILLISECONDS_BETWEEN_FETCHES = 20
MILLISECONDS_BEFORE_WARMING_UP = 400
MILLISECONDS_BETWEEN_LOOKS = 300
MILLISECONDS_TO_LEAVE = 2000


def _stay() -> None: ...


class WindowController:
    """One window and everything behind it."""

    def __init__(self, locations: Locations, memory: QSettings, begin_anew: Callable[[], None] = _stay) -> None:
        """`begin_anew` is asked to build the window once more, in another language."""
        self._memory, settings = memory, load_settings(locations.settings_file)
        prepare(settings.text("appearance"))
        self.session = Session(self._load_thumbnail)
        self.jobs = Jobs()
        self.window = window = MainWindow(self.session)
        self.workplace = Workplace(locations, settings, window.notice.said.emit)
        self.pictures = LargePictures(partial(self._load_large, LOUPE_SIDE), self._load_whole, self._load_part)
        self.crashes = CrashReporter(locations.log_file, window)
        self.theme = CurrentTheme(window)
        for trouble in plugged_in():
            window.notice.said.emit(trouble)
        self.parts = self._parts(begin_anew)
        for feature in FEATURES:
            self.parts.actions.handle(feature.build(self.parts))
        self.looks = Looks(window, self.theme, self.workplace.settings.text("appearance"))
        self.jobs.failed.connect(self._on_failed)
        window.restore_state(memory)
        for begin in self.parts.at_start:
            begin()
        window.about_to_close.connect(self.close)

    def _parts(self, begin_anew: Callable[[], None]) -> Parts:
        session, window, jobs = self.session, self.window, self.jobs
        views = Views(
            window.clusters, window.cluster_panel, window.grid, GridPresenter(session, window.grid), window.map_place,
            MapPresenter(session, window.map_place), window.grid_side, window.model_picker, window.detail_slider,
            window.tools.moment_slider,
            window.tools, window.notice, window.notice_bar, window.job_panel,
        )  # fmt: skip
        self.theme.changed.connect(views.map_presenter.set_theme)
        self.opening = Opening(window, window.places, views, session, jobs, self.workplace)
        window.paths_dropped.connect(self.opening.take_dropped)
        return Parts(
            window, window.places, window.install(ROWS), views, session, jobs, self.workplace, self._memory,
            self.opening, ChosenCards(session, window), Editing(session, window), self.pictures, self.theme,
            window.number_pressed, window.number_given, window.paths_hover, begin_anew, window.close_guards,
            pages=PAGES,
        )  # fmt: skip

    def load_map(self) -> None:
        """Fetch what draws the map, once the window stands.

        On the GUI thread, although it takes a moment: pyqtgraph makes types of PySide6, and two threads that make such
        types at once end the process.
        """
        from shoal.widgets.map_view import MapView  # pyqtgraph takes half as long to import as all the rest

        session = self.session
        self.window.map_place.fill(MapView(session.selection, session.thumbnails, partial(files_of, session)))

    def close(self) -> None:
        self.window.save_state(self._memory)
        self.jobs.shutdown()
        self.opening.close()
        for end in self.parts.at_close:
            end()
        self.pictures.shutdown()
        self.session.shutdown()
        self.window.map_place.shutdown()
        self.workplace.close()
        wait_for_leaving(MILLISECONDS_TO_LEAVE)
        self.crashes.close()

    def _load_thumbnail(self, image: int) -> QImage:
        """On a pool thread; the list of images may be another one by now."""
        images = self.session.images
        thumbnail = self.workplace.pictures.thumbnail(images[image]) if image < len(images) else None
        if isinstance(thumbnail, bytes):
            return QImage.fromData(thumbnail)
        return to_image(thumbnail)

    def _load_large(self, longest_side: int, entry: Entry) -> QImage:
        """On a pool thread."""
        return to_image(self.workplace.pictures.preview(entry, longest_side))

    def _load_whole(self, entry: Entry) -> QImage:
        """On a pool thread. Of very large pictures the half, a quarter ..., and parts with all of their pixels."""
        return self._load_large(side_of_whole(entry), entry)

    def _load_part(self, entry: Entry, box: QRect) -> QImage:
        """Likewise."""
        from shoal.qt.jpeg_parts import part_over_there  # the window must not wait for decoders

        if not isinstance(entry, ImageRecord):
            return QImage()
        corners = box.left(), box.top(), box.left() + box.width(), box.top() + box.height()
        return to_image(self.workplace.pictures.part(entry, corners, part_over_there))

    def _on_failed(self, error: Exception, again: Again) -> None:
        if not any(rescue(error, again) for rescue in self.parts.rescues):
            self.crashes.report(type(error), error, error.__traceback__)


def has_screen(environment: dict[str, str] | os._Environ[str] = os.environ) -> bool:
    """Whether Qt will find something to draw on; it aborts the process where it does not."""
    if not sys.platform.startswith("linux") or environment.get("QT_QPA_PLATFORM"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def main(paths: Sequence[Path] = ()) -> int:
    if not has_screen():
        sys.stderr.write("shoal: There is no screen to open a window on. `shoal sort FOLDER --to DIR` works without.\n")
        return 1
    locations = user_locations().create()
    with (locations.logs / "crash.log").open("a") as crashes:
        faulthandler.enable(crashes)
        try:
            return _run(locations, paths)
        finally:
            faulthandler.disable()


def _run(locations: Locations, paths: Sequence[Path]) -> int:
    application = QApplication.instance() or QApplication([sys.argv[0]])
    assert isinstance(application, QApplication)
    application.setDesktopFileName(DESKTOP_FILE)
    application.setWindowIcon(QIcon(str(resource("icons/shoal.svg") or "")))
    memory = QSettings(str(locations.config / "window.ini"), QSettings.Format.IniFormat)
    program = Program(application, locations, memory)
    program.open([path.absolute() for path in paths])
    try:
        return application.exec()
    finally:
        program.fall_silent()


def _complete(desk: WindowController) -> None:
    desk.load_map()
    if not gc.isenabled():  # what there is by now stays as long as the program: nobody needs to look through it again
        gc.freeze()
        gc.enable()
    _fetch(iter(NEEDED_SOON))


def _fetch(waiting: Iterator[str]) -> None:
    """On the GUI thread, for some of it makes types of PySide6; at most one of a few milliseconds at a time."""
    name = next(waiting, None)
    if name is not None:
        import_module(name)
        QTimer.singleShot(MILLISECONDS_BETWEEN_FETCHES, partial(_fetch, waiting))


class Program(QObject):
    """The window in the language of the settings, built anew when another one is chosen."""

    def __init__(self, application: QApplication, locations: Locations, memory: QSettings) -> None:
        super().__init__()
        self._application, self._locations, self._memory = application, locations, memory
        self._translators: list[QTranslator] = []
        if sys.platform == "darwin":  # it looks at every event, and is of use nowhere else
            OpenRequests(application).requested.connect(lambda path: self._desk.opening.open_paths([path]))

    def open(self, paths: Sequence[Path]) -> None:
        self._translators = speak(self._application, load_settings(self._locations.settings_file).text("language"))
        self._desk = desk = WindowController(
            self._locations, self._memory, lambda: QTimer.singleShot(0, self._build_anew)
        )
        desk.window.painted.connect(lambda: QTimer.singleShot(MILLISECONDS_BEFORE_THE_MAP, partial(_complete, desk)))
        if self._application.platformName() not in NO_SCREEN:
            desk.window.fit(desk.window.screen().availableSize())
        desk.window.show()
        QTimer.singleShot(MILLISECONDS_BEFORE_WARMING_UP, desk.workplace.warm_up)
        if paths:
            desk.opening.open_paths(paths)

    def fall_silent(self) -> None:
        """Give the translations back to whoever owns the application."""
        for translator in self._translators:
            self._application.removeTranslator(translator)

    def _build_anew(self) -> None:
        """Every text at once, and what was open is opened again; no export is cut off for it."""
        if self._desk.jobs.busy:
            QTimer.singleShot(MILLISECONDS_BETWEEN_LOOKS, self._build_anew)
            return
        project, window = self._desk.opening.project, self._desk.window
        paths = [project.file] if project else []
        self._application.setQuitOnLastWindowClosed(False)
        window.close()
        window.deleteLater()
        for translator in self._translators:
            self._application.removeTranslator(translator)
        self.open(paths)
        self._application.setQuitOnLastWindowClosed(True)
