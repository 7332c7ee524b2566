"""How bright a picture is, and what EXIF says of lens and exposure."""

import io

import numpy as np
import pytest
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from shoal.imaging.exposure import exposure_of, exposure_of_jpeg
from shoal.imaging.shooting import Shooting, shooting_of


def test_grey_is_in_the_middle_and_clips_nothing():
    assert exposure_of(np.full((20, 30, 3), 128, np.uint8)) == pytest.approx((50.2, 0), abs=0.1)


def test_white_and_black_parts_are_clipped_and_pure_colours_are_not():
    picture = np.full((10, 10, 3), 100, np.uint8)
    picture[:2], picture[2:3], picture[3:5] = 255, 0, (255, 0, 0)
    assert exposure_of(picture).clipped == pytest.approx(30)


def test_a_thumbnail_is_read_and_damage_is_nothing():
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), (250, 250, 250)).save(buffer, "JPEG", quality=95)
    assert exposure_of_jpeg(buffer.getvalue()).clipped > 90
    assert exposure_of_jpeg(b"none") is None


def test_lens_and_exposure_are_read(tmp_path):
    exif = Image.Exif()
    details = {0xA434: "RF50mm F1.8", 0xA433: "Canon", 0x9204: IFDRational(-4, 3), 0x829A: IFDRational(1, 250),
               0x829D: IFDRational(28, 10), 0x920A: IFDRational(50, 1), 0xA402: 2}  # fmt: skip
    exif.get_ifd(0x8769).update(details)
    path = tmp_path / "a.jpg"
    Image.new("RGB", (8, 8)).save(path, exif=exif)
    found = shooting_of(path)
    assert (found.lens, found.bracketed) == ("Canon RF50mm F1.8", True)
    assert found.bias == pytest.approx(-4 / 3)
    assert (found.seconds, found.aperture, found.focal_length) == pytest.approx((0.004, 2.8, 50))


def test_what_says_nothing_is_nothing(tmp_path):
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    assert shooting_of(tmp_path / "a.png") == Shooting()
    assert shooting_of(tmp_path / "none.jpg") == Shooting()
