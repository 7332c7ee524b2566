"""A network in 8-bit numbers, for processors: faster, and its vectors a little different. How much is measured.

Static quantisation as onnxruntime does it (after Jacob et al., 2018, arXiv:1712.05877): weights as signed 8-bit numbers
with a scale for each channel, what flows between layers as unsigned ones between the smallest and the largest value
that was seen on pictures of the user's own. A third of those pictures is held back, and on them the vectors are
compared with those of the whole network. What came of it is kept beside the file.
"""

import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from shoal.domain.errors import ModelUnavailable
from shoal.domain.extension_points import LoadOptions
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.embedding.onnx_models import OnnxModel, open_session
from shoal.embedding.torch_engine import OUTPUT
from shoal.embedding.torch_network import TorchNetwork
from shoal.embedding.unit_rows import unit_rows
from shoal.embedding.weight_files import sha256_of
from shoal.files.safe_files import remove_own, rename_own, replace_own

if TYPE_CHECKING:
    import onnxruntime

QUANTISER = 1
"""Goes into the names of the files: raise it when the same network would come out differently."""
MOST_PICTURES, FEWEST_PICTURES = 48, 6
HELD_BACK = 3
"""Every third picture is for comparing."""
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


def load_eight_bits(exported: Path, network: TorchNetwork, options: LoadOptions) -> OnnxModel:
    """The exported network in 8-bit numbers, made now if it never was. Raises `ModelUnavailable` and `Cancelled`."""
    target = exported.with_name(f"{exported.stem}-int8-{QUANTISER}.onnx")
    loss = _kept_loss(target)
    if loss is None:
        assert options.engine is not None, "whoever offers models that need torch lends an engine"
        loss = options.engine.call(quantise, network, exported, target, _drawn(network, options), task=options.task)
        replace_own(_beside(target), json.dumps(asdict(loss)).encode())
    how = replace(network.how, output=OUTPUT)
    session = open_session(target, "cpu")
    return OnnxModel(session, sha256_of(target), how, network.name, network.layer, loss.remark)


def _drawn(network: TorchNetwork, options: LoadOptions) -> NDArray[np.uint8]:
    """n x S x S x 3."""
    pictures = options.draw(network.how.geometry, MOST_PICTURES) if options.draw else []
    if len(pictures) < FEWEST_PICTURES:
        raise ModelUnavailable(
            Sentence(
                "8-bit numbers are fitted to pictures, and here are only {count} of at least {fewest}.",
                count=len(pictures),
                fewest=FEWEST_PICTURES,
            ),
            Sentence("Leave --int8 out."),
        )
    return np.stack(pictures)


def _beside(target: Path) -> Path:
    return target.with_suffix(".json")


def _kept_loss(target: Path) -> Loss | None:
    try:
        return Loss(**json.loads(_beside(target).read_bytes())) if target.is_file() else None
    except (OSError, ValueError, TypeError):
        return None


def quantise(network: TorchNetwork, exported: Path, target: Path, pixels: NDArray[np.uint8], task: Task) -> Loss:
    """In the engine, which has the library for it: write `target`, and say what the vectors lose."""
    from onnxruntime.quantization import QuantFormat, QuantType, quantize_static

    task.report(Sentence("Fitting {network} to 8-bit numbers, which happens once", network=network.name), 0, 0)
    compared = np.arange(len(pixels)) % HELD_BACK == HELD_BACK - 1
    part = target.with_suffix(".part")
    try:
        quantize_static(
            exported, part, _Pictures(network, pixels[~compared]), quant_format=QuantFormat.QDQ, per_channel=True,
            activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8,
        )  # fmt: skip
        loss = _measured(network, open_session(exported, "cpu"), open_session(part, "cpu"), pixels[compared])
        rename_own(part, target)
    finally:
        remove_own(part)
    return loss


class _Pictures:
    """Hands the library one prepared picture after the other, as a `CalibrationDataReader`."""

    def __init__(self, network: TorchNetwork, pixels: NDArray[np.uint8]) -> None:
        self._inputs: Iterator[dict[str, Any]] = (
            {"pixels": network.how.network_input(picture[None])} for picture in pixels
        )

    def get_next(self) -> dict[str, Any] | None:
        return next(self._inputs, None)


def _measured(
    network: TorchNetwork,
    whole: "onnxruntime.InferenceSession",
    small: "onnxruntime.InferenceSession",
    pixels: NDArray[np.uint8],
) -> Loss:
    cosines, seconds = [], {whole: float("inf"), small: float("inf")}
    for number, picture in enumerate(pixels):
        values = {"pixels": network.how.network_input(picture[None])}
        rows = {}
        for session in (whole, small):
            began = time.process_time()
            rows[session] = unit_rows(session.run([OUTPUT], values)[0].reshape(1, -1))
            if number < TIMED:
                seconds[session] = min(seconds[session], time.process_time() - began)
        cosines.append(float((rows[whole] * rows[small]).sum()))
    faster = seconds[whole] / max(seconds[small], 1e-9)
    return Loss(len(cosines), round(float(np.mean(cosines)), 6), round(min(cosines), 6), round(faster, 2))
