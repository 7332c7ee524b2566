"""The eight orientations in every format and every place that has them."""

from collections.abc import Callable, Iterator

import numpy as np
from PIL import Image
from tests.corpora.jpeg_kinds import jpeg
from tests.corpora.jxl_kinds import turned_codestream, turned_jpeg
from tests.corpora.kinds import NOTHING, RGB, Kind, Told, drawn, saved
from tests.corpora.other_kinds import heic, negative
from tests.corpora.png_kinds import png
from tests.corpora.tiff_kinds import numbers
from tests.support.lying_pictures import laid_down
from tests.support.tiff_pictures import one, tags_for
from tests.support.written_facts import ORIENTATION, exif, international_text, jpeg_with, png_with, raw_profile, xmp


def lying(orientation: int, width: int = 96, height: int = 64) -> Image.Image:
    """How the sensor saw it: turned the other way about."""
    return laid_down(Image.fromarray(np.round(drawn(width, height) * 255).astype(np.uint8)), orientation)


def _block(orientation: int) -> bytes:
    return exif({ORIENTATION: orientation})


def _packet(orientation: int, elements: bool = False) -> bytes:
    return xmp({"tiff:Orientation": str(orientation)}, elements=elements)


def _pixels(orientation: int) -> np.ndarray:
    return np.ascontiguousarray(np.asarray(lying(orientation)))


def _tiff(orientation: int, bits: int = 8, order: str = "<", big: bool = False, planes: int = 1) -> bytes:
    values = numbers(_pixels(orientation) / 255, bits, order)
    tags = tags_for(values.shape[1], values.shape[0], bits, planes=planes) | {274: (3, [orientation])}
    strips = [values.tobytes()] if planes == 1 else [values[..., at].tobytes() for at in range(3)]
    return one(tags, strips, order, big)


def _negative(orientation: int) -> bytes:
    return negative(jpeg(lying(orientation, 288, 192)), orientation)


_WAYS: dict[tuple[str, str], Callable[[int], bytes]] = {
    ("jpg", "EXIF"): lambda n: jpeg_with(jpeg(lying(n)), exif=_block(n)),
    ("jpg", "EXIF, big endian"): lambda n: jpeg_with(jpeg(lying(n)), exif=exif({ORIENTATION: n}, order=">")),
    ("jpg", "XMP"): lambda n: jpeg_with(jpeg(lying(n)), xmp=_packet(n)),
    ("jpg", "XMP, elements"): lambda n: jpeg_with(jpeg(lying(n)), xmp=_packet(n, True)),
    ("jpg", "EXIF against XMP"): lambda n: jpeg_with(jpeg(lying(n)), exif=_block(n), xmp=_packet(9 - n)),
    ("jpg", "EXIF, unpacked at half size"): lambda n: jpeg_with(jpeg(lying(n, 600, 400)), exif=_block(n)),
    ("png", "EXIF"): lambda n: png_with(png(_pixels(n)), (b"eXIf", _block(n))),
    ("png", "raw profile"): lambda n: png_with(png(_pixels(n)), raw_profile("exif", _block(n), b"\x1d\x91}}")),
    ("png", "XMP"): lambda n: png_with(png(_pixels(n)), international_text(_packet(n))),
    ("webp", "EXIF"): lambda n: saved(lying(n), "WEBP", quality=90, exif=_block(n)),
    ("webp", "XMP"): lambda n: saved(lying(n), "WEBP", quality=90, xmp=_packet(n)),
    ("tif", "its tag"): _tiff,
    ("tif", "its tag, big endian"): lambda n: _tiff(n, order=">"),
    ("tif", "its tag, big file"): lambda n: _tiff(n, big=True),
    ("tif", "its tag, planes of 16 bits"): lambda n: _tiff(n, 16, planes=2),
    ("tif", "its tag, packed"): lambda n: saved(lying(n), "TIFF", compression="tiff_lzw", tiffinfo={274: n}),
    ("avif", "boxes"): lambda n: saved(lying(n), "AVIF", quality=90, exif=_block(n)),
    ("avif", "boxes against XMP"): lambda n: saved(lying(n), "AVIF", quality=90, exif=_block(n), xmp=_packet(9 - n)),
    ("heic", "boxes"): lambda n: heic(lying(n), Told(exif=_block(n))),
    ("dng", "its tag"): _negative,
    ("jxl", "a packed JPEG"): lambda n: turned_jpeg(lying(n), n),
    ("jxl", "its codestream"): lambda n: turned_codestream(lying(n), n),
}  # fmt: skip


def turned() -> Iterator[Kind]:
    for (suffix, place), make in _WAYS.items():
        for orientation in range(1, 9):
            yield Kind(
                f"{suffix}, orientation {orientation} by {place}",
                f".{suffix}",
                lambda make=make, orientation=orientation: make(orientation),
                RGB,
                NOTHING,
            )


def upright() -> Iterator[Kind]:
    """Pictures that somebody turned and whose XMP still says that they lie: it is left over, and does not count."""
    for suffix, image in (("jpg", jpeg_with(jpeg(), exif=_block(1), xmp=_packet(6))),):
        yield Kind(f"{suffix}, upright by EXIF, lying by XMP", f".{suffix}", lambda image=image: image, RGB)
    for suffix, format in (("avif", "AVIF"),):
        yield Kind(
            f"{suffix}, lying by XMP alone",
            f".{suffix}",
            lambda format=format: saved(lying(1), format, quality=90, xmp=_packet(6)),
            RGB,
        )
    for suffix, format in (("webp", "WEBP"), ("png", "PNG")):
        info = {"exif": _block(1)}
        yield Kind(
            f"{suffix}, upright by EXIF, lying by XMP",
            f".{suffix}",
            lambda format=format, info=info: (
                png_with(png(RGB), (b"eXIf", info["exif"]), international_text(_packet(6)))
                if format == "PNG"
                else saved(lying(1), format, quality=90, xmp=_packet(6), **info)
            ),
            RGB,
        )
