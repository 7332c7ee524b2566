"""Copies among 20,000 other pictures: how many are found at precision 0.99, beside imagededup's pHash and fastdup.

    python tests/benchmarks/bench_duplicates.py --work DIR [--fastdup PYTHON]

160 pictures of `../shared/images` are copied in 17 ways and 8 pairs of ways (4,000 copies, `made_copies`); what is left
of them and 18,700 of `../shared/train` stand beside. Each copy is judged against all pictures that are
none, and those against each other. Pairs in `natural_copies.txt`, which are copies by nature, count neither way: all
programs' likeliest pairs were looked at by eye (`--sheets DIR` draws them). *Pooled*: one threshold over all. Beside
Shoal: imagededup's pHash by its published definition (it decodes with Pillow as it does here), its best threshold;
fastdup by its own vectors, where its Python is given.
Weights, questions and answers as in the program; the 20 answers are the truth. Takes an hour the first time.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from tests.benchmarks.labelled_sets import SHARED

from shoal.analysis.copy_rule import CopyRule, most_telling, rule_without_vectors, shipped_rule
from shoal.analysis.copy_signs import Pairs
from shoal.command_line.asked import workplace
from shoal.domain.task import HereCaller, Task
from shoal.looking.copies import Eyes, Greys, gather_looks, signs_of
from shoal.projects.workplace import Workplace
from shoal_training.copies import CopiedSet, pairs_among, seen
from shoal_training.made_copies import BENCHMARK_SEED, drawn, in_images, in_train, write_copies

WANTED = 0.99
QUESTIONS = 20
BLOCK = 1000
SHOWN, ACROSS, DOWN, CELL = 240, 8, 10, 110
NATURAL = Path(__file__).with_name("natural_copies.txt")
Ranks = tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.int64]]
"""Scores of pairs, whether each is a copy, and the row of the copy."""


def written(folder: Path, every: int) -> dict[int, str]:
    """The pictures as files, or one of so many. Number -> name in `../shared`."""
    images, train = in_images(SHARED), in_train(SHARED)
    lots = drawn(list(images), list(train))
    names = [*lots.sources, *(name for name in images if name not in set(lots.sources)), *lots.unlike]
    if not folder.exists():
        folder.mkdir(parents=True)
        for number, name in list(enumerate(names))[::every]:
            data = images[name].read_bytes() if name in images else train[name]
            if number < len(lots.sources):
                write_copies(folder, number, data, images[name].suffix, BENCHMARK_SEED)
            else:
                folder.joinpath(f"{number:05}-original{Path(name).suffix}").write_bytes(data)
    return dict(enumerate(names))


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Every picture's number, and which pairs of numbers are natural copies."""

    pictures: CopiedSet
    numbers: NDArray[np.int64]
    natural: frozenset[tuple[int, int]]

    @property
    def copies(self) -> NDArray[np.intp]:
        return np.flatnonzero(self.pictures.original >= 0)

    def counts(self, pairs: Pairs) -> NDArray[np.bool_]:
        """Not two copies of one picture, nor of natural copies."""
        original, numbers = self.pictures.original, self.numbers
        both = (original[pairs] >= 0).all(axis=1)
        ends = np.sort(numbers[pairs], axis=1).tolist()
        known = np.array([(a, b) in self.natural for a, b in ends], np.bool_)
        return ~both & ~known

    def truth(self, pairs: Pairs) -> NDArray[np.bool_]:
        same: NDArray[np.bool_] = self.numbers[pairs[:, 0]] == self.numbers[pairs[:, 1]]
        return same


def recall_at(scores: NDArray[np.float64], truth: NDArray[np.bool_], of: int) -> tuple[float, float]:
    """The best recall at precision 0.99, and the score from which on."""
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(truth[order])
    last = np.append(np.diff(scores[order]) != 0, True)  # equal scores stand or fall together
    good = np.flatnonzero((right / np.arange(1, len(order) + 1) >= WANTED) & last)
    return (0.0, np.inf) if not len(good) else (float(right[good[-1]] / of), float(scores[order[good[-1]]]))


def by_kind(judged: Judged, pairs: Pairs, found: NDArray[np.bool_]) -> dict[str, float]:
    """Recall of each kind of copy; of two changes together."""
    hits = set(pairs[found].ravel().tolist())
    kinds: dict[str, list[bool]] = {}
    for row in judged.copies.tolist():
        kind = judged.pictures.kinds[row]
        kinds.setdefault("two changes" if "_+_" in kind else kind.replace("_", " "), []).append(row in hits)
    return {kind: float(np.mean(hits)) for kind, hits in sorted(kinds.items())}


def told(name: str, judged: Judged, pairs: Pairs, scores: NDArray[np.float64]) -> tuple[float, dict[str, float]]:
    truth = judged.truth(pairs)
    recall, threshold = recall_at(scores, truth, len(judged.copies))
    kinds = by_kind(judged, pairs, truth & (scores >= threshold))
    print(f"{name:34} {recall:.4f}   from {threshold:.4g}", flush=True)
    return recall, kinds


def answered(rule: CopyRule, signs: NDArray[np.float32], truth: NDArray[np.bool_]) -> tuple[CopyRule, list[int]]:
    """Twenty questions, each about the pair that tells most by then."""
    asked, pairs = ~np.isfinite(signs[:, -1]), list[int]()
    after = rule
    for _question in range(QUESTIONS):
        pair = most_telling(after.settled(signs).closely(signs), asked)
        if pair is None:
            break
        asked[pair] = True
        pairs.append(pair)
        after = rule.corrected(signs[pairs], truth[pairs])
    return after, pairs


def said(rule: CopyRule, signs: NDArray[np.float32], truth: NDArray[np.bool_], copies: int) -> None:
    """What the program itself expects, as settled by all pairs."""
    likely = rule.settled(signs).closely(signs)
    for threshold in (0.5, 0.9):
        taken = likely >= threshold
        print(
            f"   at {threshold}: said precision {likely[taken].mean():.4f}, true {truth[taken].mean():.4f};"
            f" recall {truth[taken].sum() / copies:.4f}"
        )


def perceptual_hash(file: Path) -> int:
    """As imagededup's PHash: 32 x 32 grey, cosine transform, 8 x 8 slowest waves against their middle."""
    from scipy.fft import dct  # what imagededup uses

    with Image.open(file) as image:
        grey = np.asarray(image.convert("RGB").convert("L").resize((32, 32), Image.Resampling.LANCZOS), np.float64)
    waves = dct(dct(grey, axis=0), axis=1)[:8, :8]
    bits = (waves >= np.median(waves.ravel()[1:])).ravel()
    return int(np.packbits(bits).view(">u8")[0])


def nearest_pairs(
    judged: Judged, likeness: Iterable[tuple[slice, NDArray[np.float32]]], least: float
) -> tuple[Pairs, NDArray[np.float64]]:
    """All pairs that are at least so alike, of blocks of rows against the pictures that are no copies."""
    natural, pairs, scores = np.flatnonzero(judged.pictures.original < 0), [], []
    for rows, block in likeness:
        one, other = np.nonzero(block >= least)
        pair = np.stack([one + rows.start, natural[other]], axis=1)
        keep = (pair[:, 0] != pair[:, 1]) & ((judged.pictures.original[pair[:, 0]] >= 0) | (pair[:, 0] < pair[:, 1]))
        pairs.append(pair[keep])
        scores.append(block[one, other][keep])
    both = np.concatenate(pairs).astype(np.int64)
    counts = judged.counts(both)
    return both[counts], np.concatenate(scores).astype(np.float64)[counts]


def blocks(count: int) -> Iterator[slice]:
    return (slice(start, min(start + BLOCK, count)) for start in range(0, count, BLOCK))


def by_hash(judged: Judged) -> tuple[Pairs, NDArray[np.float64]]:
    hashes = np.array([perceptual_hash(record.path) for record in judged.pictures.records], np.uint64)
    natural = hashes[judged.pictures.original < 0]
    apart = ((part, np.bitwise_count(hashes[part, np.newaxis] ^ natural)) for part in blocks(len(hashes)))
    alike = ((part, -bits.astype(np.float32)) for part, bits in apart)
    return nearest_pairs(judged, alike, -14)


def by_fastdup(judged: Judged, python: Path, folder: Path, out: Path) -> tuple[Pairs, NDArray[np.float64]]:
    if not out.exists():
        program = Path(__file__).with_name("peer_eyes.py")
        subprocess.run([python, program, "fastdup", folder, out], check=True)
    with np.load(out) as arrays:
        rows = {Path(file).name: row for row, file in enumerate(arrays["files"].tolist())}
        vectors = arrays["vectors"] / np.linalg.norm(arrays["vectors"], axis=1, keepdims=True)
    seen_so = np.zeros((len(judged.pictures.records), vectors.shape[1]), np.float32)
    for row, record in enumerate(judged.pictures.records):
        if record.path.name in rows:
            seen_so[row] = vectors[rows[record.path.name]]
    natural = seen_so[judged.pictures.original < 0]
    return nearest_pairs(judged, ((part, seen_so[part] @ natural.T) for part in blocks(len(seen_so))), 0.8)


def natural_copies(names: Mapping[int, str]) -> frozenset[tuple[int, int]]:
    numbers = {name: number for number, name in names.items()}
    pairs = (line.split() for line in NATURAL.read_text().splitlines() if line and not line.startswith("#"))
    return frozenset(tuple(sorted((numbers[one], numbers[other]))) for one, other in pairs)  # type: ignore[misc]


def sheets(judged: Judged, name: str, pairs: Pairs, scores: NDArray[np.float64], folder: Path) -> None:
    """The likeliest pairs that are none, to be looked at; their numbers beside them in a list."""
    wrong = np.flatnonzero(~judged.truth(pairs))
    best = wrong[np.argsort(-scores[wrong], kind="stable")[:SHOWN]]
    folder.mkdir(exist_ok=True)
    lines = [" ".join(map(str, judged.numbers[pairs[place]].tolist())) for place in best]
    (folder / f"{name}.txt").write_text("\n".join(lines) + "\n")
    for page, start in enumerate(range(0, len(best), ACROSS * DOWN)):
        sheet = Image.new("RGB", (ACROSS * 2 * CELL + ACROSS * 6, DOWN * CELL))
        for cell, place in enumerate(best[start : start + ACROSS * DOWN]):
            for side, row in enumerate(pairs[place]):
                with Image.open(judged.pictures.records[row].path) as image:
                    small = image.convert("RGB")
                small.thumbnail((CELL - 2, CELL - 2))
                sheet.paste(small, (cell % ACROSS * (2 * CELL + 6) + side * CELL, cell // ACROSS * CELL))
        sheet.save(folder / f"{name}-{page}.png")


def table(rows: Mapping[str, Mapping[str, float]]) -> None:
    print(f"\n{'recall at precision 0.99, pooled':34} " + " ".join(f"{name:>12}" for name in rows))
    for kind in next(iter(rows.values())):
        print(f"{kind:34} " + " ".join(f"{kinds[kind]:12.3f}" for kinds in rows.values()))


def compared(pictures: CopiedSet, place: Workplace, rule: CopyRule) -> tuple[Pairs, NDArray[np.float32]]:
    """As the program does it; prints what it took."""
    began, spent, task, count = time.perf_counter(), time.process_time(), Task(), len(pictures.records)
    looks = gather_looks(pictures.records, place.tools.caches.features, place.pictures.small, task)
    pairs = pairs_among(pictures, looks)[0]
    cheap = time.process_time() - spent
    eyes = Eyes(Greys(pictures.records, place.pictures.small), rule, HereCaller())
    signs = signs_of(pairs, pictures.vectors, looks, eyes, task)
    wall, core = time.perf_counter() - began, time.process_time() - spent
    share, minutes = np.isfinite(signs[:, 4]).mean(), 100_000 * core / count / 60
    print(
        f"{share:.1%} of {len(pairs):,} pairs laid on each other; {wall:.0f} s by the clock, {core:.0f} s of one core,"
    )
    print(
        f"   {cheap:.0f} of them for candidates: {minutes:.1f} minutes for 100,000 pictures, extrapolated", flush=True
    )
    return pairs, signs


def looked_at(work: Path, names: Mapping[int, str], rule: CopyRule) -> tuple[Judged, Pairs, NDArray[np.float32]]:
    """What was compared is kept: judging it again costs nothing."""
    with workplace() as place:
        pictures, kept = seen(work / "pictures", place), work / "compared.npz"
        if not kept.exists():
            pairs, signs = compared(pictures, place, rule)
            np.savez(kept, pairs=pairs, signs=signs)
    with np.load(kept) as arrays:
        pairs, signs = arrays["pairs"], arrays["signs"]
    numbers = np.array([int(record.path.name.split("-")[0]) for record in pictures.records])
    judged = Judged(pictures, numbers, natural_copies(names))
    counts = judged.counts(pairs)
    return judged, pairs[counts], signs[counts]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="where the pictures are written, and kept")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only one of N pictures: a quick look (1)")
    parser.add_argument("--fastdup", type=Path, help="a Python that has fastdup")
    parser.add_argument("--sheets", type=Path, help="a folder for pictures of the pairs taken wrongly")
    asked, rule = parser.parse_args(), shipped_rule()
    folder, rows = asked.work / "pictures", dict[str, dict[str, float]]()
    judged, pairs, signs = looked_at(asked.work, written(folder, asked.every), rule)
    truth, copies = judged.truth(pairs), len(judged.copies)
    print(f"{copies:,} copies, {len(judged.numbers) - copies:,} others; candidates hold {truth.sum():,}")
    first, rows["Shoal"] = told("Shoal, no answer", judged, pairs, rule.closely(signs))
    said(rule, signs, truth, copies)
    after, pairs_asked = answered(rule, signs, truth)
    second, rows["20 answers"] = told("Shoal, 20 answers", judged, pairs, after.closely(signs))
    rest = np.setdiff1d(np.arange(len(pairs)), pairs_asked)
    said(after, signs[rest], truth[rest], copies)
    without = rule_without_vectors()
    rows["no vectors"] = told("Shoal, without vectors", judged, pairs, without.closely(signs))[1]
    said(without, signs, truth, copies)
    others = {"imagededup": by_hash(judged)}
    if asked.fastdup:
        others["fastdup"] = by_fastdup(judged, asked.fastdup, folder, asked.work / "fastdup.npz")
    for name, found in others.items():
        rows[name] = told(name, judged, *found)[1]
    table(rows)
    if asked.sheets:
        for name, found in {"shoal": (pairs, rule.closely(signs)), **others}.items():
            sheets(judged, name, *found, asked.sheets)
    return 0 if first >= 0.95 and second >= 0.98 else 1


if __name__ == "__main__":
    sys.exit(main())
