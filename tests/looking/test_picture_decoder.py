import ast
from inspect import signature
from pathlib import Path

import numpy as np
import pytest
from tests.processes import errands
from tests.support.picture_files import rendered, sound_files
from tests.support.picture_folders import MeanColours, write_pictures
from tests.support.untouched import as_it_is_now

import shoal
from shoal.delivering.crops import Cutter
from shoal.delivering.exporting import PlanSetting, export_clusters, resume_export
from shoal.domain.images import FoundImage
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.task import Task
from shoal.imaging.decoding import decode_image, decode_preview
from shoal.imaging.limits import DecodeLimits, UnreadableImage
from shoal.imaging.picture_kinds import PICTURE_KINDS
from shoal.looking import picture_decoder
from shoal.looking.extraction import Caches, ExtractionOptions, extract
from shoal.looking.model_loading import ModelLoader
from shoal.looking.picture_decoder import PictureDecoder, more_seconds
from shoal.looking.pipeline import Tools
from shoal.qt.jpeg_parts import part_over_there
from shoal.store.feature_cache import FeatureCache

GEOMETRY, LIMITS = InputGeometry(32, 36), DecodeLimits()
SUFFIXES = {"RAW": ".dng"}
SOURCES = Path(shoal.__file__).parent


@pytest.fixture(scope="module")
def decoder():
    with PictureDecoder(1) as decoder:
        yield decoder


@pytest.mark.parametrize(("format", "files"), sound_files().items())
def test_a_picture_is_the_same_wherever_it_is_decoded(decoder, format, files):
    suffix = SUFFIXES.get(format, "")
    for data in files:
        here = decode_image(data, suffix, GEOMETRY, LIMITS)
        there = decoder.image(data, suffix, GEOMETRY, LIMITS, Task())
        assert there.facts == here.facts
        assert np.array_equal(there.pixels, here.pixels)
        assert np.array_equal(there.thumbnail, here.thumbnail)
        assert np.array_equal(decoder.preview(data, suffix, 50, LIMITS), decode_preview(data, suffix, 50, LIMITS))


def test_reasons_come_back_word_for_word(decoder):
    data = sound_files()["HEIF"][0]
    for spoilt, limits in ((data[: len(data) // 2], LIMITS), (data, DecodeLimits(max_pixels=100)), (b"text", LIMITS)):
        with pytest.raises(UnreadableImage) as here:
            decode_image(spoilt, ".heic", GEOMETRY, limits)
        with pytest.raises(UnreadableImage) as there:
            decoder.image(spoilt, ".heic", GEOMETRY, limits, Task())
        assert there.value.reason == here.value.reason


@pytest.fixture
def folder_with_crashes(tmp_path):
    """Three pictures that can be read, and two in the middle that its decoder dies of."""
    found = write_pictures(tmp_path / "pictures", 2)
    sound = sound_files()["WEBP"][0]
    for number, data in enumerate([b"RIFF____WEBP crash", sound, b"RIFF____WEBP crash too"]):
        path = tmp_path / "pictures" / f"{number}.webp"
        path.write_bytes(data)
        found.insert(1, FoundImage(path))
    as_it_is_now(tmp_path / "pictures")
    return found


def test_a_decoder_that_crashes_costs_its_file_and_nothing_else(folder_with_crashes, tmp_path):
    with (
        FeatureCache(tmp_path / "f.sqlite") as features,
        PictureDecoder(2, errands.crash_on_the_word) as decoder,
    ):
        options = ExtractionOptions(2, 2, decode=decoder.image)
        for _run in range(2):  # what crashed today gets another chance tomorrow
            result = extract(folder_with_crashes, MeanColours(), Caches(features), Task(), options=options)
            assert [record.path.name for record in result.records] == ["00000.jpg", "1.webp", "00001.jpg"]
            assert {one.path.name: one.reason for one in result.skipped} == dict.fromkeys(
                ["0.webp", "2.webp"], "its decoder crashed on it, twice"
            )


def test_what_unpacks_to_more_memory_than_allowed_is_refused_before(decoder):
    assert {kind.name for kind in PICTURE_KINDS if kind.safe_here} == {"JPEG", "PNG", "BMP", "GIF"}
    limits = DecodeLimits(max_memory_bytes=10_000)
    for format in ("PNG", "TIFF", "WEBP", "HEIF", "RAW"):
        with pytest.raises(UnreadableImage, match="memory"):
            decoder.image(sound_files()[format][0], SUFFIXES.get(format, ""), GEOMETRY, limits, Task())


def test_whoever_is_given_no_decoder_has_risky_formats_unpacked_elsewhere(monkeypatch):
    """The defaults of everything that decodes; in this process they would meet the explosion."""

    def explode(*_):
        raise AssertionError("decoded in the process of the window")

    data = sound_files()["WEBP"][0]
    for name in ("decode_image", "decode_preview"):
        monkeypatch.setattr(picture_decoder, name, explode)
    for decode in (Tools(None, None).decode, ExtractionOptions().decode, ModelLoader(None, None).decode):
        assert decode(data, ".webp", GEOMETRY, LIMITS, Task()).pixels.any()
    for call in (PlanSetting, export_clusters, resume_export, Cutter):
        assert signature(call).parameters["preview"].default is picture_decoder.preview_safely
    assert picture_decoder.preview_safely(data, ".webp", 50).any()


def test_only_the_decoder_unpacks_pictures_of_others():
    """The check of this computer and what judges 8-bit networks unpack pictures that the program has drawn itself."""
    decodes = {"decode_image", "decode_preview", "decode_part"}
    able = {
        path.relative_to(SOURCES).as_posix()
        for path in SOURCES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and decodes & {alias.name for alias in node.names}
    }
    over_there = "qt/jpeg_parts.py"  # only ever sent there, as the next test does
    assert able == {"looking/calibration.py", "looking/picture_decoder.py", over_there, "setup/diagnosis.py"}


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp"])
def test_parts_of_large_pictures_are_decoded_there_whatever_the_kind(decoder, tmp_path, suffix):
    path = tmp_path / f"picture{suffix}"
    rendered(300, 200).save(path)
    as_it_is_now(tmp_path)
    part = decoder.ask(part_over_there, path, (20, 30, 120, 90), LIMITS, None)
    whole = decode_preview(path.read_bytes(), suffix, 1000)
    assert np.array_equal(part, whole[30:90, 20:120])
    with pytest.raises(UnreadableImage, match="gone"):
        decoder.ask(part_over_there, tmp_path / "gone.jpg", (0, 0, 9, 9), LIMITS, None)


def test_large_files_are_given_more_time():
    """200 megapixels, some 30 MB, took two minutes on a machine with a lot to do."""
    assert more_seconds(30_000_000) >= 100
    assert more_seconds(100_000) < 1
