"""Pictures at URLs, as fsspec reads them."""

import pickle
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from shoal.domain.errors import FolderNotReadable
from shoal.domain.images import FileStamp
from shoal.domain.task import Task
from shoal.imaging.limits import DecodeLimits, UnreadableImage
from shoal.machines.url_pictures import UrlPath, fetch, is_url, list_pictures

fsspec = pytest.importorskip("fsspec")


@pytest.fixture
def store() -> Any:
    memory = fsspec.filesystem("memory")
    memory.store.clear()
    for name in ("b10.jpg", "b9.jpg", "day 2/c.JPG", "day 2/c.dng", "day 2/notes.txt", ".hidden/d.jpg", "@eaDir/e.jpg"):
        memory.pipe_file(f"/pictures/{name}", b"bytes of " + name.encode())
    yield memory
    memory.store.clear()


@pytest.mark.parametrize("url", ["s3://b", "s3://b/c", "local:///a/b", "memory://a b/c"])
def test_urls_come_back_as_they_were(url: str) -> None:
    assert str(UrlPath.of(url)) == url


def test_a_url_is_a_path_whose_text_is_the_url() -> None:
    path = UrlPath.of("s3://bucket/day 1/a.JPG")
    assert (str(path), path.name, path.suffix, path.is_absolute()) == ("s3://bucket/day 1/a.JPG", "a.JPG", ".JPG", True)
    assert path.absolute() == path == pickle.loads(pickle.dumps(path))
    assert {path: 1}[UrlPath.of("s3://bucket/day 1/a.JPG")] == 1
    assert path != UrlPath.of("gs://bucket/day 1/a.JPG")


@pytest.mark.parametrize(
    ("text", "is_one"), [("s3://b/x", True), ("/a/b", False), ("file:///a", False), ("C:/a", False)]
)
def test_what_is_a_url(text: str, is_one: bool) -> None:
    assert is_url(text) is is_one


def test_pictures_are_listed_in_natural_order_with_their_folders(store: Any) -> None:
    listing = list_pictures("memory://pictures", Task())
    assert [(str(one.path), one.label) for one in listing.images] == [
        ("memory://pictures/b9.jpg", ""),
        ("memory://pictures/b10.jpg", ""),
        ("memory://pictures/day 2/c.JPG", "day 2"),
    ]
    assert all(listing.stamps[one.path].size > 8 for one in listing.images)


def test_bytes_are_those_of_the_file_and_what_fails_is_told(store: Any) -> None:
    assert fetch(UrlPath.of("memory://pictures/b9.jpg"), DecodeLimits()) == b"bytes of b9.jpg"
    store.pipe_file("/pictures/empty.jpg", b"")
    for name, reason in (("gone.jpg", "cannot be read"), ("empty.jpg", "empty")):
        with pytest.raises(UnreadableImage, match=reason):
            fetch(UrlPath.of(f"memory://pictures/{name}"), DecodeLimits())
    with pytest.raises(UnreadableImage, match="too large"):
        fetch(UrlPath.of("memory://pictures/b9.jpg"), DecodeLimits(max_file_bytes=3))


def test_a_name_that_no_path_can_have_is_skipped_with_a_reason(store: Any) -> None:
    store.pipe_file("/pictures/odd//x.jpg", b"x")
    listing = list_pictures("memory://pictures", Task())
    assert [one.reason for one in listing.skipped] == ["its name is none that a path can have"]
    assert len(listing.images) == 3


@pytest.mark.parametrize("url", ["nothing-of-this-name://here", "s3x://bucket"])
def test_a_store_that_nobody_knows_is_told_in_a_sentence(url: str) -> None:
    with pytest.raises(FolderNotReadable, match="cannot be read"):
        list_pictures(url, Task())


MOMENT = datetime(2024, 5, 6, 7, 8, 9, 250_000, tzinfo=UTC)


@pytest.mark.parametrize(
    "info",
    [{"LastModified": MOMENT}, {"mtime": MOMENT.timestamp()}, {"updated": MOMENT.isoformat()}],
    ids=["s3", "drive", "google"],
)
def test_stores_say_in_their_own_ways_when_a_file_changed(
    info: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _stamp(info, monkeypatch) == FileStamp(7, int(MOMENT.timestamp() * 1e6) * 1000)


def test_a_tag_stands_for_a_moment_and_without_both_a_file_is_read_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    one, same, other = (_stamp({"ETag": tag}, monkeypatch) for tag in ("a", "a", "b"))
    assert one == same != other
    assert _stamp({}, monkeypatch) is None


def _stamp(info: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> FileStamp | None:
    monkeypatch.setattr(fsspec.filesystem("memory"), "find", lambda *_, **__: {"/p/a.jpg": {"size": 7, **info}})
    listing = list_pictures("memory://p", Task())
    assert listing.images[0].path == UrlPath.of("memory://p/a.jpg")
    return listing.stamps.get(Path(listing.images[0].path))
