"""WebP, AVIF, HEIC, GIF, BMP and RAW files."""

import io
import struct
from collections.abc import Iterator
from typing import Any

import numpy as np
import pillow_heif
from PIL import Image
from tests.corpora.jpeg_kinds import as_seen_by, jpeg
from tests.corpora.kinds import (
    EVERYONE,
    GREY,
    HEIGHT,
    ONLY_XMP,
    PICTURE,
    RGB,
    WIDTH,
    WITHOUT_AGENCY,
    Bare,
    Kind,
    Pixels,
    Told,
    drawn,
    in_grey,
    in_sidecars,
    saved,
    told_by,
)
from tests.corpora.png_kinds import png
from tests.corpora.tiff_kinds import ORDERS, plain_tiff
from tests.corpora.tiff_kinds import tell as tell_tiff
from tests.support.colour_profiles import matrix_profile
from tests.support.picture_files import Entries, tiff
from tests.support.tiff_pictures import as_bits
from tests.support.written_facts import gif_with

OPAQUE = Image.merge("RGBA", [*PICTURE.split(), Image.new("L", PICTURE.size, 255)])
OTHER = Image.fromarray(255 - RGB)


def others() -> Iterator[Kind]:
    yield from _saved_kinds("webp", "WEBP", _WEBP)
    yield from _saved_kinds("avif", "AVIF", _AVIF)
    yield from _heics()
    yield from told_by("gif", [*_gifs()], lambda data, told: gif_with(data, told.xmp), ONLY_XMP)
    yield from in_sidecars([Kind(f"bmp, {name}", ".bmp", data, right) for name, data, right in _bmps()])
    yield from told_by("dng", [*_negatives()], tell_tiff, EVERYONE)
    called = [
        (f"a TIFF called so, {name}", lambda order=order: plain_tiff(order), RGB) for name, order in ORDERS.items()
    ]
    yield from told_by("nef", called, tell_tiff, EVERYONE)


def _saved_kinds(suffix: str, format: str, ways: dict[str, dict[str, object]]) -> Iterator[Kind]:
    for number, (name, given) in enumerate(ways.items()):
        told = WITHOUT_AGENCY[number % len(WITHOUT_AGENCY)]
        options: dict[str, Any] = dict(given)
        image, right = options.pop("image", PICTURE), options.pop("right", RGB)
        said = {"exif": told.exif} if told.exif else {}
        said |= {"xmp": told.xmp} if told.xmp else {}
        yield Kind(
            f"{suffix}, {name}",
            f".{suffix}",
            lambda image=image, options=options, said=said: saved(image, format, **options, **said),
            right,
            told,
        )


_WIDE = matrix_profile()
_LARGE = Image.fromarray(np.round(drawn(600, 400) * 255).astype(np.uint8))
_WEBP: dict[str, dict[str, object]] = {
    "with loss": {"quality": 90},
    "quality 60": {"quality": 60},
    "without loss": {"lossless": True},
    "clear": {"image": OPAQUE, "quality": 90},
    "clear, without loss": {"image": OPAQUE, "lossless": True, "exact": True},
    "moving": {"save_all": True, "append_images": [OTHER], "quality": 90},
    "moving, without loss": {"save_all": True, "append_images": [OTHER], "lossless": True},
    "wide colours": {"image": as_seen_by(_WIDE), "icc_profile": _WIDE, "lossless": True},
    "600 pixels wide": {"image": _LARGE, "quality": 85},
    "grey": {"image": Image.fromarray(GREY), "right": in_grey(), "quality": 90},
}
_AVIF: dict[str, dict[str, object]] = {
    "with loss": {"quality": 90},
    "4:4:4": {"quality": 90, "subsampling": "4:4:4"},
    "4:2:2": {"quality": 90, "subsampling": "4:2:2"},
    "grey": {"image": Image.fromarray(GREY), "right": in_grey(), "quality": 90, "subsampling": "4:0:0"},
    "studio range": {"quality": 90, "range": "limited"},
    "clear": {"image": OPAQUE, "quality": 90},
    "moving": {"save_all": True, "append_images": [OTHER], "quality": 90},
    "wide colours": {"image": as_seen_by(_WIDE), "icc_profile": _WIDE, "quality": 95},
    "in tiles": {"image": _LARGE, "quality": 80, "tile_cols": 1, "tile_rows": 1},
}


def _heics() -> Iterator[Kind]:
    deep = (drawn() * 65535).astype(np.uint16)
    ways: dict[str, tuple[object, dict[str, object], Pixels]] = {
        "with loss": (PICTURE, {}, RGB),
        "4:4:4": (PICTURE, {"chroma": 444}, RGB),
        "quality 50": (PICTURE, {"quality": 50}, RGB),
        "clear": (OPAQUE, {}, RGB),
        "grey": (Image.fromarray(GREY), {}, in_grey()),
        "10 bits": (deep, {}, RGB),
        "two pictures": (PICTURE, {"other": OTHER}, RGB),
        "600 pixels wide": (_LARGE, {}, RGB),
    }
    for number, (name, (image, options, right)) in enumerate(ways.items()):
        told = WITHOUT_AGENCY[number % len(WITHOUT_AGENCY)]
        yield Kind(
            f"heic, {name}",
            ".heic",
            lambda image=image, options=options, told=told: heic(image, told, **options),
            right,
            told,
        )


def heic(image: Any, told: Told, other: Image.Image | None = None, **options: object) -> bytes:
    """`other`: a second picture behind it."""
    if isinstance(image, np.ndarray):
        picture = pillow_heif.from_bytes("RGB;16", (image.shape[1], image.shape[0]), image.tobytes())
    else:
        picture = pillow_heif.from_pillow(image)
    if other is not None:
        picture.add_from_pillow(other)
    said = {"exif": told.exif} if told.exif else {}
    picture.info.update({"xmp": told.xmp} if told.xmp else {})
    buffer = io.BytesIO()
    picture.save(buffer, **{"quality": 90, **options}, **said)
    return buffer.getvalue()


def _gifs() -> Iterator[Bare]:
    few = PICTURE.quantize(256, dither=Image.Dither.NONE)
    right = np.asarray(few.convert("RGB"))
    yield "256 colours", lambda: saved(few, "GIF"), right
    yield "16 colours", lambda: saved(PICTURE.quantize(16), "GIF"), np.asarray(PICTURE.quantize(16).convert("RGB"))
    yield "interlaced", lambda: saved(few, "GIF", interlace=1), right
    yield "in rows", lambda: saved(few, "GIF", interlace=0), right
    yield "moving", lambda: saved(few, "GIF", save_all=True, append_images=[OTHER.quantize(256)]), right
    yield "grey", lambda: saved(Image.fromarray(GREY), "GIF"), in_grey()
    yield "a comment", lambda: saved(few, "GIF", comment=b"a comment"), right


def bmp(
    bits: int,
    rows: np.ndarray,
    packing: int = 0,
    table: bytes = b"",
    masks: tuple[int, ...] = (),
    height: int = HEIGHT,
) -> bytes:
    """`rows`: bytes, from the bottom up unless `height` is below zero, each of a length that four divide."""
    asked = struct.pack(f"<{len(masks)}I", *masks)
    start = 14 + 40 + len(asked) + len(table)
    body = rows.tobytes()
    head = struct.pack("<IiiHHIIiiII", 40, WIDTH, height, 1, bits, packing, len(body), 0, 0, len(table) // 4, 0)
    return b"BM" + struct.pack("<IHHI", start + len(body), 0, 0, start) + head + asked + table + body


def _masked(bits: tuple[int, int, int]) -> tuple[np.ndarray, Pixels]:
    """Numbers of 16 bits, and the picture in so few levels."""
    levels = [np.floor(drawn()[..., at] * (2**count - 1) + 0.5).astype(int) for at, count in enumerate(bits)]
    value = (levels[0] << bits[1] + bits[2]) | (levels[1] << bits[2]) | levels[2]
    shown = [np.round(level * (255 / (2**count - 1))) for level, count in zip(levels, bits, strict=True)]
    return value.astype("<u2"), np.dstack(shown).astype(np.uint8)


def _bmps() -> Iterator[Bare]:
    for mode in ("RGB", "RGBA", "L", "P", "1"):
        image = OPAQUE if mode == "RGBA" else _in_mode(mode)
        yield f"Pillow's {mode}", lambda image=image: saved(image, "BMP"), np.asarray(image.convert("RGB"))
    turned = np.ascontiguousarray(RGB[..., ::-1])
    yield "24 bits", lambda: bmp(24, turned[::-1]), RGB
    yield "24 bits, from the top down", lambda: bmp(24, turned, height=-HEIGHT), RGB
    four = np.dstack([turned, np.zeros_like(GREY)])
    yield "32 bits", lambda: bmp(32, four[::-1]), RGB
    for bits, masks in (((5, 5, 5), (0x7C00, 0x3E0, 0x1F)), ((5, 6, 5), (0xF800, 0x7E0, 0x1F))):
        value, right = _masked(bits)
        name = "".join(map(str, bits))
        yield f"16 bits, {name}", lambda value=value, masks=masks: bmp(16, value[::-1], 3, masks=masks), right
    value, right = _masked((5, 5, 5))
    yield "16 bits without masks", lambda: bmp(16, value[::-1]), right
    masks = (0xFF0000, 0xFF00, 0xFF)
    yield "32 bits with masks", lambda: bmp(32, four[::-1], 3, masks=masks), RGB
    yield from _odd_bmps(turned)
    for depth in (1, 4, 8):
        few = PICTURE.quantize(2**depth, dither=Image.Dither.NONE)
        yield (
            f"{2**depth} colours",
            lambda depth=depth, few=few: _few_colours(few, depth),
            np.asarray(few.convert("RGB")),
        )
    few = PICTURE.quantize(32, dither=Image.Dither.NONE)
    yield "packed in runs", lambda: _in_runs(few), np.asarray(few.convert("RGB"))
    yield "of OS/2", lambda: _of_os2(turned), RGB


def _odd_bmps(turned: np.ndarray) -> Iterator[Bare]:
    value, right = _masked((4, 4, 4))
    yield "16 bits, 444", lambda: bmp(16, value[::-1], 3, masks=(0xF00, 0xF0, 0xF)), right
    ten = np.round(drawn() * 1023).astype(np.uint32)
    deep = ((ten[..., 0] << 20) | (ten[..., 1] << 10) | ten[..., 2]).astype("<u4")
    yield "32 bits, 10 for each colour", lambda: bmp(32, deep[::-1], 3, masks=(0x3FF00000, 0xFFC00, 0x3FF)), RGB
    four = np.dstack([RGB, np.zeros_like(GREY)])
    yield "32 bits, red last", lambda: bmp(32, four[::-1], 3, masks=(0xFF, 0xFF00, 0xFF0000)), RGB
    for packing, inside in ((4, jpeg()), (5, png(RGB))):
        whole = np.frombuffer(inside, np.uint8)
        yield f"a picture of packing {packing}", lambda whole=whole, packing=packing: bmp(0, whole, packing), RGB
    plain = bmp(24, turned[::-1])
    shifted = plain[:10] + struct.pack("<I", int.from_bytes(plain[10:14], "little") + 14) + plain[14:]
    yield "in an array", lambda: b"BA" + struct.pack("<IIHH", 14 + len(plain), 0, 0, 0) + shifted, RGB


def _in_mode(mode: str) -> Image.Image:
    return PICTURE.quantize(256, dither=Image.Dither.NONE) if mode == "P" else PICTURE.convert(mode)


def _table(few: Image.Image, colours: int) -> bytes:
    table = np.zeros((colours, 4), np.uint8)
    found = np.array(few.getpalette("RGB"), np.uint8).reshape(-1, 3)[:colours, ::-1]
    table[: len(found), :3] = found
    return table.tobytes()


def _few_colours(few: Image.Image, bits: int) -> bytes:
    rows = np.frombuffer(as_bits(np.asarray(few), bits), np.uint8).reshape(HEIGHT, -1)
    return bmp(bits, rows[::-1], table=_table(few, 2**bits))


def _in_runs(few: Image.Image) -> bytes:
    """Pairs of how many and which, at the end of each row 0 and 0, at the end of all 0 and 1."""
    packed = bytearray()
    for row in np.asarray(few)[::-1]:
        ends = [*(np.flatnonzero(np.diff(row)) + 1).tolist(), len(row)]
        for start, end in zip([0, *ends], ends, strict=False):
            packed += bytes([end - start, row[start]])
        packed += b"\0\0"
    return bmp(8, np.frombuffer(bytes(packed[:-2]) + b"\0\1", np.uint8), 1, _table(few, 256))


def _of_os2(turned: np.ndarray) -> bytes:
    body = turned[::-1].tobytes()
    head = struct.pack("<IHHHH", 12, WIDTH, HEIGHT, 1, 24)
    return b"BM" + struct.pack("<IHHI", 26 + len(body), 0, 0, 26) + head + body


def negative(preview: bytes | None, orientation: int = 1, bits: int = 16) -> bytes:
    """A DNG of a sensor that saw grey, and beside it the camera's own picture, 288 pixels wide."""
    sensor = np.full((64, 96), 8000, "<u2").tobytes()
    main: Entries = [
        (254, 4, 1, 0),
        (256, 4, 1, 96),
        (257, 4, 1, 64),
        (258, 3, 1, bits),
        (259, 3, 1, 1),
        (262, 3, 1, 32803),
    ]
    main += [(271, 2, 6, b"Shoal\0"), (272, 2, 6, b"Fuzz1\0"), (273, 4, 1, ("data", sensor)), (274, 3, 1, orientation)]
    main += [(277, 3, 1, 1), (278, 4, 1, 64), (279, 4, 1, len(sensor)), (33421, 3, 2, (2, 2))]
    main += [(33422, 1, 4, bytes([0, 1, 1, 2])), (50706, 1, 4, bytes([1, 4, 0, 0])), (50708, 2, 12, b"Shoal Fuzz1\0")]
    main += [(50717, 4, 1, 16383), (50721, 10, 9, struct.pack("<18i", *[1, 1, 0, 1, 0, 1] * 3))]
    small: Entries = [(254, 4, 1, 1), (256, 4, 1, 288), (257, 4, 1, 192), (258, 3, 3, struct.pack("<3H", 8, 8, 8))]
    small += [(259, 3, 1, 7), (262, 3, 1, 6), (273, 4, 1, ("data", preview)), (277, 3, 1, 3), (278, 4, 1, 192)]
    small += [(279, 4, 1, len(preview or b""))]
    return tiff([main, small] if preview else [main])


def _negatives() -> Iterator[Bare]:
    large = Image.fromarray(np.round(drawn(288, 192) * 255).astype(np.uint8))
    yield "a preview", lambda: negative(jpeg(large)), RGB
    yield "a progressive preview", lambda: negative(jpeg(large, progressive=True)), RGB
    yield "a preview 4:4:4", lambda: negative(jpeg(large, subsampling=0)), RGB
    yield "a preview in wide colours", lambda: negative(jpeg(_wide_large(), icc_profile=_WIDE)), RGB
    for quality in range(70, 100, 4):
        yield f"a preview of quality {quality}", lambda quality=quality: negative(jpeg(large, quality=quality)), RGB


def _wide_large() -> Image.Image:
    return as_seen_by(_WIDE).resize((288, 192), Image.Resampling.BICUBIC)
