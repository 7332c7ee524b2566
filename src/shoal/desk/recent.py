"""What was open before, and the sample pictures: the first page and the menu entry."""

import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QSettings

from shoal.desk.opening import Opening
from shoal.desk.window_handlers import WindowHandlers
from shoal.domain.task import Task
from shoal.qt.jobs import Announce
from shoal.services.demo_pictures import sample_pictures, write_sample_pictures
from shoal.widgets.main_window import MainWindow

KEY = "recent"
MOST = 6


class SamplesWritten(tuple[Path]):
    """The folder of the sample pictures."""


class Recent(QObject):
    def __init__(
        self, memory: QSettings, window: MainWindow, opening: Opening, handlers: WindowHandlers, samples: Path
    ) -> None:
        super().__init__(window)
        self._memory, self._window, self._opening, self._samples = memory, window, opening, samples
        window.welcome.open_requested.connect(handlers.open_folder)
        window.welcome.recent_chosen.connect(opening.open_paths)
        window.welcome.sample_requested.connect(self._make_samples)
        opening.opened.connect(self._remember)
        opening.finished_work.connect(self._on_finished)
        self._show()
        window.show_welcome(True)

    def _remember(self, roots: Sequence[Path]) -> None:
        entry = [str(root) for root in roots]
        known = [other for other in self._load() if other != entry]
        self._memory.setValue(KEY, json.dumps([entry, *known][:MOST]))
        self._show()

    def _show(self) -> None:
        there = [[Path(root) for root in entry] for entry in self._load()]
        self._window.welcome.show_recent([roots for roots in there if all(root.exists() for root in roots)])

    def _load(self) -> list[list[str]]:
        try:
            entries = json.loads(str(self._memory.value(KEY) or "[]"))
        except ValueError:
            return []
        return [[str(root) for root in entry] for entry in entries if isinstance(entry, list) and entry]

    def _make_samples(self) -> None:
        folder = self._samples

        def work(task: Task, _announce: Announce) -> SamplesWritten:
            folder.mkdir(parents=True, exist_ok=True)
            write_sample_pictures(folder, sample_pictures(), task)
            return SamplesWritten((folder,))

        self._opening.run(self.tr("Drawing sample pictures"), work)

    def _on_finished(self, result: object) -> None:
        if isinstance(result, SamplesWritten):
            self._opening.open_paths(list(result))
