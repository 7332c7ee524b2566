"""Which shot of a burst a picture is, by its name."""

import pytest

from shoal.domain.burst_names import number_in_name


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("IMG_20240501_101112_BURST003.jpg", 3),
        ("IMG_20240501_101112_BURST001_COVER.jpg", 1),
        ("PXL_20240501_101112123.BURST-02.COVER.jpg", 2),
        ("00004IMG_00004_BURST20190101120000123_COVER.jpg", 4),
        ("00012lPORTRAIT_00012_BURST20181020141501123.jpg", 12),
        ("00002XTR_00002_BURST20190101120000123.jpg", 2),
        ("IMG_20200101_120000123_BURST000_COVER_TOP.jpg", 0),
        ("20230101_120000_Burst09.jpg", 9),
        ("PXL_20240501_101112123.MP.jpg", None),
        ("20240501_101112_007.jpg", 7),
        ("20240501_101112(12).jpg", 12),
        ("20240501_101112.jpg", None),
        ("DSC_0001_BURST20140101120000123.JPG", None),
        ("IMG_0042.JPG", None),
    ],
)
def test_phones_number_the_shots_of_a_burst(name, number):
    assert number_in_name(name) == number
