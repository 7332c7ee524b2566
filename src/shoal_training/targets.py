"""The teacher's answers to all pictures: computed once, kept on disk, gone on with after an interruption."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.files.safe_files import rename_own
from shoal_training.dataset import PictureSet
from shoal_training.teacher import Floats, Teacher

_CHUNK = 256
_BASIS_SAMPLE = 6000


@dataclass(frozen=True, slots=True)
class Basis:
    """The main components of the teacher's embeddings: `centre` E, `components` K x E, `variances` K."""

    centre: Floats
    components: Floats
    variances: Floats
    map_shape: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Targets:
    """`embedding` N x E and `maps` N x rows x columns x K (in the basis), both float16 on disk; `known` N: which rows
    the teacher has answered."""

    embedding: NDArray[np.float16]
    maps: NDArray[np.float16]
    known: NDArray[np.bool_]
    basis: Basis


def choose_rows(sources: tuple[str, ...], most_per_source: int) -> NDArray[np.int64]:
    """The first `most_per_source` rows of every source (0: all), since a teacher's time is the costliest."""
    names, index = np.unique(np.array(sources), return_inverse=True)
    if most_per_source <= 0:
        return np.arange(len(sources))
    return np.sort(np.concatenate([np.flatnonzero(index == one)[:most_per_source] for one in range(len(names))]))


def compute_targets(
    teacher: Teacher, pictures: PictureSet, rows: NDArray[np.int64], folder: Path, threads: int, task: Task
) -> Targets:
    """Ask the teacher about `rows`, where it has not answered yet; everything is kept in `folder`."""
    with ThreadPoolExecutor(threads) as pool:
        if not (folder / "basis.npz").exists():
            _fit_basis(teacher, pictures.pixels, rows, folder, pool)
        targets = open_targets(folder, len(pictures), writable=True)
        missing = rows[~targets.known[rows]]
        chunks = [missing[start : start + _CHUNK] for start in range(0, len(missing), _CHUNK)]
        for chunk in task.track(chunks, Sentence("Asking the teacher")):
            answers = pool.map(lambda row: _answer(teacher, pictures.pixels[row], targets.basis), chunk)
            for row, (embedding, grid) in zip(chunk, answers, strict=True):
                targets.embedding[row], targets.maps[row] = embedding, grid
            targets.known[chunk] = True
            _keep_known(folder, targets.known)
    return targets


def open_targets(folder: Path, count: int, writable: bool = False) -> Targets:
    """What `compute_targets` left in `folder` for `count` pictures."""
    with np.load(folder / "basis.npz") as stored:
        shape = stored["map_shape"].astype(np.int64)
        basis = Basis(stored["centre"], stored["components"], stored["variances"], shape)
    components, width = basis.components.shape
    embedding = _open_rows(folder / "embedding.f16", (count, width), writable)
    maps = _open_rows(folder / "maps.f16", (count, *map(int, basis.map_shape), components), writable)
    known = folder / "known.npy"
    return Targets(embedding, maps, np.load(known) if known.exists() else np.zeros(count, np.bool_), basis)


def _open_rows(path: Path, shape: tuple[int, ...], writable: bool) -> NDArray[np.float16]:
    mode = "r" if not writable else "r+" if path.exists() else "w+"
    return np.memmap(path, np.float16, mode, shape=shape)  # type: ignore[call-overload,no-any-return]


def _answer(teacher: Teacher, pixels: NDArray[np.uint8], basis: Basis) -> tuple[Floats, Floats]:
    embedding, grid = teacher.look(pixels)
    return embedding, np.asarray((grid - basis.centre) @ basis.components.T, np.float32)


def _keep_known(folder: Path, known: NDArray[np.bool_]) -> None:
    np.save(folder / "known.tmp.npy", known)
    rename_own(folder / "known.tmp.npy", folder / "known.npy")


def _fit_basis(
    teacher: Teacher, pixels: NDArray[np.uint8], rows: NDArray[np.int64], folder: Path, pool: ThreadPoolExecutor
) -> None:
    """Principal axes of the teacher's embeddings, from an even sample of the pictures; at most 256 are kept."""
    sample = rows[np.unique(np.linspace(0, len(rows) - 1, min(_BASIS_SAMPLE, len(rows))).astype(int))]
    map_shape = teacher.look(pixels[sample[0]])[1].shape[:2]
    vectors = np.stack(list(pool.map(lambda row: teacher.look(pixels[row])[0], sample)))
    centre = vectors.mean(0)
    variances, axes = np.linalg.eigh((vectors - centre).T @ (vectors - centre) / len(vectors))
    main = np.argsort(variances)[::-1][: min(256, len(vectors) - 1, len(variances))]
    np.savez(
        folder / "basis.tmp.npz",
        centre=centre,
        components=axes[:, main].T,
        variances=np.maximum(variances[main], 1e-6 * variances[main[0]]),
        map_shape=np.array(map_shape),
    )
    rename_own(folder / "basis.tmp.npz", folder / "basis.npz")
