"""Pictures that lie where no folder is: in an object store or on a server, by whatever URL fsspec understands.

Names and stamps come from one listing; the bytes are fetched by whoever looks. Contents have the same hashes as on a
drive, so what was seen of them counts for the same pictures anywhere.
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from shoal.domain.companions import is_hidden
from shoal.domain.errors import FolderNotReadable
from shoal.domain.images import FileStamp, FoundImage, SkippedImage
from shoal.domain.left_alone import folder_kind
from shoal.domain.natural_order import in_natural_order
from shoal.domain.sentence import Sentence, reason_of
from shoal.domain.task import Task
from shoal.imaging.limits import DecodeLimits, NotToday, UnreadableImage
from shoal.imaging.shots import pair_files
from shoal.looking.extraction_workers import ExtractionOptions

if TYPE_CHECKING:
    _Path = Path
else:
    _Path = type(Path())

LISTING = Sentence("Looking for images")
_TIMES = ("mtime", "LastModified", "last_modified", "updated", "modified", "created")
_TAGS = ("ETag", "etag", "md5Hash", "checksum", "crc32c", "CRC")
_TAG_RANGE = 10**18
"""Below any moment of today, so that a stamp made of a tag counts as settled."""


class UrlPath(_Path):
    """A URL where the program deals in paths: its parts are a path's, its text is the URL again."""

    @classmethod
    def of(cls, url: str) -> "UrlPath":
        protocol, _, rest = url.partition("://")
        mark = ":+" if rest.startswith("/") else ":"  # as in local:///folder: the host is empty
        return cls(f"/{protocol}{mark}/{rest.removeprefix('/')}")

    def __str__(self) -> str:
        protocol, _, rest = super().__str__()[1:].partition("/")
        return f"{protocol[:-2]}:///{rest}" if protocol.endswith(":+") else f"{protocol}//{rest}"

    def __fspath__(self) -> str:
        return str(self)


@dataclass(frozen=True, slots=True)
class UrlListing:
    """What is at a URL. `stamps` of those whose store says enough to tell whether they have changed."""

    images: tuple[FoundImage, ...]
    skipped: tuple[SkippedImage, ...]
    stamps: Mapping[Path, FileStamp]


def is_url(text: str) -> bool:
    """A URL that is no folder of this computer by another name."""
    return "://" in text and not text.startswith("file://")


def list_pictures(url: str, task: Task) -> UrlListing:
    """In natural order, a folder's own before those below it. Raises FolderNotReadable."""
    task.report(LISTING, 0, 0)
    try:
        system, root = _opened(url)
        entries: Mapping[str, Mapping[str, Any]] = system.find(root, detail=True)
    except Exception as error:  # each store has errors of its own
        raise FolderNotReadable(
            Sentence("{url} cannot be read ({reason}).", url=url, reason=reason_of(error)),
            Sentence("Check the URL, your credentials, and that the package for this store is installed."),
        ) from error
    start = len(root.rstrip("/")) + 1
    return _listed(url.rstrip("/"), {name[start:]: info for name, info in entries.items()})


def fetch(path: Path, limits: DecodeLimits) -> bytes:
    """The bytes of a picture at a `UrlPath`. Raises UnreadableImage, of which nothing is remembered."""
    try:
        system, name = _opened(str(path))
        size = system.size(name)
        if size is not None and size > limits.max_file_bytes:
            raise UnreadableImage(Sentence("the file is too large ({megabytes} MB)", megabytes=f"{size // 2**20:,}"))
        data: bytes = system.cat_file(name)
    except UnreadableImage:
        raise
    except Exception as error:  # as above
        raise NotToday(Sentence("the file cannot be read: {reason}", reason=reason_of(error))) from error
    if not data:
        raise UnreadableImage(Sentence("the file is empty"))
    return data


def reading_from_urls(options: ExtractionOptions, stamps: Mapping[Path, FileStamp]) -> ExtractionOptions:
    """`stamps`: as the listing has them. What has none there is fetched every time."""
    return replace(options, stamp=partial(_stamp_of, stamps), read=fetch)


def _stamp_of(stamps: Mapping[Path, FileStamp], path: Path) -> FileStamp:
    return stamps.get(path) or FileStamp(-1, time.time_ns())


@cache
def _system(protocol_and_place: str) -> Any:  # fsspec has no type information
    """Kept, with its connections, for all files of one place."""
    import fsspec  # noqa: PLC0415  # only where a URL was named

    return fsspec.core.url_to_fs(protocol_and_place)[0]


def _opened(url: str) -> tuple[Any, str]:
    protocol, _, rest = url.partition("://")
    system = _system(f"{protocol}://{rest.partition('/')[0]}")
    return system, system._strip_protocol(url)


def _listed(root: str, named: Mapping[str, Mapping[str, Any]]) -> UrlListing:
    """`named`: what the store says of each file, by its name below `root`."""
    folders: dict[str, list[str]] = {}
    for below in named:
        folder, _, name = below.rpartition("/")
        if name and not _is_left_alone(folder):
            folders.setdefault(folder, []).append(name)
    images, skipped = list[FoundImage](), list[SkippedImage]()
    stamps: dict[Path, FileStamp] = {}
    for folder in in_natural_order(list(folders)):
        for name in pair_files(in_natural_order(folders[folder])).pictures:
            below = f"{folder}/{name}" if folder else name
            path = UrlPath.of(f"{root}/{below}")
            if str(path) != f"{root}/{below}":
                skipped.append(SkippedImage(path, Sentence("its name is none that a path can have")))
                continue
            images.append(FoundImage(path, folder))
            stamps.update(_stamped(path, named[below]))
    return UrlListing(tuple(images), tuple(skipped), stamps)


def _is_left_alone(folder: str) -> bool:
    return any(is_hidden(part) or folder_kind(part) is not None for part in PurePosixPath(folder).parts)


def _stamped(path: Path, info: Mapping[str, Any]) -> Iterator[tuple[Path, FileStamp]]:
    moment = next((info[name] for name in _TIMES if info.get(name)), None)
    tag = next((info[name] for name in _TAGS if info.get(name)), None)
    size = int(info.get("size") or 0)
    if moment is not None:
        yield path, FileStamp(size, _nanoseconds(moment))
    elif tag is not None:
        digest = blake2b(str(tag).encode(), digest_size=8).digest()
        yield path, FileStamp(size, int.from_bytes(digest) % _TAG_RANGE)


def _nanoseconds(moment: datetime | float | str) -> int:
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    seconds = moment.timestamp() if isinstance(moment, datetime) else float(moment)
    return int(seconds * 1e6) * 1000
