"""A network in 8-bit numbers, for processors: faster, and its vectors a little different. How much is measured.

Static quantisation as onnxruntime does it (after Jacob et al., 2018, arXiv:1712.05877): weights as signed 8-bit numbers
with a scale for each channel, what flows between layers as unsigned ones between the smallest and the largest value
that was seen on pictures of the user's own. A third of those pictures is held back, and on them the vectors are
compared with those of the whole network.

Processors without VNNI add two products in 16 bits and cut off what does not fit, which can ruin the vectors. There
three ways are tried: as it is, with weights of 7 bits, and with sums that onnxruntime is told to make exact. The
quickest that is close enough is taken, and 32 bits where none is both close and quicker. What was found is kept for
this kind of processor, and how sums come about stands in the key of the vectors.
"""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from shoal.domain.errors import ModelUnavailable
from shoal.domain.extension_points import LoadOptions
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.embedding.arithmetic import UNREADABLE, Loss, adds_exactly, compare, loss_file, loss_of
from shoal.embedding.onnx_models import OnnxModel
from shoal.embedding.onnx_sessions import EXACT_SUMS, open_session
from shoal.embedding.torch_network import OUTPUT, TorchNetwork
from shoal.embedding.weight_hashes import sha256_of
from shoal.files.safe_files import remove_own, rename_own, replace_own

QUANTISER = 2
"""Goes into the names of the files: raise it when the same network would come out differently."""
MOST_PICTURES, FEWEST_PICTURES = 48, 6
HELD_BACK = 3
"""Every third picture is for comparing."""

Way = Literal["plain", "reduced", "exact", "whole"]
"""With 8-bit weights; with weights of 7 bits; with 8-bit weights and sums made exact; in 32 bits after all."""


@dataclass(frozen=True, slots=True)
class Choice:
    """`sums`: how sums come about, for the key: equal words mean equal numbers for the same file."""

    way: Way
    sums: str
    loss: Loss

    @property
    def remark(self) -> Sentence:
        if self.way != "whole":
            return self.loss.remark
        return Sentence("{found} So this processor computes the network in 32 bits.", found=self.loss.remark)


def load_eight_bits(exported: Path, network: TorchNetwork, options: LoadOptions) -> OnnxModel:
    """The exported network in 8-bit numbers, made now if it never was. Raises `ModelUnavailable` and `Cancelled`."""
    choice = _kept_choice(exported)
    if choice is None:
        assert options.engine is not None, "whoever offers models that need torch lends an engine"
        choice = options.engine.call(choose, network, exported, _drawn(network, options), task=options.task)
        with suppress(OSError):
            replace_own(_choice_file(exported), json.dumps(asdict(choice)).encode())
    how = replace(network.how, output=OUTPUT)
    if choice.way == "whole":
        session, digest, layer = open_session(exported, "cpu"), network.weights_hash, network.layer
    else:
        file = _file_of(exported, choice.way)
        session, digest = open_session(file, "cpu", EXACT_SUMS if choice.way == "exact" else {}), sha256_of(file)
        layer = f"{network.layer} int8 {choice.sums}"
    return OnnxModel(session, digest, how, network.name, layer, choice.remark)


def _file_of(exported: Path, way: Way) -> Path:
    reduced = "-reduced" if way == "reduced" else ""
    return exported.with_name(f"{exported.stem}-int8-{QUANTISER}{reduced}.onnx")


def _choice_file(exported: Path) -> Path:
    return loss_file(_file_of(exported, "plain"))


def _kept_choice(exported: Path) -> Choice | None:
    """What was chosen on such a processor, if all of it is still there."""
    try:
        kept = json.loads(_choice_file(exported).read_bytes())
        choice = Choice(kept["way"], str(kept["sums"]), loss_of(kept["loss"]))
    except UNREADABLE:
        return None
    present = choice.way == "whole" or (choice.way in get_args(Way) and _file_of(exported, choice.way).is_file())
    return choice if present else None


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


def choose(network: TorchNetwork, exported: Path, pixels: NDArray[np.uint8], task: Task) -> Choice:
    """In the engine, which has the library for it: write the files that are missing, and say which way is best here."""
    task.report(Sentence("Fitting {network} to 8-bit numbers, which happens once", network=network.name), 0, 0)
    compared = np.arange(len(pixels)) % HELD_BACK == HELD_BACK - 1
    prepared = [network.how.network_input(picture[None]) for picture in pixels[compared]]
    exact, choices = adds_exactly(), []
    for way, sums in WAYS_WHERE_SUMS_ARE_EXACT if exact else WAYS_WHERE_THEY_ARE_CUT_OFF:
        _fit(network, exported, way, pixels[~compared])
        file, entries = _file_of(exported, way), EXACT_SUMS if way == "exact" else {}
        whole, small = partial(open_session, exported, "cpu"), partial(open_session, file, "cpu", entries)
        choices.append(Choice(way, sums, compare(whole, small, prepared, OUTPUT)))
    good = [choice for choice in choices if choice.loss.worth_it()]
    if good:
        return max(good, key=lambda choice: choice.loss.faster)
    closest = max(choices, key=lambda choice: choice.loss.mean)
    return replace(closest, way="whole")


WAYS_WHERE_SUMS_ARE_EXACT: tuple[tuple[Way, str], ...] = (("plain", "exact sums"),)
WAYS_WHERE_THEY_ARE_CUT_OFF: tuple[tuple[Way, str], ...] = (
    ("plain", "16-bit sums"), ("reduced", "7-bit weights"), ("exact", "exact sums"),
)  # fmt: skip


def _fit(network: TorchNetwork, exported: Path, way: Way, pixels: NDArray[np.uint8]) -> None:
    from onnxruntime.quantization import QuantFormat, QuantType, quantize_static

    target = _file_of(exported, way)
    if target.is_file():
        return
    part = target.with_suffix(".part")
    try:
        with _without_advice():
            quantize_static(
                exported, part, _Pictures(network, pixels), quant_format=QuantFormat.QDQ, per_channel=True,
                activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8, reduce_range=way == "reduced",
            )  # fmt: skip
        rename_own(part, target)
    finally:
        remove_own(part)


@contextmanager
def _without_advice() -> Iterator[None]:
    """The library advises those who write programs, through logging; what it costs users is measured and said."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(before)


class _Pictures:
    """Hands the library one prepared picture after the other, as a `CalibrationDataReader`."""

    def __init__(self, network: TorchNetwork, pixels: NDArray[np.uint8]) -> None:
        self._inputs: Iterator[dict[str, Any]] = (
            {"pixels": network.how.network_input(picture[None])} for picture in pixels
        )

    def get_next(self) -> dict[str, Any] | None:
        return next(self._inputs, None)
