"""The folders that `bench_hands.py` sorts: labelled pictures, flat and without their labels.

Each set is one folder of files `000000.jpg` and so on, in a random order that is always the same, so that neither
names nor sub-folders tell the program anything. It is opened as the window does it (`Workplace`, `look`,
`OpenProject`), or by an earlier version of the program through its command line.
"""

import csv
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shoal.domain.geometry import EmbeddingMatrix
from shoal.domain.task import Task
from shoal.looking.pipeline import look
from shoal.projects.open_project import OpenProject
from shoal.projects.workplace import Workplace
from shoal.setup.locations import user_locations
from shoal.setup.settings import load_settings

SHARED = Path(__file__).parents[2].parent / "shared"
FOLDERS = ("objects", "clothing", "grocery")
TRAIN = "train"
SETS = (*FOLDERS, TRAIN)
DRAWN, FEWEST = 10_000, 30
"""Of `../shared/train`, without its 64-pixel source: so many pictures, of labels that have at least so many."""
LEFT_OUT = "tiny"
LABELS = "labels.json"


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A set after the program has looked at it: image i of the project has label `labels[i]`."""

    name: str
    labels: NDArray[np.str_]
    embeddings: EmbeddingMatrix
    project: OpenProject


@dataclass(frozen=True, slots=True, eq=False)
class Before:
    """The same through an earlier version: a cluster number and a vector for each picture."""

    name: str
    labels: NDArray[np.str_]
    clusters: NDArray[np.int64]
    vectors: NDArray[np.float32]


def flat_folder(name: str, work: Path) -> Path:
    """Made once; the labels lie beside it."""
    folder, told = work / "sets" / name, work / "sets" / f"{name}-{LABELS}"
    if not told.exists():
        folder.mkdir(parents=True, exist_ok=True)
        labels = []
        for number, (label, suffix, content) in enumerate(_pictures(name)):
            (folder / f"{number:06}{suffix}").write_bytes(content)
            labels.append(label)
        told.write_text(json.dumps(labels), encoding="utf-8")
    return folder


def labels_of(name: str, work: Path) -> NDArray[np.str_]:
    """In the order of the files' names."""
    return np.array(json.loads((work / "sets" / f"{name}-{LABELS}").read_text(encoding="utf-8")))


def opened(name: str, work: Path, model: str) -> Opened:
    """Sorted anew, in a project that nobody has touched; what the network saw is kept from run to run."""
    folder = flat_folder(name, work)
    locations = user_locations({"SHOAL_HOME": str(work / "home")}).create()
    place = Workplace(locations, load_settings(locations.settings_file))
    for old in locations.projects.glob("*.shoal*"):
        old.unlink()
    project = place.open_project([folder])
    found = look(project.known(), place.options(model, Task(), [folder]), place.tools, Task())
    project.take_over(found)
    embeddings = project.snapshot.embeddings
    assert embeddings is not None
    numbers = [int(record.path.stem) for record in project.known().images]
    place.close()
    return Opened(name, labels_of(name, work)[numbers], embeddings, project)


def before(name: str, work: Path, source: Path, model: str = "builtin") -> Before:
    """What the program in `source` (a checkout) makes of it, by its command line."""
    folder, kept = flat_folder(name, work), work / f"before-{name}.npz"
    if not kept.exists():
        target, vectors = work / f"before-{name}", work / f"before-{name}-vectors.npz"
        _shoal(source, work, "embed", str(folder), "--out", str(vectors), "--model", model)
        _shoal(source, work, "sort", str(folder), "--to", str(target), "--model", model, "--by", "symlink")
        with (target / "clusters.csv").open(encoding="utf-8", newline="") as file:
            homes = {Path(row["path"]).name: row["cluster"] for row in csv.DictReader(file)}
        with np.load(vectors) as arrays:
            names, found = [Path(path).name for path in arrays["paths"].tolist()], arrays["vectors"]
        numbers = np.unique([homes[one] for one in names], return_inverse=True)[1]
        np.savez(kept, rows=[int(Path(one).stem) for one in names], clusters=numbers, vectors=found)
    with np.load(kept) as arrays:
        return Before(name, labels_of(name, work)[arrays["rows"]], arrays["clusters"], arrays["vectors"])


def _shoal(source: Path, work: Path, *arguments: str) -> None:
    environment = os.environ | {"SHOAL_HOME": str(work / "home-before"), "PYTHONPATH": str(source / "src")}
    subprocess.run(
        [sys.executable, "-m", "shoal", *arguments], env=environment, check=True, stdout=subprocess.DEVNULL, cwd=work
    )


def _pictures(name: str) -> Iterator[tuple[str, str, bytes]]:
    """Label, suffix and content, in random order."""
    shuffled = np.random.default_rng(0)
    if name == TRAIN:
        yield from _drawn(shuffled)
        return
    files = sorted(path for path in (SHARED / "images" / name).rglob("*") if path.is_file())
    for at in shuffled.permutation(len(files)).tolist():
        yield files[at].parent.name, files[at].suffix, files[at].read_bytes()


def _drawn(random: np.random.Generator) -> Iterator[tuple[str, str, bytes]]:
    names = [one for archive in _archives() for one in _members(archive) if not one.startswith(f"{LEFT_OUT}/")]
    kinds = np.array([one.rpartition("/")[0] for one in names])
    _distinct, places, counts = np.unique(kinds, return_inverse=True, return_counts=True)
    enough = np.flatnonzero(counts[places] >= FEWEST)
    chosen = {names[at] for at in random.permutation(enough)[:DRAWN].tolist()}
    for archive in _archives():  # the archives are shuffled
        with tarfile.open(archive) as tar:
            for member in tar:
                stream = tar.extractfile(member) if member.name in chosen else None
                if stream is not None:
                    yield member.name.rpartition("/")[0], Path(member.name).suffix, stream.read()


def _archives() -> list[Path]:
    return sorted((SHARED / "train").glob("*.tar"))


def _members(archive: Path) -> list[str]:
    with tarfile.open(archive) as tar:
        return [member.name for member in tar if member.isfile()]
