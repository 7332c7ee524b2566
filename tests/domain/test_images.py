"""What a file's times tell of it."""

import pytest

from shoal.domain.images import FileStamp, is_settled

SECOND = 1_000_000_000


@pytest.mark.parametrize(
    ("modified", "later", "settled"),
    [
        (7 * SECOND + 123, SECOND // 10, False),
        (7 * SECOND + 123, SECOND // 10 + 1, True),
        (7 * SECOND, 2 * SECOND, False),  # perhaps a drive that keeps times to two seconds
        (7 * SECOND, 2 * SECOND + 1, True),
        (7 * SECOND + 123, -SECOND, False),  # from the future
    ],
)
def test_a_time_tells_of_a_later_change_once_the_drives_clock_has_moved(modified, later, settled):
    assert is_settled(FileStamp(10, modified), modified + later) is settled
