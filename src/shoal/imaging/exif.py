"""Reading the few EXIF entries we want. Pillow reads all of them, which takes longer than resizing the picture."""

import struct
from typing import Final

_MARK: Final = b"Exif\0\0"
_ORDERS: Final = {b"II": "<", b"MM": ">"}
_TEXT, _SHORT, _LONG, _UNDEFINED = 2, 3, 4, 7  # TIFF 6.0's kinds of values
_MOST_ENTRIES: Final = 512  # cameras write dozens; more would only keep us busy

_Entry = tuple[int, int, int]
"""The kind of value, how many there are, and where they (or their address) stand."""


class ExifBlock:
    """A TIFF structure: an EXIF block, a TIFF file or most RAW files. Raises ValueError if it is none.

    Wrong addresses and kinds are taken for missing entries: the block comes from a stranger.
    """

    def __init__(self, block: bytes) -> None:
        self._block = memoryview(block)[len(_MARK) :] if block.startswith(_MARK) else memoryview(block)
        if len(self._block) < 8 or bytes(self._block[:2]) not in _ORDERS:
            raise ValueError("no EXIF block")
        self._order = _ORDERS[bytes(self._block[:2])]
        self._main, self._next = self._folder(self._unpack("I", 4))

    def number(self, tag: int) -> int | None:
        """A whole number of the main folder."""
        kind, count, position = self._main.get(tag, (0, 0, 0))
        if kind not in (_SHORT, _LONG) or count != 1:
            return None
        return self._unpack("H" if kind == _SHORT else "I", position)

    def text(self, tag: int) -> str:
        """A line of text without what cannot be printed; empty if there is none."""
        kind, count, position = self._main.get(tag, (0, 0, 0))
        if kind not in (_TEXT, _UNDEFINED) or count > 1000:
            return ""
        start = position if count <= 4 else self._unpack("I", position)
        written = bytes(self._block[start : start + count]).split(b"\0")[0].decode("utf-8", "replace")
        return "".join(character for character in written if character.isprintable()).strip()

    def thumbnail(self) -> bytes:
        """The small JPEG in the second folder; empty if there is none."""
        folder, _ = self._folder(self._next)
        start, length = (self._unpack("I", folder[tag][2]) if tag in folder else 0 for tag in (0x0201, 0x0202))
        return bytes(self._block[start : start + length])

    def _folder(self, start: int) -> tuple[dict[int, _Entry], int]:
        """The entries by tag, and where the next folder stands."""
        count = self._unpack("H", start) if start else 0
        end = start + 2 + 12 * count
        if not 0 < count <= _MOST_ENTRIES or end > len(self._block):
            return {}, 0
        entries = struct.iter_unpack(self._order + "HHI4x", self._block[start + 2 : end])
        tags = {tag: (kind, length, start + 10 + 12 * at) for at, (tag, kind, length) in enumerate(entries)}
        return tags, self._unpack("I", end)

    def _unpack(self, kind: str, position: int) -> int:
        if position + 4 > len(self._block):
            return 0
        value: int = struct.unpack_from(self._order + kind, self._block, position)[0]
        return value
