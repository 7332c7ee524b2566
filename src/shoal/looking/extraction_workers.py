"""The threads that look at pictures: read, hash, decode, embed, save.

Every worker does all of it, one small batch after the other, and takes its next file when it is free: no stage waits
for another, no thread is idle, and with one worker per core nothing is oversubscribed. Where a device does the
embedding, the workers take turns at it, and those whose turn it is not decode meanwhile.

A batch is saved in one transaction before its worker takes another file. On a processor the workers share
`batch_size` among them, so that no more than one batch in all is ever unsaved: this bounds the memory, and what a kill
can cost.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from threading import Event, Lock
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from shoal.domain.errors import Cancelled, OutOfMemory, UserFacingError
from shoal.domain.extension_points import ClassifyingBackend, EmbeddingBackend, ObjectBackend
from shoal.domain.geometry import EmbeddingKey
from shoal.domain.images import ContentHash, FileStamp, ImageFacts, RgbImage
from shoal.domain.objects import WHOLE_PICTURES, ObjectChoice
from shoal.domain.seen_classes import joined, likeliest, nothing_seen
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.imaging.fingerprint import content_hash, read_image_file, read_stamp
from shoal.imaging.limits import DecodeLimits, NotToday, UnreadableImage
from shoal.imaging.sizes import encode_thumbnail
from shoal.looking.answers import answering, checked_rows
from shoal.looking.batch_size import BatchSize
from shoal.looking.focusing import FocusedModel, seen_parts
from shoal.looking.given_vectors import NO_VECTOR, GivenVectors
from shoal.looking.known_content import KnownContent, Remembers
from shoal.looking.picture_decoder import Decode, decode_safely
from shoal.looking.raw_vectors import keeps_lengths
from shoal.looking.seen_objects import Looked, Seen, seen_objects
from shoal.looking.sidecar_turns import stated_orientation
from shoal.processes.maths_environment import usable_cores
from shoal.store.feature_cache import FeatureBatch, FeatureCache
from shoal.store.thumbnail_cache import ThumbnailCache

T = TypeVar("T")
Stamp = Callable[[Path], FileStamp]
Read = Callable[[Path, DecodeLimits], bytes]
LOOKING = Sentence("Looking at images")
SECONDS_BETWEEN_REPORTS = 0.1
LARGEST_BATCH = 256  # for a device
EMBEDDED_AT_ONCE = 4  # on a processor: a cancel waits no longer than for these


class Keeps(Remembers, Protocol):
    """A `FeatureCache`, or who passes on what was found."""

    def put_batch(self, key: EmbeddingKey, batch: FeatureBatch) -> None: ...


class Cached(Protocol):
    """As `Caches`, of which those who look at pictures need no more."""

    @property
    def features(self) -> Keeps: ...

    @property
    def thumbnails(self) -> ThumbnailCache | None: ...


@dataclass(frozen=True, slots=True)
class Caches:
    """`thumbnails` None: nobody is going to look, so none are made."""

    features: FeatureCache
    thumbnails: ThumbnailCache | None = None


@dataclass(frozen=True, slots=True)
class ExtractionOptions:
    """`workers` None: as many as this process may use cores.

    `batch_size`: how many all workers together have unsaved on a processor, and where a device begins.
    `objects`: what is to be sorted; for anything but whole pictures the backend must be an `ObjectBackend`.
    `stamp`, `read`: how files are asked and read, where they are not on this computer; they raise `UnreadableImage`.
    """

    batch_size: int = 32
    workers: int | None = None
    limits: DecodeLimits = field(default_factory=DecodeLimits)
    decode: Decode = decode_safely
    objects: ObjectChoice = WHOLE_PICTURES
    stamp: Stamp = read_stamp
    read: Read = read_image_file


@dataclass(frozen=True, slots=True, eq=False)
class _Decoded:
    """`pixels` None: the vector is known, only facts or thumbnail were missing. `part`: the box that they show.

    `turn`: the orientation that a sidecar says. `path`: one of the files that it stands for.
    """

    path: Path
    hash: ContentHash
    facts: ImageFacts
    thumbnail: bytes | None
    pixels: RgbImage | None
    part: tuple[int, int, int, int]
    turn: int | None = None


@dataclass(slots=True)
class _Batch:
    """One worker's files between two savings. `began_ns` lies before the first stamp was taken."""

    began_ns: int = field(default_factory=time.time_ns)
    files: int = 0
    stamps: dict[Path, tuple[FileStamp, ContentHash]] = field(default_factory=dict)
    unreadable: dict[ContentHash, Sentence] = field(default_factory=dict)
    decoded: list[_Decoded] = field(default_factory=list)


class ExtractionRun:
    """Works through files once. Afterwards its public attributes say what became of each."""

    def __init__(
        self,
        backend: EmbeddingBackend,
        caches: Cached,
        options: ExtractionOptions,
        task: Task,
        beside: Mapping[Path, Sequence[Path]] | None = None,
    ) -> None:
        """`beside`: the companions of files, among them the sidecars that RAW files may be turned in."""
        self.contents: dict[Path, tuple[FileStamp, ContentHash]] = {}
        self.file_reasons: dict[Path, Sentence] = {}
        self.content_reasons: dict[ContentHash, Sentence] = {}
        self.embedded: set[ContentHash] = set()
        self._backend, self._caches, self._limits, self._task = backend, caches, options.limits, task
        self._look, self._beside = options.decode, beside or {}
        self._stamp, self._read_file = options.stamp, options.read
        self._known = KnownContent(caches.features, backend.key, options.limits)
        self._raw = keeps_lengths(backend)
        self._workers = options.workers or usable_cores()
        if backend.one_core_per_call:
            self._batch_size = max(1, options.batch_size // self._workers)
            self._at_once = BatchSize(min(EMBEDDED_AT_ONCE, self._batch_size), largest=1)
        else:
            self._batch_size = options.batch_size
            self._at_once = BatchSize(options.batch_size, LARGEST_BATCH)
            self._workers += options.workers is None  # one waits for the device while the others decode
        self._turn = nullcontext() if backend.one_core_per_call else Lock()
        self._lock = Lock()
        self._stop = Event()
        self._claimed: set[ContentHash] = set()
        self._done = 0

    def work_through(self, paths: Sequence[Path]) -> None:
        """Returns when all are done; reports on the calling thread. Raises `Cancelled`, and what a worker raised."""
        queue = iter(paths)
        with ThreadPoolExecutor(self._workers, "looking") as pool:
            try:
                workers = [pool.submit(self._work, queue) for _ in range(min(self._workers, len(paths)))]
                self._supervise(workers, len(paths))
            finally:
                self._stop.set()

    def _supervise(self, workers: Sequence[Future[None]], total: int) -> None:
        running = set(workers)
        while running:
            self._task.report(LOOKING, self._done, total)
            finished, running = wait(running, SECONDS_BETWEEN_REPORTS, FIRST_EXCEPTION)
            for worker in finished:
                worker.result()
        self._task.report(LOOKING, self._done, total)

    def _work(self, queue: Iterator[Path]) -> None:
        batch = _Batch()
        for path in self._until_stopped(queue):
            self._take_in(path, batch)
            if batch.files >= max(self._batch_size, self._at_once.now):
                self._finish(batch)
                batch = _Batch()
        self._finish(batch)

    def _until_stopped(self, queue: Iterator[Path]) -> Iterator[Path]:
        """The worker's next file."""
        while True:
            self._check()
            with self._lock:
                path = next(queue, None)
            if path is None:
                return
            yield path

    def _check(self) -> None:
        """A worker that is to stop, because the user or another worker's failure wants it, drops what is unsaved."""
        self._task.check()
        if self._stop.is_set():
            raise Cancelled

    def _take_in(self, path: Path, batch: _Batch) -> None:
        batch.files += 1
        if isinstance(self._backend, GivenVectors) and self._backend.row_of(path) is None:
            self.file_reasons[path] = NO_VECTOR
            return
        try:
            stamp, data = self._read(path)
        except UnreadableImage as error:
            self.file_reasons[path] = error.reason
            return
        hash_ = content_hash(data)
        batch.stamps[path] = self.contents[path] = stamp, hash_
        if not self._is_first(hash_):
            return
        self._known.forget_turned({path: hash_}, self._beside)
        lacks_vector = bool(self._known.without_vector([hash_]))
        if lacks_vector or not self._known.finished([hash_]):
            self._decode(hash_, data, path, lacks_vector, batch)

    def _read(self, path: Path) -> tuple[FileStamp, bytes]:
        """The stamp is older than the bytes, so that a later change shows. A file being written gets one more try."""
        stamp = self._stamp(path)
        try:
            return stamp, self._read_file(path, self._limits)
        except UnreadableImage:
            again = self._stamp(path)
            if again == stamp:
                raise
            return again, self._read_file(path, self._limits)

    def _is_first(self, hash_: ContentHash) -> bool:
        """Equal files are looked at once."""
        with self._lock:
            first = hash_ not in self._claimed
            self._claimed.add(hash_)
        return first

    def _decode(self, hash_: ContentHash, data: bytes, path: Path, lacks_vector: bool, batch: _Batch) -> None:
        """`lacks_vector`: it is not known yet."""
        reason = self._known.reasons([hash_]).get(hash_)
        if reason is not None:
            self.content_reasons[hash_] = reason
            return
        try:
            turn = stated_orientation(path, self._beside.get(path, ()))
            image = self._look(data, path.suffix, self._backend.geometry, self._limits, self._task, turn)
        except UnreadableImage as error:
            self.content_reasons[hash_] = error.reason
            if not isinstance(error, NotToday):
                batch.unreadable[hash_] = error.reason
            return
        thumbnail = encode_thumbnail(image.thumbnail) if self._caches.thumbnails else None
        part = image.looked_at or (0, 0, image.facts.width, image.facts.height)
        batch.decoded.append(
            _Decoded(path, hash_, image.facts, thumbnail, image.pixels if lacks_vector else None, part, turn)
        )

    def _finish(self, batch: _Batch) -> None:
        images = [image for image in batch.decoded if image.pixels is not None]
        pixels = [image.pixels for image in images if image.pixels is not None]
        looks = self._backend.inner if isinstance(self._backend, FocusedModel) else self._backend
        with self._turn, answering(looks, looks.key.model):
            seen = self._seen(images, pixels)
            self._checked(seen.vectors, len(seen.hashes))
        self._save(batch, seen)
        with self._lock:
            self.embedded.update(image.hash for image in images)
            self._done += batch.files

    def _seen(self, images: Sequence[_Decoded], pixels: Sequence[RgbImage]) -> Seen:
        if isinstance(self._backend, ObjectBackend):
            return self._find(self._backend, images, pixels)
        if isinstance(self._backend, FocusedModel):
            return self._focus(self._backend, images, pixels)
        if isinstance(self._backend, GivenVectors):
            return _given(self._backend, images)
        if isinstance(self._backend, ClassifyingBackend):
            return self._classify(self._backend, images, pixels)
        return self._embed(images, pixels)

    def _embedded(self, pixels: Sequence[RgbImage]) -> NDArray[np.float32]:
        return self._checked(self._backend.embed(pixels), len(pixels))

    def _checked(self, rows: NDArray[np.float32], count: int) -> NDArray[np.float32]:
        return checked_rows(rows, count, self._backend.dimension, unit_length=not self._raw)

    def _embed(self, images: Sequence[_Decoded], pixels: Sequence[RgbImage]) -> Seen:
        rows = [np.empty((0, self._backend.dimension), np.float32)]
        rows += self._in_steps(len(images), lambda some: self._embedded(pixels[some]))
        return Seen([image.hash for image in images], np.concatenate(rows))

    def _classify(self, backend: ClassifyingBackend, images: Sequence[_Decoded], pixels: Sequence[RgbImage]) -> Seen:
        rows, classes = [np.empty((0, backend.dimension), np.float32)], [nothing_seen(0)]
        for vectors, probabilities in self._in_steps(len(images), lambda some: backend.look(pixels[some])):
            rows.append(self._checked(vectors, len(probabilities)))
            classes.append(likeliest(probabilities))
        return Seen([image.hash for image in images], np.concatenate(rows), classes=joined(classes))

    def _focus(self, backend: FocusedModel, images: Sequence[_Decoded], pixels: Sequence[RgbImage]) -> Seen:
        sizes = [(image.part[2] - image.part[0], image.part[3] - image.part[1]) for image in images]
        steps = self._in_steps(len(images), lambda some: backend.focus_on(pixels[some], sizes[some]))
        return seen_parts([(image.hash, image.part, image.facts) for image in images], steps, backend.dimension)

    def _find(self, backend: ObjectBackend, images: Sequence[_Decoded], pixels: Sequence[RgbImage]) -> Seen:
        sizes = [(image.facts.width, image.facts.height) for image in images]
        steps = self._in_steps(len(images), lambda some: backend.find(pixels[some], sizes[some]))
        hashes = [image.hash for image in images]
        looked = map(Looked, hashes, sizes, pixels, chain.from_iterable(steps))
        return seen_objects(looked, backend.dimension, thumbnails=self._caches.thumbnails is not None)

    def _in_steps(self, count: int, work: Callable[[slice], T]) -> list[T]:
        """Answers for all, as many at once as fit."""
        answers = []
        start = 0
        while start < count:
            self._check()
            step = self._at_once.now
            began = time.perf_counter()
            try:
                answers.append(work(slice(start, start + step)))
                self._at_once.took(min(step, count - start), time.perf_counter() - began)
                start += step
            except OutOfMemory as error:
                self._shrink(step, error)
        return answers

    def _shrink(self, step: int, error: OutOfMemory) -> None:
        """Halve what is embedded at once, for all workers and for the rest of the run."""
        if step == 1:
            raise UserFacingError(
                Sentence("There is not enough memory to look at a single image with this model."),
                Sentence("Close other programs, or choose a smaller model."),
            ) from error
        self._at_once.did_not_fit(step)

    def _save(self, batch: _Batch, seen: Seen) -> None:
        """Thumbnails first: who finds the vectors may rely on the rest being there."""
        thumbnails = {image.hash: image.thumbnail for image in batch.decoded if image.thumbnail is not None}
        thumbnails |= seen.thumbnails
        if self._caches.thumbnails and thumbnails:
            self._caches.thumbnails.put(thumbnails)
        facts = {image.hash: image.facts for image in batch.decoded}
        known, began = self._known.decoder, batch.began_ns
        turns = {image.hash: image.turn for image in batch.decoded if image.turn is not None}
        learned = FeatureBatch(
            seen.hashes, seen.vectors, facts, batch.unreadable, batch.stamps, known, began, seen.objects, seen.classes,
            turns, self._raw,
        )  # fmt: skip
        self._caches.features.put_batch(self._backend.key, learned)


def _given(backend: GivenVectors, images: Sequence[_Decoded]) -> Seen:
    rows = [backend.row_of(image.path) for image in images]
    known = [row for row in rows if row is not None]
    vectors = np.stack(known) if known else np.empty((0, backend.dimension), np.float32)
    return Seen([image.hash for image in images], vectors)
