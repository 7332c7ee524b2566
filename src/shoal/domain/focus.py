"""What counts in a picture: all of it, what it is of, what is behind that, or the colours of what it is of."""

from typing import Final, Literal

Focus = Literal["whole", "subject", "background", "colour"]
FOCI: Final[tuple[Focus, ...]] = ("whole", "subject", "background", "colour")
SUBJECT: Final = "subject"
"""The kind of a region that no detector named: where the network looks."""
