"""Which shot of a burst a picture is by the name that a phone gave it."""

import re
from typing import Final

_NAMES: Final = (
    # 00003IMG_00003_BURST20190101120000123.jpg, 00100lrPORTRAIT_00100_BURST20181020141501_COVER.jpg
    re.compile(r"^(\d{5})[a-z]*_.*BURST\d{8,}", re.IGNORECASE),
    re.compile(r"BURST-?(\d{1,4})(?!\d)", re.IGNORECASE),  # IMG_20240501_101112_BURST003.jpg, PXL_...BURST-03.jpg
    re.compile(r"^\d{8}_\d{6}_(\d{3})(?!\d)"),  # 20240501_101112_003.jpg
    re.compile(r"^\d{8}_\d{6}\((\d{1,3})\)"),  # 20240501_101112(3).jpg
)


def number_in_name(name: str) -> int | None:
    """Counted as the phone counts; None where the name says nothing."""
    named = next((match for pattern in _NAMES if (match := pattern.search(name))), None)
    return int(named[1]) if named else None
