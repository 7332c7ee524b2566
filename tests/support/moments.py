"""The moments that work passes through, and what happens in one of them; all on the thread that works."""

import os
import pickle
import signal
import threading
from collections.abc import Callable
from dataclasses import replace
from hashlib import blake2b
from typing import TypeVar

from shoal.analysis.umap_layout import MapParameters, pca_layout, umap_key
from shoal.domain.errors import HelperProcessDied
from shoal.domain.geometry import EmbeddingMatrix, MapLayout, NeighbourGraph
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.looking.maths import MathsProcess

T = TypeVar("T")
_KEPT_ANSWERS = 3_000


class Moments:
    """Surprises can be planned; each happens when the moment of its name is passed for the first time after that.

    `acting`: one of them is happening.
    """

    def __init__(self) -> None:
        self._planned: list[tuple[str, Callable[[], None]]] = []
        self.acting = False

    def plan(self, at: str, act: Callable[[], None]) -> None:
        self._planned.append((at, act))

    def forget(self) -> None:
        self._planned.clear()

    def passes(self, name: str) -> None:
        """What happens in a moment is no moment for others: these come in the order in which they were planned."""
        if self.acting or not self._planned or self._planned[0][0] != name:
            return
        act, self.acting = self._planned.pop(0)[1], True
        try:
            act()
        finally:
            self.acting = False


class WatchedTask(Task):
    """A task whose reports are moments. Reports of other threads are none: nobody could say when they come."""

    def __init__(self, moments: Moments) -> None:
        super().__init__()
        self._moments = moments

    def report(self, message: str, done: int, total: int) -> None:
        self._moments.passes(message)
        super().report(Sentence(message), done, total)


class MathsHere:
    """The heavy analysis on the thread that asks: before and after each call is a moment.

    It answers a question that was asked before, with the very same numbers, without computing again; the map is drawn
    by the two widest directions in place of UMAP, which takes a quarter of a second.
    """

    def __init__(self, moments: Moments, answers: dict[bytes, object]) -> None:
        self._moments, self._answers = moments, answers
        self._ends: list[threading.Timer] = []

    def warm_up(self) -> None: ...

    def call(self, function: Callable[..., T], *arguments: object, task: Task) -> T:
        task.check()
        self._moments.passes(function.__name__)
        task.check()
        answer = self._answer(function, arguments)
        self._moments.passes(f"after {function.__name__}")
        return answer

    def _answer(self, function: Callable[..., T], arguments: tuple[object, ...]) -> T:
        question = blake2b(pickle.dumps((function.__qualname__, arguments)), digest_size=16).digest()
        if question not in self._answers:
            if len(self._answers) >= _KEPT_ANSWERS:
                self._answers.clear()
            self._answers[question] = _quick(function)(*arguments, Task())
        return self._answers[question]  # type: ignore[return-value]

    def kill(self) -> None:
        raise HelperProcessDied("The maths helper process was killed.")

    def settle(self) -> None:
        """Wait until what was killed is gone."""


class MathsElsewhere(MathsHere):
    """The same in a process of its own, which can be killed in the middle of a call."""

    def __init__(self, moments: Moments, process: MathsProcess) -> None:
        super().__init__(moments, {})
        self._process = process

    def call(self, function: Callable[..., T], *arguments: object, task: Task) -> T:
        task.check()
        self._moments.passes(function.__name__)
        answer = self._process.call(_quick(function), *arguments, task=task)
        self._moments.passes(f"after {function.__name__}")
        return answer

    def kill(self) -> None:
        """It takes the next call, does not get round to it, and is gone; no later than the step that wanted this."""
        process = self._process._helper.process_id
        if process is not None:
            os.kill(process, signal.SIGSTOP)
            end = threading.Timer(0.05, os.kill, (process, signal.SIGKILL))
            end.start()
            self._ends.append(end)

    def settle(self) -> None:
        while self._ends:
            self._ends.pop().join()


def _quick(function: Callable[..., T]) -> Callable[..., T]:
    return quick_map if function.__name__ == "umap_layout" else function  # type: ignore[return-value]


def quick_map(embeddings: EmbeddingMatrix, graph: NeighbourGraph, parameters: MapParameters, task: Task) -> MapLayout:
    """In the place of `umap_layout`, with its key."""
    found = pca_layout(embeddings, task, parameters.dimensions)
    return replace(found, key=umap_key(graph.key, parameters), method="umap")
