"""The helper process for UMAP, faiss and scikit-learn, warmed up while there is something else to do."""

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Self, TypeVar

from shoal.analysis.umap_layout import warm_up
from shoal.domain.errors import Cancelled, HelperProcessDied
from shoal.domain.sentence import Sentence
from shoal.domain.task import Caller, Task
from shoal.processes.helper_process import HelperProcess
from shoal.processes.maths_environment import maths_environment

T = TypeVar("T")
WAITING = Sentence("Getting the map ready, which takes long only the first time")
_POLL_SECONDS = 0.1


class MathsProcess:
    """A `Caller` that starts its process with the first call, and ends it on leaving the `with` block."""

    def __init__(self, cache_folder: Path) -> None:
        self._helper = HelperProcess("maths", maths_environment(cache_folder))
        self._warming: threading.Thread | None = None

    def call(self, function: Callable[..., T], *arguments: object, task: Task) -> T:
        while self._warming is not None and self._warming.is_alive():
            task.report(WAITING, 0, 0)
            self._warming.join(_POLL_SECONDS)
        return self._helper.call(function, *arguments, task=task)

    def warm_up(self) -> None:
        """Have UMAP imported and compiled over there; returns at once. Calls made meanwhile wait for their turn."""
        if self._warming is None:
            self._warming = threading.Thread(target=_warm, args=(self._helper,), name="maths warm-up")
            self._warming.start()

    def close(self) -> None:
        self._helper.close()
        if self._warming is not None:
            self._warming.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()


def _warm(helper: Caller) -> None:
    """If this fails, so will the call it was meant for, and that one is listened to."""
    with suppress(HelperProcessDied, Cancelled):
        helper.call(warm_up, task=Task())
