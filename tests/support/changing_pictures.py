"""A folder of tiny pictures that come, go, move and break while somebody sorts them, and what stands in each."""

import io
import os
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path

import numpy as np
from PIL import Image
from tests.support.coloured_things import COLOURS

from shoal.domain.images import ContentHash, ImageRecord

SIDE = 48
KINDS = 4
_INK = ((210, 50, 40), (40, 70, 200), (60, 180, 60), (230, 210, 60))
_FIRST_SECOND = 1_700_000_000


@cache
def picture_bytes(kind: int, number: int) -> bytes:
    """A PNG: each kind has a colour and a pattern of its own, each number a small spot somewhere else."""
    rows, columns = np.mgrid[:SIDE, :SIDE]
    patterns = (rows // 4 % 2, columns // 4 % 2, (rows // 6 + columns // 6) % 2, (rows + columns) // 5 % 2)
    pixels = np.where(patterns[kind][..., None] == 0, np.array(_INK[kind]), np.array(_INK[kind]) // 3)
    random = np.random.default_rng([kind, number])
    top, left = random.integers(4, SIDE - 12, 2)
    pixels[top : top + 6, left : left + 6] = random.integers(0, 256, 3)
    return _as_png(pixels)


@cache
def scene_bytes(number: int) -> bytes:
    """A PNG of one to three coloured boxes on grey, which `ColourFinder` finds."""
    random = np.random.default_rng(number)
    pixels = np.full((60, 80, 3), 128)
    colours = list(COLOURS.values())
    for place, colour in enumerate(random.permutation(len(colours))[: random.integers(1, 4)]):
        left, top, size = place * 26 + random.integers(2, 6), random.integers(2, 30), random.integers(12, 20)
        pixels[top : top + size, left : left + size] = colours[colour]
    return _as_png(pixels)


def _as_png(pixels: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels.astype(np.uint8)).save(file, "PNG", compress_level=1)
    return file.getvalue()


class ChangingPictures:
    """`readable`: what is there and can be read. A change is always one that a file's stamp shows."""

    def __init__(self, folder: Path, objects: bool = False) -> None:
        self.folder, self.objects = folder, objects
        self.readable: set[Path] = set()
        self.damaged: dict[Path, bytes] = {}
        self._kinds: dict[ContentHash, int] = {}
        self._second = _FIRST_SECOND
        self._number = 0
        folder.mkdir(parents=True)

    @property
    def paths(self) -> list[Path]:
        return sorted(self.readable | self.damaged.keys())

    def add(self, kind: int, name: str) -> None:
        """A picture nobody has seen yet; a name that is taken gets another content."""
        self._number += 1
        data = scene_bytes(self._number) if self.objects else picture_bytes(kind, self._number)
        self._kinds[ContentHash(blake2b(data, digest_size=16).hexdigest())] = kind
        self._write(self.folder / name, data)

    def remove(self, paths: Sequence[Path]) -> None:
        for path in paths:
            path.unlink()
            self.readable.discard(path)
            self.damaged.pop(path, None)

    def rename(self, path: Path, name: str) -> None:
        target = self.folder / name
        if target.exists():
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        path.rename(target)
        if path in self.damaged:
            self.damaged[target] = self.damaged.pop(path)
        else:
            self.readable.discard(path)
            self.readable.add(target)

    def damage(self, path: Path) -> None:
        if path in self.readable:
            data = path.read_bytes()
            self._write(path, b"no picture" + data[:40])
            self.readable.discard(path)
            self.damaged[path] = data

    def mend(self) -> None:
        for path, data in list(self.damaged.items()):
            self._write(path, data)

    def kind_of(self, record: ImageRecord) -> int:
        """What stands in it: of an object its colour, of a picture its kind."""
        if record.region:
            return list(COLOURS).index(record.region.kind)
        return self._kinds[record.content_hash]

    def names(self) -> Iterator[str]:
        return (path.name for path in self.paths)

    def _write(self, path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self._second += 1
        os.utime(path, ns=(self._second * 10**9 + 1, self._second * 10**9 + 1))
        self.damaged.pop(path, None)
        self.readable.add(path)
