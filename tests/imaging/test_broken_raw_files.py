"""A RAW that broke off on its way from the card is shown by its preview, if that is whole, and marked damaged."""

import struct

import pytest
from tests.imaging.test_decoding import CROP, assert_upright_quarters, quarters
from tests.support.picture_files import digital_negative, saved
from tests.support.tiff_pictures import one, tags_for

from shoal.imaging.decoding import decode_image, decode_preview
from shoal.imaging.limits import UnreadableImage


def refusal(data: bytes, suffix: str) -> str:
    with pytest.raises(UnreadableImage) as caught:
        decode_image(data, suffix, CROP)
    return str(caught.value.reason)


def test_whoever_lacks_the_sensors_end_is_shown_and_marked():
    raw = digital_negative(saved(quarters(), "JPEG"), 800, 600, 1)
    sensor = 800 * 600 * 2
    whole = decode_image(raw, ".dng", CROP)
    assert not whole.facts.damaged
    moved = raw.replace(struct.pack("<HHII", 279, 4, 1, sensor), struct.pack("<HHII", 279, 4, 1, len(raw) * 2))
    decoded = decode_image(moved, ".dng", CROP)
    assert decoded.facts.damaged
    assert_upright_quarters(decoded.thumbnail)


@pytest.mark.parametrize("suffix", [".cr2", ".dng", ".cr3"])
def test_a_file_that_libraw_gives_up_on_is_shown_by_the_preview_in_it(suffix):
    preview, stamp = saved(quarters(), "JPEG"), saved(quarters(160, 100), "JPEG")
    head = b"\0\0\0\x18ftypcrx \0\0\0\1crx isom" if suffix == ".cr3" else b"II*\0\x10\0\0\0CR\2\0\0\0\0\0"
    data = head + bytes(40) + stamp + bytes(40) + preview + bytes(3)
    decoded = decode_image(data, suffix, CROP)
    assert decoded.facts.damaged
    assert decoded.facts.format == "RAW"
    assert_upright_quarters(decoded.thumbnail)
    assert_upright_quarters(decode_preview(data, suffix, 300))


def test_the_reason_is_that_of_the_raw_decoder():
    nothing = one(tags_for(96, 72, 48), [bytes(96 * 72 * 18)])
    assert refusal(nothing, ".gpr").startswith(("a kind of RAW that Shoal cannot read", "the file is damaged (RAW"))
    assert refusal(b"\0\0\0\x18ftypcrx \0\0\0\1crx isom" + bytes(20), ".cr3").count("Input/output") == 0


def test_the_lossless_jpeg_of_a_sensor_is_no_preview():
    frame = b"\xff\xd8\xff\xc3" + struct.pack(">HBHHB", 8 + 6, 14, 4000, 6000, 2) + bytes(6)
    data = b"II*\0\x10\0\0\0CR\2\0\0\0\0\0" + frame + bytes(100)
    assert refusal(data, ".cr2")
