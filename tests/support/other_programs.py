"""What other programs read of exported pictures: by their rules, and by the programs themselves where there are any.

The rules were measured on darktable 4.2.1, digiKam 7.9 and Geeqie 2.0.1 (Debian 12).
"""

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from tests.support.foreign_sidecars import simple, words

COLOURS = ("", "Red", "Orange", "Yellow", "Green", "Blue", "Purple", "Grey", "Black", "White")
FIVE = ("Red", "Yellow", "Green", "Blue", "Purple")


@dataclass(frozen=True)
class View:
    """What a program shows of a picture; `pick` is digiKam's number, and `keywords` have "/" between their levels."""

    stars: int = 0
    label: str = ""
    pick: int = 0
    keywords: frozenset[str] = frozenset()
    title: str = ""


def _sidecar(picture: Path, *order: str) -> bytes:
    """The one that the program reads: no other."""
    names = {"whole": picture.with_name(f"{picture.name}.xmp"), "stem": picture.with_suffix(".xmp")}
    return next((names[style].read_bytes() for style in order if names[style].exists()), b"")


def _first(sidecar: bytes, name: str) -> str:
    return next(iter(simple(sidecar, name)), "")


def _levels(sidecar: bytes, *lists: tuple[str, str]) -> frozenset[str]:
    """Of the first list that is not empty."""
    for name, separator in lists:
        found = words(sidecar, name)
        if found:
            return frozenset(word.replace(separator, "/") if separator else word for word in found)
    return frozenset()


def by_rule_of_darktable(picture: Path) -> View:
    """IMG.JPG.xmp before IMG.xmp; xmp:Label before its own labels; a list with levels before the plain one."""
    sidecar = _sidecar(picture, "whole", "stem")
    label = _first(sidecar, "xmp:Label")
    own = [FIVE[int(number)] for number in words(sidecar, "darktable:colorlabels")]
    return View(
        int(_first(sidecar, "xmp:Rating") or 0),
        label if label in FIVE else "" if label else next(iter(own), ""),
        keywords=_levels(sidecar, ("lr:hierarchicalSubject", "|"), ("dc:subject", "")),
        title=next(iter(words(sidecar, "dc:title")), ""),
    )


def by_rule_of_digikam(picture: Path) -> View:
    """IMG.xmp before IMG.JPG.xmp; its own colour before xmp:Label; stars that Windows set where xmp:Rating is none."""
    sidecar = _sidecar(picture, "stem", "whole")
    label, colour = _first(sidecar, "xmp:Label"), COLOURS[int(_first(sidecar, "digiKam:ColorLabel") or 0)]
    rating = _first(sidecar, "xmp:Rating")
    percent = int(_first(sidecar, "MicrosoftPhoto:Rating") or 0)
    lists = [("digiKam:TagsList", ""), ("MicrosoftPhoto:LastKeywordXMP", ""), ("lr:hierarchicalSubject", "|")]
    return View(
        int(rating) if rating in set("012345") else sum(percent > limit for limit in (0, 12, 37, 62, 87)),
        colour or (label if label in FIVE else ""),
        int(_first(sidecar, "digiKam:PickLabel") or 0),
        _levels(sidecar, *lists, ("mediapro:CatalogSets", "|"), ("dc:subject", "")),
    )


def by_rule_of_geeqie(picture: Path) -> View:
    sidecar = _sidecar(picture, "stem", "whole")
    return View(int(_first(sidecar, "xmp:Rating") or 0), keywords=_levels(sidecar, ("dc:subject", "")))


RULES: Mapping[str, Callable[[Path], View]] = {
    "darktable": by_rule_of_darktable,
    "digiKam": by_rule_of_digikam,
    "Geeqie": by_rule_of_geeqie,
}

_LUA = """
local dt = require "darktable"
local out = io.open(os.getenv("OUT"), "w")
dt.database.import(os.getenv("FOLDER"))
local tries = 0
while #dt.database < tonumber(os.getenv("COUNT")) and tries < 600 do dt.control.sleep(100); tries = tries + 1 end
for i = 1, #dt.database do
  local image, label, tags = dt.database[i], "", {}
  for _, name in ipairs({"red", "yellow", "green", "blue", "purple"}) do if image[name] then label = name end end
  for _, tag in ipairs(dt.tags.get_tags(image)) do
    if not tag.name:match("^darktable|") then tags[#tags + 1] = tag.name end
  end
  local shown = {image.filename, tostring(image.rating), label, table.concat(tags, ","), image.title}
  out:write(table.concat(shown, "\\t"), "\\n")
end
out:write("done\\n")
out:close()
"""


def has_darktable() -> bool:
    return bool(shutil.which("darktable") and shutil.which("xvfb-run"))


def darktable_reads(folder: Path, count: int) -> dict[str, View]:
    """The real one imports a folder, in a library that is gone afterwards, and leaves the sidecars alone.

    It hangs now and then when it starts; so it gets three tries. Raises TimeoutError.
    """
    for _try in range(3):
        with tempfile.TemporaryDirectory() as place:
            lines = _darktable_says(folder, count, Path(place))
        if lines:
            return dict(map(_darktable_view, lines))
    raise TimeoutError("darktable did not come to an end")


def _darktable_says(folder: Path, count: int, place: Path) -> list[str]:
    script, out = place / "read.lua", place / "out.txt"
    script.write_text(_LUA)
    arguments = ["--configdir", f"{place}/conf", "--cachedir", f"{place}/cache", "--library", ":memory:"]
    arguments += ["--disable-opencl", "--conf", "write_sidecar_files=never", "--luacmd", f"dofile('{script}')"]
    program = subprocess.Popen(
        ["xvfb-run", "-a", "darktable", *arguments],
        env={**os.environ, "OUT": str(out), "FOLDER": str(folder), "COUNT": str(count)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    end = time.monotonic() + 60
    while time.monotonic() < end and not (out.exists() and out.read_text().endswith("done\n")):
        time.sleep(0.2)
    for signal in (15, 9):  # of its own accord it would show its window for ever
        with suppress(ProcessLookupError, subprocess.TimeoutExpired):
            os.killpg(program.pid, signal)
            program.wait(5)
    return out.read_text().splitlines()[:-1] if out.exists() else []


def _darktable_view(line: str) -> tuple[str, View]:
    name, stars, label, tags, title = line.split("\t")
    keywords = frozenset(tag.replace("|", "/") for tag in tags.split(",") if tag)
    return name, View(int(stars), label.capitalize(), 0, keywords, title)


_LIBRARY = Path("/usr/lib/digikam/libdigikamcore.so.7.9.0")


def has_digikam() -> bool:
    qt = subprocess.run(["pkg-config", "--exists", "Qt5Core"], check=False) if shutil.which("pkg-config") else None
    return bool(_LIBRARY.exists() and shutil.which("g++") and qt and qt.returncode == 0)


def digikam_reads(pictures: Sequence[Path]) -> dict[str, View]:
    """Its own library, called from a small program that is built for it."""
    with tempfile.TemporaryDirectory() as place:
        flags = subprocess.run(
            ["pkg-config", "--cflags", "--libs", "Qt5Core"], capture_output=True, check=True, text=True
        )
        source, reader = Path(__file__).with_name("digikam_reader.cpp"), f"{place}/reader"
        linked = [*flags.stdout.split(), str(_LIBRARY), f"-Wl,-rpath,{_LIBRARY.parent}", "-Wl,--allow-shlib-undefined"]
        subprocess.run(["g++", "-fPIC", "-w", str(source), "-o", reader, *linked], check=True)
        read = subprocess.run([reader, *map(str, pictures)], capture_output=True, check=True, text=True)
    return dict(_digikam_view(line) for line in read.stdout.splitlines())


def _digikam_view(line: str) -> tuple[str, View]:
    """-1 is none."""
    path, stars, pick, colour, tags = line.split("\t")
    keywords = frozenset(tag for tag in tags.split(",") if tag)
    return Path(path).name, View(max(0, int(stars)), COLOURS[max(0, int(colour))], max(0, int(pick)), keywords)


def exiftool_reads(sidecars: Iterable[Path]) -> dict[str, View]:
    command = ["exiftool", "-j", "-struct", "-XMP:all", *map(str, sidecars)]
    read = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    return {Path(one["SourceFile"]).name: _exiftool_view(one) for one in json.loads(read)}


def _exiftool_view(one: Mapping[str, object]) -> View:
    subject = one.get("Subject", [])
    keywords = frozenset(map(str, subject if isinstance(subject, list) else [subject]))
    title = one.get("Title", "")
    return View(int(str(one.get("Rating", 0))), str(one.get("Label", "")), 0, keywords, str(title))


def exiv2_reads(sidecar: Path) -> View:
    command = ["exiv2", "-q", "-PEXkt", "pr", str(sidecar)]
    read = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    found = dict(line.split(None, 1) for line in read.splitlines() if len(line.split(None, 1)) == 2)
    subject = frozenset(word.strip() for word in found.get("Xmp.dc.subject", "").split(",") if word.strip())
    return View(int(found.get("Xmp.xmp.Rating", 0)), found.get("Xmp.xmp.Label", "").strip(), 0, subject)


def without(view: View, **fields: object) -> View:
    """What a program does not know is not compared."""
    return replace(view, **fields)  # type: ignore[arg-type]  # tests name them right
