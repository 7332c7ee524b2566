"""HEIC files as cameras and other programs write them, and Pillow's plugin does not: grids, films, unpacked ones."""

import io
import struct
from itertools import product

import numpy as np
import pillow_heif
from PIL import Image
from tests.support.picture_files import saved

from shoal.imaging.heif_boxes import HeifBoxes, Item, Property, box, full_box, heif_file


def parts(data: bytes) -> tuple[bytes, list[Property], bytes]:
    """The kind, the properties and the bytes of a file's picture."""
    found = HeifBoxes(data)
    return found.kinds[found.primary], found.properties(found.primary), found.content(found.primary)


def grid_of(image: Image.Image, tile: int, **options: object) -> bytes:
    """As a camera writes it."""
    pillow_heif.options.GRID_TILE_SIZE = tile
    try:
        buffer = io.BytesIO()
        pillow_heif.from_pillow(image).save(buffer, quality=90, **options)
    finally:
        pillow_heif.options.GRID_TILE_SIZE = 0
    data = buffer.getvalue()
    assert HeifBoxes(data).kinds[HeifBoxes(data).primary] == b"grid"
    return data


def film(image: Image.Image, codec: bytes = b"hvc1") -> bytes:
    """Of one picture, without a still one (brand msf1)."""
    _, properties, sample = parts(saved(image, "HEIF", quality=95))
    config = dict(properties)[b"hvcC"]
    entry = box(codec, bytes(24), struct.pack(">HH", *image.size), bytes(50), box(b"hvcC", config))
    head = box(b"ftyp", b"msf1", bytes(4), b"msf1", b"hevc")
    start = len(head) + 8
    table = box(
        b"stbl",
        full_box(b"stsd", 0, 0, struct.pack(">I", 1), entry),
        full_box(b"stsz", 0, 0, struct.pack(">III", 0, 1, len(sample))),
        full_box(b"stco", 0, 0, struct.pack(">II", 1, start)),
    )
    return head + box(b"mdat", sample) + box(b"moov", box(b"trak", box(b"mdia", box(b"minf", table))))


def unpacked(image: Image.Image, names: str, across: int, down: int, by_pixel: bool) -> bytes:
    """Not packed (uncC): `names`: L, RGB and so on; `across` and `down`: how many tiles."""
    width, height = image.size
    image = image.convert({"L": "L", "RGB": "RGB", "RGBA": "RGBA", "ABGR": "RGBA"}[names])
    values = np.atleast_3d(np.asarray(image))
    order = {"ABGR": [3, 2, 1, 0]}.get(names, list(range(values.shape[2])))
    values = values[..., order]
    high, wide = height // down, width // across
    tiles = [
        values[y * high : (y + 1) * high, x * wide : (x + 1) * wide] for y, x in product(range(down), range(across))
    ]
    content = b"".join((tile if by_pixel else tile.transpose(2, 0, 1)).tobytes() for tile in tiles)
    kinds = [{"L": 0, "R": 4, "G": 5, "B": 6, "A": 7}[name] for name in names]
    cmpd = struct.pack(f">I{len(kinds)}H", len(kinds), *kinds)
    uncc = (
        bytes(8) + struct.pack(">I", len(kinds)) + b"".join(struct.pack(">HBBB", n, 7, 0, 0) for n in range(len(kinds)))
    )
    uncc += struct.pack(">BBBBIIIII", 0, int(by_pixel), 0, 0, 0, 0, 0, across - 1, down - 1)
    size = (b"ispe", struct.pack(">III", 0, width, height))
    return heif_file([Item(b"unci", content, [size, (b"cmpd", cmpd), (b"uncC", uncc)])], b"mif1")
