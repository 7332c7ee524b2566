"""Pictures with known labels, seen through several embeddings: what automatic clustering is judged by.

From `../shared`: three folders of pictures, and samples of other sources (`train`) of many sizes, balanced or not.
Vectors are kept in the folder for temporary files, because the first look takes minutes.
"""

import hashlib
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shoal.domain.extension_points import EmbeddingBackend, LoadOptions
from shoal.domain.geometry import EmbeddingMatrix, Rows, StageKey
from shoal.embedding import builtin, colour_layout, onnx_models
from shoal.files.shipped import resource
from shoal.imaging.decoding import decode_image

SHARED = Path(__file__).parents[2].parent / "shared"
KEPT = Path(tempfile.gettempdir()) / "shoal-bench-clusters"
PER_LABEL = {"flowers": 120, "imagenette": 80, "objects": 30, "clothing": 40, "grocery": 25, "tiny": 30}
MOST_LABELS = 61
"""Pictures taken of each label, and labels of each source."""


SUBSETS: dict[str, tuple[tuple[int, ...], ...]] = {
    "objects": ((30,) * 8, (20,) * 15, (12,) * 30, (10,) * 6, (10,) * 10, (5,) * 20, tuple(range(30, 5, -1))),
    "tiny": ((30,) * 10, (30,) * 25, (20,) * 50, (30, 30, 25, 25, 20, 20, 15, 15, 10, 10, 8, 8, 6, 6, 5)),
    "imagenette": ((40,) * 5, (10,) * 3, (8,) * 4, (60,) * 2, (80, 8, 8, 8, 8, 8), (80, 60, 45, 32, 24, 18, 12, 8)),
    "flowers": ((20,) * 5, (100,) * 5),
    "clothing": ((25,) * 8, (40,) * 4),
    "grocery": ((20,) * 15, (25,) * 25),
}
"""Pictures of each label in the smaller sets drawn from a source; each is drawn twice."""

Vectors = NDArray[np.float32]
Picture = tuple[str, Callable[[], bytes]]
"""The label, and how to read the file."""


@dataclass(frozen=True, slots=True, eq=False)
class LabelledSet:
    name: str
    embeddings: EmbeddingMatrix
    labels: NDArray[np.int32]


def backends() -> dict[str, EmbeddingBackend]:
    """The models to look with; the built-in one only if its weights are there."""
    network = LoadOptions(source=str(SHARED / "models" / "mobilenet_v2.onnx"), preprocessing="symmetric")
    found = {"mobilenet_v2": onnx_models.SPEC.load(network), "colour-layout": colour_layout.SPEC.load(LoadOptions())}
    if resource(builtin.WEIGHTS) is not None:
        found["builtin"] = builtin.SPEC.load(LoadOptions())
    return found


def sets_seen_by(backend: EmbeddingBackend) -> Iterator[LabelledSet]:
    """The three folders first, then the sources of `train` in full and in parts."""
    for name in ("objects", "clothing", "grocery"):
        yield seen_folder(backend, SHARED / "images" / name)
    for source, pictures in _pictures_in_train().items():
        vectors, labels = _embedded(backend, f"train-{source}", pictures)
        yield as_set(f"train/{source}", vectors, labels)
        for number, sizes in enumerate(SUBSETS[source] * 2):
            rows = _drawn(labels, sizes, np.random.default_rng(number))
            name = f"{source} {len(sizes)} x {sizes[0]}" + (f"-{sizes[-1]}" if sizes[-1] != sizes[0] else "")
            yield as_set(name, vectors[rows], labels[rows])


def embedded_train(backend: EmbeddingBackend, but: Container[str] = ()) -> Iterator[tuple[str, Vectors]]:
    """The sources of `train`, by their names; `but` some, which nobody looks at."""
    for source, pictures in _pictures_in_train().items():
        if source in but:
            continue
        yield source, _embedded(backend, f"train-{source}", pictures)[0]


def seen_folder(backend: EmbeddingBackend, folder: Path) -> LabelledSet:
    """All pictures in sub-folders, whose names are the labels."""
    pictures = _pictures_in(folder)
    sizes = str([(str(path.relative_to(folder)), path.stat().st_size) for path in _files_in(folder)])
    name = f"{folder.name}-{hashlib.blake2b(sizes.encode(), digest_size=4).hexdigest()}"
    return as_set(folder.name, *_embedded(backend, name, pictures))


def as_set(name: str, vectors: Vectors, labels: NDArray[np.str_]) -> LabelledSet:
    numbers = np.unique(labels, return_inverse=True)[1].astype(np.int32)
    return LabelledSet(name, EmbeddingMatrix(Rows(np.arange(len(vectors)), StageKey(name)), vectors), numbers)


def _drawn(labels: NDArray[np.str_], sizes: tuple[int, ...], random: np.random.Generator) -> NDArray[np.int64]:
    chosen = random.choice(np.unique(labels), len(sizes), replace=False)
    members = [np.flatnonzero(labels == label) for label in chosen]
    return np.concatenate(
        [random.choice(rows, min(size, len(rows)), replace=False) for rows, size in zip(members, sizes, strict=True)]
    )


def _files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.parent != folder)


def _pictures_in(folder: Path) -> list[Picture]:
    return [(str(path.parent.relative_to(folder)), path.read_bytes) for path in _files_in(folder)]


def _pictures_in_train() -> dict[str, list[Picture]]:
    """The first pictures of each label in the order of the archives."""
    taken: dict[str, dict[str, list[Picture]]] = defaultdict(lambda: defaultdict(list))
    for archive in sorted((SHARED / "train").glob("*.tar")):
        with tarfile.open(archive) as members:
            for member in members:
                source, label, *_ = member.name.split("/")
                if not member.isfile() or source not in PER_LABEL or len(taken[source][label]) >= PER_LABEL[source]:
                    continue
                if len(taken[source]) <= MOST_LABELS:
                    taken[source][label].append((label, _held(members, member)))
    return {source: [picture for label in sorted(by) for picture in by[label]] for source, by in sorted(taken.items())}


def _held(members: tarfile.TarFile, member: tarfile.TarInfo) -> Callable[[], bytes]:
    stream = members.extractfile(member)
    data = stream.read() if stream else b""
    return lambda: data


def _embedded(backend: EmbeddingBackend, name: str, pictures: list[Picture]) -> tuple[Vectors, NDArray[np.str_]]:
    kept = KEPT / f"{name}-{len(pictures)}-{backend.key.digest}.npz"
    if not kept.exists():
        rows = [backend.embed([decode_image(read(), "", backend.geometry).pixels])[0] for _, read in pictures]
        kept.parent.mkdir(exist_ok=True)
        np.savez(kept, vectors=np.stack(rows), labels=np.array([label for label, _ in pictures]))
    with np.load(kept) as arrays:
        return arrays["vectors"], arrays["labels"]
