"""What an XMP packet says of its picture, be it a sidecar or from inside the picture's own file.

Packets come from strangers: a document type ends the reading, so that no entity is ever expanded; only properties of
the picture itself count, not those of pictures it was made from; and what is too long to be meant is not there.
"""

from collections.abc import Mapping
from xml.parsers import expat

from shoal.domain.marks import MOST_STARS, REJECTED, Marks
from shoal.exports.sidecars import DUBLIN_CORE, LONGEST_SIDECAR, RDF, XMP

MOST_KEYWORDS = 10_000
LONGEST_TEXT = 1_000
_KEYWORD = [f"{DUBLIN_CORE} subject", f"{RDF} Bag", f"{RDF} li"]
_DEEPEST = 1 + len(_KEYWORD)


def read_marks(packet: bytes) -> Marks:
    """Nothing for what is no XMP. What follows the end of the XML is of no concern: packets are padded."""
    if len(packet) > LONGEST_SIDECAR:
        return Marks()
    reader = _Reader()
    try:
        reader.parser.Parse(packet, True)
    except (expat.ExpatError, _Refused, ValueError):
        if not reader.ended:
            return Marks()
    return Marks(tuple(reader.keywords), _stars(reader.found.get("Rating", "")), reader.found.get("Label", ""))


class _Refused(Exception):
    """Nothing in here is for us."""


class _Reader:
    """Follows the elements; `found` are the texts of the properties that we look for."""

    def __init__(self) -> None:
        self.keywords: dict[str, None] = {}
        self.found: dict[str, str] = {}
        self.ended = False
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
        if name == f"{RDF} RDF" and not self._below:
            self._below = len(self._path)
        elif self._inside() == [f"{RDF} Description"]:
            for attribute in ("Rating", "Label"):
                self._find(attribute, attributes.get(f"{XMP} {attribute}", ""))

    def _inside(self) -> list[str]:
        """The open elements below rdf:RDF, unless they are more than we know what to do with."""
        depth = len(self._path) - self._below
        return self._path[self._below :] if self._below and depth <= _DEEPEST else []

    def _characters(self, text: str) -> None:
        self._text = (self._text + text)[: LONGEST_TEXT + 1]

    def _end(self, _name: str) -> None:
        inside = self._inside()
        if inside[:1] == [f"{RDF} Description"]:
            self._property(inside[1:])
        self._path.pop()
        self._text = ""
        if len(self._path) < self._below:
            self._below = 0
        self.ended = not self._path

    def _property(self, path: list[str]) -> None:
        if path in ([f"{XMP} Rating"], [f"{XMP} Label"]):
            self._find(path[0].removeprefix(f"{XMP} "), self._text)
        elif path == _KEYWORD and len(self.keywords) < MOST_KEYWORDS:
            word = " ".join(self._text.split())
            if word and len(word) <= LONGEST_TEXT:
                self.keywords[word] = None

    def _find(self, name: str, text: str) -> None:
        """The first one counts."""
        line = " ".join(text.split())
        if line and len(line) <= LONGEST_TEXT:
            self.found.setdefault(name, line)


def _stars(text: str) -> int | None:
    try:
        stars = float(text)
    except ValueError:
        return None
    return round(stars) if REJECTED <= stars <= MOST_STARS else None
