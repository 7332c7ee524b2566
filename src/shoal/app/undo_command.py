"""`shoal undo-export`: take back what was written to a folder."""

from argparse import Namespace

from shoal.app.sorting_report import counted, skipped_lines
from shoal.app.terminal import Answer, printable
from shoal.domain.task import Task
from shoal.services.exporting import undo_export
from shoal.services.locations import user_locations


def run(arguments: Namespace, task: Task) -> Answer:
    """Exit code 1 if something had to stay: the lines say what, and why."""
    folder = arguments.folder.absolute()
    outcome = undo_export(folder, user_locations().export_journals, task)
    lines = (
        f"Took back {counted(outcome.undone, 'file')} in {printable(folder)}.",
        *skipped_lines(outcome.kept),
        *(f"{printable(kept)} is not empty and stays." for kept in outcome.kept_folders),
    )
    return Answer(lines, {}, 1 if outcome.kept else 0)
