"""What was exported into a folder before: found by the markers in it and by its path, read from the journals."""

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from shoal.domain.earlier_exports import EarlierExports, ExportedFile, standing_files
from shoal.domain.errors import ExportRefused
from shoal.domain.export_changes import Before
from shoal.domain.export_journal import ExportHeader
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.exports.folder_records import relocated
from shoal.exports.marker import marked_exports
from shoal.exports.standing import FolderAsItIs
from shoal.exports.strangers import Strangers, made_as
from shoal.imaging.time_taken import time_taken
from shoal.store.export_journal import (
    JournalDamaged,
    SqliteExportJournal,
    journal_ids,
    look_into,
    open_journal,
    read_header,
)

_Export = tuple[Path, Sequence[ExportedFile]]
"""The folder as it was called then, and what was put there."""


def real_folder(folder: Path) -> Path:
    """One name per folder, however it was written or linked to."""
    return Path(os.path.realpath(folder.expanduser()))


def exports_into(root: Path, journals: Path) -> list[ExportHeader]:
    """Newest first: by the markers in the folder, and by what it was called then, for a marker may be lost."""
    marked = set(marked_exports(root))
    headers = [read_header(journals, id_) for id_ in {*marked, *journal_ids(journals)}]
    into = [header for header in headers if header and (header.id in marked or header.root == root)]
    return sorted(into, key=lambda header: header.made_at, reverse=True)


def opened(journals: Path, header: ExportHeader) -> SqliteExportJournal:
    journal = open_journal(journals, header.id)
    if journal is None:
        raise ExportRefused(
            Sentence("The journal of this export has gone."), Sentence("What was exported stays as it is.")
        )
    return journal


def earlier_exports(root: Path, journals: Path) -> EarlierExports:
    """Everything that exports have put into a folder and nobody has taken back.

    Raises ExportRefused where that cannot be known now: one of them is under way, or is of a newer version.
    """
    exports, made, known = list[_Export](), set[Path](), exports_into(root, journals)
    marked = set(marked_exports(root))
    lost = marked - {header.id for header in known}
    _refuse_unreadable(lost, journals)
    for header in known:
        journal = None if header.undone else look_into(journals, header.id)
        if journal is not None:
            with journal:
                files = journal.exported()
                if header.id in marked or _is_there_still(files, root, exports):
                    exports.append((header.root, files))
                    made |= _made_by(journal, header.root, root)
    standing = standing_files(reversed(exports), lambda target: os.path.lexists(root / target))
    below = {str(folder.relative_to(root)) for folder in made if folder.is_relative_to(root)}
    return EarlierExports(standing, bool(lost), below)


def _is_there_still(files: Sequence[ExportedFile], root: Path, newer: Sequence[_Export]) -> bool:
    """Whether the folder is the one that an export went into whose marker is not there, or one that was made anew
    under its name after somebody had thrown all of it away."""
    newer_files = [file for _root, of in newer for file in of]
    moved_on = {file.source for file in newer_files if not os.path.isabs(file.source)}
    if any(file.target in moved_on for file in files):
        return True
    written = {file.target for file in newer_files}
    if any(file.target not in written and os.path.lexists(root / file.target) for file in files):
        return True
    strangers = Strangers(root, written, {file.source for file in files}, {})
    return any(strangers.moved(file.name, made_as(file)) for file in files if file.made_inode)


def _refuse_unreadable(ids: Iterable[str], journals: Path) -> None:
    """A journal that is missing or damaged tells nothing any more; what another one tells has to be known."""
    for id_ in ids:
        with suppress(JournalDamaged):
            journal = look_into(journals, id_)
            if journal is not None:
                journal.close()
                raise ExportRefused(
                    Sentence("This export is being worked on by another window."), Sentence("Wait until it is done.")
                )


def what_was_before(root: Path, journals: Path, task: Task, source_roots: Sequence[Path]) -> Before:
    """What earlier exports left in a folder, and the folder as it is now."""
    exports = earlier_exports(root, journals)
    return Before(exports, FolderAsItIs(root, exports.by_target, time_taken, task.check, source_roots))


def folders_made(root: Path, journals: Path) -> set[Path]:
    """The folders that exports into this one have made, as they are called now."""
    made: set[Path] = set()
    for header in exports_into(root, journals):
        journal = None if header.undone else look_into(journals, header.id)
        if journal is not None:
            with journal:
                made |= _made_by(journal, header.root, root)
    return made


def _made_by(journal: SqliteExportJournal, was: Path, root: Path) -> set[Path]:
    return {relocated(folder.path, was, root) for folder in journal.folders() if folder.created}
