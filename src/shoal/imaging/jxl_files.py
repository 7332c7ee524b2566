"""JPEG XL (ISO/IEC 18181), by libjxl as pillow-jxl-plugin brings it.

The plugin's own reader unpacks a picture before it tells how large it is, and leaves its EXIF orientation to be undone
once more: here the header is read first, and what the codestream says of the orientation is all that counts, which
libjxl carries out. A JPEG that was packed without a loss comes out as that JPEG, with its own EXIF.
"""

import io
import struct
from collections.abc import Iterator
from typing import Any, Final

from PIL import Image, ImageFile

from shoal.imaging.jpeg_files import JpegFile

_BARE: Final = b"\xff\x0a"
_MOST_BOXES: Final = 4_096
# ISO/IEC 18181-1, SizeHeader.
_RATIOS: Final = {1: (1, 1), 2: (12, 10), 3: (4, 3), 4: (3, 2), 5: (16, 9), 6: (5, 4), 7: (2, 1)}
_BITS_OF_SIZES: Final = (9, 13, 18, 30)  # likewise
_HEAD: Final = 64
_MODES: Final = {"RGB", "RGBA", "L", "LA", "I;16", "F"}


class JxlFile(ImageFile.ImageFile):
    """Pixels are upright once they are unpacked, but for those of a packed JPEG, whose EXIF is then in `info`."""

    format = "JXL"

    def _open(self) -> None:
        assert self.fp is not None
        self._content = self.fp.read()
        boxes = dict(_boxes(self._content))
        width, height, orientation = _header(boxes.get(b"codestream", b""))
        self.is_packed_jpeg = b"jbrd" in boxes
        turned = orientation > 4 and not self.is_packed_jpeg
        self._size, self._mode = (height, width) if turned else (width, height), "RGB"
        if not self.is_packed_jpeg and len(boxes.get(b"Exif", b"")) > 4:
            (skipped,) = struct.unpack_from(">I", boxes[b"Exif"])
            self.info["exif"] = boxes[b"Exif"][4 + skipped :]
        self._unpacked = False

    def load(self) -> Any:
        if not self._unpacked:
            image = self._unpack()
            # What was allowed by the announced size must not be another picture.
            if image.size != self.size:
                raise ValueError("its size is not the announced one")
            self._mode, self.im, self._unpacked = image.mode, image.im, True
        return Image.Image.load(self)

    def _unpack(self) -> Image.Image:
        from pillow_jxl import Decoder

        try:
            is_jpeg, about, pixels, profile, *_ = Decoder(num_threads=-1)(self._content)
        except RuntimeError as error:
            raise OSError("its decoder cannot unpack it") from error
        if is_jpeg:
            jpeg = JpegFile(io.BytesIO(pixels))
            self.info |= jpeg.info
            jpeg.load()
            return jpeg
        if about.mode not in _MODES:
            raise ValueError(f"{about.mode} is not supported")
        if profile:
            self.info["icc_profile"] = profile
        return Image.frombytes(about.mode, (about.width, about.height), pixels)


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """What is in the file, by kind; the beginning of the picture, in one piece, as b"codestream"."""
    if content.startswith(_BARE):
        yield b"codestream", content[:_HEAD]
        return
    head, at = b"", 0
    for _ in range(_MOST_BOXES):
        if at + 8 > len(content):
            break
        length, kind = struct.unpack_from(">I4s", content, at)
        start = at + 8
        if length == 1 and start + 8 <= len(content):
            (length,), start = struct.unpack_from(">Q", content, start), start + 8
        end = min(at + length, len(content)) if length else len(content)
        if end < start:
            break
        # The header may be spread over several boxes, each of which begins with its number.
        if kind in (b"jxlc", b"jxlp") and len(head) < _HEAD:
            head += content[start + (4 if kind == b"jxlp" else 0) : end][:_HEAD]
        yield kind, content[start : end if kind == b"Exif" else start]
        at = end
    yield b"codestream", head


def _header(codestream: bytes) -> tuple[int, int, int]:
    """Width and height as the picture was coded, and EXIF's orientation."""
    if not codestream.startswith(_BARE):
        raise SyntaxError("no codestream")
    bits = _Bits(codestream[2:])
    small = bits.take(1)
    height = _side(bits, small)
    ratio = bits.take(3)
    width = height * _RATIOS[ratio][0] // _RATIOS[ratio][1] if ratio else _side(bits, small)
    is_default = bits.take(1)
    orientation = bits.take(3) + 1 if not is_default and bits.take(1) else 1
    return width, height, orientation


def _side(bits: "_Bits", small: int) -> int:
    return 8 * (bits.take(5) + 1) if small else bits.take(_BITS_OF_SIZES[bits.take(2)]) + 1


class _Bits:
    """The lowest first. Raises EOFError."""

    def __init__(self, content: bytes) -> None:
        self._number, self._left = int.from_bytes(content, "little"), 8 * len(content)

    def take(self, count: int) -> int:
        if count > self._left:
            raise EOFError
        value = self._number & ((1 << count) - 1)
        self._number, self._left = self._number >> count, self._left - count
        return value
