"""Pictures, or what stands in them: which of the things that a detector found are the ones to be sorted."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from typing import Literal

from shoal.domain.images import Region

Look = Literal["whole", "main", "every"]
LEAST_CONFIDENCE = 0.1
"""What a detector is less sure of than that is not even kept."""


@dataclass(frozen=True, slots=True)
class ObjectChoice:
    """What is sorted: `whole` pictures, pictures by their `main` object, or `every` object by itself.

    `kinds`: only objects of these, or of any if empty; whatever the case. `confidence`: the least to count.
    """

    look: Look = "whole"
    kinds: tuple[str, ...] = ()
    confidence: float = 0.25

    def among(self, regions: Sequence[Region]) -> tuple[Region, ...]:
        """Those that were asked for, in their order."""
        kinds = {kind.casefold() for kind in self.kinds}
        return tuple(
            region
            for region in regions
            if region.confidence >= self.confidence and (not kinds or region.kind.casefold() in kinds)
        )

    def main(self, regions: Sequence[Region], width: int, height: int) -> Region | None:
        """The object that a picture of that size is about: large, certain, and in the middle. None if there is none."""
        return max(self.among(regions), key=lambda region: _weight(region, width, height), default=None)

    @property
    def settings(self) -> dict[str, str | float | bool | None]:
        """All that makes a difference, for the keys of what is derived; nothing for whole pictures."""
        if self.look == "whole":
            return {}
        kinds = ",".join(sorted(kind.casefold() for kind in self.kinds))
        return {"look": self.look, "kinds": kinds, "confidence": self.confidence}


WHOLE_PICTURES = ObjectChoice()


def _weight(region: Region, width: int, height: int) -> float:
    """Share of the picture x confidence x centrality: 1 in the very middle, 0 in a corner."""
    share = (region.right - region.left) * (region.bottom - region.top) / (width * height)
    across = (region.left + region.right) / width - 1
    down = (region.top + region.bottom) / height - 1
    return share * region.confidence * (1 - hypot(across, down) / hypot(1, 1))
