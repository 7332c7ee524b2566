"""Translations as Qt wants them, made from the file that translators write: nothing has to be built or shipped.

A `.ts` file is XML; `QTranslator` reads Qt's `.qm`. The latter is documented by Qt's own sources only
(`qttools/src/linguist/shared/qm.cpp`): sections of a tag, a length and bytes, of which it needs four. Text is UTF-16,
numbers are big-endian.
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

_MAGIC = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")
_LANGUAGE, _HASHES, _MESSAGES, _PLURAL_RULES = 0xA7, 0x42, 0x69, 0x88
_END, _TRANSLATION, _SOURCE, _CONTEXT, _COMMENT = 1, 3, 6, 7, 8
_ONE_IS_SINGULAR = b"\x01\x01"  # "equal to 1" chooses the first of two forms
_RULES = {"en": _ONE_IS_SINGULAR}


def compiled(path: Path) -> bytes:
    """The contents of a `.qm` file. Messages without a translation are left out, so that they stay English."""
    root = ElementTree.parse(path).getroot()
    language = root.get("language", "en")
    records = bytearray()
    places = []
    for _context, source, record in sorted(_records(root)):
        places.append((_hash(source), len(records)))
        records += record
    hashes = b"".join(struct.pack(">II", *place) for place in sorted(places))
    parts = [(_LANGUAGE, language.encode()), (_HASHES, hashes), (_MESSAGES, bytes(records))]
    if language in _RULES:
        parts.append((_PLURAL_RULES, _RULES[language]))
    return _MAGIC + b"".join(struct.pack(">BI", tag, len(content)) + content for tag, content in parts)


def _records(root: ElementTree.Element) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Context, the text that is looked up, and what stands in the file about it."""
    for context in root.iter("context"):
        name = (context.findtext("name") or "").encode()
        for message in context.iter("message"):
            source, forms = (message.findtext("source") or "").encode(), _forms(message)
            if source and forms and all(forms):
                shown = b"".join(_part(_TRANSLATION, form.encode("utf-16-be")) for form in forms)
                key = _part(_COMMENT, b"") + _part(_SOURCE, source) + _part(_CONTEXT, name)
                yield name, source, shown + key + bytes([_END])


def _forms(message: ElementTree.Element) -> list[str]:
    translation = message.find("translation")
    if translation is None or translation.get("type") in {"obsolete", "vanished"}:
        return []
    if message.get("numerus") == "yes":
        return [form.text or "" for form in translation.iter("numerusform")]
    return [translation.text or ""]


def _part(tag: int, content: bytes) -> bytes:
    return struct.pack(">BI", tag, len(content)) + content


def _hash(text: bytes) -> int:
    """The hash of the ELF format, of which 0 stands for itself as 1."""
    value = 0
    for byte in text:
        value = (value << 4) + byte
        value ^= (value & 0xF0000000) >> 24
        value &= 0x0FFFFFFF
    return value or 1
