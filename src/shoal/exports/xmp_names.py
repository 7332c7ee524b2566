"""The properties of XMP in which programs keep stars, labels, picks and keywords, and how each of them puts them.

What reads and writes which was tried on darktable 4.2.1, digiKam 7.9, Geeqie 2.0.1, exiftool 12.57 and exiv2 0.27.6.
"""

from typing import Final

from shoal.domain.label_colours import COLOURS, COMMON_COLOURS

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DUBLIN_CORE: Final = "http://purl.org/dc/elements/1.1/"
XMP: Final = "http://ns.adobe.com/xap/1.0/"
DIGIKAM: Final = "http://www.digikam.org/ns/1.0/"
DARKTABLE: Final = "http://darktable.sf.net/"
MICROSOFT: Final = "http://ns.microsoft.com/photo/1.0/"
ACDSEE: Final = "http://ns.acdsee.com/iptc/1.0/"
LIGHTROOM: Final = "http://ns.adobe.com/lightroom/1.0/"
PHOTOSHOP: Final = "http://ns.adobe.com/photoshop/1.0/"
CAMERA_RAW: Final = "http://ns.adobe.com/camera-raw-settings/1.0/"
MEDIA_PRO: Final = "http://ns.iview-multimedia.com/mediapro/1.0/"
MEDIA_MANAGEMENT: Final = "http://ns.adobe.com/xap/1.0/mm/"
DYNAMIC_MEDIA: Final = "http://ns.adobe.com/xmp/1.0/DynamicMedia/"
TIFF: Final = "http://ns.adobe.com/tiff/1.0/"
XMP_NOTE: Final = "http://ns.adobe.com/xmp/note/"
PREFIXES: Final = {RDF: "rdf", DUBLIN_CORE: "dc", XMP: "xmp", DIGIKAM: "digiKam", LIGHTROOM: "lr"}
"""Of the properties that are written where they were not before."""

DESCRIPTION, LI = f"{RDF} Description", f"{RDF} li"
CONTAINERS: Final = frozenset(f"{RDF} {kind}" for kind in ("Bag", "Seq", "Alt"))

RATING, LABEL = f"{XMP} Rating", f"{XMP} Label"
ACDSEE_RATING, PERCENT_RATING = f"{ACDSEE} rating", f"{MICROSOFT} Rating"
PICK_LABEL, COLOUR_LABEL = f"{DIGIKAM} PickLabel", f"{DIGIKAM} ColorLabel"
DARKTABLE_COLOURS, URGENCY = f"{DARKTABLE} colorlabels", f"{PHOTOSHOP} Urgency"
FLAG, GOOD = f"{DYNAMIC_MEDIA} pick", f"{DYNAMIC_MEDIA} good"
"""Lightroom's flag: 1, 0 or -1, and the same as True or False."""
STARS_AND_LABELS: Final = (
    *(RATING, ACDSEE_RATING, PERCENT_RATING),
    *(LABEL, COLOUR_LABEL, DARKTABLE_COLOURS),
    *(PICK_LABEL, FLAG),
)
"""In the order in which they count."""

SUBJECT: Final = f"{DUBLIN_CORE} subject"
TREES: Final = f"{LIGHTROOM} hierarchicalSubject"
LEVELS_IN: Final = {
    SUBJECT: "",
    TREES: "|",
    f"{DIGIKAM} TagsList": "/",
    f"{MICROSOFT} LastKeywordXMP": "/",
    f"{MEDIA_PRO} CatalogSets": "|",
    f"{ACDSEE} keywords": "",
}
"""Lists of keywords, and what stands between the levels of one."""
CATEGORIES: Final = f"{ACDSEE} categories"
"""A tree of keywords as XML within a text."""

PERCENTS: Final = (0, 1, 25, 50, 75, 99)
"""What Windows writes for none to five stars."""


def stars_of_percent(percent: float) -> int:
    """As Windows reads values that it does not write itself."""
    return 0 if percent <= 0 else sum(percent > limit for limit in (0, 12, 37, 62, 87))


def colour_numbered(number: int) -> str:
    """digiKam's; "" for none."""
    return COLOURS[number - 1] if 1 <= number <= len(COLOURS) else ""


def darktable_colour(number: int) -> str:
    return COMMON_COLOURS[number] if 0 <= number < len(COMMON_COLOURS) else ""


def short_name(name: str) -> str:
    """For people: "xmp:Rating"."""
    namespace, local = name.split(" ")
    return f"{_SHORT.get(namespace, namespace)}:{local}"


_SHORT: Final = {
    **PREFIXES,
    DARKTABLE: "darktable",
    MICROSOFT: "MicrosoftPhoto",
    ACDSEE: "acdsee",
    DYNAMIC_MEDIA: "xmpDM",
}
