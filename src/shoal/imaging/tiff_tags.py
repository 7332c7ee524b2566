"""Single entries of a TIFF file's first folder, read where they stand: the file may be as large as it likes."""

import struct
from typing import BinaryIO, Final

_MOST_ENTRIES: Final = 4_096
_ORDERS: Final = {b"II": "<", b"MM": ">"}
_BIG: Final = 43
_BYTES, _TEXT, _SHORT, _UNDEFINED = 1, 2, 3, 7


class TiffTags:
    """TIFF, BigTIFF and the RAW files and EXIF blocks built like them. Wrong entries are taken for missing ones.

    Raises ValueError, struct.error or EOFError for what is none.
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

    def number(self, tag: int) -> int | None:
        """A whole number of 16 bits."""
        kind, count, field = self._entries.get(tag, (0, 0, b""))
        return int(self._unpack("H", field[:2])) if kind == _SHORT and count == 1 else None

    def content(self, tag: int, longest: int) -> bytes:
        """Bytes of any kind; empty if they are missing or more than `longest`."""
        kind, count, field = self._entries.get(tag, (0, 0, b""))
        if kind not in {_BYTES, _TEXT, _UNDEFINED} or not len(field) < count <= longest:
            return b""
        self._file.seek(self._unpack(self._address, field))
        return self._file.read(count)

    def _read(self, start: int) -> dict[int, tuple[int, int, bytes]]:
        """Tag -> kind, how many, and the value or its address."""
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
