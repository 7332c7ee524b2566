"""Ray, kept quiet: a cluster of this computer's cores, or one that is there already; nothing of it phones home.

It lives in a process of its own, which says what it has to say to the log and can be ended at any moment. Ray Data does
what it is good at: it hands lots out to workers that are free, restarts a worker that died and gives its lots to
others. Paths go in and one line comes out for each lot, so its object store holds next to nothing.
"""

import os
import secrets
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Final

from shoal.domain.errors import UserFacingError
from shoal.domain.sentence import Sentence
from shoal.processes.helper_process import HelperProcess
from shoal.processes.maths_environment import usable_cores

ADDRESS_VARIABLE: Final = "RAY_ADDRESS"
"""Set by `ray job submit` and in pods of a cluster."""
QUIET: Final = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_DATA_DISABLE_PROGRESS_BARS": "1", "RAY_TQDM": "0"}
_STORE_BYTES: Final = 128 << 20
"""Of a cluster on this computer: what is in it are names of files."""
_POLL_SECONDS: Final = 0.1
_GRACE_SECONDS: Final = 15.0
"""How long a cancelled cluster may take to end all its processes."""
_MOST_DEATHS_AT_START: Final = 10
_NEEDED: Final = ("ray", "pyarrow", "pandas", "fsspec")


@dataclass(frozen=True, slots=True)
class Hands:
    """Who works. `address`: of a cluster that runs, empty for this computer's cores. `workers` None: as many as fit.

    `gpus_per_worker`: of one graphics card, or how many of them; 0 for processors. `share_cores`: a worker uses
    several, as many as there are for each, because a graphics card or threads of the model's own do the work.
    `shards`: a folder or URL that all of them can write to.
    """

    address: str = ""
    workers: int | None = None
    gpus_per_worker: float = 0.0
    share_cores: bool = False
    shards: str = ""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster that answers. `workers`: how many of them there shall be; `cores` of one of them."""

    workers: int
    cores: int
    gpus: float


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """`worker(order)` makes a worker wherever there is a place for one; called with a lot, it gives an `answer`."""

    worker: type
    order: object
    lots: Sequence[Mapping[str, Sequence[Any]]]


def ray_process(hands: Hands) -> HelperProcess:
    """Where `cluster` is to be called, to be used as a context manager. On this computer only who knows a fresh token
    may speak to the cluster."""
    token = {} if _address(hands) else {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}
    return HelperProcess("ray", {**QUIET, **token}, grace_seconds=_GRACE_SECONDS, says_to_log=True)


def _address(hands: Hands) -> str:
    return hands.address or os.environ.get(ADDRESS_VARIABLE, "")


def require_ray() -> None:
    """Raises UserFacingError where the extra is not installed; imports nothing."""
    if any(find_spec(module) is None for module in _NEEDED):
        raise UserFacingError(
            Sentence("Working with Ray needs packages that are not installed here."),
            Sentence("Install them: pip install 'shoal[cluster]'."),
        )


@contextmanager
def cluster(hands: Hands) -> Iterator[Cluster]:
    """Connected to what `hands` names, or started for it; over with the block. Raises UserFacingError."""
    require_ray()
    with tempfile.TemporaryDirectory(prefix="shoal-ray-", ignore_cleanup_errors=True) as scratch:
        import ray  # noqa: PLC0415  # takes a second, and only those who ask for it have it

        try:
            _connect(_address(hands), hands, scratch)
            yield _found(ray.cluster_resources(), hands)
        finally:
            ray.shutdown()


def _connect(address: str, hands: Hands, scratch: str) -> None:
    import ray  # noqa: PLC0415  # as above

    try:
        ray.init(**_how_to_start(address, hands, scratch))
    except (ConnectionError, RuntimeError, ValueError, ray.exceptions.RayError) as error:
        raise UserFacingError(
            Sentence("Ray cannot be reached ({address}): {reason}.", address=address or "local", reason=_first(error)),
            Sentence("Check the address, and that the same versions of Ray and Python are installed there."),
        ) from error


def _first(error: Exception) -> str:
    """Line of what it says."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")


def _how_to_start(address: str, hands: Hands, scratch: str) -> dict[str, Any]:
    if address:
        return {"address": address, "log_to_driver": False}
    return {
        "address": "local",
        "num_cpus": max(usable_cores(), hands.workers or 1),
        "object_store_memory": _STORE_BYTES,
        "include_dashboard": False,
        "log_to_driver": False,
        "_node_ip_address": "127.0.0.1",
        "_temp_dir": scratch,
    }


def _found(resources: Mapping[str, float], hands: Hands) -> Cluster:
    cores, cards = int(resources.get("CPU", 0)), resources.get("GPU", 0.0)
    if hands.gpus_per_worker and not cards and not _address(hands):  # a cluster elsewhere may still grow some
        raise UserFacingError(
            Sentence("Ray sees no graphics card on this computer."), Sentence("Leave --gpus-per-worker out.")
        )
    if hands.gpus_per_worker:
        workers = hands.workers or max(1, int(cards / hands.gpus_per_worker))
    else:
        workers = hands.workers or max(1, cores)
    shared = hands.share_cores or hands.gpus_per_worker
    each = max(1, cores // workers) if shared else 1
    return Cluster(workers, each, hands.gpus_per_worker)


def answers(work: Work, found: Cluster, check: Callable[[], None]) -> Iterator[str]:
    """What the workers say to the lots, in whatever order it comes.

    `check` is called while nothing comes, and may raise. Raises what Ray raises.
    """
    queue: SimpleQueue[str | BaseException | None] = SimpleQueue()
    Thread(target=_pass_on, args=(work, found, queue), name="ray data", daemon=True).start()
    while True:
        check()
        try:
            answer = queue.get(timeout=_POLL_SECONDS)
        except Empty:
            continue
        if answer is None:
            return
        if isinstance(answer, BaseException):
            raise answer
        yield answer


def _pass_on(work: Work, found: Cluster, queue: "SimpleQueue[str | BaseException | None]") -> None:
    """On a thread of its own: Ray waits without listening."""
    try:
        for answer in _mapped(work, found):
            queue.put(answer)
    except BaseException as error:  # noqa: BLE001  # for whoever waits at the other end
        queue.put(error)
    queue.put(None)


def _mapped(work: Work, found: Cluster) -> Iterator[str]:
    """Workers that die are started again, and their lots given out again, as often as need be: Ray's own defaults."""
    import pyarrow as pa  # noqa: PLC0415  # comes with Ray Data
    import ray.data  # noqa: PLC0415  # only after ray.init

    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    context.max_consecutive_actor_init_deaths = _MOST_DEATHS_AT_START
    answered = ray.data.from_arrow([pa.table(dict(lot)) for lot in work.lots]).map_batches(
        work.worker,
        batch_size=None,  # a lot is a block, and stays one
        batch_format="numpy",
        compute=ray.data.ActorPoolStrategy(size=found.workers),
        fn_constructor_args=(work.order,),
        num_cpus=found.cores,
        num_gpus=found.gpus or None,
    )
    for batch in answered.iter_batches(batch_size=None, prefetch_batches=0, batch_format="numpy"):
        yield from map(str, batch["answer"])
