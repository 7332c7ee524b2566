"""Writing stars, flags and labels into the sidecars beside the pictures, and taking that back.

Originals are only read. Every sidecar of a shot gets the same marks; a shot that has none gets its first one, called as
the user's programs call it. Before the first file is touched, a file of our own holds what all of them were: so the
writing can be taken back later, also one that was cut off. Each file changes in one step.
"""

import base64
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

from shoal.delivering.picture_marks import Shot, about, is_version, look_at_shot
from shoal.domain.companions import SIDECAR_SUFFIX, same_name, sidecars_of, stem_of, suffix_of
from shoal.domain.images import ContentHash, ImageRecord, SkippedImage
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.domain.verdict_marks import verdict_of
from shoal.domain.verdicts import NOTHING_SAID, STARS, UNSAID, Verdict
from shoal.exports.sidecars import LONGEST_SIDECAR
from shoal.exports.xmp_marking import Given, first_sidecar, marked_sidecar
from shoal.files.changing import change_file, make_file, temporary_beside
from shoal.files.safe_files import SourceTrouble, hash_bytes, read_file, remove_own, replace_own

SidecarNames = Literal["full", "stem"]
"""How a first sidecar is called: IMG.JPG.xmp (darktable, digiKam) or IMG.xmp (Lightroom, Capture One, Bridge)."""

PLANNING, WRITING, TAKING_BACK = (
    Sentence("Looking at sidecars"),
    Sentence("Writing sidecars"),
    Sentence("Taking sidecars back"),
)
_UNSAFE: Final = Sentence("it is not XMP that can be changed safely")
_OTHERWISE: Final = Sentence("it has changed since")
_A_PART: Final = Sentence("it is a part of a picture, and sidecars speak of whole ones")


@dataclass(frozen=True, slots=True)
class SidecarChange:
    """What a sidecar is to hold. `before` None: it is not there yet."""

    path: Path
    before: bytes | None
    after: bytes


@dataclass(frozen=True, slots=True)
class MarkPlan:
    """What writing would do, and which sidecars cannot take it. `unasked`: how new ones are called is not known."""

    changes: tuple[SidecarChange, ...] = ()
    lacking: tuple[SkippedImage, ...] = ()
    unasked: int = 0


@dataclass(frozen=True, slots=True)
class MarksWritten:
    """`done`: the sidecars that were changed, made or put back; `kept`: those that stayed, each with the reason."""

    done: tuple[Path, ...] = ()
    kept: tuple[SkippedImage, ...] = ()


def plan_marks(said: Sequence[tuple[ImageRecord, Verdict]], names: SidecarNames | None, task: Task) -> MarkPlan:
    """For the pictures of which something was said here. Reads their sidecars; writes nothing. Raises Cancelled."""
    changes: list[SidecarChange] = []
    lacking: list[SkippedImage] = []
    unasked, listing = 0, _Listing()
    spoken = [(record, verdict) for record, verdict in said if verdict != NOTHING_SAID]
    for batch in task.track(_batches(spoken), PLANNING):
        for record, verdict in batch:
            if record.region is not None:
                lacking.append(SkippedImage(record.path, _A_PART))
                continue
            shot = _MarkedShot(record, verdict, listing)
            lacking += shot.lacking
            unasked += shot.needs_first and names is None
            changes += shot.changes if not shot.needs_first else shot.first(names) if names else []
    return MarkPlan(tuple({change.path: change for change in changes}.values()), tuple(lacking), unasked)


def _batches(said: Sequence[tuple[ImageRecord, Verdict]]) -> list[Sequence[tuple[ImageRecord, Verdict]]]:
    return [said[start : start + 50] for start in range(0, len(said), 50)]


class _Listing:
    """The names in folders, each folder read once."""

    def __init__(self) -> None:
        self.names = cache(self._names)

    @staticmethod
    def _names(folder: Path) -> Mapping[str, str]:
        """As they are written, and for those that are the same but for case or the way of writing accents."""
        try:
            names = [path.name for path in folder.iterdir()]
        except OSError:
            return {}
        return {same_name(name): name for name in names} | {name: name for name in names}

    def sidecars(self, pictures: Sequence[Path]) -> list[Path]:
        """Those that are there by now, also since the folder was looked at."""
        sidecars = []
        for picture in pictures:
            names = self.names(picture.parent)
            for name in (f"{picture.name}.{SIDECAR_SUFFIX}", f"{picture.stem}.{SIDECAR_SUFFIX}"):
                as_written = names.get(name) or names.get(same_name(name))
                if as_written and not self._is_of_another(stem_of(as_written), picture):
                    sidecars.append(picture.with_name(as_written))
        return list(dict.fromkeys(sidecars))

    def _is_of_another(self, whose: str, picture: Path) -> bool:
        """Of two pictures whose names differ in case only."""
        is_alike = whose != picture.name and same_name(whose) == same_name(picture.name)
        return is_alike and whose in self.names(picture.parent)

    def is_alone(self, picture: Path, shot: Sequence[Path]) -> bool:
        """Whether no other picture of the folder would take IMG.xmp for its own."""
        ours = {same_name(path.name) for path in shot}
        stem = same_name(picture.stem)
        others = [name for name in self.names(picture.parent) if stem_of(name) == stem and name not in ours]
        return all(suffix_of(name) not in _PICTURES for name in others)


_PICTURES = frozenset({"jpg", "jpeg", "png", "tif", "tiff", "heic", "heif", "webp", "avif", "jxl", "gif", "bmp"})


class _MarkedShot:
    """One picture with all that belongs to it, and what its sidecars have to say."""

    def __init__(self, record: ImageRecord, verdict: Verdict, listing: _Listing) -> None:
        sidecars = listing.sidecars([record.path])
        companions = tuple(dict.fromkeys([*record.companions, *sidecars]))
        self._shot: Shot = look_at_shot(record.path, companions)
        self._listing, self._given = listing, given_by(verdict)
        in_files = verdict_of(self._shot.marks)
        self._stars = max(0, verdict[STARS] if verdict[STARS] != UNSAID else in_files[STARS])
        pictures = self._shot.pictures
        self._sidecars = [path for path in sidecars_of(record.path, companions) if not is_version(path, pictures)]
        self.lacking: list[SkippedImage] = []
        self.changes = [change for path in self._sidecars if (change := self._change(path))]

    @property
    def needs_first(self) -> bool:
        return not self._sidecars and any(self._effective)

    @property
    def _effective(self) -> Iterator[bool]:
        """Nothing said of a picture that has no sidecar needs none."""
        given = self._given
        yield bool(given.stars or given.pick or given.colour)
        said = self._shot.marks
        yield given.stars == 0 and bool(said.stars)
        yield given.pick == 0 and bool(said.pick or said.stars == -1)
        yield given.colour == 0 and bool(said.label)

    def _change(self, path: Path) -> SidecarChange | None:
        try:
            before = read_file(path, LONGEST_SIDECAR)
        except SourceTrouble as trouble:
            self.lacking.append(SkippedImage(path, Sentence("{reason}", reason=trouble.args[0])))
            return None
        after = marked_sidecar(before, self._given, self._stars)
        if after is None:
            self.lacking.append(SkippedImage(path, _UNSAFE))
        return SidecarChange(path, before, after) if after not in (None, before) else None

    def first(self, names: SidecarNames) -> list[SidecarChange]:
        """One for the shot, or one for each of its pictures."""
        picture = self._shot.pictures[0]
        if names == "stem" and self._listing.is_alone(picture, self._shot.pictures):
            return [self._first(picture.with_suffix(f".{SIDECAR_SUFFIX}"))]
        return [self._first(path.with_name(f"{path.name}.{SIDECAR_SUFFIX}")) for path in self._shot.pictures]

    def _first(self, path: Path) -> SidecarChange:
        pictures = about(path.stem, self._shot.pictures)
        inside = next(
            (packet.content for packet in self._shot.packets if packet.content and packet.about & pictures), b""
        )
        return SidecarChange(path, None, first_sidecar(inside, self._shot.marks, self._given, self._stars))


def given_by(verdict: Verdict) -> Given:
    stars, pick, colour = (None if value == UNSAID else value for value in verdict)
    return Given(stars, pick, colour)


def write_marks(plan: MarkPlan, records: Path, task: Task) -> MarksWritten:
    """Carry out a plan. `records`: where we keep what the sidecars were. Raises Cancelled between two files."""
    if not plan.changes:
        return MarksWritten()
    records.mkdir(parents=True, exist_ok=True)
    _tidy(records)
    record = records / f"{time.time_ns()}.json"
    replace_own(record, _recorded(plan.changes))
    done, kept = [], []
    for change in task.track(list(plan.changes), WRITING):
        try:
            _put(change.path, change.before, change.after)
            done.append(change.path)
        except (SourceTrouble, FileExistsError):
            kept.append(SkippedImage(change.path, _OTHERWISE))
        except OSError as error:
            kept.append(SkippedImage(change.path, Sentence("{reason}", reason=error.strerror or error)))
    return MarksWritten(tuple(done), tuple(kept))


def last_writing(records: Path) -> Path | None:
    """What `take_back` would take back; None where there is nothing."""
    return max(records.glob("*.json"), key=lambda path: path.name.zfill(40), default=None)


def take_back(records: Path, task: Task) -> MarksWritten:
    """Put the sidecars of the last writing back to what they were, unless they have changed since."""
    record = last_writing(records)
    if record is None:
        return MarksWritten()
    done, kept = [], []
    for path, before, after in task.track(_entries(record), TAKING_BACK):
        remove_own(temporary_beside(path))
        now = _content(path)
        if now == before or (now is None and before is None):
            continue
        if now is None or hash_bytes(now) != after:
            kept.append(SkippedImage(path, _OTHERWISE))
            continue
        _put_back(path, now, before)
        done.append(path)
    remove_own(record)
    return MarksWritten(tuple(done), tuple(kept))


def _put(path: Path, before: bytes | None, after: bytes) -> None:
    if before is None:
        make_file(path, after)
    else:
        change_file(path, after, hash_bytes(before))


def _put_back(path: Path, now: bytes, before: bytes | None) -> None:
    if before is None:
        remove_own(path)  # ours, and nobody has written to it since
    else:
        change_file(path, before, hash_bytes(now))


def _content(path: Path) -> bytes | None:
    try:
        return read_file(path, LONGEST_SIDECAR)
    except SourceTrouble:
        return None


def _recorded(changes: Sequence[SidecarChange]) -> bytes:
    return json.dumps(
        [
            {
                "path": base64.b64encode(bytes(change.path)).decode(),
                "before": None if change.before is None else base64.b64encode(change.before).decode(),
                "after": hash_bytes(change.after),
            }
            for change in changes
        ]
    ).encode()


def _entries(record: Path) -> list[tuple[Path, bytes | None, ContentHash]]:
    """Nothing of a record that is not as we write them."""
    try:
        return [
            (
                Path(base64.b64decode(entry["path"]).decode("utf-8", "surrogateescape")),
                None if entry["before"] is None else base64.b64decode(entry["before"]),
                ContentHash(str(entry["after"])),
            )
            for entry in json.loads(record.read_bytes())
        ]
    except (OSError, ValueError, TypeError, KeyError):
        return []


def _tidy(records: Path) -> None:
    """What a writing left behind that was cut off, and records of long ago."""
    kept = sorted(records.glob("*.json"), key=lambda path: path.name.zfill(40))
    for record in kept[-1:]:
        for path, _before, _after in _entries(record):
            remove_own(temporary_beside(path))
    for record in kept[:-MOST_RECORDS]:
        remove_own(record)


MOST_RECORDS = 50
