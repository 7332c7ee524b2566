"""Downloads one file: resumed where it broke off, checked by its hash, under its name only when it is whole.

Proxies are those of the system or of the usual variables (`https_proxy`, `no_proxy`), which urllib reads.
"""

import errno
import hashlib
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException, HTTPMessage, HTTPResponse
from pathlib import Path
from typing import IO, cast

from shoal.domain.errors import ModelUnavailable, StorageFull
from shoal.domain.extension_points import Download
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.files.safe_files import remove_own, rename_own

ATTEMPTS = 5
"""How often a connection may break off without having brought anything before we give up."""
TIMEOUT_SECONDS = 30  # without a byte: a slow line is not a dead one
CHUNK = 1 << 18
MEGABYTE = 1_000_000
_FULL = {errno.ENOSPC, errno.EDQUOT}
_RANGE_BEYOND_THE_END = 416  # what a server says to going on where the file is whole already


class _BrokeOff(Exception):
    """The connection ended before the file did."""


class _SecureRedirects(urllib.request.HTTPRedirectHandler):
    """Follows from https to https only: half a hash is no reason to trust whoever sits on the line."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        if req.type == "https" and not newurl.startswith("https:"):
            raise urllib.error.URLError(f"it wants to send us to {newurl}, which is not encrypted")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def download(source: Download, target: Path, task: Task) -> None:
    """Bring `source` to `target`. What was fetched stays beside it as `NAME.part`: the next call goes on from there.

    Raises `ModelUnavailable` in words for the user, `StorageFull` and `Cancelled`.
    """
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    with _plain_words(source, target):
        resumed = part.exists()
        _fetch(source, part, task)
        if resumed and not _is_right(part, source):  # the beginning may stem from another file
            remove_own(part)
            _fetch(source, part, task)
        if not _is_right(part, source):
            remove_own(part)
            raise ModelUnavailable(
                Sentence("What came from {url} is not what was published: its SHA-256 is another.", url=source.url),
                Sentence("Try again later, or get the file yourself and name it with --weights."),
            )
        rename_own(part, target)


def _is_right(part: Path, source: Download) -> bool:
    with part.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest().startswith(source.sha256)


def _fetch(source: Download, part: Path, task: Task) -> None:
    """Until all is there. Every connection that brought something is worth another."""
    failures = 0
    while True:
        before = _size(part)
        try:
            _fetch_rest(source, part, task)
        except (_BrokeOff, TimeoutError, ConnectionError, HTTPException):
            failures = 0 if _size(part) > before else failures + 1
            if failures == ATTEMPTS:
                raise
        else:
            return


def _size(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def _fetch_rest(source: Download, part: Path, task: Task) -> None:
    with _answer(source.url, _size(part)) as answer:
        begins_anew = answer.status != 206
        done = 0 if begins_anew else _size(part)
        total = done + int(answer.headers.get("Content-Length") or 0)
        _require_space(part, total - done)
        with part.open("wb" if begins_anew else "ab") as file:
            while chunk := answer.read(CHUNK):
                file.write(chunk)
                done += len(chunk)
                task.report(
                    Sentence(
                        "Downloading {file_name} ({megabytes} MB, {licence}), in MB",
                        file_name=source.file_name,
                        megabytes=source.megabytes,
                        licence=source.licence,
                    ),
                    done // MEGABYTE,
                    max(done, total) // MEGABYTE,
                )
    if done < total:
        raise _BrokeOff


def _answer(url: str, done: int) -> HTTPResponse:
    """From byte `done` on where the server can; from the beginning where it cannot, or has nothing beyond."""
    opener = urllib.request.build_opener(_SecureRedirects)
    headers = {"User-Agent": "shoal"} | ({"Range": f"bytes={done}-"} if done else {})
    try:
        answer = opener.open(urllib.request.Request(url, headers=headers), timeout=TIMEOUT_SECONDS)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code != _RANGE_BEYOND_THE_END:
            raise
        answer = opener.open(urllib.request.Request(url, headers={"User-Agent": "shoal"}), timeout=TIMEOUT_SECONDS)
    return cast("HTTPResponse", answer)


def _require_space(part: Path, needed: int) -> None:
    if shutil.disk_usage(part.parent).free < needed:
        raise StorageFull(
            Sentence("There is no space for a download of {needed} MB.", needed=needed // MEGABYTE),
            _make_room(part.parent),
        )


def _make_room(folder: Path) -> Sentence:
    return Sentence("Make room on the drive of {folder}, then try again.", folder=folder)


@contextmanager
def _plain_words(source: Download, target: Path) -> Iterator[None]:
    """Turn what networks and disks raise into sentences."""
    elsewhere = Sentence("Check the connection, or get it elsewhere and put it into {folder}.", folder=target.parent)
    try:
        yield
    except urllib.error.HTTPError as error:
        raise ModelUnavailable(
            Sentence("{url} answers {code} ({reason}).", url=source.url, code=error.code, reason=error.reason),
            elsewhere,
        ) from error
    except urllib.error.URLError as error:
        raise ModelUnavailable(
            Sentence("{url} cannot be reached ({reason}).", url=source.url, reason=error.reason), elsewhere
        ) from error
    except (_BrokeOff, TimeoutError, ConnectionError, HTTPException) as error:
        raise ModelUnavailable(
            Sentence("The download of {url} broke off.", url=source.url),
            Sentence("Try again: it goes on from where it was."),
        ) from error
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFull(
                Sentence("There is no space left to write {target}.", target=target), _make_room(target.parent)
            ) from error
        raise ModelUnavailable(
            Sentence("{target} cannot be written ({reason}).", target=target, reason=error.strerror),
            Sentence("Check {folder}.", folder=target.parent),
        ) from error
