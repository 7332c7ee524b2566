"""Where the clusters go: the choices, and the whole plan before anything happens."""

import html
import os
from collections.abc import Callable, Iterator, Sequence, Set
from functools import partial
from pathlib import Path
from typing import get_args

from PySide6.QtCore import QLocale, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from shoal.delivering.documents import DOCUMENTS
from shoal.delivering.recipe_file import DOCUMENT as RECIPE
from shoal.domain.errors import UserFacingError
from shoal.domain.export_plan import EDITED_THROUGH_LINKS, TABLES, Action, ExportOptions, ExportPlan, PlannedFile
from shoal.domain.task import Task
from shoal.features.exporting.choices import in_two_columns
from shoal.features.exporting.plan_view import MOST_ROWS, PlanView, view_of
from shoal.features.exporting.template_field import TemplateField
from shoal.features.exporting.which_pictures import WhichPictures
from shoal.qt.latest import LatestOnly
from shoal.widgets.fitting import resize_within_screen
from shoal.widgets.named import named
from shoal.widgets.translation import QT_TRANSLATE_NOOP, told, translated

MakePlan = Callable[[Path, ExportOptions, Task], ExportPlan]
"""Runs on a pool thread; looks at the disk, touches nothing. Raises UserFacingError, and Cancelled if the task is."""

MILLISECONDS_AFTER_TYPING = 250

_ACTIONS: dict[Action, str] = {
    "copy": QT_TRANSLATE_NOOP("export", "Copy the pictures"),
    "move": QT_TRANSLATE_NOOP("export", "Move the pictures (the originals leave their folder)"),
    "hardlink": QT_TRANSLATE_NOOP("export", "Hard links (no space, same drive only)"),
    "symlink": QT_TRANSLATE_NOOP("export", "Symbolic links"),
    "reflink": QT_TRANSLATE_NOOP("export", "Clones (no space, where the drive can)"),
}


class ExportDialog(QDialog):
    """Makes a new plan whenever a choice changes; `export_chosen` carries the plan that the user saw."""

    export_chosen = Signal(object)

    def __init__(
        self,
        make_plan: MakePlan,
        folder: Path,
        parent: QWidget,
        has_objects: bool = False,
        which: WhichPictures | None = None,
    ) -> None:
        """`which`: where one chooses among the pictures; `make_plan` asks it."""
        super().__init__(parent)
        self.setObjectName("exportDialog")
        self.setWindowTitle(self.tr("Export"))
        resize_within_screen(self, QSize(860, 760))
        self._make_plan = make_plan
        self._plan: ExportPlan | None = None
        self._planner = LatestOnly("planning an export")
        self._task = Task()
        self._soon = QTimer(self, singleShot=True, interval=MILLISECONDS_AFTER_TYPING)
        self._soon.timeout.connect(self._ask)
        layout = QVBoxLayout(self)
        layout.addLayout(self._form(folder, has_objects))
        if which is not None:
            layout.addWidget(which)
            which.changed.connect(self._change)
        layout.addWidget(self._plan_table(), 1)
        self._summary = named(QLabel(), "exportSummary")
        self._summary.setWordWrap(True)
        layout.addWidget(self._summary)
        layout.addWidget(self._buttons())
        self._ask()

    def done(self, result: int) -> None:
        """At once, however long the plan would still take: it is told to stop, and nobody waits for it."""
        self._soon.stop()
        self._task.cancel()
        self._planner.shutdown()
        super().done(result)

    def _form(self, folder: Path, has_objects: bool) -> QFormLayout:
        self._folder = named(QLineEdit(str(folder)), "exportFolder", self.tr("Folder to write to"))
        browse = named(QPushButton(self.tr("Choose ...")), "exportBrowse")
        browse.clicked.connect(self._browse)
        row = QHBoxLayout()
        row.addWidget(self._folder, 1)
        row.addWidget(browse)
        self._action = named(QComboBox(), "exportAction", self.tr("How"))
        for action in get_args(Action):
            self._action.addItem(translated("export", _ACTIONS[action]), action)
        self._template = TemplateField()
        form = QFormLayout()
        form.addRow(self.tr("To"), row)
        form.addRow(self.tr("How"), self._action)
        form.addRow(self.tr("Names"), self._template)
        form.addRow("", self._choices(has_objects))
        self._folder.textChanged.connect(self._change)
        self._template.changed.connect(self._change)
        self._action.currentIndexChanged.connect(self._change)
        return form

    def _choices(self, has_objects: bool) -> QWidget:
        self._boxes = {
            "include_unsorted": self._box(self.tr("Unsorted as well"), "exportUnsorted", True),
            "sidecars": self._box(self.tr("XMP sidecars (cluster, stars, labels)"), "exportSidecars", False),
            "crops": self._box(self.tr("Objects, cut out, instead of whole pictures"), "exportCrops", False),
            "bring_back": self._box(self.tr("Bring back what was thrown away there"), "exportBringBack", False),
            "companions": self._box(
                self.tr("What belongs to a picture travels along (RAW, sidecars ...)"), "exportCompanions", True
            ),
        }
        self._documents = {
            spec.name: self._box(told(spec.label), f"exportDocument_{spec.name}", spec.name in (*TABLES, RECIPE))
            for spec in DOCUMENTS
        }
        for needs_a_file in (self._action, self._boxes["companions"]):
            self._boxes["crops"].toggled.connect(needs_a_file.setDisabled)
        self._boxes["crops"].setParent(self)
        self._boxes["crops"].setVisible(has_objects)
        offered = [box for name, box in self._boxes.items() if has_objects or name != "crops"]
        pairs = [box for name, box in self._documents.items() if name != RECIPE]
        return in_two_columns([offered, pairs, [self._documents[RECIPE]]])

    def _plan_table(self) -> QTableWidget:
        self._table = named(QTableWidget(0, 2), "exportPlan", self.tr("What will happen"))
        self._table.setHorizontalHeaderLabels([self.tr("Picture"), self.tr("Becomes")])
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.verticalHeader().hide()
        self._table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self._table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self._table.setAlternatingRowColors(True)
        self._table.setTabKeyNavigation(False)
        return self._table

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._export = buttons.addButton(self.tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._export.setObjectName("exportGo")
        buttons.accepted.connect(self._accept_plan)
        buttons.rejected.connect(self.reject)
        return buttons

    def _box(self, text: str, name: str, checked: bool) -> QCheckBox:
        box = named(QCheckBox(text), name)
        box.setChecked(checked)
        box.toggled.connect(self._change)
        return box

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Folder to write to"), self._folder.text())
        if chosen:
            self._folder.setText(chosen)

    def _change(self) -> None:
        self._plan = None
        self._export.setEnabled(False)
        self._soon.start()

    def _options(self) -> ExportOptions:
        chosen = {name: box.isChecked() for name, box in self._boxes.items()}
        action: Action = "copy" if chosen["crops"] else self._action.currentData()
        documents = tuple(name for name, box in self._documents.items() if box.isChecked())
        return ExportOptions(action, self._template.template, documents=documents, **chosen)

    def _ask(self) -> None:
        """The plan before, which nobody wants any more, stops; what it still answers is not heard."""
        self._task.cancel()
        self._task = task = Task()
        self._export.setEnabled(False)
        self._summary.setText(self.tr("Looking at the folder ..."))
        plan = partial(self._try_to_plan, self._make_plan, Path(self._folder.text()), self._options(), task)
        self._planner.request(plan, partial(self._on_planned, task))

    @staticmethod
    def _try_to_plan(
        make_plan: MakePlan, folder: Path, options: ExportOptions, task: Task
    ) -> PlanView | UserFacingError:
        """On a pool thread."""
        try:
            return view_of(make_plan(folder, options, task))
        except UserFacingError as problem:
            return problem

    def _on_planned(self, task: Task, result: PlanView | UserFacingError) -> None:
        """A plan for what was chosen before something else was is no plan any more, however late it comes."""
        if self._soon.isActive() or task is not self._task:
            return
        if isinstance(result, UserFacingError):
            self._table.setRowCount(0)
            self._template.show_problem(f"{told(result.summary)} {told(result.remedy)}")
            self._summary.clear()
            return
        self._plan = result.plan
        self._show_plan(result)
        self._export.setEnabled(result.plan.fits and result.has_something_to_do)

    def _show_plan(self, view: PlanView) -> None:
        """What is left out comes first: it is what one would want to know."""
        plan = view.plan
        rows = [(file.path, self.tr("stays behind: {0}").format(told(file.reason))) for file in view.left_out]
        rows += [(file.path, told(file.reason)) for file in view.notes]
        rows += [(path, self.tr("makes room")) for path in view.set_aside]
        rows += [(file.source.path, self._becomes(file, plan, view.renamed)) for file in view.files]
        above = _common_folder([source for source, _became in rows])
        self._table.setRowCount(len(rows))
        for row, (source, became) in enumerate(rows):
            for column, text in enumerate((os.path.relpath(source, above) if above else str(source), became)):
                item = QTableWidgetItem(text)
                item.setToolTip(html.escape(str(source) if column == 0 else became))
                self._table.setItem(row, column, item)
        first = next(iter(view.files), None)
        self._template.show_example(os.path.relpath(first.target, plan.root) if first else "")
        self._summary.setText(self._in_words(view))

    def _becomes(self, file: PlannedFile, plan: ExportPlan, renamed: Set[Path]) -> str:
        target = os.path.relpath(file.target, plan.root)
        if file.earlier is not None:
            return self.tr("{0} (until now {1})").format(target, os.path.relpath(file.earlier, plan.root))
        if file.present:
            return self.tr("{0} (there already)").format(target)
        return self.tr("{0} (the name was taken)").format(target) if file.target in renamed else target

    def _in_words(self, view: PlanView) -> str:
        locale, plan = QLocale(), view.plan
        sentences = [self.tr("%n file(s) to write.", "", view.written), *self._changes_in_words(view)]
        if view.companions:
            sentences.append(self.tr("%n file(s) that belong to pictures go with them.", "", view.companions))
        if len(plan.files) > MOST_ROWS:
            sentences.append(self.tr("The table shows the first {0}.").format(MOST_ROWS))
        needed = locale.formattedDataSize(plan.bytes_needed)
        free = "?" if plan.free_bytes is None else locale.formattedDataSize(plan.free_bytes)
        sentences.append(self.tr("Needs {0}, free: {1}.").format(needed, free))
        if not plan.fits:
            sentences.append(self.tr("That does not fit. Choose another folder."))
        if plan.conflicts:
            sentences.append(self.tr("%n name(s) were taken and got a number.", "", len(plan.conflicts)))
        if plan.left_out:
            sentences.append(self.tr("%n file(s) cannot be exported.", "", len(plan.left_out)))
        if plan.options.action == "hardlink":
            sentences.append(told(EDITED_THROUGH_LINKS))
        return " ".join(sentences)

    def _changes_in_words(self, view: PlanView) -> Iterator[str]:
        """Of a folder that was exported into before."""
        if view.moved:
            yield self.tr("%n file(s) there already get another place.", "", view.moved)
        if view.makes_room:
            yield self.tr("%n file(s) there make room; undo brings them back.", "", view.makes_room)
        if view.notes:
            yield self.tr("%n file(s) there stay as you have them.", "", len(view.plan.notes))

    def _accept_plan(self) -> None:
        if self._plan is not None:
            plan = self._plan
            self.accept()
            self.export_chosen.emit(plan)


def _common_folder(paths: Sequence[Path]) -> str:
    """The folder that holds them all, "" where there is none (other drives)."""
    try:
        return os.path.commonpath([path.parent for path in paths]) if paths else ""
    except ValueError:
        return ""
