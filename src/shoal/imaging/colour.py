"""From whatever a file holds to 8-bit sRGB: colour profiles, palettes, transparency, deep greys, printing inks."""

import io
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from shoal.imaging.transparency import ground_for, is_transparent

_MODE_OF_SPACE = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}
_NOTICEABLE = 2
"""Levels of 255. A profile that changes no colour by more is sRGB under another name."""


def shrinkable(image: Image.Image) -> Image.Image:
    """The same picture in a mode whose pixels can be averaged: no palette, no more than 8 bits."""
    if image.mode.startswith("I") or image.mode == "F":
        return Image.fromarray(_to_eight_bits(np.asarray(image)))
    if image.mode in ("P", "PA", "1") or "transparency" in image.info:
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    if image.mode in ("La", "RGBa"):
        return image.convert("LA" if image.mode == "La" else "RGBA")
    return image


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Mode RGB, on a ground that differs where the picture is transparent. A profile that fits nothing is ignored."""
    if is_transparent(image):
        opaque = Image.new("RGB", image.size, ground_for(image))
        opaque.paste(to_srgb(image.convert(image.mode[:-1]), profile), mask=image.getchannel("A"))
        return opaque
    if profile is not None:
        space = _space_of(profile)
        if space == "RGB" and image.mode in ("L", "YCbCr"):
            image = image.convert("RGB")
        transform = _transform_to_srgb(profile, image.mode) if _MODE_OF_SPACE.get(space) == image.mode else None
        if transform is not None:
            return ImageCms.applyTransform(image, transform) or image
    if image.mode == "LAB":
        return ImageCms.applyTransform(image, _lab_to_srgb()) or image
    return image if image.mode == "RGB" else image.convert("RGB")


def _to_eight_bits(values: NDArray[Any]) -> NDArray[np.uint8]:
    """Greys of 16 or 32 bits or floating point. Nobody wrote down their white: the next usual one above the largest."""
    if values.dtype == np.uint16:
        high_bytes: NDArray[np.uint8] = np.right_shift(values, 8, dtype=np.uint16).astype(np.uint8)
        return high_bytes
    numbers = np.nan_to_num(values.astype(np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    largest = float(numbers.max(initial=0.0))
    whites = (1.0, 255.0, 65535.0) if values.dtype.kind == "f" else (255.0, 65535.0)
    white = next((white for white in whites if largest <= white), largest)
    scaled: NDArray[np.uint8] = np.clip(numbers * (255.0 / white) + 0.5, 0, 255).astype(np.uint8)
    return scaled


@lru_cache(maxsize=64)
def _space_of(profile: bytes) -> str:
    try:
        return ImageCms.ImageCmsProfile(io.BytesIO(profile)).profile.xcolor_space.strip()
    except (OSError, ValueError, ImageCms.PyCMSError):
        return ""


@lru_cache(maxsize=64)
def _transform_to_srgb(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """None if the profile is sRGB already or cannot be used. Transforms may be shared between threads."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        transform = ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB")
    except (OSError, ValueError, ImageCms.PyCMSError):
        return None
    return None if mode == "RGB" and _changes_nothing(transform) else transform


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    levels = np.linspace(0, 255, 9).astype(np.uint8)
    colours = np.stack(np.meshgrid(levels, levels, levels), axis=-1).reshape(27, 27, 3)
    seen = ImageCms.applyTransform(Image.fromarray(colours), transform)
    return seen is not None and int(np.abs(np.asarray(seen, np.int16) - colours).max()) <= _NOTICEABLE


@lru_cache(maxsize=1)
def _lab_to_srgb() -> ImageCms.ImageCmsTransform:
    return ImageCms.buildTransform(ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), "LAB", "RGB")
