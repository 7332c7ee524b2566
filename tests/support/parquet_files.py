"""A reader of what is written in a Parquet file, to the byte: Thrift's compact protocol, pages and levels.

Libraries are lenient; this one takes nothing that the format's description (parquet-format 2, apache.org) does not say.
"""

from dataclasses import dataclass
from typing import Any

Struct = dict[int, Any]


@dataclass(slots=True)
class Reader:
    data: bytes
    at: int = 0

    def byte(self) -> int:
        self.at += 1
        return self.data[self.at - 1]

    def varint(self) -> int:
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                assert byte or shift == 7, "no needless bytes"
                return value

    def value(self, kind: int) -> Any:
        """Of the kinds that are met: whole numbers, texts, lists and structs."""
        if kind in (5, 6):
            number = self.varint()
            return number >> 1 ^ -(number & 1)
        if kind == 8:
            length = self.varint()
            self.at += length
            return self.data[self.at - length : self.at].decode()
        if kind == 9:
            head = self.byte()
            count = head >> 4 if head >> 4 < 15 else self.varint()
            return [self.value(head & 15) for _ in range(count)]
        assert kind == 12, kind
        return self.struct()

    def struct(self) -> Struct:
        """Field number -> value; numbers ascend."""
        fields: Struct = {}
        number = 0
        while head := self.byte():
            assert head >> 4, "fields that follow each other say how much farther on they are"
            number += head >> 4
            fields[number] = self.value(head & 15)
        return fields


def footer(data: bytes) -> Struct:
    """`FileMetaData`."""
    assert data[:4] == data[-4:] == b"PAR1"
    length = int.from_bytes(data[-8:-4], "little")
    reader = Reader(data[:-8], len(data) - 8 - length)
    described = reader.struct()
    assert reader.at == len(data) - 8
    return described


def levels(data: bytes, at: int, count: int) -> tuple[list[int], int]:
    """Runs of 0 and 1 with their length before them; where they end."""
    length = int.from_bytes(data[at : at + 4], "little")
    reader = Reader(data[: at + 4 + length], at + 4)
    found: list[int] = []
    while reader.at < at + 4 + length:
        head = reader.varint()
        assert head & 1 == 0, "no packed bits"
        found += [reader.byte()] * (head >> 1)
    assert len(found) == count
    return found, at + 4 + length


def page(data: bytes, at: int) -> tuple[Struct, int, int]:
    """A page's header, where its content begins, and where it ends."""
    reader = Reader(data, at)
    header = reader.struct()
    assert header[2] == header[3], "nothing is compressed"
    return header, reader.at, reader.at + header[3]
