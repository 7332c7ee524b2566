"""The history of the project file. Append a function; never edit an old one."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import cache

from shoal.store.patch_codec import unpack
from shoal.store.transactions import DatabaseDamaged, transaction

APPLICATION_ID = 0x53484F41
Migration = Callable[[sqlite3.Connection], None]
Schema = frozenset[tuple[str, str, str, str | None]]


def create_first_schema(db: sqlite3.Connection) -> None:
    """Images, where they sit, clusters, refusals, the steps done, and what was computed last.

    `place` holds 512 images a row: homes as little-endian int32, pins as bits. A step writes only the rows it touches,
    and a million images are read in milliseconds.
    """
    for statement in (
        "CREATE TABLE project (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
        "CREATE TABLE root (id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE) STRICT",
        "CREATE TABLE image (id INTEGER PRIMARY KEY, path BLOB NOT NULL, label TEXT NOT NULL, size INTEGER NOT NULL,"
        " modified_ns INTEGER NOT NULL, hash BLOB NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,"
        " format TEXT NOT NULL, taken TEXT, camera TEXT, damaged INTEGER NOT NULL, companions BLOB NOT NULL) STRICT",
        "CREATE TABLE place (block INTEGER PRIMARY KEY, homes BLOB NOT NULL, pins BLOB NOT NULL) STRICT",
        "CREATE TABLE cluster (id INTEGER PRIMARY KEY, name TEXT NOT NULL, colour INTEGER NOT NULL,"
        " named INTEGER NOT NULL) STRICT",
        "CREATE TABLE rejection (kind TEXT NOT NULL, first INTEGER NOT NULL, second INTEGER NOT NULL,"
        " PRIMARY KEY (kind, first, second)) STRICT, WITHOUT ROWID",
        "CREATE TABLE step (id INTEGER PRIMARY KEY, label TEXT NOT NULL, patch BLOB NOT NULL) STRICT",
        "CREATE TABLE derived (kind TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT",
        "CREATE TABLE skipped (path BLOB PRIMARY KEY, reason TEXT NOT NULL) STRICT, WITHOUT ROWID",
    ):
        db.execute(statement)


def measure_images(db: sqlite3.Connection) -> None:
    """How sharp a picture is and what it looks like; both come with the next look at the folder."""
    db.execute("ALTER TABLE image ADD COLUMN sharpness REAL")
    db.execute("ALTER TABLE image ADD COLUMN difference_hash INTEGER")


def mark_regions(db: sqlite3.Connection) -> None:
    """An image may be a part of a picture: left, top, right, bottom, kind, confidence and the file's hash, as JSON."""
    db.execute("ALTER TABLE image ADD COLUMN region TEXT")


def name_main_objects(db: sqlite3.Connection) -> None:
    """The object that decides where a whole picture belongs, like a region; it comes with the next look."""
    db.execute("ALTER TABLE image ADD COLUMN main_object TEXT")


def keep_by_recipe(db: sqlite3.Connection) -> None:
    """What was derived is kept for several models and sortings, and steps say from which to which they led.

    The step that first sorted the pictures goes: before it there was nothing to go back to.
    """
    db.execute(
        "CREATE TABLE kept (kind TEXT NOT NULL, recipe TEXT NOT NULL, used INTEGER NOT NULL, value BLOB NOT NULL,"
        " PRIMARY KEY (kind, recipe)) STRICT"
    )
    recipe, model = _made_in_version_4(db)
    if recipe:
        moved = "INSERT INTO kept SELECT kind, ?, 0, value FROM derived WHERE kind IN ('map', 'proposal')"
        db.execute(moved, [recipe])
        made = json.dumps([model, "", recipe, recipe])
        db.execute("INSERT OR REPLACE INTO project (key, value) VALUES ('made', ?)", [made])
    db.execute("DROP TABLE derived")
    db.execute("ALTER TABLE step ADD COLUMN turn TEXT")
    db.execute(
        "DELETE FROM step WHERE id = 1 AND label = 'Sort into clusters'"
        " AND EXISTS (SELECT 1 FROM project WHERE key = 'last_step' AND CAST(value AS INTEGER) >= 1)"
    )


def keep_verdicts(db: sqlite3.Connection) -> None:
    """Stars, flag and label of the images of which somebody has said something here; -1 where the files count."""
    db.execute(
        "CREATE TABLE verdict (image INTEGER PRIMARY KEY, stars INTEGER NOT NULL, flag INTEGER NOT NULL,"
        " colour INTEGER NOT NULL) STRICT"
    )


def put_under_parents(db: sqlite3.Connection) -> None:
    """Clusters may stand under a parent, which is a name; none did."""
    db.execute("ALTER TABLE cluster ADD COLUMN parent TEXT NOT NULL DEFAULT ''")


def keep_stacks(db: sqlite3.Connection) -> None:
    """The stacks that the user made: of the images of which somebody said something, the stack (-1: none; 0: the one
    that was found) and whether it is on top."""
    db.execute("CREATE TABLE stacked (image INTEGER PRIMARY KEY, stack INTEGER NOT NULL, top INTEGER NOT NULL) STRICT")


def keep_runs(db: sqlite3.Connection) -> None:
    """Results under a name: the clusters and where each image was, with map and proposal if there were any."""
    db.execute(
        "CREATE TABLE run (name TEXT PRIMARY KEY, kept TEXT NOT NULL, made TEXT NOT NULL, recipe TEXT NOT NULL,"
        " clusters INTEGER NOT NULL, pictures INTEGER NOT NULL, grouping BLOB NOT NULL, map BLOB, proposal BLOB) STRICT"
    )


def _made_in_version_4(db: sqlite3.Connection) -> tuple[str, str]:
    """After what recipe map and proposal were made, and by which model; "" where nothing says so."""
    rows = db.execute("SELECT value FROM derived WHERE kind = 'choices'").fetchall()
    try:
        choices = unpack(rows[0][0])[0] if rows else {}
    except DatabaseDamaged:
        return "", ""
    return str(choices.get("recipe", "")), str(choices.get("model", ""))


MIGRATIONS: tuple[Migration, ...] = (
    create_first_schema,
    measure_images,
    mark_regions,
    name_main_objects,
    keep_by_recipe,
    keep_verdicts,
    put_under_parents,
    keep_stacks,
    keep_runs,
)


def version_of(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def migrate(db: sqlite3.Connection, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Bring a file to the latest version, each migration in a transaction of its own."""
    for number, migration in enumerate(migrations[version_of(db) :], start=version_of(db) + 1):
        with transaction(db):
            migration(db)
            db.execute(f"PRAGMA user_version = {number}")
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def schema_of(db: sqlite3.Connection) -> Schema:
    return frozenset(db.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema"))


@cache
def expected_schema(migrations: tuple[Migration, ...]) -> Schema:
    """What must be in a file after these migrations, and nothing else."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        migrate(db, migrations)
        return schema_of(db)
