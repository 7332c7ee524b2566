"""Thumbnails as encoded JPEGs by content hash, bounded in bytes; the least recently used go first."""

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from threading import Lock

from shoal.domain.images import ContentHash
from shoal.store.cache_file import CacheFile, CacheFormat, Row, Tell, say_nothing

FORMAT = CacheFormat(
    application_id=0x53485443,
    version=1,
    schema=(
        "CREATE TABLE thumbnail (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, size INTEGER NOT NULL,"
        " used INTEGER NOT NULL, jpeg BLOB NOT NULL) STRICT",
        "CREATE INDEX thumbnail_by_use ON thumbnail (used, id, size)",
    ),
    most_in_memory=64 << 20,
)
DEFAULT_LIMIT_BYTES = 2_000_000_000
_TICK_SECONDS = 3600  # when a thumbnail was used is kept to the hour: looking again within it costs no write
_ROOM_AFTER_TRIMMING = 0.9
_CHUNK = 500


class ThumbnailCache:
    """Any thread may call it. Reading writes nothing: what was used is noted with the next batch, or on closing."""

    def __init__(self, path: Path, limit_bytes: int = DEFAULT_LIMIT_BYTES, tell: Tell = say_nothing) -> None:
        self._file = CacheFile(path, FORMAT, tell)
        self._limit = limit_bytes if self._file.trouble is None else min(limit_bytes, FORMAT.most_in_memory)
        self._used: set[ContentHash] = set()
        self._used_lock = Lock()
        self._size = 0
        if self._file.write(self._make_room):
            self._file.shrink()

    def __enter__(self) -> "ThumbnailCache":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        self._file.write(self._note_use)
        self._file.close()

    @property
    def path(self) -> Path:
        return self._file.path

    def get(self, hash_: ContentHash) -> bytes | None:
        return self.get_many([hash_]).get(hash_)

    def get_many(self, hashes: Sequence[ContentHash]) -> dict[ContentHash, bytes]:
        """Those that are there. Ask for what is visible: all of them are held in memory."""
        jpegs: dict[ContentHash, bytes] = {}
        for blob, jpeg, used in self._select("SELECT hash, jpeg, used FROM thumbnail", hashes):
            jpegs[ContentHash(blob.hex())] = jpeg
            if used < _tick():
                with self._used_lock:
                    self._used.add(ContentHash(blob.hex()))
        return jpegs

    def missing(self, hashes: Sequence[ContentHash]) -> list[ContentHash]:
        """Those of `hashes` without a thumbnail, in their order, each once."""
        stored = {row[0].hex() for row in self._select("SELECT hash FROM thumbnail", hashes)}
        return [hash_ for hash_ in dict.fromkeys(hashes) if hash_ not in stored]

    def put(self, thumbnails: Mapping[ContentHash, bytes]) -> None:
        """Keep a batch in one transaction, and make room in the same one if the limit is passed."""
        rows = [(bytes.fromhex(hash_), len(jpeg), _tick(), jpeg) for hash_, jpeg in thumbnails.items()]
        insert = "INSERT OR REPLACE INTO thumbnail (hash, size, used, jpeg) VALUES (?, ?, ?, ?)"

        def keep(db: sqlite3.Connection) -> None:
            db.executemany(insert, rows)
            if self._size + sum(row[1] for row in rows) > self._limit:
                self._make_room(db)
            else:
                self._size += sum(row[1] for row in rows)

        self._file.write(keep)

    def _select(self, query: str, hashes: Sequence[ContentHash]) -> Iterator[Row]:
        for start in range(0, len(hashes), _CHUNK):
            blobs = [bytes.fromhex(hash_) for hash_ in hashes[start : start + _CHUNK]]
            yield from self._file.read(f"{query} WHERE hash IN ({','.join('?' * len(blobs))})", blobs)

    def _note_use(self, db: sqlite3.Connection) -> None:
        with self._used_lock:
            used, self._used = self._used, set()
        rows = [(_tick(), bytes.fromhex(hash_)) for hash_ in used]
        db.executemany("UPDATE thumbnail SET used = ? WHERE hash = ?", rows)

    def _make_room(self, db: sqlite3.Connection) -> bool:
        """Count what is there; beyond the limit let the least recently used go. Return whether any went."""
        self._note_use(db)
        (self._size,) = db.execute("SELECT coalesce(sum(size), 0) FROM thumbnail").fetchone()
        if self._size <= self._limit:
            return False
        going = []
        for id_, size in db.execute("SELECT id, size FROM thumbnail ORDER BY used, id"):
            if self._size <= self._limit * _ROOM_AFTER_TRIMMING:
                break
            going.append((id_,))
            self._size -= size
        db.executemany("DELETE FROM thumbnail WHERE id = ?", going)
        return True


def _tick() -> int:
    return int(time.time() // _TICK_SECONDS)
