"""The space that the program holds for hard times, made small: each test that opens it would write 12 MB of noise."""

from shoal.setup import locations

AS_SHIPPED = locations.PROJECTS_RESERVE, locations.JOURNALS_RESERVE
_LITTLE = 1 << 14


def hold_little() -> None:
    locations.PROJECTS_RESERVE = locations.JOURNALS_RESERVE = _LITTLE
