"""Which bytes of an XMP packet say what: its properties, lists and words, each with its place, so that one can be
changed and every other byte stays as it is.

Packets come from strangers: a document type ends the reading, so that no entity is ever expanded; only properties of
the picture itself count, not those of pictures it was made from; what is deeper than a word in a list is passed over.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from shoal.exports.xmp_names import DARKTABLE_COLOURS, DESCRIPTION, LEVELS_IN, RDF

LONGEST_PACKET: Final = 4 << 20  # XMP with masks of a developed RAW is long; beyond this it is a trap
LONGEST_TEXT: Final = 200_000
LISTS: Final = frozenset((*LEVELS_IN, DARKTABLE_COLOURS))
"""Only of these properties the parts are kept."""
_ROOT: Final = f"{RDF} RDF"
_PROPERTY, _DEEPEST = 2, 4
"""Below rdf:RDF: description, property, list, word."""
_MOST_ELEMENTS: Final = 50_000  # each costs an object: a short packet can announce millions
_TAG = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
_DECLARED = re.compile(r"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.-]+)""")
_WESTERN: Final = {"iso-8859-1": "latin-1", "latin1": "latin-1", "windows-1252": "cp1252", "us-ascii": "latin-1"}


class NotXmp(Exception):
    """This is no packet that we can follow."""


@dataclass(slots=True)
class Element:
    """`start` to `end` are its bytes; `inner` to `inner_end` what is between its tags, unless it is written <a/>.

    `name` is "namespace local", `tag` as it is written. Names of attributes are like `name`, and `written` has theirs.
    `prefixes`: all that are known inside it.
    """

    name: str
    tag: str
    start: int
    attributes: dict[str, str]
    written: dict[str, str]
    prefixes: Mapping[str, str]
    inner: int = 0
    inner_end: int = 0
    end: int = 0
    text: str = ""
    children: list["Element"] = field(default_factory=list)
    is_whole: bool = True  # nothing in it was passed over
    is_closed_at_once: bool = False


@dataclass(frozen=True, slots=True)
class Packet:
    """`data` is UTF-8; `encoding` is what it was in, and `mark` what stood before it (a byte order mark)."""

    data: bytes
    root: Element
    encoding: str
    mark: bytes

    @property
    def descriptions(self) -> list[Element]:
        return [element for element in self.root.children if element.name == DESCRIPTION]

    def properties(self, *names: str) -> Iterator[Element]:
        """Those that are written as elements; all of them, or those of these names."""
        for description in self.descriptions:
            yield from (element for element in description.children if not names or element.name in names)

    def simple(self, name: str) -> Iterator[str]:
        """The texts of a property, as attribute and as element."""
        for description in self.descriptions:
            if name in description.attributes:
                yield description.attributes[name]
            yield from (
                element.text for element in description.children if element.name == name and not element.children
            )

    def as_it_was(self, data: bytes) -> bytes:
        """Changed bytes in the encoding of the packet."""
        if self.encoding == "utf-8":
            return data
        return self.mark + data.decode().encode(self.encoding, "xmlcharrefreplace")


def read_packet(data: bytes) -> Packet:
    """Raises NotXmp. What follows the end of the XML is of no concern: packets are padded."""
    if len(data) > LONGEST_PACKET:
        raise NotXmp
    plain, encoding, mark = _as_utf8(data)
    root = _Reader(plain).read()
    return Packet(plain, root, encoding, mark)


def _as_utf8(data: bytes) -> tuple[bytes, str, bytes]:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return _transcoded(data[2:], "utf-16-le" if data[0] == 0xFF else "utf-16-be", data[:2])
    if data[:2] in {b"<\0", b"\0<"}:
        return _transcoded(data, "utf-16-le" if data[0] else "utf-16-be", b"")
    try:
        data.decode()
    except UnicodeDecodeError:
        declared = _DECLARED.match(data[:200].decode("latin-1"))
        return _transcoded(data, _WESTERN.get(declared[1].lower() if declared else "", ""), b"")
    return data, "utf-8", b""


def _transcoded(data: bytes, encoding: str, mark: bytes) -> tuple[bytes, str, bytes]:
    try:
        return data.decode(encoding or "utf-8").encode(), encoding, mark
    except UnicodeError as error:
        raise NotXmp from error


class _Reader:
    """Follows the elements. Expat expands no entities here, for a document type ends the reading."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._root: Element | None = None
        self._open: list[Element] = []  # from rdf:RDF on, those that are kept
        self._depth = self._root_depth = 0
        self._count = 0
        self._ended = False
        self._text: list[str] = []
        self._text_length = 0
        self._prefixes: dict[str, list[str]] = {}
        self._known: Mapping[str, str] = {}
        parser = self._parser = expat.ParserCreate("UTF-8", " ")
        parser.buffer_text = True
        parser.namespace_prefixes = True
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = self._refuse
        parser.StartNamespaceDeclHandler = self._declare
        parser.EndNamespaceDeclHandler = self._forget
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters

    def read(self) -> Element:
        try:
            self._parser.Parse(self._data, True)
        except (expat.ExpatError, ValueError) as error:
            if not self._ended:
                raise NotXmp from error
        if self._root is None or self._open:
            raise NotXmp
        return self._root

    def _refuse(self, *_: object) -> None:
        self._ended = False
        raise NotXmp

    def _declare(self, prefix: str | None, namespace: str | None) -> None:
        self._prefixes.setdefault(prefix or "", []).append(namespace or "")
        self._known = {}

    def _forget(self, prefix: str | None) -> None:
        self._prefixes[prefix or ""].pop()
        self._known = {}

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._root is None:
            if _plain_name(name) != _ROOT:
                return
            self._root_depth = self._depth
        level = self._depth - self._root_depth
        if len(self._open) == level and self._is_wanted(level):
            self._keep(name, attributes)
        else:
            for element in self._open:
                element.is_whole = False

    def _is_wanted(self, level: int) -> bool:
        if level <= _PROPERTY:
            return level > 0 or self._root is None
        return level <= _DEEPEST and self._open[_PROPERTY].name in LISTS

    def _keep(self, name: str, attributes: Mapping[str, str]) -> None:
        self._count += 1
        if self._count > _MOST_ELEMENTS:
            raise NotXmp
        start = self._parser.CurrentByteIndex
        tag = _TAG.match(self._data, start)
        if tag is None:
            raise NotXmp
        plain = {_plain_name(key): value for key, value in attributes.items()}
        written = {_plain_name(key): _written_name(key) for key in attributes}
        element = Element(
            _plain_name(name), _written_name(name), start, plain, written, self._prefixes_now(), inner=tag.end()
        )
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element
        self._open.append(element)
        self._text, self._text_length = [], 0

    def _prefixes_now(self) -> Mapping[str, str]:
        if not self._known:
            self._known = {prefix: names[-1] for prefix, names in self._prefixes.items() if names}
        return self._known

    def _characters(self, text: str) -> None:
        if self._text_length <= LONGEST_TEXT and len(self._open) > 1:
            self._text.append(text)
            self._text_length += len(text)

    def _end(self, _name: str) -> None:
        level = self._depth - self._root_depth
        self._depth -= 1
        self._ended = self._depth == 0
        if not self._open or level != len(self._open) - 1:
            return
        element = self._open.pop()
        element.inner_end = self._parser.CurrentByteIndex
        if self._data[element.inner - 2 : element.inner] == b"/>":
            element.is_closed_at_once, element.end = True, element.inner
        else:
            element.end = self._data.index(b">", element.inner_end) + 1
        element.text = "".join(self._text) if element.is_whole and self._text_length <= LONGEST_TEXT else ""
        self._text, self._text_length = [], 0


def _plain_name(name: str) -> str:
    """What expat makes of a name: namespace, local name and prefix, or only the last two or one of these."""
    return " ".join(name.split(" ")[:2])


def _written_name(name: str) -> str:
    parts = name.split(" ")
    if len(parts) == 3:
        return f"{parts[2]}:{parts[1]}"
    return parts[-1]
