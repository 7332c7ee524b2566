"""What files were found to say of pictures (stars, flag, label), kept by their names, sizes and times of change."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from shoal.domain.verdicts import LARGEST, UNSAID, Verdict
from shoal.store.cache_file import CacheFile, CacheFormat, Tell, say_nothing

FORMAT: Final = CacheFormat(
    application_id=0x53485356,
    version=1,
    schema=(
        "CREATE TABLE said (id INTEGER PRIMARY KEY, files BLOB NOT NULL UNIQUE, stars INTEGER NOT NULL,"
        " flag INTEGER NOT NULL, colour INTEGER NOT NULL) STRICT",
    ),
)
FILE: Final = "said-1.sqlite"
"""What it is called in the folder of caches."""
MOST: Final = 2_000_000
"""Shots; the oldest go first."""
_CHUNK: Final = 5_000


class SaidCache:
    """Any thread may call it."""

    def __init__(self, path: Path, tell: Tell = say_nothing) -> None:
        self._file = CacheFile(path, FORMAT, tell)

    def close(self) -> None:
        self._file.close()

    def verdicts(self, files: Sequence[bytes]) -> dict[bytes, Verdict]:
        """Of those that are known; each of `files` stands for all files of a shot as they are now."""
        verdicts: dict[bytes, Verdict] = {}
        for chunk in _chunks(files):
            places = ",".join("?" * len(chunk))
            rows = self._file.read(f"SELECT files, stars, flag, colour FROM said WHERE files IN ({places})", chunk)
            verdicts |= {bytes(row[0]): (row[1], row[2], row[3]) for row in rows if _is_sound(row[1:])}
        return verdicts

    def put(self, said: Mapping[bytes, Verdict]) -> None:
        def save(db: sqlite3.Connection) -> None:
            rows = [(files, *verdict) for files, verdict in said.items()]
            db.executemany("INSERT OR REPLACE INTO said (files, stars, flag, colour) VALUES (?, ?, ?, ?)", rows)
            db.execute("DELETE FROM said WHERE id <= (SELECT max(id) FROM said) - ?", [MOST])

        self._file.write(save)


def _is_sound(verdict: Sequence[int]) -> bool:
    return all(UNSAID <= value <= most for value, most in zip(verdict, LARGEST, strict=True))


def _chunks(files: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    return (files[start : start + _CHUNK] for start in range(0, len(files), _CHUNK))
