"""Making very many small values that are all kept: the collector would look through them again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_at_work = 0


@contextmanager
def uncollected() -> Iterator[None]:
    """The collector of cycles rests until the last one that asked for it is done; everything else is freed as ever."""
    _enter()
    try:
        yield
    finally:
        _leave()


def _enter() -> None:
    global _at_work  # noqa: PLW0603  # there is one collector, too
    with _lock:
        _at_work += 1
        gc.disable()


def _leave() -> None:
    global _at_work  # noqa: PLW0603
    with _lock:
        _at_work -= 1
        if not _at_work:
            _take_for_old()
            gc.enable()


def _take_for_old() -> None:
    """Or the collector would begin by looking through all that has been made, which is not going to go soon."""
    gc.freeze()
    gc.unfreeze()
