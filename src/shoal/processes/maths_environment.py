"""What the process for UMAP, faiss and scikit-learn needs to find when it starts."""

import os
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

_MOST_THREADS = 16  # beyond this, memory sets the pace
_CGROUP_QUOTA = Path("/sys/fs/cgroup/cpu.max")


def maths_environment(cache_folder: Path) -> dict[str, str]:
    """Variables for `HelperProcess`: as many threads as there are cores to use, and a home for compiled code."""
    return {**thread_variables(), "NUMBA_CACHE_DIR": str(_folder_to_compile_to(cache_folder))}


def thread_variables() -> dict[str, str]:
    """Threads that wait must sleep: by default OpenMP's spin, and take the core from whoever could have worked."""
    threads = str(thread_count(usable_cores()))
    variables = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
    return {**dict.fromkeys(variables, threads), "OMP_WAIT_POLICY": "PASSIVE"}


def usable_cores() -> int:
    """Cores this process may use: those of the machine, less what its affinity and a container's quota take away."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with suppress(OSError, ValueError):
        quota, period = _CGROUP_QUOTA.read_text().split()
        cores = min(cores, max(1, int(quota) // int(period)))
    return cores


def thread_count(cores: int) -> int:
    """All cores of a small machine; from four on, one stays free for the window."""
    return min(_MOST_THREADS, cores if cores < 4 else cores - 1)


def compiled_code_folder(cache_folder: Path) -> Path:
    """Without it UMAP compiles for half a minute in every process."""
    return cache_folder / "compiled"


def _folder_to_compile_to(cache_folder: Path) -> Path:
    """A folder that only its owner may write to: numba runs what it finds there.

    If there is none, a fresh temporary one costs compiling again whenever the program runs.
    """
    folder = compiled_code_folder(cache_folder)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return Path(_fresh_folder().name)


@cache
def _fresh_folder() -> "tempfile.TemporaryDirectory[str]":
    """It goes with the program."""
    return tempfile.TemporaryDirectory(prefix="shoal-compiled-", ignore_cleanup_errors=True)
