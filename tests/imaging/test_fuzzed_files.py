import warnings

import pytest
from tests.faults.fuzz_decoding import file_number, fuzz, outcome
from tests.support.picture_files import sound_files

FORMATS = ["JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "AVIF", "JXL", "HEIF", "RAW"]


@pytest.mark.parametrize("format", FORMATS)
def test_sound_files_are_read_whole(format):
    assert [outcome(data, format) for data in sound_files()[format]] == ["read"] * len(sound_files()[format])


@pytest.mark.parametrize("format", FORMATS)
def test_a_damaged_file_gives_a_picture_or_a_reason_and_nothing_else(format):
    sound = sound_files()[format]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow comments on every wrong entry of a TIFF
        outcomes = {outcome(file_number(number, sound, seed=1), format) for number in range(60)}
    assert outcomes <= {"read", "damaged", "refused"}


def test_the_fuzzer_notices_no_crash_and_no_hang():
    counts = fuzz("PNG", 20, seed=2)
    assert counts["crashed"] == counts["hung"] == 0
    assert counts["read"] + counts["damaged"] + counts["refused"] == 20
