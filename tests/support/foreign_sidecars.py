"""Sidecars as other programs write them, and what is in one by the word of another parser."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence

from shoal.exports.xmp_names import DUBLIN_CORE, RDF

NAMES = {
    "x": "adobe:ns:meta/",
    "rdf": RDF,
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "dc": DUBLIN_CORE,
    "lr": "http://ns.adobe.com/lightroom/1.0/",
    "digiKam": "http://www.digikam.org/ns/1.0/",
    "MicrosoftPhoto": "http://ns.microsoft.com/photo/1.0/",
    "acdsee": "http://ns.acdsee.com/iptc/1.0/",
    "mediapro": "http://ns.iview-multimedia.com/mediapro/1.0/",
    "darktable": "http://darktable.sf.net/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "crs": "http://ns.adobe.com/camera-raw-settings/1.0/",
    "tiff": "http://ns.adobe.com/tiff/1.0/",
    "acme": "http://acme.example/",
}
DECLARED = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMES.items() if prefix not in {"x", "rdf"})


def sidecar(attributes: str = "", inside: str = "") -> bytes:
    return (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/">\n <rdf:RDF xmlns:rdf="{RDF}">\n  <rdf:Description rdf:about=""\n'
        f"    {DECLARED} {attributes}>\n{inside}\n  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n"
    ).encode()


def listed(name: str, words: Sequence[str], kind: str = "Bag") -> str:
    items = "".join(f"\n     <rdf:li>{word}</rdf:li>" for word in words)
    return f"   <{name}>\n    <rdf:{kind}>{items}\n    </rdf:{kind}>\n   </{name}>\n"


def parsed(data: bytes) -> ET.Element:
    return ET.fromstring(data.decode("utf-8-sig"))


def words(data: bytes, name: str) -> list[str]:
    """By another parser."""
    prefix, local = name.split(":")
    found = parsed(data).iterfind(f".//{{{NAMES[prefix]}}}{local}/*/{{{RDF}}}li")
    return [item.text or "" for item in found]


def simple(data: bytes, name: str) -> list[str]:
    prefix, local = name.split(":")
    key = f"{{{NAMES[prefix]}}}{local}"
    elements = [one.text or "" for one in parsed(data).iter(key)]
    return [one.attrib[key] for one in parsed(data).iter() if key in one.attrib] + elements
