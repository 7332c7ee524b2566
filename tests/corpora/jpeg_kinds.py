"""JPEG files as cameras, phones, scanners and editors write them."""

import io
import struct
from collections.abc import Iterator

import numpy as np
from PIL import Image, ImageCms, ImageOps
from tests.corpora.kinds import EVERYONE, GREY, PICTURE, RGB, Bare, Kind, Told, drawn, in_grey, saved, told_by
from tests.support.colour_profiles import SRGB_COLOURS, grey_profile, matrix_profile
from tests.support.written_facts import jpeg_with

GREY_PICTURE = Image.fromarray(GREY)


def jpegs() -> Iterator[Kind]:
    yield from told_by("jpg", [*_packed(), *_in_other_colours(), *_odd(), *_large()], tell, EVERYONE)


def tell(jpeg: bytes, told: Told) -> bytes:
    return jpeg_with(jpeg, exif=told.exif, xmp=told.xmp, iptc=told.iptc)


def jpeg(image: Image.Image = PICTURE, **options: object) -> bytes:
    return saved(image, "JPEG", **{"quality": 92, **options})


def _packed() -> Iterator[Bare]:
    ways: dict[str, dict[str, object]] = {
        "baseline": {},
        "4:4:4": {"subsampling": "4:4:4"},
        "4:2:2": {"subsampling": "4:2:2"},
        "4:2:0": {"subsampling": "4:2:0"},
        "progressive": {"progressive": True},
        "progressive 4:4:4": {"progressive": True, "subsampling": 0},
        "progressive 4:2:2": {"progressive": True, "subsampling": 1},
        "optimised": {"optimize": True},
        "quality 75": {"quality": 75},
        "quality 100": {"quality": 100, "subsampling": 0},
        "restart markers": {"restart_marker_blocks": 2},
        "restart markers by rows": {"restart_marker_rows": 1},
        "progressive with restart markers": {"progressive": True, "restart_marker_blocks": 3},
        "kept as red, green and blue": {"keep_rgb": True},
        "with a comment": {"comment": b"a comment"},
        "with a density": {"dpi": (300, 300)},
    }
    for name, options in ways.items():
        yield name, lambda options=options: jpeg(**options), RGB
    yield "grey", lambda: jpeg(GREY_PICTURE), in_grey()
    yield "grey, progressive", lambda: jpeg(GREY_PICTURE, progressive=True), in_grey()
    yield "grey, optimised", lambda: jpeg(GREY_PICTURE, optimize=True), in_grey()


def _in_other_colours() -> Iterator[Bare]:
    ink = Image.fromarray(255 - RGB)
    cmyk = Image.merge("CMYK", [*ink.split(), Image.new("L", ink.size, 0)])
    wide, dark = matrix_profile(), matrix_profile(SRGB_COLOURS, 1.0)
    yield "printing inks", lambda: jpeg(cmyk), RGB
    yield "printing inks, progressive", lambda: jpeg(cmyk, progressive=True), RGB
    yield "printing inks as Adobe's YCCK", lambda: ycck(ink), RGB
    yield "wide colours", lambda: jpeg(as_seen_by(wide), icc_profile=wide), RGB
    yield "linear light", lambda: jpeg(as_seen_by(dark), icc_profile=dark, quality=100, subsampling=0), RGB
    yield "sRGB by profile", lambda: jpeg(icc_profile=_srgb()), RGB
    yield "a profile that is none", lambda: jpeg(icc_profile=b"nonsense" * 20), RGB
    yield "grey by profile", lambda: jpeg(GREY_PICTURE, icc_profile=grey_profile(2.2)), _grey_by_gamma(2.2)
    yield "a large profile in pieces", lambda: jpeg(icc_profile=_srgb().ljust(150_000, b"\0")), RGB


def _odd() -> Iterator[Bare]:
    yield "with bytes after its end", lambda: jpeg() + b"more of something else" * 50, RGB
    yield "with a film after its end", lambda: jpeg() + struct.pack(">I", 24) + b"ftypmp42" + bytes(500), RGB
    yield "with filled markers", lambda: _filled(jpeg()), RGB
    yield "with a preview and two frames", _multi_picture, RGB
    yield "with EXIF of somebody else's after", lambda: jpeg_with(jpeg(), exif=b"II*\0broken"), RGB
    yield "without JFIF", lambda: _without(jpeg(), 0xE0), RGB
    yield (
        "with an odd size",
        lambda: jpeg(Image.fromarray(np.round(drawn(97, 63) * 255).astype(np.uint8))),
        _shown(97, 63),
    )
    yield "of a few pixels", lambda: jpeg(Image.fromarray(_shown(9, 6)), quality=100, subsampling=0), _shown(9, 6)


def _large() -> Iterator[Bare]:
    """Such as are unpacked at a half, a quarter or an eighth of their size."""
    for width, height in ((600, 400), (1200, 800), (2400, 1600)):
        large = Image.fromarray(_shown(width, height))
        yield f"{width} pixels wide", lambda large=large: jpeg(large, quality=85), RGB
    yield "1200 pixels wide, progressive", lambda: jpeg(Image.fromarray(_shown(1200, 800)), progressive=True), RGB
    yield "1200 pixels wide, grey", lambda: jpeg(Image.fromarray(_shown(1200, 800)[..., 1])), in_grey()


def _shown(width: int, height: int) -> np.ndarray:
    return np.round(drawn(width, height) * 255).astype(np.uint8)


def as_seen_by(profile: bytes) -> Image.Image:
    """The picture in the numbers of that profile."""
    source = ImageCms.createProfile("sRGB")
    seen = ImageCms.profileToProfile(PICTURE, source, ImageCms.ImageCmsProfile(io.BytesIO(profile)))
    assert seen is not None
    return seen


def _srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _grey_by_gamma(gamma: float) -> np.ndarray:
    light = (GREY / 255.0) ** gamma
    seen = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return in_grey(np.round(seen * 255).astype(np.uint8))


def ycck(ink: Image.Image) -> bytes:
    """Inks as Adobe keeps them: turned about, and three of them told as brightness and colour."""
    bands = [ImageOps.invert(band) for band in ink.convert("YCbCr").split()]
    written = jpeg(Image.merge("CMYK", [*bands, Image.new("L", ink.size, 0)]))
    at = written.index(b"Adobe")
    return written[: at + 11] + b"\x02" + written[at + 12 :]


def _multi_picture() -> bytes:
    other = Image.fromarray(255 - RGB)
    return saved(PICTURE, "MPO", save_all=True, append_images=[other], quality=92)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Up to the picture itself, which comes last, as one."""
    at = 2
    while data[at + 1] != 0xDA:
        (length,) = struct.unpack_from(">H", data, at + 2)
        yield data[at + 1], data[at : at + 2 + length]
        at += 2 + length
    yield 0xDA, data[at:]


def _without(data: bytes, unwanted: int) -> bytes:
    return data[:2] + b"".join(segment for kind, segment in _segments(data) if kind != unwanted)


def _filled(data: bytes) -> bytes:
    """Any number of 0xFF may stand before a marker."""
    return data[:2] + b"".join(b"\xff\xff\xff" + segment for _kind, segment in _segments(data))


def _with_empty_jfif(data: bytes) -> bytes:
    return data[:2] + b"\xff\xe0\0\x07JFIF\0" + _without(data, 0xE0)[2:]
