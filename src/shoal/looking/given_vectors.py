"""Vectors that another program has made, instead of a network: each picture has its own, by its path."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shoal.domain.errors import UserFacingError
from shoal.domain.geometry import EmbeddingKey
from shoal.domain.images import RgbImage
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.sentence import NOTHING, Sentence

NO_VECTOR = Sentence("the file of vectors has none for it")
GIVEN = "vectors"
"""What the model is called in keys and reports."""


@dataclass(frozen=True, slots=True, eq=False)
class VectorsOfFiles:
    """`rows` (n x d float32, of any length but 0) of `paths`, whole or as far as is known; `sha256`: of their file."""

    paths: tuple[str, ...]
    rows: NDArray[np.float32]
    sha256: str


class GivenVectors:
    """In the place of a model. Pictures are still decoded, for their thumbnails and facts."""

    one_core_per_call = True
    remark = NOTHING
    geometry = InputGeometry(32, 32, "squash")

    def __init__(self, given: VectorsOfFiles) -> None:
        self._rows = given.rows
        self._place = places_by_ending(given.paths)
        self.dimension = int(given.rows.shape[1])
        self.key = EmbeddingKey(GIVEN, "", given.sha256, 0, "raw")

    def row_of(self, path: Path) -> NDArray[np.float32] | None:
        """By the whole path, else by the longest ending that only one row has."""
        parts = path.parts
        for start in range(len(parts)):
            place = self._place.get("/".join(parts[start:]))
            if place is not None:
                return None if place < 0 else self._rows[place]
        return None

    def embed(self, images: Sequence[RgbImage]) -> NDArray[np.float32]:
        raise UserFacingError(
            Sentence("Vectors from a file say nothing of {count} other pictures.", count=len(images)),
            Sentence("Choose a model instead."),
        )


def places_by_ending(paths: Sequence[str]) -> Mapping[str, int]:
    """Every ending of every path -> its place; -1 for endings that several have."""
    places: dict[str, int] = {}
    for place, path in enumerate(paths):
        parts = Path(path.replace("\\", "/")).parts
        for start in range(len(parts)):
            ending = "/".join(parts[start:])
            places[ending] = -1 if ending in places else place
    return places
