"""Single properties in an XMP packet, be it a sidecar or from inside the picture's own file.

Packets come from strangers: a document type ends the reading, so that no entity is ever expanded; only properties of
the picture itself count, not those of pictures it was made from; and what is too long to be meant is not there.
"""

from collections.abc import Collection, Mapping
from typing import Final
from xml.parsers import expat

EXIF: Final = "http://ns.adobe.com/exif/1.0/"
TIFF: Final = "http://ns.adobe.com/tiff/1.0/"
PHOTOSHOP: Final = "http://ns.adobe.com/photoshop/1.0/"
XMP: Final = "http://ns.adobe.com/xap/1.0/"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_ROOT, _DESCRIPTION, _VALUE = f"{_RDF} RDF", f"{_RDF} Description", f"{_RDF} value"
_LONGEST: Final = 1_000


def properties(packet: bytes, names: Collection[str]) -> dict[str, str]:
    """The texts of those `names` ("namespace name") that are there; of two for one name, the first.

    Nothing for what is no XMP. What follows the end of the XML is of no concern: packets are padded.
    """
    reader = _Reader(frozenset(names))
    try:
        reader.parser.Parse(packet, True)
    except (expat.ExpatError, _Refused, ValueError, LookupError):  # the last for an encoding that nobody knows
        return reader.found if reader.ended else {}
    return reader.found


def orientation_in(packet: bytes) -> int | None:
    """EXIF's 1..8, which way up a picture is by this packet."""
    stated = properties(packet, {f"{TIFF} Orientation"}).get(f"{TIFF} Orientation", "")
    return int(stated) if stated in tuple("12345678") else None


class _Refused(Exception):
    """Nothing in here is for us."""


class _Reader:
    """Follows the elements; `found` are the texts of the properties that we look for."""

    def __init__(self, names: frozenset[str]) -> None:
        self.found: dict[str, str] = {}
        self.ended = False
        self._wanted = names
        self._path: list[str] = []
        self._below = 0  # place of rdf:RDF in the path, counted from 1; 0 outside it
        self._text = ""
        self.parser = expat.ParserCreate(None, " ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _refuse(self, *_: object) -> None:
        raise _Refused

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._path.append(name)
        self._text = ""
        if name == _ROOT and not self._below:
            self._below = len(self._path)
        elif self._below and self._path[self._below :] == [_DESCRIPTION]:
            for attribute in self._wanted.intersection(attributes):
                self._find(attribute, attributes[attribute])

    def _characters(self, text: str) -> None:
        self._text = (self._text + text)[: _LONGEST + 1]

    def _end(self, _name: str) -> None:
        match self._path[self._below :] if self._below else []:
            case [description, name, *rest] if description == _DESCRIPTION and rest in ([], [_VALUE]):
                self._find(name, self._text)
        self._path.pop()
        self._text = ""
        if len(self._path) < self._below:
            self._below = 0
        self.ended = not self._path

    def _find(self, name: str, text: str) -> None:
        line = " ".join(text.split())
        if name in self._wanted and line and len(line) <= _LONGEST:
            self.found.setdefault(name, line)
