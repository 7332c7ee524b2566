"""Moments as cameras and programs write them, read as far as they are known, and put in order."""

import pytest

from shoal.domain.capture_time import capture_time, completed, offset_of, parts_of, seconds


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024:05:31 14:03:59", "2024-05-31T14:03:59"),
        ("2024-05-31T14:03:59.250+02:00", "2024-05-31T14:03:59.25+02:00"),
        ("2024-05-31T14:03:59.1234567Z", "2024-05-31T14:03:59.123456+00:00"),
        ("2024-05-31T14:03-0330", "2024-05-31T14:03:00-03:30"),
        ("2024-05-31T14:03:59+02:00[Europe/Berlin]", "2024-05-31T14:03:59+02:00"),
        ("2024:05:31   :  :  ", "2024-05-31"),
        ("1985", "1985"),
        ("1985-06", "1985-06"),
        ("1985:06:00 00:00:00", "1985-06"),
        ("1985:00:00", "1985"),
        ("1000", "1000"),
    ],
)
def test_what_is_known_of_a_moment_is_read(written, read):
    assert capture_time(written) == read


def test_exif_keeps_fraction_and_offset_apart():
    assert capture_time("2024:05:31 14:03:59", "07", "+02:00") == "2024-05-31T14:03:59.07+02:00"
    assert capture_time("2024:05:31 14:03:59", "  ", "   :  ") == "2024-05-31T14:03:59"
    assert capture_time("2024:05:31 14:03:59", "000", "+99:99") == "2024-05-31T14:03:59"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "0000:00:00 00:00:00",
        "    :  :     :  :  ",
        "yesterday",
        "0999",
        "2024:13:45 99:99:99",
        "0001-01-01T00:00:00Z",
        "20240531",
        "2024:05:31 25:00:00",
    ],
)
def test_what_is_no_moment_is_none(written):
    assert capture_time(written) is None


def test_texts_and_seconds_sort_as_the_moments_do():
    ascending = ["1985", "1985-06", "2024-05-31", "2024-05-31T14:03:59", "2024-05-31T14:03:59.07+02:00"]
    ascending += ["2024-05-31T14:03:59.25-10:00", "2024-05-31T14:03:59.5", "2024-05-31T14:04:00+02:00"]
    backwards = ascending[::-1]
    assert sorted(backwards) == ascending
    assert sorted(backwards, key=seconds) == ascending
    assert seconds(None) == seconds("soon") == seconds("2024-13-45") == float("inf")


def test_the_parts_of_a_moment():
    assert parts_of("2024-05-31T14:03:59.07+02:00") == ("2024", "05", "31", "14", "03", "59", ".07")
    assert parts_of("1985") == ("1985", *(None,) * 6)
    assert parts_of("soon") == (None,) * 7
    assert offset_of("2024-05-31T14:03:59.07-03:30") == "-03:30"
    assert offset_of("2024-05-31T14:03:59") == offset_of("2024-05-31") == ""


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2016:05:31 24:01:02", "2016-05-31T00:01:02"),
        ("2016:12:31 23:59:60", "2016-12-31T23:59:59"),
        ("20240531 140359", "2024-05-31T14:03:59"),
        ("20240531T140359+0200", "2024-05-31T14:03:59+02:00"),
    ],
)
def test_what_some_cameras_and_clocks_write(written, meant):
    assert capture_time(written) == meant


@pytest.mark.parametrize(
    ("taken", "others", "complete"),
    [
        ("2024-05", ["2024-05-31"], "2024-05-31"),
        ("2024-05-31", ["2024-05-31T14:03:59", "2024-05-31T14:03:59.25+02:00"], "2024-05-31T14:03:59.25+02:00"),
        ("2024-05-31T14:03:59+02:00", ["2024-05-31T14:03:59.07"], "2024-05-31T14:03:59.07+02:00"),
        ("2024-05-31T14:03:59.5", ["2024-05-31T14:03:59.07-10:00"], "2024-05-31T14:03:59.5-10:00"),
        ("2024-05-31T14:03:59", ["2024-05-31T14:04:00.07-10:00", "2025"], "2024-05-31T14:03:59"),
    ],
)
def test_what_one_leaves_out_another_may_know(taken, others, complete):
    assert completed(taken, others) == complete
