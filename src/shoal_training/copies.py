"""Learns the weights by which copies are told from look-alikes, and prints them for `shoal/analysis/copy_weights.py`.

`python -m shoal_training.copies ../shared`: some pictures of `train` are copied in many ways (`made_copies`), some
thousand others stand beside them, many of them nearly the same. A copy and its original are to be told from every other
pair that the program would look at. A second rule does without the vectors, for models of which nobody knows what their
cosines say of copies. Takes a quarter of an hour on one core, most of it to look at the pictures, which are looked at
once: `--work DIR` keeps them.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.copy_candidates import NEAREST, nearest_by_hash, pairs_of
from shoal.analysis.copy_rule import BY_VECTOR, CHEAP_FEATURES, FEATURES, CopyRule, features, fitted
from shoal.analysis.copy_signs import Pairs, cheap_signs
from shoal.analysis.nearest_neighbours import nearest_to
from shoal.command_line.asked import workplace
from shoal.domain.copies import ManyLooks
from shoal.domain.extension_points import USUAL_MODEL, LoadOptions
from shoal.domain.geometry import EmbeddingMatrix, Rows, StageKey
from shoal.domain.images import FoundImage, ImageRecord
from shoal.domain.task import Task
from shoal.looking.copies import Eyes, Greys, gather_looks, signs_of
from shoal.looking.pipeline import look_at
from shoal.projects.workplace import Workplace
from shoal_training.made_copies import LABORATORY_SEED, drawn, in_images, in_train, write_copies

HOLD = 0.01
"""Pull of the weights towards 0, beside one pair."""


@dataclass(frozen=True, slots=True, eq=False)
class CopiedSet:
    """Pictures of which some are copies. `original`: the row that each is a copy of; -1 for a picture of its own."""

    records: Sequence[ImageRecord]
    vectors: NDArray[np.float32]
    original: NDArray[np.int64]
    kinds: Sequence[str]


def written(folder: Path, shared: Path) -> None:
    """Originals, their copies and others, as files whose names say what they are."""
    train = in_train(shared)
    lots = drawn(list(in_images(shared)), list(train))
    for number, name in enumerate(lots.laboratory):
        write_copies(folder, number, train[name], ".webp", LABORATORY_SEED)
    for number, name in enumerate(lots.beside_laboratory, start=len(lots.laboratory)):
        folder.joinpath(f"{number:05}-original.webp").write_bytes(train[name])


def seen(folder: Path, place: Workplace) -> CopiedSet:
    """All pictures of such a folder, as the usual model sees them."""
    backend = place.models.load(USUAL_MODEL, LoadOptions(), Task())[1]
    found = look_at([FoundImage(file) for file in sorted(folder.iterdir())], backend, place.tools, Task())
    numbers = [record.path.name.split("-")[0] for record in found.records]
    kinds = [record.path.stem.split("-", 2)[-1] for record in found.records]
    own = {number: row for row, (number, kind) in enumerate(zip(numbers, kinds, strict=True)) if kind == "original"}
    original = [-1 if kind == "original" else own[number] for number, kind in zip(numbers, kinds, strict=True)]
    return CopiedSet(found.records, found.embeddings.vectors, np.array(original), kinds)


def pairs_among(pictures: CopiedSet, looks: ManyLooks) -> tuple[Pairs, NDArray[np.bool_]]:
    """What the program would look at if each copy were alone with the others; and which of them are copies."""
    natural = np.flatnonzero(pictures.original < 0)
    own = EmbeddingMatrix(Rows(natural, StageKey("natural")), pictures.vectors[natural])
    by_vector = natural[nearest_to(own, pictures.vectors, NEAREST + 1, Task())[0]].astype(np.int64)
    others = np.concatenate([by_vector, nearest_by_hash(looks.waves, Task(), among=natural)], axis=1)
    pairs = pairs_of(others)
    copies = (pictures.original[pairs[:, 0]] == pairs[:, 1]) | (pictures.original[pairs[:, 1]] == pairs[:, 0])
    return pairs, copies


def learnt(signs: NDArray[np.float32], copies: NDArray[np.bool_], blind: bool = False) -> NDArray[np.float64]:
    """`blind`: what the vectors say has no weight."""
    columns = features(signs)
    if blind:
        columns[:, [column for column in BY_VECTOR if column < columns.shape[1]]] = 0
    return fitted(columns, copies, np.zeros(columns.shape[1]), HOLD)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, help="the folder with images/ and train/")
    parser.add_argument("--work", type=Path, help="a folder for the pictures, which stay there for the next time")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.work or Path(scratch) / "pictures"
        if not folder.exists():
            folder.mkdir(parents=True)
            written(folder, asked.shared)
        with workplace() as place:
            print_weights(seen(folder, place), place)
    return 0


def print_weights(pictures: CopiedSet, place: Workplace) -> None:
    looks = gather_looks(pictures.records, place.tools.caches.features, place.pictures.small, Task())
    pairs, copies = pairs_among(pictures, looks)
    signs = cheap_signs(pairs, pictures.vectors, looks)
    cheap, blind_cheap = (learnt(signs, copies, blind) for blind in (False, True))
    rules = [CopyRule(weights, np.zeros(FEATURES)) for weights in (cheap, blind_cheap)]
    open_ = np.any([rule.undecided(signs) for rule in rules], axis=0)
    laid = signs_of(pairs[open_], pictures.vectors, looks, _seen_closely(pictures, place), Task())
    close, blind_close = (
        learnt(laid[rule.undecided(laid)], copies[open_][rule.undecided(laid)], blind)
        for rule, blind in zip(rules, (False, True), strict=True)
    )
    say = sys.stdout.write
    share = f"{rules[0].undecided(signs).mean():.1%}"
    say(f"# {len(pairs):,} pairs, {copies.sum():,} of them copies; {share} left open by the cheap signs\n")
    say(f"SHARE = {copies.mean():.4f}\n")
    found = {"CHEAP": cheap, "CLOSE": close, "BLIND_CHEAP": blind_cheap, "BLIND_CLOSE": blind_close}
    for name, weights in found.items():
        say(f"{name} = ({', '.join(f'{weight:.4f}' for weight in weights)})\n")


def _seen_closely(pictures: CopiedSet, place: Workplace) -> Eyes:
    """Whatever the cheap signs say, everything is laid on each other."""
    nothing = CopyRule(np.zeros(CHEAP_FEATURES), np.zeros(FEATURES))
    return Eyes(Greys(pictures.records, place.pictures.small), nothing, place.tools.maths)


if __name__ == "__main__":
    sys.exit(main())
