"""Cut an extraction with kill -9 at random moments, finish it with a second run, and count what was done twice.

    python tests/faults/kill_extraction.py [kills]

prints a table and, as last line, one JSON object. Every picture that a child begins to decode or to embed adds one
byte to a log before the work starts; what both runs together did beyond one time per picture was done twice.
"""

import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from shoal.imaging.decoding import decode_image

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from tests.support.picture_folders import MeanColours, write_pictures

from shoal.domain.task import Task
from shoal.imaging.folder_scan import scan_folders
from shoal.looking import picture_decoder
from shoal.looking.extraction import Caches, ExtractionOptions, extract
from shoal.store.feature_cache import FeatureCache
from shoal.store.thumbnail_cache import ThumbnailCache

BATCH_SIZE = 16
SECONDS_PER_PICTURE = 0.004


@dataclass(frozen=True)
class Cut:
    """`decoded_twice` and `embedded_twice` count pictures; `complete`: the second run has a row for every picture."""

    killed_after: float
    saved: int
    decoded_twice: int
    embedded_twice: int
    complete: bool


def run_here(pictures: Path, home: Path) -> None:
    """What the child does: an extraction with a log of everything that is begun."""
    decode = decode_image
    with (home / "decoded").open("ab", 0) as decoded, (home / "embedded").open("ab", 0) as embedded:

        def logged(*arguments: Any) -> object:
            decoded.write(b".")
            return decode(*arguments)

        def log_and_wait(count: int) -> None:
            embedded.write(b"." * count)
            time.sleep(SECONDS_PER_PICTURE * count)

        setattr(picture_decoder, "decode_image", logged)  # noqa: B010
        found = scan_folders([pictures], Task()).images
        with FeatureCache(home / "f.sqlite") as features, ThumbnailCache(home / "t.sqlite") as thumbnails:
            backend = MeanColours(before=log_and_wait)
            result = extract(
                found, backend, Caches(features, thumbnails), Task(), options=ExtractionOptions(BATCH_SIZE, 2)
            )
        print(len(result.records))  # the parent reads it


def start_child(pictures: Path, home: Path) -> "subprocess.Popen[str]":
    home.mkdir(exist_ok=True)
    command = [sys.executable, __file__, "--child", str(pictures), str(home)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def length(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def cut_once(pictures: Path, count: int, home: Path, begun: int) -> Cut:
    """Kill the child when it has begun to embed `begun` pictures (and a random moment more), then run to the end."""
    child = start_child(pictures, home)
    started = time.monotonic()
    while length(home / "embedded") < begun and child.poll() is None:
        time.sleep(0.002)
    time.sleep(random.uniform(0, 0.05))
    child.send_signal(signal.SIGKILL)
    child.communicate()
    after = time.monotonic() - started
    first = {name: length(home / name) for name in ("decoded", "embedded")}
    answer = start_child(pictures, home).communicate()[0].strip()
    both = {name: length(home / name) for name in first}
    return Cut(
        round(after, 2),
        saved=count - (both["embedded"] - first["embedded"]),
        decoded_twice=both["decoded"] - count,
        embedded_twice=both["embedded"] - count,
        complete=answer == str(count),
    )


def cut_often(folder: Path, kills: int, count: int) -> list[Cut]:
    write_pictures(folder / "pictures", count)
    moments = [random.randrange(1, count) for _ in range(kills)]
    return [cut_once(folder / "pictures", count, folder / f"home{n}", begun) for n, begun in enumerate(moments)]


def main() -> None:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    with tempfile.TemporaryDirectory() as folder:
        cuts = cut_often(Path(folder), kills, count=300)
    lines = ["killed after s | saved | decoded twice | embedded twice | complete"]
    lines += [
        f"{cut.killed_after:14} | {cut.saved:5} | {cut.decoded_twice:13} | {cut.embedded_twice:14} | {cut.complete}"
        for cut in cuts
    ]
    worst = max(max(cut.decoded_twice, cut.embedded_twice) for cut in cuts)
    summary = {"batch_size": BATCH_SIZE, "most_done_twice": worst, "complete": all(cut.complete for cut in cuts)}
    print("\n".join(lines))
    print(json.dumps({**summary, "cuts": [asdict(cut) for cut in cuts]}))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        run_here(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main()
