"""Numbers that programs keep for stars and colours, and the names of properties for people."""

import pytest

from shoal.exports.xmp_names import (
    DARKTABLE_COLOURS,
    FLAG,
    PERCENT_RATING,
    PERCENTS,
    RATING,
    URGENCY,
    colour_numbered,
    darktable_colour,
    short_name,
    stars_of_percent,
)


@pytest.mark.parametrize(
    ("percent", "stars"),
    [(-1, 0), (0, 0), (1, 1), (12, 1), (13, 2), (25, 2), (37, 2), (38, 3), (50, 3), (62, 3), (63, 4), (75, 4), (87, 4),
     (88, 5), (99, 5), (100, 5)],
)  # fmt: skip
def test_any_percent_is_some_number_of_stars(percent, stars):
    assert stars_of_percent(percent) == stars


def test_what_windows_writes_it_reads():
    assert [stars_of_percent(percent) for percent in PERCENTS] == [0, 1, 2, 3, 4, 5]


def test_digikam_counts_colours_from_one_and_darktable_from_nought():
    colours = ["", "Red", "Orange", "Yellow", "Green", "Blue", "Purple", "Grey", "Black", "White", ""]
    assert [colour_numbered(number) for number in range(11)] == colours
    assert [darktable_colour(number) for number in range(-1, 6)] == ["", "Red", "Yellow", "Green", "Blue", "Purple", ""]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        (RATING, "xmp:Rating"), (PERCENT_RATING, "MicrosoftPhoto:Rating"), (DARKTABLE_COLOURS, "darktable:colorlabels"),
        (FLAG, "xmpDM:pick"), (URGENCY, "http://ns.adobe.com/photoshop/1.0/:Urgency"),
    ],
)  # fmt: skip
def test_people_read_the_short_form_of_a_name(name, short):
    assert short_name(name) == short
