"""Pictures as OpenCV and torchvision would hand them to a network, from our own decoder."""

import numpy as np
import pytest
from PIL import Image

from shoal.domain.input_geometry import InputGeometry
from shoal.imaging.decoding import decode_image
from shoal.imaging.point_sampling import bilinear_points


def textured(width: int, height: int) -> np.ndarray:
    """Fine enough that averaging over pixels would show."""
    return np.random.default_rng(3).integers(0, 256, (height, width, 3), dtype=np.uint8)


def exact(pixels: np.ndarray, width: int, height: int) -> np.ndarray:
    """The textbook's bilinear interpolation in floating point, one output pixel at a time."""
    rows, columns = pixels.shape[:2]
    result = np.empty((height, width, 3))
    for y in range(height):
        for x in range(width):
            down, across = (y + 0.5) * rows / height - 0.5, (x + 0.5) * columns / width - 0.5
            total = np.zeros(3)
            for row in (int(np.floor(down)), int(np.floor(down)) + 1):
                for column in (int(np.floor(across)), int(np.floor(across)) + 1):
                    weight = (1 - abs(down - row)) * (1 - abs(across - column))
                    total += weight * pixels[min(max(row, 0), rows - 1), min(max(column, 0), columns - 1)]
            result[y, x] = total
    return result


@pytest.mark.parametrize("size", [(20, 15), (64, 48), (150, 90), (1, 1), (7, 48)])
def test_every_pixel_is_mixed_from_its_four_neighbours(size):
    pixels = textured(64, 48)
    resized = bilinear_points(Image.fromarray(pixels), *size)
    assert resized.shape == (size[1], size[0], 3)
    assert np.abs(resized - exact(pixels, *size)).max() < 1.01


def test_a_picture_of_the_wanted_size_stays_as_it_is():
    pixels = textured(40, 30)
    np.testing.assert_array_equal(bilinear_points(Image.fromarray(pixels), 40, 30), pixels)


def test_the_decoder_samples_the_whole_picture_where_a_network_asks_for_it(tmp_path):
    path = tmp_path / "fine.png"
    Image.fromarray(textured(640, 480)).save(path)
    square = decode_image(path.read_bytes(), ".png", InputGeometry(64, 64, "letterbox", "point")).pixels
    np.testing.assert_array_equal(square[8:56], bilinear_points(Image.fromarray(textured(640, 480)), 64, 48))
    assert (square[:8] == 114).all()
    assert (square[56:] == 114).all()


def test_a_large_jpeg_is_unpacked_in_full_for_it(tmp_path):
    path = tmp_path / "large.jpg"
    Image.fromarray(textured(1600, 1200)).save(path, quality=95)
    unpacked = np.asarray(Image.open(path).convert("RGB"))
    square = decode_image(path.read_bytes(), ".jpg", InputGeometry(64, 64, "letterbox", "point")).pixels
    np.testing.assert_array_equal(square[8:56], bilinear_points(Image.fromarray(unpacked), 64, 48))


@pytest.mark.parametrize("size", [(810, 1080), (1280, 720), (301, 300), (224, 224)])
def test_a_crop_of_the_whole_picture_lies_on_whole_pixels(tmp_path, size):
    """As torchvision does it: the short side to 224, in Pillow's way, then the middle, to the rounded pixel."""
    path = tmp_path / "photo.png"
    picture = Image.fromarray(textured(48, 48)).resize(size, Image.Resampling.BICUBIC)
    picture.save(path)
    width, height = (int(224 * side / min(size)) for side in size)
    left, top = round((width - 224) / 2), round((height - 224) / 2)
    resized = np.asarray(picture.resize((width, height), Image.Resampling.BILINEAR)).astype(int)
    square = decode_image(path.read_bytes(), ".png", InputGeometry(224, 224, "crop", "whole")).pixels
    assert np.abs(square - resized[top : top + 224, left : left + 224]).max() <= 1
