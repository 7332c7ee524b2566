"""What a file is by its first bytes, whatever it is called."""

from typing import Final, Literal

from shoal.imaging.file_names import RAW_SUFFIXES

FileFormat = Literal["JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "AVIF", "HEIF", "RAW"]

_BEGINNINGS: Final[tuple[tuple[bytes, FileFormat], ...]] = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"BM", "BMP"),
    (b"II\x2b\x00", "TIFF"),
    (b"MM\x00\x2b", "TIFF"),
    (b"FUJIFILMCCD-RAW", "RAW"),
    (b"IIRO", "RAW"),  # Olympus
    (b"IIRS", "RAW"),
    (b"MMOR", "RAW"),
    (b"IIU\x00", "RAW"),  # Panasonic
    (b"\x00MRM", "RAW"),  # Minolta
    (b"FOVb", "RAW"),  # Sigma
)
_TIFF_BEGINNINGS = (b"II\x2a\x00", b"MM\x00\x2a")
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1"})


def recognise(data: bytes, suffix: str) -> FileFormat | None:
    """Return None for what is no picture we know. `suffix` only tells RAW files from the TIFFs they resemble."""
    if data.startswith(_TIFF_BEGINNINGS):
        return "RAW" if data[8:10] == b"CR" or suffix.lower().lstrip(".") in RAW_SUFFIXES else "TIFF"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp":
        return _by_brand(data)
    if data[6:14] == b"HEAPCCDR":  # Canon's CRW
        return "RAW"
    return next((name for beginning, name in _BEGINNINGS if data.startswith(beginning)), None)


def _by_brand(data: bytes) -> FileFormat | None:
    """ISO media files name themselves by a brand, and further brands that they can be read as."""
    if data[8:12] == b"crx ":
        return "RAW"
    end = min(int.from_bytes(data[:4], "big"), 256, len(data))
    brands = {data[8:12], *(data[start : start + 4] for start in range(16, end - 3, 4))}
    if brands & _AVIF_BRANDS:
        return "AVIF"
    return "HEIF" if brands & _HEIF_BRANDS else None
