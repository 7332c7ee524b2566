"""What was computed from the contents of files, kept by content hash and shared by all projects.

Moved and renamed files cost nothing, two models live side by side, and a batch is on disk once `put_batch` returns.
"""

import os
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from shoal.domain.errors import UserFacingError
from shoal.domain.geometry import EmbeddingKey
from shoal.domain.images import ContentHash, FileStamp, ImageFacts, Region, is_settled
from shoal.domain.seen_classes import CLASS_COUNT, KEPT_CLASSES, SeenClasses, nothing_seen
from shoal.domain.sentence import Sentence, from_stored, to_stored
from shoal.store.cache_file import CacheFile, CacheFormat, Row, Tell, say_nothing
from shoal.store.stored_vectors import rows_in_use
from shoal.store.transactions import DatabaseDamaged

# Objects are written with the vector of their picture: where that is there, these are all that were found.
_OBJECTS = (
    "CREATE TABLE object (model INTEGER NOT NULL, content INTEGER NOT NULL, number INTEGER NOT NULL, left INTEGER NOT"
    " NULL, top INTEGER NOT NULL, right INTEGER NOT NULL, bottom INTEGER NOT NULL, kind TEXT NOT NULL, confidence REAL"
    " NOT NULL, PRIMARY KEY (model, content, number)) STRICT, WITHOUT ROWID"
)
_TURNED = "CREATE TABLE turned (content INTEGER PRIMARY KEY, orientation INTEGER NOT NULL) STRICT"
# What a picture looks like in small, made from its thumbnail when copies are looked for.
_LOOKS = "CREATE TABLE looks (content INTEGER PRIMARY KEY, made INTEGER NOT NULL, numbers BLOB NOT NULL) STRICT"
FORMAT = CacheFormat(
    application_id=0x53484643,
    version=6,
    schema=(
        "CREATE TABLE model (id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, dimension INTEGER NOT NULL) STRICT",
        "CREATE TABLE content (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, width INTEGER, height INTEGER,"
        " format TEXT, taken TEXT, camera TEXT, damaged INTEGER, sharpness REAL, difference_hash INTEGER,"
        " measured INTEGER) STRICT",
        "CREATE TABLE vector (id INTEGER PRIMARY KEY, model INTEGER NOT NULL, content INTEGER NOT NULL,"
        " numbers BLOB NOT NULL, classes BLOB, UNIQUE (model, content)) STRICT",
        "CREATE TABLE unreadable (content INTEGER PRIMARY KEY, decoder TEXT NOT NULL, reason TEXT NOT NULL) STRICT",
        "CREATE TABLE stamp (path BLOB PRIMARY KEY, size INTEGER NOT NULL, modified_ns INTEGER NOT NULL,"
        " content INTEGER NOT NULL) STRICT, WITHOUT ROWID",
        _OBJECTS,
        _TURNED,
        _LOOKS,
    ),
    upgrades=(
        (
            "ALTER TABLE content ADD COLUMN sharpness REAL",
            "ALTER TABLE content ADD COLUMN difference_hash INTEGER",
            "ALTER TABLE content ADD COLUMN measured INTEGER",
        ),
        (_OBJECTS,),
        ("ALTER TABLE vector ADD COLUMN classes BLOB",),
        (_TURNED,),
        (_LOOKS,),
    ),
)
_Item = TypeVar("_Item")
_VECTORS_AT_ONCE = 500  # besides the result itself, reading must not need room for all of it
_PROBABILITY_OF_ONE = 65_535  # in the 16 bits that it is kept in
_CHUNK = 5_000  # SQLite takes 32,766 parameters at most; short chunks let other threads in between

# CROSS JOIN keeps the order of the tables: left to itself SQLite reads every vector of a model for each question
_KNOWN = (
    "SELECT content.hash FROM model CROSS JOIN content"
    " CROSS JOIN vector ON vector.model = model.id AND vector.content = content.id"
    " WHERE model.digest = ? AND content.hash"
)
_NUMBERS = _KNOWN.replace("content.hash FROM", "content.hash, vector.numbers FROM")
_CLASSES = _KNOWN.replace("content.hash FROM", "content.hash, vector.classes FROM")
_MEASURES = 3
"""How pictures are measured and dated: what was decoded before, or measured otherwise, is decoded once more."""
MEASURED_AS = f"5.{_MEASURES}"
"""What a look at the folders has to be of, so that its records need no second look."""
_LOOKS_MADE = 1
"""How the looks of pictures in small are made: those made otherwise are made anew."""
_FACTS = (
    "SELECT hash, width, height, format, taken, camera, damaged, sharpness, difference_hash FROM content"
    f" WHERE measured = {_MEASURES} AND hash"
)
_FOUND = (
    "SELECT content.hash, left, top, right, bottom, kind, confidence FROM model CROSS JOIN content"
    " CROSS JOIN object ON object.model = model.id AND object.content = content.id"
    " WHERE model.digest = ? AND content.hash"
)
_UNREADABLE = (
    "SELECT content.hash, reason FROM content CROSS JOIN unreadable ON content.id = unreadable.content"
    " WHERE decoder = ? AND content.hash"
)
_STAMPS = (
    "SELECT path, size, modified_ns, content.hash FROM stamp JOIN content ON content.id = stamp.content WHERE path"
)


@dataclass(frozen=True, slots=True, eq=False)
class FeatureBatch:
    """Everything learned in one batch. `vectors` n x dimension float32 of unit length, row i belongs to `hashes[i]`.

    `raw`: they are of any length instead, and kept to the last digit.
    `classes`: what a model that knows any takes them for, likewise a row for each hash.
    `objects`: what was found in a picture; its parts have vectors of their own, under the hashes of the regions.
    `turns`: the orientation by which those of `facts` were seen that a sidecar had turned.
    `unreadable` says why, and by which `decoder` (a newer one will try again). `stamps` says which content a path had
    when its stamp was taken, before the file was read; `began_ns` is a time before the first of them was taken.
    """

    hashes: Sequence[ContentHash] = ()
    vectors: NDArray[np.float32] = field(default_factory=lambda: np.empty((0, 0), np.float32))
    facts: Mapping[ContentHash, ImageFacts] = field(default_factory=dict)
    unreadable: Mapping[ContentHash, Sentence] = field(default_factory=dict)
    stamps: Mapping[Path, tuple[FileStamp, ContentHash]] = field(default_factory=dict)
    decoder: str = ""
    began_ns: int = field(default_factory=time.time_ns)
    objects: Mapping[ContentHash, Sequence[Region]] = field(default_factory=dict)
    classes: SeenClasses | None = None
    turns: Mapping[ContentHash, int] = field(default_factory=dict)
    raw: bool = False

    def __post_init__(self) -> None:
        if len(self.hashes) != len(self.vectors):
            raise ValueError(f"{len(self.hashes)} hashes but {len(self.vectors)} vectors")
        if self.classes is not None and len(self.hashes) != len(self.classes):
            raise ValueError(f"{len(self.hashes)} hashes but {len(self.classes)} rows of classes")
        if not np.isfinite(self.vectors).all():
            raise ValueError("a vector holds numbers that are not finite")


class FeatureCache:
    """Any thread may call it. Questions about 100,000 images are answered in chunks, so nobody waits long."""

    def __init__(self, path: Path, tell: Tell = say_nothing) -> None:
        self._file = CacheFile(path, FORMAT, tell)

    def __enter__(self) -> "FeatureCache":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        self._file.close()

    @property
    def path(self) -> Path:
        return self._file.path

    @property
    def trouble(self) -> UserFacingError | None:
        """Why nothing is kept longer than the program runs, if that is so."""
        return self._file.trouble

    def missing(self, hashes: Sequence[ContentHash], key: EmbeddingKey) -> list[ContentHash]:
        """Those of `hashes` without a vector for `key`, in their order, each once."""
        stored: set[ContentHash] = set()
        for chunk in _chunks(hashes):
            stored.update(_as_hash(row[0]) for row in self._select(_KNOWN, [key.digest], chunk))
        return [hash_ for hash_ in dict.fromkeys(hashes) if hash_ not in stored]

    def vectors(self, hashes: Sequence[ContentHash], key: EmbeddingKey) -> NDArray[np.float32]:
        """n x dimension float32, row i for `hashes[i]`, of unit length (through float16), or raw as they came.

        Raises KeyError if a hash has no vector: ask `missing` first. Raises UserFacingError where one is damaged, and
        has then thrown out all of that key, so that they are missing.
        """
        first: dict[ContentHash, int] = {}
        for row, hash_ in enumerate(hashes):
            first.setdefault(hash_, row)
        stored = np.zeros(len(hashes), np.bool_)
        result = np.empty((len(hashes), self._dimension(key)), np.float32)
        for chunk in _chunks(list(first), _VECTORS_AT_ONCE):
            rows = self._select(_NUMBERS, [key.digest], chunk)
            where = np.fromiter((first[_as_hash(row[0])] for row in rows), np.int64, len(rows))
            with self._thrown_out_if_damaged(key):
                result[where] = rows_in_use(b"".join(row[1] for row in rows), result.shape[1], len(rows))
            stored[where] = True
        if lacking := len(first) - int(stored.sum()):
            raise KeyError(f"{lacking} of {len(first)} contents have no vector for {key.model}")
        again = np.array([row for row, hash_ in enumerate(hashes) if first[hash_] != row], np.intp)
        result[again] = result[np.array([first[hashes[row]] for row in again], np.intp)]
        return result

    @contextmanager
    def _thrown_out_if_damaged(self, key: EmbeddingKey) -> Iterator[None]:
        """The rest of the file is sound, and may be days of work: only what was kept for `key` goes."""
        try:
            yield
        except DatabaseDamaged as damage:
            of_key = "DELETE FROM vector WHERE model = (SELECT id FROM model WHERE digest = ?)"
            self._file.write(lambda db: db.execute(of_key, [key.digest]))
            raise UserFacingError(
                Sentence(
                    "What {model} saw of the pictures was damaged in the cache, and is thrown out.", model=key.model
                ),
                Sentence("Do it again: they are looked at anew."),
            ) from damage

    def classes(self, hashes: Sequence[ContentHash], key: EmbeddingKey) -> SeenClasses:
        """Row i: what the model took `hashes[i]` for; nothing where it knows no classes or has not looked yet.

        Raises UserFacingError as `vectors` does.
        """
        kept: dict[ContentHash, bytes] = {}
        for chunk in _chunks(hashes):
            kept |= {_as_hash(row[0]): row[1] for row in self._select(_CLASSES, [key.digest], chunk) if row[1]}
        seen = nothing_seen(len(hashes))
        for row, hash_ in enumerate(hashes):
            if hash_ in kept:
                with self._thrown_out_if_damaged(key):
                    seen.classes[row], seen.probabilities[row] = _as_classes(kept[hash_])
        return seen

    def facts(self, hashes: Sequence[ContentHash]) -> dict[ContentHash, ImageFacts]:
        """What decoding found out, for those contents that were decoded before."""
        rows = (row for chunk in _chunks(hashes) for row in self._select(_FACTS, [], chunk))
        return {_as_hash(hash_): _as_facts(*columns) for hash_, *columns in rows}

    def objects(self, hashes: Sequence[ContentHash], key: EmbeddingKey) -> dict[ContentHash, tuple[Region, ...]]:
        """What the model found in pictures, surest first; nothing for those with no object, or not looked at yet."""
        regions: dict[ContentHash, tuple[Region, ...]] = {}
        for chunk in _chunks(hashes):
            for blob, left, top, right, bottom, kind, confidence in self._select(_FOUND, [key.digest], chunk):
                region = Region(left, top, right, bottom, kind, confidence, _as_hash(blob))
                regions[region.picture] = (*regions.get(region.picture, ()), region)
        return regions

    def looks(self, hashes: Sequence[ContentHash]) -> dict[ContentHash, bytes]:
        """What pictures look like in small, as far as that has been kept."""
        query = (
            f"SELECT hash, numbers FROM looks CROSS JOIN content ON id = content WHERE made = {_LOOKS_MADE} AND hash"
        )
        rows = (row for chunk in _chunks(hashes) for row in self._select(query, [], chunk))
        return {_as_hash(hash_): bytes(numbers) for hash_, numbers in rows}

    def put_looks(self, looks: Mapping[ContentHash, bytes]) -> None:
        """Of contents that have been looked at; others are passed over."""
        rows = [(_LOOKS_MADE, numbers, bytes.fromhex(hash_)) for hash_, numbers in looks.items()]
        insert = "INSERT OR REPLACE INTO looks (content, made, numbers) SELECT id, ?, ? FROM content WHERE hash = ?"
        self._file.write(lambda db: db.executemany(insert, rows))

    def unreadable(self, hashes: Sequence[ContentHash], decoder: str) -> dict[ContentHash, Sentence]:
        """Content -> reason, for those that this very decoder could not read."""
        rows = (row for chunk in _chunks(hashes) for row in self._select(_UNREADABLE, [decoder], chunk))
        return {_as_hash(content): from_stored(reason) for content, reason in rows}

    def unchanged(self, stamps: Mapping[Path, FileStamp]) -> dict[Path, ContentHash]:
        """The contents of those files whose stamp is as it was: they need not be read again. Paths are absolute."""
        contents: dict[Path, ContentHash] = {}
        for chunk in _chunks(list(stamps)):
            by_name = {os.fsencode(path): path for path in chunk}
            for name, size, modified_ns, content in self._select_blobs(_STAMPS, [], list(by_name)):
                if stamps[by_name[name]] == FileStamp(size, modified_ns):
                    contents[by_name[name]] = _as_hash(content)
        return contents

    def turns(self, hashes: Sequence[ContentHash]) -> dict[ContentHash, int]:
        """The orientation by which contents were seen, for those that a sidecar had turned then."""
        query = "SELECT content.hash, orientation FROM turned JOIN content ON content.id = content WHERE content.hash"
        return {_as_hash(blob): turn for chunk in _chunks(hashes) for blob, turn in self._select(query, [], chunk)}

    def forget(self, hashes: Sequence[ContentHash]) -> None:
        """What any model saw in these contents: they are seen another way now."""
        rows = [(bytes.fromhex(hash_),) for hash_ in hashes]
        content = "(SELECT id FROM content WHERE hash = ?)"

        def clear(db: sqlite3.Connection) -> None:
            for table in ("vector", "object", "turned"):
                db.executemany(f"DELETE FROM {table} WHERE content = {content}", rows)
            db.executemany("UPDATE content SET measured = NULL WHERE hash = ?", rows)

        self._file.write(clear)

    def put_batch(self, key: EmbeddingKey, batch: FeatureBatch) -> None:
        """Keep all of a batch in one transaction: after a kill it is there as a whole or not at all."""
        self._file.write(lambda db: _write_batch(db, key, batch))

    def _dimension(self, key: EmbeddingKey) -> int:
        rows = self._file.read("SELECT dimension FROM model WHERE digest = ?", [key.digest])
        return int(rows[0][0]) if rows else 0

    def _select(self, query: str, first: list[str], hashes: Sequence[ContentHash]) -> list[Row]:
        return self._select_blobs(query, first, [bytes.fromhex(hash_) for hash_ in hashes])

    def _select_blobs(self, query: str, first: list[str], blobs: Sequence[bytes]) -> list[Row]:
        return self._file.read(query + f" IN ({','.join('?' * len(blobs))})", [*first, *blobs])


def _chunks(items: Sequence[_Item], size: int = _CHUNK) -> Iterator[Sequence[_Item]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def _as_hash(blob: bytes) -> ContentHash:
    return ContentHash(blob.hex())


def _as_facts(width: int, height: int, format_: str, *rest: Any) -> ImageFacts:
    taken, camera, damaged, *measures = rest
    return ImageFacts(width, height, format_, taken, camera, bool(damaged), *measures)


def _as_classes(kept: bytes) -> tuple[NDArray[np.uint16], NDArray[np.float32]]:
    if len(kept) != 4 * KEPT_CLASSES:
        raise DatabaseDamaged("the classes of a picture have the wrong length")
    classes, probabilities = np.frombuffer(kept, "<u2").reshape(2, KEPT_CLASSES)
    if classes.max() >= CLASS_COUNT:
        raise DatabaseDamaged("there is no such class")
    return classes, probabilities.astype(np.float32) / np.float32(_PROBABILITY_OF_ONE)


def _kept_classes(batch: FeatureBatch) -> list[bytes | None]:
    """Numbers of classes, then probabilities, in 16 bits each."""
    if batch.classes is None:
        return [None] * len(batch.hashes)
    probabilities = np.round(np.clip(batch.classes.probabilities, 0, 1) * _PROBABILITY_OF_ONE)
    both = np.concatenate([batch.classes.classes, probabilities], axis=1).astype("<u2")
    return [row.tobytes() for row in both]


def _write_batch(db: sqlite3.Connection, key: EmbeddingKey, batch: FeatureBatch) -> None:
    _write_contents(db, batch)
    _write_vectors(db, key, batch)
    _write_objects(db, key, batch)
    content = "(SELECT id FROM content WHERE hash = ?)"
    db.executemany(
        f"INSERT OR REPLACE INTO unreadable (content, decoder, reason) VALUES ({content}, ?, ?)",
        [(bytes.fromhex(hash_), batch.decoder, to_stored(reason)) for hash_, reason in batch.unreadable.items()],
    )
    db.executemany(
        f"INSERT OR REPLACE INTO stamp (path, size, modified_ns, content) VALUES (?, ?, ?, {content})",
        [
            (os.fsencode(path), stamp.size, stamp.modified_ns, bytes.fromhex(hash_))
            for path, (stamp, hash_) in batch.stamps.items()
            if is_settled(stamp, batch.began_ns)
        ],
    )


def _write_contents(db: sqlite3.Connection, batch: FeatureBatch) -> None:
    stamped = (hash_ for _stamp, hash_ in batch.stamps.values())
    hashes = dict.fromkeys([*batch.hashes, *batch.facts, *batch.unreadable, *stamped])
    # Two files of one content, or another process that looks at the same folder: who comes second finds it there.
    db.executemany("INSERT OR IGNORE INTO content (hash) VALUES (?)", [(bytes.fromhex(hash_),) for hash_ in hashes])
    db.executemany(
        "UPDATE content SET width = ?, height = ?, format = ?, taken = ?, camera = ?, damaged = ?, sharpness = ?,"
        f" difference_hash = ?, measured = {_MEASURES} WHERE hash = ?",
        [(*astuple(facts), bytes.fromhex(hash_)) for hash_, facts in batch.facts.items()],
    )
    db.executemany(
        "INSERT OR REPLACE INTO turned (content, orientation) VALUES ((SELECT id FROM content WHERE hash = ?), ?)",
        [(bytes.fromhex(hash_), turn) for hash_, turn in batch.turns.items()],
    )


def _write_vectors(db: sqlite3.Connection, key: EmbeddingKey, batch: FeatureBatch) -> None:
    if not len(batch.vectors):
        return
    dimension = batch.vectors.shape[1]
    db.execute("INSERT OR IGNORE INTO model (digest, dimension) VALUES (?, ?)", [key.digest, dimension])
    model, kept = db.execute("SELECT id, dimension FROM model WHERE digest = ?", [key.digest]).fetchone()
    if kept != dimension:
        raise ValueError(f"vectors of {key.model} have {kept} numbers, not {dimension}")
    db.executemany(
        "INSERT OR IGNORE INTO vector (model, content, numbers, classes)"
        " VALUES (?, (SELECT id FROM content WHERE hash = ?), ?, ?)",
        [
            (model, bytes.fromhex(hash_), numbers.tobytes(), classes)
            for hash_, numbers, classes in zip(
                batch.hashes, batch.vectors.astype("<f4" if batch.raw else "<f2"), _kept_classes(batch), strict=True
            )
        ],
    )


def _write_objects(db: sqlite3.Connection, key: EmbeddingKey, batch: FeatureBatch) -> None:
    db.executemany(
        "INSERT OR IGNORE INTO object (model, content, number, left, top, right, bottom, kind, confidence) VALUES"
        " ((SELECT id FROM model WHERE digest = ?), (SELECT id FROM content WHERE hash = ?), ?, ?, ?, ?, ?, ?, ?)",
        [
            (key.digest, bytes.fromhex(hash_), number, *region.box, region.kind, region.confidence)
            for hash_, regions in batch.objects.items()
            for number, region in enumerate(regions)
        ],
    )
