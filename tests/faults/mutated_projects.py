"""Project files from strangers: `python tests/faults/mutated_projects.py --files 2000`.

Mutates a real project in seeded ways: flipped bytes, overwritten and swapped pages, cut off, and rows changed through
SQL to values of every type. Each must be read, or refused with a sentence; in a child process, so that a crash counts.
"""

import argparse
import gc
import json
import os
import random
import sqlite3
import sys
import tempfile
import time
import traceback
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]

import numpy as np
from tests.domain.random_edits import random_patch
from tests.store.some_records import odd_record, records

from shoal.domain.errors import UserFacingError
from shoal.domain.geometry import ClusterTree, MapLayout, NeighbourGraph, Proposal, Rows, StageKey
from shoal.domain.sentence import Sentence
from shoal.projects.project import Project
from shoal.store.image_rows import as_rows
from shoal.store.packed_values import packed
from shoal.store.project_store import ProjectStore

IMAGES, PAGE, SLOW_SECONDS = 700, 4096, 10.0


def one_of_each() -> list[Any]:
    rows, numbers = Rows(np.arange(9)), np.zeros(9, np.int32)
    return [
        MapLayout(StageKey("k"), rows, np.zeros((9, 2), np.float32)),
        NeighbourGraph(StageKey("k"), rows, numbers.reshape(9, 1), np.zeros((9, 1), np.float32)),
        Proposal(StageKey("k"), rows, numbers, numbers[:1], np.zeros(1, np.float32), np.zeros(9, np.float32), "a"),
        ClusterTree(StageKey("k"), rows, np.arange(9, dtype=np.int32), numbers[:8]),
    ]


def prepared(path: Path) -> bytes:
    rng = random.Random(0)
    with ProjectStore(path) as store:
        store.add_images(as_rows([*records(IMAGES), odd_record(IMAGES)]))
        project = Project(store.load_grouping(), store.journal)
        for number in range(20):
            project.apply(Sentence(f"step {number}"), random_patch(project.grouping, rng))
        store.kept.save(packed(StageKey("r"), value) for value in one_of_each())
        store.save_roots([Path("/pictures")])
    return path.read_bytes()


def flip(data: bytearray, rng: random.Random) -> None:
    for _ in range(rng.choice([1, 3, 30])):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def overwrite(data: bytearray, rng: random.Random) -> None:
    start, length = rng.randrange(len(data)), rng.randrange(1, PAGE)
    data[start : start + length] = rng.choice([rng.randbytes(length), bytes(length), b"\xff" * length])


def swap_pages(data: bytearray, rng: random.Random) -> None:
    one, other = (rng.randrange(len(data) // PAGE) * PAGE for _ in range(2))
    data[one : one + PAGE], data[other : other + PAGE] = data[other : other + PAGE], data[one : one + PAGE]


def cut(data: bytearray, rng: random.Random) -> None:
    del data[rng.randrange(len(data)) :]


def change_header(data: bytearray, rng: random.Random) -> None:
    data[rng.randrange(100)] = rng.randrange(256)


def change_rows(path: Path, rng: random.Random) -> None:
    """What a program could write that knows our tables."""
    values = (-1, 0, 7, 2**31, 2**62, 0.5, "", "x" * 9000, b"", b"\x00" * 40, rng.randbytes(60), None, "\u202e\n")
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        tables = [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        for _ in range(rng.randrange(1, 4)):
            table = rng.choice(tables)
            columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
            some = f"SELECT {columns[0]} FROM {table} ORDER BY random() LIMIT {rng.choice([1, 1, 5])}"
            change = f"UPDATE {table} SET {rng.choice(columns)} = ? WHERE {columns[0]} IN ({some})"
            with suppress(sqlite3.Error):
                db.execute(change, [rng.choice(values)])


def mutated(path: Path, data: bytes, seed: int) -> None:
    rng = random.Random(seed)
    mutation = rng.choice((flip, overwrite, swap_pages, cut, change_header, None))
    changed = bytearray(data)
    if mutation is not None:
        mutation(changed, rng)
    path.write_bytes(changed)
    if mutation is None:
        change_rows(path, rng)


def used(path: Path) -> str:
    """Open, read everything, undo and redo everything."""
    try:
        with ProjectStore(path) as store:
            project = Project(store.load_grouping(), store.journal)
            store.load_images(), store.load_roots(), store.load_skipped()
            for value in one_of_each():
                store.kept.load(type(value), StageKey("r"))
            while project.undo_label:
                project.undo()
            while project.redo_label:
                project.redo()
    except UserFacingError as error:
        return f"refused: {type(error).__name__}"
    return "read"


def in_a_child(path: Path) -> str:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        gc.disable()  # Qt's threads are not in a fork; the end of what they belong to would wait for them
        os.close(reading)
        try:
            os.write(writing, used(path).encode())
            os._exit(0)
        finally:  # never reached after the line above; the parent's clearing up is not for the child to do
            traceback.print_exc()
            os._exit(1)
    os.close(writing)
    said = os.read(reading, 1000).decode()
    os.close(reading)
    _, status = os.waitpid(child, 0)
    return said if status == 0 else f"WRONG: ended with status {status}"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--first-seed", type=int, default=0)
    chosen, outcome = parser.parse_args(), Counter()
    with tempfile.TemporaryDirectory() as base:
        data = prepared(Path(base) / "p.shoal")
        for seed in range(chosen.first_seed, chosen.first_seed + chosen.files):
            with tempfile.TemporaryDirectory(dir=base) as folder:
                path = Path(folder) / "p.shoal"
                mutated(path, data, seed)
                began = time.process_time()
                result = in_a_child(path)
                outcome[result] += 1
                if result.startswith("WRONG") or time.process_time() - began > SLOW_SECONDS:
                    print(f"seed {seed}: {result}")
    for result, count in sorted(outcome.items()):
        print(f"{result:40} {count:6}")
    wrong = sum(count for result, count in outcome.items() if result.startswith("WRONG"))
    print(json.dumps({"files": chosen.files, "wrong": wrong}))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
