"""The kinds of picture files, as rows.

To add one: one row here, if Pillow or one of its plugins opens it. RAW files, which LibRaw opens, are told by
`file_formats`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING

from shoal.domain.catalogue import Catalogue
from shoal.domain.companions import RAW_SUFFIXES

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

Open = Callable[[BytesIO], "ImageFile"]


@dataclass(frozen=True, slots=True)
class PictureKind:
    """What tells files of this kind, and what opens them.

    `suffixes` in lower case; `is_it` looks at the first 256 bytes at least. `find_opener` imports the decoder, when the
    first such file is met. `from_cameras`: cameras write it beside a RAW file, and of one shot this is the picture we
    read. `safe_here`: its decoder has stood up to hostile files so well that no process of its own is needed.
    """

    name: str
    suffixes: tuple[str, ...]
    is_it: Callable[[bytes], bool]
    find_opener: Callable[[], Open]
    from_cameras: bool = False
    safe_here: bool = False


def begins(*beginnings: bytes) -> Callable[[bytes], bool]:
    return partial(_begins, beginnings)


def _begins(beginnings: tuple[bytes, ...], data: bytes) -> bool:
    return data.startswith(beginnings)


def _is_webp(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def of_brand(*brands: bytes) -> Callable[[bytes], bool]:
    """ISO media files name themselves by a brand, and further brands that they can be read as."""
    return partial(_is_of_brand, frozenset(brands))


def _is_of_brand(brands: frozenset[bytes], data: bytes) -> bool:
    if data[4:8] != b"ftyp":
        return False
    end = min(int.from_bytes(data[:4], "big"), 256, len(data))
    return not brands.isdisjoint({data[8:12], *(data[start : start + 4] for start in range(16, end - 3, 4))})


def imported(module: str, name: str) -> Callable[[], Open]:
    return partial(_import, module, name)


def _import(module: str, name: str) -> Open:
    opener: Open = getattr(import_module(module), name)
    return opener


HEIF_BRANDS = (
    *(b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"mif2", b"msf1"),
    *(b"avci", b"avcs", b"vvic", b"j2ki"),  # with codecs that nobody here reads: told as what they are
)
PICTURE_KINDS: Catalogue[PictureKind] = Catalogue(
    PictureKind(
        "JPEG",
        ("jpg", "jpeg", "jpe", "jfif"),
        begins(b"\xff\xd8\xff"),
        imported("shoal.imaging.jpeg_files", "JpegFile"),
        from_cameras=True,
        safe_here=True,
    ),
    PictureKind(
        "PNG",
        ("png",),
        begins(b"\x89PNG\r\n\x1a\n"),
        imported("PIL.PngImagePlugin", "PngImageFile"),
        safe_here=True,
    ),
    PictureKind("WEBP", ("webp",), _is_webp, imported("PIL.WebPImagePlugin", "WebPImageFile")),
    PictureKind(
        "TIFF",
        ("tif", "tiff"),
        begins(b"II\x2a\x00", b"MM\x00\x2a", b"II\x2b\x00", b"MM\x00\x2b"),
        imported("shoal.imaging.tiff_files", "open_tiff"),
    ),
    PictureKind("BMP", ("bmp",), begins(b"BM", b"BA"), imported("PIL.BmpImagePlugin", "BmpImageFile"), safe_here=True),
    PictureKind(
        "GIF", ("gif",), begins(b"GIF87a", b"GIF89a"), imported("PIL.GifImagePlugin", "GifImageFile"), safe_here=True
    ),
    PictureKind("AVIF", ("avif",), of_brand(b"avif", b"avis"), imported("shoal.imaging.avif_files", "AvifFile")),
    PictureKind(
        "HEIF",
        ("heic", "heif", "hif"),
        of_brand(
            b"heic",
            b"heix",
            b"hevc",
            b"hevx",
            b"heim",
            b"heis",
            b"hevm",
            b"hevs",
            b"mif1",
            b"mif2",
            b"msf1",
            b"avci",
            b"avcs",
            b"vvic",
            b"j2ki",
        ),
        imported("shoal.imaging.heif_files", "open_heif"),
        from_cameras=True,
    ),
    PictureKind(
        "JXL",
        ("jxl",),
        begins(b"\xff\x0a", b"\0\0\0\x0cJXL \r\n\x87\n"),
        imported("shoal.imaging.jxl_files", "JxlFile"),
    ),
)


@cache
def image_suffixes() -> frozenset[str]:
    """What the names of pictures end in, RAW files among them."""
    return RAW_SUFFIXES.union(*(kind.suffixes for kind in PICTURE_KINDS))


@cache
def camera_suffixes() -> frozenset[str]:
    return frozenset(suffix for kind in PICTURE_KINDS if kind.from_cameras for suffix in kind.suffixes)
