"""Files to image records and embeddings: survey, look, gather.

The survey compares stamps with those of earlier runs; files that did not change, and whose content is known to this
model, are not opened again. The rest is worked through by `extraction_workers`. What comes out is always read back
from the feature cache, so that the first run and every later one give the same numbers, in the order of the image ids,
whichever thread was first. New ids are given in the order of the files found.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path

from shoal.domain.export_plan import NOTHING_FOUND
from shoal.domain.extension_points import EmbeddingBackend
from shoal.domain.geometry import EmbeddingKey, EmbeddingMatrix
from shoal.domain.images import ContentHash, FileStamp, FoundImage, ImageId, ImageRecord, SkippedImage
from shoal.domain.objects import ObjectChoice
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.imaging.limits import UnreadableImage
from shoal.looking.extracted import Extraction, model_key, rows_of_records
from shoal.looking.extraction_workers import Caches, ExtractionOptions, ExtractionRun, Stamp
from shoal.looking.focusing import FocusedModel
from shoal.looking.items import Contents, Item, identities, items_of
from shoal.looking.known_content import KnownContent
from shoal.looking.seen_vectors import seen_before
from shoal.looking.settled import NEVER, Before, settled
from shoal.looking.sidecar_times import time_beside
from shoal.store.feature_cache import FeatureCache

__all__ = ["Caches", "Extraction", "ExtractionOptions", "extract", "not_looked_at"]

SURVEYING = Sentence("Looking for changes")
SURVEYED_AT_ONCE = 1_000  # what is asked and answered about many files at once takes memory too


@dataclass(slots=True)
class _Knowledge:
    """What became of each file, and why some could not be used."""

    contents: Contents
    file_reasons: dict[Path, Sentence]
    content_reasons: dict[ContentHash, Sentence]
    embedded: set[ContentHash]

    def learn(self, run: ExtractionRun, paths: Sequence[Path]) -> None:
        """Let `run` work through `paths`; it is not needed afterwards."""
        run.work_through(paths)
        self.contents |= run.contents
        self.file_reasons |= run.file_reasons
        self.content_reasons |= run.content_reasons
        self.embedded |= run.embedded

    def reason(self, path: Path) -> Sentence | None:
        """Why the file is skipped, None if it is not."""
        if path in self.file_reasons:
            return self.file_reasons[path]
        return self.content_reasons.get(self.contents[path][1])


def extract(
    files: Sequence[FoundImage],
    backend: EmbeddingBackend,
    caches: Caches,
    task: Task,
    before: Before = NEVER,
    options: ExtractionOptions | None = None,
) -> Extraction:
    """Make a record and a vector of every file that can be read.

    A file at a known path keeps its image id, and so does one that was moved or renamed; others get new ids from the
    end. What has not changed since the look `before` is taken as its records have it. Bad files are listed as skipped.
    Raises `Cancelled`, and `UserFacingError` when a disk or the memory is full.
    """
    began_ns, began = time.time_ns(), time.perf_counter()
    options = options or ExtractionOptions()
    images = _distinct(files)
    by_part = options.objects.look != "whole" or isinstance(backend, FocusedModel)
    same = {} if by_part else settled(images, before)
    rest = {path: image for path, image in images.items() if path not in same}
    knowledge = _learned(rest, backend, caches, options, task)
    gather = _Gathering(images, knowledge, backend, caches.features, before, options.objects)
    try:
        extraction = gather.all(rest, same)
    except KeyError:  # vectors of unchanged files that are no longer in the cache
        if not same:
            raise
        return extract(files, backend, caches, task, Before(before.records), options)
    return replace(extraction, seconds=time.perf_counter() - began, began_ns=began_ns)


def _learned(
    images: Mapping[Path, FoundImage],
    backend: EmbeddingBackend,
    caches: Caches,
    options: ExtractionOptions,
    task: Task,
) -> _Knowledge:
    """What the caches know of these files, and what can be found out of the others."""
    paths = list(images)
    beside = _beside(images)
    knowledge = _survey(paths, backend.key, caches, options, beside, task)
    pending = _pending(paths, knowledge)
    for _attempt in range(2):  # the second finds work only if the cache was damaged, and begun anew, meanwhile
        if pending:
            knowledge.learn(ExtractionRun(backend, caches, options, task, beside), pending)
            pending = _lost(knowledge, paths, caches.features, backend.key)
    return knowledge


def _distinct(files: Iterable[FoundImage]) -> dict[Path, FoundImage]:
    """By absolute path, in order; of two entries for one file the first."""
    images: dict[Path, FoundImage] = {}
    for image in files:
        path = image.path if image.path.is_absolute() else image.path.absolute()
        images.setdefault(path, image if path is image.path else replace(image, path=path))
    return images


def not_looked_at(
    files: Sequence[FoundImage], key: EmbeddingKey, caches: Caches, options: ExtractionOptions, task: Task
) -> list[FoundImage]:
    """Those that would be opened now, in their order: new ones, and what has changed since it was looked at."""
    images = _distinct(files)
    paths = list(images)
    knowledge = _survey(paths, key, caches, options, _beside(images), task)
    return [images[path] for path in _pending(paths, knowledge)]


def _pending(paths: Iterable[Path], knowledge: _Knowledge) -> list[Path]:
    return [path for path in paths if path not in knowledge.contents and path not in knowledge.file_reasons]


def _beside(images: Mapping[Path, FoundImage]) -> dict[Path, tuple[Path, ...]]:
    return {path: image.companions for path, image in images.items() if image.companions}


def _survey(  # as `not_looked_at`
    paths: Sequence[Path],
    key: EmbeddingKey,
    caches: Caches,
    options: ExtractionOptions,
    beside: Mapping[Path, Sequence[Path]],
    task: Task,
) -> _Knowledge:
    """What is known without opening a file: unchanged since a run that got everything it needed from them."""
    known = KnownContent(caches.features, key, options.limits)
    knowledge = _Knowledge({}, {}, {}, set())
    for start in range(0, len(paths), SURVEYED_AT_ONCE):
        task.report(SURVEYING, start, len(paths))
        stamps = _stamps(paths[start : start + SURVEYED_AT_ONCE], options.stamp, knowledge.file_reasons)
        unchanged = known.unchanged(stamps)
        known.forget_turned(unchanged, beside)
        hashes = list(dict.fromkeys(unchanged.values()))
        unreadable, finished = known.reasons(hashes), known.finished(hashes)
        knowledge.content_reasons |= unreadable
        knowledge.contents |= {
            path: (stamps[path], hash_) for path, hash_ in unchanged.items() if hash_ in finished or hash_ in unreadable
        }
    task.report(SURVEYING, len(paths), len(paths))
    return knowledge


def _stamps(paths: Sequence[Path], stamp: Stamp, reasons: dict[Path, Sentence]) -> dict[Path, FileStamp]:
    """The stamps of those that can be stamped; the others get a reason."""
    stamps: dict[Path, FileStamp] = {}
    for path in paths:
        try:
            stamps[path] = stamp(path)
        except UnreadableImage as error:
            reasons[path] = error.reason
    return stamps


def _lost(knowledge: _Knowledge, paths: Sequence[Path], features: FeatureCache, key: EmbeddingKey) -> list[Path]:
    """Files whose vectors should be in the cache and are not."""
    usable = {path: knowledge.contents[path][1] for path in paths if knowledge.reason(path) is None}
    missing = set(features.missing(list(usable.values()), key))
    return [path for path, hash_ in usable.items() if hash_ in missing]


@dataclass(frozen=True, slots=True)
class _Gathering:
    """Puts together what is known of all `images`."""

    images: Mapping[Path, FoundImage]
    knowledge: _Knowledge
    backend: EmbeddingBackend
    features: FeatureCache
    before: Before
    choice: ObjectChoice

    def all(self, rest: Mapping[Path, FoundImage], same: Mapping[Path, ImageRecord]) -> Extraction:
        """`same`: the records of files that have not changed; `rest`: the other files. Raises KeyError."""
        knowledge = self.knowledge
        reasons = {path: reason for path in rest if (reason := knowledge.reason(path)) is not None}
        usable = {path: knowledge.contents[path] for path in rest if path not in reasons}
        looks_at_parts = isinstance(self.backend, FocusedModel)
        items, empty = items_of(usable, self.features, self.backend.key, self.choice, looks_at_parts)
        ids, missing = identities(items, self.images.keys(), self.before.records)
        hashes = {id_: item.vector_hash for item, id_ in zip(items, ids, strict=True)}
        records = _by_id([*same.values(), *self._records(items, ids)])
        skipped = [SkippedImage(path, reason) for path, reason in reasons.items()]
        return Extraction(
            records,
            self._matrix(records, [hashes.get(record.id, record.content_hash) for record in records]),
            (*skipped, *(SkippedImage(path, NOTHING_FOUND) for path in empty)),
            missing,
            sum(record.file_hash not in knowledge.embedded for record in records),
            seconds=0.0,
        )

    def _records(self, items: Sequence[Item], ids: Sequence[ImageId]) -> Iterator[ImageRecord]:
        for start in range(0, len(items), SURVEYED_AT_ONCE):
            some = items[start : start + SURVEYED_AT_ONCE]
            facts = self.features.facts([item.file_hash for item in some])
            for item, id_ in zip(some, ids[start:], strict=False):
                image, known = self.images[item.path], facts[item.file_hash]
                known = replace(known, taken=time_beside(image, known.taken))
                if item.region:  # measured on all of the picture: its parts would pass for copies of each other
                    known = replace(known, sharpness=None, difference_hash=None)
                parts = item.region, item.main
                yield ImageRecord(
                    id_, image.path, image.label, item.stamp, item.content_hash, known, image.companions, *parts
                )

    def _matrix(self, records: Sequence[ImageRecord], hashes: Sequence[ContentHash]) -> EmbeddingMatrix:
        """`hashes`: whose vector stands for each record. The very vectors of before where they are the same."""
        rows = rows_of_records(records, hashes, model_key(self.backend, self.choice))
        vectors = self.before.embeddings
        if vectors is not None and vectors.rows.are(rows) and self.knowledge.embedded.isdisjoint(hashes):
            return vectors
        return seen_before(rows, hashes, self.backend, self.features)


def _by_id(records: Iterable[ImageRecord]) -> tuple[ImageRecord, ...]:
    """In the order of the ids: the one place where rows get their order."""
    return tuple(sorted(records, key=attrgetter("id")))
