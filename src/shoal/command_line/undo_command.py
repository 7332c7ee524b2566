"""`shoal undo-export`: take back what was written to a folder."""

from argparse import Namespace
from importlib import import_module

from shoal.command_line.lists import counted, listed, skipped_lines
from shoal.command_line.terminal import Answer, printable
from shoal.delivering.exporting import trash_what_stayed, undo_export
from shoal.domain.errors import UserFacingError
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.exports.trashing import Trashed
from shoal.files.trash import MoveToTrash
from shoal.setup.locations import user_locations


def run(arguments: Namespace, task: Task) -> Answer:
    """Exit code 1 if something had to stay: the lines say what, and why."""
    folder = arguments.folder.absolute()
    journals = user_locations().export_journals
    outcome, trashed = undo_export(folder, journals, task), Trashed()
    kept, folders = outcome.kept, outcome.kept_folders
    if arguments.trash_kept and outcome.trashable:
        files = [file.path for file in outcome.trashable]
        trashed = trash_what_stayed(folder, files, journals, system_trash("--trash-kept"), task)
        others = [path for path in kept if path.path not in files]
        kept, folders = (*others, *trashed.kept), trashed.kept_folders
    lines = (
        f"Took back {counted(outcome.undone, 'file')} in {printable(folder)}.",
        *listed("What other programs have put beside pictures went with them:", list(map(str, outcome.went_home))),
        *listed(f"Moved {counted(len(trashed.moved), 'file')} to the trash:", list(map(str, trashed.moved))),
        *skipped_lines(kept),
        *(f"{printable(folder)} is not empty and stays." for folder in folders),
    )
    return Answer(lines, {}, 1 if kept else 0)


def system_trash(option: str) -> MoveToTrash:
    """Qt's, loaded only when it is asked for, by an option: the command line works without Qt."""
    try:
        move: MoveToTrash = import_module("shoal.qt.trash").move_to_trash
    except ImportError as error:
        raise UserFacingError(
            Sentence("The trash cannot be reached: PySide6 is not installed."),
            Sentence("Install it, or leave out {option}.", option=option),
        ) from error
    return move
