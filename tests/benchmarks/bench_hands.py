"""How long a person takes to put right what the program got wrong: a simulated person at the real services.

    python tests/benchmarks/bench_hands.py [--sets SET...] [--base DIR] [--work DIR] [--out FILE.json]

Sets: `objects`, `clothing`, `grocery` of `../shared/images`, and `train`: 10,000 of `../shared/train` without its
64-pixel source. The person knows the labels, sees what a window of 1600 x 1000 shows (35 pictures at once, five faces
of a cluster, five targets beside a picture), and pays by the keystroke-level model (Card, Moran, Newell 1980): a key
0.2 s, point and click 1.1, a drag 2.5, a screenful 1.35, a picture judged 0.25, and a thought for each act that
corrects something (0.5; also 0 and 1.35). A name there is costs two letters and Enter, a new one eight and Enter; a
name that the program offers is taken by Enter where `right_words.py` lets that word stand for this label alone.

Strategies: `drag` moves picture after picture; `cards` chooses the wrong ones of each page by clicks, moves them
together, and merges card on card; `all` is the naming pass, then the doubtful list, through the calls of the window,
and stops when the program says that 95% are probably right (the others stop at 95%, which nobody tells them). `base`
does `drag` and `cards` with clusters and vectors of an earlier version in `--base` (a checkout), whichever order of
pictures within a cluster is the quicker one.

Printed: seconds per 1,000 pictures, the share that was right at the end, which part of the acts on wrong pictures was
Enter or a digit, wrong ones accepted unseen, and how long the program took to learn between pages.
"""

import argparse
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

import numpy as np
from numpy.typing import NDArray
from tests.benchmarks.hands_sets import SETS, Opened, before, opened
from tests.benchmarks.right_words import RIGHT

from shoal.domain import edits
from shoal.domain.extension_points import USUAL_MODEL
from shoal.domain.grouping import ClusterId, Grouping, Patch
from shoal.domain.naming_edits import cluster_called, name_cluster, set_apart
from shoal.domain.sentence import Sentence
from shoal.looking.content_names import word_in
from shoal.looking.known_words import known_words
from shoal.projects.naming_pass import Unnamed, to_be_named, unnamed
from shoal.projects.teaching import ENOUGH, PAGE, Doubt, Judgements, Lesson, Teacher

KEY, CLICK, DRAG, SCREEN, JUDGED = 0.2, 1.1, 2.5, 1.35, 0.25
KNOWN_NAME, NEW_NAME = 3 * KEY, 9 * KEY
THOUGHTS = (0.5, 0.0, 1.35)
WAYS = ("cards", "drag")
LARGE = 2000
WORTH_SETTING_APART = 10
"""A part of a cluster with a face of another kind is set apart by its digit if it holds so many pictures."""
STEP = Sentence("Step")


@dataclass
class Person:
    """What was paid, and for what. Acts are those on pictures that were wrong, or whose first choice was."""

    seconds: float = 0.0
    thoughts: int = 0
    acts: Counter[str] = field(default_factory=Counter)
    judged: int = 0

    def pay(self, seconds: float) -> None:
        self.seconds += seconds

    def look(self, pictures: int) -> None:
        self.judged += pictures
        self.seconds += JUDGED * pictures

    def with_thoughts(self, thought: float) -> float:
        """What is done does not depend on how long a thought takes."""
        return self.seconds + thought * self.thoughts

    def think(self) -> None:
        self.thoughts += 1


class Hands:
    """`all`: naming pass and doubtful list on an opened project."""

    def __init__(self, of: Opened, person: Person) -> None:
        self._of, self._person, self._project = of, person, of.project.project
        self._words = _words_of_labels(of)
        self.naming_seconds, self.learning, self.said = 0.0, [0.0], 0.0

    @property
    def grouping(self) -> Grouping:
        return self._project.grouping

    def apply(self, patch: Patch) -> None:
        self._project.apply(STEP, patch)

    def name_all(self) -> None:
        """The window asks for the next one after each step, so what was set apart comes up as well."""
        while left := to_be_named(self.grouping):
            self._name(unnamed(self.grouping, self._of.embeddings, left[0], "Cluster"))
        self.naming_seconds = self._person.seconds

    def _name(self, shown: Unnamed) -> None:
        person, labels = self._person, self._of.labels
        person.pay(SCREEN)
        person.look(len(shown.parts))
        sizes: Counter[str] = Counter()
        for part in shown.parts:
            sizes[str(labels[part.face])] += len(part.images)
        label = sizes.most_common(1)[0][0]
        others = [one for one in shown.parts if labels[one.face] != label and len(one.images) >= WORTH_SETTING_APART]
        for _part in others:
            person.think()
            person.pay(KEY)
        if others:
            self.apply(set_apart(self.grouping, shown.cluster, [part.images for part in others]))
        person.pay(self._cost_of_name(shown.offer, label))
        self.apply(name_cluster(self.grouping, shown.cluster, label))

    def _cost_of_name(self, offer: str, label: str) -> float:
        tree = known_words()
        word = word_in(offer, tree) if tree is not None and offer else None
        if word is not None and word == self._words.get(label):
            return KEY
        there = cluster_called(self.grouping, label)
        return KNOWN_NAME if there is not None and self.grouping.clusters[there].named else NEW_NAME

    def judge_doubtful(self) -> None:
        """Page after page until the program says that it is enough."""
        teacher, judged = Teacher(self._of.embeddings, self._of.project.snapshot.graph), Judgements()
        while True:
            lesson = self._learn(teacher, judged)
            if (lesson.share or 0.0) >= ENOUGH or not len(lesson.open_rows):
                self.said = lesson.share or 1.0
                return
            judged = self._judge_page(teacher, lesson, judged)

    def _learn(self, teacher: Teacher, judged: Judgements) -> Lesson:
        began = time.perf_counter()
        lesson = teacher.lesson(self.grouping, judged)
        self.learning.append(time.perf_counter() - began)
        return lesson

    def _judge_page(self, teacher: Teacher, lesson: Lesson, judged: Judgements) -> Judgements:
        """The window learns anew beside the person after each act; here only after some, where that takes long."""
        self._person.pay(SCREEN)
        page, acts = lesson.page(PAGE), 0
        while page and (lesson.share or 0.0) < ENOUGH:
            doubt = page.pop(0)
            signs = lesson.signs_of(doubt.image)
            assert signs is not None
            judged = judged.with_one(signs, self._judge(doubt))
            acts += 1
            if page and acts % (1 if len(self._of.labels) < LARGE else 7) == 0:
                lesson = self._learn(teacher, judged)
                page = lesson.again([one.image for one in page])
        return judged

    def _judge(self, doubt: Doubt) -> bool:
        """Whether it stays."""
        person, label = self._person, str(self._of.labels[doubt.image])
        person.look(1)
        grouping, to = self.grouping, cluster_called(self.grouping, label)
        right = to == doubt.home
        if not right or doubt.choices[0] != to:
            person.think()
        if to is None:
            person.pay(KEY + NEW_NAME)
            person.acts["name"] += 1
            self.apply(edits.create_cluster(grouping, label, [doubt.image]))
            return False
        act = "enter" if doubt.choices[:1] == (to,) else "digit" if to in doubt.choices else "name"
        person.pay(KEY if act != "name" else KEY + KNOWN_NAME)
        if not right:
            person.acts[act] += 1
        patch = edits.accept_images(grouping, [doubt.image]) if right else None
        self.apply(patch or edits.move_images(grouping, [doubt.image], to))
        return right


def right_now(grouping: Grouping, of: Opened) -> NDArray[np.bool_]:
    names = {id_: cluster.name for id_, cluster in grouping.clusters.items()}
    homes = grouping.homes.of(of.embeddings.rows)
    return np.array([names.get(ClusterId(int(home))) == label for home, label in zip(homes, of.labels, strict=True)])


def _words_of_labels(of: Opened) -> dict[str, int]:
    """The word that stands for each label and for no other one of the set."""
    tree, table = known_words(), RIGHT.get(of.name, {})
    if tree is None:
        return {}
    found = [(label, place) for label, words in table.items() for one in words if (place := tree.find(one)) is not None]
    uses = Counter(place for _label, place in found)
    return {label: place for label, place in found if uses[place] == 1}


def with_all(of: Opened) -> dict[str, Any]:
    person = Person()
    hands, count = Hands(of, person), len(of.labels)
    hands.name_all()
    named = float(right_now(hands.grouping, of).mean())
    hands.judge_doubtful()
    right = right_now(hands.grouping, of)
    unseen = int((hands.grouping.pinned[of.embeddings.rows.ids] & ~right).sum())
    acts = sum(person.acts.values())
    return {
        "seconds": {str(thought): 1000 * person.with_thoughts(thought) / count for thought in THOUGHTS},
        "naming": 1000 * hands.naming_seconds / count,
        "after_naming": named,
        "right": float(right.mean()),
        "said": hands.said,
        "judged": person.judged / count,
        "acts": dict(person.acts),
        "enter_or_digit": (person.acts["enter"] + person.acts["digit"]) / acts if acts else 1.0,
        "unseen_wrong": unseen,
        "learning_ms": 1000 * float(np.median(hands.learning[1:])),
        "slowest_ms": 1000 * max(hands.learning),
    }


class Mouse:
    """`drag` and `cards`: cluster after cluster, the largest first; stops at 95%, though nobody tells."""

    def __init__(self, labels: NDArray[np.int64], clusters: NDArray[np.int64], order: NDArray[np.int64]) -> None:
        self._labels, self._clusters, self._order = labels, clusters, order

    def work(self, *, together: bool) -> Person:
        """`together`: cards are merged, and the wrong pictures of a page chosen by clicks; else each is dragged."""
        person = Person()
        home = self._named(person, merge=together)
        ids, counts = np.unique(home, return_counts=True)
        for id_ in ids[np.argsort(-counts, kind="stable")]:
            members = self._order[home[self._order] == id_]
            for at in range(0, len(members), PAGE):
                if (self._owners(home) == self._labels).mean() >= ENOUGH:
                    return person
                self._page(members[at : at + PAGE], home, person, together=together)
        return person

    def _named(self, person: Person, *, merge: bool) -> NDArray[np.int64]:
        """Each cluster is called after most of it; F2 and the name. Equal ones are merged card on card, or stay two."""
        home, first = self._clusters.copy(), {}
        for id_ in np.unique(home):
            label = int(np.bincount(self._labels[home == id_]).argmax())
            person.pay(SCREEN)
            person.look(4)
            if merge and label in first:
                person.think()
                person.pay(DRAG)
                home[home == id_] = first[label]
            else:
                first.setdefault(label, id_)
                person.pay(KEY + (KNOWN_NAME if id_ != first[label] else NEW_NAME))
        self._names = {int(id_): int(np.bincount(self._labels[home == id_]).argmax()) for id_ in np.unique(home)}
        return home

    def _owners(self, home: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.array([self._names[int(id_)] for id_ in home])

    def _page(self, shown: NDArray[np.int64], home: NDArray[np.int64], person: Person, *, together: bool) -> None:
        person.pay(SCREEN)
        person.look(len(shown))
        wrong = [int(one) for one in shown if self._names[int(home[one])] != self._labels[one]]
        for label in dict.fromkeys(int(self._labels[one]) for one in wrong):
            those = [one for one in wrong if self._labels[one] == label]
            target = next((id_ for id_, name in self._names.items() if name == label), None)
            if target is None:
                person.pay(CLICK + NEW_NAME)
                target = max(self._names) + 1
                self._names[target] = label
            for _one in those:
                person.think()
                person.pay(CLICK if together else DRAG)
            if together:
                person.pay(DRAG)
            home[those] = target


def with_mouse(labels: NDArray[np.str_], clusters: NDArray[np.int64], vectors: NDArray[np.float32]) -> Mouse:
    """In the order of the files."""
    numbers = np.unique(labels, return_inverse=True)[1].astype(np.int64)
    return Mouse(numbers, clusters.astype(np.int64), np.arange(len(vectors)))


def odd_ones_first(mouse: Mouse, clusters: NDArray[np.int64], vectors: NDArray[np.float32]) -> Mouse:
    """Each cluster's least typical pictures first."""
    typical = np.empty(len(vectors))
    for id_ in np.unique(clusters):
        rows = clusters == id_
        centre = vectors[rows].mean(axis=0)
        typical[rows] = vectors[rows] @ (centre / max(float(np.linalg.norm(centre)), 1e-9))
    return Mouse(mouse._labels, mouse._clusters, np.argsort(typical, kind="stable"))


def by_mouse(
    labels: NDArray[np.str_], clusters: NDArray[np.int64], vectors: NDArray[np.float32]
) -> dict[str, dict[str, float]]:
    plain = with_mouse(labels, clusters, vectors)
    ways = (plain, odd_ones_first(plain, clusters, vectors))
    found = {}
    for name, together in (("drag", False), ("cards", True)):
        people = [way.work(together=together) for way in ways]
        found[name] = {
            str(thought): 1000 / len(labels) * min(person.with_thoughts(thought) for person in people)
            for thought in THOUGHTS
        }
    return found


def measure(name: str, work: Path, base: Path | None) -> dict[str, Any]:
    of = opened(name, work, USUAL_MODEL)
    clusters = of.project.project.grouping.homes.of(of.embeddings.rows).astype(np.int64)
    row: dict[str, Any] = {"now": by_mouse(of.labels, clusters, of.embeddings.vectors)}
    if base is not None:
        old = before(name, work, base)
        row["base"] = by_mouse(old.labels, old.clusters, old.vectors)
    row["all"] = with_all(of)
    of.project.close()
    show(name, row)
    return row


def show(name: str, row: dict[str, Any]) -> None:
    found = row["all"]
    for thought in map(str, THOUGHTS):
        mouse = {
            f"{build} {way}": row[build][way][thought] for build in ("now", "base") if build in row for way in WAYS
        }
        told = "  ".join(f"{way} {seconds:5.0f}" for way, seconds in mouse.items())
        seconds = found["seconds"][thought]
        fewer = f"  {mouse['base cards'] / seconds:.1f}x fewer" if "base cards" in mouse else ""
        print(f"{name:9} thought {thought:4}  all {seconds:5.0f}  {told}{fewer}")
    print(
        f"{'':9} naming {found['naming']:.0f}, {found['after_naming']:.3f} right then; right at the stop "
        f"{found['right']:.3f} (said {found['said']:.3f}); judged {found['judged']:.2f}; Enter or digit "
        f"{found['enter_or_digit']:.2f}; unseen wrong {found['unseen_wrong']}; learning {found['learning_ms']:.0f} ms, "
        f"slowest {found['slowest_ms']:.0f}",
        flush=True,
    )


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sets", nargs="+", default=SETS, choices=SETS)
    parser.add_argument("--base", type=Path)
    parser.add_argument("--work", type=Path, default=Path("/tmp/shoal-bench-hands"))
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    print("seconds per 1,000 pictures until 95% lie in a cluster named right")
    rows = {name: measure(name, arguments.work, arguments.base) for name in arguments.sets}
    if arguments.out:
        arguments.out.write_text(json.dumps(rows, indent=2), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
