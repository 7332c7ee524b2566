"""Pictures that a network is fitted to: some from all over a folder, always the same, only those that can be read."""

import numpy as np
from tests.support.picture_folders import write_pictures
from tests.support.untouched import as_it_is_now

from shoal.domain.input_geometry import InputGeometry
from shoal.domain.task import Task
from shoal.imaging.limits import DecodeLimits
from shoal.looking.calibration import draw_pictures
from shoal.looking.picture_decoder import decode_safely

GEOMETRY = InputGeometry(32, 32)


def drawn(folder, count):
    return draw_pictures([folder], decode_safely, DecodeLimits(), Task(), GEOMETRY, count)


def test_some_are_drawn_and_the_same_again(tmp_path):
    folder = tmp_path / "pictures"
    write_pictures(folder, 9)
    first, again = drawn(folder, 4), drawn(folder, 4)
    assert [one.shape for one in first] == [(32, 32, 3)] * 4
    np.testing.assert_array_equal(first, again)


def test_what_cannot_be_read_is_left_out(tmp_path):
    folder = tmp_path / "pictures"
    write_pictures(folder, 5)
    for number in range(3):
        (folder / f"broken {number}.jpg").write_bytes(b"no picture")
    as_it_is_now(folder)
    assert len(drawn(folder, 8)) == 5


def test_a_folder_that_is_not_there_has_none(tmp_path):
    assert drawn(tmp_path / "gone", 3) == []
