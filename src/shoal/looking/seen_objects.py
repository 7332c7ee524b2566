"""What a look at a batch of pictures brought, in the shape in which the caches keep it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from shoal.domain.extension_points import FoundObjects
from shoal.domain.images import ContentHash, Region, RgbImage
from shoal.domain.input_geometry import letterbox_place
from shoal.domain.seen_classes import SeenClasses
from shoal.imaging.sizes import THUMBNAIL_SIDE, encode_thumbnail

SHARP_ENOUGH = 96
"""A part that has fewer pixels on its longer side in the network's input is cut from the file when somebody looks."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A vector for each hash, of a picture or a part of one; `objects` are the parts of each picture.

    `classes`: a row for each hash as well, from a model that knows any.
    """

    hashes: Sequence[ContentHash]
    vectors: NDArray[np.float32]
    objects: Mapping[ContentHash, Sequence[Region]] = field(default_factory=dict)
    thumbnails: Mapping[ContentHash, bytes] = field(default_factory=dict)
    classes: SeenClasses | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """One picture: its content, its width and height, the square the network saw, and what that found."""

    picture: ContentHash
    size: tuple[int, int]
    square: RgbImage
    objects: FoundObjects


def seen_objects(pictures: Iterable[Looked], dimension: int, thumbnails: bool) -> Seen:
    hashes: list[ContentHash] = []
    rows = [np.empty((0, dimension), np.float32)]
    objects: dict[ContentHash, Sequence[Region]] = {}
    small: dict[ContentHash, bytes] = {}
    for looked in pictures:
        regions = _regions(looked)
        objects[looked.picture] = list(regions.values())
        hashes += [looked.picture, *(region.content_hash for region in regions.values())]
        rows += [looked.objects.whole[None], looked.objects.vectors[list(regions)]]
        if thumbnails:
            small |= _thumbnails(looked, regions.values())
    return Seen(hashes, np.concatenate(rows), objects, small)


def _regions(looked: Looked) -> dict[int, Region]:
    """By their place among what was found; of two that are the same to the pixel, the surer."""
    width, height = looked.size
    regions: dict[tuple[int, ...], tuple[int, Region]] = {}
    for place, (box, kind, confidence) in enumerate(
        zip(looked.objects.boxes.tolist(), looked.objects.kinds, looked.objects.confidences.tolist(), strict=True)
    ):
        left, top = min(floor(box[0]), width - 1), min(floor(box[1]), height - 1)
        right, bottom = max(left + 1, min(ceil(box[2]), width)), max(top + 1, min(ceil(box[3]), height))
        region = Region(left, top, right, bottom, kind, round(confidence, 4), looked.picture)
        regions.setdefault(region.box, (place, region))
    return dict(regions.values())


def _thumbnails(looked: Looked, regions: Iterable[Region]) -> dict[ContentHash, bytes]:
    """Cut from what the network saw, which is at hand: the file itself may be a hundred times as large."""
    scale, left, top = letterbox_place(len(looked.square), *looked.size)
    small = {}
    for region in regions:
        sides = [round(side * scale) for side in region.box]
        cut = looked.square[top + sides[1] : top + sides[3], left + sides[0] : left + sides[2]]
        if max(cut.shape[:2]) >= SHARP_ENOUGH and min(cut.shape[:2]) > 0:
            step = min(ceil(max(cut.shape[:2]) / THUMBNAIL_SIDE), *cut.shape[:2])
            small[region.content_hash] = encode_thumbnail(np.ascontiguousarray(_shrunk(cut, step)))
    return small


def _shrunk(pixels: RgbImage, step: int) -> RgbImage:
    """Means of blocks of step x step pixels."""
    if step == 1:
        return pixels
    rows, columns = (side // step for side in pixels.shape[:2])
    blocks = pixels[: rows * step, : columns * step].reshape(rows, step, columns, step, 3)
    means: RgbImage = blocks.mean(axis=(1, 3)).astype(np.uint8)
    return means
