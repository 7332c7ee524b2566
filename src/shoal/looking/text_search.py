"""Pictures found by what they show, and words turned into directions among pictures."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.score_drop import rank_of_drop
from shoal.domain.extension_points import TextEncoder
from shoal.domain.geometry import EmbeddingMatrix
from shoal.domain.task import Task
from shoal.looking.answers import answering, checked_rows

PROMPTS = ("{}", "a photo of {}", "a picture of {}")
"""The words as they are, and as captions have them: CLIP has read captions. Their average finds more than each."""


@dataclass(frozen=True, slots=True, eq=False)
class FoundImages:
    """Every image that has been looked at, the best first, with its `scores` (cosine, or a probability).

    `count`: how many stand before the drop in scores; None where no place is one, and all there is is an order.
    """

    text: str
    images: NDArray[np.int64]
    scores: NDArray[np.float32]
    count: int | None

    @property
    def best(self) -> NDArray[np.int64]:
        """What is worth showing: those before the drop, or else all of them."""
        return self.images if self.count is None else self.images[: self.count]


def find_by_text(text: str, embeddings: EmbeddingMatrix, encoder: TextEncoder, task: Task) -> FoundImages:
    """Raises `Cancelled`."""
    scores = embeddings.vectors @ directions([text], PROMPTS, encoder, task)[0]
    order = np.argsort(-scores, kind="stable")
    return FoundImages(text, embeddings.rows.ids[order], scores[order], rank_of_drop(scores))


def directions(texts: Sequence[str], prompts: Sequence[str], encoder: TextEncoder, task: Task) -> NDArray[np.float32]:
    """A unit row per text: the middle of what the model makes of it in each of the prompts."""
    said = [prompt.format(text) for text in texts for prompt in prompts]
    with answering(encoder, type(encoder).__name__):
        rows = checked_rows(encoder.encode(said, task), len(said), 0)
    middles = rows.reshape(len(texts), len(prompts), -1).mean(axis=1)
    return middles / np.maximum(np.linalg.norm(middles, axis=1, keepdims=True), 1e-12)  # type: ignore[no-any-return]
