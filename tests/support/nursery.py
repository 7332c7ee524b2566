"""The inside of the process of which warm helpers are copies: imports what helpers import, and forks when asked to."""

import array
import importlib
import json
import os
import socket
import sys
import time
from contextlib import suppress
from typing import Any, NoReturn

from tests.support.warm_helpers import LONGEST_ORDER

MODULES = {
    "usual": (
        "sklearn.cluster", "sklearn.decomposition", "sklearn.neighbors", "faiss", "igraph", "umap", "pillow_heif",
        "rawpy", "shoal.looking.maths", "shoal.looking.picture_decoder",
    ),
    "engine": (
        "torch", "torchvision", "open_clip", "onnx", "onnxscript", "onnxruntime", "torch.onnx", "torch.export",
        "torch._dynamo", "torch._inductor.utils", "torch.onnx._internal.exporter._core",
    ),
}  # fmt: skip
"""Of ultralytics nothing: it reads where its files are when it is imported, which is another place in each test."""


def serve(kind: str) -> NoReturn:
    for name in (*MODULES[kind], "shoal.looking.catalogue", "shoal.processes.helper_main"):
        with suppress(ImportError):
            importlib.import_module(name)
    orders = socket.socket(fileno=os.dup(0))
    while True:
        order, rights, _flags, _address = orders.recvmsg(LONGEST_ORDER, socket.CMSG_SPACE(3 * 4))
        if not order:
            os._exit(0)
        ends = array.array("i")
        ends.frombytes(rights[0][2])
        orders.send(str(_fork(json.loads(order), ends.tolist())).encode())
        for end in ends:
            os.close(end)


def _fork(order: dict[str, Any], ends: list[int]) -> int:
    """The copy's process id. What stands between it and this process has ended by then, so it has its new parent."""
    told, tells = os.pipe()
    between = os.fork()
    if between == 0:
        copy = os.fork()
        if copy == 0:
            try:
                _become(order, ends)
            finally:
                os._exit(1)  # whatever happens: nobody else goes on as if it were the nursery
        os.write(tells, str(copy).encode())
        os._exit(0)
    os.close(tells)
    os.waitpid(between, 0)
    pid = int(os.read(told, 64))
    os.close(told)
    return pid


def _become(order: dict[str, Any], ends: list[int]) -> NoReturn:
    """A helper, as if it had been started by that parent in that folder with these streams and this environment."""
    os.setsid()
    for stream, end in enumerate(ends):
        os.dup2(end, stream)
    os.closerange(3, 256)
    os.environ.clear()
    os.environ.update(order["environment"])
    os.chdir(order["folder"])
    sys.path[:] = order["path"]
    importlib.invalidate_caches()
    while os.getppid() != order["parent"]:
        time.sleep(0.001)
    from shoal.processes.helper_main import serve as answer_calls  # noqa: PLC0415  # loaded already

    answer_calls()
