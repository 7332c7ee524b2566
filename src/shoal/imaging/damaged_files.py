"""A second try for files that broke off or were scratched: what can be had of them, without Pillow's global switch.

`LOAD_TRUNCATED_IMAGES` holds for every thread of the process; here the bytes are mended instead, and whatever the
decoder had unpacked when it gave up is kept.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import Final

from PIL import Image

_END_OF_JPEG = b"\xff\xd9"
PNG_BEGINNING = b"\x89PNG\r\n\x1a\n"
_PNG_CHUNKS_FOR_PIXELS: Final = frozenset({b"IHDR", b"PLTE", b"tRNS", b"iCCP", b"eXIf", b"IDAT"})

_BLANK_SHARE: Final = 0.99
"""Of a JPEG whose pixels are all gone, the first block is made of leftovers."""


def mended(data: bytes, format: str) -> bytes:
    """The same file with an end put to it, or its checksums put right, as far as the format needs it."""
    if format == "JPEG":
        return data + _END_OF_JPEG
    if format == "PNG":
        return PNG_BEGINNING + b"".join(png_chunk(kind, body) for kind, body in png_chunks(data))
    return data


def png_chunks(data: bytes, every: bool = False) -> Iterator[tuple[bytes, bytes]]:
    """The chunks that pixels are made of, or `every` one, up to where the file breaks off, whatever the checksums."""
    position = len(PNG_BEGINNING)
    while position + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, position)
        if kind in _PNG_CHUNKS_FOR_PIXELS or (every and kind.isalpha()):
            yield kind, data[position + 8 : position + 8 + length]
        elif not kind.isalpha():
            return
        position += length + 12
    yield b"IEND", b""


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def is_blank(image: Image.Image) -> bool:
    """Whether nearly every pixel is the same: of a damaged file, that means that nothing was unpacked."""
    pixels = image.width * image.height
    return all(max(band.histogram()) > _BLANK_SHARE * pixels for band in image.split())
