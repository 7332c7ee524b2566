"""Keywords that stand in a picture outside XMP: IPTC's, and those that Windows writes into EXIF."""

from collections.abc import Iterator
from typing import Final

from shoal.imaging.iptc_records import iptc_records
from shoal.imaging.tiff_tags import TiffTags

_CHARACTER_SET, _KEYWORD = (1, 90), (2, 25)  # IIM 4.2: CodedCharacterSet, Keywords
_UTF_8: Final = b"\x1b%G"
_SETS: Final = {
    b"A": "latin-1", b"B": "iso8859-2", b"C": "iso8859-3", b"D": "iso8859-4", b"L": "iso8859-5", b"G": "iso8859-6",
    b"F": "iso8859-7", b"H": "iso8859-8", b"M": "iso8859-9",
}  # fmt: skip
"""How ISO 2022 announces the second half of an alphabet: Escape, one of -./ and the letter (ISO-IR register)."""
_USUAL: Final = "cp1252"
_XP_KEYWORDS: Final = 0x9C9E  # Windows's own tag, in UTF-16
_LONGEST: Final = 100_000


def iptc_keywords(block: bytes) -> tuple[str, ...]:
    """In the character set that the block names; where it names none, UTF-8 if it is that, else Western."""
    announced = "utf-8"
    contents = []
    for record, dataset, content in iptc_records(block):
        if (record, dataset) == _CHARACTER_SET:
            announced = "utf-8" if _UTF_8 in content else _SETS.get(content.strip()[-1:], _USUAL)
        elif (record, dataset) == _KEYWORD:
            contents.append(content)
    return tuple(filter(None, (_text(content, announced) for content in contents)))


def _text(content: bytes, announced: str) -> str:
    try:
        text = content.decode(announced)
    except UnicodeDecodeError:
        text = content.decode(_USUAL, "replace")
    return " ".join(text.replace("\0", " ").split())


def windows_keywords(folders: tuple[TiffTags, ...]) -> tuple[str, ...]:
    """UTF-16 with a semicolon between them."""
    return tuple(word for folder in folders for word in _split(folder.content(_XP_KEYWORDS, _LONGEST)))


def _split(content: bytes) -> Iterator[str]:
    text = content[: len(content) // 2 * 2].decode("utf-16-le", "replace")
    for part in text.split("\0")[0].split(";"):
        word = " ".join(part.split())
        if word:
            yield word
