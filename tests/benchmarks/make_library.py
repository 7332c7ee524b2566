"""A collection of any size to measure with: `python tests/benchmarks/make_library.py --images 100000 [--to DIR]`.

Writes small JPEGs, all different, into DIR/pictures: a thousand to a folder, of several hundred kinds of very unequal
size, some in bursts of near copies, some like nothing else, with times and cameras. DIR/truth.npz says what each is.

With `--vectors-only` nothing need ever look at them: their vectors are made up (`tests/support/fabricated_vectors.py`:
overlapping kinds, copies, a part without structure), and stand with facts and thumbnails in the caches of the program's
folder DIR/home, as if a model had looked. `SHOAL_HOME=DIR/home shoal sort DIR/pictures ...` then begins with the graph.
A million take minutes, and some 4 KiB of the drive each, for the files.
"""

import argparse
import io
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]

import numpy as np
from PIL import Image
from tests.support.fabricated_vectors import Fabric, Rows

from shoal.domain.extension_points import EmbeddingBackend, LoadOptions
from shoal.domain.images import ContentHash, FileStamp, ImageFacts
from shoal.embedding import builtin, colour_layout
from shoal.imaging.fingerprint import content_hash
from shoal.setup.locations import user_locations
from shoal.store.feature_cache import FeatureBatch, FeatureCache
from shoal.store.thumbnail_cache import ThumbnailCache

MODELS = {"builtin": builtin.SPEC, "colour-layout": colour_layout.SPEC}
PER_FOLDER = 1_000
_FIRST_SECOND = 1_500_000_000
_CAMERAS = ("Kodak DC290", "Canon EOS 5D", "Pixel 8", None)
_VARIANTS = 8


@dataclass(frozen=True)
class Wanted:
    images: int
    to: Path
    side: int = 96
    seed: int = 0
    grain: float = 6.0

    @property
    def pictures(self) -> Path:
        return self.to / "pictures"

    @property
    def home(self) -> Path:
        return self.to / "home"


class Draughtsman:
    """Draws pictures: soft blots whose colours a kind has in common, and grain over them."""

    def __init__(self, wanted: Wanted) -> None:
        self._size = (wanted.side, wanted.side * 3 // 4)
        self._seed = wanted.seed
        random = np.random.default_rng([wanted.seed, 7])
        width, height = self._size
        self._grain = random.normal(0, wanted.grain, (2 * height, 2 * width, 1)).astype(np.float32)

    def draw(self, kind: int, number: int, quality: int = 85) -> bytes:
        """A JPEG. Equal numbers show the same."""
        own, random = self._blots(kind), np.random.default_rng([self._seed, 8, number])
        blots = 0.75 * own + 0.25 * random.integers(0, 256, own.shape) if kind >= 0 else random.random(own.shape) * 255
        width, height = self._size
        picture = np.asarray(Image.fromarray(blots.astype(np.uint8)).resize((width, height), Image.Resampling.BICUBIC))
        top, left = random.integers(0, height), random.integers(0, width)
        grained = picture + self._grain[top : top + height, left : left + width]
        file = io.BytesIO()
        Image.fromarray(grained.clip(0, 255).astype(np.uint8)).save(file, "JPEG", quality=quality)
        return file.getvalue()

    def _blots(self, kind: int) -> np.ndarray:
        return np.random.default_rng([self._seed, 9, max(kind, 0)]).integers(0, 256, (6, 8, 3))


def make_pictures(wanted: Wanted) -> None:
    """Every one drawn for itself; a near copy shows the same as its original, saved with another quality."""
    draughtsman = Draughtsman(wanted)
    for rows, numbers in _numbered(wanted, dimension=8):
        for kind, copied, number in zip(rows.kinds.tolist(), rows.copy_of.tolist(), numbers, strict=True):
            is_copy = copied >= 0
            data = draughtsman.draw(kind, copied if is_copy else number, 70 + number % 11 if is_copy else 85)
            _write(_path(wanted, number), data, number)


def make_vectors(wanted: Wanted, backend: EmbeddingBackend) -> None:
    """A few drawings serve all pictures of a kind: a comment makes each file another content."""
    locations = user_locations({"SHOAL_HOME": str(wanted.home)}).create()
    draughtsman = Draughtsman(wanted)
    drawing = cache(draughtsman.draw)
    with FeatureCache(locations.feature_cache) as features, ThumbnailCache(locations.thumbnail_cache) as thumbnails:
        for rows, numbers in _numbered(wanted, backend.dimension):
            drawn = [
                drawing(kind % 64, number % _VARIANTS)
                for kind, number in zip(rows.kinds.tolist(), numbers, strict=True)
            ]
            files = [_with_comment(data, number) for data, number in zip(drawn, numbers, strict=True)]
            hashes = [content_hash(data) for data in files]
            stamps: dict[Path, tuple[FileStamp, ContentHash]] = {}
            for number, data, hash_ in zip(numbers, files, hashes, strict=True):
                path = _path(wanted, number)
                stamps[path] = _write(path, data, number), hash_
            facts = dict(zip(hashes, _facts(wanted, rows, numbers), strict=True))
            thumbnails.put(dict(zip(hashes, drawn, strict=True)))
            features.put_batch(backend.key, FeatureBatch(hashes, rows.vectors, facts, stamps=stamps))


def _numbered(wanted: Wanted, dimension: int) -> Iterator[tuple[Rows, range]]:
    """The parts with the numbers of their pictures. What each picture is goes into a file at the end."""
    kinds, copies, start = [], [], 0
    for rows in Fabric(wanted.images, dimension, wanted.seed).parts():
        yield rows, range(start, start + len(rows.kinds))
        kinds.append(rows.kinds)
        copies.append(rows.copy_of)
        start += len(rows.kinds)
    np.savez_compressed(wanted.to / "truth.npz", kinds=np.concatenate(kinds), copy_of=np.concatenate(copies))


def _path(wanted: Wanted, number: int) -> Path:
    return wanted.pictures / f"{number // PER_FOLDER:04}" / f"IMG_{number:07}.jpg"


def _write(path: Path, data: bytes, number: int) -> FileStamp:
    """Its time is the picture's, years ago: nobody has to ask whether the file is still being written."""
    if number % PER_FOLDER == 0:
        path.parent.mkdir(parents=True)
    path.write_bytes(data)
    moment = (_FIRST_SECOND + 61 * number) * 10**9
    os.utime(path, ns=(moment, moment))
    return FileStamp(len(data), moment)


def _with_comment(jpeg: bytes, number: int) -> bytes:
    text = b"picture %d" % number
    return jpeg[:2] + b"\xff\xfe" + (len(text) + 2).to_bytes(2, "big") + text + jpeg[2:]


def _facts(wanted: Wanted, rows: Rows, numbers: Sequence[int]) -> list[ImageFacts]:
    """A picture a minute; the hashes of near copies differ in a bit or two."""
    random = np.random.default_rng([wanted.seed, 10, numbers[0]])
    hashes = random.integers(-(2**62), 2**62, len(numbers))
    copies = np.flatnonzero(rows.copy_of >= 0)
    hashes[copies] = hashes[rows.copy_of[copies] - numbers[0]] ^ (1 << random.integers(0, 60, len(copies)))
    sharp = random.random(len(numbers))
    return [
        ImageFacts(4000, 3000, "JPEG", _taken(number), _CAMERAS[number // 500 % 4], False, float(one), int(hash_))
        for number, one, hash_ in zip(numbers, sharp, hashes, strict=True)
    ]


def _taken(number: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(_FIRST_SECOND + 61 * number))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--images", type=int, required=True)
    parser.add_argument("--to", type=Path, help="a folder that is not there yet; library-N here if left out")
    parser.add_argument("--vectors-only", action="store_true", help="fill the caches in DIR/home with made-up vectors")
    parser.add_argument("--model", choices=MODELS, default="builtin", help="whose vectors they pass for")
    parser.add_argument("--side", type=int, default=96, help="the longer side of a picture in pixels")
    parser.add_argument("--grain", type=float, default=6.0, help="grey levels of noise: more make larger files")
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    to = chosen.to or Path(f"library-{chosen.images}")
    wanted = Wanted(chosen.images, to.absolute(), chosen.side, chosen.seed, chosen.grain)
    wanted.to.mkdir(parents=True)
    began = time.perf_counter()
    if chosen.vectors_only:
        make_vectors(wanted, MODELS[chosen.model].load(LoadOptions()))
    else:
        make_pictures(wanted)
    seconds = time.perf_counter() - began
    print(f"{wanted.images:,} pictures in {wanted.pictures}: {seconds:.0f} s")


if __name__ == "__main__":
    main()
