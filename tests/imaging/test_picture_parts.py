"""A part of a picture with all of its pixels is the same as cut out of the whole, and less is unpacked for it."""

import numpy as np
import pytest
from PIL import Image, ImageCms
from tests.support.picture_files import rendered, saved
from tests.support.pictures_of_boxes import grid_of
from tests.support.tiff_pictures import one, tags_for

from shoal.imaging.decoding import decode_preview
from shoal.imaging.heif_files import Grid
from shoal.imaging.limits import DecodeLimits, UnreadableImage
from shoal.imaging.picture_parts import decode_part
from shoal.imaging.sizes import MOST_AT_ONCE, before_turn, whole_side
from shoal.imaging.tiff_parts import part_of
from shoal.qt.jpeg_parts import jpeg_part

EVERYTHING = 1 << 30
PART = (310, 205, 520, 470)
WIDE = rendered(900, 600)


def unpacked(data: bytes, suffix: str, part=PART, jpeg=jpeg_part) -> np.ndarray:
    return decode_part(data, suffix, part, DecodeLimits(), None, jpeg)


def cut(data: bytes, suffix: str, part=PART) -> np.ndarray:
    left, top, right, bottom = part
    return decode_preview(data, suffix, EVERYTHING)[top:bottom, left:right]


def turned(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[274] = orientation
    return exif


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize(
    ("suffix", "options"),
    [
        (".jpg", {"format": "JPEG", "quality": 90}),
        (".tif", {"format": "TIFF", "compression": "tiff_lzw", "tiffinfo": {278: 16}}),
        (".png", {"format": "PNG"}),
    ],
)
def test_in_every_direction(suffix, options, orientation):
    data = saved(WIDE, **options, exif=turned(orientation))
    np.testing.assert_array_equal(unpacked(data, suffix), cut(data, suffix))


@pytest.mark.parametrize("mode", ["L", "CMYK"])
@pytest.mark.parametrize("progressive", [True, False])
def test_jpegs_of_every_kind(mode, progressive):
    data = saved(WIDE.convert(mode), "JPEG", progressive=progressive)
    np.testing.assert_array_equal(unpacked(data, ".jpg"), cut(data, ".jpg"))


def test_a_jpeg_in_colours_of_its_own_comes_in_srgb():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    data = saved(WIDE, "JPEG", icc_profile=profile)
    np.testing.assert_array_equal(unpacked(data, ".jpg"), cut(data, ".jpg"))


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "CMYK", "I;16"])
@pytest.mark.parametrize("compression", ["raw", "tiff_lzw", "tiff_deflate", "packbits"])
def test_tiffs_of_every_kind(mode, compression):
    deep = Image.fromarray(np.asarray(WIDE.convert("L")).astype(np.uint16) * 257)
    data = saved(deep if mode == "I;16" else WIDE.convert(mode), "TIFF", compression=compression)
    np.testing.assert_array_equal(unpacked(data, ".tif"), cut(data, ".tif"))


@pytest.mark.parametrize(("order", "big"), [("<", False), (">", False), ("<", True)])
@pytest.mark.parametrize("planes", [1, 2])
def test_of_a_tiff_only_the_tiles_that_it_touches_are_taken(planes, order, big):
    pixels = np.asarray(WIDE)[:576, :896]
    tiles = [pixels[top : top + 64, left : left + 64] for top in range(0, 576, 64) for left in range(0, 896, 64)]
    pieces = [tile[..., one] for one in range(3) for tile in tiles] if planes == 2 else tiles
    tags = tags_for(896, 576, 8, planes=planes) | {322: (3, [64]), 323: (3, [64])}
    data = one(tags, [piece.tobytes() for piece in pieces], order, big)
    np.testing.assert_array_equal(unpacked(data, ".tif"), pixels[PART[1] : PART[3], PART[0] : PART[2]])
    found = part_of(data, lambda size: PART)
    assert found is not None
    assert len(found[0]) < len(data) / 4
    assert found[1] == (PART[0] % 64, PART[1] % 64, PART[0] % 64 + 210, PART[1] % 64 + 265)


@pytest.mark.parametrize("bits", [16, 32])
def test_of_a_tiff_whose_white_depends_on_all_of_it_all_is_read(bits):
    values = np.asarray(WIDE.convert("L")).astype("<f4" if bits == 32 else "<u2")
    tags = tags_for(900, 600, bits, 1, photometric=1, sample_format=3 if bits == 32 else 1) | {278: (3, [50])}
    data = one(tags, [values[top : top + 50].tobytes() for top in range(0, 600, 50)])
    assert (part_of(data, lambda size: PART) is None) == (bits == 32)
    np.testing.assert_array_equal(unpacked(data, ".tif"), cut(data, ".tif"))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_of_a_heic_only_the_tiles_that_it_touches_are_unpacked(orientation, monkeypatch):
    data = grid_of(rendered(300, 200), 64, exif=turned(orientation).tobytes())
    taken = []
    tile = Grid.tile
    monkeypatch.setattr(Grid, "tile", lambda grid, number, factor: taken.append(number) or tile(grid, number, factor))
    part = (70, 66, 130, 120)
    found = unpacked(data, ".heic", part)
    assert 0 < len(taken) <= 4
    np.testing.assert_array_equal(found, cut(data, ".heic", part))


def test_what_lies_outside_is_left_out_and_nothing_is_no_error():
    data = saved(WIDE, "JPEG")
    assert unpacked(data, ".jpg", (800, 500, 5000, 5000)).shape == (100, 100, 3)
    assert unpacked(data, ".jpg", (2000, 2000, 5000, 5000)).shape == (1, 1, 3)


@pytest.mark.parametrize("jpeg", [jpeg_part, lambda data, box: None])
def test_a_damaged_file_gives_what_is_there(jpeg):
    data = saved(WIDE, "JPEG", quality=90)
    found = unpacked(data[: len(data) // 2], ".jpg", (0, 0, 200, 100), jpeg)
    np.testing.assert_array_equal(found, cut(data, ".jpg", (0, 0, 200, 100)))
    with pytest.raises(UnreadableImage):
        unpacked(b"no picture", ".jpg")


@pytest.mark.parametrize("method", Image.Transpose)
def test_where_a_part_was_before_a_turn(method):
    picture = Image.fromarray(np.arange(7 * 5 * 3, dtype=np.uint8).reshape(5, 7, 3))
    part = (1, 2, 4, 5)
    before = picture.crop(before_turn(part, method, picture.size))
    np.testing.assert_array_equal(
        np.asarray(before.transpose(method)), np.asarray(picture.transpose(method).crop(part))
    )


def test_cameras_pictures_are_shown_whole_and_panoramas_at_half_or_a_quarter():
    assert whole_side(8192, 5464) == 8192
    assert whole_side(11_648, 8736) == 5824
    assert whole_side(20_000, 10_000) == 10_000
    assert whole_side(10_000, 40_000) == 10_000
    assert whole_side(8000, MOST_AT_ONCE // 8000) == 8000
