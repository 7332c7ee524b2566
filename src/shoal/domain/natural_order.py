"""Names in the order in which people count: img2 before img10."""

import re
from collections.abc import Sequence

_NUMBER = re.compile(r"0*([0-9]+)")
_EVERY_DIGIT_ZERO = str.maketrans("123456789", "000000000")


def natural_keys(names: Sequence[str]) -> list[str]:
    """Texts that sort as people count: img2 before img10, without regard to case.

    All names go through one regular expression at once; each number is written with its length before it.
    """
    joined = _NUMBER.sub(_with_length, "\0".join(names).lower())
    return joined.split("\0") if names else []


def _with_length(number: re.Match[str]) -> str:
    digits = number[1]
    return f"0{len(digits):03}{digits}"


def in_natural_order(names: Sequence[str]) -> list[str]:
    """Names of one folder, sorted by `natural_keys`; names with equal keys by themselves.

    Cameras number their files evenly; where all names have one pattern, sorting them as text gives the same order
    many times faster, which keeps a scan of 100,000 files close to the cost of reading the folders.
    """
    if not names:
        return []
    patterns = "\0".join(names).translate(_EVERY_DIGIT_ZERO) + "\0"
    if patterns == patterns[: patterns.index("\0") + 1] * len(names):
        return sorted(names)
    return [name for _, name in sorted(zip(natural_keys(names), names, strict=True))]
