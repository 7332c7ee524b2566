"""What the fuzzers start from: small sound files of every format, and the kinds of the generated collection."""

from collections import defaultdict
from functools import cache

from tests.corpora.collection import kinds
from tests.support.picture_files import rendered, saved, sound_files
from tests.support.pictures_of_boxes import film, grid_of, unpacked

LARGEST = 60_000
_FORMATS = {
    ".jpg": "JPEG", ".png": "PNG", ".webp": "WEBP", ".tif": "TIFF", ".bmp": "BMP", ".gif": "GIF", ".avif": "AVIF",
    ".jxl": "JXL", ".heic": "HEIF", ".dng": "RAW", ".nef": "RAW",
}  # fmt: skip


@cache
def seeds() -> dict[str, list[bytes]]:
    """By format; none so large that most injuries would hit nothing but pixels."""
    found = defaultdict(list, {format: list(files) for format, files in sound_files().items()})
    for kind in kinds():
        found[_FORMATS[kind.suffix]].append(kind.data())
    found["HEIF"] += _of_boxes()
    found["AVIF"].append(saved(rendered(), "AVIF", save_all=True, append_images=[rendered(mode="L").convert("RGB")]))
    return {format: [data for data in files if len(data) <= LARGEST] for format, files in found.items()}


def _of_boxes() -> list[bytes]:
    """Grids with and without a small copy, films, and pictures that are not packed."""
    large, small = rendered(400, 304), rendered()
    unpacked_ones = [unpacked(small, names, 3, 2, names == "RGB") for names in ("L", "RGB", "ABGR")]
    return [
        grid_of(large, 128),
        grid_of(large, 128, thumbnails=[160]),
        film(small),
        film(small, b"hev1"),
        *unpacked_ones,
    ]
