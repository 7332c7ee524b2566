"""How long one waits for a large picture: for the first pixels, for those of the screen, for all of them, for the next.

    python tests/benchmarks/bench_loupe.py [--pictures 14] [--steps 500] [--pause 1] [--kind "JPEG 45 MP"]

Soft noise, as dear to unpack as photographs: JPEG of 24 and 45 megapixels, HEIC of 24. Five of each kind are gone
through as with the arrow key, so many seconds apart, fitted and then at 100%; then `--steps` times through more 24
megapixel JPEGs than are kept, without a pause, while the memory of the process is looked at.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]

import numpy as np
from PIL import Image
from PySide6.QtCore import QCoreApplication, QElapsedTimer
from PySide6.QtWidgets import QApplication

from shoal.domain.images import FoundImage
from shoal.imaging.limits import DecodeLimits
from shoal.looking.picture_decoder import PictureDecoder
from shoal.looking.pictures import Pictures
from shoal.qt.pictures import LargePictures, LoadPreview
from shoal.qt.session import to_image
from shoal.store.thumbnail_cache import ThumbnailCache

KINDS = {"JPEG 24 MP": ("jpg", 6000, 4000), "HEIC 24 MP": ("heic", 6000, 4000), "JPEG 45 MP": ("jpg", 8192, 5464)}
SCREEN, WHOLE = 2400, 1_000_000
PATIENCE, SEEN = 120.0, 5


def made(path: Path, width: int, height: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    small = random.integers(0, 256, (height // 24, width // 24, 3), np.uint8)
    picture = Image.fromarray(small).resize((width, height), Image.Resampling.BICUBIC)
    if path.suffix == ".heic":
        import pillow_heif

        pillow_heif.from_pillow(picture).save(path, quality=80)
    else:
        picture.save(path, quality=90)


def milliseconds(ask: Callable[[], object], there: Callable[[], bool]) -> float:
    clock = QElapsedTimer()
    clock.start()
    ask()
    while not there():
        QCoreApplication.processEvents()
        time.sleep(0.0005)
        if clock.elapsed() > PATIENCE * 1000:
            raise TimeoutError
    return clock.nsecsElapsed() / 1e6


def idle(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QCoreApplication.processEvents()
        time.sleep(0.005)


class Walk:
    """What the loupe does, without a window."""

    def __init__(self, pictures: Pictures, files: list[Path]) -> None:
        self._pictures = pictures
        self.entries = [FoundImage(file) for file in files]
        self.large = LargePictures(self._load(SCREEN), self._load(WHOLE))
        self.seen: set[tuple[bool, int]] = set()
        self.large.arrived.connect(lambda image, _picture: self.seen.add((False, image)))
        self.large.whole_arrived.connect(lambda image, _picture: self.seen.add((True, image)))

    def _load(self, side: int) -> LoadPreview:
        return lambda entry: to_image(self._pictures.preview(entry, side))

    def step(self, image: int, *, whole: bool) -> float:
        """Milliseconds until it is there; those that follow are decoded ahead."""
        self.seen.discard((whole, image))
        entry, count = self.entries[image], len(self.entries)
        waited = milliseconds(
            lambda: self.large.request(image, entry, whole=whole), lambda: (whole, image) in self.seen
        )
        following = [(one % count, self.entries[one % count]) for one in (image + 1, image + 2)]
        self.large.decode_ahead(following[: 1 if whole else 2], whole=whole)
        return waited


def megabytes() -> float:
    """Resident now."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(kind: str, walk: Walk, pictures: Pictures, pause: float) -> None:
    count = min(len(walk.entries), SEEN)
    first = milliseconds(lambda: pictures.thumbnail(walk.entries[0]), lambda: True)
    screen = walk.step(0, whole=False)
    idle(pause)
    following = []
    for image in range(1, count):
        following.append(walk.step(image, whole=False))
        idle(pause)
    whole = walk.step(0, whole=True)
    idle(2 * pause)
    at_pixels = []
    for image in range(1, count):
        at_pixels.append(walk.step(image, whole=True))
        idle(2 * pause)
    print(
        f"{kind}: first pixels {first:.0f} ms, for the screen {screen:.0f}, all of it {whole:.0f}; "
        f"next picture {np.median(following):.1f} (slowest {max(following):.0f}), "
        f"next at 100% {np.median(at_pixels):.1f} (slowest {max(at_pixels):.0f})",
        flush=True,
    )


def memory_over(steps: int, walk: Walk) -> None:
    marks = []
    for step in range(steps):
        walk.step(step % len(walk.entries), whole=step % 5 == 4)
        if step in {steps // 5, steps * 2 // 5, steps * 3 // 5, steps * 4 // 5, steps - 1}:
            marks.append(f"{step + 1}: {megabytes():.0f} MB")
    print(f"memory over {steps} pictures, every fifth whole: {', '.join(marks)}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pictures", type=int, default=14)
    parser.add_argument("--steps", type=int, default=500)
    parser.add_argument("--pause", type=float, default=1.0)
    parser.add_argument(
        "--kind", choices=list(KINDS), action="append", help="only this one; may be given several times"
    )
    arguments = parser.parse_args()
    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder, PictureDecoder(2) as decoder:
        cache = ThumbnailCache(Path(folder) / "thumbnails.sqlite", 10**8)
        pictures = Pictures(cache, decoder, DecodeLimits())
        for number, (kind, (suffix, width, height)) in enumerate(KINDS.items()):
            if arguments.kind and kind not in arguments.kind:
                continue
            files = [
                Path(folder) / f"{number}-{one}.{suffix}"
                for one in range(SEEN if number else max(arguments.pictures, SEEN))
            ]
            try:
                for seed, file in enumerate(files):
                    made(file, width, height, seed)
            except (ImportError, OSError, KeyError, RuntimeError) as error:
                print(f"{kind}: cannot be made here ({error})", flush=True)
                continue
            walk = Walk(pictures, files)
            measure(kind, walk, pictures, arguments.pause)
            if number == 0:
                memory_over(arguments.steps, walk)
            walk.large.shutdown()
        cache.close()
    application.quit()


if __name__ == "__main__":
    main()
