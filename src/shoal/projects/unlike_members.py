"""A few pictures that show what is in a cluster: as unlike as can be, not nine shots of one burst."""

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.unlike_parts import unlike_parts
from shoal.domain.geometry import EmbeddingMatrix

SHOWN = 9
_COMPARED = 500


def unlike_members(embeddings: EmbeddingMatrix | None, images: NDArray[np.int32]) -> list[int]:
    """Up to nine of `images`, what most of them look like first; the first ones where nobody has looked at them."""
    if embeddings is None:
        return [int(image) for image in images[:SHOWN]]
    images = images[:: max(1, len(images) // _COMPARED)]
    rows = embeddings.rows.rows_of(images)
    images, rows = images[rows >= 0], rows[rows >= 0]
    if not len(images):
        return []
    return [int(images[face]) for face in unlike_parts(embeddings.vectors[rows], SHOWN).faces]
