"""Small sound picture files of every format, rendered, so that tests and the fuzzer start from the same ones."""

import io
import struct

import numpy as np
import pillow_heif
import pillow_jxl
from PIL import Image


def rendered(width: int = 96, height: int = 72, mode: str = "RGB") -> Image.Image:
    noise = np.random.default_rng(7).integers(0, 255, (height // 8, width // 8, 3), dtype=np.uint8)
    return Image.fromarray(noise).resize((width, height), Image.Resampling.BICUBIC).convert(mode)


def saved(image: Image.Image, format: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    if format == "HEIF":
        pillow_heif.from_pillow(image).save(buffer, **options)
    else:
        image.save(buffer, format, **options)
    return buffer.getvalue()


def packed_jpeg(jpeg: bytes) -> bytes:
    """As JPEG XL, from which it comes out byte for byte."""
    with Image.open(io.BytesIO(jpeg)) as image:
        width, height = image.size
    encoder = pillow_jxl.Encoder(mode="RGB", lossless=True, quality=100)  # type: ignore[call-arg]
    return bytes(encoder(jpeg, width, height, jpeg_encode=True))


def exif() -> Image.Exif:
    block = Image.Exif()
    block[0x0112], block[0x0110] = 6, "Fuzz 1"
    block.get_ifd(0x8769)[0x9003] = "2024:05:31 14:03:59"
    return block


def digital_negative(preview: bool | bytes = True, width: int = 96, height: int = 72, orientation: int = 6) -> bytes:
    """A small DNG: uncompressed sensor data, with or without a JPEG preview in a folder of its own."""
    sensor = (np.random.default_rng(3).integers(200, 4000, (height, width))).astype("<u2").tobytes()
    jpeg = preview if isinstance(preview, bytes) else saved(rendered(480, 360), "JPEG")
    main: Entries = [(254, 4, 1, 0), (256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 16), (259, 3, 1, 1)]
    main += [(262, 3, 1, 32803), (271, 2, 6, b"Shoal\0"), (272, 2, 6, b"Fuzz1\0"), (273, 4, 1, ("data", sensor))]
    main += [
        (274, 3, 1, orientation),
        (277, 3, 1, 1),
        (278, 4, 1, height),
        (279, 4, 1, len(sensor)),
        (33421, 3, 2, (2, 2)),
    ]
    main += [(33422, 1, 4, bytes([0, 1, 1, 2])), (50706, 1, 4, bytes([1, 4, 0, 0])), (50708, 2, 12, b"Shoal Fuzz1\0")]
    main += [(50717, 4, 1, 4095), (50721, 10, 9, struct.pack("<18i", *[1, 1, 0, 1, 0, 1] * 3))]
    small: Entries = [(254, 4, 1, 1), (256, 4, 1, 480), (257, 4, 1, 360), (258, 3, 3, struct.pack("<3H", 8, 8, 8))]
    small += [(259, 3, 1, 7), (262, 3, 1, 6), (273, 4, 1, ("data", jpeg)), (277, 3, 1, 3), (278, 4, 1, 360)]
    small += [(279, 4, 1, len(jpeg))]
    return tiff([main, small] if preview else [main])


Entries = list[tuple[int, int, int, object]]


def tiff(folders: list[Entries]) -> bytes:
    """Chained folders of (tag, kind, count, value); ("data", bytes) stands for an address."""
    out = bytearray(b"II*\0\x08\0\0\0")
    for number, entries in enumerate(folders):
        body, tail = bytearray(struct.pack("<H", len(entries))), bytearray()
        end = len(out) + 2 + 12 * len(entries) + 4
        for tag, kind, count, value in entries:
            field, extra = packed(kind, value, end + len(tail))
            body += struct.pack("<HHI", tag, kind, count) + field
            tail += extra + b"\0" * (len(extra) % 2)
        following = end + len(tail) if number + 1 < len(folders) else 0
        out += body + struct.pack("<I", following) + tail
    return bytes(out)


def packed(kind: int, value: object, position: int) -> tuple[bytes, bytes]:
    """An entry's four bytes, and what stands elsewhere if it does not fit into them."""
    if isinstance(value, tuple) and value[0] == "data":
        return struct.pack("<I", position), value[1]
    if isinstance(value, tuple):
        return struct.pack("<2H", *value), b""
    if isinstance(value, bytes):
        return (value.ljust(4, b"\0"), b"") if len(value) <= 4 else (struct.pack("<I", position), value)
    return struct.pack("<H2x" if kind == 3 else "<I", value), b""


def sound_files() -> dict[str, list[bytes]]:
    """Per format, small files that use different parts of its decoder."""
    rgb, grey, palette, clear = rendered(), rendered(mode="L"), rendered(mode="P"), rendered(mode="RGBA")
    return {
        "JPEG": [
            saved(rendered(700, 520), "JPEG", exif=exif()),
            saved(rgb, "JPEG", progressive=True),
            saved(rendered(mode="CMYK"), "JPEG"),
            saved(grey, "JPEG", restart_marker_blocks=4),
        ],
        "PNG": [
            saved(rgb, "PNG", exif=exif()),
            saved(palette, "PNG", transparency=3),
            saved(clear, "PNG"),
            saved(Image.fromarray(np.arange(96 * 72, dtype=np.uint16).reshape(72, 96)), "PNG"),
        ],
        "WEBP": [saved(rgb, "WEBP", exif=exif()), saved(clear, "WEBP", lossless=True)],
        "TIFF": [
            saved(rgb, "TIFF"),
            saved(rgb, "TIFF", compression="tiff_lzw", exif=exif()),
            saved(rgb, "TIFF", compression="jpeg"),
            saved(rendered(mode="1"), "TIFF", compression="group4"),
            saved(rendered(mode="F"), "TIFF", compression="tiff_deflate"),
        ],
        "BMP": [saved(rgb, "BMP"), saved(palette, "BMP"), saved(clear, "BMP")],
        "GIF": [saved(palette, "GIF"), saved(palette, "GIF", save_all=True, append_images=[palette], transparency=2)],
        "AVIF": [saved(rgb, "AVIF"), saved(clear, "AVIF")],
        "JXL": [
            saved(rgb, "JXL"),
            saved(clear, "JXL", lossless=True, exif=exif().tobytes()),
            saved(grey, "JXL"),
            packed_jpeg(saved(rgb, "JPEG", exif=exif())),
        ],
        "HEIF": [saved(rgb, "HEIF"), saved(clear, "HEIF", quality=90)],
        "RAW": [digital_negative(), digital_negative(preview=False)],
    }
