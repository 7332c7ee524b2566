"""What 8-bit numbers cost and gain on this processor, measured here and remembered for this kind of processor."""

import hashlib
import json
import platform
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from shoal.domain.sentence import Sentence
from shoal.embedding.onnx_sessions import open_session
from shoal.embedding.onnx_writing import Graph
from shoal.embedding.unit_rows import unit_rows
from shoal.files.safe_files import replace_own

if TYPE_CHECKING:
    import onnxruntime

CLOSE_ENOUGH = 0.985
"""The mean cosine similarity to 32 bits from which on 8 bits are good for anything."""
UNREADABLE = (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError)
"""What reading a kept JSON file raises where it is not there or not as it was written."""
TIMED = 4
"""Runs of each network, the quickest of which counts."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Cosine similarity of the vectors with those of the whole network on pictures it was not fitted to.

    `faster`: the whole network's processor time for a picture, divided by this one's.
    """

    pictures: int
    mean: float
    least: float
    faster: float

    def worth_it(self, close_enough: float = CLOSE_ENOUGH) -> bool:
        return self.mean >= close_enough and self.faster >= 1

    @property
    def remark(self) -> Sentence:
        return Sentence(
            "8-bit numbers: on {pictures} pictures, vectors agree with those of 32 bits to "
            "{mean} on average and {least} at the least (1 is the same); {faster} times as fast.",
            pictures=self.pictures,
            mean=f"{self.mean:.4f}",
            least=f"{self.least:.4f}",
            faster=f"{self.faster:.1f}",
        )


Opener = Callable[[], "onnxruntime.InferenceSession"]
"""Opens a network when it is asked to run; then it is let go of, so that memory holds one at a time."""


def compare(whole: Opener, small: Opener, prepared: Sequence[NDArray[Any]], output: str) -> Loss:
    """Both look at the same pictures, each of which is the only input of a call."""
    (rows, seconds), (others, other_seconds) = (_seen(opener(), prepared, output) for opener in (whole, small))
    cosines = (rows * others).sum(axis=1)
    faster = seconds / max(other_seconds, 1e-9)
    return Loss(len(cosines), round(float(np.mean(cosines)), 6), round(float(cosines.min()), 6), round(faster, 2))


def _seen(
    session: "onnxruntime.InferenceSession", prepared: Sequence[NDArray[Any]], output: str
) -> tuple[NDArray[np.float32], float]:
    """Unit rows, and the processor time of the quickest of the first runs."""
    rows, seconds = [], float("inf")
    for number, values in enumerate(prepared):
        began = time.thread_time()
        rows.append(session.run([output], {session.get_inputs()[0].name: values})[0].reshape(1, -1))
        if number < TIMED:
            seconds = min(seconds, time.thread_time() - began)
    return unit_rows(np.concatenate(rows)), seconds


@cache
def adds_exactly() -> bool:
    """Whether onnxruntime's sums of 8-bit products are whole here, or cut off at 16 bits: by asking it for some."""
    graph, terms = Graph("probe"), 64
    numbers = [graph.weight("one", np.array(1 / 255, np.float32)), graph.weight("nought", np.array(0, np.uint8))]
    largest = [graph.weight("weights", np.full((16, terms, 1, 1), 127, np.int8)),
               graph.weight("scale", np.full(16, 1 / 127, np.float32)),
               graph.weight("zero", np.zeros(16, np.int8))]  # fmt: skip
    most = [graph.weight("most", np.array(terms / 255, np.float32)), "nought"]
    whole = graph.add("QuantizeLinear", [graph.input("pixels", (1, terms, 4, 4), "float32"), *numbers], "whole")
    value = graph.add("DequantizeLinear", [whole, *numbers], "value")
    summed = graph.add("Conv", [value, graph.add("DequantizeLinear", largest, "numbers", axis=0)], "summed")
    kept = graph.add("QuantizeLinear", [summed, *most], "kept")
    graph.output(graph.add("DequantizeLinear", [kept, *most], "sums"), (1, 16, 4, 4))
    values = np.ones((1, terms, 4, 4), np.float32)
    sums = np.asarray(open_session(graph.model({}), "cpu").run(["sums"], {"pixels": values})[0])
    return bool(sums.min() > 0.9 * terms)


@cache
def processor() -> str:
    """Equal for processors that compute alike; for the names of files."""
    facts = [platform.machine(), platform.processor()]
    with suppress(OSError):  # Linux
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
        facts += sorted({line for line in lines if line.startswith(("model name", "flags", "Features", "CPU part"))})
    return hashlib.blake2b("\n".join(facts).encode(), digest_size=4).hexdigest()


def loss_file(network: Path) -> Path:
    """Where the loss of that network on this kind of processor is kept."""
    return network.with_name(f"{network.stem}-{processor()}.json")


def kept_loss(network: Path) -> Loss | None:
    """None too where the file was damaged or written by hand, which is as good as never measured."""
    try:
        return loss_of(json.loads(loss_file(network).read_bytes()))
    except UNREADABLE:
        return None


def loss_of(kept: Any) -> Loss:
    """From what `asdict` made of it. Raises one of `UNREADABLE`."""
    pictures, *figures = (float(kept[name]) for name in ("pictures", "mean", "least", "faster"))
    if not np.isfinite([pictures, *figures]).all():
        raise ValueError(kept)
    return Loss(int(pictures), *figures)


def keep_loss(network: Path, loss: Loss) -> None:
    """Where nothing can be written it is measured again the next time."""
    with suppress(OSError):
        replace_own(loss_file(network), json.dumps(asdict(loss)).encode())
