"""What picture agencies write into files: IPTC's records (IIM 4.1), most often inside Photoshop's resources.

A record is 0x1C, two numbers that say what it is, the length and so many bytes; 2:25 is a keyword, 2:55 the day.
"""

import struct
from collections.abc import Iterator
from typing import Final

_RECORD, _MARKER = struct.Struct(">BBBH"), 0x1C  # IIM 4.2: marker, record, kind, length
_IPTC_RESOURCE: Final = 0x0404  # Photoshop's number for what IPTC says
_SIGNATURES: Final = frozenset({b"8BIM", b"PHUT", b"DCSR", b"AgHg", b"MeSa"})
_MOST_RECORDS: Final = 65_536
_LONG_FORM: Final = 0x8000
"""Lengths from here on say how many bytes the length itself takes: only pictures inside are so long."""


def iptc_records(block: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(2, 25, b"harbour") and so on, in their order, up to where the block contradicts itself."""
    at = 0
    for _ in range(_MOST_RECORDS):
        if at + _RECORD.size > len(block):
            return
        marker, record, dataset, length = _RECORD.unpack_from(block, at)
        at += _RECORD.size
        if marker != _MARKER or length >= _LONG_FORM or at + length > len(block):
            return
        yield record, dataset, block[at : at + length]
        at += length


def iptc_of_resources(resources: bytes) -> bytes:
    """IPTC's block among Photoshop's resources; empty if there is none."""
    at = 0
    while at + 12 <= len(resources) and resources[at : at + 4] in _SIGNATURES:
        (number,) = struct.unpack_from(">H", resources, at + 4)
        name = resources[at + 6] + 1
        start = at + 6 + name + name % 2
        if start + 4 > len(resources):
            return b""
        (length,) = struct.unpack_from(">I", resources, start)
        if number == _IPTC_RESOURCE:
            return resources[start + 4 : start + 4 + length]
        at = start + 4 + length + length % 2
    return b""
