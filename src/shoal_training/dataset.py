"""Labelled pictures from tars and folders, decoded once and kept as bytes so that an epoch costs no decoding."""

import io
import json
import tarfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from shoal.files.safe_files import rename_own

PICTURE_ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff"})
_CHUNK = 512


@dataclass(frozen=True, slots=True)
class PictureSet:
    """`pixels` is N x side x side x 3 (uint8, RGB, on disk); `sources` and `labels` say where each row is from."""

    pixels: NDArray[np.uint8]
    sources: tuple[str, ...]
    labels: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.sources)


@dataclass(frozen=True, slots=True)
class RawPicture:
    source: str
    label: str
    content: bytes


def read_pictures(inputs: list[Path]) -> Iterator[RawPicture]:
    """Every picture of the tars and folders, in a fixed order. `source/label/name.jpg` or `label/name.jpg`."""
    for path in inputs:
        yield from _read_tar(path) if path.is_file() else _read_folder(path)


def _read_tar(path: Path) -> Iterator[RawPicture]:
    with tarfile.open(path) as tar:
        for member in tar:
            name = PurePosixPath(member.name)
            if not member.isfile() or name.suffix.lower() not in PICTURE_ENDINGS:
                continue
            stream = tar.extractfile(member)
            if stream is not None:
                yield RawPicture(*_origin(name.parts, path.stem), stream.read())


def _read_folder(folder: Path) -> Iterator[RawPicture]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix.lower() in PICTURE_ENDINGS:
            yield RawPicture(*_origin(path.relative_to(folder).parts, folder.name), path.read_bytes())


def _origin(parts: tuple[str, ...], container: str) -> tuple[str, str]:
    """(source, label) from where a picture lay: its folder is the label, the folders above are the source."""
    folders = parts[:-1]
    return "/".join(folders[:-1]) or container, folders[-1] if folders else ""


def decode_square(content: bytes, side: int) -> NDArray[np.uint8]:
    """The centre square of a picture, upright, as side x side x 3 RGB bytes."""
    with Image.open(io.BytesIO(content)) as picture:
        upright = ImageOps.exif_transpose(picture).convert("RGB")
        square = ImageOps.fit(upright, (side, side), Image.Resampling.BICUBIC)
    return np.asarray(square)


def build_picture_set(inputs: list[Path], folder: Path, side: int, threads: int) -> PictureSet:
    """Decode everything into `folder` (or reuse what a complete earlier call left there)."""
    index = folder / "pictures.json"
    if not index.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _decode_all(inputs, folder, side, threads)
    known = json.loads(index.read_text())
    if known["side"] != side or known["inputs"] != [path.name for path in inputs]:
        raise ValueError(f"{folder} was made from other pictures or another size; give a new --out folder")
    shape = (len(known["labels"]), side, side, 3)
    pixels = np.memmap(folder / "pictures.u8", np.uint8, "r", shape=shape)
    return PictureSet(pixels, tuple(known["sources"]), tuple(known["labels"]))


def _decode_all(inputs: list[Path], folder: Path, side: int, threads: int) -> None:
    sources: list[str] = []
    labels: list[str] = []
    unreadable = 0
    stream = read_pictures(inputs)
    with (folder / "pictures.u8").open("wb") as out, ThreadPoolExecutor(threads) as pool:
        while chunk := list(islice(stream, _CHUNK)):
            squares = list(pool.map(lambda raw: _try_decode(raw.content, side), chunk))
            for raw, square in zip(chunk, squares, strict=True):
                if square is None:
                    unreadable += 1
                    continue
                out.write(square.tobytes())
                sources.append(raw.source)
                labels.append(raw.label)
    names = [path.name for path in inputs]
    known = {"side": side, "inputs": names, "unreadable": unreadable, "sources": sources, "labels": labels}
    write_atomically(folder / "pictures.json", json.dumps(known).encode())


def _try_decode(content: bytes, side: int) -> NDArray[np.uint8] | None:
    try:
        return decode_square(content, side)
    except (OSError, ValueError, SyntaxError, EOFError, RuntimeError, Image.DecompressionBombError):
        return None


def write_atomically(path: Path, content: bytes) -> None:
    """A reader sees the old file or the new one, never half of one."""
    temporary = path.with_name(path.name + ".tmp")
    temporary.write_bytes(content)
    rename_own(temporary, path)
