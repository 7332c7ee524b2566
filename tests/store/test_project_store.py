import gc
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
import time
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.domain.random_edits import random_patch
from tests.store.some_records import odd_record, record, records
from tests.support.growing import grow

from shoal.domain import edits
from shoal.domain.errors import ProjectInUse, ProjectNotReadable, ProjectTooNew, UserFacingError
from shoal.domain.geometry import ClusterTree, MapLayout, NeighbourGraph, Outliers, Proposal, Rows, StageKey
from shoal.domain.grouping import ClusterId, Patch
from shoal.domain.history import Made
from shoal.domain.images import ImageFacts, ImageId, SkippedImage
from shoal.domain.sentence import Sentence
from shoal.domain.verdicts import COLOUR, FLAG, STARS
from shoal.projects.project import Project, Takeover
from shoal.store import project_journal
from shoal.store.image_rows import as_rows
from shoal.store.migrations import MIGRATIONS
from shoal.store.packed_values import packed
from shoal.store.patch_codec import encode_patch, pack
from shoal.store.project_database import ProjectDatabase
from shoal.store.project_store import ProjectStore, backup_of, restore_backup


@pytest.fixture
def path(tmp_path):
    return tmp_path / "projects" / "birds.shoal"


def opened(store: ProjectStore) -> Project:
    return Project(store.load_grouping(), store.journal)


def edited(path: Path, steps: int = 5, images: int = 1300) -> None:
    """Make a project with images and some steps in it."""
    with ProjectStore(path) as store:
        store.add_images(as_rows(records(images)))
        project, rng = opened(store), random.Random(1)
        for number in range(steps):
            project.apply(Sentence(f"step {number}"), random_patch(project.grouping, rng))


def everything_read(path: Path) -> None:
    with ProjectStore(path) as store:
        store.load_grouping()
        store.load_images()


def tampered(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)


def test_a_new_project_is_empty(path):
    with ProjectStore(path) as store:
        assert not store.read_only
        assert store.load_images() == ()
        assert len(store.load_grouping().home) == 0
        assert store.journal.labels == []
        assert store.kept.load(MapLayout, StageKey("m")) is None
        assert store.journal.made == Made()


def test_images_come_back_as_they_were(path):
    with ProjectStore(path) as store:
        store.add_images(as_rows(records(700)))
        store.add_images(as_rows([odd_record(700), *records(400, 701)]))
        store.update_images(as_rows([record(3)]))
        with pytest.raises(ValueError, match="count on from 1101"):
            store.add_images(as_rows(records(1, 1102)))
        store.add_images([])
    with ProjectStore(path) as store:
        assert store.load_images() == (*records(700), odd_record(700), *records(400, 701))
        assert store.load_grouping().home.tolist() == [0] * 1101


def test_folders_and_problems_come_back(path):
    roots = (Path("/b"), Path("/a"))
    skipped = (
        SkippedImage(Path("/a/1.jpg"), Sentence("it is empty")),
        SkippedImage(Path("/b/\udcff.png"), Sentence("it is cut off")),
    )
    with ProjectStore(path) as store:
        store.save_roots(roots)
        store.save_skipped([SkippedImage(Path("/old"), Sentence("was"))])
        store.save_skipped(skipped)
    with ProjectStore(path) as store:
        assert store.load_roots() == roots
        assert store.load_skipped() == skipped


@pytest.mark.parametrize("seed", range(12))
def test_edits_and_history_outlast_a_restart(path, seed):
    rng, states = random.Random(seed), []
    with ProjectStore(path) as store:
        store.add_images(as_rows(records(1100)))
        project = opened(store)
        states.append(project.grouping)
        for number in range(30):
            project.apply(Sentence(f"step {number}"), random_patch(project.grouping, rng))
            if project.grouping != states[-1]:
                states.append(project.grouping)
        done = len(states) - 1
        for _ in range(5):
            project.undo()
        labels = (project.undo_label, project.redo_label)
    with ProjectStore(path) as store:
        project = opened(store)
        assert project.grouping == states[done - 5]
        assert project.grouping.highest_id == states[done].highest_id
        assert (project.undo_label, project.redo_label) == labels
        for state in states[done - 4 :]:
            project.redo()
            assert project.grouping == state
        for state in reversed(states[:-1]):
            project.undo()
            assert project.grouping == state
        assert project.undo_label is None


def test_a_new_step_forgets_those_undone(path):
    edited(path)
    with ProjectStore(path) as store:
        project = opened(store)
        while project.undo_label:
            project.undo()
        project.apply(Sentence("another way"), edits.create_cluster(project.grouping, "x", [ImageId(1299)]))
    with ProjectStore(path) as store:
        assert list(store.journal.labels) == ["another way"]
        opened(store).undo()


def test_only_the_oldest_steps_are_ever_forgotten(path, monkeypatch):
    monkeypatch.setattr(project_journal, "MOST_STEPS", 3)
    edited(path, steps=0)
    with ProjectStore(path) as store:
        project = opened(store)
        for number in range(6):
            project.apply(Sentence(f"{number}"), edits.create_cluster(project.grouping, f"c{number}"))
        assert project.undo_label == "5"
    with ProjectStore(path) as store:
        project = opened(store)
        assert list(store.journal.labels) == ["3", "4", "5"]
        for _ in range(4):
            project.undo()
        assert len(project.grouping.clusters) == 3


def test_new_pictures_leave_the_history_alone(path):
    edited(path)
    with ProjectStore(path) as store:
        project = opened(store)
        before = project.grouping
        grow(project, 2200, lambda: store.add_images(as_rows(records(900, 1300))))
        project.apply(Sentence("place"), edits.create_cluster(project.grouping, "y", [ImageId(2199), ImageId(0)]))
        project.undo()
        assert project.grouping == before.grown_to(2200)
    with ProjectStore(path) as store:
        assert store.load_grouping() == before.grown_to(2200)


ROWS = Rows(np.arange(3), StageKey("vectors"))
VALUES: list[Any] = [
    MapLayout(StageKey("m"), ROWS, np.array([[0, 1], [2, 3], [4, 5]], np.float32), "pca"),
    Proposal(
        StageKey("p"),
        ROWS,
        np.array([0, 0, -1], np.int32),
        np.array([1], np.int32),
        np.array([0.5], np.float32),
        np.array([0.1, 0.2, 0], np.float32),
        "auto",
    ),
    NeighbourGraph(StageKey("g"), ROWS, np.array([[1], [0], [-1]], np.int32), np.array([[0.1]] * 3, np.float32)),
    ClusterTree(StageKey("t"), ROWS, np.array([2, 0, 1], np.int32), np.array([2, 3], np.int32)),
    Outliers(StageKey("o"), ROWS, np.array([0.5, 0.4, 0.7], np.float32), np.array([0, -1, 3], np.float32)),
]


def same(one: Any, other: Any) -> bool:
    """Whether two values hold the same, field by field."""
    pairs = [(getattr(one, field.name), getattr(other, field.name)) for field in fields(one) if field.name != "rows"]
    return one.rows.are(other.rows) and all(np.array_equal(left, right) for left, right in pairs)


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_derived_values_come_back_by_their_recipe(path, value):
    with ProjectStore(path) as store:
        store.kept.save([packed(StageKey("recipe"), value)])
    with ProjectStore(path) as store:
        assert same(store.kept.load(type(value), StageKey("recipe")), value)
        assert store.kept.load(type(value), StageKey("another")) is None


def test_of_each_kind_the_last_few_recipes_are_kept(path):
    (graph,) = (value for value in VALUES if isinstance(value, NeighbourGraph))
    with ProjectStore(path) as store:
        for number in (*range(5), 1, 5):
            store.kept.save([packed(StageKey(f"recipe {number}"), graph)])
        there = [store.kept.load(NeighbourGraph, StageKey(f"recipe {number}")) is not None for number in range(6)]
    assert there == [False, True, False, True, True, True]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("damage", [b"", b"\0", b"SHB1"])
def test_derived_values_that_are_damaged_are_as_if_lost(path, caplog, value, damage):
    with ProjectStore(path) as store:
        store.kept.save([packed(StageKey("recipe"), value)])
    tampered(path, f"UPDATE kept SET value = x'{damage.hex()}'")
    with ProjectStore(path) as store:
        assert store.kept.load(type(value), StageKey("recipe")) is None
    assert "made anew" in caplog.text


@pytest.mark.parametrize(
    "value",
    [
        replace(VALUES[1], labels=np.array([0, 7, -1], np.int32)),
        replace(VALUES[2], indices=np.array([[1], [9], [-1]], np.int32)),
        replace(VALUES[3], order=np.array([0, 0, 1], np.int32)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_derived_values_that_name_rows_that_are_not_there_are_refused(path, caplog, value):
    with ProjectStore(path) as store:
        store.kept.save([packed(StageKey("recipe"), value)])
        assert store.kept.load(type(value), StageKey("recipe")) is None
    assert "made anew" in caplog.text


A, B = (
    Made(name, StageKey(f"{name} look"), StageKey(f"{name} map"), StageKey(f"{name} clusters"), moment)
    for name, moment in (("A", 0.0), ("B", 0.25))
)


def test_what_clusters_were_made_with_goes_along_with_undo_and_redo(path):
    edited(path)
    with ProjectStore(path) as store:
        project = opened(store)
        grouping = project.grouping
        project.take_over(Takeover(Sentence("first"), grouping, Patch(), A))
        project.take_over(Takeover(Sentence("second"), grouping, edits.create_cluster(grouping, "x"), B))
        project.undo()
        assert project.made == A
    with ProjectStore(path) as store:
        project = opened(store)
        assert project.made == A
        project.redo()
        assert project.made == B
    with ProjectStore(path) as store:
        assert opened(store).made == B


@pytest.mark.parametrize("said", ["", "[1]", '["a", "b"]', "{", "null"])
def test_what_clusters_were_made_with_is_forgotten_where_it_is_damaged(path, said, caplog):
    edited(path)
    tampered(path, f"INSERT OR REPLACE INTO project VALUES ('made', '{said}')", f"UPDATE step SET turn = '{said}'")
    with ProjectStore(path) as store:
        project = opened(store)
        assert project.made == Made()
        project.undo()
        assert project.made == Made()


def test_what_belongs_to_a_step_is_kept_with_it_or_not_at_all(path):
    edited(path)
    with ProjectStore(path) as store:
        project = opened(store)
        before = project.grouping

        def fail() -> None:
            store.add_images(as_rows(records(10, 1300)))
            raise OSError("the drive went away")

        with pytest.raises(OSError, match="went away"):
            grow(project, 1310, fail)
        assert (project.grouping, len(store.load_images())) == (before, 1300)
        project.apply(Sentence("goes on"), edits.create_cluster(before, "x", [ImageId(1)]))
        assert store.load_grouping() == project.grouping


def test_the_second_to_open_can_only_look(path):
    edited(path)
    with ProjectStore(path) as first, ProjectStore(path) as second:
        assert (first.read_only, second.read_only) == (False, True)
        assert second.load_grouping() == first.load_grouping()
        project = opened(second)
        before = project.grouping
        with pytest.raises(ProjectInUse, match="open in another window"):
            project.undo()
        assert project.grouping == before
        opened(first).undo()
    with ProjectStore(path) as store:
        assert not store.read_only


def test_a_project_from_the_future_is_refused_untouched(path):
    edited(path)
    tampered(path, f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    before = path.read_bytes()
    with pytest.raises(ProjectTooNew, match="newer version"):
        ProjectStore(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "statements",
    [
        ["PRAGMA application_id = 7"],
        ["CREATE VIEW v AS SELECT * FROM image"],
        ["CREATE TRIGGER t AFTER INSERT ON step BEGIN DELETE FROM cluster; END"],
        ["CREATE TABLE more (x)"],
        ["DROP TABLE skipped"],
        ["CREATE INDEX i ON image (hash)"],
        ["ALTER TABLE image ADD COLUMN more TEXT"],
        ["PRAGMA user_version = 0"],
        ["PRAGMA application_id = 0"],
    ],
)
def test_a_file_that_is_not_quite_ours_is_refused_untouched(path, statements):
    edited(path)
    tampered(path, *statements)
    before = path.read_bytes()
    with pytest.raises(ProjectNotReadable):
        ProjectStore(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("contents", [b"x", b"\xff\xd8\xff a picture" * 100, b"SQLite format 3\0" + bytes(200)])
def test_files_that_are_no_projects_are_refused_untouched(path, contents):
    path.parent.mkdir()
    path.write_bytes(contents)
    with pytest.raises(ProjectNotReadable):
        ProjectStore(path)
    assert path.read_bytes() == contents


def test_another_program_s_database_is_refused_untouched(path):
    path.parent.mkdir()
    tampered(path, "CREATE TABLE theirs (x)")
    before = path.read_bytes()
    with pytest.raises(ProjectNotReadable, match="not those of a project"):
        ProjectStore(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE place SET homes = x'00' WHERE block = 0",
        "UPDATE place SET homes = zeroblob(2050) WHERE block = 0",
        "UPDATE place SET pins = x'' WHERE block = 1",
        "DELETE FROM place WHERE block = 1",
        "DELETE FROM cluster",
        "UPDATE cluster SET name = ''",
        "INSERT INTO cluster VALUES (-4, 'x', 0, 0, '')",
        "INSERT INTO rejection VALUES ('drop', 1, 2)",
        "INSERT INTO verdict VALUES (5000, 1, -1, -1)",
        "INSERT INTO verdict VALUES (1, 6, -1, -1)",
        "UPDATE image SET id = 99999 WHERE id = 7",
        "UPDATE image SET hash = x'00' WHERE id = 7",
        "UPDATE image SET path = x'2f6100' WHERE id = 7",
        "UPDATE project SET value = 'many' WHERE key = 'last_step'",
        "UPDATE project SET value = 'many' WHERE key = 'highest_cluster'",
    ],
)
def test_contradictions_are_refused(path, statement):
    with ProjectStore(path) as store:
        store.add_images(as_rows(records(1300)))
        project = opened(store)
        project.apply(Sentence("new"), edits.create_cluster(project.grouping, "x", np.arange(1300)))
    tampered(path, statement)
    with pytest.raises(ProjectNotReadable, match=r"birds\.shoal\.backup"):
        everything_read(path)


def test_names_of_columns_that_are_no_text_are_damage(path):
    edited(path)
    data = path.read_bytes()
    assert data.count(b"modified_ns INTEGER") == 1
    path.write_bytes(data.replace(b"modified_ns INTEGER", b"modified\xe6ns INTEGER"))
    with pytest.raises(ProjectNotReadable):
        ProjectStore(path)


def test_a_damaged_step_is_told_when_it_is_undone(path):
    edited(path)
    tampered(path, "UPDATE step SET patch = x'00'")
    with ProjectStore(path) as store:
        project = opened(store)
        before = project.grouping
        with pytest.raises(ProjectNotReadable, match="history is damaged"):
            project.undo()
        assert project.grouping == before
        project.apply(Sentence("onwards"), edits.create_cluster(before, "x"))


@pytest.mark.parametrize("seed", range(5))
def test_a_corrupted_project_is_refused_and_its_backup_brought_back(path, seed):
    edited(path, images=5_000)
    with ProjectStore(path) as store:
        expected = store.load_grouping()
    rng, data = np.random.default_rng(seed), bytearray(path.read_bytes())
    for start in rng.integers(100, len(data) - 4096, 40):
        data[start : start + 2048] = rng.bytes(2048)
    path.write_bytes(data)
    with pytest.raises(ProjectNotReadable, match=r"birds\.shoal\.backup"):
        everything_read(path)
    aside = restore_backup(path)
    assert aside.read_bytes() == data
    with ProjectStore(path) as store:
        assert store.load_grouping() == expected
        opened(store).undo()


def test_a_copy_is_made_before_migrating(path):
    edited(path)
    more = (*MIGRATIONS, lambda db: db.execute("CREATE TABLE star (image INTEGER) STRICT"))
    ProjectDatabase(path, more).close()
    copy = path.with_name(f"birds.shoal.version-{len(MIGRATIONS)}")
    with ProjectStore(copy) as store:
        assert len(store.load_images()) == 1300
    with pytest.raises(ProjectTooNew):
        ProjectStore(path)


def test_a_project_of_version_4_keeps_map_and_proposal_and_begins_with_its_first_clustering(path):
    old = ProjectDatabase(path, MIGRATIONS[:4])
    layout, first = VALUES[0], encode_patch(Patch())

    def write(db: sqlite3.Connection) -> None:
        arrays = {"image_ids": layout.rows.ids, "positions": layout.positions}
        for kind, head, columns in (
            ("map", {"key": "m", "method": "pca"}, arrays),
            ("choices", {"shape": "m p", "recipe": "the recipe", "embeddings": "e"}, {}),
        ):
            db.execute("INSERT INTO derived VALUES (?, ?)", [kind, pack(head, columns)])
        for step, label in enumerate(("Sort into clusters", "Move 3 pictures", "Sort into clusters"), start=1):
            db.execute("INSERT INTO step VALUES (?, ?, ?)", [step, label, first])
        db.execute("INSERT INTO project VALUES ('last_step', '2')")

    old.write(write)
    old.close()
    with ProjectStore(path) as store:
        assert store.journal.made == Made("", StageKey(""), StageKey("the recipe"), StageKey("the recipe"))
        assert (list(store.journal.labels), store.journal.position) == (["Move 3 pictures", "Sort into clusters"], 1)
        found = store.kept.load(MapLayout, StageKey("the recipe"))
        assert (found.positions.tolist(), found.rows.ids.tolist()) == (layout.positions.tolist(), [0, 1, 2])


def test_stars_flags_and_labels_are_there_when_it_is_opened_again(path):
    with ProjectStore(path) as store:
        store.add_images(as_rows(records(3)))
        project = opened(store)
        project.apply(Sentence("stars"), edits.mark_images(project.grouping, [ImageId(1)], STARS, 3))
        project.apply(Sentence("reject"), edits.mark_images(project.grouping, [ImageId(1), ImageId(2)], FLAG, 1))
        project.apply(Sentence("label"), edits.mark_images(project.grouping, [ImageId(2)], COLOUR, 9))
    with ProjectStore(path) as store:
        assert store.load_grouping().verdicts.tolist() == [[-1, -1, -1], [3, 1, -1], [-1, 1, 9]]
        project = opened(store)
        for _ in range(3):
            project.undo()
    with ProjectStore(path) as store:
        assert store.load_grouping().verdicts.tolist() == [[-1, -1, -1]] * 3


def test_a_project_from_before_pictures_were_measured_opens_with_everything_else_as_it_was(path):
    first = ProjectDatabase(path, MIGRATIONS[:1])
    columns = (0, b"/pictures/a.jpg", "a", 10, 20, bytes(16), 400, 300, "JPEG", None, "Camera", False, b"")
    first.write(lambda db: db.execute(f"INSERT INTO image VALUES ({', '.join('?' * len(columns))})", columns))
    first.close()
    with ProjectStore(path) as store:
        (kept,) = store.load_images()
    assert kept.facts == ImageFacts(400, 300, "JPEG", None, "Camera")
    assert (kept.path, kept.label) == (Path("/pictures/a.jpg"), "a")


def test_a_look_from_before_dates_were_read_as_they_are_now_is_done_once_more(path):
    began = time.time_ns() - 10**9
    with ProjectStore(path) as store:
        store.save_looked(began)
        assert store.load_looked() == began
    for said in (f"4 {began}", "4.2 no number", "", f"4.2 {began}"):
        database = ProjectDatabase(path)
        database.write(lambda db, said=said: db.execute("UPDATE project SET value = ? WHERE key = 'looked'", [said]))
        database.close()
        with ProjectStore(path) as store:
            assert store.load_looked() == 0


def test_a_migration_that_fails_changes_nothing(path):
    edited(path)

    def broken(db):
        db.execute("CREATE TABLE star (image INTEGER) STRICT")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ProjectDatabase(path, (*MIGRATIONS, broken))
    with ProjectStore(path) as store:
        assert len(store.load_images()) == 1300


def test_an_old_file_that_may_not_be_changed_is_migrated_in_memory(path):
    edited(path)
    more = (*MIGRATIONS, lambda db: db.execute("CREATE TABLE star (image INTEGER) STRICT"))
    with ProjectStore(path):
        second = ProjectDatabase(path, more)
        assert second.read("SELECT count(*) FROM star") == [(0,)]
        second.close()


def test_a_project_in_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UserFacingError, match="cannot be written"):
        ProjectStore(tmp_path / "file" / "p.shoal")


def test_a_project_killed_while_it_was_made_is_simply_new(path):
    path.parent.mkdir()
    path.write_bytes(b"")
    with ProjectStore(path) as store:
        assert store.load_images() == ()


def test_few_bytes_are_written_for_a_small_step(path):
    with ProjectStore(path) as store:
        store.add_images(as_rows(records(20_000)))
        project = opened(store)
        project.apply(Sentence("all"), edits.create_cluster(project.grouping, "x", np.arange(20_000)))
        size = log_size(path)
        project.apply(Sentence("ten"), edits.move_images(project.grouping, np.arange(0, 20_000, 2_000), ClusterId(0)))
        assert log_size(path) - size < 30 * 4200 or log_size(path) < size


def log_size(path: Path) -> int:
    return path.with_name(path.name + "-wal").stat().st_size


def test_the_lock_goes_with_the_process_that_held_it(path):
    child = textwrap.dedent(f"""
        import sys, time
        from pathlib import Path
        from shoal.store.project_store import ProjectStore
        store = ProjectStore(Path({str(path)!r}))
        print(store.read_only, flush=True)
        time.sleep(60)
    """)
    with subprocess.Popen([sys.executable, "-c", child], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "False\n"
        with ProjectStore(path) as store:
            assert store.read_only
        process.kill()
        process.wait()
        with ProjectStore(path) as store:
            assert not store.read_only


def test_the_backup_is_a_project_of_its_own(path):
    edited(path)
    with ProjectStore(path) as store:
        expected = store.load_grouping()
    with ProjectStore(backup_of(path)) as store:
        assert store.load_grouping() == expected


def test_the_backup_catches_up_after_a_kill(path):
    edited(path)
    child = textwrap.dedent(f"""
        import os
        from pathlib import Path
        from shoal.domain import edits
        from shoal.projects.project import Project
        from shoal.store.project_store import ProjectStore
        store = ProjectStore(Path({str(path)!r}))
        project = Project(store.load_grouping(), store.journal)
        project.apply("last", edits.create_cluster(project.grouping, "the last one"))
        os.kill(os.getpid(), 9)
    """)
    subprocess.run([sys.executable, "-c", child], check=False)
    with ProjectStore(path), ProjectStore(backup_of(path)) as backup:
        assert "the last one" in [cluster.name for cluster in backup.load_grouping().clusters.values()]


def test_a_project_that_was_only_looked_at_is_not_copied_again(path):
    edited(path)
    ProjectStore(path).close()
    before = backup_of(path).stat().st_mtime_ns
    ProjectStore(path).close()
    assert backup_of(path).stat().st_mtime_ns == before


def only_readable(path: Path) -> bool:
    os.setresuid(65534, 65534, 65534)
    with ProjectStore(path) as store:
        sound = store.read_only and len(store.load_images()) == 1300
    with pytest.raises(UserFacingError, match="cannot be written"):
        ProjectStore(path.with_name("new.shoal"))
    return sound


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="becomes somebody else who may not write")
def test_a_project_in_a_folder_that_may_only_be_read_is_opened_for_looking():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "p.shoal"
        edited(path)
        Path(folder).chmod(0o755)
        path.chmod(0o644)
        reader = os.fork()
        if not reader:
            gc.disable()  # Qt's threads are not in a fork; the end of what they belong to would wait for them
            try:
                os._exit(0 if only_readable(path) else 1)
            finally:
                os._exit(2)
        assert os.waitpid(reader, 0)[1] == 0
