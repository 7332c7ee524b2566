"""What a capability of the window is, and the few things that it may be built on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QSettings, SignalInstance
from PySide6.QtWidgets import QWidget

from shoal.qt.chosen_cards import ChosenCards
from shoal.qt.editing import Editing
from shoal.qt.jobs import Jobs
from shoal.qt.pictures import LargePictures
from shoal.qt.session import Session
from shoal.setup.settings import Setting
from shoal.widgets.actions import ActionRow, Actions
from shoal.widgets.places import Places
from shoal.widgets.theme import CurrentTheme
from shoal.widgets.views import Views

if TYPE_CHECKING:  # handed through: what a window is made of does not depend on what its features work with
    from shoal.domain.recipe import Recipe
    from shoal.projects.open_project import OpenProject
    from shoal.projects.workplace import Workplace

Again = Callable[[], object]
"""Asks once more for the job that failed."""

Rescue = Callable[[Exception, Again], bool]
"""Takes care of the error of a job; False if it is none of its kind."""

Handlers = Mapping[str, Callable[[], object]]
"""By the name of the menu entry: what it does."""


class Opener(Protocol):
    """What others may ask of whoever owns the open project."""

    @property
    def opened(self) -> SignalInstance: ...

    @property
    def went_missing(self) -> SignalInstance: ...

    @property
    def dropped(self) -> SignalInstance: ...

    @property
    def looked(self) -> SignalInstance: ...

    @property
    def project(self) -> "OpenProject | None": ...

    def open_paths(self, paths: Sequence[Path]) -> None: ...

    def open_unless_another(self) -> Callable[[Path], None]: ...

    def add_paths(self, paths: Sequence[Path]) -> None: ...

    def relocate(self, root: Path, now: Path) -> None: ...

    def refresh(self) -> None: ...

    def recluster(self) -> None: ...

    def recluster_by(self, moment: float) -> None: ...

    def use_recipe(self, recipe: "Recipe") -> None: ...

    def reopen(self) -> None: ...

    def use_model(self, name: str) -> None: ...


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """What a window offers: places, selection, jobs, settings. A feature takes from it what its controller needs.

    `window` is the parent of controllers and dialogs; `begin_anew` builds the window once more, in another language.
    Features add to `close_guards` what may keep the window open, to `rescues` what takes care of errors, and to
    `at_start` and `at_close` what is to be done when all features are there, and at the end. `pages`: of the guide.
    """

    window: QWidget
    places: Places
    actions: Actions
    views: Views
    session: Session
    jobs: Jobs
    workplace: "Workplace"
    memory: QSettings
    opener: Opener
    chosen: ChosenCards
    editing: Editing
    pictures: LargePictures
    theme: CurrentTheme
    number_pressed: SignalInstance
    number_given: SignalInstance
    paths_hover: SignalInstance
    begin_anew: Callable[[], None]
    close_guards: list[Callable[[], bool]]
    rescues: list[Rescue] = field(default_factory=list)
    at_start: list[Callable[[], None]] = field(default_factory=list)
    at_close: list[Callable[[], None]] = field(default_factory=list)
    pages: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Feature:
    """One capability. `build` makes its controllers and panels, and returns what its menu entries do.

    `page`: where its page stands in the guide (resources/help/LANGUAGE/NAME.md), by number; 0 if it has none.
    `settings` are those that only the window asks for; what sorting depends on is a row of `setup.settings`.
    """

    name: str
    build: Callable[[Parts], Handlers]
    actions: Sequence[ActionRow] = ()
    page: int = 0
    settings: Sequence[Setting] = ()
