"""Sample pictures, drawn by the program, for those who want to try it."""

from pathlib import Path

from PySide6.QtCore import QObject

from shoal.domain.task import Task
from shoal.features.recent.welcome import Welcome
from shoal.qt.jobs import Jobs
from shoal.widgets.feature import Opener


class Samples(QObject):
    def __init__(self, welcome: Welcome, opener: Opener, jobs: Jobs, folder: Path) -> None:
        super().__init__(welcome)
        self._opener, self._jobs, self._folder = opener, jobs, folder
        welcome.sample_requested.connect(self._draw)

    def _draw(self) -> None:
        from shoal.samples.demo_pictures import (  # noqa: PLC0415 - the window must not wait for it
            sample_pictures,
            write_sample_pictures,
        )

        folder = self._folder

        def work(task: Task) -> Path:
            folder.mkdir(parents=True, exist_ok=True)
            write_sample_pictures(folder, sample_pictures(), task)
            return folder

        self._jobs.run(self.tr("Drawing sample pictures"), work, self._opener.open_unless_another())
