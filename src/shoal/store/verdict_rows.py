"""Stars, flags and labels as rows of the project file, and back. Only of pictures of which somebody said something."""

import sqlite3
from collections.abc import Iterable
from typing import Any

import numpy as np

from shoal.domain.verdicts import LARGEST, UNSAID, VerdictChange, Verdicts, unsaid

SELECT_VERDICTS = "SELECT image, stars, flag, colour FROM verdict ORDER BY image"


def load_verdicts(rows: Iterable[tuple[Any, ...]], count: int) -> Verdicts:
    """Of `count` images. Raises ValueError for what we would not have written."""
    verdicts = unsaid(count)
    said = np.array(list(rows), np.int64).reshape(-1, 4)
    images, values = said[:, 0], said[:, 1:]
    if len(images) and not 0 <= images.min() <= images.max() < count:
        raise ValueError("stars are given to images that are not there")
    if ((values < UNSAID) | (values > LARGEST)).any():
        raise ValueError("there are no such stars, flags or labels")
    verdicts[images] = values
    return verdicts


def write_verdicts(db: sqlite3.Connection, change: VerdictChange) -> None:
    rows = np.column_stack([change.images, change.after]).tolist()
    silent = [row[:1] for row in rows if row[1:] == [UNSAID] * 3]
    db.executemany("DELETE FROM verdict WHERE image = ?", silent)
    said = [row for row in rows if row[1:] != [UNSAID] * 3]
    db.executemany("INSERT OR REPLACE INTO verdict (image, stars, flag, colour) VALUES (?, ?, ?, ?)", said)
