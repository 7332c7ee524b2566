"""A drive that fills up at every page in turn: `python tests/faults/full_disk_store.py` (Linux, user namespaces).

On a small tmpfs of its own, for each number of free pages from none upwards: open, edit, re-cluster, undo, add
pictures, save derived values, put a batch into either cache. Each must work, or fail with a sentence for the user and
change nothing. After space is made everything works again, and reopening finds the last state that was acknowledged.
What the user does is tried without and with a reserve to let go of: with it, it has to work.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]

import numpy as np
from tests.domain.random_edits import adopt, move
from tests.store.some_records import records
from tests.support.growing import grow

from shoal.domain import edits
from shoal.domain.errors import UserFacingError
from shoal.domain.geometry import EmbeddingKey, MapLayout, Rows, StageKey
from shoal.domain.images import ContentHash
from shoal.domain.sentence import Sentence
from shoal.files.reserve import Reserve
from shoal.projects.project import Project
from shoal.setup.settings import Settings, save_settings
from shoal.store.feature_cache import FeatureBatch, FeatureCache
from shoal.store.image_rows import as_rows
from shoal.store.packed_values import packed
from shoal.store.project_store import ProjectStore
from shoal.store.thumbnail_cache import ThumbnailCache

PAGE, DRIVE_BYTES, RESERVE_BYTES = 4096, 8 << 20, 1 << 20
MOST_EDITS = 300
IMAGES = 3000
KEY = EmbeddingKey("m", "", "", 64, "")
HASHES = [ContentHash(f"{n:032x}") for n in range(200)]
ROWS = np.tile(np.eye(1, 32, dtype=np.float32), (200, 1))


def fill(folder: Path, free_pages: int) -> Path:
    """Leave exactly that many pages free."""
    filler = folder / "filler"
    status = os.statvfs(folder)
    with open(filler, "wb") as file:
        file.write(bytes(max(0, status.f_bavail * status.f_frsize - free_pages * PAGE)))
    return filler


def opened(path: Path) -> tuple[ProjectStore, Project]:
    store = ProjectStore(path)
    return store, Project(store.load_grouping(), store.journal)


def layout() -> MapLayout:
    positions = np.random.default_rng(0).random((IMAGES, 2)).astype(np.float32)
    return MapLayout(StageKey("m"), Rows(np.arange(IMAGES)), positions)


def add(store: ProjectStore, project: Project) -> None:
    count = len(project.grouping.home)
    grow(project, count + 200, lambda: store.add_images(as_rows(records(200, count))))


ACTIONS: dict[str, Callable[[ProjectStore, Project], object]] = {
    "edit": lambda _store, project: project.apply(Sentence("m"), move(project.grouping, random.Random(1))),
    "re-cluster": lambda _store, project: project.apply(Sentence("a"), adopt(project.grouping, random.Random(2))),
    "undo": lambda _store, project: project.undo(),
    "add pictures": add,
    "save a map": lambda store, _project: store.kept.save([packed(StageKey("m"), layout())]),
}
DEAR = [ACTIONS[name] for name in ("edit", "re-cluster", "undo")]
"""What the user does, for which the reserve is let go of."""


def prepared(path: Path) -> None:
    with ProjectStore(path) as store:
        store.add_images(as_rows(records(IMAGES)))
        project = Project(store.load_grouping(), store.journal)
        project.apply(Sentence("c"), edits.create_cluster(project.grouping, "x", np.arange(0, IMAGES, 2)))


def attempt(work: Callable[[], object]) -> str:
    try:
        work()
    except UserFacingError as error:
        return type(error).__name__
    return "done"


def edits_on_a_full_drive(folder: Path, free_pages: int, name: str, reserve: bool, outcome: Counter) -> None:
    path, action = folder / "p.shoal", ACTIONS[name]
    prepared(path)
    held = reserve and Reserve(folder).hold(RESERVE_BYTES)
    store, project = opened(path)
    before, filler = project.grouping, fill(folder, free_pages)
    result = attempt(lambda: action(store, project))
    name += " with reserve" if reserve else ""
    outcome[name, result] += 1
    if result != "done" and project.grouping != before:
        outcome[name, "WRONG: changed although it failed"] += 1
    if held and result != "done" and action in DEAR:
        outcome[name, "WRONG: refused although there was a reserve"] += 1
    filler.unlink()
    if attempt(lambda: ACTIONS["edit"](store, project)) != "done":
        outcome[name, "WRONG: does not go on"] += 1
    expected = project.grouping
    store.close()
    if read_again(path) != expected:
        outcome[name, "WRONG: not as acknowledged"] += 1


def edits_in_a_row(folder: Path, reserve: bool, outcome: Counter) -> None:
    """Somebody goes on and on while the drive is full: how many edits are acknowledged, and all of them are there."""
    path, told = folder / "p.shoal", []
    prepared(path)
    if reserve:
        Reserve(folder).hold(RESERVE_BYTES)
    store = ProjectStore(path, told.append)
    project = Project(store.load_grouping(), store.journal)
    filler, name = fill(folder, 0), f"in a row{' with reserve' if reserve else ''}"
    for number in range(MOST_EDITS):
        if attempt(partial(edit_number, project, number)) != "done":
            break
        outcome[name, "edits acknowledged"] += 1
    if len(told) != reserve:
        outcome[name, "WRONG: not said once"] += 1
    filler.unlink()
    edit_number(project, MOST_EDITS)
    if reserve and Reserve(folder).size != RESERVE_BYTES:
        outcome[name, "WRONG: not taken again when there was space"] += 1
    expected = project.grouping
    store.close()
    if read_again(path) != expected:
        outcome[name, "WRONG: not as acknowledged"] += 1


def edit_number(project: Project, number: int) -> None:
    project.apply(Sentence("m"), move(project.grouping, random.Random(number)))


def read_again(path: Path) -> object:
    with ProjectStore(path) as store:
        return store.load_grouping()


def opening_on_a_full_drive(folder: Path, free_pages: int, outcome: Counter) -> None:
    path = folder / "p.shoal"
    prepared(path)
    expected, filler = read_again(path), fill(folder, free_pages)
    outcome["open", attempt(lambda: ProjectStore(path).close())] += 1
    filler.unlink()
    if read_again(path) != expected:
        outcome["open", "WRONG: not as it was"] += 1


def creating_on_a_full_drive(folder: Path, free_pages: int, outcome: Counter) -> None:
    path, filler = folder / "p.shoal", fill(folder, free_pages)
    outcome["create", attempt(lambda: ProjectStore(path).close())] += 1
    filler.unlink()
    prepared(path)


def features(folder: Path) -> None:
    with FeatureCache(folder / "f.sqlite") as cache:
        cache.put_batch(KEY, FeatureBatch(HASHES, ROWS))


def thumbnails(folder: Path) -> None:
    with ThumbnailCache(folder / "t.sqlite") as cache:
        cache.put(dict.fromkeys(HASHES[:20], bytes(5000)))


def settings(folder: Path) -> None:
    save_settings(folder / "s.json", Settings({}).with_value("seed", 7))


def others_on_a_full_drive(folder: Path, free_pages: int, work: Callable[[Path], None], outcome: Counter) -> None:
    filler = fill(folder, free_pages)
    outcome[work.__name__, attempt(lambda: work(folder))] += 1
    filler.unlink()
    work(folder)


def emptied(folder: Path) -> Path:
    for file in folder.iterdir():
        file.unlink()
    return folder


def inside(folder: Path, most_pages: int) -> int:
    """On the small drive."""
    outcome: Counter = Counter()
    for free_pages in range(most_pages):
        for name in ACTIONS:
            for reserve in (False, True):
                edits_on_a_full_drive(emptied(folder), free_pages, name, reserve, outcome)
        opening_on_a_full_drive(emptied(folder), free_pages, outcome)
        creating_on_a_full_drive(emptied(folder), free_pages, outcome)
        for work in (features, thumbnails, settings):
            others_on_a_full_drive(emptied(folder), free_pages, work, outcome)
    for reserve in (False, True):
        edits_in_a_row(emptied(folder), reserve, outcome)
    for (name, result), count in sorted(outcome.items()):
        print(f"{name:26} {result:40} {count:5}")
    wrong = sum(count for (_name, result), count in outcome.items() if result.startswith("WRONG"))
    print(json.dumps({"free_pages": most_pages, "attempts": sum(outcome.values()), "wrong": wrong}))
    return bool(wrong)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--most-pages", type=int, default=60)
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.inside:
        return inside(chosen.inside, chosen.most_pages)
    with tempfile.TemporaryDirectory() as folder:
        script = f'mount -t tmpfs -o size={DRIVE_BYTES} none "$1" && exec "$2" "$3" --inside "$1" --most-pages "$4"'
        parts = [folder, sys.executable, __file__, str(chosen.most_pages)]
        return subprocess.run(["unshare", "-Urm", "sh", "-c", script, "sh", *parts], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
