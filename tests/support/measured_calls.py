"""What benchmarks have a helper process do, besides its work."""

import resource
import time

from numpy.typing import NDArray

from shoal.domain.task import Task


def processor_seconds(_task: Task) -> float:
    """Used so far by the process in which this runs."""
    return time.process_time()


def take(_array: NDArray, _task: Task) -> None: ...


def take_and_return(array: NDArray, _task: Task) -> NDArray:
    return array


def peak_memory_mb(_task: Task) -> float:
    """The most that this process has occupied so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
