"""From opening a folder of 12-megapixel JPEGs to the first thumbnails, while the network is already at work.

    python tests/benchmarks/bench_first_thumbnails.py [--pictures N]

Once with the small picture that cameras keep in the EXIF data, once without. The real window, in a home of its own.
"""

import argparse
import io
import json
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.benchmarks.bench_extraction import SIZES, render
from tests.benchmarks.painted_grid import Stopwatch

from shoal.desktop.main import WindowController
from shoal.setup.locations import user_locations

DISTINCT = 4
TARGET_MILLISECONDS = 2000


def write_photographs(folder: Path, count: int, *, with_thumbnails: bool) -> None:
    """Few are rendered; the others differ from them in bytes behind the end of the picture."""
    folder.mkdir()
    originals = []
    for seed in range(DISTINCT):
        large, buffer = render(SIZES["12 MP"], seed), io.BytesIO()
        large.save(buffer, "JPEG", quality=88, **({"exif": exif_with(large)} if with_thumbnails else {}))
        originals.append(buffer.getvalue())
    for number in range(count):
        (folder / f"IMG_{number:04}.jpg").write_bytes(originals[number % DISTINCT] + number.to_bytes(4, "big"))


def exif_with(picture: Image.Image) -> bytes:
    """A block as cameras write it: a second directory with a JPEG of 160 x 120 behind it."""
    small = io.BytesIO()
    picture.resize((160, 120)).save(small, "JPEG", quality=80)
    directory = b"\x00\x00" + b"\x00\x00\x00\x0e"  # the first directory is empty; the second follows it
    entries = [(0x0103, 3, 6), (0x0201, 4, 14 + 2 + 3 * 12 + 4), (0x0202, 4, len(small.getvalue()))]
    second = len(entries).to_bytes(2, "big")
    for tag, kind, value in entries:
        number = value.to_bytes(4, "big") if kind == 4 else value.to_bytes(2, "big") + b"\x00\x00"
        second += tag.to_bytes(2, "big") + kind.to_bytes(2, "big") + (1).to_bytes(4, "big") + number
    return b"Exif\x00\x00MM\x00*\x00\x00\x00\x08" + directory + second + b"\x00" * 4 + small.getvalue()


def measure(folder: Path, home: Path) -> dict[str, float]:
    os.environ["SHOAL_HOME"] = str(home)
    locations = user_locations().create()
    desk = WindowController(locations, QSettings(str(locations.config / "window.ini"), QSettings.Format.IniFormat))
    desk.window.resize(1360, 860)
    desk.window.show()
    desk.load_map()
    QTest.qWait(2000)
    watch = Stopwatch(desk)
    watch.start()
    desk.opening.open_paths([folder])
    watch.wait()
    desk.window.close()
    return {"first_ms": watch.first, "full_ms": watch.full}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pictures", type=int, default=120)
    arguments = parser.parse_args()
    application = QApplication([])
    rows = {}
    print(f"{'12 MP JPEGs':24} {'first thumbnail':>16} {'all in view':>12}   (ms); target < {TARGET_MILLISECONDS} ms")
    with tempfile.TemporaryDirectory() as temporary:
        for name, with_thumbnails in (("with EXIF thumbnails", True), ("without", False)):
            folder = Path(temporary, name)
            write_photographs(folder, arguments.pictures, with_thumbnails=with_thumbnails)
            rows[name] = measure(folder, Path(temporary, f"home {name}"))
            print(f"{name:24} {rows[name]['first_ms']:16.0f} {rows[name]['full_ms']:12.0f}")
    print(json.dumps({"pictures": arguments.pictures, **rows}))
    del application


if __name__ == "__main__":
    main()
