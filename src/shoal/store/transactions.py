"""What every table of ours relies on: all or nothing is written, and what we did not write is called damaged."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from shoal.domain.interruptions import ShoalError


class DatabaseDamaged(ShoalError):
    """What is in the file is not what we wrote. Never leaves the store: a cache is rebuilt, a project refused."""


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing of it. Takes the write lock at once, so that it cannot fail half-way for want of it."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
