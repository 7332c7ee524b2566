"""The search field: names and folders while one types; what the pictures show at Enter, if the model knows words."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from PySide6.QtCore import QObject, Qt

from shoal.domain.errors import UserFacingError
from shoal.domain.images import ImageRecord
from shoal.domain.task import Task
from shoal.features.finding.alike import FindingAlike
from shoal.looking.known_words import known_words
from shoal.looking.model_loading import finds_by_words, knows_classes
from shoal.looking.snapshot import records_among
from shoal.looking.text_search import FoundImages
from shoal.looking.word_search import require_known
from shoal.projects.describing import Describing
from shoal.qt.jobs import Jobs
from shoal.qt.session import Session, about_open_project
from shoal.widgets.actions import EDIT, VIEW, ActionRow, Needs
from shoal.widgets.feature import Feature, Handlers, Parts
from shoal.widgets.translation import QT_TRANSLATE_NOOP, told
from shoal.widgets.views import Views


class Finder(Protocol):
    """What finds pictures by text; on the worker thread."""

    def find_by_text(self, text: str, records: Sequence[ImageRecord], model: str, task: Task) -> FoundImages: ...


class Searching(QObject):
    def __init__(self, session: Session, views: Views, jobs: Jobs, finder: Finder) -> None:
        super().__init__(session)
        self._session, self._search, self._models, self._grid = (
            session,
            views.search,
            views.models,
            views.grid_presenter,
        )
        self._jobs, self._finder = jobs, finder
        self._completes = self._waits = False
        session.selection.changed.connect(self._on_choice)
        views.grid_presenter.cards_chosen.connect(self._on_choice)
        views.grid_presenter.filter_in_the_way.connect(views.search.clear_search)
        views.search.typed.connect(self._on_text)
        views.search.entered.connect(self._find)
        views.search.mode_changed.connect(self._on_mode)
        # Later, for the list is sometimes filled anew, and what is chosen meanwhile is not meant.
        views.models.changed.connect(self._on_model, Qt.ConnectionType.QueuedConnection)
        self._on_model()

    def _on_model(self) -> None:
        models = self._models
        self._search.offer_content(not models.is_empty and finds_by_words(models.model_name))
        self._search.complete(())
        self._completes = False

    def _on_mode(self) -> None:
        self._search.complete(())
        self._completes = False
        self._grid.set_filter("" if self._search.searches_content else self._search.sought)

    def _on_text(self, text: str) -> None:
        """Names are filtered at once; what pictures show is looked for at Enter, and let go with the last letter."""
        self._waits = False
        if not self._search.searches_content:
            self._grid.set_filter(text)
            return
        self._complete()
        if not text:
            self._session.selection.clear()
            self._grid.set_filter("")

    def _complete(self) -> None:
        """Offer the words that the model knows, once somebody begins to write; reading them takes a moment."""
        models, tree = self._models, None
        if not self._completes and not models.is_empty and knows_classes(models.model_name):
            tree = known_words()
        if tree is not None:
            self._completes = True
            self._search.complete([name for word in tree.words for name in (word.name, word.chinese)])

    def _find(self) -> None:
        text = self._search.sought.strip()
        if not text or not self._search.searches_content:
            return
        records = records_among(self._session.images)
        model, finder = self._models.model_name, self._finder
        self._session.selection.select([])  # what was found before is not what is looked for now
        if knows_classes(model) and not self._is_known(text):
            return
        self._waits = True

        def work(task: Task) -> FoundImages:
            return finder.find_by_text(text, records, model, task)

        self._jobs.run(self.tr("Searching"), work, about_open_project(self._session, self._show))

    def _is_known(self, text: str) -> bool:
        """What is no word that the model knows is told at once, with those that may be meant."""
        try:
            require_known(text)
        except UserFacingError as error:
            said = f"{told(error.summary)} {told(error.remedy)}"
            self._grid.show_ranked(f"{text}  ·  0", np.empty(0, np.int32), said)
            self._jobs.say(said)
            return False
        return True

    def _show(self, result: FoundImages) -> None:
        """What was chosen since it was asked for stays: then it is only told."""
        best = result.best[result.best < len(self._session.images)].astype(np.int32)
        if self._waits:
            self._waits = False
            self._session.selection.select(best if result.count is not None else [])
            self._grid.show_ranked(f"{result.text}  ·  {len(best):,}", best, self._told(result))
        self._jobs.say(self._told(result))

    def _on_choice(self) -> None:
        self._waits = False

    def _told(self, result: FoundImages) -> str:
        if not len(result.images):
            return self.tr("This model has looked at none of the pictures yet.")
        if result.count == 0:
            return self.tr("Nothing here looks like “{0}”.").format(result.text)
        if result.count is None:
            return self.tr("Nothing stands out for “{0}”: all pictures, the nearest first.").format(result.text)
        return self.tr("%n picture(s) show “{0}”, the best first.", "", result.count).format(result.text)


def _build(parts: Parts) -> Handlers:
    views = parts.views
    describing = Describing(parts.workplace)
    Searching(parts.session, views, parts.jobs, describing)
    alike = FindingAlike(parts.session, views, parts.jobs, parts.pictures, describing)
    return {
        "actionSearch": views.search.begin_search,
        "actionFindSimilar": alike.find_like_selected,
        "actionLessLike": alike.less_like_selected,
    }


FEATURE = Feature(
    "finding",
    _build,
    (
        ActionRow(
            EDIT, 50, "actionSearch", QT_TRANSLATE_NOOP("actions", "&Search"), shortcut="Ctrl+F", needs=Needs.NAMES
        ),
        ActionRow(
            VIEW,
            32,
            "actionFindSimilar",
            QT_TRANSLATE_NOOP("actions", "&Find similar, over all"),
            shortcut="F",
            needs=Needs.SELECTION,
            tip=QT_TRANSLATE_NOOP("actions", "All pictures in one list, those most like the selected ones first"),
            on_picture=10,
        ),
        ActionRow(
            VIEW,
            33,
            "actionLessLike",
            QT_TRANSLATE_NOOP("actions", "&Less like these"),
            shortcut="Shift+F",
            needs=Needs.SELECTION,
            tip=QT_TRANSLATE_NOOP("actions", "The same list again, those like the selected ones further down"),
            on_picture=11,
        ),
    ),
    page=3,
)
