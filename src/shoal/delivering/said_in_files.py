"""Stars, flags and labels that the files of pictures have; files that are as they were are not read again."""

import os
import stat
import time
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np

from shoal.delivering.picture_marks import look_at_shot
from shoal.domain.images import FileStamp, is_settled
from shoal.domain.verdict_marks import verdict_of
from shoal.domain.verdicts import Verdict, Verdicts
from shoal.looking.snapshot import Entry
from shoal.store.said_cache import SaidCache


def said_in_files(entries: Sequence[Entry], cache: SaidCache) -> Verdicts:
    """One row for each. Reads parts of those files that have changed since, or that nobody has read yet."""
    began = time.time_ns()
    states = [_state(entry, began) for entry in entries]
    known = cache.verdicts([state for state in states if state is not None])
    said: list[Verdict] = []
    news: dict[bytes, Verdict] = {}
    for entry, state in zip(entries, states, strict=True):
        verdict = known.get(state) if state is not None else None
        if verdict is None:
            verdict = verdict_of(look_at_shot(entry.path, entry.companions).marks)
            news |= {} if state is None else {state: verdict}
        said.append(verdict)
    if news:
        cache.put(news)
    return np.array(said, np.int8).reshape(-1, 3)


def _state(entry: Entry, now_ns: int) -> bytes | None:
    """Of all files of the shot; None where one cannot be looked at, or was changed so lately that more may come."""
    digest = blake2b(digest_size=16)
    for path in (entry.path, *entry.companions):
        stamp = _stamp(path)
        if stamp is None or not is_settled(stamp, now_ns):
            return None
        digest.update(os.fsencode(path) + f" {stamp.size} {stamp.modified_ns}\0".encode())
    return digest.digest()


def _stamp(path: Path) -> FileStamp | None:
    try:
        status = os.lstat(path)
    except (OSError, ValueError):
        return None
    return FileStamp(status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else None
