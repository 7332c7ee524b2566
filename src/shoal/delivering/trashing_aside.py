"""Duplicates into the system's trash, with all that belongs to them, and back. What stays of each group is looked at
again before the rest of it goes: the last of several copies never does."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from shoal.delivering.earlier import real_folder
from shoal.domain.companions import Role
from shoal.domain.export_journal import ExportHeader, ExportJournal, Step
from shoal.domain.images import ImageRecord
from shoal.domain.sentence import NOTHING, Sentence
from shoal.domain.task import Task
from shoal.exports.throwing_away import Thrown, bring_back, place, settle, throw_away
from shoal.files.safe_files import look_at_file
from shoal.files.trash import MoveToTrash
from shoal.store.export_journal import create_journal, journal_ids, open_journal, read_header

JOURNALS = "trash"
"""The folder of these journals, beside those of exports."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """A picture that is to go, and those for whose sake it may: at least one of them is still as it was looked at."""

    record: ImageRecord
    stays: Sequence[ImageRecord]


def to_trash_aside(leaving: Sequence[Leaving], folder: Path, journals: Path, move: MoveToTrash, task: Task) -> Thrown:
    """`folder`: that of the pictures, by which it is called back. Raises Cancelled and UserFacingError."""
    journals /= JOURNALS
    _settle_all(journals)
    if not leaving:
        return Thrown()
    stays = {picture.record.path: picture.stays for picture in leaving}

    def may_go(picture: Step) -> Sentence:
        remains = any(_is_as_it_was(copy) for copy in stays[place(picture)])
        return NOTHING if remains else Sentence("nothing that was to stay of its group is there as it was")

    header = ExportHeader(uuid4().hex, real_folder(folder), "move", datetime.now(UTC).isoformat(), trash=True)
    with create_journal(journals, header, list(_steps(leaving)), {}) as journal:
        return throw_away(journal, move, may_go, task)


def bring_back_from_trash(folder: Path, journals: Path, task: Task) -> Thrown | None:
    """What went there from this folder the last time and was not brought back; None if there is no such time."""
    last = next((header for header in past_trashings(journals) if header.root == real_folder(folder)), None)
    return None if last is None else bring_back_that(last.id, journals, task)


def bring_back_that(id_: str, journals: Path, task: Task) -> Thrown:
    """What went to the trash that time. Raises Cancelled and UserFacingError."""

    def back(journal: ExportJournal) -> Thrown:
        settle(journal)
        return bring_back(journal, task)

    return _with_journal(journals / JOURNALS, id_, back)


def past_trashings(journals: Path) -> list[ExportHeader]:
    """Those of which something is still in the trash as far as is known, the newest first."""
    headers = [read_header(journals / JOURNALS, id_) for id_ in journal_ids(journals / JOURNALS)]
    waiting = [header for header in headers if header is not None and not header.undone]
    return sorted(waiting, key=lambda header: header.made_at, reverse=True)


def _steps(leaving: Sequence[Leaving]) -> Iterator[Step]:
    files = [
        (picture.record, file)
        for picture in leaving
        for file in (*picture.record.companions[::-1], picture.record.path)
    ]
    for number, (record, file) in enumerate(files):
        is_picture = file == record.path
        stamp = record.stamp if is_picture else None
        role: Role = "picture" if is_picture else "sidecar"
        yield Step(number, "trash", file, Path(), stamp, picture=record.path, role=role)


def _is_as_it_was(record: ImageRecord) -> bool:
    now = look_at_file(record.path)
    return now is not None and now.stamp == record.stamp


def _settle_all(journals: Path) -> None:
    for id_ in journal_ids(journals):
        header = read_header(journals, id_)
        if header is not None and not header.finished:
            _with_journal(journals, id_, _settled)


def _settled(journal: ExportJournal) -> Thrown:
    settle(journal)
    journal.set_finished()
    return Thrown()


def _with_journal(journals: Path, id_: str, do: Callable[[ExportJournal], Thrown]) -> Thrown:
    journal = open_journal(journals, id_)
    if journal is None:
        return Thrown()
    with journal:
        return do(journal)
