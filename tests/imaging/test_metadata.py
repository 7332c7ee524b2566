import io

import numpy as np
import pytest
from PIL import Image
from tests.imaging.test_decoding import CROP, quarters
from tests.support.picture_files import digital_negative, rendered, saved

from shoal.imaging.decoding import decode_image, quick_thumbnail


def facts(format: str = "JPEG", **entries: object):
    exif = Image.Exif()
    tags = {"make": 0x010F, "model": 0x0110, "time": 0x0132}
    for name, value in entries.items():
        exif[tags[name]] = value
    return decode_image(saved(quarters(), format, exif=exif), "", CROP).facts


def test_the_camera_is_named_once():
    assert facts(make="Canon", model="Canon EOS 5D").camera == "Canon EOS 5D"
    assert facts(make="NIKON CORPORATION", model="NIKON Z 6").camera == "NIKON Z 6"
    assert facts(make="Fujifilm", model="X-T5").camera == "Fujifilm X-T5"
    assert facts(model="X\x07-T5\n").camera == "X-T5"
    assert facts().camera is None


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_facts_are_found_in_every_format(format):
    found = facts(format, model="X-T5", time="2025:01:01 00:00:00")
    assert (found.camera, found.taken) == ("X-T5", "2025-01-01T00:00:00")
    assert found.format == format


def test_a_raw_file_shows_its_preview_turned_upright():
    decoded = decode_image(digital_negative(), ".dng", CROP)
    assert decoded.facts.format == "RAW"
    assert decoded.facts.camera == "Shoal Fuzz1"
    assert (decoded.facts.width, decoded.facts.height) == (72, 96)  # the sensor's, standing
    assert decoded.thumbnail.shape == (256, 192, 3)
    preview = np.asarray(rendered(480, 360).transpose(Image.Transpose.ROTATE_270).resize((192, 256)))
    assert np.abs(preview.astype(int) - decoded.thumbnail).mean() < 6


def test_a_raw_file_without_a_preview_is_developed():
    decoded = decode_image(digital_negative(preview=False), ".dng", CROP)
    assert decoded.thumbnail.shape == (48, 36, 3)


def test_a_tiff_called_raw_is_read_as_what_it_is():
    assert decode_image(saved(quarters(), "TIFF"), ".nef", CROP).facts.format == "TIFF"


def with_embedded_thumbnail(large: Image.Image, small: Image.Image, orientation: int = 1) -> bytes:
    jpeg = saved(small, "JPEG")
    head = b"Exif\0\0II*\0\x08\0\0\0"
    entry = (0x0112).to_bytes(2, "little") + b"\x03\0\x01\0\0\0" + orientation.to_bytes(4, "little")
    main = b"\x01\0" + entry + (26).to_bytes(4, "little")
    start = 26 + 2 + 24 + 4
    second = b"\x02\0\x01\x02\x04\0\x01\0\0\0" + start.to_bytes(4, "little")
    second += b"\x02\x02\x04\0\x01\0\0\0" + len(jpeg).to_bytes(4, "little") + b"\0\0\0\0"
    buffer = io.BytesIO()
    large.save(buffer, "JPEG", exif=head + main + second + jpeg)
    return buffer.getvalue()


def test_the_embedded_thumbnail_comes_without_its_bars_and_upright():
    small = Image.new("RGB", (160, 120))
    small.paste(quarters(160, 100), (0, 10))
    data = with_embedded_thumbnail(quarters(), small)
    thumbnail = quick_thumbnail(data, ".jpg")
    assert thumbnail is not None
    assert thumbnail.shape == (100, 160, 3)
    assert np.abs(thumbnail[25, 40].astype(int) - (220, 40, 40)).max() < 25
    turned = quick_thumbnail(with_embedded_thumbnail(quarters(), small, orientation=6), ".jpg")
    assert turned is not None
    assert turned.shape == (160, 100, 3)
    assert quick_thumbnail(data[: len(data) // 2], ".jpg") is not None


def test_without_an_embedded_thumbnail_there_is_none():
    assert quick_thumbnail(saved(quarters(), "JPEG"), ".jpg") is None
    assert quick_thumbnail(saved(quarters(), "PNG"), ".png") is None
    assert quick_thumbnail(b"", ".jpg") is None
