"""How much of a file we are willing to look at, and how we say that we could not use it."""

from dataclasses import dataclass

from shoal.domain.interruptions import ShoalError
from shoal.domain.sentence import Sentence


@dataclass(frozen=True, slots=True)
class DecodeLimits:
    """Beyond these a file is refused before anything of it is unpacked.

    `max_memory_bytes` is for the unpacked picture, which for JPEG is smaller the less of it is wanted.
    """

    max_pixels: int = 500_000_000
    max_file_bytes: int = 1 << 30
    max_memory_bytes: int = 2 << 30


class UnreadableImage(ShoalError):
    """One file gave no picture. Whoever works through many of them keeps `reason` in a `SkippedImage` and goes on."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason)
        self.reason = reason


class NotToday(UnreadableImage):
    """It could not be read, which says nothing lasting about the file: memory ran out, say, or its decoder died."""
