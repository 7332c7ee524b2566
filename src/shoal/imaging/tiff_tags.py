"""Single entries of the folders of a TIFF file, read where they stand: the file may be as large as it likes."""

import struct
from typing import BinaryIO, Final, Self

_MOST_ENTRIES: Final = 4_096
_LONGEST_LINE: Final = 1_000
_ORDERS: Final = {b"II": "<", b"MM": ">"}
_BIG: Final = 43
_BYTES, _TEXT, _SHORT, _LONG, _UNDEFINED, _UTF8 = 1, 2, 3, 4, 7, 129
_NUMBERS: Final = {_BYTES: "B", _SHORT: "H", _LONG: "I", 6: "b", 8: "h", 9: "i", 13: "I", 16: "Q", 18: "Q"}
"""6, 8 and 9 have a sign. 13 and 18 are addresses of folders: cameras in drones write the way to the EXIF folder so."""
_FRACTIONS: Final = {5: "II", 10: "ii"}
_WIDTHS: Final = {_BYTES: 1, _TEXT: 1, _LONG: 4, _UNDEFINED: 1, _UTF8: 1}
_Entries = dict[int, tuple[int, int, bytes]]
"""Tag -> kind, how many, and the value or its address."""


class TiffTags:
    """TIFF, BigTIFF and the RAW files and EXIF blocks built like them. Wrong entries are taken for missing ones.

    Raises ValueError, struct.error or EOFError for what is none. It reads from `file` for as long as it is asked.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        file.seek(0)
        head = file.read(16)
        if head[:2] not in _ORDERS:
            raise ValueError("no TIFF")
        self._order = _ORDERS[head[:2]]
        (version,) = struct.unpack_from(self._order + "H", head, 2)
        self._count, self._entry, self._address, first = ("Q", "HHQ8s", "Q", 8) if version == _BIG else _SMALL
        self._entries = self._read(*struct.unpack_from(self._order + self._address, head, first))

    @property
    def order(self) -> str:
        """Of its bytes, as `struct` has it."""
        return self._order

    def folder(self, tag: int) -> Self | None:
        """The folder that `tag` leads to; None where there is none."""
        start = self.number(tag)
        if not start:
            return None
        below = type(self).__new__(type(self))
        below._file, below._order = self._file, self._order
        below._count, below._entry, below._address = self._count, self._entry, self._address
        try:
            below._entries = below._read(start)
        except (ValueError, OverflowError, OSError, struct.error):
            return None
        return below

    def number(self, tag: int) -> int | None:
        """A single whole number."""
        kind, count, field = self._entries.get(tag, (0, 0, b""))
        form = _NUMBERS.get(kind, "")
        size = struct.calcsize(self._order + form)
        return self._unpack(form, field[:size]) if form and count == 1 and size <= len(field) else None

    def fraction(self, tag: int) -> float | None:
        """A single number written as one divided by another, with a sign or without."""
        kind, count, field = self._entries.get(tag, (0, 0, b""))
        form = _FRACTIONS.get(kind, "")
        if not form or count != 1:
            return None
        try:
            self._file.seek(self._unpack(self._address, field))
            above, below = struct.unpack(self._order + form, self._file.read(8))
        except (ValueError, OverflowError, OSError, struct.error):
            return None
        return above / below if below else None

    def text(self, tag: int) -> str:
        """A line of text without what cannot be printed; empty if there is none."""
        written = self.content(tag, _LONGEST_LINE).split(b"\0")[0].decode("utf-8", "replace")
        return "".join(character for character in written if character.isprintable()).strip()

    def content(self, tag: int, longest: int) -> bytes:
        """Bytes of any kind, also such as pass for numbers; empty if they are missing or more than `longest`."""
        kind, count, field = self._entries.get(tag, (0, 0, b""))
        length = count * _WIDTHS.get(kind, 0)
        if not 0 < length <= longest:
            return b""
        if length <= len(field):
            return field[:length]
        try:
            self._file.seek(self._unpack(self._address, field))
            return self._file.read(length)
        except (ValueError, OverflowError, OSError):
            return b""

    def _read(self, start: int) -> _Entries:
        self._file.seek(start)
        count = self._unpack(self._count, self._file.read(struct.calcsize(self._order + self._count)))
        form = struct.Struct(self._order + self._entry)
        if not 0 < count <= _MOST_ENTRIES:
            return {}
        read = self._file.read(count * form.size)
        entries = form.iter_unpack(read[: len(read) // form.size * form.size])
        return {tag: (kind, length, field) for tag, kind, length, field in entries}

    def _unpack(self, form: str, data: bytes) -> int:
        value: int = struct.unpack(self._order + form, data)[0]
        return value


_SMALL: Final = ("H", "HHI4s", "I", 4)
