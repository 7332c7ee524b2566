"""PNG files of every depth and kind of colour, also interlaced ones, which no library here writes."""

import struct
import zlib
from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
from PIL import Image
from tests.corpora.jpeg_kinds import as_seen_by
from tests.corpora.kinds import EVERYONE, GREY, PICTURE, RGB, SHARES, Bare, Kind, Pixels, Told, in_grey, saved, told_by
from tests.support.colour_profiles import matrix_profile
from tests.support.tiff_pictures import as_bits
from tests.support.written_facts import chunk, international_text, png_with, raw_profile, resources

_HEAD = b"\x89PNG\r\n\x1a\n"
_GREY, _COLOURS, _PALETTE, _GREY_CLEAR, _CLEAR = 0, 2, 3, 4, 6
_PASSES = ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1))


def pngs() -> Iterator[Kind]:
    yield from told_by("png", [*_plain(), *_interlaced(), *_filtered(), *_with_chunks()], tell, EVERYONE)
    for packed in (True, False):
        bare = [
            (f"raw profiles{'' if packed else ', not packed'}, {number}", lambda: png(RGB), RGB) for number in range(7)
        ]
        yield from told_by("png", bare, partial(_in_profiles, packed=packed), EVERYONE)


def tell(data: bytes, told: Told) -> bytes:
    chunks = [(b"eXIf", told.exif)] if told.exif else []
    chunks += [international_text(told.xmp)] if told.xmp else []
    chunks += [raw_profile("iptc", resources(told.iptc))] if told.iptc else []
    return png_with(data, *chunks)


def png(
    values: np.ndarray,
    bits: int = 8,
    colour: int = _COLOURS,
    interlaced: bool = False,
    filtered: int = 0,
    **more: bytes,
) -> bytes:
    """`values`: height x width, or x channels, whole numbers of `bits`. `more`: chunks before the pixels, by name."""
    height, width = values.shape[:2]
    passes = [values[top::down, left::right] for top, left, down, right in _PASSES] if interlaced else [values]
    rows = b"".join(_rows(part, bits, filtered) for part in passes if part.size)
    head = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, interlaced)
    body = zlib.compress(rows)
    pieces = [body[at : at + 1000] for at in range(0, len(body), 1000)]
    chunks = [(b"IHDR", head), *((name.encode(), content) for name, content in more.items())]
    return _HEAD + b"".join(chunk(*one) for one in [*chunks, *((b"IDAT", piece) for piece in pieces), (b"IEND", b"")])


def _rows(values: np.ndarray, bits: int, filtered: int) -> bytes:
    flat = values.reshape(len(values), -1)
    if bits < 8:
        packed = np.frombuffer(as_bits(flat, bits), np.uint8).reshape(len(values), -1)
        return b"".join(b"\0" + row.tobytes() for row in packed)
    rows = np.frombuffer(flat.astype(f">u{bits // 8}").tobytes(), np.uint8).reshape(len(values), -1).astype(np.int16)
    step = bits // 8 * (values.shape[2] if values.ndim == 3 else 1)
    left = np.pad(rows, ((0, 0), (step, 0)))[:, : rows.shape[1]]
    above = np.pad(rows, ((1, 0), (0, 0)))[:-1]
    guessed = (np.zeros_like(rows), left, above, (left + above) // 2)[filtered]
    return b"".join(bytes([filtered]) + row.tobytes() for row in ((rows - guessed) % 256).astype(np.uint8))


def _deep(values: np.ndarray, bits: int) -> np.ndarray:
    return np.round(values * (2.0**bits - 1)).astype(np.uint32)


def _palette(colours: int) -> tuple[Pixels, bytes, Pixels]:
    """Numbers, the table, and what they show."""
    few = PICTURE.quantize(colours, dither=Image.Dither.NONE)
    table = np.array(few.getpalette("RGB"), np.uint8).reshape(-1, 3)[:colours]
    numbers = np.asarray(few)
    return numbers, table.tobytes(), table[numbers]


def _coarse(bits: int) -> Pixels:
    return np.round(_deep(SHARES[..., 1], bits) * (255 / (2**bits - 1))).astype(np.uint8)


def _every_depth(interlaced: bool = False) -> Iterator[Bare]:
    opaque = np.full((*GREY.shape, 1), 255)
    deep = np.full((*GREY.shape, 1), 65535)
    as_it_is: dict[str, Any] = {"interlaced": interlaced}
    yield "24 bits", lambda: png(RGB, **as_it_is), RGB
    yield "48 bits", lambda: png(_deep(SHARES, 16), 16, **as_it_is), RGB
    yield "32 bits", lambda: png(np.dstack([RGB, opaque]), 8, _CLEAR, **as_it_is), RGB
    yield "64 bits", lambda: png(np.dstack([_deep(SHARES, 16), deep]), 16, _CLEAR, **as_it_is), RGB
    yield "grey and clear", lambda: png(np.dstack([GREY, opaque]), 8, _GREY_CLEAR, **as_it_is), in_grey()
    yield (
        "grey of 16 bits and clear",
        lambda: png(np.dstack([_deep(SHARES[..., 1], 16), deep]), 16, _GREY_CLEAR, **as_it_is),
        in_grey(),
    )
    for bits in (1, 2, 4, 8, 16):
        right = in_grey(_coarse(min(bits, 8)))
        yield f"grey of {bits} bits", lambda bits=bits: png(_deep(SHARES[..., 1], bits), bits, _GREY, **as_it_is), right
    for bits in (1, 2, 4, 8):
        numbers, table, shown = _palette(2**bits)
        yield (
            f"{2**bits} colours",
            lambda bits=bits, numbers=numbers, table=table: png(numbers, bits, _PALETTE, PLTE=table, **as_it_is),
            shown,
        )


def _plain() -> Iterator[Bare]:
    yield from _every_depth()


def _interlaced() -> Iterator[Bare]:
    for name, data, right in _every_depth(interlaced=True):
        yield f"{name}, interlaced", data, right


def _filtered() -> Iterator[Bare]:
    for filtered, name in ((1, "left"), (2, "above"), (3, "mean")):
        yield f"filtered by {name}", lambda filtered=filtered: png(RGB, filtered=filtered), RGB
    yield "48 bits, filtered", lambda: png(_deep(SHARES, 16), 16, filtered=3), RGB
    yield "as Pillow writes it", lambda: saved(PICTURE, "PNG", optimize=True), RGB


def _with_chunks() -> Iterator[Bare]:
    numbers, table, shown = _palette(16)
    wide = matrix_profile()
    packed = b"wide\0\0" + zlib.compress(wide)
    yield "sRGB by name", lambda: png(RGB, sRGB=b"\0"), RGB
    yield "the usual gamma", lambda: png(RGB, gAMA=struct.pack(">I", 45455)), RGB
    yield "wide colours", lambda: png(np.asarray(as_seen_by(wide)), iCCP=packed), RGB
    yield "a colour that is clear", lambda: png(RGB, tRNS=struct.pack(">3H", 1, 2, 3)), RGB
    yield "a grey that is clear", lambda: png(GREY, 8, _GREY, tRNS=struct.pack(">H", 256)), in_grey()
    yield "colours that are clear", lambda: png(numbers, 4, _PALETTE, PLTE=table, tRNS=b"\xff" * 16), shown
    yield "a ground", lambda: png(RGB, bKGD=struct.pack(">3H", 0, 0, 0)), RGB
    yield "a density", lambda: png(RGB, pHYs=struct.pack(">IIB", 2835, 2835, 1)), RGB
    yield "a time of change", lambda: png(RGB, tIME=struct.pack(">HBBBBB", 2025, 1, 1, 0, 0, 0)), RGB
    long = zlib.compress(b"a" * 1_200_000)
    yield "a long packed text", lambda: png(RGB, zTXt=b"Comment\0\0" + long), RGB
    yield (
        "a long packed profile",
        lambda: png(np.asarray(as_seen_by(wide)), iCCP=b"wide\0\0" + zlib.compress(_long_profile(wide))),
        RGB,
    )
    yield "texts at its end", lambda: png(RGB)[:-12] + chunk(b"tEXt", b"Comment\0end") + chunk(b"IEND", b""), RGB


def _long_profile(profile: bytes) -> bytes:
    return struct.pack(">I", 1_200_000) + profile[4:].ljust(1_199_996, b"\0")


def _in_profiles(data: bytes, told: Told, packed: bool) -> bytes:
    """As ImageMagick keeps everything, one of them longer than it says."""
    chunks = [raw_profile("exif", b"Exif\0\0" + told.exif, b"\x1d\x91}}", packed)] if told.exif else []
    chunks += [raw_profile("xmp", told.xmp, packed=packed)] if told.xmp else []
    chunks += [raw_profile("iptc", resources(told.iptc), packed=packed)] if told.iptc else []
    return png_with(data, *chunks)
