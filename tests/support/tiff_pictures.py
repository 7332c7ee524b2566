"""TIFF files of any kind, written from numbers: also those that no library here writes."""

import struct
import zlib
from collections.abc import Mapping, Sequence

import numpy as np
from tests.support.picture_files import rendered

_CODES = {1: "B", 2: "B", 3: "H", 4: "I", 7: "B", 9: "i", 13: "I", 16: "Q"}
Tags = dict[int, tuple[int, Sequence[int]]]


def colours(width: int = 96, height: int = 72) -> np.ndarray:
    """Height x width x 3, from 0 to 1."""
    return np.asarray(rendered(width, height), np.float64) / 255


def tags_for(width: int, height: int, bits: int, count: int = 3, **others: int) -> Tags:
    """`others` by name: photometric, planes, compression, sample_format, predictor, extra."""
    named = {"compression": 259, "photometric": 262, "planes": 284, "predictor": 317, "extra": 338}
    tags: Tags = {256: (3, [width]), 257: (3, [height]), 258: (3, [bits] * count), 259: (3, [1]), 262: (3, [2])}
    tags |= {277: (3, [count]), 278: (3, [height])}
    if "sample_format" in others:
        tags[339] = (3, [others.pop("sample_format")] * count)
    return tags | {named[name]: (3, [value]) for name, value in others.items()}


def written(
    folders: Sequence[tuple[Mapping[int, tuple[int, Sequence[int]]], list[bytes]]], order="<", big=False
) -> bytes:
    """Chained folders: their tags, and their strips, or tiles if tag 322 is there."""
    address = "Q" if big else "I"
    mark = b"II" if order == "<" else b"MM"
    out = bytearray(mark + (struct.pack(order + "HHHQ", 43, 8, 0, 0) if big else struct.pack(order + "HI", 42, 0)))
    pointer = len(out) - (8 if big else 4)
    for tags, strips in folders:
        tiled, places = 322 in tags, []
        for strip in strips:
            places.append(len(out))
            out += strip + b"\0" * (len(strip) % 2)
        kind = 16 if big else 4
        all_tags = {**tags, 324 if tiled else 273: (kind, places)}
        all_tags[325 if tiled else 279] = (kind, [len(strip) for strip in strips])
        entries, out = _entries(all_tags, out, order, big)
        struct.pack_into(order + address, out, pointer, len(out))
        out += struct.pack(order + ("Q" if big else "H"), len(entries)) + b"".join(entries)
        pointer = len(out)
        out += bytes(8 if big else 4)
    return bytes(out)


def _entries(tags, out: bytearray, order: str, big: bool) -> tuple[list[bytes], bytearray]:
    entries, room = [], 8 if big else 4
    for tag, (kind, values) in sorted(tags.items()):
        content = struct.pack(f"{order}{len(values)}{_CODES[kind]}", *values)
        if len(content) > room:
            place = len(out)
            out = out + content + b"\0" * (len(content) % 2)
            content = struct.pack(order + ("Q" if big else "I"), place)
        entries.append(
            struct.pack(order + ("HHQ" if big else "HHI"), tag, kind, len(values)) + content.ljust(room, b"\0")
        )
    return entries, out


def one(tags: Tags, strips: list[bytes], order="<", big=False) -> bytes:
    return written([(tags, strips)], order, big)


def as_bits(values: np.ndarray, bits: int) -> bytes:
    """Whole numbers, packed without gaps, each row from a whole byte on."""
    rows = values.reshape(len(values), -1).astype(np.uint64)
    places = np.arange(bits - 1, -1, -1, dtype=np.uint64)
    return np.packbits(
        ((rows[..., None] >> places) & np.uint64(1)).astype(np.uint8).reshape(len(rows), -1), axis=1
    ).tobytes()


def packed(content: bytes) -> bytes:
    return zlib.compress(content)
