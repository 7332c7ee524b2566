"""The real program from start to end, without a screen; `on_a_screen.py` does the same on one."""

import pytest
from tests.end_to_end.afternoon import take_pictures, two_days

pytestmark = pytest.mark.timeout(900)


def test_an_afternoon_at_the_window(qapp, home, tmp_path):
    take_pictures(tmp_path / "shoot")
    two_days(tmp_path / "shoot", home, tmp_path / "out")
