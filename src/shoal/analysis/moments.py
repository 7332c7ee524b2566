"""When pictures were taken, as numbers beside those of what they look like.

How alike two pictures are is (1 - m) * cosine of their looks + m * closeness in time, where m runs from 0 (looks
only) to 1 (the moment only). Closeness in time is the mean of exp(-t / 10 minutes) and exp(-t / 6 hours) of the time t
between the two: one moment counts wholly, one half of a day a little, other days nothing. Each exponential is the mean
of cosines whose frequencies are distributed as Cauchy's (Rahimi and Recht, "Random features for large-scale kernel
machines", 2007), here at its quantiles; far apart it is off by 0.06 as a rule. So all that works with vectors works
with time, too. A picture without a moment goes by its looks alone.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from shoal.domain.geometry import EmbeddingMatrix, Rows, stage_key

SCALES: Final = (600.0, 21_600.0)
"""Seconds: ten minutes, six hours."""
WAVES: Final = 64
"""Cosines for each scale."""


def with_moments(embeddings: EmbeddingMatrix, moments: NDArray[np.float64], share: float) -> EmbeddingMatrix:
    """`moments`: seconds per row, infinite where nobody knows. Rows of unit length under a key of their own."""
    dated = np.isfinite(moments)
    waves = moment_waves(moments[dated])
    vectors = np.zeros((len(moments), embeddings.vectors.shape[1] + waves.shape[1]), np.float32)
    looks = np.where(dated, np.sqrt(1 - share), 1.0).astype(np.float32)
    vectors[:, : embeddings.vectors.shape[1]] = embeddings.vectors * looks[:, np.newaxis]
    vectors[dated, embeddings.vectors.shape[1] :] = np.sqrt(share) * waves
    key = stage_key("moments", embeddings.key, share=share, moments=moments.tobytes().hex())
    return EmbeddingMatrix(Rows(embeddings.rows.ids, key), vectors, embeddings.classes)


def moment_waves(moments: NDArray[np.float64]) -> NDArray[np.float32]:
    """Unit rows whose cosines are the closeness in time."""
    quantiles = (np.arange(WAVES) + 0.5) / WAVES
    frequencies = np.concatenate([np.tan(np.pi / 2 * quantiles) / scale for scale in SCALES])
    phases = (moments - moments.min(initial=np.inf))[:, np.newaxis] * frequencies if len(moments) else np.zeros((0, 1))
    waves = np.concatenate([np.cos(phases), np.sin(phases)], axis=1) / np.sqrt(len(frequencies))
    single: NDArray[np.float32] = waves.astype(np.float32)
    return single
