"""A RAW file that was turned in another program is seen as that program shows it; others are not touched by it."""

from pathlib import Path

import numpy as np
import pytest
from tests.imaging.test_decoding import CROP, assert_upright_quarters
from tests.imaging.test_orientation_and_colour import lying
from tests.support.picture_files import digital_negative, saved
from tests.support.picture_folders import MeanColours
from tests.support.written_facts import xmp

from shoal.domain.images import FoundImage, ImageRecord
from shoal.domain.task import Task
from shoal.imaging.decoding import decode_image
from shoal.imaging.limits import DecodeLimits
from shoal.looking.extraction import Caches, Extraction, extract
from shoal.looking.picture_decoder import PictureDecoder
from shoal.looking.pictures import Pictures
from shoal.looking.settled import NEVER, Before
from shoal.looking.sidecar_turns import stated_orientation
from shoal.store.feature_cache import FeatureCache
from shoal.store.thumbnail_cache import ThumbnailCache


def raw_with_sidecar(folder: Path, orientation: int, raw: bytes, name: str = "a.xmp") -> FoundImage:
    (folder / "a.dng").write_bytes(raw)
    (folder / name).write_bytes(xmp({"tiff:Orientation": str(orientation)}))
    return FoundImage(folder / "a.dng", companions=(folder / name,))


@pytest.mark.parametrize("camera", [1, 3, 6, 8])
@pytest.mark.parametrize("edited", range(1, 9))
def test_whatever_the_camera_said_the_sidecar_counts(camera, edited):
    sensor = (96, 72) if edited < 5 else (72, 96)
    raw = digital_negative(saved(lying(edited), "JPEG"), *sensor, camera)
    decoded = decode_image(raw, ".dng", CROP, orientation=edited)
    assert_upright_quarters(decoded.thumbnail)
    wide, high = decoded.facts.width, decoded.facts.height
    assert wide > high


def test_a_tiff_that_is_called_raw_is_turned_too():
    for own in (1, 6):
        data = saved(lying(8), "TIFF", tiffinfo={274: own})
        assert_upright_quarters(decode_image(data, ".dng", CROP, orientation=8).thumbnail)


@pytest.mark.parametrize("name", ["a.xmp", "a.dng.xmp"])
def test_it_is_seen_turned_in_records_thumbnails_and_large(tmp_path, name):
    image = raw_with_sidecar(tmp_path, 8, digital_negative(saved(lying(8), "JPEG"), 72, 96, 1), name)
    with (
        FeatureCache(tmp_path / "features.sqlite") as features,
        ThumbnailCache(tmp_path / "thumbnails.sqlite") as thumbnails,
        PictureDecoder(1) as decoder,
    ):
        (record,) = extract([image], MeanColours(), Caches(features, thumbnails), Task()).records
        assert record.facts.width > record.facts.height
        large = Pictures(thumbnails, decoder, DecodeLimits()).preview(record, 300)
        assert large is not None
        assert_upright_quarters(np.asarray(large))


def test_only_raw_files_are_turned_by_sidecars_and_only_by_those_that_say_so(tmp_path):
    image = raw_with_sidecar(tmp_path, 6, b"")
    assert stated_orientation(image.path, image.companions) == 6
    assert stated_orientation(tmp_path / "a.jpg", image.companions) is None
    (tmp_path / "a.xmp").write_bytes(xmp({"xmp:Rating": "3"}))
    assert stated_orientation(image.path, image.companions) is None
    assert stated_orientation(image.path, (tmp_path / "gone.xmp",)) is None


def test_one_that_is_turned_later_is_seen_so_everywhere(tmp_path):
    """Facts, vector and thumbnail are made anew, with any model, and again when the sidecar has gone."""
    raw = digital_negative(saved(lying(8), "JPEG"), 72, 96, 1)
    (tmp_path / "a.dng").write_bytes(raw)
    (tmp_path / "b.dng").write_bytes(digital_negative())
    plain, beside = FoundImage(tmp_path / "a.dng"), FoundImage(tmp_path / "b.dng")
    with (
        FeatureCache(tmp_path / "features.sqlite") as features,
        ThumbnailCache(tmp_path / "thumbnails.sqlite") as thumbnails,
    ):
        caches = Caches(features, thumbnails)

        def look(image: FoundImage, before: Before = NEVER, model: str = "colours") -> Extraction:
            return extract([image, beside], MeanColours(model), caches, Task(), before)

        def small(record: ImageRecord) -> bytes:
            return thumbnails.get(record.content_hash) or b""

        first, other = look(plain), look(plain, model="others")
        record = first.records[0]
        before, was = Before(first.records, first.began_ns, first.embeddings), small(record)
        turned = raw_with_sidecar(tmp_path, 8, raw)
        again = look(turned, before)
        now = again.records[0]
        assert now.facts.width > now.facts.height
        assert not now.shows_the_same_as(record)
        assert again.records[1].shows_the_same_as(first.records[1])
        assert again.cached_count == 1
        assert small(now) != was
        assert again.embeddings is not first.embeddings
        assert look(turned, model="others").cached_count == 1
        assert look(turned).cached_count == 2
        (tmp_path / "a.xmp").unlink()
        last = look(plain)
        assert last.records[0].shows_the_same_as(record)
        assert small(last.records[0]) == was
        assert np.array_equal(last.embeddings.vectors, first.embeddings.vectors)
        assert len(other.records) == 2
