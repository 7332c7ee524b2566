import contextlib
import logging
import os
import sqlite3
import subprocess
import sys
import textwrap
import time
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from shoal.domain.errors import StorageFull, UserFacingError
from shoal.domain.geometry import EmbeddingKey
from shoal.domain.images import ContentHash, FileStamp, ImageFacts
from shoal.domain.seen_classes import likeliest
from shoal.domain.sentence import Sentence
from shoal.store import cache_file, feature_cache
from shoal.store.feature_cache import FORMAT, FeatureBatch, FeatureCache
from shoal.store.own_files import not_writable
from shoal.store.sqlite_files import connect

KEY = EmbeddingKey("colour-layout", "", "none", 64, "v1")
OTHER = EmbeddingKey("builtin", "", "abc", 160, "v1")


def hashes(count: int, start: int = 0) -> list[ContentHash]:
    return [ContentHash(f"{n:032x}") for n in range(start, start + count)]


def unit_rows(count: int, dimension: int = 16, seed: int = 0):
    rows = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cache" / "features.sqlite"


def test_vectors_come_back_in_the_order_asked_for_and_of_unit_length(path):
    vectors, names = unit_rows(12_000), hashes(12_000)
    with FeatureCache(path) as cache:
        cache.put_batch(KEY, FeatureBatch(names, vectors))
    order = np.random.default_rng(1).integers(0, 12_000, 15_000)
    with FeatureCache(path) as cache:
        found = cache.vectors([names[i] for i in order], KEY)
    assert found.dtype == np.float32
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-6)
    assert np.abs(found - vectors[order]).max() < 1e-3


def test_one_picture_twice_costs_no_second_copy_of_all_vectors(path):
    vectors, names = unit_rows(6_000, 256), hashes(6_000)
    with FeatureCache(path) as cache:
        cache.put_batch(KEY, FeatureBatch(names, vectors))
    with FeatureCache(path) as cache:
        tracemalloc.start()
        try:
            found = cache.vectors([*names, names[7]], KEY)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert np.abs(found - vectors[[*range(6_000), 7]]).max() < 1e-3
    assert peak < 1.6 * found.nbytes


def test_classes_come_back_with_what_the_others_share_left_out(path):
    probabilities = np.random.default_rng(0).dirichlet(np.full(1000, 0.01), 30)
    seen = likeliest(probabilities)
    with FeatureCache(path) as cache:
        cache.put_batch(KEY, FeatureBatch(hashes(30), unit_rows(30), classes=seen))
        cache.put_batch(OTHER, FeatureBatch(hashes(30), unit_rows(30)))
    with FeatureCache(path) as cache:
        found = cache.classes([hashes(30)[7], ContentHash("f" * 32), *hashes(2)], KEY)
        assert cache.classes(hashes(30), OTHER).probabilities.max() == 0
    assert (found.classes[[0, 2, 3]] == seen.classes[[7, 0, 1]]).all()
    assert np.abs(found.probabilities[[0, 2, 3]] - seen.probabilities[[7, 0, 1]]).max() < 1e-5
    assert found.probabilities[1].max() == 0


@pytest.mark.parametrize("blob", [b"short", b"\xff" * 48])
def test_damaged_classes_are_told_and_thrown_out(path, blob):
    with FeatureCache(path) as cache:
        cache.put_batch(KEY, FeatureBatch(hashes(1), unit_rows(1)))
        with contextlib.closing(connect(path)) as db:
            db.execute("UPDATE vector SET classes = ?", [blob])
        with pytest.raises(UserFacingError, match="damaged"):
            cache.classes(hashes(1), KEY)
        assert cache.missing(hashes(1), KEY) == hashes(1)


def test_a_damaged_vector_is_told_once_and_costs_no_other_model_anything(path):
    with FeatureCache(path) as cache:
        for key in (KEY, OTHER):
            cache.put_batch(key, FeatureBatch(hashes(3), unit_rows(3)))
        with contextlib.closing(connect(path)) as db:
            db.execute("UPDATE vector SET numbers = zeroblob(length(numbers)) WHERE id = (SELECT min(id) FROM vector)")
        with pytest.raises(UserFacingError, match="damaged"):
            cache.vectors(hashes(3), KEY)
        assert cache.missing(hashes(3), KEY) == hashes(3)
        assert len(cache.vectors(hashes(3), OTHER)) == 3
        cache.put_batch(KEY, FeatureBatch(hashes(3), unit_rows(3)))
        assert len(cache.vectors(hashes(3), KEY)) == 3


def test_models_live_side_by_side(path):
    with FeatureCache(path) as cache:
        cache.put_batch(KEY, FeatureBatch(hashes(3), unit_rows(3)))
        cache.put_batch(OTHER, FeatureBatch(hashes(1), unit_rows(1, dimension=8)))
        assert cache.missing(hashes(4), KEY) == hashes(1, start=3)
        assert cache.missing([*hashes(3), *hashes(3)], OTHER) == hashes(2, start=1)
        assert cache.vectors(hashes(1), OTHER).shape == (1, 8)
        with pytest.raises(KeyError, match="2 of 3"):
            cache.vectors(hashes(3), OTHER)
        with pytest.raises(ValueError, match="16 numbers, not 8"):
            cache.put_batch(KEY, FeatureBatch(hashes(1), unit_rows(1, dimension=8)))


def test_nothing_asked_nothing_answered(path):
    with FeatureCache(path) as cache:
        assert cache.vectors([], KEY).shape == (0, 0)
        assert cache.missing([], KEY) == []
        cache.put_batch(KEY, FeatureBatch())


def test_looks_in_small_are_kept_for_what_was_looked_at(path):
    names = hashes(3)
    with FeatureCache(path) as cache:
        cache.put_batch(KEY, FeatureBatch(names[:2], unit_rows(2)))
        cache.put_looks({names[0]: b"blue", names[1]: b"red", names[2]: b"nobody has looked at it"})
        cache.put_looks({names[1]: b"green"})
    with FeatureCache(path) as cache:
        assert cache.looks(names) == {names[0]: b"blue", names[1]: b"green"}


def test_facts_and_reasons_stay_with_the_content(path):
    facts = ImageFacts(400, 300, "JPEG", "2024-05-01T10:00:00", "Canon", True, 0.5, -(2**63))
    first, second = hashes(2)
    with FeatureCache(path) as cache:
        cache.put_batch(KEY, FeatureBatch(facts={first: facts}, unreadable={second: Sentence("cut off")}, decoder="1"))
        cache.put_batch(KEY, FeatureBatch([first], unit_rows(1)))
    with FeatureCache(path) as cache:
        assert cache.facts(hashes(2)) == {first: facts}
        assert cache.unreadable(hashes(2), "1") == {second: "cut off"}
        assert cache.unreadable(hashes(2), "2") == {}


def test_an_unchanged_file_is_not_read_again(path):
    old, other = FileStamp(10, 1_600_000_000_000_000_123), FileStamp(11, 1_600_000_000_000_000_123)
    odd_name = Path(os.fsdecode(b"/pictures/\xff\n.jpg"))
    with FeatureCache(path) as cache:
        cache.put_batch(KEY, FeatureBatch(stamps={odd_name: (old, hashes(1)[0])}))
    with FeatureCache(path) as cache:
        assert cache.unchanged({odd_name: old, Path("/elsewhere"): old}) == {odd_name: hashes(1)[0]}
        assert cache.unchanged({odd_name: other}) == {}


def test_a_file_changed_this_very_moment_is_read_again(path):
    with FeatureCache(path) as cache:
        now = FileStamp(10, time.time_ns())
        cache.put_batch(KEY, FeatureBatch(stamps={Path("/a"): (now, hashes(1)[0])}))
        assert cache.unchanged({Path("/a"): now}) == {}


def test_bad_numbers_are_a_mistake_of_ours():
    with pytest.raises(ValueError, match="finite"):
        FeatureBatch(hashes(1), np.full((1, 4), np.nan, np.float32))
    with pytest.raises(ValueError, match="2 hashes but 1"):
        FeatureBatch(hashes(2), unit_rows(1))


def test_many_threads_at_once(path):
    vectors = unit_rows(800)

    def write_and_read(start: int) -> None:
        mine = hashes(100, start)
        cache.put_batch(KEY, FeatureBatch(mine, vectors[start : start + 100]))
        assert np.abs(cache.vectors(mine, KEY) - vectors[start : start + 100]).max() < 1e-3

    with FeatureCache(path) as cache, ThreadPoolExecutor(8) as pool:
        list(pool.map(write_and_read, range(0, 800, 100)))
        assert cache.missing(hashes(800), KEY) == []


def test_a_damaged_cache_is_set_aside_and_begun_anew(path, caplog):
    path.parent.mkdir()
    path.write_bytes(b"this is no database, " * 500)
    with caplog.at_level(logging.WARNING), FeatureCache(path) as cache:
        assert "damaged" in caplog.text
        cache.put_batch(KEY, FeatureBatch(hashes(2), unit_rows(2)))
        assert cache.missing(hashes(2), KEY) == []
    assert path.with_name("features.sqlite.damaged").read_bytes().startswith(b"this is no")


@pytest.mark.parametrize("seed", range(8))
def test_damage_in_the_middle_is_met_on_the_way(path, caplog, seed):
    vectors = unit_rows(3000, 64)
    with FeatureCache(path) as cache:
        cache.put_batch(KEY, FeatureBatch(hashes(3000), vectors))
    rng = np.random.default_rng(seed)
    data = bytearray(path.read_bytes())
    for start in rng.integers(4096, len(data) - 4096, 20):
        data[start : start + 512] = rng.bytes(512)
    path.write_bytes(data)
    with caplog.at_level(logging.WARNING), FeatureCache(path) as cache:
        missing = cache.missing(hashes(3000), KEY)
        known = sorted(set(hashes(3000)) - set(missing))
        try:
            found = cache.vectors(known, KEY)
            assert np.isfinite(found).all()
        except KeyError:
            assert "damaged" in caplog.text
        cache.put_batch(KEY, FeatureBatch(hashes(3000), vectors))


def test_another_program_s_database_is_not_taken_for_ours(path, caplog):
    path.parent.mkdir()
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE theirs (x)")
    db.close()
    with caplog.at_level(logging.WARNING), FeatureCache(path) as cache:
        assert cache.missing(hashes(1), KEY) == hashes(1)
    assert "damaged" in caplog.text


def test_where_it_cannot_be_written_things_are_kept_as_long_as_the_program_runs(tmp_path):
    (tmp_path / "file").write_text("in the way")
    place, vectors = tmp_path / "file" / "features.sqlite", np.eye(3, 32, dtype=np.float32)
    with FeatureCache(place) as cache:
        assert "cannot be written" in str(cache.trouble)
        cache.put_batch(KEY, FeatureBatch(hashes(3), vectors))
        np.testing.assert_array_equal(cache.vectors(hashes(3), KEY), vectors)
        with FeatureCache(place) as other:
            assert other.missing(hashes(3), KEY) == hashes(3), "it is nobody else's"
    with FeatureCache(place) as again:
        assert again.missing(hashes(3), KEY) == hashes(3)


@pytest.mark.parametrize("full", [False, True])
def test_where_it_can_only_be_read_what_is_there_is_taken(path, monkeypatch, full):
    vectors = np.eye(5, 32, dtype=np.float32)
    with FeatureCache(path) as cache:
        cache.put_batch(KEY, FeatureBatch(hashes(3), vectors[:3]))
        assert cache.trouble is None
    before = path.read_bytes()
    if full:
        monkeypatch.setattr(cache_file, "is_full", lambda _path: True)
    else:
        monkeypatch.setattr(cache_file, "connect", refuse)
    with FeatureCache(path) as cache:
        assert isinstance(cache.trouble, StorageFull) == full
        assert cache.missing(hashes(5), KEY) == hashes(5)[3:]
        cache.put_batch(KEY, FeatureBatch(hashes(5)[3:], vectors[3:]))
        np.testing.assert_array_equal(cache.vectors(hashes(5), KEY), vectors)
    assert full or path.read_bytes() == before
    monkeypatch.undo()
    with FeatureCache(path) as cache:
        assert cache.missing(hashes(5), KEY) == hashes(5)[3:]


@pytest.mark.parametrize("content", [b"", b"no database", bytes(10_000)])
def test_where_it_can_only_be_read_and_is_damaged_nothing_is_taken(path, monkeypatch, content):
    path.parent.mkdir()
    path.write_bytes(content)
    monkeypatch.setattr(cache_file, "connect", refuse)
    with FeatureCache(path) as cache:
        assert cache.missing(hashes(3), KEY) == hashes(3)
        cache.put_batch(KEY, FeatureBatch(hashes(3), np.eye(3, 32, dtype=np.float32)))
        assert cache.missing(hashes(3), KEY) == []
    assert path.read_bytes() == content


def test_of_a_file_that_can_only_be_read_not_more_is_taken_than_memory_can_hold(path, monkeypatch):
    with FeatureCache(path) as cache:
        cache.put_batch(KEY, FeatureBatch(hashes(3), np.eye(3, 32, dtype=np.float32)))
    monkeypatch.setattr(cache_file, "connect", refuse)
    monkeypatch.setattr(feature_cache, "FORMAT", replace(FORMAT, most_in_memory=1000))
    with FeatureCache(path) as cache:
        assert cache.missing(hashes(3), KEY) == hashes(3)


def refuse(path: Path) -> sqlite3.Connection:
    raise not_writable(path)


def test_a_killed_process_loses_no_batch_that_was_put(path):
    child = textwrap.dedent(f"""
        import sys
        from pathlib import Path
        import numpy as np
        from shoal.domain.geometry import EmbeddingKey
        from shoal.store.feature_cache import FORMAT, FeatureBatch, FeatureCache
        cache = FeatureCache(Path({str(path)!r}))
        key = EmbeddingKey("colour-layout", "", "none", 64, "v1")
        rows = np.eye(16, dtype=np.float32)
        for batch in range(10_000):
            cache.put_batch(key, FeatureBatch([f"{{batch * 16 + n:032x}}" for n in range(16)], rows))
            print(batch, flush=True)
    """)
    with subprocess.Popen([sys.executable, "-c", child], stdout=subprocess.PIPE, text=True) as process:
        acknowledged = [int(process.stdout.readline()) for _ in range(40)]
        process.kill()
        acknowledged += [int(line) for line in process.stdout.read().split("\n") if line]
    with FeatureCache(path) as cache:
        count = 16 * (acknowledged[-1] + 1)
        assert cache.missing(hashes(count), KEY) == []
        assert len(cache.missing(hashes(16, count), KEY)) in (0, 16)


def test_asking_for_few_does_not_read_all(path, monkeypatch):
    steps = [0]  # of SQLite's virtual machine

    def count() -> int:
        steps[0] += 1
        return 0

    def counting_connection(path: Path) -> sqlite3.Connection:
        db = connect(path)
        db.set_progress_handler(count, 1)
        return db

    with FeatureCache(path) as cache:
        for start in range(0, 20_000, 1000):
            cache.put_batch(KEY, FeatureBatch(hashes(1000, start), unit_rows(1000, 4)))
    monkeypatch.setattr(cache_file, "connect", counting_connection)
    with FeatureCache(path) as cache:
        cache.vectors(hashes(100, 500), KEY)
        cache.missing(hashes(100, 500), KEY)
        cache.unreadable(hashes(100, 500), "")
    assert steps[0] < 20_000


def with_version(path, version) -> None:
    with FeatureCache(path) as cache:
        cache.put_batch(KEY, FeatureBatch(hashes(2), unit_rows(2)))
    with contextlib.closing(connect(path)) as db:
        db.execute(f"PRAGMA user_version = {version}")


def test_after_an_update_the_cache_is_made_anew_and_nobody_speaks_of_damage(path, monkeypatch):
    """A later version that no statements lead to: the old file, which nobody reads any more, goes."""
    with_version(path, FORMAT.version)
    monkeypatch.setattr(feature_cache, "FORMAT", replace(feature_cache.FORMAT, version=9, upgrades=()))
    told = []
    with FeatureCache(path, told.append) as cache:
        assert cache.missing(hashes(2), KEY) == hashes(2)
        cache.put_batch(KEY, FeatureBatch(hashes(2), unit_rows(2)))
    assert told == ["Shoal was updated, and its cache features.sqlite is made anew: pictures are looked at once more."]
    assert [file.name for file in path.parent.iterdir()] == ["features.sqlite"]
    with FeatureCache(path, told.append) as cache:
        assert cache.missing(hashes(2), KEY) == []
    assert len(told) == 1


def test_only_the_upgrades_that_are_missing_are_done(path, monkeypatch):
    with_version(path, FORMAT.version)
    later = ("ALTER TABLE content ADD COLUMN mood TEXT",)
    monkeypatch.setattr(
        feature_cache, "FORMAT", replace(feature_cache.FORMAT, version=FORMAT.version + 1, upgrades=(later,))
    )
    for _time in range(2):
        with FeatureCache(path, pytest.fail) as cache:
            assert cache.missing(hashes(2), KEY) == []
    with contextlib.closing(connect(path)) as db:
        assert db.execute("SELECT mood FROM content").fetchall() == [(None,), (None,)]


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda path: with_version(path, 99), "newer version"),
        (lambda path: with_version(path, 0), "could not be used"),
        (
            lambda path: (with_version(path, FORMAT.version), path.write_bytes(b"no database" * 999)),
            "could not be used",
        ),
    ],
)
def test_what_else_cannot_be_read_is_set_aside_and_named(path, spoil, words):
    spoil(path)
    told = []
    with FeatureCache(path, told.append) as cache:
        assert cache.missing(hashes(2), KEY) == hashes(2)
    assert len(told) == 1
    assert words in told[0]
    assert path.with_name("features.sqlite.damaged").exists()


def test_an_older_cache_keeps_its_vectors_and_asks_for_the_measures_that_it_lacks(path):
    with FeatureCache(path) as cache:
        cache.put_batch(KEY, FeatureBatch(hashes(2), unit_rows(2), dict.fromkeys(hashes(2), ImageFacts(4, 3, "JPEG"))))
    with contextlib.closing(connect(path)) as db:
        for column in ("sharpness", "difference_hash", "measured"):
            db.execute(f"ALTER TABLE content DROP COLUMN {column}")
        db.execute("ALTER TABLE vector DROP COLUMN classes")
        for table in ("object", "turned", "looks"):
            db.execute(f"DROP TABLE {table}")
        db.execute("PRAGMA user_version = 1")
    with FeatureCache(path) as cache:
        assert cache.missing(hashes(2), KEY) == []
        assert cache.facts(hashes(2)) == {}
        measured = ImageFacts(40, 30, "JPEG", sharpness=0.5, difference_hash=7)
        cache.put_batch(KEY, FeatureBatch(facts={hashes(1)[0]: measured}))
        assert cache.facts(hashes(2)) == {hashes(1)[0]: measured}
