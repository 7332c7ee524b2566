"""Duplicates in the grid: group by group, what may go already selected; nothing goes before somebody says so."""

from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject

from shoal.domain.edits import mark_images
from shoal.domain.extension_points import USUAL_MODEL
from shoal.domain.images import ImageRecord
from shoal.domain.marks import PICK_REJECTED
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.domain.verdicts import FLAG
from shoal.features.duplicates.asking import Asking
from shoal.features.duplicates.clearing import Clearing
from shoal.features.duplicates.duplicates_bar import DuplicatesBar
from shoal.looking.snapshot import records_among
from shoal.projects.copy_questions import CopyQuestions
from shoal.projects.duplicates import (
    CopyRule,
    DuplicateGroup,
    Duplicates,
    DuplicateSearch,
    Workshop,
    search_duplicates,
    taught_rule,
)
from shoal.qt.cluster_model import ALL
from shoal.qt.latest import LatestOnly
from shoal.qt.selection import Ids
from shoal.qt.session import about_open_project
from shoal.widgets.actions import VIEW, ActionRow, Needs
from shoal.widgets.feature import Feature, Handlers, Parts
from shoal.widgets.grid_layout import Section
from shoal.widgets.translation import QT_TRANSLATE_NOOP


class DuplicatesView(QObject):
    def __init__(self, parts: Parts) -> None:
        session, views = parts.session, parts.views
        super().__init__(parts.window)
        self._window = parts.window
        self._session, self._views, self._jobs, self._editing = session, views, parts.jobs, parts.editing
        self._workplace, self._opener, self._bar = parts.workplace, parts.opener, DuplicatesBar()
        journals = parts.workplace.locations.export_journals
        self._clearing = Clearing(parts.window, parts.jobs, parts.editing, journals, parts.opener.refresh)
        self._rule, self._taught_for = taught_rule(USUAL_MODEL), ""
        self._search: DuplicateSearch | None = None
        self._groups: tuple[DuplicateGroup, ...] = ()
        self._worker = LatestOnly("forming groups of duplicates")
        self._bar.hide()
        self._bar.changed.connect(self._regroup)
        self._bar.select_asked.connect(self._select_spare)
        self._bar.reject_asked.connect(self._reject)
        self._bar.move_asked.connect(self._move)
        self._bar.trash_asked.connect(self._trash)
        self._bar.questions_asked.connect(self._ask)
        self._bar.closed.connect(self._close)
        views.grid_presenter.changed_subject.connect(self._on_subject)
        session.images_changed.connect(lambda _stays: self._forget())

    def open(self) -> None:
        """Compare what has to be compared, then show the groups."""
        snapshot = self._session.snapshot
        embeddings, graph = snapshot.embeddings, snapshot.graph
        if embeddings is None or graph is None:
            self._jobs.say(self.tr("The pictures have not been compared yet."))
            return
        records = records_among(snapshot.images)
        here = [records[int(image)] for image in embeddings.rows.ids]
        if any(record.region for record in here):
            self._jobs.say(self.tr("Duplicates are looked for among whole pictures, and objects are sorted here."))
            return
        rule = self._rule_for(self._views.models.model_name)
        tools, pictures = self._workplace.tools, self._workplace.pictures
        workshop = Workshop(tools.caches.features, tools.maths, pictures)

        def work(task: Task) -> DuplicateSearch:
            return search_duplicates(embeddings, graph, here, workshop, rule, task)

        self._jobs.run(self.tr("Looking for duplicates"), work, about_open_project(self._session, self._on_compared))

    @property
    def bar(self) -> DuplicatesBar:
        """What is asked for above the pictures."""
        return self._bar

    def _rule_for(self, model: str) -> CopyRule:
        """As answers have corrected it, as long as it is the same model that looks."""
        if model != self._taught_for:
            self._rule, self._taught_for = taught_rule(model, self._workplace.settings.focus), model
        return self._rule

    def shutdown(self) -> None:
        self._worker.shutdown()

    def _on_compared(self, search: DuplicateSearch) -> None:
        self._search = search
        self._regroup()

    def _regroup(self) -> None:
        search, rule = self._search, self._rule
        if search is not None:
            threshold, keeping = self._bar.threshold, self._bar.keeping
            self._worker.request(
                lambda: search.groups(rule, threshold, keeping, Task()), partial(self._on_groups, search)
            )

    def _on_groups(self, search: DuplicateSearch, duplicates: Duplicates) -> None:
        if search is not self._search:
            return
        kind = self._bar.kind
        self._groups = tuple(group for group in duplicates.groups if not kind or group.kind == kind)
        sections = [Section(self._title(group), ALL, _ids(group.kept + group.spare)) for group in self._groups]
        self._views.grid_presenter.show_found(sections, self.tr("No two pictures are duplicates."), stacked=False)
        self._bar.say(self._told(duplicates))
        self._bar.show()
        self._select_spare()

    def _title(self, group: DuplicateGroup) -> str:
        what = {
            "exact": self.tr("Same file"),
            "pixels": self.tr("Same picture, other metadata"),
            "near": self.tr("Copies"),
            "series": self.tr("One moment"),
        }[group.kind]
        return f"{what}  ·  {len(group.records)}  ·  " + self.tr("{0} stays").format(group.kept[0].path.name)

    def _told(self, duplicates: Duplicates) -> str:
        said = self.tr("%n group(s)", "", len(self._groups)) + ", "
        said += self.tr("%n picture(s) may go, and are selected.", "", len(self._spare()))
        if duplicates.precision is not None and duplicates.pairs:
            wrong = round(1000 * (1 - duplicates.precision))
            said += " " + self.tr("Of 1,000 such pairs about {0} are expected to be no copies.").format(wrong)
        if self._rule.blind:
            said += " " + self.tr("What this model sees is not counted: copies are told by looks alone.")
        return said

    def _spare(self) -> Ids:
        return _ids(tuple(record for group in self._groups for record in group.spare))

    def _select_spare(self) -> None:
        self._session.selection.select(np.sort(self._spare()), initiator=self._views.grid)

    def _reject(self) -> None:
        spare = np.sort(self._spare())
        if len(spare):
            label = Sentence("Reject %n duplicate(s)", n=len(spare))
            self._editing.apply(label, lambda grouping: mark_images(grouping, spare, FLAG, PICK_REJECTED))

    def _move(self, folder: Path) -> None:
        self._clearing.move(self._groups, folder)

    def _trash(self) -> None:
        roots = self._opener.project.roots if self._opener.project else ()
        places = [group.kept[0].path.parent for group in self._groups]
        self._clearing.ask_to_trash(self._groups, next(iter((*roots, *places)), Path()))

    def _ask(self) -> None:
        if self._search is not None:
            questions = CopyQuestions(self._search, self._rule)
            Asking(self._window, self._session, questions, self._take).begin()

    def _take(self, rule: CopyRule) -> None:
        self._rule = rule
        self._regroup()

    def _close(self) -> None:
        self._forget()
        self._views.grid_presenter.show_cards([ALL])

    def _on_subject(self) -> None:
        if self._views.grid_presenter.cards:
            self._forget()

    def _forget(self) -> None:
        self._search, self._groups = None, ()
        self._bar.hide()


def _ids(records: tuple[ImageRecord, ...]) -> Ids:
    return np.array([record.id for record in records], np.int32)


def _build(parts: Parts) -> Handlers:
    view = DuplicatesView(parts)
    parts.places.add_bar(view.bar)
    parts.at_close.append(view.shutdown)
    return {"actionDuplicates": view.open}


FEATURE = Feature(
    "duplicates",
    _build,
    (
        ActionRow(
            VIEW,
            34,
            "actionDuplicates",
            QT_TRANSLATE_NOOP("actions", "&Duplicates"),
            shortcut="Shift+D",
            needs=Needs.CLUSTERS,
            tip=QT_TRANSLATE_NOOP("actions", "Copies, near copies and series of one moment, and which of each may go"),
        ),
    ),
)
