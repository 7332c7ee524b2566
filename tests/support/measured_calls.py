"""What benchmarks have a helper process do, besides its work."""

import time

from numpy.typing import NDArray

from shoal.domain.task import Task


def processor_seconds(_task: Task) -> float:
    """Used so far by the process in which this runs."""
    return time.process_time()


def take(_array: NDArray, _task: Task) -> None: ...


def take_and_return(array: NDArray, _task: Task) -> NDArray:
    return array
