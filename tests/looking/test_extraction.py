"""Folders of real files through the extraction: what comes out, what is done twice, and what goes wrong."""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.support.picture_folders import MeanColours, write_pictures
from tests.support.untouched import as_it_is_now

from shoal.domain.errors import Cancelled, StorageFull, UserFacingError
from shoal.domain.images import FoundImage, ImageRecord
from shoal.domain.sentence import Sentence
from shoal.domain.task import Progress, Task
from shoal.imaging.decoding import decode_image
from shoal.imaging.fingerprint import content_hash, read_image_file, read_stamp
from shoal.imaging.limits import UnreadableImage
from shoal.looking import picture_decoder
from shoal.looking.answers import WrongAnswer
from shoal.looking.extracted import Extraction
from shoal.looking.extraction import Caches, ExtractionOptions, extract
from shoal.looking.settled import Before
from shoal.store.feature_cache import FeatureCache
from shoal.store.thumbnail_cache import ThumbnailCache


@pytest.fixture
def caches(tmp_path: Path) -> Iterator[Caches]:
    with FeatureCache(tmp_path / "f.sqlite") as features, ThumbnailCache(tmp_path / "t.sqlite") as thumbnails:
        yield Caches(features, thumbnails)


@pytest.fixture
def found(tmp_path: Path) -> list[FoundImage]:
    """Twenty pictures, old enough for their stamps to be believed."""
    images = write_pictures(tmp_path / "pictures", 20)
    for image in images:
        os.utime(image.path, (1_600_000_000, 1_600_000_000))
    as_it_is_now(tmp_path / "pictures")
    return images


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by one entry per file that is decoded."""
    calls: list[str] = []
    decode = decode_image

    def counted(data: bytes, suffix: str, *rest: Any) -> object:
        calls.append(suffix)
        return decode(data, suffix, *rest)

    monkeypatch.setattr(picture_decoder, "decode_image", counted)
    return calls


def small(batch_size: int = 8, workers: int = 2) -> ExtractionOptions:
    return ExtractionOptions(batch_size, workers)


def look(found: list[FoundImage], caches: Caches, backend: MeanColours | None = None, **more: Any) -> Extraction:
    options = more.pop("options", small())
    return extract(found, backend or MeanColours(), caches, Task(), options=options, **more)


def test_every_image_becomes_a_record_and_a_row_in_order(found, caches):
    result = look(found, caches)
    assert [record.path for record in result.records] == [image.path for image in found]
    assert [record.id for record in result.records] == list(range(20))
    assert all(record.content_hash == content_hash(record.path.read_bytes()) for record in result.records)
    assert {(record.label, record.facts.width, record.facts.height) for record in result.records} == {
        ("pictures", 64, 48)
    }
    assert result.embeddings.vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(result.embeddings.vectors, axis=1), 1, rtol=1e-5)
    assert result.embeddings.rows.ids.tolist() == list(range(20))
    assert (result.skipped, result.missing, result.cached_count) == ((), (), 0)
    assert caches.thumbnails is not None
    assert not caches.thumbnails.missing([record.content_hash for record in result.records])


@pytest.mark.parametrize("one_core_per_call", [True, False])
@pytest.mark.parametrize(("batch_size", "workers"), [(1, 1), (3, 2), (32, 4), (7, None)])
def test_neither_threads_nor_batches_show_in_the_result(
    found, caches, tmp_path, one_core_per_call, batch_size, workers
):
    plain = look(found, caches, options=ExtractionOptions(1, 1))
    with FeatureCache(tmp_path / "other.sqlite") as features:
        backend = MeanColours(one_core_per_call=one_core_per_call)
        other = look(found, Caches(features), backend, options=ExtractionOptions(batch_size, workers))
    assert other.records == plain.records
    assert other.embeddings.key == plain.embeddings.key
    np.testing.assert_array_equal(other.embeddings.vectors, plain.embeddings.vectors)


def test_a_second_run_opens_no_file(found, caches, decoded):
    first = look(found, caches)
    assert len(decoded) == 20
    backend = MeanColours()
    options = replace(small(), read=lambda *_: pytest.fail("a file was read"))
    second = look(found, caches, backend, options=options)
    assert (len(decoded), backend.embedded, second.cached_count) == (20, 0, 20)
    assert second.records == first.records
    np.testing.assert_array_equal(second.embeddings.vectors, first.embeddings.vectors)


@pytest.mark.changes_pictures("changes them itself")
def test_moved_and_touched_files_are_read_but_not_decoded(found, caches, decoded, tmp_path):
    look(found, caches)
    moved = [FoundImage(image.path.rename(tmp_path / f"new {image.path.name}")) for image in found[:10]]
    for image in found[10:]:
        os.utime(image.path, (1_700_000_000, 1_700_000_000))
    result = look([*moved, *found[10:]], caches)
    assert (len(decoded), result.cached_count, len(result.records)) == (20, 20, 20)


def test_another_model_looks_again_and_both_are_kept(found, caches, decoded):
    look(found, caches)
    look(found, caches, MeanColours("other"))
    assert len(decoded) == 40
    look(found, caches)
    look(found, caches, MeanColours("other"))
    assert len(decoded) == 40


def test_equal_files_are_looked_at_once(found, caches, decoded, tmp_path):
    copies = [FoundImage(Path(shutil.copy(image.path, tmp_path / f"copy{n}.jpg"))) for n, image in enumerate(found)]
    result = look([*found, *copies], caches, backend := MeanColours())
    assert (len(decoded), backend.embedded, len(result.records)) == (20, 20, 40)
    np.testing.assert_array_equal(result.embeddings.vectors[:20], result.embeddings.vectors[20:])


def test_a_path_found_twice_is_one_image(found, caches):
    assert len(look([*found, *found], caches).records) == 20


def test_bad_files_are_skipped_with_reasons_and_stop_nobody(found, caches, decoded, tmp_path):
    bad = [tmp_path / name for name in ("empty.jpg", "text.jpg", "cut.jpg", "gone.jpg", "folder.jpg")]
    bad[0].touch()
    bad[1].write_text("no picture")
    bad[2].write_bytes(found[0].path.read_bytes()[:60])
    bad[4].mkdir()
    everything = [FoundImage(path) for path in bad[:2]] + found + [FoundImage(path) for path in bad[2:]]
    result = look(everything, caches)
    assert len(result.records) == 20
    assert [skipped.path for skipped in result.skipped] == bad
    assert all(skipped.reason for skipped in result.skipped)
    again = look(everything, caches)
    assert again.skipped == result.skipped
    assert [record.id for record in result.records] == list(range(20))


def test_a_damaged_file_is_not_decoded_again(caches, decoded, tmp_path):
    path = tmp_path / "text.jpg"
    path.write_text("no picture")
    os.utime(path, (1_600_000_000, 1_600_000_000))
    assert look([FoundImage(path)], caches).skipped == look([FoundImage(path)], caches).skipped
    shutil.copy(path, tmp_path / "same.jpg")
    assert look([FoundImage(tmp_path / "same.jpg")], caches).skipped[0].reason
    assert len(decoded) == 1


def test_no_images_give_an_empty_matrix(caches):
    result = look([], caches)
    assert (result.records, result.embeddings.vectors.shape) == ((), (0, MeanColours.dimension))


def test_known_images_keep_their_ids_and_new_ones_follow(found, caches):
    known = look(found[5:10], caches).records
    result = look(found, caches, before=Before(known))
    assert [record.id for record in result.records] == list(range(20))
    assert [record.path for record in result.records[:5]] == [image.path for image in found[5:10]]
    assert result.missing == ()


@pytest.mark.changes_pictures("changes them itself")
def test_a_renamed_file_keeps_its_id_and_a_deleted_one_is_reported(found, caches, tmp_path):
    known = look(found, caches).records
    renamed = FoundImage(found[3].path.rename(tmp_path / "renamed.jpg"))
    found[7].path.unlink()
    copy = FoundImage(Path(shutil.copy(found[0].path, tmp_path / "copy.jpg")))
    present = [image for n, image in enumerate(found) if n not in (3, 7)]
    result = look([renamed, copy, *present], caches, before=Before(known))
    ids = {record.path.name: record.id for record in result.records}
    assert (ids["renamed.jpg"], ids["copy.jpg"]) == (3, 20)
    assert [record.id for record in result.missing] == [7]


def test_files_outside_of_what_was_found_are_not_missing(found, caches):
    known = look(found, caches).records
    assert look(found[:5], caches, before=Before(known)).missing == ()


@pytest.mark.changes_pictures("changes them itself")
def test_a_changed_file_keeps_its_id_and_gets_a_new_vector(found, caches):
    before = look(found, caches)
    shutil.copy(found[1].path, found[0].path)
    after = look(found, caches, before=Before(before.records))
    assert after.records[0].id == 0
    assert after.records[0].content_hash == before.records[1].content_hash
    np.testing.assert_array_equal(after.embeddings.vectors[0], before.embeddings.vectors[1])
    assert after.embeddings.key != before.embeddings.key


def test_exhausted_memory_halves_the_batch_and_stays_there(found, caches):
    backend = MeanColours(fits=3, one_core_per_call=False)
    result = look(found, caches, backend, options=small(16, workers=1))
    assert len(result.records) == backend.embedded == 20
    assert set(backend.batches) == {2}  # 16, 8 and 4 did not fit


def test_memory_for_not_even_one_image_is_the_users_to_mend(found, caches):
    with pytest.raises(UserFacingError, match="smaller model"):
        look(found, caches, MeanColours(fits=0))


def test_cancelling_stops_within_a_batch_and_keeps_what_was_saved(found, caches):
    task = Task()
    backend = MeanColours(before=lambda _count: task.cancel() if backend.embedded >= 8 else None)
    with pytest.raises(Cancelled):
        extract(found, backend, caches, task, options=ExtractionOptions(4, 1))
    assert 8 <= backend.embedded < 20
    resumed = MeanColours()
    assert len(look(found, caches, resumed).records) == 20
    assert resumed.embedded <= 20 - 8


def test_a_cancel_does_not_wait_for_the_end_of_the_batch(found, caches):
    task = Task()
    backend = MeanColours(before=lambda _count: task.cancel())
    with pytest.raises(Cancelled):
        extract(found, backend, caches, task, options=ExtractionOptions(20, 1))
    assert backend.embedded < 20


def test_progress_is_reported_on_the_calling_thread_and_ends_at_the_total(found, caches):
    reports: list[tuple[Progress, int]] = []
    task = Task(lambda progress: reports.append((progress, threading.get_ident())))
    extract(found, MeanColours(), caches, task, options=small())
    assert {thread for _, thread in reports} == {threading.get_ident()}
    last = reports[-1][0]
    assert (last.done, last.total) == (20, 20)


def test_a_full_disk_ends_the_run_with_its_own_error(found, caches, monkeypatch):
    def full(*_: object) -> None:
        raise StorageFull(Sentence("The disk is full."), Sentence("Make room."))

    monkeypatch.setattr(caches.features, "put_batch", full)
    with pytest.raises(StorageFull):
        look(found, caches)
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith("looking")]


def test_a_backend_that_fails_ends_the_run_and_its_threads(found, caches):
    def fail(_count: int) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        look(found, caches, MeanColours(before=fail))
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith("looking")]


@pytest.mark.changes_pictures("changes them itself")
def test_a_file_that_is_still_being_written_gets_a_second_chance(found, caches):
    """The first look finds half of it; by the second it is whole."""
    whole = found[0].path.read_bytes()
    read, calls = read_image_file, []

    def growing(path: Path, *rest: Any) -> bytes:
        calls.append(path)
        if len(calls) == 1:
            path.write_bytes(whole + b" ")
            raise UnreadableImage(Sentence("the file changed while it was being read"))
        return read(path, *rest)

    result = look(found[:1], caches, options=replace(small(), read=growing))
    assert [record.stamp.size for record in result.records] == [len(whole) + 1]


def test_vectors_lost_meanwhile_are_made_again(found, caches, monkeypatch):
    """A damaged cache is begun anew by the store, in the middle of a run."""
    put, calls = caches.features.put_batch, []

    def forgetful(*arguments: object) -> None:
        calls.append(1)
        if len(calls) > 1:
            put(*arguments)

    monkeypatch.setattr(caches.features, "put_batch", forgetful)
    assert len(look(found, caches).records) == 20


def test_a_thumbnail_that_is_missing_costs_no_second_look(found, caches, decoded):
    bare = Caches(caches.features)
    look(found, bare)
    look(found, bare)
    assert len(decoded) == 20
    backend = MeanColours()
    look(found, caches, backend)  # somebody may look now: it is made for whoever does, not before
    assert (len(decoded), backend.embedded) == (20, 0)


def test_files_that_did_not_change_since_the_last_look_are_taken_as_they_are(found, caches):
    first = look(found, caches)
    stamped: list[Path] = []
    options = replace(small(), stamp=lambda path: stamped.append(path) or read_stamp(path))
    before = Before(first.records, time.time_ns() + 10**10, first.embeddings)
    second = look(found, caches, before=before, options=options)
    assert stamped == []
    assert second.records == first.records
    assert second.embeddings is first.embeddings
    again = look(found, caches, before=replace(before, embeddings=None))
    assert np.array_equal(again.embeddings.vectors, first.embeddings.vectors)


@pytest.mark.changes_pictures("changes them itself")
def test_files_that_changed_or_might_have_changed_unseen_are_asked_about(found, caches, tmp_path):
    first = look(found, caches)
    shutil.copy(found[1].path, found[0].path)
    later = look(found, caches, before=Before(first.records, time.time_ns() + 10**10, first.embeddings))
    assert later.records[0].content_hash == first.records[1].content_hash
    shutil.copy(found[2].path, found[0].path)
    os.utime(found[0].path, ns=(later.records[0].stamp.modified_ns,) * 2)
    just_then = Before(later.records, later.records[0].stamp.modified_ns, later.embeddings)
    assert look(found, caches, before=just_then).records[0].content_hash == first.records[2].content_hash


def test_vectors_that_the_cache_has_lost_are_made_again(found, caches, tmp_path):
    first = look(found, caches)
    with FeatureCache(tmp_path / "another.sqlite") as empty:
        before = Before(first.records, time.time_ns() + 10**10)
        again = look(found, Caches(empty), before=before)
    assert np.array_equal(again.embeddings.vectors, first.embeddings.vectors)


def test_relative_paths_become_absolute(found, caches, monkeypatch):
    monkeypatch.chdir(found[0].path.parent)
    records: tuple[ImageRecord, ...] = look([FoundImage(Path(found[0].path.name))], caches).records
    assert records[0].path == found[0].path


class Faulty(MeanColours):
    """Gives the vectors of another length than they should have."""

    def embed(self, images):
        return 2 * super().embed(images)


def test_a_model_that_answers_wrongly_is_named_and_nothing_of_it_is_kept(
    found: list[FoundImage], caches: Caches
) -> None:
    with pytest.raises(WrongAnswer, match="not of unit length"):
        extract(found, Faulty(), caches, Task(), options=small())
    hashes = [content_hash(image.path.read_bytes()) for image in found]
    assert len(caches.features.missing(hashes, Faulty().key)) == len(hashes)


def test_the_device_is_free_while_a_batch_is_saved(
    found: list[FoundImage], caches: Caches, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []
    another, put = threading.Event(), caches.features.put_batch

    def before(count: int) -> None:
        calls.append(count)
        if len(calls) > 1:
            another.set()

    def put_batch(*batch: Any) -> None:
        saved.append(another.wait(20))
        put(*batch)

    saved: list[bool] = []
    monkeypatch.setattr(caches.features, "put_batch", put_batch)
    extract(found, MeanColours(before=before, one_core_per_call=False), caches, Task(), options=small())
    assert all(saved)
    assert len(saved) >= 2
