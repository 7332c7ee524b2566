"""Stacks that the user made as rows of the project file, and back. Only of pictures of which something was said."""

import sqlite3
from collections.abc import Iterable
from typing import Any

import numpy as np

from shoal.domain.stacks import StackChange, StacksSaid, none_said, require_sound

SELECT_STACKS = "SELECT image, stack, top FROM stacked ORDER BY image"
_LARGEST = (1 << 31) - 1


def load_stacks(rows: Iterable[tuple[Any, ...]], count: int) -> StacksSaid:
    """Of `count` images. Raises ValueError for what we would not have written."""
    stacked = none_said(count)
    said = np.array(list(rows), np.int64).reshape(-1, 3)
    images, values = said[:, 0], said[:, 1:]
    if len(images) and not 0 <= images.min() <= images.max() < count:
        raise ValueError("images are stacked that are not there")
    if (np.abs(values) > _LARGEST).any():
        raise ValueError("there are no such stacks")
    stacked[images] = values
    require_sound(stacked)
    return stacked


def write_stacks(db: sqlite3.Connection, change: StackChange) -> None:
    rows = np.column_stack([change.images, change.after]).tolist()
    db.executemany("DELETE FROM stacked WHERE image = ?", [row[:1] for row in rows if row[1:] == [0, 0]])
    said = [row for row in rows if row[1:] != [0, 0]]
    db.executemany("INSERT OR REPLACE INTO stacked (image, stack, top) VALUES (?, ?, ?)", said)
