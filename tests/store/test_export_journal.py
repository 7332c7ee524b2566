import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from shoal.domain.errors import ExportRefused
from shoal.domain.export_journal import ExportHeader, FolderRecord, Step, StepState
from shoal.domain.images import ContentHash, FileStamp, Snapshot
from shoal.domain.sentence import Sentence
from shoal.store.export_journal import create_journal, journal_ids, journal_path, look_into, open_journal, read_header

HEADER = ExportHeader("ab" * 16, Path("/out"), "copy", "2026-05-31T00:00:00+00:00")
NOT_TEXT = Path("/pictures/\udcff\udcfe.jpg")
STEPS = [
    Step(0, "write", None, Path("clusters.csv")),
    Step(1, "copy", NOT_TEXT, Path("birds/a.jpg"), FileStamp(5, -7), ContentHash("00" * 16)),
    Step(2, "move", Path("/pictures/b.jpg"), Path("b"), FileStamp(2**40, 2**62), None, StepState.STARTED,
         Snapshot(2**64 - 1, 2**64 - 1, 0, -1), Sentence("because"), Path("/pictures/\udcff.jpg"), "companion", "key"),
]  # fmt: skip


@pytest.fixture
def journal(tmp_path):
    with create_journal(tmp_path, HEADER, STEPS, {0: b"path\n"}) as journal:
        yield journal


def test_what_was_written_is_there_after_a_restart(tmp_path, journal):
    journal.remember_folders([FolderRecord(Path("/out"), True), FolderRecord(Path("/p"), False, 3, "x", Path("/"))])
    journal.remember_folders([FolderRecord(Path("/out"), False, 9)])
    journal.update([replace(STEPS[1], state=StepState.WRITTEN)])
    journal.set_finished()
    journal.close()
    with open_journal(tmp_path, HEADER.id) as again:
        assert again.steps() == [STEPS[0], replace(STEPS[1], state=StepState.WRITTEN), STEPS[2]]
        assert again.content(0) == b"path\n"
        assert again.folders() == [FolderRecord(Path("/out"), True), FolderRecord(Path("/p"), False, 3, "x", Path("/"))]
        assert again.header() == replace(HEADER, finished=True)
        again.set_undone()
        again.set_continued()
        assert again.header() == replace(HEADER, finished=True, undone=True, continued=True)


def test_contents_go_when_they_are_written(journal):
    journal.update([replace(STEPS[0], state=StepState.DONE)])
    with pytest.raises(TypeError):
        journal.content(0)


def test_a_journal_of_version_2_is_read_and_says_nothing_of_families(tmp_path, journal):
    journal.close()
    with closing(sqlite3.connect(journal_path(tmp_path, HEADER.id))) as old:
        for column in ("picture", "role", "key"):
            old.execute(f"ALTER TABLE step DROP COLUMN {column}")
        old.execute("PRAGMA user_version = 2")
    with open_journal(tmp_path, HEADER.id) as again:
        assert again.steps() == [*STEPS[:2], replace(STEPS[2], picture=None, role="", key="")]
        again.update([replace(STEPS[1], role="picture")])
        assert again.steps()[1].role == "picture"


def test_what_stands_is_told_without_what_does_not_yet(journal):
    journal.update([replace(STEPS[1], state=StepState.DONE, made=Snapshot(1, 2, 3, 4), role="picture")])
    done, doubtful = journal.exported()
    assert (done.target, done.source, done.role, done.made_size) == ("birds/a.jpg", str(NOT_TEXT), "picture", 3)
    assert (doubtful.target, doubtful.state, doubtful.picture) == ("b", "started", "/pictures/\udcff.jpg")


def test_one_export_is_worked_on_by_one_program(tmp_path, journal):
    with pytest.raises(ExportRefused, match="another window"):
        open_journal(tmp_path, HEADER.id)
    assert read_header(tmp_path, HEADER.id) is None
    journal.close()
    assert read_header(tmp_path, HEADER.id) == HEADER


def test_several_may_look_into_one_at_a_time_and_then_nobody_works_on_it(tmp_path, journal):
    journal.close()
    with look_into(tmp_path, HEADER.id) as one, look_into(tmp_path, HEADER.id) as other:
        assert one.steps() == other.steps() == STEPS
        assert read_header(tmp_path, HEADER.id) == HEADER
    with open_journal(tmp_path, HEADER.id) as again:
        again.set_finished()
        with pytest.raises(ExportRefused, match="another window"):
            look_into(tmp_path, HEADER.id)


def test_journals_are_listed(tmp_path, journal):
    assert journal_ids(tmp_path) == [HEADER.id]
    assert journal_ids(tmp_path / "nowhere") == []
    assert open_journal(tmp_path, "cd" * 16) is None
    assert read_header(tmp_path, "cd" * 16) is None


@pytest.mark.parametrize("content", [b"", b"not a database at all, but long enough to be looked at" * 100])
def test_a_damaged_journal_is_refused(tmp_path, content):
    journal_path(tmp_path, HEADER.id).write_bytes(content)
    with pytest.raises(ExportRefused, match="damaged"):
        open_journal(tmp_path, HEADER.id)
    assert read_header(tmp_path, HEADER.id) is None


def test_a_journal_of_a_newer_version_is_refused(tmp_path, journal):
    journal.close()
    db = sqlite3.connect(journal_path(tmp_path, HEADER.id))
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(ExportRefused, match="newer"):
        open_journal(tmp_path, HEADER.id)
