"""How Shoal reads a folder of foreign pictures, held against other programs: `python tests/corpora/run.py FOLDER`.

    [--json FILE] [--more-than 12] [--without NAME,NAME] [--most N]

Every file whose name ends as a picture's is decoded as the program does it, and its date, stars and keywords are read,
from the file alone, without its sidecars. Printed are: how many are read; those refused, by reason, and which other
programs read them; those on which a program that is installed disagrees: pixels (mean difference of the upright
thumbnails, of 255), direction (turned another way, the difference would be small), date, stars, keywords. The last line
is one JSON object of counts. Where programs disagree none need be right: look at the file.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]

import numpy as np
from PIL import Image
from tests.corpora.references import Pixels, Read, installed, read_by_exiftool, thumbnail

from shoal.delivering.picture_marks import look_at_shot
from shoal.domain.companions import suffix_of
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.task import Task
from shoal.imaging.fingerprint import read_image_file
from shoal.imaging.limits import DecodeLimits, UnreadableImage
from shoal.imaging.picture_kinds import image_suffixes
from shoal.imaging.sizes import upright
from shoal.looking.picture_decoder import decode_safely

GEOMETRY = InputGeometry(size=64, resize=72)
ALIKE = 12.0
"""Mean difference, of 255, up to which two thumbnails are taken for the same: filters differ, some leave it sharper."""

GROUNDS = (255, 128, 40)
"""What transparent pictures may stand on."""

TURNS = range(2, 9)
_SHORT_OF_A_DAY = 10


@dataclass(slots=True)
class Seen:
    """One file. `others`: program -> difference, None where it cannot read the file; `trouble`: kind -> what."""

    path: Path
    reason: str = ""
    damaged: bool = False
    others: dict[str, float | None] = field(default_factory=dict)
    trouble: dict[str, str] = field(default_factory=dict)


def pictures(folder: Path, most: int) -> list[Path]:
    found = sorted(path for path in folder.rglob("*") if suffix_of(path.name) in image_suffixes() and path.is_file())
    return found[:most]


def look(path: Path, programs: Sequence[str], read: Read | None, more_than: float) -> Seen:
    seen = Seen(path)
    others = {name: thumbnail(name, path) for name in programs}
    try:
        decoded = decode_safely(read_image_file(path, DecodeLimits()), path.suffix, GEOMETRY, DecodeLimits(), Task())
    except UnreadableImage as error:
        seen.reason = str(error.reason)
        seen.others = {name: None if other is None else 0.0 for name, other in others.items()}
        return seen
    seen.damaged = decoded.facts.damaged
    for name, other in others.items():
        seen.others[name] = None if other is None else difference(decoded.thumbnail, other)
    seen.trouble |= dict(_pixel_trouble(decoded.thumbnail, others, more_than))
    if read is not None:
        seen.trouble |= dict(_told_trouble(path, decoded.facts.taken, read))
    return seen


def difference(one: Pixels, other: Pixels) -> float:
    """Mean over all pixels and colours; where proportions differ by more than a pixel, 255.

    What is transparent in `other` is compared on the ground, of those that Shoal takes, that suits best.
    """
    (height, width), (high, wide) = one.shape[:2], other.shape[:2]
    if abs(width * high - height * wide) > 2 * max(width, height, wide, high):
        return 255.0
    resized = Image.fromarray(other).resize((width, height), Image.Resampling.BOX)
    return min(float(np.abs(_on(ground, one) - _on(ground, resized)).mean()) for ground in GROUNDS)


def _on(ground: int, picture: Pixels | Image.Image) -> np.ndarray:
    pixels = np.asarray(picture).astype(float)
    clear = 1 - pixels[..., 3:] / 255 if pixels.shape[2] == 4 else 0
    return pixels[..., :3] * (1 - clear) + ground * clear


def _pixel_trouble(ours: Pixels, others: dict[str, Pixels | None], more_than: float) -> Iterator[tuple[str, str]]:
    there = {name: other for name, other in others.items() if other is not None}
    unlike = {name: found for name, other in there.items() if (found := difference(ours, other)) > more_than}
    for name, far in unlike.items():
        turned = {turn: difference(ours, np.asarray(upright(Image.fromarray(there[name]), turn))) for turn in TURNS}
        best = min(turned, key=lambda turn: turned[turn])
        if turned[best] < min(more_than, far / 2):
            yield f"direction ({name})", f"as if by orientation {best}"
        else:
            yield f"pixels ({name})", f"{far:.1f}"
    together = [(a, b) for a in unlike for b in unlike if a < b and difference(there[a], there[b]) <= more_than]
    if together and len(unlike) == len(there):
        yield "Shoal alone", f"{' and '.join(together[0])} agree"


def _told_trouble(path: Path, taken: str | None, read: Read) -> Iterator[tuple[str, str]]:
    if taken != read.taken:
        far = "day" if (taken or "")[:_SHORT_OF_A_DAY] != (read.taken or "")[:_SHORT_OF_A_DAY] else "moment"
        yield (
            f"date ({'missing' if taken is None else 'not there' if read.taken is None else far})",
            (f"{taken}, by exiftool {read.taken}"),
        )
    marks = look_at_shot(path).marks
    if marks.stars != read.stars and (marks.stars or read.stars):
        yield "stars", f"{marks.stars}, by exiftool {read.stars}"
    if frozenset(marks.keywords) != read.keywords:
        missing, more = read.keywords - set(marks.keywords), set(marks.keywords) - read.keywords
        yield "keywords", f"missing {sorted(missing)[:5]}, more {sorted(more)[:5]}"


def report(seen: Sequence[Seen], folder: Path) -> dict[str, object]:
    refused = [one for one in seen if one.reason]
    print(f"{len(seen)} files, {len(seen) - len(refused)} read, {len(refused)} refused")
    reasons: dict[str, list[Seen]] = defaultdict(list)
    for one in refused:
        reasons[one.reason].append(one)
    for reason, files in sorted(reasons.items(), key=lambda item: -len(item[1])):
        print(f"\nREFUSED {len(files)}: {reason}")
        for one in files:
            readers = [name for name, found in one.others.items() if found is not None]
            print(f"  {one.path.relative_to(folder)}" + (f"   read by {', '.join(readers)}" if readers else ""))
    kinds: dict[str, list[Seen]] = defaultdict(list)
    for one in seen:
        for kind in one.trouble:
            kinds[kind].append(one)
    for kind, files in sorted(kinds.items()):
        print(f"\n{kind}: {len(files)}")
        for one in files:
            print(f"  {one.path.relative_to(folder)}   {one.trouble[kind]}")
    return {
        "files": len(seen),
        "read": len(seen) - len(refused),
        "damaged": sum(one.damaged for one in seen),
        "refused": len(refused),
        "refused though others read it": sum(any(v is not None for v in one.others.values()) for one in refused),
        "disagreements": dict(Counter(kind for one in seen for kind in one.trouble)),
    }


def main() -> int:
    asked = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    asked.add_argument("folder", type=Path)
    asked.add_argument("--json", type=Path, help="write what became of each file there")
    asked.add_argument("--more-than", type=float, default=ALIKE, help="mean difference of pixels that counts, of 255")
    asked.add_argument("--without", default="", help="programs to leave out, for instance ImageMagick,libvips")
    asked.add_argument("--most", type=int, default=1_000_000, help="files to look at")
    choice = asked.parse_args()
    folder = choice.folder.resolve()
    programs = [name for name in installed() if name not in choice.without.split(",")]
    read = {} if "exiftool" in choice.without else read_by_exiftool(folder)
    print(f"against {', '.join([*programs, *(['exiftool'] if read else [])])}")
    seen = []
    for number, path in enumerate(found := pictures(folder, choice.most)):
        print(f"\r{number} of {len(found)}", end="", file=sys.stderr, flush=True)
        seen.append(look(path, programs, read.get(path), choice.more_than))
    print("\r", end="", file=sys.stderr)
    counts = report(seen, folder)
    if choice.json:
        lines = [{"path": str(one.path), "reason": one.reason, "others": one.others, **one.trouble} for one in seen]
        choice.json.write_text(json.dumps(lines, indent=1))
    print(f"\n{json.dumps(counts)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
