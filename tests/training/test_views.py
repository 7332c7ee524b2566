"""The resampling that makes views, against Pillow's; and that a target follows its picture."""

import numpy as np
import torch
from PIL import Image

from shoal_training.views import Boxes, jitter_colours, random_boxes, resample


def whole(count: int, mirrored: bool = False) -> Boxes:
    return Boxes(torch.zeros(count, 2), torch.ones(count, 2), torch.full((count,), mirrored))


def test_shrinking_is_what_pillow_does() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (2, 96, 96, 3), dtype=np.uint8)
    expected = [np.asarray(Image.fromarray(one).resize((40, 40), Image.Resampling.BILINEAR)) for one in pixels]
    seen = resample(torch.from_numpy(pixels), whole(2), 40).permute(0, 2, 3, 1).numpy()
    assert np.abs(seen - np.stack(expected)).max() <= 1.0


def test_a_mirrored_view_is_the_view_turned_round() -> None:
    pixels = torch.rand(3, 20, 20, 2)
    assert torch.equal(resample(pixels, whole(3, mirrored=True), 10), resample(pixels, whole(3), 10).flip(3))


def test_a_box_shows_its_part_of_the_picture() -> None:
    pixels = torch.zeros(1, 32, 32, 1)
    pixels[:, :16, 16:] = 1.0
    upper_right = Boxes(torch.tensor([[0.0, 0.5]]), torch.tensor([[0.5, 0.5]]), torch.tensor([False]))
    assert resample(pixels, upper_right, 8)[0, 0, 1:7, 1:7].min() == 1.0


def test_boxes_stay_inside_the_picture() -> None:
    boxes = random_boxes(np.random.default_rng(1), 500, smallest_area=0.3)
    assert boxes.start.min() >= 0
    assert (boxes.start + boxes.length).max() <= 1 + 1e-6
    assert boxes.length.prod(1).min() > 0.2


def test_colour_jitter_of_no_strength_changes_nothing() -> None:
    pixels = torch.rand(4, 3, 8, 8) * 255
    assert torch.allclose(jitter_colours(np.random.default_rng(0), pixels, 0.0), pixels, atol=1e-3)
