"""The samples of a TIFF that Pillow does not read, or reads wrongly, as 8-bit channels.

Any number of bits, whole or floating, interleaved or a plane per channel, in strips or tiles; bytes packed by LZW or
the like are unpacked by libtiff, a piece at a time, as if they were greys. (TIFF 6.0; Adobe's technical notes on
predictors; TIFF/EP.)
"""

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile

from shoal.imaging.jxl_files import JxlFile
from shoal.imaging.limits import not_readable_kind
from shoal.imaging.tiff_folders import TiffFolder, small_tiff

NONE, LZW, DEFLATE, OLD_DEFLATE, PACKBITS, LZMA, ZSTD = 1, 5, 8, 32946, 32773, 34925, 50000
OLD_JPEG: Final = 6
PACKED_BYTES: Final = frozenset({NONE, LZW, DEFLATE, OLD_DEFLATE, PACKBITS, LZMA, ZSTD})
_JPEG_2000, _WEBP, _JPEG_XL = "JPEG 2000", "WebP", "JPEG XL"
PICTURES: Final = {33005: _JPEG_2000, 34712: _JPEG_2000, 34933: "PNG", 50001: _WEBP, 50002: _JPEG_XL, 52546: _JPEG_XL}
"""Compressions whose strips and tiles are whole picture files."""

_COMPRESSION, _FILL_ORDER, _PREDICTOR, _TILE_OFFSETS, _FORMAT = 259, 266, 317, 324, 339
_PLAIN, _DIFFERENCES, _FLOAT_DIFFERENCES = 1, 2, 3
_WHOLE, _SIGNED, _FLOAT = 1, 2, 3
_MOST_SEGMENTS, _MOST_PIXELS = 1 << 20, 1 << 30
_MOST_CHANNELS: Final = 8
_REVERSED: Final = np.packbits(np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1)[:, ::-1], axis=1)[:, 0]

Samples = NDArray[Any]
"""Height x width x channels."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A strip or a tile: where its bytes stand, and which part of which channels it shows. `width` may go beyond."""

    offset: int
    length: int
    left: int
    top: int
    width: int
    height: int
    channels: slice
    fewer: tuple[int, int] = (1, 1)
    """How many times fewer samples the plane has, across and down."""


class TiffSamples:
    """`samples` may be read at any time: what could not be unpacked is 0."""

    def __init__(self, folder: TiffFolder) -> None:
        self.folder = folder
        self.width, self.height = folder.size
        self.compression = folder.number(_COMPRESSION, NONE)
        self.count = folder.number(277, 1)
        self.planar = folder.number(284, 1) == 2 and self.count > 1
        self.bits, self.format = self._of_all(258, 1), self._of_all(_FORMAT, _WHOLE)
        luma = self.folder.number(262, 1) == 6 and self.planar
        self.subsampling = (self.folder.number(530, 2), (*self.folder.numbers(530), 2, 2)[1]) if luma else (1, 1)
        self._require_sense()

    def _of_all(self, tag: int, otherwise: int) -> int:
        values = set(self.folder.numbers(tag)[: self.count]) or {otherwise}
        if len(values) > 1:
            raise not_readable_kind("TIFF", "channels of different bits")
        return values.pop()

    def _require_sense(self) -> None:
        if min(self.width, self.height, *self.subsampling) < 1 or not 1 <= self.count <= _MOST_CHANNELS:
            raise ValueError("sizes without sense")
        if self.compression not in PACKED_BYTES | PICTURES.keys():
            raise not_readable_kind("TIFF", f"compression {self.compression}")
        floats = self.format == _FLOAT and self.bits in (16, 32, 64)
        wholes = self.format in (_WHOLE, _SIGNED, 4) and (1 <= self.bits <= 16 or self.bits in (24, 32, 64))
        if not floats and not wholes:
            raise not_readable_kind("TIFF", f"{self.bits} bits a sample")

    @property
    def whole(self) -> bool:
        """Whether its numbers are whole ones that begin with 0."""
        return self.format == _WHOLE

    @cached_property
    def samples(self) -> Samples:
        """Whole numbers of 8 or 16 bits, or floating point for what has more. Height x width x channels."""
        deep = self.format == _FLOAT or self.bits > 16 or self.format == _SIGNED
        kind = np.float32 if deep else np.uint16 if self.bits > 8 else np.uint8
        return np.zeros((self.height, self.width, self.count), kind)

    def unpack(self) -> None:
        """Fill `samples`. Raises what decoders raise for the first piece that is damaged; the others are there."""
        trouble: Exception | None = None
        for segment in self._segments():
            try:
                self._take(segment)
            except (OSError, EOFError, ValueError, SyntaxError, TypeError, KeyError, zlib.error) as error:
                trouble = trouble or error
        if trouble is not None:
            raise trouble

    def _take(self, segment: Segment) -> None:
        numbers = self._numbers(segment)
        across, down = segment.fewer
        if (across, down) != (1, 1):
            numbers = numbers.repeat(down, axis=0).repeat(across, axis=1)
        left, top = segment.left * across, segment.top * down
        right, bottom = min(left + segment.width * across, self.width), min(top + segment.height * down, self.height)
        rows = numbers[: bottom - top, : right - left]
        # Strips may announce more rows than the picture has, and tiles reach beyond its edge by design.
        target = self.samples[top : top + len(rows), left:right, segment.channels]
        target[...] = rows[..., : target.shape[2]]
        if top + len(numbers) < bottom:
            raise EOFError("a strip ends early")

    def _segments(self) -> Iterator[Segment]:
        """Row by row, and one plane after the other."""
        numbers, tiled = self.folder.numbers, 322 in self.folder.entries
        offsets = numbers(_TILE_OFFSETS) if tiled and _TILE_OFFSETS in self.folder.entries else numbers(273)
        lengths = numbers(325) or numbers(279)
        number = 0
        for channels in (
            [slice(plane, plane + 1) for plane in range(self.count)] if self.planar else [slice(self.count)]
        ):
            fewer = self.subsampling if channels.start else (1, 1)
            for left, top, width, height in self._places(tiled, fewer):
                if number == len(offsets):
                    raise EOFError("strips or tiles are missing")
                # Some scanners leave the lengths out where nothing is packed.
                length = lengths[number] if number < len(lengths) else len(self.folder.data)
                yield Segment(offsets[number], length, left, top, width, height, channels, fewer)
                number += 1

    def _places(self, tiled: bool, fewer: tuple[int, int]) -> Iterator[tuple[int, int, int, int]]:
        """Left, top, width and height of the pieces of a plane that has so many times fewer samples."""
        wide, high = -(-self.width // fewer[0]), -(-self.height // fewer[1])
        number = self.folder.number
        width = number(322, wide) if tiled else wide
        height = number(323, high) if tiled else min(-(-number(278, high) // fewer[1]), high)
        if min(width, height) < 1 or width * height > _MOST_PIXELS or wide * high / (width * height) > _MOST_SEGMENTS:
            raise ValueError("strips or tiles without a size")
        for top in range(0, high, height):
            for left in range(0, wide, width):
                yield left, top, width, height if tiled else min(height, high - top)

    def _numbers(self, segment: Segment) -> Samples:
        """Rows x width x channels; fewer rows if the piece ends early."""
        packed = self.folder.data[segment.offset : segment.offset + segment.length]
        if self.compression in PICTURES:
            return _picture(bytes(packed), PICTURES[self.compression], self.bits)
        channels = segment.channels.stop - (segment.channels.start or 0)
        row_bytes = -(-segment.width * channels * self.bits // 8)
        unpacked = self._bytes(packed, row_bytes, segment.height)
        rows = np.frombuffer(unpacked, np.uint8)[: len(unpacked) // row_bytes * row_bytes].reshape(-1, row_bytes)
        return self._values(rows[: segment.height], segment.width, channels)

    def _bytes(self, packed: memoryview, row_bytes: int, rows: int) -> bytes | memoryview:
        fill_order = self.folder.number(_FILL_ORDER, 1)
        if self.compression == NONE:
            return _REVERSED[np.frombuffer(packed, np.uint8)].tobytes() if fill_order == 2 else packed
        if self.compression in (DEFLATE, OLD_DEFLATE) and fill_order == 1:
            # No more than the strip can hold: a few bytes may announce gigabytes.
            return zlib.decompressobj().decompress(packed, row_bytes * rows)
        # As one grey picture as wide as a row has bytes, so that libtiff changes none of them.
        tags = {256: row_bytes, 257: rows, 258: 8, 259: self.compression, 262: 1, 266: fill_order, 277: 1, 278: rows}
        file = TiffImageFile(io.BytesIO(small_tiff(bytes(packed), tags)))
        file.load()
        return file.tobytes()

    def _values(self, rows: NDArray[np.uint8], width: int, channels: int) -> Samples:
        predictor = self.folder.number(_PREDICTOR, _PLAIN) if self.compression != NONE else _PLAIN
        shape = (len(rows), width, channels)
        if predictor == _FLOAT_DIFFERENCES:
            return self._floats_from_differences(rows, width, channels).reshape(shape)
        if self.bits in (8, 16, 32, 64):
            return self._whole_bytes(np.ascontiguousarray(rows), predictor, shape)
        if self.bits == 24:
            parts = rows[:, : width * channels * 3].reshape(*shape, 3).astype(np.uint32)
            weights = (1, 256, 65536) if self.folder.order == "<" else (65536, 256, 1)
            return np.asarray((parts * np.array(weights, np.uint32)).sum(axis=-1, dtype=np.uint32))
        bits = np.unpackbits(rows, axis=1)[:, : width * channels * self.bits].reshape(*shape, self.bits)
        values: Samples = np.zeros(shape, np.uint16)
        for place in range(self.bits):
            values = (values << 1) | bits[..., place]
        return values

    def _whole_bytes(self, rows: NDArray[np.uint8], predictor: int, shape: tuple[int, int, int]) -> Samples:
        size = self.bits // 8
        kind = {_FLOAT: "f", _SIGNED: "i"}.get(self.format, "u")
        numbers: Samples = rows.view(f"{self.folder.order}{kind}{size}").reshape(shape)
        if predictor == _DIFFERENCES:
            native = numbers.view(f"{self.folder.order}u{size}").astype(f"u{size}")
            numbers = np.cumsum(native, axis=1, dtype=native.dtype).view(f"{kind}{size}")
        return _finite(numbers) if self.format == _FLOAT else numbers

    def _floats_from_differences(self, rows: NDArray[np.uint8], width: int, channels: int) -> Samples:
        """Bytes of equal weight lie together, the highest first, each as the difference to the one before."""
        size = self.bits // 8
        by_pixel = rows[:, : width * channels * size].reshape(len(rows), -1, channels)
        summed = np.cumsum(by_pixel, axis=1, dtype=np.uint8).reshape(len(rows), size, width * channels)
        return _finite(np.ascontiguousarray(summed.transpose(0, 2, 1)).view(f">f{size}"))


def _finite(numbers: Samples) -> Samples:
    return np.asarray(np.nan_to_num(numbers, nan=0.0, posinf=0.0, neginf=0.0))


def _picture(data: bytes, kind: str, bits: int) -> Samples:
    """In as many bits as the TIFF says, although the decoders have 8 for most pictures of 16."""
    with _opened(data, kind) as file:
        file.load()
        samples = np.atleast_3d(np.asarray(file))
    if samples.dtype == np.uint8 and bits > 8:
        return samples.astype(np.uint16) * 257 >> (16 - bits)
    return samples >> 8 if samples.dtype == np.uint16 and bits == 8 else samples


def _opened(data: bytes, kind: str) -> Image.Image:
    return JxlFile(io.BytesIO(data)) if kind == _JPEG_XL else Image.open(io.BytesIO(data), formats=_DECODERS[kind])


_DECODERS: Final = {_JPEG_2000: ("JPEG2000",), "PNG": ("PNG",), _WEBP: ("WEBP",)}
