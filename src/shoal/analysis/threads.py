"""Keeping numerical libraries from starting more threads than help."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any


@contextmanager
def one_thread() -> Iterator[None]:
    """Inside, BLAS and OpenMP work on the calling thread.

    Thousands of short parallel regions cost more in waiting than they gain (a logistic regression of 340 rows took
    0.2 s with one thread and 28 s with two beside other busy processes), and with one thread sums are always
    taken in the same order, so that results do not depend on the machine's number of cores.
    """
    import sklearn.cluster  # noqa: F401  # its libraries must be loaded to be found
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        yield


@contextmanager
def one_thread_for_products() -> Iterator[None]:
    """The same for numpy's matrix products only, where it is asked for a thousand times over: it costs no time."""
    with _blas().limit(limits=1):
        yield


@cache
def _blas() -> Any:  # threadpoolctl has no type information
    """Looking for the libraries takes some 4 ms."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController().select(user_api="blas")
