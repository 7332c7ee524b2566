"""Thumbnails of our own cache as pixels: what was encoded here needs no process of its own to be unpacked."""

import io

import numpy as np
from PIL import Image

from shoal.domain.images import ImageRecord, RgbImage
from shoal.store.thumbnail_cache import ThumbnailCache


def small_picture(thumbnails: ThumbnailCache | None, record: ImageRecord) -> RgbImage | None:
    """None for one that is not kept, or damaged."""
    jpeg = thumbnails.get(record.content_hash) if thumbnails is not None else None
    if jpeg is None:
        return None
    try:
        with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as picture:
            return np.asarray(picture.convert("RGB"))
    except (OSError, ValueError, SyntaxError):
        return None
