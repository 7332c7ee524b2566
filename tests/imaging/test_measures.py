import numpy as np
import pytest
from PIL import Image, ImageEnhance, ImageFilter

from shoal.imaging.perceptual_hash import difference_hash
from shoal.imaging.sharpness import sharpness


@pytest.fixture
def picture():
    """Patches of colour with sharp edges."""
    patches = np.random.default_rng(7).integers(0, 255, (24, 32, 3), dtype=np.uint8)
    return Image.fromarray(patches).resize((256, 192), Image.Resampling.NEAREST)


def of(image: Image.Image) -> np.ndarray:
    return np.asarray(image.convert("RGB"))


def bits_that_differ(one: Image.Image, other: Image.Image) -> int:
    first, second = difference_hash(of(one)), difference_hash(of(other))
    assert first is not None
    assert second is not None
    return ((first ^ second) & (2**64 - 1)).bit_count()


def test_the_more_a_picture_is_blurred_the_less_sharp_it_is(picture):
    values = [sharpness(of(picture.filter(ImageFilter.GaussianBlur(radius)))) for radius in (0, 0.7, 1.5, 3)]
    assert values == sorted(values, reverse=True)
    assert values[0] > 0.3
    assert values[-1] < 0.1


def test_neither_contrast_nor_brightness_nor_what_is_shown_decides(picture):
    faint = ImageEnhance.Contrast(picture).enhance(0.5)
    assert sharpness(of(faint)) == pytest.approx(sharpness(of(picture)), abs=0.06)
    checks = Image.fromarray(np.kron(np.indices((16, 16)).sum(0) % 2, np.ones((12, 12))).astype(np.uint8) * 200)
    assert sharpness(of(checks)) > 0.9


@pytest.mark.parametrize("turned", [False, True])
def test_a_shake_along_one_direction_shows(picture, turned):
    sharp = of(picture.rotate(90, expand=True) if turned else picture).astype(np.float32)
    shaken = np.mean([np.roll(sharp, shift, axis=1) for shift in range(9)], axis=0).astype(np.uint8)
    assert sharpness(shaken) < sharpness(sharp.astype(np.uint8)) / 2


@pytest.mark.parametrize("shape", [(64, 64, 3), (1, 1, 3), (1, 300, 3), (2, 2, 3)])
def test_where_there_is_nothing_to_see_there_is_no_sharpness(shape):
    assert sharpness(np.full(shape, 90, np.uint8)) is None


def test_a_copy_that_is_smaller_brighter_and_compressed_keeps_its_looks(picture, tmp_path):
    copy = ImageEnhance.Brightness(picture.resize((130, 98))).enhance(1.2)
    copy.save(tmp_path / "copy.jpg", quality=50)
    assert bits_that_differ(picture, Image.open(tmp_path / "copy.jpg")) <= 6
    assert bits_that_differ(picture, picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)) > 20


def test_a_picture_of_a_few_pixels_has_no_looks():
    assert difference_hash(np.zeros((7, 300, 3), np.uint8)) is None
    assert difference_hash(np.zeros((300, 8, 3), np.uint8)) is None
    assert (
        difference_hash(np.kron(np.arange(9)[::-1] * 9, np.ones((8, 1)))[..., None].repeat(3, 2).astype(np.uint8)) == -1
    )


@pytest.mark.parametrize("grey", [0, 128, 245])
def test_a_flat_picture_has_no_looks_whatever_its_noise(grey):
    noise = np.random.default_rng(grey).normal(0, 4, (180, 240, 3))
    for pixels in (np.full((180, 240, 3), grey), grey + noise):
        assert difference_hash(np.clip(pixels, 0, 255).astype(np.uint8)) is None
    foggy = np.linspace(grey - 6, grey + 6, 240).clip(0, 255)[None, :, None].repeat(180, 0).repeat(3, 2)
    assert difference_hash(foggy.astype(np.uint8)) is not None
