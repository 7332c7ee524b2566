"""XMP sidecars: the cluster as a keyword, stars and a colour label, for Lightroom, Capture One, digiKam and darktable.

A sidecar that is there already is not written anew: what is missing is put into it, and every other byte of it stays.
One that this cannot be done to safely (not UTF-8, not well formed, with a document type, too large) is left alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from xml.parsers import expat

from shoal.domain.marks import MOST_STARS, REJECTED, Marks

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
XMP = "http://ns.adobe.com/xap/1.0/"
LONGEST_SIDECAR = 4 << 20
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_KEYWORDS = f"{DUBLIN_CORE} subject"

_PACKET = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Shoal">
 <rdf:RDF xmlns:rdf="{rdf}">
{description} </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""


def new_sidecar(marks: Marks) -> bytes:
    return _PACKET.format(rdf=RDF, description=_description(marks)).encode()


def merged_sidecar(existing: bytes, marks: Marks) -> bytes | None:
    """`existing` with what it lacks; its own stars and label stay. None if it has to be left alone."""
    try:
        found = _read(existing)
        missing = found.missing(marks)
        merged = _inserted(existing, dict(_insertions(found, missing)))
        return merged if not _read(merged).missing(marks) else None
    except (_LeaveAlone, expat.ExpatError, UnicodeDecodeError):
        return None


class _LeaveAlone(Exception):
    """This sidecar is not written as we know it."""


@dataclass(slots=True)
class _Found:
    """What is in a sidecar, and at which byte something can be put in."""

    keywords: set[str] = field(default_factory=set)
    has_stars: bool = False
    has_label: bool = False
    end_of_keywords: int | None = None
    end_of_all: int | None = None

    def missing(self, marks: Marks) -> Marks:
        return Marks(
            tuple(word for word in map(_plain, marks.keywords) if word and word not in self.keywords),
            None if self.has_stars else marks.stars,
            "" if self.has_label else marks.label,
        )


class _Reader:
    """Follows the elements of a sidecar. Expat expands no entities here, for a document type ends the reading."""

    def __init__(self) -> None:
        self._found = _Found()
        self._path: list[tuple[str, int]] = []  # the open elements, each with the byte it starts at
        self._text: list[str] = []
        self._parser = expat.ParserCreate("UTF-8", " ")
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters

    def read(self, data: bytes) -> _Found:
        self._parser.Parse(data, True)
        if self._found.end_of_all is None:
            raise _LeaveAlone
        return self._found

    def _refuse(self, *_: object) -> None:
        raise _LeaveAlone

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append((name, self._parser.CurrentByteIndex))
        self._text = []
        self._found.has_stars |= f"{XMP} Rating" in {name, *attributes}
        self._found.has_label |= f"{XMP} Label" in {name, *attributes}

    def _characters(self, text: str) -> None:
        self._text.append(text)

    def _end(self, name: str) -> None:
        _, start = self._path.pop()
        around = [element for element, _ in self._path[-2:]]
        if around == [_KEYWORDS, f"{RDF} Bag"] and name == f"{RDF} li":
            self._found.keywords.add("".join(self._text))
        elif around[-1:] == [_KEYWORDS]:
            self._found.end_of_keywords = self._end_of(name, start, f"{RDF} Bag", self._found.end_of_keywords)
        elif name == _KEYWORDS and self._found.end_of_keywords is None:
            raise _LeaveAlone
        elif name == f"{RDF} RDF":
            self._found.end_of_all = self._end_of(name, start, name, self._found.end_of_all)

    def _end_of(self, name: str, start: int, wanted: str, earlier: int | None) -> int:
        """The byte at which the end tag starts. There must be one, of the element that we know, and only once."""
        index = self._parser.CurrentByteIndex
        if name != wanted or index == start or earlier is not None:
            raise _LeaveAlone
        return index


def _read(data: bytes) -> _Found:
    if len(data) > LONGEST_SIDECAR:
        raise _LeaveAlone
    data.decode()
    return _Reader().read(data)


def _insertions(found: _Found, missing: Marks) -> Iterator[tuple[int, str]]:
    """Byte -> what to put there. Keywords join the list that is there; the rest gets a description of its own."""
    keywords = missing.keywords
    if keywords and found.end_of_keywords is not None:
        yield (
            found.end_of_keywords,
            "".join(f'<rdf:li xmlns:rdf="{RDF}">{escape(word, quote=False)}</rdf:li>' for word in keywords),
        )
        keywords = ()
    rest = Marks(keywords, missing.stars, missing.label)
    if rest and found.end_of_all is not None:
        yield found.end_of_all, _description(rest)


def _inserted(data: bytes, insertions: dict[int, str]) -> bytes:
    for index in sorted(insertions, reverse=True):
        data = data[:index] + insertions[index].encode() + data[index:]
    return data


def _description(marks: Marks) -> str:
    attributes = f'xmlns:rdf="{RDF}" xmlns:xmp="{XMP}" xmlns:dc="{DUBLIN_CORE}"'
    if marks.stars is not None:
        attributes += f' xmp:Rating="{min(max(marks.stars, REJECTED), MOST_STARS)}"'
    if marks.label:
        attributes += f" xmp:Label={_quoted(_plain(marks.label))}"
    words = "".join(f"<rdf:li>{escape(_plain(word), quote=False)}</rdf:li>" for word in marks.keywords)
    subject = f"   <dc:subject><rdf:Bag>{words}</rdf:Bag></dc:subject>\n" if words else ""
    return f'  <rdf:Description rdf:about="" {attributes}>\n{subject}  </rdf:Description>\n'


def _quoted(text: str) -> str:
    """As the value of an attribute, where a line break would be read as a space."""
    return f'"{escape(text).replace(chr(10), "&#10;").replace(chr(9), "&#9;")}"'


def _plain(word: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(
        c for c in word if c in "\t\n" or 0x20 <= ord(c) < 0xD800 or 0xE000 <= ord(c) not in {0xFFFE, 0xFFFF}
    )
