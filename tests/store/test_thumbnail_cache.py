import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from shoal.domain.images import ContentHash
from shoal.store import thumbnail_cache
from shoal.store.thumbnail_cache import ThumbnailCache


def hashes(count: int, start: int = 0) -> list[ContentHash]:
    return [ContentHash(f"{n:032x}") for n in range(start, start + count)]


@pytest.fixture
def clock(monkeypatch):
    """The hour that the cache sees."""
    now = [100]
    monkeypatch.setattr(thumbnail_cache, "_tick", lambda: now[0])
    return now


def test_what_is_put_is_found_again(tmp_path):
    with ThumbnailCache(tmp_path / "t") as cache:
        cache.put({hash_: hash_.encode() for hash_ in hashes(3)})
        assert cache.get(hashes(1)[0]) == hashes(1)[0].encode()
        assert cache.get(hashes(1, 9)[0]) is None
    with ThumbnailCache(tmp_path / "t") as cache:
        assert set(cache.get_many(hashes(1200))) == set(hashes(3))
        assert cache.missing([*hashes(4), *hashes(4)]) == hashes(1, 3)


def test_where_it_cannot_be_written_few_are_kept_as_long_as_the_program_runs(tmp_path, monkeypatch, clock):
    monkeypatch.setattr(thumbnail_cache, "FORMAT", replace(thumbnail_cache.FORMAT, most_in_memory=50_000))
    (tmp_path / "file").write_text("in the way")
    with ThumbnailCache(tmp_path / "file" / "t") as cache:
        for hash_ in hashes(10):
            cache.put({hash_: bytes(10_000)})
            clock[0] += 1
        assert cache.get(hashes(10)[-1]) == bytes(10_000)
        assert len(cache.missing(hashes(10))) > 4


def test_the_least_recently_used_go_first(tmp_path, clock):
    with ThumbnailCache(tmp_path / "t", limit_bytes=100_000) as cache:
        for hash_ in hashes(10):
            cache.put({hash_: bytes(10_000)})
            clock[0] += 1
        assert cache.get(hashes(1)[0])
        cache.put({hashes(1, 10)[0]: bytes(10_000)})
        assert cache.missing(hashes(11)) == hashes(2, 1)


def test_it_stays_within_its_limit_on_disk(tmp_path, clock):
    with ThumbnailCache(tmp_path / "t", limit_bytes=1_000_000) as cache:
        for batch in range(40):
            cache.put({hash_: os.urandom(10_000) for hash_ in hashes(20, batch * 20)})
            clock[0] += 1
        assert cache.get(hashes(1, 799)[0])
    assert (tmp_path / "t").stat().st_size < 1_600_000
    ThumbnailCache(tmp_path / "t", limit_bytes=100_000).close()
    assert (tmp_path / "t").stat().st_size < 300_000


def test_reading_and_writing_from_many_threads(tmp_path):
    def put_and_get(start: int) -> None:
        cache.put({hash_: hash_.encode() for hash_ in hashes(50, start)})
        assert cache.get(hashes(1, start)[0])

    with ThumbnailCache(tmp_path / "t") as cache, ThreadPoolExecutor(8) as pool:
        list(pool.map(put_and_get, range(0, 800, 50)))
        assert not cache.missing(hashes(800))


def test_damage_costs_the_thumbnails_and_nothing_else(tmp_path, caplog):
    (tmp_path / "t").write_bytes(b"no database" * 1000)
    with ThumbnailCache(tmp_path / "t") as cache:
        cache.put({hashes(1)[0]: b"jpeg"})
        assert cache.get(hashes(1)[0]) == b"jpeg"
    assert "damaged" in caplog.text
