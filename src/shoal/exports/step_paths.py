"""Where the files of an export's steps are: under their final names, and while they are being written."""

from dataclasses import dataclass
from pathlib import Path

from shoal.domain.errors import ExportRefused
from shoal.domain.export_journal import Step
from shoal.domain.images import Snapshot
from shoal.domain.sentence import Sentence
from shoal.files.safe_files import is_folder, look


@dataclass(frozen=True, slots=True)
class StepPaths:
    """`export_id` is in every temporary name, so that nobody else's file can have it."""

    export_id: str
    root: Path

    def target(self, step: Step) -> Path:
        return self.root / step.target

    def source(self, step: Step) -> Path:
        """Of a step that has one. What lay in the export folder itself has gone with it."""
        if step.source is None:
            raise ValueError(f"step {step.number} has no source")
        return self.root / step.source

    def temporary(self, step: Step) -> Path:
        return self.temporary_in(self.target(step).parent, step)

    def temporary_in(self, folder: Path, step: Step) -> Path:
        return folder / f".shoal-{self.export_id}-{step.number}.part"

    def is_on_drive(self, step: Step, file: Snapshot) -> bool:
        """Whether a file can get the target's name without being copied."""
        folder = look(self.target(step).parent)
        return folder is not None and folder.device == file.device

    def refuse_detours(self, folder: Path) -> None:
        """Every folder from the root down to this one is a real one: a link could lead out of the export."""
        while folder != self.root and folder.is_relative_to(self.root):
            if look(folder) is not None and not is_folder(folder):
                raise ExportRefused(
                    Sentence("{folder} is no longer a folder.", folder=folder),
                    Sentence("Choose another export folder."),
                )
            folder = folder.parent


def is_inside(step: Step) -> bool:
    """Whether the step only gives a file in the export folder another place there."""
    return step.source is not None and not step.source.is_absolute()
