"""The merge queue by real keys: the most alike first, found beside the window's thread, however many clusters."""

import threading

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from tests.support.sorted_desk import CONTROL, SHIFT, Hands
from tests.support.sorted_session import record

from shoal.domain.edits import split_cluster
from shoal.domain.geometry import ByImage, EmbeddingMatrix, MapLayout, Rows, StageKey
from shoal.domain.grouping import Cluster, ClusterId, Grouping, Rejection
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.features.merging import merging
from shoal.looking.snapshot import Snapshot
from shoal.projects.merging import most_alike_pairs
from shoal.projects.project import Project

MANY = 8000


@pytest.fixture
def halves(hands: Hands, qtbot) -> Hands:
    """Cats and dogs, each kind in two clusters."""
    for cluster in (1, 2):
        members = hands.project.grouping.members(ClusterId(cluster))
        labels = np.arange(len(members), dtype=np.int32) % 2
        with qtbot.waitSignal(hands.session.portraits_changed):
            hands.project.apply(Sentence("halve"), split_cluster(hands.project.grouping, ClusterId(cluster), labels))
    return hands


def open_queue(hands: Hands, qtbot) -> None:
    hands.window.activateWindow()
    qtbot.waitUntil(hands.window.isActiveWindow)
    hands.press(Qt.Key.Key_M, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: hands.is_asked("mergeQueue") and is_answerable(hands))


def is_answerable(hands: Hands) -> bool:
    return bool(hands.widget("mergeYes").isEnabled())


def title(hands: Hands) -> str:
    return str(hands.widget("mergeQueue").windowTitle())


def pair_shown(hands: Hands) -> tuple[str, ...]:
    return tuple(label.text() for label in hands.widget("mergeQueue")._titles)


def test_the_most_alike_come_first_and_one_key_merges_them(halves, qtbot):
    hands, before = halves, halves.project.grouping
    open_queue(hands, qtbot)
    assert title(hands) == "Merge the most alike: 1 of 6"
    first = pair_shown(hands)
    assert len({name.split()[0] for name in first}) == 1, "two halves of one kind"
    hands.press(Qt.Key.Key_M)
    assert len(hands.project.grouping.clusters) == len(before.clusters) - 1
    qtbot.waitUntil(lambda: is_answerable(hands))
    second = pair_shown(hands)
    assert len({name.split()[0] for name in second}) == 1
    assert second[0].split()[0] != first[0].split()[0]
    hands.press(Qt.Key.Key_Escape)
    assert not hands.is_asked("mergeQueue")


def test_later_goes_on_and_never_is_not_asked_again(halves, qtbot):
    hands = halves
    open_queue(hands, qtbot)
    first = pair_shown(hands)
    hands.press(Qt.Key.Key_L)
    assert title(hands) == "Merge the most alike: 2 of 6"
    second = pair_shown(hands)
    assert second != first
    hands.press(Qt.Key.Key_N)
    assert len(hands.project.grouping.rejections) == 1
    assert pair_shown(hands) not in (first, second)
    hands.press(Qt.Key.Key_Escape)
    open_queue(hands, qtbot)
    assert title(hands) == "Merge the most alike: 1 of 5"
    assert pair_shown(hands) == first


def test_ctrl_z_takes_back_what_was_answered_here_and_nothing_before(halves, qtbot):
    hands, before = halves, halves.project.grouping
    open_queue(hands, qtbot)
    first = pair_shown(hands)
    hands.press(Qt.Key.Key_M)
    qtbot.waitUntil(lambda: is_answerable(hands))
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert hands.project.grouping == before
    qtbot.waitUntil(lambda: is_answerable(hands))
    assert pair_shown(hands) == first
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert hands.project.grouping == before


def test_when_every_pair_was_answered_it_closes_and_says_so(hands, qtbot):
    open_queue(hands, qtbot)
    hands.press(Qt.Key.Key_N)
    qtbot.waitUntil(lambda: not hands.is_asked("mergeQueue"))
    assert hands.project.grouping.rejections == {Rejection("merge", 1, 2)}
    assert "no pair of clusters left" in hands.notice


def many_clusters() -> tuple[Snapshot, Project]:
    """A picture each."""
    rows = Rows(np.arange(MANY), StageKey("many"))
    vectors = np.random.default_rng(5).normal(size=(MANY, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    clusters = {ClusterId(n): Cluster(ClusterId(n), f"Cluster {n}") for n in range(1, MANY + 1)}
    grouping = Grouping(clusters, np.arange(1, MANY + 1, dtype=np.int32), np.zeros(MANY, np.bool_))
    layout = MapLayout(StageKey("m"), rows, vectors[:, :2].copy())
    images = [record(n) for n in range(MANY)]
    none = ByImage(np.full(MANY, -1, np.int32))
    return Snapshot(images, (), EmbeddingMatrix(rows, vectors), None, layout, None, none), Project(grouping)


class HeldBack:
    """The search, which waits in its middle for the window to have gone on by so many rounds."""

    def __init__(self, rounds: int) -> None:
        self.rounds, self.threads, self.enough = rounds, [], threading.Event()
        self.stopped: list[Task] = []

    def __call__(self, *arguments, task: Task):
        self.threads.append(threading.current_thread())
        assert self.enough.wait(60), "the window's thread stood still while pairs were looked for"
        if task.cancel_requested:
            self.stopped.append(task)
        return most_alike_pairs(*arguments, task=task)

    def count_rounds(self, parent) -> QTimer:
        timer = QTimer(parent, interval=0)
        timer.timeout.connect(self._on_round)
        timer.start()
        return timer

    def _on_round(self) -> None:
        self.rounds -= 1
        if self.rounds == 0:
            self.enough.set()


def test_the_window_goes_on_while_8000_clusters_are_compared(hands, qtbot, monkeypatch):
    with qtbot.waitSignal(hands.session.portraits_changed, timeout=60_000):
        hands.session.show_snapshot(*many_clusters())
    held = HeldBack(rounds=20)
    monkeypatch.setattr(merging, "most_alike_pairs", held)
    hands.press(Qt.Key.Key_M, CONTROL | SHIFT)
    assert hands.is_asked("mergeQueue"), "it stands before the first pair is known"
    assert not is_answerable(hands)
    hands.press(Qt.Key.Key_M)
    assert len(hands.project.grouping.clusters) == MANY, "nothing is merged that was not shown"
    timer = held.count_rounds(hands.window)
    qtbot.waitUntil(lambda: is_answerable(hands), timeout=60_000)
    timer.stop()
    assert held.threads
    assert threading.main_thread() not in held.threads
    assert title(hands) == "Merge the most alike: 1 of 50"
    hands.press(Qt.Key.Key_Escape)


def test_closed_before_the_first_pair_is_known_nothing_comes_of_it(hands, qtbot, monkeypatch):
    held = HeldBack(rounds=1)
    monkeypatch.setattr(merging, "most_alike_pairs", held)
    hands.press(Qt.Key.Key_M, CONTROL | SHIFT)
    hands.press(Qt.Key.Key_Escape)
    held.enough.set()
    qtbot.waitUntil(lambda: len(held.stopped) == 1)
    assert not hands.is_asked("mergeQueue")
    open_queue(hands, qtbot)
    assert title(hands) == "Merge the most alike: 1 of 1"
