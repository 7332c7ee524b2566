"""Kill -9 while somebody edits: `python tests/faults/kill_edits.py --sequences 1000`.

A child process edits a project (every kind of edit, undo, redo, new pictures) and says after each step that it is done.
It is killed at random moments, while opening and closing too, and a new one goes on. After every kill the reopened
project must be in the last state that was acknowledged, or in the next one whose acknowledgement the kill cut off:
images with families of five files, pins, clusters, refusals, every patch of the history and the position in it.
"""

import argparse
import gc
import hashlib
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]

from tests.domain.random_edits import random_patch
from tests.store.some_records import in_families, records
from tests.support.growing import grow

from shoal.domain.grouping import Grouping
from shoal.domain.history import MemoryJournal
from shoal.domain.sentence import Sentence
from shoal.projects.project import Project
from shoal.store.image_rows import as_rows
from shoal.store.patch_codec import encode_patch
from shoal.store.project_store import ProjectStore

STEPS = 50
REPORT_EVERY = 50
FIRST_IMAGES, MORE_IMAGES = 700, 60
LONGEST_DELAY = 0.004


class NoStore:
    """Where the expected states are worked out: nothing is kept."""

    def add_images(self, _rows) -> None: ...


def one_step(project: Project, store, seed: int, number: int) -> None:
    """The same for equal seeds, numbers and states, whatever happened in between."""
    rng = random.Random(f"{seed}/{number}")
    kind = rng.random()
    if kind < 0.2:
        project.undo()
    elif kind < 0.35:
        project.redo()
    elif kind < 0.4:
        count = len(project.grouping.home)
        grow(project, count + MORE_IMAGES, lambda: store.add_images(as_rows(in_families(records(MORE_IMAGES, count)))))
    else:
        project.apply(Sentence(f"step {number}"), random_patch(project.grouping, rng))


def fingerprint(project: Project, journal) -> str:
    """Of everything that a user could miss."""
    grouping = project.grouping
    digest = hashlib.blake2b(digest_size=16)
    digest.update(grouping.home.tobytes() + grouping.pinned.tobytes())
    digest.update(repr(sorted(grouping.clusters.items())).encode())
    digest.update(repr((sorted(grouping.rejections), grouping.highest_id)).encode())
    digest.update(repr((list(journal.labels), journal.position)).encode())
    for step in range(len(journal.labels)):
        digest.update(encode_patch(journal.patch(step)))
    return digest.hexdigest()


def expected_states(seed: int) -> list[str]:
    """The fingerprint after each number of steps."""
    journal = MemoryJournal()
    project = Project(Grouping().grown_to(FIRST_IMAGES), journal)
    states = [fingerprint(project, journal)]
    for number in range(STEPS):
        one_step(project, NoStore(), seed, number)
        states.append(fingerprint(project, journal))
    return states


def reopened(path: Path) -> str:
    with ProjectStore(path) as store:
        project = Project(store.load_grouping(), store.journal)
        count = len(project.grouping.home)
        if list(store.load_images()) != in_families(records(count)):
            return "another list of pictures"
        return fingerprint(project, store.journal)


@dataclass
class Outcome:
    kills: Counter = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def edit_from(path: Path, seed: int, first: int, acknowledge: int) -> None:
    """What the child does, from step `first` on."""
    with ProjectStore(path) as store:
        project = Project(store.load_grouping(), store.journal)
        os.write(acknowledge, b"o")
        for number in range(first, STEPS):
            one_step(project, store, seed, number)
            os.write(acknowledge, b".")
    os.write(acknowledge, b"c")


def run_until_killed(path: Path, seed: int, first: int, rng: random.Random) -> bytes:
    """What the child had acknowledged when it was killed (or had done everything)."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        gc.disable()  # what Qt left behind here has threads that a fork has not: its end would wait for them
        os.close(reading)
        edit_from(path, seed, first, writing)
        os._exit(0)
    os.close(writing)
    said, patience = b"", rng.randrange(0, 30)
    while len(said) < patience and (more := os.read(reading, 1)):
        said += more
    time.sleep(rng.random() * LONGEST_DELAY)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(reading, 100):
        said += more
    os.close(reading)
    return said


def when(said: bytes) -> str:
    if b"o" not in said:
        return "while opening"
    if b"c" in said:
        return "after closing"
    return "while editing" if said.count(b".") else "before the first edit"


def run_sequence(folder: Path, seed: int, outcome: Outcome) -> None:
    path, rng, states = folder / f"{seed}.shoal", random.Random(seed), expected_states(seed)
    with ProjectStore(path) as store:
        store.add_images(as_rows(in_families(records(FIRST_IMAGES))))
    done = 0
    while done < STEPS:
        said = run_until_killed(path, seed, done, rng)
        acknowledged = done + said.count(b".")
        outcome.kills[when(said) if acknowledged < STEPS or b"c" in said else "while closing"] += 1
        found = reopened(path)
        allowed = [number for number in (acknowledged, acknowledged + 1) if states[number : number + 1] == [found]]
        if not allowed:
            outcome.wrong.append(f"sequence {seed}: after {acknowledged} acknowledged steps the project is another")
            return
        done = allowed[0]
    undone_to_the_start(path, seed, outcome)


def undone_to_the_start(path: Path, seed: int, outcome: Outcome) -> None:
    """History is not only there: it works."""
    with ProjectStore(path) as store:
        project = Project(store.load_grouping(), store.journal)
        while project.undo_label:
            project.undo()
        if project.grouping != Grouping().grown_to(len(project.grouping.home)):
            outcome.wrong.append(f"sequence {seed}: undoing everything does not lead back to the start")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sequences", type=int, default=100)
    parser.add_argument("--first-seed", type=int, default=0)
    chosen = parser.parse_args()
    outcome = Outcome()
    for seed in range(chosen.first_seed, chosen.first_seed + chosen.sequences):
        with tempfile.TemporaryDirectory() as folder:
            run_sequence(Path(folder), seed, outcome)
        done = seed + 1 - chosen.first_seed
        if done % REPORT_EVERY == 0:
            print(f"{done} sequences, {sum(outcome.kills.values())} kills, {len(outcome.wrong)} wrong", flush=True)
    for moment, count in sorted(outcome.kills.items()):
        print(f"killed {moment:24} {count:6}")
    print(*outcome.wrong, sep="\n")
    summary = {"sequences": chosen.sequences, "steps": STEPS, "kills": sum(outcome.kills.values())}
    print(json.dumps(summary | {"wrong": len(outcome.wrong)}))
    return bool(outcome.wrong)


if __name__ == "__main__":
    sys.exit(main())
