"""TIFF: by Pillow where it reads the kind right, from the samples themselves where it does not.

Pillow takes 16-bit planes that are not packed for 8-bit ones, 16-bit greys whose 0 is white for negatives, values of 32
bits for signed ones, turns the bytes of packed floating-point values twice, does not know most kinds beyond 8 bits a
channel, and opens whatever picture stands first.
"""

import io
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile
from PIL.TiffImagePlugin import TiffImageFile

from shoal.imaging.limits import not_readable_kind
from shoal.imaging.tiff_folders import ORIENTATION, TiffFolder, is_big, made_small, picture_of, with_first
from shoal.imaging.tiff_samples import NONE, OLD_JPEG, PACKED_BYTES, PICTURES, Samples, TiffSamples

_BITS, _COMPRESSION, _PHOTOMETRIC, _COUNT, _PLANES = 258, 259, 262, 277, 284  # TIFF 6.0's tags, and the ICC's
_COLOUR_MAP, _TILES, _EXTRA, _FORMAT, _PROFILE = 320, 322, 338, 339, 34675
_WHITE_IS_ZERO, _BLACK_IS_ZERO, _RGB, _PALETTE, _INKS, _LUMA, _LAB, _ICC_LAB = 0, 1, 2, 3, 5, 6, 8, 9
_COLOURS: Final = {_WHITE_IS_ZERO: 1, _BLACK_IS_ZERO: 1, _RGB: 3, _PALETTE: 1, _INKS: 4, _LUMA: 3, _LAB: 3, _ICC_LAB: 3}
_MODES: Final = {1: "L", 3: "RGB", 4: "CMYK"}
_ASSOCIATED, _UNASSOCIATED = 1, 2
_JPEG: Final = 7
_WHITES: Final = (1.0, 255.0, 65535.0)  # floating point is written up to any of these
_NEARLY: Final = 8
_MOST_BEYOND_WHITE: Final = 0.05
"""The share of floating-point values that may be brighter than white: lamps and the sun."""


def open_tiff(file: io.BytesIO) -> ImageFile.ImageFile:
    """The file's picture, not yet unpacked. Raises `UnreadableImage` for a kind that nobody here reads."""
    data = file.getvalue()
    folder = picture_of(data)
    if folder is None:
        return TiffImageFile(file)
    if _pillow_is_wrong(folder):
        return SampledTiff(folder)
    try:
        return PlainTiff(io.BytesIO(_for_pillow(data, folder)))
    except (SyntaxError, KeyError):  # an unknown mode, an unknown compression
        if folder.number(_COMPRESSION, NONE) == OLD_JPEG:
            raise
        return SampledTiff(folder)


def _for_pillow(data: bytes, folder: TiffFolder) -> bytes:
    if is_big(data):
        return made_small(data, folder)
    return with_first(data, folder)


def _pillow_is_wrong(folder: TiffFolder) -> bool:
    compression, photometric = folder.number(_COMPRESSION, NONE), folder.number(_PHOTOMETRIC, 0)
    bits, count = max(folder.numbers(_BITS), default=1), folder.number(_COUNT, 1)
    if compression in PICTURES or (compression == _JPEG and bits > 8 and (bits, count) != (12, 1)):
        return True
    if compression not in PACKED_BYTES:
        return False
    planar = folder.number(_PLANES, 1) == 2 and count > 1
    return (
        bits not in (1, 2, 4, 8, 16, 32)
        or (bits == 16 and (planar or photometric == _WHITE_IS_ZERO))
        or (bits == 32 and folder.number(_FORMAT, 1) == 1)
        or (folder.number(_FORMAT, 1) != 1 and folder.order == ">" and compression != NONE)
        or (_TILES in folder.entries and compression == NONE)
        or (photometric == _LUMA and planar)
        or (photometric == _PALETTE and max(folder.numbers(_COLOUR_MAP), default=0) < 256)
    )


class PlainTiff(TiffImageFile):
    """By Pillow, which leaves greys of 12 bits as dark as their numbers are small."""

    def load(self) -> Any:
        access, bits = super().load(), max(self.tag_v2.get(_BITS, (8,)))
        if self.mode == "I;16" and 8 < bits < 16 and not self._brightened:
            self._brightened = True
            self.im = self.point(lambda value: value * (1 << (16 - bits)) + 0).im
        return access

    _brightened = False


class SampledTiff(ImageFile.ImageFile):
    """A TIFF from its samples: to Pillow's callers a file like others, but that `load` may be called after it failed,
    and then gives what is there. `orientation` is EXIF's; the pixels lie as they are in the file."""

    format = "TIFF"

    def __init__(self, folder: TiffFolder) -> None:
        self.folder = folder
        super().__init__(io.BytesIO())

    def _open(self) -> None:
        self.samples = TiffSamples(self.folder)
        self._photometric = self.folder.number(_PHOTOMETRIC, _RGB if self.samples.count >= 3 else _BLACK_IS_ZERO)
        colours = _COLOURS.get(self._photometric)
        if colours is None or colours > self.samples.count:
            raise not_readable_kind("TIFF", f"photometric interpretation {self._photometric}")
        self._size, self._mode = self.folder.size, "RGB"
        self._tried = self._composed = False
        profile = self.folder.content(_PROFILE)
        if profile:
            self.info["icc_profile"] = profile

    @property
    def bytes_per_pixel(self) -> int:
        """While it is unpacked."""
        return self.samples.count * (4 if self.samples.bits > 16 else 2 if self.samples.bits > 8 else 1) + 4

    @property
    def orientation(self) -> int:
        return self.folder.number(ORIENTATION, 1)

    def load(self) -> Any:
        if not self._tried:
            self._tried = True
            self.samples.unpack()
        if not self._composed:
            image = _composed(self.samples, self._photometric)
            self._mode, self.im, self._composed = image.mode, image.im, True
        return Image.Image.load(self)


def _composed(read: TiffSamples, photometric: int) -> Image.Image:
    samples, colours = read.samples, _COLOURS[photometric]
    if photometric == _PALETTE:
        return _from_palette(samples[..., 0], read.folder)
    if photometric in (_LAB, _ICC_LAB):
        return Image.fromarray(_lab(samples[..., :3], read.bits, signed=photometric == _LAB), "LAB")
    seen = _in_eight_bits(samples, read.bits, read.whole)
    if photometric == _WHITE_IS_ZERO:
        seen[..., 0] = 255 - seen[..., 0]
    if photometric == _LUMA:
        return Image.fromarray(np.ascontiguousarray(seen[..., :3]), "YCbCr").convert("RGB")
    return _with_alpha(seen, colours, read.folder.numbers(_EXTRA))


def _in_eight_bits(samples: Samples, bits: int, whole: bool) -> NDArray[np.uint8]:
    if samples.dtype == np.uint8:
        return samples if bits == 8 else (samples.astype(np.uint16) * 255 // ((1 << bits) - 1)).astype(np.uint8)
    if samples.dtype == np.uint16:
        return np.asarray(samples >> (bits - 8), np.uint8)
    white = white_of(samples, 2.0**bits - 1 if whole else None)
    with np.errstate(over="ignore"):
        return np.asarray(np.clip(samples * np.float32(255.0 / white) + np.float32(0.5), 0, 255), np.uint8)


def white_of(values: NDArray[Any], most: float | None = None) -> float:
    """Nobody wrote it down: the usual one that nearly all values stay below, or else the largest value.

    `most`: what whole numbers of so many bits can say, which is white where the values go nearly so far.
    """
    some = values.reshape(-1)[:: max(1, values.size // 1_000_000)]
    for white in _WHITES:
        if float((some > white).mean()) <= _MOST_BEYOND_WHITE:
            return white
    largest = float(values.max())
    return most if most is not None and largest > most / _NEARLY else largest


def _with_alpha(seen: NDArray[np.uint8], colours: int, extra: tuple[int, ...]) -> Image.Image:
    alpha = next((place for place, kind in enumerate(extra) if kind in (_ASSOCIATED, _UNASSOCIATED)), None)
    if colours == 4 or alpha is None or colours + alpha >= seen.shape[2]:
        shown = seen[..., 0] if colours == 1 else seen[..., :colours]
        return Image.fromarray(np.ascontiguousarray(shown), _MODES[colours])
    channels = np.concatenate([seen[..., :colours], seen[..., colours + alpha, None]], axis=2)
    modes = {(1, _ASSOCIATED): "La", (1, _UNASSOCIATED): "LA", (3, _ASSOCIATED): "RGBa", (3, _UNASSOCIATED): "RGBA"}
    return Image.frombytes(modes[colours, extra[alpha]], (seen.shape[1], seen.shape[0]), channels.tobytes())


def _lab(samples: Samples, bits: int, signed: bool) -> NDArray[np.uint8]:
    """As Pillow takes it: lightness of 255, and a and b as signed numbers."""
    if samples.dtype not in (np.uint8, np.uint16):
        raise not_readable_kind("TIFF", f"Lab of {bits} bits")
    lab = np.ascontiguousarray(samples >> (bits - 8) if bits > 8 else samples).astype(np.uint8)
    if not signed:
        lab[..., 1:] ^= 128
    return lab


def _from_palette(indices: NDArray[Any], folder: TiffFolder) -> Image.Image:
    """Old programs wrote the colours in 8 bits."""
    colours = np.array(folder.numbers(_COLOUR_MAP), np.uint32)
    if not colours.size or colours.size % 3 or indices.dtype == np.float32:
        raise ValueError("a palette without colours")
    scaled = (colours >> 8 if colours.max() > 255 else colours).astype(np.uint8).reshape(3, -1).T
    return Image.fromarray(scaled[np.minimum(indices, len(scaled) - 1)])
