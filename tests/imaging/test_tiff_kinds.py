"""TIFFs that Pillow reads wrongly or not at all come out with their own colours, or are refused for the true reason."""

import io
import struct

import numpy as np
import pytest
from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile
from tests.imaging.test_decoding import CROP
from tests.support.picture_files import saved
from tests.support.tiff_pictures import as_bits, colours, one, packed, tags_for, written

from shoal.imaging.decoding import decode_image
from shoal.imaging.limits import UnreadableImage
from shoal.imaging.tiff_folders import folders_of

RIGHT = colours()
H, W = RIGHT.shape[:2]
GREY = RIGHT[..., 1]


def thumbnail(data: bytes) -> np.ndarray:
    decoded = decode_image(data, ".tif", CROP)
    assert not decoded.facts.damaged
    assert (decoded.facts.width, decoded.facts.height) == (W, H)
    return decoded.thumbnail.astype(float)


def assert_right(data: bytes, within: float = 2.0) -> None:
    assert np.abs(thumbnail(data) - RIGHT * 255).max() <= within


def assert_right_grey(data: bytes, within: float = 2.0) -> None:
    assert np.abs(thumbnail(data) - GREY[..., None] * 255).max() <= within


def whole(values: np.ndarray, bits: int, order="<") -> np.ndarray:
    return np.floor(values * (2.0**bits - 1)).astype(f"{order}u{bits // 8}")


def planes(values: np.ndarray) -> list[bytes]:
    return [np.ascontiguousarray(values[..., channel]).tobytes() for channel in range(values.shape[2])]


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("bits", [8, 16, 32])
@pytest.mark.parametrize("big", [False, True])
def test_a_plane_for_each_colour(order, bits, big):
    assert_right(one(tags_for(W, H, bits, planes=2), planes(whole(RIGHT, bits, order)), order, big))


@pytest.mark.parametrize("order", ["<", ">"])
def test_planes_in_strips_of_a_few_rows_and_with_transparency(order):
    clear = np.concatenate([RIGHT, np.ones((H, W, 1))], axis=2)
    values = whole(clear, 16, order)
    tags = tags_for(W, H, 16, 4, planes=2, extra=2) | {278: (3, [16])}
    strips = [values[top : top + 16, :, channel].tobytes() for channel in range(4) for top in range(0, H, 16)]
    assert_right(one(tags, strips, order))


@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("how", [{}, {"planes": 2}])
def test_tiles_that_are_not_packed(bits, how):
    values = np.zeros((96, 96, 3), f"<u{bits // 8}")
    values[:H, :W] = whole(RIGHT, bits)
    tiles = [values[y : y + 32, x : x + 32] for y in range(0, 96, 32) for x in range(0, 96, 32)]
    pieces = [tile.tobytes() for tile in tiles]
    if how:
        pieces = [tile[..., channel].tobytes() for channel in range(3) for tile in tiles]
    tags = tags_for(W, H, bits, **how) | {322: (3, [32]), 323: (3, [32])}
    del tags[278]
    assert_right(one(tags, pieces))


@pytest.mark.parametrize("bits", [8, 16, 32])
@pytest.mark.parametrize("order", ["<", ">"])
def test_greys_whose_zero_is_white_are_no_negatives(bits, order):
    assert_right_grey(one(tags_for(W, H, bits, 1, photometric=0), [whole(1 - GREY, bits, order).tobytes()], order))


@pytest.mark.parametrize("order", ["<", ">"])
def test_greys_of_32_bits_are_bright_beyond_two_to_the_31(order):
    assert_right_grey(one(tags_for(W, H, 32, 1, photometric=1), [whole(GREY, 32, order).tobytes()], order))


@pytest.mark.parametrize("bits", [2, 4, 6, 10, 12, 14])
@pytest.mark.parametrize("count", [1, 3])
def test_odd_numbers_of_bits(bits, count):
    wanted = RIGHT if count == 3 else GREY[..., None]
    values = np.round(wanted * (2**bits - 1))
    data = one(tags_for(W, H, bits, count, photometric=2 if count == 3 else 1), [as_bits(values, bits)])
    assert np.abs(thumbnail(data) - wanted * 255).max() <= 255 / (2**bits - 1) / 2 + 2


@pytest.mark.parametrize("bits", [16, 32, 64])
@pytest.mark.parametrize("order", ["<", ">"])
def test_floating_point_colours(bits, order):
    assert_right(one(tags_for(W, H, bits, sample_format=3), [RIGHT.astype(f"{order}f{bits // 8}").tobytes()], order))


def test_lamps_in_pictures_of_high_contrast_do_not_darken_the_rest():
    bright = RIGHT.copy()
    bright[:3] = 40.0
    seen = thumbnail(one(tags_for(W, H, 32, sample_format=3), [bright.astype("<f4").tobytes()]))
    assert np.abs(seen[4:] - RIGHT[4:] * 255).max() <= 2
    assert seen[0].min() == 255


@pytest.mark.parametrize("compression", ["tiff_lzw", "tiff_adobe_deflate", "packbits"])
def test_packed_floating_point(compression):
    """The pieces of a grey file that Pillow packed, told as what they also are: floating point colours."""
    content = np.ascontiguousarray(RIGHT.astype("<f4"))
    as_grey = Image.fromarray(content.view(np.uint8).reshape(H, W * 12))
    file = Image.open(io.BytesIO(saved(as_grey, "TIFF", compression=compression)))
    assert isinstance(file, TiffImageFile)
    offsets, lengths = file.tag_v2[273], file.tag_v2[279]
    data = saved(as_grey, "TIFF", compression=compression)
    strips = [data[offset : offset + length] for offset, length in zip(offsets, lengths, strict=True)]
    tags = tags_for(W, H, 32, sample_format=3, compression=file.tag_v2[259]) | {278: (3, [file.tag_v2[278]])}
    assert_right(one(tags, strips))


@pytest.mark.parametrize("bits", [16, 32])
@pytest.mark.parametrize("order", ["<", ">"])
def test_floating_point_as_differences(bits, order):
    """Adobe's third predictor."""
    size = bits // 8
    high_first = RIGHT.astype(f">f{size}").view(np.uint8).reshape(H, W * 3, size).transpose(0, 2, 1).reshape(H, -1, 3)
    differences = np.diff(high_first, axis=1, prepend=np.zeros((H, 1, 3), np.uint8)).astype(np.uint8)
    tags = tags_for(W, H, bits, sample_format=3, compression=8, predictor=3)
    assert_right(one(tags, [packed(differences.tobytes())], order))


@pytest.mark.parametrize("order", ["<", ">"])
def test_planes_of_16_bits_as_differences(order):
    values = whole(RIGHT, 16, order)
    differences = np.diff(values.astype(np.uint16), axis=1, prepend=np.zeros((H, 1, 3), np.uint16))
    strips = [packed(plane) for plane in planes(differences.astype(f"{order}u2"))]
    assert_right(one(tags_for(W, H, 16, planes=2, compression=8, predictor=2), strips, order))


@pytest.mark.parametrize("top", [255, 65535])
def test_palettes_of_8_and_of_16_bits(top):
    table = [(value * top // 255) for value in range(256)]
    tags = tags_for(W, H, 8, 1, photometric=3) | {320: (3, table * 3)}
    assert_right_grey(one(tags, [whole(GREY, 8).tobytes()]))


@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("photometric", [8, 9])
@pytest.mark.parametrize("count", [3, 4])
def test_lab_without_colour_is_grey(bits, photometric, count):
    none = 0 if photometric == 8 else 1 << (bits - 1)
    values = np.full((H, W, count), none, f"<u{bits // 8}")
    values[..., 0] = whole(GREY, bits)
    extra = {"extra": 2} if count == 4 else {}
    if extra:
        values[..., 3] = 2**bits - 1
    seen = thumbnail(one(tags_for(W, H, bits, count, photometric=photometric, **extra), [values.tobytes()]))
    assert np.ptp(seen, axis=2).max() <= 3
    assert np.corrcoef(seen[..., 0].ravel(), GREY.ravel())[0, 1] > 0.97


@pytest.mark.parametrize("format", ["WEBP", "PNG", "JPEG2000"])
def test_strips_that_are_picture_files(format):
    compression = {"WEBP": 50001, "PNG": 34933, "JPEG2000": 34712}[format]
    image = Image.fromarray(whole(RIGHT, 8))
    lossless = {"lossless": True} if format == "WEBP" else {}
    assert_right(one(tags_for(W, H, 8, compression=compression), [saved(image, format, **lossless)]))


@pytest.mark.parametrize(("compression", "format"), [(34933, "PNG"), (34712, "JPEG2000"), (50002, "JXL")])
@pytest.mark.parametrize("bits", [8, 16])
def test_picture_files_in_a_tiff_of_more_bits_are_not_black(compression, format, bits):
    image = Image.fromarray(whole(RIGHT, 8))
    strip = saved(image, format, **({"lossless": True} if format == "JXL" else {}))
    assert_right(one(tags_for(W, H, bits, compression=compression), [strip]))


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("predictor", [1, 3])
@pytest.mark.parametrize("tiled", [False, True])
def test_packed_greys_in_floating_point_of_either_order(order, predictor, tiled):
    values = GREY.astype(f"{order}f4")
    pieces = [values[:48, :48], values[:48, 48:], values[24:, :48], values[24:, 48:]] if tiled else [values]
    pieces = [np.ascontiguousarray(piece) for piece in pieces]
    tags = tags_for(W, H, 32, 1, photometric=1, sample_format=3, compression=8, predictor=predictor)
    if tiled:
        del tags[278]
        pieces[2:] = [np.concatenate([piece[24:], piece[:24]]).astype(f"{order}f4") for piece in pieces[2:]]
        tags |= {322: (3, [48]), 323: (3, [48])}
    assert_right_grey(one(tags, [packed(_as_differences(piece) if predictor == 3 else piece.tobytes())
                                 for piece in pieces], order))  # fmt: skip


def _as_differences(values: np.ndarray) -> bytes:
    high_first = values.astype(">f4").view(np.uint8).reshape(*values.shape, 4).transpose(0, 2, 1)
    rows = high_first.reshape(len(values), -1)
    return np.diff(rows, axis=1, prepend=np.zeros((len(values), 1), np.uint8)).astype(np.uint8).tobytes()


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("kind", ["i2", "i4"])
def test_signed_numbers_look_alike_packed_or_not(order, kind):
    values = (GREY * np.iinfo(kind).max).astype(f"{order}{kind}")
    tags = tags_for(W, H, 8 * values.itemsize, 1, photometric=1, sample_format=2)
    plain = thumbnail(one(tags, [values.tobytes()], order))
    in_zip = thumbnail(one(tags | {259: (3, [8])}, [packed(values.tobytes())], order))
    assert np.corrcoef(plain[..., 0].ravel(), GREY.ravel())[0, 1] > 0.99
    assert np.corrcoef(in_zip[..., 0].ravel(), GREY.ravel())[0, 1] > 0.99


@pytest.mark.parametrize("said", [{254: (4, [4])}, {254: (4, [5])}, {255: (3, [2])}])
def test_a_mask_or_what_old_programs_called_a_smaller_copy_is_not_the_picture(said):
    mask = tags_for(W, H, 8, 1, photometric=4 if 254 in said else 1) | said
    assert_right(written([(mask, [bytes(W * H)]), (tags_for(W, H, 8), [whole(RIGHT, 8).tobytes()])]))


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("big", [False, True])
def test_a_smaller_copy_that_stands_first_is_not_the_picture(order, big):
    small = tags_for(24, 18, 8) | {254: (4, [1])}
    first = (small, [bytes(24 * 18 * 3)])
    real = (tags_for(W, H, 8) | {254: (4, [0])}, [whole(RIGHT, 8).tobytes()])
    assert_right(written([first, real], order, big))


def test_of_several_pages_the_first_is_shown():
    first = (tags_for(W, H, 8), [whole(RIGHT, 8).tobytes()])
    larger = (tags_for(W * 2, H, 8), [bytes(W * 2 * H * 3)])
    assert_right(written([first, larger]))


def test_what_broke_off_gives_what_is_there():
    values = whole(RIGHT, 16)
    tags = tags_for(W, H, 16, planes=2)
    tags[274] = (3, [1])
    data = written([(tags, [bytes(16), *planes(values)[1:]])])
    decoded = decode_image(data, ".tif", CROP)
    assert decoded.facts.damaged
    assert np.abs(decoded.thumbnail[..., 1] - GREY * 255).max() <= 2


@pytest.mark.parametrize(
    ("tags", "reason"),
    [
        ({262: (3, [32803])}, "photometric interpretation 32803"),
        ({259: (3, [40000])}, "compression 40000"),
        ({258: (3, [48, 48, 48])}, "48 bits a sample"),
        ({258: (3, [5, 6, 5])}, "channels of different bits"),
    ],
)
def test_whole_files_of_kinds_that_nobody_here_reads_are_not_called_damaged(tags, reason):
    data = one(tags_for(W, H, 8) | tags, [whole(RIGHT, 8).tobytes()])
    with pytest.raises(UnreadableImage) as caught:
        decode_image(data, ".tif", CROP)
    assert str(caught.value.reason) == f"a kind of TIFF that Shoal cannot read ({reason})"


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("tag", [256, 257])
def test_a_picture_of_less_than_nothing_is_refused(tag, order):
    data = one(tags_for(W, H, 8) | {tag: (9, [-1])}, [whole(RIGHT, 8).tobytes()], order)
    assert [min(folder.size) for folder in folders_of(data)] == [0]
    with pytest.raises(UnreadableImage, match="damaged"):
        decode_image(data, ".tif", CROP)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_pictures_read_from_their_samples_are_turned_upright(orientation):
    values = whole(RIGHT, 16)
    turned = {
        1: values,
        2: values[:, ::-1],
        3: values[::-1, ::-1],
        4: values[::-1],
        5: values.transpose(1, 0, 2),
        6: np.rot90(values, 1),
        7: np.rot90(values, 2).transpose(1, 0, 2),
        8: np.rot90(values, -1),
    }[orientation]
    high, wide = turned.shape[:2]
    tags = tags_for(wide, high, 16, planes=2) | {274: (3, [orientation])}
    assert_right(one(tags, planes(np.ascontiguousarray(turned))))


@pytest.mark.parametrize(("across", "down"), [(1, 1), (2, 1), (2, 2), (4, 2)])
def test_planes_of_brightness_and_of_fewer_colours(across, down):
    flat = Image.new("RGB", (W, H), (200, 90, 40)).convert("YCbCr")
    luma, *chroma = (np.asarray(band) for band in flat.split())
    strips = [luma.tobytes(), *(plane[::down, ::across].tobytes() for plane in chroma)]
    tags = tags_for(W, H, 8, photometric=6, planes=2) | {530: (3, [across, down])}
    assert np.abs(thumbnail(one(tags, strips)) - (200, 90, 40)).max() <= 4


def test_tiles_under_the_names_of_strips():
    """As an old program wrote them (libtiff's collection has one)."""
    tags = tags_for(W, H, 8) | {322: (3, [W]), 323: (3, [80])}
    data = one(tags, [whole(RIGHT, 8).tobytes() + bytes(W * 8 * 3)])
    assert_right(data.replace(struct.pack("<HHI", 324, 4, 1), struct.pack("<HHI", 273, 4, 1)))


def test_colours_without_a_word_about_them_are_red_green_and_blue():
    tags = tags_for(W, H, 8)
    del tags[262]
    assert_right(one(tags, [whole(RIGHT, 8).tobytes()]))


@pytest.mark.parametrize("size", [(96, 1), (1, 96)])
def test_a_picture_of_one_row_or_one_column_keeps_its_shape(size):
    grey = np.linspace(0, 65535, 96).astype("<u2")
    width, height = size
    data = one(tags_for(width, height, 16, 1, photometric=0), [grey.tobytes()])
    decoded = decode_image(data, ".tif", CROP)
    assert (decoded.facts.width, decoded.facts.height) == size
    assert not decoded.facts.damaged
    long = decoded.thumbnail[..., 0].reshape(-1).astype(int)
    assert long[:5].mean() > 240
    assert long[-5:].mean() < 15
