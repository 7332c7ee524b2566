"""Sidecars in the manner of many programs, made from a seed: what each puts where, with what we must not touch."""

import random
from collections.abc import Callable
from xml.sax.saxutils import escape

from shoal.domain.label_colours import COLOURS, COMMON_COLOURS
from shoal.exports.xmp_names import PERCENTS, RDF

Make = Callable[[random.Random], bytes]
_WORDS = ("sea", "Bergen", "A & B", "été", "海", "two words", "x < y")
_SPACES = {
    "xmp": "http://ns.adobe.com/xap/1.0/", "dc": "http://purl.org/dc/elements/1.1/",
    "lr": "http://ns.adobe.com/lightroom/1.0/", "digiKam": "http://www.digikam.org/ns/1.0/",
    "MicrosoftPhoto": "http://ns.microsoft.com/photo/1.0/", "acdsee": "http://ns.acdsee.com/iptc/1.0/",
    "darktable": "http://darktable.sf.net/", "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "crs": "http://ns.adobe.com/camera-raw-settings/1.0/", "tiff": "http://ns.adobe.com/tiff/1.0/",
    "photomechanic": "http://ns.camerabits.com/photomechanic/1.0/", "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "aux": "http://ns.adobe.com/exif/1.0/aux/", "exif": "http://ns.adobe.com/exif/1.0/",
}  # fmt: skip


def _list(name: str, words: list[str], kind: str, line: str = "\n") -> str:
    items = "".join(f"{line}     <rdf:li>{escape(word)}</rdf:li>" for word in words)
    return f"{line}   <{name}>{line}    <rdf:{kind}>{items}{line}    </rdf:{kind}>{line}   </{name}>"


def _title(text: str) -> str:
    return f'\n   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt></dc:title>'


def _packet(attributes: dict[str, str], inside: str, *, xpacket: bool, toolkit: str, quote: str = '"') -> bytes:
    used = {name.split(":")[0] for name in attributes} | {space for space in _SPACES if f"<{space}:" in inside}
    declared = "".join(f"\n    xmlns:{space}={quote}{_SPACES[space]}{quote}" for space in sorted(used))
    said = "".join(f"\n   {name}={quote}{escape(text)}{quote}" for name, text in attributes.items())
    body = (
        f"<x:xmpmeta xmlns:x={quote}adobe:ns:meta/{quote} x:xmptk={quote}{toolkit}{quote}>\n"
        f" <rdf:RDF xmlns:rdf={quote}{RDF}{quote}>\n"
        f"  <rdf:Description rdf:about={quote}{quote}{declared}{said}>{inside}\n  </rdf:Description>\n"
        " </rdf:RDF>\n</x:xmpmeta>"
    )
    if not xpacket:
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()
    return f'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n{body}\n<?xpacket end="w"?>'.encode()


def _some_words(seed: random.Random) -> list[str]:
    return seed.sample(_WORDS, seed.randrange(0, 4))


def lightroom(seed: random.Random) -> bytes:
    attributes = {"xmp:CreatorTool": "Adobe Lightroom 13.0", "crs:Exposure2012": f"{seed.random():+.2f}",
                  "xmpMM:DocumentID": f"xmp.did:{seed.random()}", "photoshop:City": "Oslo & Bergen"}  # fmt: skip
    if seed.random() < 0.7:
        attributes["xmp:Rating"] = str(seed.randrange(-1, 6))
    if seed.random() < 0.5:
        attributes["xmp:Label"] = seed.choice([*COMMON_COLOURS, "Rot", "To print"])
    words = _some_words(seed)
    inside = _list("dc:subject", words, "Bag") + _list("lr:hierarchicalSubject", words, "Bag") if words else ""
    curve = _list("crs:ToneCurvePV2012", ["0, 0", "255, 255"], "Seq")
    return _packet(attributes, inside + curve + _title("a title"), xpacket=True, toolkit="Adobe XMP Core 7.0")


def capture_one(seed: random.Random) -> bytes:
    inside = f"\n   <xmp:Rating>{seed.randrange(0, 6)}</xmp:Rating>" if seed.random() < 0.8 else ""
    inside += f"\n   <xmp:Label>{seed.choice(COMMON_COLOURS)}</xmp:Label>" if seed.random() < 0.6 else ""
    inside += _list("dc:subject", _some_words(seed) or ["one"], "Bag") + _title("from a studio")
    return _packet({}, inside, xpacket=False, toolkit="XMP Core 5.5.0")


def darktable(seed: random.Random) -> bytes:
    attributes = {"xmp:Rating": str(seed.randrange(-1, 6)), "darktable:xmp_version": "5",
                  "darktable:raw_params": "0", "darktable:auto_presets_applied": "1", "darktable:history_end": "3",
                  "exif:DateTimeOriginal": "2024:05:31 10:00:00"}  # fmt: skip
    colours = seed.sample(range(5), seed.randrange(0, 3))
    inside = _list("darktable:colorlabels", [str(one) for one in colours], "Seq") if colours else ""
    inside += "\n   <darktable:masks_history>\n    <rdf:Seq/>\n   </darktable:masks_history>"
    inside += _list("dc:subject", ["darktable"], "Seq")
    return _packet(attributes, inside, xpacket=False, toolkit="XMP Core 4.4.0-Exiv2")


def digikam(seed: random.Random) -> bytes:
    stars, colour = seed.randrange(0, 6), seed.randrange(0, 10)
    attributes = {"xmp:Rating": str(stars), "acdsee:rating": str(stars), "MicrosoftPhoto:Rating": str(PERCENTS[stars]),
                  "digiKam:PickLabel": str(seed.randrange(0, 4)), "digiKam:ColorLabel": str(colour),
                  "tiff:Software": "digiKam-7.9.0", "photoshop:Urgency": str(colour)}  # fmt: skip
    if colour and COLOURS[colour - 1] in COMMON_COLOURS:
        attributes["xmp:Label"] = COLOURS[colour - 1]
    inside = _list("digiKam:TagsList", ["A/B"], "Seq") + _list("lr:hierarchicalSubject", ["A|B"], "Bag")
    return _packet(attributes, inside, xpacket=True, toolkit="XMP Core 4.4.0-Exiv2")


def photo_mechanic(seed: random.Random) -> bytes:
    attributes = {"photomechanic:Prefs": f"{seed.randrange(2)}:{seed.randrange(9)}:0:001234",
                  "photomechanic:Tagged": str(bool(seed.randrange(2))), "xmp:Label": seed.choice(["", "Red", "Winner"]),
                  "xmp:Rating": str(seed.randrange(0, 6)), "photoshop:Urgency": "5"}  # fmt: skip
    return _packet(attributes, _title("A goal"), xpacket=True, toolkit="XMP Core 5.5.0", quote="'")


def apple(seed: random.Random) -> bytes:
    inside = "\n   <aux:Lens>iPhone 15 back camera</aux:Lens>" + _title("Holiday")
    inside += _list("dc:subject", _some_words(seed) or ["Favourite"], "Seq", "")
    if seed.random() < 0.3:
        inside += f"\n   <xmp:Rating>{seed.randrange(0, 6)}</xmp:Rating>"
    return _packet({}, inside, xpacket=False, toolkit="XMP Core 6.0.0")


STYLES: dict[str, Make] = {
    "lightroom": lightroom, "capture-one": capture_one, "darktable": darktable, "digikam": digikam,
    "photo-mechanic": photo_mechanic, "apple": apple,
}  # fmt: skip
