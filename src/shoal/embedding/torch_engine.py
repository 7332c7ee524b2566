"""What the engine process does with torch: build, export, embed. Its functions are called there and nowhere else."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from shoal.domain.errors import OutOfMemory
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.embedding.onnx_sessions import onnx_errors, open_session
from shoal.embedding.torch_network import OUTPUT, TorchNetwork
from shoal.embedding.unit_rows import unit_rows
from shoal.files.safe_files import remove_own, rename_own

if TYPE_CHECKING:
    import torch

OPSET = 18
CLOSE_ENOUGH = 0.9999
"""The least cosine similarity of ONNX and torch, on every picture tried."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where torch computes: "cpu", "cuda" or "mps", with 16-bit numbers if `half`."""

    device: str
    half: bool = False


def accelerators(_task: Task) -> tuple[str, ...]:
    """The devices besides the processor that torch can use, best first."""
    import torch

    available = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    return tuple(name for name, usable in available.items() if usable)


def dimension(network: TorchNetwork, place: Place, task: Task) -> int:
    """Builds the network, so that what is wrong with it shows now; how many numbers it gives per picture."""
    size = network.how.geometry.size
    return int(embed_pixels(network, place, np.full((1, size, size, 3), 127, np.uint8), task).shape[1])


def embed_pixels(network: TorchNetwork, place: Place, pixels: NDArray[np.uint8], _task: Task) -> NDArray[np.float32]:
    """n x S x S x 3 pixels to n x dimension numbers. Raises `OutOfMemory` if they do not fit together."""
    try:
        return _run(network, place, pixels)
    except RuntimeError as error:  # torch.OutOfMemoryError is one, and MPS has no error of its own
        if "out of memory" not in str(error).lower():
            raise
        _empty_cache(place)
        raise OutOfMemory(str(error)) from error


def export_network(network: TorchNetwork, target: Path, task: Task) -> float:
    """Write it to `target` as ONNX, unless the two disagree; the least cosine similarity between them.

    The graph takes one picture: workers look at one at a time, and constants fold better; of any shape where pictures
    are no squares. Negative infinity where torch cannot export it.
    """
    import torch

    task.report(Sentence("Preparing {network} for this computer, which happens once", network=network.name), 0, 0)
    module = _placed(network, Place("cpu"))
    size = network.how.geometry.size
    part = target.with_suffix(".part")
    example, dynamic = torch.zeros(1, 3, size, size), None
    if network.how.geometry.fit == "rect":
        dynamic = ({2: torch.export.Dim.DYNAMIC, 3: torch.export.Dim.DYNAMIC},)
    try:
        torch.onnx.export(
            module, (example,), part, input_names=["pixels"], output_names=[OUTPUT],
            opset_version=OPSET, dynamo=True, external_data=False, verbose=False, dynamic_shapes=dynamic,
        )  # fmt: skip
    except (torch.onnx.OnnxExporterError, RuntimeError):
        return float("-inf")
    try:
        cosine = _agreement(network, module, part)
    except onnx_errors():  # pictures of some shape do not get through it
        cosine = float("-inf")
    if cosine >= CLOSE_ENOUGH:
        rename_own(part, target)
    remove_own(part)
    return cosine


def _agreement(network: TorchNetwork, module: "torch.nn.Module", exported: Path) -> float:
    import torch

    session = open_session(exported, "cpu")
    worst = 1.0
    geometry = network.how.geometry
    for number, picture in enumerate(sample_pictures(geometry.size)):
        rows = geometry.size - geometry.resize * number if geometry.fit == "rect" else geometry.size
        values = network.how.network_input(picture[None, :rows])
        with torch.inference_mode():
            ours = module(torch.from_numpy(values)).numpy()
        theirs = session.run(None, {"pixels": values})[0]
        worst = min(worst, float((unit_rows(ours) * unit_rows(theirs)).sum()))
    return worst


def sample_pictures(size: int) -> NDArray[np.uint8]:
    """Three pictures that use all of a network: noise, a soft gradient, and blocks of colour."""
    random = np.random.default_rng(0)
    noise = random.integers(0, 256, (size, size, 3), np.uint8)
    ramp = np.linspace(0, 255, size)
    soft = np.stack([np.add.outer(ramp, ramp) / 2, np.tile(ramp, (size, 1)), np.tile(ramp[::-1, None], size)], axis=-1)
    cell = -(-size // 8)
    blocks = random.integers(0, 256, (8, 8, 3), np.uint8).repeat(cell, 0).repeat(cell, 1)[:size, :size]
    return np.stack([noise, soft.astype(np.uint8), blocks])


@lru_cache(maxsize=2)
def _placed(network: TorchNetwork, place: Place) -> "torch.nn.Module":
    import torch

    torch.backends.mha.set_fastpath_enabled(False)  # the fast path cannot be exported
    module = network.build(network).eval().requires_grad_(False)
    placed: torch.nn.Module = module.to(place.device, torch.float16 if place.half else torch.float32)
    return placed.to(memory_format=torch.channels_last)


def _run(network: TorchNetwork, place: Place, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Pictures cross to a graphics card as bytes, from pinned memory, and become numbers over there."""
    import torch

    module = _placed(network, place)
    bytes_ = torch.from_numpy(pixels)
    if place.device == "cuda":
        bytes_ = bytes_.pin_memory()
    with torch.inference_mode():
        values = bytes_.to(place.device, non_blocking=True).permute(0, 3, 1, 2).float()
        values = values.flip(1) if network.how.bgr else values
        mean, std = (torch.tensor(three, device=place.device).view(3, 1, 1) for three in _scaling(network))
        values = ((values - mean) / std).to(memory_format=torch.channels_last)
        rows: NDArray[np.float32] = module(values.half() if place.half else values).float().cpu().numpy()
    return rows


def _scaling(network: TorchNetwork) -> tuple[tuple[float, ...], tuple[float, ...]]:
    return network.how.mean, network.how.std


def _empty_cache(place: Place) -> None:
    import torch

    if place.device == "cuda":
        torch.cuda.empty_cache()
    elif place.device == "mps":
        torch.mps.empty_cache()
