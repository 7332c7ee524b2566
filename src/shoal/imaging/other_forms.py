"""Whole files of kinds that Pillow refuses, told anew in a form that it knows, without a loss.

Called only once Pillow gave up, so that the usual files pay nothing. What is found to be of a kind that nobody here
reads is called so, and never damaged.
"""

import struct
import zlib
from collections.abc import Callable
from typing import Final

import numpy as np

from shoal.imaging.damaged_files import PNG_BEGINNING, png_chunk, png_chunks
from shoal.imaging.jpeg_files import JPEG_LS, LOSSLESS, Frame, frame_of
from shoal.imaging.limits import not_readable_kind
from shoal.imaging.tiff_folders import picture_of, small_tiff
from shoal.imaging.tiff_samples import OLD_JPEG

_LARGEST_PROFILE: Final = 16 << 20
_PILLOWS_LIMIT: Final = 1 << 20
# Hierarchical kinds, and lossless ones but SOF3: libjpeg leaves them out.
_NOT_READ: Final = frozenset({0xC5, 0xC6, 0xC7, 0xCB, 0xCD, 0xCE, 0xCF, JPEG_LS})
_SHORTEST_JFIF: Final = 14  # what version, density and thumbnail need; a shorter one is not read right
# TIFF's tags, and those of its old JPEGs.
_COMPRESSION, _STRIPS, _STRIP_LENGTHS, _JPEG_START, _JPEG_LENGTH = 259, 273, 279, 513, 514
_BITFIELDS, _JPEG_INSIDE, _PNG_INSIDE, _BITFIELDS_WITH_ALPHA = 3, 4, 5, 6  # wingdi.h: the compressions of a BMP
# Red, green, blue, alpha as Windows itself writes them.
_MASKS: Final = (0x00FF0000, 0x0000FF00, 0x000000FF, 0xFF000000)

Told = tuple[bytes, str]
"""The same picture, and its format now."""


def told_otherwise(data: bytes, format: str) -> Told | None:
    """None if nothing about the file explains why it is not read: then it is damaged.

    Raises `UnreadableImage` for whole files of other kinds.
    """
    tell = _WAYS.get(format)
    return tell(data) if tell else None


def _jpeg(data: bytes) -> Told | None:
    frame = frame_of(data)
    if frame is None:
        return None
    if frame.kind in _NOT_READ or (frame.bits > 8 and (frame.bits, frame.colours, frame.kind & ~1) != (12, 1, 0xC0)):
        raise not_readable_kind("JPEG", f"{_name(frame)}, {frame.bits} bits a sample")
    if frame.bits == 12:
        about = {256: frame.width, 257: frame.height, 258: 12, 259: 7, 262: 1, 277: 1, 278: frame.height}
        return small_tiff(data, about), "TIFF"
    without = _without_jfif(data, frame.kind == LOSSLESS and frame.colours == 3)
    return None if without == data else (without, "JPEG")


def _name(frame: Frame) -> str:
    if frame.kind == JPEG_LS:
        return "JPEG-LS"
    if frame.kind in {LOSSLESS, 0xCB}:
        return "lossless"
    return "hierarchical" if frame.kind in _NOT_READ else "lossy"


def _without_jfif(data: bytes, always: bool) -> bytes:
    """Where it is too short; `always`: where it says of red, green and blue that they are something else, too, which
    libjpeg then refuses to turn into them without a loss."""
    length = int.from_bytes(data[4:6], "big")
    if data[2:4] == b"\xff\xe0" and data[6:10] == b"JFIF" and length >= 2 and (always or length < _SHORTEST_JFIF):
        return data[:2] + data[4 + length :]
    return data


def _png(data: bytes) -> Told | None:
    """Without the packed texts and the profile that are longer than Pillow allows."""
    chunks = list(png_chunks(data, every=True))
    kept = [(kind, body) for kind, body in chunks if not _is_too_long(kind, body)]
    return None if len(kept) == len(chunks) else (PNG_BEGINNING + b"".join(png_chunk(*chunk) for chunk in kept), "PNG")


def _is_too_long(kind: bytes, body: bytes) -> bool:
    packed = {b"zTXt": 1, b"iCCP": 1, b"iTXt": 2}.get(kind)
    _name, _, rest = body.partition(b"\0")
    if packed is None or (kind == b"iTXt" and rest[:1] == b"\0"):
        return False
    text = rest[packed:].split(b"\0", 2)[-1] if kind == b"iTXt" else rest[packed:]
    try:
        return len(zlib.decompressobj().decompress(text, _PILLOWS_LIMIT + 1)) > _PILLOWS_LIMIT
    except zlib.error:
        return False


def large_profile(data: bytes, format: str) -> bytes | None:
    """The colour profile of a PNG, however large; None if there is none, or it is packed beyond all reason."""
    if format != "PNG":
        return None
    for kind, body in png_chunks(data, every=True):
        if kind == b"iCCP":
            _name, _, rest = body.partition(b"\0")
            try:
                return zlib.decompressobj().decompress(rest[1:], _LARGEST_PROFILE) or None
            except zlib.error:
                return None
    return None


def _bmp(data: bytes) -> Told | None:
    if data[:2] == b"BA":  # OS/2: several pictures, of which the first counts
        start = int.from_bytes(data[24:28], "little")
        data = data[14:24] + struct.pack("<I", max(0, start - 14)) + data[28:]
        return data, "BMP"
    if len(data) < 54 or int.from_bytes(data[14:18], "little") < 40:
        return None
    start = int.from_bytes(data[10:14], "little")
    width, height, _planes, bits, packing = struct.unpack_from("<iiHHI", data, 18)
    if packing in (_JPEG_INSIDE, _PNG_INSIDE):
        return data[start:], "JPEG" if packing == _JPEG_INSIDE else "PNG"
    if bits not in (16, 32) or packing not in (_BITFIELDS, _BITFIELDS_WITH_ALPHA):
        return None
    masks = struct.unpack_from("<4I" if _says_alpha(data, packing) else "<3I", data, 54)
    pixels = _masked(data[start:], width, abs(height), bits, masks)
    if pixels is None:
        return None
    head = struct.pack("<IiiHHIIiiII", 108, width, height, 1, 32, _BITFIELDS, len(pixels), 2835, 2835, 0, 0)
    head += struct.pack("<4I", *(_MASKS if len(masks) == 4 and masks[3] else (*_MASKS[:3], 0))) + bytes(52)
    return b"BM" + struct.pack("<IHHI", 122 + len(pixels), 0, 0, 122) + head + pixels, "BMP"


def _says_alpha(data: bytes, packing: int) -> bool:
    return packing == _BITFIELDS_WITH_ALPHA or int.from_bytes(data[14:18], "little") >= 56


def _masked(packed: bytes, width: int, height: int, bits: int, masks: tuple[int, ...]) -> bytes | None:
    """Rows of blue, green, red and alpha; None if bytes are missing."""
    row = -(-width * bits // 32) * 4
    if width < 1 or height < 1 or len(packed) < row * height:
        return None
    values = np.frombuffer(packed, f"<u{bits // 8}", row * height * 8 // bits).reshape(height, -1)[:, :width]
    seen = np.full((height, width, 4), 255, np.uint8)
    for channel, mask in zip((2, 1, 0, 3), masks, strict=False):
        if mask:
            low = (mask & -mask).bit_length() - 1
            top = mask >> low
            seen[..., channel] = ((values & mask) >> low).astype(np.float64) * (255.0 / top) + 0.5
        elif channel < 3:
            seen[..., channel] = 0
    return seen.tobytes()


def _avif(data: bytes) -> Told | None:
    from shoal.imaging.avif_files import with_alpha_size

    told = with_alpha_size(data)
    return None if told is None else (told, "AVIF")


def _tiff(data: bytes) -> Told | None:
    """The old way to pack pictures as JPEG, in which what belongs to one may stand anywhere. Where all of it stands
    together it can be read; libtiff, which has been asked before, knows a few others."""
    folder = picture_of(data)
    if folder is None or folder.number(_COMPRESSION, 1) != OLD_JPEG:
        return None
    start, length = folder.number(_JPEG_START, 0), folder.number(_JPEG_LENGTH, 0)
    whole = data[start : start + length] if length else data[start:]
    if whole.startswith(b"\xff\xd8") and frame_of(whole) is not None:
        return whole, "JPEG"
    pieces = zip(folder.numbers(_STRIPS), folder.numbers(_STRIP_LENGTHS), strict=False)
    if all(at + size <= len(data) for at, size in pieces):
        raise not_readable_kind("TIFF", "JPEG packed in the old way")
    return None


_WAYS: Final[dict[str, Callable[[bytes], Told | None]]] = {
    "JPEG": _jpeg,
    "PNG": _png,
    "BMP": _bmp,
    "AVIF": _avif,
    "TIFF": _tiff,
}
