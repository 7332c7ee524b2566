"""Writing the marks into sidecars, when asked, and taking that back."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialogButtonBox, QMessageBox, QWidget

from shoal.delivering.mark_writing import (
    PLANNING,
    TAKING_BACK,
    WRITING,
    MarkPlan,
    MarksWritten,
    SidecarNames,
    last_writing,
    plan_marks,
    take_back,
    write_marks,
)
from shoal.domain.images import ImageRecord, SkippedImage
from shoal.domain.sentence import Sentence
from shoal.domain.verdicts import Verdict
from shoal.looking.snapshot import records_among
from shoal.qt.jobs import Jobs, Kind
from shoal.qt.session import Session
from shoal.setup.settings import save_settings
from shoal.widgets.named import named
from shoal.widgets.translation import told
from shoal.widgets.trouble import show_trouble
from shoal.widgets.views import NoticeBar

if TYPE_CHECKING:  # handed through
    from shoal.projects.workplace import Workplace

MOST_LISTED = 1000


class Writing(QObject):
    def __init__(
        self, window: QWidget, session: Session, jobs: Jobs, workplace: "Workplace", notice_bar: NoticeBar
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._jobs = window, session, jobs
        self._workplace, self._notice_bar = workplace, notice_bar

    @property
    def _records(self) -> Path:
        return self._workplace.locations.mark_records

    def ask(self) -> None:
        """Look at the sidecars of all pictures of which something was said here, then show what would change."""
        names, said = sidecar_names(self._workplace), _said(self._session)
        self._jobs.run(told(PLANNING), lambda task: plan_marks(said, names, task), self._on_planned)

    def take_back(self) -> None:
        records = self._records
        if last_writing(records) is None:
            self._notice_bar.say(Sentence("Nothing was written that could be taken back."))
            return
        self._jobs.run(told(TAKING_BACK), partial(take_back, records), self._on_taken_back, kind=Kind.WRITE)

    def _on_planned(self, plan: MarkPlan) -> None:
        if plan.unasked:
            self._ask_names(plan.unasked)
        elif plan.changes:
            self._show(plan)
        else:
            self._notice_bar.say(Sentence("The sidecars say all of it already."))
            self._tell(plan.lacking)

    def _ask_names(self, count: int) -> None:
        """Once: the answer is a setting."""
        box = named(QMessageBox(self._window), "sidecarNames")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(self.tr("Sidecars"))
        box.setText(self.tr("%n picture(s) have no sidecar yet. Which program is to read it?", "", count))
        box.setInformativeText(self.tr("You are asked once; the settings can change it."))
        for text, names in (
            (self.tr("Lightroom, Capture One, Bridge, Photo Mechanic:  IMG_1.xmp"), "stem"),
            (self.tr("darktable, digiKam:  IMG_1.JPG.xmp"), "full"),
        ):
            button = box.addButton(text, QMessageBox.ButtonRole.AcceptRole)
            button.setObjectName(f"sidecars_{names}")
            button.clicked.connect(partial(self._take_names, names))
        box.addButton(QMessageBox.StandardButton.Cancel)
        for buttons in box.findChildren(QDialogButtonBox):
            buttons.setOrientation(Qt.Orientation.Vertical)  # beside one another they are wider than a small screen
        box.open()

    def _take_names(self, names: str, _checked: bool = False) -> None:
        settings = self._workplace.settings.with_value("sidecar_names", names)
        save_settings(self._workplace.locations.settings_file, settings)
        self._workplace.settings = settings
        self.ask()

    def _show(self, plan: MarkPlan) -> None:
        new = sum(change.before is None for change in plan.changes)
        box = named(QMessageBox(self._window), "marksPlan")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(self.tr("Sidecars"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("Write stars, flags and labels into %n sidecar(s)?", "", len(plan.changes)))
        facts = [self.tr("%n of them are new.", "", new)] if new else []
        facts += [self.tr("%n cannot take them.", "", len(plan.lacking))] if plan.lacking else []
        facts.append(self.tr("Only these fields change; the pictures themselves are not touched."))
        box.setInformativeText(" ".join(facts))
        lines = [str(file.path) for file in plan.changes] + [
            f"{file.path}: {told(file.reason)}" for file in plan.lacking
        ]
        box.setDetailedText("\n".join(lines[:MOST_LISTED]))
        write = box.addButton(self.tr("Write"), QMessageBox.ButtonRole.AcceptRole)
        write.setObjectName("marksWrite")
        write.clicked.connect(lambda: self._write(plan))
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.open()

    def _write(self, plan: MarkPlan) -> None:
        work = partial(write_marks, plan, self._records)
        self._jobs.run(told(WRITING), work, self._on_written, kind=Kind.WRITE)

    def _on_written(self, written: MarksWritten) -> None:
        said = Sentence("%n sidecar(s) written", n=len(written.done))
        self._notice_bar.say(said, self.tr("Take back"), self.take_back)
        self._tell(written.kept)

    def _on_taken_back(self, written: MarksWritten) -> None:
        self._notice_bar.say(Sentence("%n sidecar(s) are as they were", n=len(written.done)))
        self._tell(written.kept)

    def _tell(self, kept: Sequence[SkippedImage]) -> None:
        if kept:
            stays = self.tr("%n sidecar(s) stay as they are.", "", len(kept))
            show_trouble(self._window, stays, "\n".join(f"{file.path}: {told(file.reason)}" for file in kept[:10]))


def sidecar_names(workplace: "Workplace") -> SidecarNames | None:
    """None: nobody has been asked yet."""
    names = workplace.settings.text("sidecar_names")
    return "stem" if names == "stem" else "full" if names == "full" else None


def _said(session: Session) -> list[tuple[ImageRecord, Verdict]]:
    grouping = session.grouping
    if grouping is None:
        return []
    rows = grouping.verdicts.tolist()
    records = records_among(session.images)
    return [(record, (rows[record.id][0], rows[record.id][1], rows[record.id][2])) for record in records]
