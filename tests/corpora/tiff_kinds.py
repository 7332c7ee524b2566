"""TIFF files of every arrangement, depth and packing that scanners, editors and scientists write."""

import zlib
from collections.abc import Iterator

import numpy as np
from PIL import Image, ImageCms
from tests.corpora.jpeg_kinds import as_seen_by
from tests.corpora.kinds import (
    BY_AGENCY,
    BY_ELEMENTS,
    BY_XMP,
    EVERYONE,
    GREY,
    HEIGHT,
    PICTURE,
    RGB,
    SHARES,
    WIDTH,
    Bare,
    Kind,
    Told,
    in_grey,
    saved,
    told_by,
)
from tests.support.colour_profiles import matrix_profile
from tests.support.tiff_pictures import as_bits, one, tags_for, written
from tests.support.written_facts import DETAILS, tiff_with

ORDERS = {"little": "<", "big": ">"}
GREYS = SHARES[..., 1]


def tiffs() -> Iterator[Kind]:
    bare = [*_whole_numbers(), *_broken_numbers(), *_greys(), *_palettes(), *_other_colours(), *_arranged(), *_packed()]
    yield from told_by("tif", bare, tell, EVERYONE)
    for name, order in ORDERS.items():
        for told in (BY_XMP, BY_ELEMENTS, BY_AGENCY):
            yield Kind(
                f"tif, big file, {name} endian, said in {'IPTC' if told.iptc else 'XMP'} ({told.taken})",
                ".tif",
                lambda order=order, told=told: big_file(order, told),
                RGB,
                told,
            )


def tell(data: bytes, told: Told) -> bytes:
    """EXIF is a TIFF itself: its folders are taken over into this one."""
    main = {700: told.xmp} if told.xmp else {}
    main |= {33723: told.iptc} if told.iptc else {}
    entries, details = _folders(told.exif) if told.exif else ({}, {})
    return tiff_with(data, {**main, **entries}, details)


def _folders(exif: bytes) -> tuple[dict, dict]:
    tags = Image.Exif()
    tags.load(exif)
    details = dict(tags.get_ifd(DETAILS))
    return {tag: value for tag, value in tags.items() if tag != DETAILS}, details


def big_file(order: str, told: Told) -> bytes:
    tags = tags_for(WIDTH, HEIGHT, 8)
    tags |= {700: (1, list(told.xmp))} if told.xmp else {}
    tags |= {33723: (7, list(told.iptc))} if told.iptc else {}
    return one(tags, [RGB.tobytes()], order, big=True)


def numbers(values: np.ndarray, bits: int, order: str = "<", kind: str = "u") -> np.ndarray:
    if kind == "f":
        return values.astype(f"{order}f{bits // 8}")
    return np.floor(values * (2.0**bits - 1)).astype(f"{order}u{bits // 8}")


def plain_tiff(order: str) -> bytes:
    return one(_tags(8), [RGB.tobytes()], order)


def _planes(values: np.ndarray) -> list[bytes]:
    return [np.ascontiguousarray(values[..., number]).tobytes() for number in range(values.shape[2])]


def _tags(bits: int, count: int = 3, **others: int) -> dict:
    return tags_for(WIDTH, HEIGHT, bits, count, **others)


def _whole_numbers() -> Iterator[Bare]:
    for name, order in ORDERS.items():
        for bits in (8, 16, 32):
            said = f"{3 * bits} bits, {name} endian"
            yield (
                said,
                lambda bits=bits, order=order: one(_tags(bits), [numbers(SHARES, bits, order).tobytes()], order),
                RGB,
            )
            yield (
                f"{said}, in planes",
                lambda bits=bits, order=order: one(_tags(bits, planes=2), _planes(numbers(SHARES, bits, order)), order),
                RGB,
            )
    clear = np.concatenate([SHARES, np.ones((HEIGHT, WIDTH, 1))], axis=2)
    for extra, name in ((1, "multiplied"), (2, "not multiplied")):
        for bits in (8, 16):
            yield (
                f"{4 * bits} bits, clear, {name}",
                lambda bits=bits, extra=extra: one(_tags(bits, 4, extra=extra), [numbers(clear, bits).tobytes()]),
                RGB,
            )
    for bits in (2, 4, 10, 12, 14):
        right = np.round(np.floor(SHARES * (2**bits - 1)) * (255 / (2**bits - 1))).astype(np.uint8)
        yield (
            f"{bits} bits a colour",
            lambda bits=bits: one(_tags(bits), [as_bits(np.floor(SHARES * (2**bits - 1)), bits)]),
            right,
        )


def _broken_numbers() -> Iterator[Bare]:
    for name, order in ORDERS.items():
        for bits in (16, 32, 64):
            if bits > 16 or order == "<":
                yield (
                    f"floating point of {bits} bits, {name} endian",
                    lambda bits=bits, order=order: one(
                        _tags(bits, sample_format=3), [numbers(SHARES, bits, order, "f").tobytes()], order
                    ),
                    RGB,
                )
    yield (
        "grey in floating point",
        lambda: one(_tags(32, 1, photometric=1, sample_format=3), [numbers(GREYS, 32, kind="f").tobytes()]),
        in_grey(),
    )


def _greys() -> Iterator[Bare]:
    for bits in (1, 2, 4, 8, 16, 32):
        levels = np.floor(GREYS * (2.0**bits - 1))
        right = in_grey(np.round(levels * (255 / (2.0**bits - 1))).astype(np.uint8))
        for photometric, name in ((1, "black"), (0, "white")):
            shown = levels if photometric else 2.0**bits - 1 - levels
            yield (
                f"grey of {bits} bits, 0 is {name}",
                lambda bits=bits, shown=shown, photometric=photometric: one(
                    _tags(bits, 1, photometric=photometric),
                    [as_bits(shown, bits) if bits < 8 else shown.astype(f"<u{bits // 8}").tobytes()],
                ),
                right,
            )


def _palettes() -> Iterator[Bare]:
    for bits in (1, 2, 4, 8):
        few = PICTURE.quantize(2**bits, dither=Image.Dither.NONE)
        table = np.array(few.getpalette("RGB"), np.uint8).reshape(-1, 3)[: 2**bits]
        table = np.vstack([table, np.zeros((2**bits - len(table), 3), np.uint8)])
        for factor, name in ((257, "16"), (1, "8")):
            map_ = (table.T.ravel().astype(int) * factor).tolist()
            yield (
                f"{2**bits} colours, map of {name} bits",
                lambda bits=bits, few=few, map_=map_: one(
                    _tags(bits, 1, photometric=3) | {320: (3, map_)}, [as_bits(np.asarray(few), bits)]
                ),
                table[np.asarray(few)],
            )


def _other_colours() -> Iterator[Bare]:
    ink = np.concatenate([1 - SHARES, np.zeros((HEIGHT, WIDTH, 1))], axis=2)
    for bits in (8, 16):
        yield (
            f"printing inks of {bits} bits",
            lambda bits=bits: one(_tags(bits, 4, photometric=5), [numbers(ink, bits).tobytes()]),
            RGB,
        )
    yield "printing inks in planes", lambda: one(_tags(8, 4, photometric=5, planes=2), _planes(numbers(ink, 8))), RGB
    yield "Lab", lambda: saved(_lab(), "TIFF"), RGB
    yield "Lab of 16 bits", lambda: one(_tags(16, photometric=8), [_lab_numbers()]), RGB
    wide = matrix_profile()
    yield "wide colours", lambda: saved(as_seen_by(wide), "TIFF", icc_profile=wide), RGB


def _lab() -> Image.Image:
    profiles = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    seen = ImageCms.profileToProfile(PICTURE, *profiles, outputMode="LAB")
    assert seen is not None
    return seen


def _lab_numbers() -> bytes:
    """L from 0 to 65535; a and b with 256 steps for one, below zero as complements."""
    eight = np.asarray(_lab()).astype(np.int32)
    signed = np.where(eight[..., 1:] > 127, eight[..., 1:] - 256, eight[..., 1:])
    return np.dstack([eight[..., 0] * 257, signed * 256]).astype("<i4").astype("<u2").tobytes()


def _arranged() -> Iterator[Bare]:
    strips = [RGB[top : top + 10].tobytes() for top in range(0, HEIGHT, 10)]
    yield "strips of ten rows", lambda: one(_tags(8) | {278: (3, [10])}, strips), RGB
    yield "a strip for each row", lambda: one(_tags(8) | {278: (3, [1])}, [row.tobytes() for row in RGB]), RGB
    for bits in (8, 16):
        for planes in (1, 2):
            yield (
                f"tiles of {bits} bits{', in planes' if planes == 2 else ''}",
                lambda bits=bits, planes=planes: _tiled(bits, planes),
                RGB,
            )
    small = np.ascontiguousarray(255 - RGB[::2, ::2])
    reduced = tags_for(WIDTH // 2, HEIGHT // 2, 8) | {254: (4, [1])}
    yield "a small copy first", lambda: written([(reduced, [small.tobytes()]), (_tags(8), [RGB.tobytes()])]), RGB
    yield "a small copy second", lambda: written([(_tags(8), [RGB.tobytes()]), (reduced, [small.tobytes()])]), RGB
    yield "pages", lambda: saved(PICTURE, "TIFF", save_all=True, append_images=[Image.fromarray(255 - RGB)]), RGB
    yield "rows from the bottom", lambda: one(_tags(8) | {274: (3, [4])}, [RGB[::-1].tobytes()]), RGB


def _tiled(bits: int, planes: int) -> bytes:
    values = np.zeros((64, 96, 3), f"<u{bits // 8}")
    values[:HEIGHT, :WIDTH] = numbers(SHARES, bits)
    tiles = [values[y : y + 32, x : x + 32] for y in range(0, 64, 32) for x in range(0, 96, 32)]
    pieces = [tile.tobytes() for tile in tiles]
    if planes == 2:
        pieces = [tile[..., number].tobytes() for number in range(3) for tile in tiles]
    tags = _tags(bits, planes=planes) | {322: (3, [32]), 323: (3, [32])}
    del tags[278]
    return one(tags, pieces)


def _packed() -> Iterator[Bare]:
    for name in ("tiff_lzw", "tiff_deflate", "tiff_adobe_deflate", "packbits", "lzma", "zstd"):
        yield f"packed by {name}", lambda name=name: saved(PICTURE, "TIFF", compression=name), RGB
    yield "packed by JPEG", lambda: saved(PICTURE, "TIFF", compression="jpeg", quality=92), RGB
    yield "grey packed by JPEG", lambda: saved(Image.fromarray(GREY), "TIFF", compression="jpeg", quality=92), in_grey()
    two = Image.fromarray((GREY > 127).astype(np.uint8) * 255).convert("1")
    for name in ("group3", "group4", "tiff_ccitt"):
        yield (
            f"fax by {name}",
            lambda name=name: saved(two, "TIFF", compression=name),
            in_grey(np.asarray(two.convert("L"))),
        )
    for bits in (8, 16):
        yield (
            f"differences of {bits} bits",
            lambda bits=bits: one(
                _tags(bits, compression=8, predictor=2), [zlib.compress(_differences(numbers(SHARES, bits)))]
            ),
            RGB,
        )
    yield (
        "planes of 16 bits, packed",
        lambda: one(
            _tags(16, compression=8, planes=2), [zlib.compress(plane) for plane in _planes(numbers(SHARES, 16))]
        ),
        RGB,
    )
    yield (
        "floating point, packed",
        lambda: one(
            _tags(32, compression=8, sample_format=3), [zlib.compress(numbers(SHARES, 32, kind="f").tobytes())]
        ),
        RGB,
    )


def _differences(values: np.ndarray) -> bytes:
    result = values.copy()
    result[:, 1:] -= values[:, :-1]
    return result.tobytes()
