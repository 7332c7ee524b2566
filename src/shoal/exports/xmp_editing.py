"""Changing single properties of an XMP packet in place: every byte that says something else stays as it is."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from shoal.exports.keyword_lists import Levels, as_levels, as_word, list_of, one_line, words_of
from shoal.exports.xmp_names import LEVELS_IN, PREFIXES, RDF
from shoal.exports.xmp_tree import Element, NotXmp, Packet, read_packet

_ATTRIBUTE = re.compile(rb"""\s+([^\s=]+)\s*=\s*("[^"]*"|'[^']*')""")
_NOT_IN_XML: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Edits:
    """Collects what is to change in one packet. Nothing is changed before `applied`."""

    def __init__(self, packet: Packet) -> None:
        self._packet = packet
        self._changes: list[tuple[int, int, bytes]] = []
        self._attributes: dict[str, str] = {}
        self._lists: dict[str, list[str]] = {}
        self._copied = b""

    def applied(self) -> Packet:
        """The packet with all changes. Raises NotXmp where they cannot be made."""
        more = self._copied + _description(self._attributes, self._lists)
        if more:
            self._insert_into(self._packet.root, more)
        data = self._packet.data
        later = len(data)
        for start, end, replacement in sorted(self._changes, reverse=True):
            if end > later:
                raise NotXmp  # two changes of the same bytes
            data, later = data[:start] + replacement + data[end:], start
        if data == self._packet.data:
            return self._packet
        changed = read_packet(data)
        return Packet(changed.data, changed.root, self._packet.encoding, self._packet.mark)

    def set_simple(self, name: str, text: str, everywhere: bool = True) -> None:
        """Wherever it stands; where it stands nowhere, only if it shall stand `everywhere`."""
        is_set = False
        for description in self._packet.descriptions:
            if name in description.attributes:
                is_set = True
                if description.attributes[name] != text:
                    self._set_attribute(description, name, text)
        for element in self._packet.properties(name):
            is_set = True
            self._set_text(element, text)
        if everywhere and not is_set:
            self._attributes[name] = plain(text)

    def remove(self, name: str) -> None:
        """As if nobody had ever said it."""
        for description in self._packet.descriptions:
            if name in description.attributes:
                start, end, _value = self._attribute_place(description, name)
                self._changes.append((start, end, b""))
        for element in self._packet.properties(name):
            self._cut(element)

    def add_words(self, name: str, words: Sequence[Levels], everywhere: bool = True) -> None:
        """To every list of this name that there is; where there is none, only if there shall be one `everywhere`."""
        texts = [plain(as_word(levels, LEVELS_IN[name])) for levels in words]
        elements = list(self._packet.properties(name))
        for element in elements:
            self._add_to(element, texts)
        for description in self._packet.descriptions:
            if name in description.attributes:
                start, end, value = self._attribute_place(description, name)
                self._changes.append((start, end, b""))
                self._lists.setdefault(name, []).extend(filter(None, [one_line(value)]))
                elements = []
        if texts and not elements and (everywhere or name in self._lists):
            self._lists.setdefault(name, []).extend(texts)

    def remove_words(self, name: str, words: Sequence[str]) -> None:
        """Those that stand in a list by themselves, not below others."""
        unwanted = set(words)
        for element in self._packet.properties(name):
            container = list_of(element)
            for word in words_of(container) if container else ():
                levels = as_levels(one_line(word.text), LEVELS_IN[name])
                if len(levels) == 1 and levels[0] in unwanted:
                    self._cut(word)

    def set_numbers(self, name: str, numbers: Sequence[int]) -> None:
        """All words of a list that is there."""
        for element in self._packet.properties(name):
            container = list_of(element)
            if container is not None:
                for word in words_of(container):
                    self._cut(word)
                self._fill(container, "".join(f"<{_li(container)}>{number}</{_li(container)}>" for number in numbers))

    def copy_properties(self, elements: Sequence[Element], attributes: Mapping[str, str], source: Packet) -> None:
        """Take over properties of another packet as they are written there, with what their prefixes mean."""
        prefixes: dict[str, str] = {}
        inner = ""
        for element in elements:
            written = source.data[element.start : element.end].decode()
            used = {p: name for p, name in element.prefixes.items() if p != "xml" and (not p or f"{p}:" in written)}
            if any(prefixes.get(prefix, name) != name for prefix, name in used.items()):
                self._copied += _wrapped(_declared(prefixes), inner)
                prefixes, inner = {}, ""
            prefixes |= used
            inner += f"   {written}\n"
        self._copied += _wrapped(_declared(prefixes), inner) if inner else b""
        self._attributes |= attributes

    def _set_text(self, element: Element, text: str) -> None:
        if not element.is_whole:
            raise NotXmp
        if element.text == text:
            return
        if element.is_closed_at_once:
            self._fill(element, escape(plain(text), quote=False))
        else:
            self._changes.append((element.inner, element.inner_end, escape(plain(text), quote=False).encode()))

    def _set_attribute(self, element: Element, name: str, text: str) -> None:
        start, end, _value = self._attribute_place(element, name)
        self._changes.append((start, end, f" {element.written[name]}={_quoted(plain(text))}".encode()))

    def _attribute_place(self, element: Element, name: str) -> tuple[int, int, str]:
        """Where it stands with the blanks before it, and what it says."""
        tag = element.written[name].encode()
        head = self._packet.data[: element.inner]
        for match in _ATTRIBUTE.finditer(head, element.start):
            if match[1] == tag:
                return match.start(), match.end(), element.attributes[name]
        raise NotXmp

    def _add_to(self, element: Element, texts: Sequence[str]) -> None:
        container = list_of(element)
        if container is not None:
            self._append(container, texts)
        elif element.children or not element.is_whole:
            raise NotXmp
        else:
            word = one_line(element.text)
            if element.text.strip() and not word:
                raise NotXmp
            bag = _bag([*filter(None, [word]), *texts], "rdf", f' xmlns:rdf="{RDF}"', "   ")
            self._set_content(element, bag)

    def _append(self, container: Element, texts: Sequence[str]) -> None:
        tag, words = _li(container), words_of(container)
        items = [f"<{tag}>{escape(text, quote=False)}</{tag}>" for text in texts]
        if not words:
            self._put_first(container, "".join(items))
            return
        before = self._blanks_before(words[-1])
        place = words[-1].end
        self._changes.append((place, place, b"".join(before + item.encode() for item in items)))

    def _blanks_before(self, element: Element) -> bytes:
        head = self._packet.data[: element.start]
        return head[len(head.rstrip(b" \t\r\n")) :]

    def _set_content(self, element: Element, text: str) -> None:
        if element.is_closed_at_once:
            self._fill(element, text)
        else:
            self._changes.append((element.inner, element.inner_end, text.encode()))

    def _put_first(self, element: Element, text: str) -> None:
        """Instead of blanks alone; before anything else, which stays, whatever it is."""
        inside = self._packet.data[element.inner : element.inner_end]
        if element.is_closed_at_once or not inside.strip():
            self._set_content(element, text)
        else:
            self._changes.append((element.inner, element.inner, text.encode()))

    def _insert_into(self, element: Element, content: bytes) -> None:
        """At its end."""
        if element.is_closed_at_once:
            self._fill(element, "\n" + content.decode())
        else:
            begins_a_line = self._packet.data[: element.inner_end].rstrip(b" \t").endswith(b"\n")
            content = content if begins_a_line else b"\n" + content
            self._changes.append((element.inner_end, element.inner_end, content))

    def _fill(self, element: Element, text: str) -> None:
        """Give an element something inside; one that was closed at once is opened for it."""
        if element.is_closed_at_once:
            slash = self._packet.data.rindex(b"/", element.start, element.inner)
            self._changes.append((slash, element.inner, f">{text}</{element.tag}>".encode()))
        else:
            self._changes.append((element.inner_end, element.inner_end, text.encode()))

    def _cut(self, element: Element) -> None:
        start = element.start - len(self._blanks_before(element))
        self._changes.append((start, element.end, b""))


def plain(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _NOT_IN_XML.sub("", text)


def empty_packet(head: str) -> bytes:
    """A packet that says nothing yet; `head` names the program."""
    return _EMPTY.format(head=head, rdf=RDF).encode()


_EMPTY: Final = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="{head}">
 <rdf:RDF xmlns:rdf="{rdf}">
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""


def _li(container: Element) -> str:
    """A word's tag, with the prefix that its list has."""
    prefix, colon, _local = container.tag.rpartition(":")
    return f"{prefix}{colon}li"


def _description(attributes: Mapping[str, str], lists: Mapping[str, Sequence[str]]) -> bytes:
    """What was said nowhere yet, each element on a line of its own: darktable's reader of IMG.xmp counts on that."""
    if not (attributes or lists):
        return b""
    namespaces = dict.fromkeys([RDF, *(name.split(" ")[0] for name in (*attributes, *lists))])
    prefixes = {namespace: PREFIXES.get(namespace, f"ns{number}") for number, namespace in enumerate(namespaces)}
    declared = _declared({prefix: namespace for namespace, prefix in prefixes.items()})
    said = "".join(f"\n   {_prefixed(name, prefixes)}={_quoted(text)}" for name, text in attributes.items())
    written = {_prefixed(name, prefixes): words for name, words in lists.items()}
    inner = "".join(f"   <{tag}>{_bag(words, 'rdf', '', '   ')}</{tag}>\n" for tag, words in written.items())
    return _wrapped(declared + said, inner)


def _prefixed(name: str, prefixes: Mapping[str, str]) -> str:
    namespace, local = name.split(" ")
    return f"{prefixes[namespace]}:{local}"


def _declared(prefixes: Mapping[str, str]) -> str:
    return "".join(f"\n    xmlns{':' if prefix else ''}{prefix}={_quoted(name)}" for prefix, name in prefixes.items())


def _wrapped(head: str, inner: str) -> bytes:
    rdf = "" if f"xmlns:rdf={_quoted(RDF)}" in head else f' xmlns:rdf="{RDF}"'
    return f' <rdf:Description rdf:about=""{rdf}{head}>\n{inner}  </rdf:Description>\n'.encode()


def _bag(words: Sequence[str], prefix: str, declared: str, indent: str) -> str:
    items = "".join(f"\n{indent}  <{prefix}:li>{escape(word, quote=False)}</{prefix}:li>" for word in words)
    return f"\n{indent} <{prefix}:Bag{declared}>{items}\n{indent} </{prefix}:Bag>\n{indent}"


def _quoted(text: str) -> str:
    """As the value of an attribute, where a line break would be read as a space."""
    return f'"{escape(text).replace(chr(10), "&#10;").replace(chr(9), "&#9;")}"'
