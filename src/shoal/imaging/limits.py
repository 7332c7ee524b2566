"""How much of a file we are willing to look at, and how we say that we could not use it."""

from dataclasses import dataclass
from typing import Final

from shoal.domain.interruptions import ShoalError
from shoal.domain.sentence import Sentence

_ALWAYS_ALLOWED: Final = 16_000_000  # a blank page of that size has a few hundred bytes in truth, and costs nothing
_MOST_PIXELS_PER_BYTE: Final = 20_000
"""A blank page in the best of all codecs has fewer; a line that announces a gigabyte has more."""


@dataclass(frozen=True, slots=True)
class DecodeLimits:
    """Beyond these a file is refused before anything of it is unpacked.

    `max_memory_bytes` is for the unpacked picture, which for JPEG is smaller the less of it is wanted.
    """

    max_pixels: int = 500_000_000
    max_file_bytes: int = 1 << 30
    max_memory_bytes: int = 2 << 30

    def require_size(self, width: int, height: int, file_bytes: int) -> None:
        """Raises `UnreadableImage` for what is too large, and for what so few bytes cannot mean."""
        size = {"width": f"{width:,}", "height": f"{height:,}"}
        if width * height > self.max_pixels:
            raise UnreadableImage(Sentence("the picture is too large ({width} x {height} pixels)", **size))
        if width * height > max(_ALWAYS_ALLOWED, file_bytes * _MOST_PIXELS_PER_BYTE):
            raise UnreadableImage(
                Sentence(
                    "{bytes} bytes cannot hold the picture that they announce ({width} x {height} pixels)",
                    bytes=f"{file_bytes:,}",
                    **size,
                )
            )


class UnreadableImage(ShoalError):
    """One file gave no picture. Whoever works through many of them keeps `reason` in a `SkippedImage` and goes on."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason)
        self.reason = reason


def not_readable_kind(format: str, kind: str) -> UnreadableImage:
    """For whole files: nothing is wrong with them."""
    return UnreadableImage(Sentence("a kind of {format} that Shoal cannot read ({kind})", format=format, kind=kind))


class NotToday(UnreadableImage):
    """It could not be read, which says nothing lasting about the file: memory ran out, say, or its decoder died."""
