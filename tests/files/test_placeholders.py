from types import SimpleNamespace
from typing import Any

import pytest

from shoal.files.placeholders import is_placeholder


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ({}, False),
        ({"st_file_attributes": 0x20}, False),  # archived, as most files on Windows
        ({"st_file_attributes": 0x0001}, False),  # not to be written
        ({"st_file_attributes": 0x0040_0020}, True),  # OneDrive, not on this computer
        ({"st_file_attributes": 0x0004_0020}, True),
        ({"st_file_attributes": 0x1020}, True),
        ({"st_flags": 0x40}, False),  # compressed by macOS
        ({"st_flags": 0x4000_0040}, True),  # iCloud, evicted
    ],
)
def test_what_would_be_downloaded_is_told_by_the_marks_of_each_system(marks, expected):
    status: Any = SimpleNamespace(st_mode=0o100644, **marks)
    assert is_placeholder(status) is expected


def test_files_that_are_there_are_no_placeholders(tmp_path):
    (tmp_path / "sparse").touch()
    with (tmp_path / "sparse").open("wb") as file:
        file.truncate(1 << 20)
    assert not is_placeholder((tmp_path / "sparse").lstat())
