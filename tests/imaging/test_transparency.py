"""What stands on nothing is seen: white things on a ground that is not white, and without the nothing around them."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw
from tests.imaging.test_orientation_and_colour import profile_with_red_and_green_exchanged

from shoal.domain.input_geometry import InputGeometry
from shoal.imaging.decoding import decode_image, decode_preview

SQUASH = InputGeometry(96, 96, "squash")


def thing(colour, box=(60, 90, 200, 260), size=(400, 400)) -> Image.Image:
    picture = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse(box, fill=(*colour, 255))
    return picture


def saved(picture: Image.Image, format_: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, format_)
    return buffer.getvalue()


def corner_and_middle(data: bytes) -> list[tuple[int, int]]:
    """For network, thumbnail and preview: the brightness of what is around the thing, and of the thing."""
    decoded = decode_image(data, "", SQUASH)
    small, preview = decoded.thumbnail, decode_preview(data, "", 400)
    return [
        (int(decoded.pixels[2, 2].mean()), int(decoded.pixels[48, 48].mean())),
        (int(small[4, 4].mean()), int(small[112, 83].mean())),
        (int(preview[4, 4].mean()), int(preview[175, 130].mean())),
    ]


@pytest.mark.parametrize("format_", ["PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("shade", [255, 236, 215])
def test_a_white_thing_stands_on_a_ground_that_differs(format_, shade):
    for ground, inside in corner_and_middle(saved(thing((shade,) * 3), format_)):
        assert inside >= shade - 5
        assert abs(inside - ground) > 60


@pytest.mark.parametrize("colour", [(0, 0, 0), (128, 128, 128), (220, 30, 30), (250, 220, 30)])
def test_other_things_stand_on_white(colour):
    for ground, _inside in corner_and_middle(saved(thing(colour))):
        assert ground == 255


@pytest.mark.parametrize("mode", ["LA", "P"])
def test_grey_and_palette_pictures_are_no_exception(mode):
    white = thing((255,) * 3)
    picture = white.convert("LA") if mode == "LA" else white.quantize(8)
    for ground, inside in corner_and_middle(saved(picture)):
        assert inside - ground > 60


def test_the_ground_is_the_same_in_any_colour_space():
    white, buffer = thing((255,) * 3), io.BytesIO()
    white.save(buffer, "PNG", icc_profile=profile_with_red_and_green_exchanged())
    assert corner_and_middle(buffer.getvalue()) == corner_and_middle(saved(white))


def test_a_thing_looks_the_same_however_much_nothing_is_around_it():
    free = thing((40, 90, 160))
    tight = free.crop((60, 90, 201, 261))
    one, other = (decode_image(saved(picture), "", SQUASH) for picture in (free, tight))
    assert one.looked_at is not None
    assert np.abs(one.pixels.astype(int) - other.pixels).mean() < 3


def test_what_cannot_be_seen_at_all_is_a_blank_picture():
    nothing = decode_image(saved(Image.new("RGBA", (300, 200), (10, 200, 30, 0))), "", SQUASH)
    assert nothing.looked_at is None
    assert nothing.facts.difference_hash is None
    assert (nothing.pixels == 255).all()


def test_clear_corners_do_not_make_an_icon_a_thing():
    icon = Image.new("RGBA", (300, 200), (0, 0, 0, 0))
    ImageDraw.Draw(icon).rounded_rectangle((0, 0, 299, 199), 20, fill=(30, 90, 60, 255))
    decoded = decode_image(saved(icon), "", SQUASH)
    assert decoded.looked_at is None or decoded.looked_at[2] - decoded.looked_at[0] > 280


def test_white_things_of_different_shapes_have_different_looks():
    round_, wide = (thing((255,) * 3, box) for box in ((60, 90, 200, 260), (20, 20, 390, 120)))
    one, other = (decode_image(saved(picture), "", SQUASH).facts.difference_hash for picture in (round_, wide))
    assert one is not None
    assert other is not None
    assert ((one ^ other) & (2**64 - 1)).bit_count() > 12
