"""Where a picture begins and its border ends, from the file to what the network sees."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from shoal.domain.input_geometry import InputGeometry
from shoal.imaging.decoding import decode_image

SQUASH = InputGeometry(128, 128, "squash")
WHITE = (255, 255, 255)


def photograph(width: int, height: int, seed: int = 3) -> Image.Image:
    """Colours everywhere, up to the edges."""
    coarse = np.random.default_rng(seed).integers(0, 255, (6, 8, 3), dtype=np.uint8)
    return Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)


def product(side: int = 300) -> Image.Image:
    """A round thing with a handle, that touches all four sides."""
    picture = Image.new("RGB", (side, side), WHITE)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((0, side * 0.1, side * 0.8, side - 1), fill=(200, 60, 40))
    draw.arc((side * 0.6, side * 0.3, side - 1, side * 0.7), 250, 110, fill=(30, 30, 90), width=side // 12)
    draw.rectangle((side * 0.3, 0, side * 0.5, side * 0.2), fill=(40, 120, 60))
    return picture


def on_paper(picture: Image.Image, margins: tuple[int, int, int, int], colour=WHITE) -> Image.Image:
    left, top, right, bottom = margins
    paper = Image.new("RGB", (picture.width + left + right, picture.height + top + bottom), colour)
    paper.paste(picture, (left, top))
    return paper


def saved(picture: Image.Image, format_: str = "PNG", **options) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, format_, **options)
    return buffer.getvalue()


def looked_at(picture: Image.Image, format_: str = "PNG", **options):
    return decode_image(saved(picture, format_, **options), "", SQUASH).looked_at


def seen(picture: Image.Image, geometry=SQUASH, format_: str = "PNG", **options) -> np.ndarray:
    return decode_image(saved(picture, format_, **options), "", geometry).pixels.astype(int)


@pytest.mark.parametrize("quality", [30, 75, 95])
@pytest.mark.parametrize("colour", [WHITE, (0, 0, 0), (90, 140, 60)])
def test_a_product_looks_the_same_however_wide_its_margin(quality, colour):
    pixels = np.asarray(product())
    thing = Image.fromarray(np.where((pixels == 255).all(-1, keepdims=True), np.uint8(colour), pixels))
    narrow = seen(on_paper(thing, (40, 40, 40, 40), colour), format_="JPEG", quality=quality)
    wide = seen(on_paper(thing, (400, 250, 310, 500), colour), format_="JPEG", quality=quality)
    assert np.abs(narrow - wide).mean() < 6


def test_nothing_of_the_product_is_lost_in_the_centre_crop():
    pixels = seen(on_paper(product(), (300, 300, 300, 300)), InputGeometry(224, 256))
    white = np.asarray((pixels > 240).all(-1))
    for line in (white[0], white[-1], white[:, 0], white[:, -1]):
        assert line.mean() > 0.95
    assert white.mean() < 0.6


def test_a_product_that_is_cut_off_below_keeps_to_the_picture():
    left, top, right, bottom = looked_at(on_paper(product(), (200, 200, 200, 0)))
    assert (left > 150, top > 150, right < 550, bottom) == (True, True, True, 500)


@pytest.mark.parametrize("size", [(400, 300), (300, 400)])
def test_a_photograph_without_a_border_is_seen_as_it_is(size):
    assert looked_at(photograph(*size)) is None
    assert looked_at(photograph(*size), "JPEG", quality=80) is None


@pytest.mark.parametrize("bar", [1, 8, 60])
@pytest.mark.parametrize("colour", [WHITE, (0, 0, 0)])
def test_bars_and_frames_are_cut_off_exactly(bar, colour):
    picture = photograph(400, 300)
    for margins in ((0, bar, 0, bar), (bar, 0, bar, 0), (bar,) * 4):
        box = looked_at(on_paper(picture, margins, colour))
        if bar > 1:  # one line of a picture that is shrunk twice is half a line of it
            assert box is not None
        if box is not None:
            left, top = margins[:2]
            assert np.abs(np.array(box) - (left, top, left + 400, top + 300)).max() <= 3


def test_borders_within_borders_go_one_after_the_other():
    framed = on_paper(on_paper(photograph(400, 300), (30,) * 4, WHITE), (10,) * 4, (0, 0, 0))
    assert np.abs(np.array(looked_at(framed)) - (40, 40, 440, 340)).max() <= 4
    product_in_a_frame = on_paper(on_paper(product(), (200,) * 4), (6,) * 4, (0, 0, 0))
    left, top, right, bottom = looked_at(product_in_a_frame)
    assert 150 < left < 206
    assert 150 < top < 206
    assert 506 < right < 560
    assert 506 < bottom < 560


def test_gradients_and_skies_are_no_borders():
    ramp = np.linspace(0, 255, 400)[:, None, None].repeat(300, 1).repeat(3, 2).astype(np.uint8)
    assert looked_at(Image.fromarray(ramp)) is None
    assert looked_at(Image.fromarray(ramp.transpose(1, 0, 2).copy())) is None
    assert looked_at(on_paper(photograph(400, 200), (0, 150, 0, 0), (250, 250, 252))) is None


def test_a_page_of_text_keeps_its_text():
    page = Image.new("RGB", (600, 800), WHITE)
    draw = ImageDraw.Draw(page)
    for line in range(20):
        draw.text((150, 200 + 20 * line), "where the fields of stone begin " * 2, fill=(0, 0, 0))
    left, top, right, bottom = looked_at(page)
    assert 40 < left <= 150
    assert top <= 202
    assert right >= 500
    assert 590 <= bottom < 700


@pytest.mark.parametrize("grey", [0, 200, 255])
def test_a_flat_picture_and_a_noisy_one_are_not_trimmed_to_nothing(grey):
    assert looked_at(Image.new("RGB", (300, 200), (grey,) * 3)) is None
    assert looked_at(Image.new("RGB", (5, 300), (grey,) * 3)) is None
    noise = np.random.default_rng(1).normal(grey, 5, (200, 300, 3)).clip(0, 255).astype(np.uint8)
    assert looked_at(Image.fromarray(noise), "JPEG", quality=60) is None
    speck = Image.new("RGB", (600, 600), (grey,) * 3)
    speck.paste((128, 40, 40), (300, 300, 312, 312))
    left, top, right, bottom = looked_at(speck)
    assert right - left >= 60
    assert bottom - top >= 60


def test_a_border_with_noise_and_a_shadow_is_one():
    paper = np.asarray(on_paper(product(), (300,) * 4)).astype(np.float32) - 10
    noisy = paper + np.random.default_rng(2).normal(0, 3, paper.shape)
    left, _, right, _ = looked_at(Image.fromarray(noisy.clip(0, 255).astype(np.uint8)), "JPEG", quality=70)
    assert 220 < left < 300
    assert 600 < right < 680


def test_deep_greys_are_trimmed_too():
    paper = np.asarray(on_paper(product(), (200,) * 4).convert("L")).astype(np.uint16) * 257
    for data in (saved(Image.fromarray(paper)), saved(Image.fromarray(paper), "TIFF")):
        assert decode_image(data, "", SQUASH).looked_at is not None


def test_a_small_part_of_a_large_picture_is_seen_sharply():
    checks = np.kron(np.indices((16, 16)).sum(0) % 2, np.ones((16, 16))) * 200
    thing = Image.fromarray(checks.astype(np.uint8)).convert("RGB").rotate(3, fillcolor=WHITE)
    pixels = seen(on_paper(thing, (1400,) * 4), InputGeometry(224, 256), "JPEG", quality=95)
    assert pixels[60:160, 60:160].std() > 85


@pytest.mark.parametrize(
    "geometry",
    [
        InputGeometry(128, 128, "letterbox", "point"),
        InputGeometry(128, 128, "crop", "whole"),
        InputGeometry(128, 160, "cut"),
    ],
)
def test_ways_that_equal_other_programs_do_not_trim(geometry):
    assert decode_image(saved(on_paper(product(), (200,) * 4)), "", geometry).looked_at is None
    assert "trimmed" not in geometry.framing
    assert "trimmed" in SQUASH.framing
