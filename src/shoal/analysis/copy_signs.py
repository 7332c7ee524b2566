"""How much two pictures look like copies of each other: signs that are cheap, for many pairs at once.

A copy may have been turned or mirrored: of the eight positions in which one of the two can lie the best one counts.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from shoal.domain.copies import WAVES, ManyLooks

Pairs = NDArray[np.int64]
"""m x 2 rows, the smaller first, each pair once, ascending."""

POSITIONS: Final = 8
# BT.601's, as `imaging.small_looks` has it: both are compared.
_BRIGHTNESS: Final = np.array([0.299, 0.587, 0.114], np.float32)
_AT_ONCE: Final = 4096  # pairs whose fields are held as floats: 25 MB
_NEARLY: Final = 0.2  # of correlation
_ODD: Final = np.where(np.arange(WAVES) % 2, -1, 1).astype(np.float32)


def in_position(fields: NDArray[np.float32], position: int) -> NDArray[np.float32]:
    """Squares (n x side x side ...) turned by quarters, four of the positions mirrored before."""
    mirrored = fields[:, :, ::-1] if position >= POSITIONS // 2 else fields
    return np.rot90(mirrored, position % 4, axes=(1, 2))


def waves_in_position(waves: NDArray[np.float32], position: int) -> NDArray[np.float32]:
    """The same of cosine waves: mirrored, odd ones change their sign; turned, they also change places."""
    if position >= POSITIONS // 2:
        waves = waves * _ODD
    for _quarter in range(position % 4):
        waves = waves.transpose(0, 2, 1) * _ODD[:, np.newaxis]
    return waves


def wave_hashes(waves: NDArray[np.float32]) -> NDArray[np.uint8]:
    """n x 8 bytes: which of the 63 waves are above their middle; the first says nothing."""
    flat = waves.reshape(len(waves), -1).copy()
    middle = np.median(flat[:, 1:], axis=1, keepdims=True)
    bits = flat > middle
    bits[:, 0] = False
    return np.packbits(bits, axis=1)


def all_hashes(waves: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Positions x n x 8 bytes."""
    return np.stack([wave_hashes(waves_in_position(waves, position)) for position in range(POSITIONS)])


def cheap_signs(pairs: Pairs, vectors: NDArray[np.float32], looks: ManyLooks) -> NDArray[np.float32]:
    """m x 4: cosine, share of waves that agree, correlation of the fields, difference of their colours (0..1)."""
    signs = np.empty((len(pairs), 4), np.float32)
    if not len(pairs):
        return signs
    # Only of these: where groups come together a few pairs are asked about, a thousand times over.
    rows, places = np.unique(pairs, return_inverse=True)
    hashes, places = all_hashes(looks.waves[rows]), places.reshape(pairs.shape)
    for some in _parts(len(pairs)):
        first, other = pairs[some, 0], pairs[some, 1]
        signs[some, 0] = np.einsum("ij,ij->i", vectors[first], vectors[other])
        signs[some, 1] = _agreeing(hashes, places[some, 0], places[some, 1])
        signs[some, 2:] = _fields_agree(looks.fields[first], looks.fields[other])
    return signs


def _parts(count: int) -> Iterator[slice]:
    return (slice(start, start + _AT_ONCE) for start in range(0, count, _AT_ONCE))


def _agreeing(hashes: NDArray[np.uint8], first: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.float32]:
    apart = np.bitwise_count(hashes[:, first] ^ hashes[0, other]).sum(axis=2, dtype=np.int64)
    agreeing: NDArray[np.float32] = (1 - apart.min(axis=0) / 63).astype(np.float32)
    return agreeing


def _fields_agree(first: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.float32]:
    """m x 2: the best correlation of brightness, and there the mean difference of colours, their middles made equal."""
    mine, two = first.astype(np.float32), other.astype(np.float32)
    grey_one, grey_two = _standard(mine @ _BRIGHTNESS), _standard(two @ _BRIGHTNESS)
    turned = [in_position(grey_one, position) for position in range(POSITIONS)]
    correlations = np.stack([(grey * grey_two).sum(axis=(1, 2)) for grey in turned], axis=1)
    best = correlations.argmax(axis=1)
    mine -= mine.mean(axis=(1, 2), keepdims=True)
    two -= two.mean(axis=(1, 2), keepdims=True)
    differences = np.empty(len(mine), np.float32)
    for position in range(POSITIONS):
        rows = np.flatnonzero(best == position)
        differences[rows] = np.abs(in_position(mine[rows], position) - two[rows]).mean(axis=(1, 2, 3)) / 255
    both: NDArray[np.float32] = np.column_stack([correlations.max(axis=1), differences])
    return both


def _standard(grey: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each of mean 0 and length 1; a flat one stays 0."""
    grey = grey - grey.mean(axis=(1, 2), keepdims=True)
    length = np.sqrt((grey**2).sum(axis=(1, 2), keepdims=True))
    result: NDArray[np.float32] = grey / np.maximum(length, 1e-3)
    return result


def best_positions(pairs: Pairs, looks: ManyLooks) -> list[list[int]]:
    """Of each pair the positions of the first picture in which the two are worth being laid on each other.

    As it is, as a frame hides from the fields; where it correlates best; and where it does so nearly as well.
    """
    best: list[list[int]] = []
    for some in _parts(len(pairs)):
        first, two = (_standard(looks.fields[pairs[some, side]].astype(np.float32) @ _BRIGHTNESS) for side in (0, 1))
        turned = (in_position(first, position) for position in range(POSITIONS))
        correlations = np.stack([(grey * two).sum(axis=(1, 2)) for grey in turned], axis=1)
        worth = correlations >= correlations.max(axis=1, keepdims=True) - _NEARLY
        worth &= np.argsort(np.argsort(-correlations, axis=1, kind="stable"), axis=1, kind="stable") < 2
        worth[:, 0] = True
        best += [np.flatnonzero(row).tolist() for row in worth]
    return best
