"""What belongs to a picture by its name, in the habit of each program: one row per kind.

To add one: one row here, with a picture and a companion as the program names them; a test goes through all rows.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Role = Literal["", "picture", "companion", "sidecar", "document", "aside", "beside"]
"""What a file of an export is in its family. `aside`: what a newer file took the place of, kept for undo. `beside`: no
export has put it there, but it goes where its picture goes. "": a marker, or not known."""

# fmt: off
RAW_SUFFIXES = frozenset({
    "3fr", "arw", "cr2", "cr3", "crw", "dcr", "dng", "erf", "fff", "gpr", "iiq", "kdc", "mef", "mos", "mrw", "nef",
    "nrw", "orf", "pef", "raf", "rw2", "rwl", "sr2", "srf", "srw", "x3f",
})
# fmt: on

SIDECAR_SUFFIX = "xmp"

SIDE_FOLDERS: Mapping[str, str] = {"captureone": "settings", "nksc_param": "", "silkypix_ds": ""}
"""Sub-folders in which programs keep what belongs to the pictures beside them; of some only folders in them that begin
so. In lower case."""

SWAPS = {"img_e": ".E", "img_o": ".O", "snd_": ".SND"}
"""How the name of a companion begins where that of its picture begins with IMG_; and what follows the picture's name
instead, if that begins otherwise."""
SWAPPED = "img_"


@dataclass(frozen=True, slots=True)
class Claim:
    """Whose companion a file is by its name, in lower case: `of` is the other's whole name, what stands before its
    suffix, or how it begins; `number` is what Google put in brackets to tell equal names apart."""

    of: str
    by: Literal["name", "stem", "beginning"]
    number: str = ""


Claims = Callable[[str], Iterator[Claim]]
"""From a name in lower case to what it may belong to, the likeliest first."""


@dataclass(frozen=True, slots=True)
class CompanionKind:
    """`example`: a picture and a companion of it. `endings`: of files that are called as the picture is, but for its
    suffix. `claims`: for names that are built in another way. `folder`: where they lie, below the picture's folder."""

    program: str
    example: tuple[str, str]
    endings: tuple[str, ...] = ()
    claims: Claims | None = None
    folder: str = ""


def stem_of(name: str) -> str:
    """What stands before the suffix; all of it, if there is none."""
    stem, dot, _ = name.rpartition(".")
    return stem if dot else name


def suffix_of(name: str) -> str:
    """In lower case, without the dot; empty if there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def sidecars_of(picture: Path, companions: Sequence[Path]) -> list[Path]:
    """In XMP, that of the picture itself (IMG.JPG.xmp) first, then that of all of its family (IMG.xmp)."""
    sidecars = [path for path in companions if suffix_of(path.name) == SIDECAR_SUFFIX]
    names = [same_name(f"{name}.{SIDECAR_SUFFIX}") for name in (picture.name, picture.stem)]
    order = {name: at for at, name in enumerate(names)}
    return sorted(sidecars, key=lambda path: order.get(same_name(path.name), len(names)))


def composed(name: str) -> str:
    """One way of writing letters with accents: of copies by way of a Mac some names come back in the other."""
    return unicodedata.normalize("NFC", name)


def same_name(name: str) -> str:
    """Equal for names that programs take for the same: without case, however accents are written."""
    return composed(name).casefold()


def is_hidden(name: str) -> bool:
    """Dot files, which nobody means to show."""
    return name.startswith(".")


_INFIX = re.compile(
    r"(?:\.(?:[A-Z_]{2,20}-\d\d|MP|NIGHT|PORTRAIT|PANO|COVER|ORIGINAL|E|O|SND)){1,6}( ?\(\d+\))?$"
    r"|(?:\.night|\.portrait|\.[a-z_]{2,20}-\d\d){1,3}(?:\.mp)?\.(?:cover|original)( ?\(\d+\))?$"
    r"|_COVER$|(?i:__highres)$"
)
_BEHIND = re.compile(r"(?:\.ORIGINAL|-\d\d(?:\.mp)?\.original|\.E|(?i:__highres))(?: ?\(\d+\))?$")
_NUMBERED = re.compile(r"(.+?)\((\d+)\)\.json")
_VERSION = re.compile(r"(.+)_(?:\d\d|[1-9]\d\d+)(\.[^.]+)\.xmp")
_SWAPPED = re.compile(r"(img_[eo]|snd_)(\d+(?: ?\(\d+\))?)\.[^.]+")
_CUT_AT = 46
_SHORTEST_CUT = 40
_GOOGLES = "supplemental-metadata"


def shot_stem(name: str) -> str:
    """The part of a picture's name that all of its shot share: without what telephones put in after it, such as
    `.RAW-01.COVER`, `.MP` or `__highres`."""
    return _parted(name)[0]


def shot_key(name: str) -> str:
    """Equal, but for case, for the pictures of a shot only: with the number that tells equal names apart,
    `PXL_1.RAW-01.COVER(1).jpg`."""
    return "".join(_parted(name))


def _parted(name: str) -> tuple[str, str]:
    stem = stem_of(name)
    if "." not in stem and not stem.endswith("_COVER") and not stem.lower().endswith("__highres"):
        return stem, ""
    infix = _INFIX.search(stem)
    return (stem[: infix.start()], infix[1] or infix[2] or "") if infix and infix.start() else (stem, "")


def stands_behind(name: str) -> bool:
    """Of two pictures of one shot the one that was not chosen, `PXL_1.PORTRAIT-02.ORIGINAL.jpg`, or an edited one that
    we called so, `Beach_1.E.JPG`."""
    return _BEHIND.search(stem_of(name)) is not None


def whole_name(name: str) -> Iterator[Claim]:
    """`IMG_1.CR2.xmp`, `IMG_1.JPG.supplemental-meta.json`: another file's whole name, and something after a dot."""
    parts = name.split(".")
    for count in range(len(parts) - 1, 0, -1):
        yield Claim(".".join(parts[:count]), "name")


def _google_numbered(name: str) -> Iterator[Claim]:
    """`IMG_1.JPG(2).json` goes with `IMG_1(2).JPG`; names that were cut keep the number behind."""
    match = _NUMBERED.fullmatch(name) if name.endswith(").json") else None
    if match is None:
        return
    told, number = match.groups()
    for other in (told, *(claim.of for claim in whole_name(told))):
        stem, dot, suffix = other.rpartition(".")
        if dot:
            yield Claim(f"{stem}({number}).{suffix}", "name")
    if _is_cut(told):
        yield Claim(told, "beginning", number)


def _google_cut(name: str) -> Iterator[Claim]:
    told = name.removesuffix(".json")
    if told != name and _is_cut(told):
        yield Claim(told, "beginning")


def _is_cut(told: str) -> bool:
    """Google cuts at 46 characters, and counts letters beyond ASCII in its own way."""
    return len(told) <= _CUT_AT + 1 and len(told.encode("utf-8", "replace")) >= _SHORTEST_CUT


def continues(beginning: str, name: str) -> bool:
    """Whether a name that Google cut to `beginning` may have been made from that of this picture."""
    return f"{name}.{_GOOGLES}".startswith(beginning)


def _darktable_version(name: str) -> Iterator[Claim]:
    match = _VERSION.fullmatch(name) if name.endswith(".xmp") else None
    if match:
        yield Claim(match[1] + match[2], "name")


def _exiftool_original(name: str) -> Iterator[Claim]:
    if name.endswith("_original"):
        yield Claim(name.removesuffix("_original"), "name")


def _backup(name: str) -> Iterator[Claim]:
    if name.endswith("~"):
        yield Claim(name.rstrip("~"), "name")


def _swapped(name: str) -> Iterator[Claim]:
    match = _SWAPPED.fullmatch(name) if name.startswith(tuple(SWAPS)) else None
    if match and (match[1] != "snd_" or name.endswith(".wav")):
        yield Claim(f"{SWAPPED}{match[2]}", "stem")


def _live_photo_film(name: str) -> Iterator[Claim]:
    if name.endswith("_hevc.mov"):
        yield Claim(name.removesuffix("_hevc.mov"), "stem")


_LONG = "Our holiday by the sea with all of the family, second week.jpg"

COMPANION_KINDS: tuple[CompanionKind, ...] = (
    CompanionKind("cameras: RAW", ("IMG_1.JPG", "IMG_1.CR2"), tuple(sorted(RAW_SUFFIXES))),
    CompanionKind(
        "Google Pixel: RAW", ("PXL_20250126_164931991.RAW-01.COVER.jpg", "PXL_20250126_164931991.RAW-02.ORIGINAL.dng")
    ),
    CompanionKind("Google Pixel: portrait", ("PXL_1.PORTRAIT-01.COVER.jpg", "PXL_1.PORTRAIT-02.ORIGINAL.jpg")),
    CompanionKind("Lumia: high resolution", ("WP_1_Raw.jpg", "WP_1_Raw__highres.dng")),
    CompanionKind("Google Photos: edited", ("IMG_1.jpg", "IMG_1-edited.jpg")),
    CompanionKind("osxphotos: edited", ("IMG_1.heic", "IMG_1_edited.jpeg")),
    CompanionKind("Shotwell: developed", ("IMG_1.CR2", "IMG_1_CR2_shotwell.jpg")),
    CompanionKind("bursts", ("IMG_BURST003_COVER.jpg", "IMG_BURST003.dng")),
    CompanionKind("Google Photos", ("IMG_1(2).JPG", "IMG_1.JPG(2).json"), claims=_google_numbered),
    CompanionKind("any program", ("IMG_1.JPG", "IMG_1.JPG.unheard-of"), claims=whole_name),
    CompanionKind("Lightroom, Bridge, Photo Mechanic", ("IMG_1.CR2", "IMG_1.xmp"), ("xmp",)),
    CompanionKind("darktable, digiKam", ("IMG_1.CR2", "IMG_1.CR2.xmp")),
    CompanionKind("darktable: versions", ("IMG_4.JPG", "IMG_4_01.JPG.xmp"), claims=_darktable_version),
    CompanionKind("Camera Raw", ("IMG_1.CR2", "IMG_1.acr"), ("acr",)),
    CompanionKind("RawTherapee", ("IMG_1.JPG", "IMG_1.JPG.pp3"), ("pp3",)),
    CompanionKind("ART", ("IMG_1.JPG", "IMG_1.JPG.arp"), ("arp",)),
    CompanionKind("DxO PhotoLab", ("IMG_1.JPG", "IMG_1.JPG.dop"), ("dop",)),
    CompanionKind("ON1 Photo RAW", ("IMG_1.CR2", "IMG_1.on1"), ("on1", "onphoto")),
    CompanionKind("Capture One", ("IMG_1.CR2", "IMG_1.CR2.cos"), ("cos",), folder="CaptureOne/Settings1632"),
    CompanionKind("Nikon NX Studio", ("DSC_1.NEF", "DSC_1.NEF.nksc"), ("nksc",), folder="NKSC_PARAM"),
    CompanionKind("SILKYPIX", ("P100.RW2", "P100.RW2.11.spd"), ("spd",), folder="SILKYPIX_DS"),
    CompanionKind("Canon DPP", ("IMG_1.CR2", "IMG_1.vrd"), ("vrd", "dr4")),
    CompanionKind("UFRaw", ("IMG_1.CR2", "IMG_1.ufraw"), ("ufraw",)),
    CompanionKind(
        "Photoshop, GIMP, Affinity, Krita", ("IMG_1.CR2", "IMG_1.psd"), ("psd", "psb", "xcf", "afphoto", "kra")
    ),
    CompanionKind("exiftool, exiv2", ("IMG_1.JPG", "IMG_1.exif"), ("exif", "exv", "mie")),
    CompanionKind("exiftool: before the change", ("IMG_1.JPG", "IMG_1.JPG_original"), claims=_exiftool_original),
    CompanionKind("editors: before the change", ("IMG_1.JPG", "IMG_1.JPG~"), claims=_backup),
    CompanionKind("Apple: edits", ("IMG_1.HEIC", "IMG_1.AAE"), ("aae",)),
    CompanionKind("Apple: Live Photos", ("IMG_1.HEIC", "IMG_1.MOV"), ("mov",)),
    CompanionKind("iCloud: Live Photos", ("IMG_1.HEIC", "IMG_1_HEVC.MOV"), claims=_live_photo_film),
    CompanionKind("Apple: edited; Canon: sound", ("IMG_1234.HEIC", "IMG_E1234.JPG"), claims=_swapped),
    CompanionKind("telephones: motion photos", ("PXL_1.MP.jpg", "PXL_1.MP"), ("mp", "mp4", "3gp")),
    CompanionKind("cameras: voice memos", ("DSC_1.JPG", "DSC_1.WAV"), ("wav", "amr", "m4a")),
    CompanionKind("cameras: previews", ("CRW_1.CRW", "CRW_1.THM"), ("thm", "lrv", "lrf")),
    CompanionKind("DJI: flight data", ("DJI_1.JPG", "DJI_1.SRT"), ("srt",)),
    CompanionKind("OM System: high resolution", ("P1010001.ORF", "P1010001.ORI"), ("ori",)),
    CompanionKind("PhotoPrism", ("IMG_1.JPG", "IMG_1.yml"), ("yml",)),
    CompanionKind("Google Photos: without suffix", ("IMG_1.JPG", "IMG_1.json"), ("json",)),
    CompanionKind("Google Photos: long names", (_LONG, _LONG[:_CUT_AT] + ".json"), claims=_google_cut),
    CompanionKind("LabelImg, YOLO, kohya: labels and captions", ("cat.jpg", "cat.txt"), ("txt", "xml", "caption")),
)

_BY_STEM = frozenset(ending for kind in COMPANION_KINDS for ending in kind.endings) - RAW_SUFFIXES
_CLAIMS = [kind.claims for kind in COMPANION_KINDS if kind.claims]
_EARLY, _LATE = _CLAIMS[: _CLAIMS.index(whole_name) + 1], _CLAIMS[_CLAIMS.index(whole_name) + 1 :]


def claims_of(name: str) -> Iterator[Claim]:
    """What a file that is no picture may belong to, the likeliest first."""
    lower = name.lower()
    for claims in _EARLY:
        yield from claims(lower)
    stem, _, suffix = lower.rpartition(".")
    if suffix in _BY_STEM:
        yield Claim(stem, "stem")
        shot = shot_key(name).lower()
        if shot != stem:
            yield Claim(shot, "stem")
    for claims in _LATE:
        yield from claims(lower)


def swapped_stem(name: str) -> str | None:
    """Of an edited picture (IMG_E1234.JPG) what the one that it was made from is called before its suffix."""
    if name[:5].lower() not in SWAPS:
        return None
    claim = next(_swapped(name.lower()), None)
    return claim.of if claim else None
