"""From a network that torch builds to a backend, whatever its family, without torch in this process.

Where a graphics card can be used, the network stays in the engine process and pictures travel to it. On a processor
it is exported to ONNX once, compared with torch and kept; from then on onnxruntime computes it in the workers
themselves, two to four times as fast per core, and torch is not even loaded.
"""

import hashlib
import json
import os
import platform
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from shoal.domain.errors import ModelUnavailable
from shoal.domain.extension_points import EmbeddingBackend, LoadOptions
from shoal.domain.sentence import NOTHING, Sentence
from shoal.domain.task import Caller
from shoal.embedding.engine_model import EngineModel
from shoal.embedding.onnx_models import OnnxModel
from shoal.embedding.onnx_sessions import open_session
from shoal.embedding.torch_engine import CLOSE_ENOUGH, Place, accelerators, export_network
from shoal.embedding.torch_network import OUTPUT, TorchNetwork
from shoal.files.safe_files import replace_own

if TYPE_CHECKING:
    import onnxruntime

ON_TORCH = ("cuda", "mps")
EXPORTER = 2
"""Goes into the names of exported files: raise it when the same network would be exported differently."""


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """Where a network will be computed: here by a `session`, or if that is None in the engine, at a `place`."""

    session: "onnxruntime.InferenceSession | None" = None
    place: Place = Place("cpu")  # noqa: RUF009  # it cannot change
    remark: Sentence = NOTHING


def load_network(network: TorchNetwork, options: LoadOptions) -> EmbeddingBackend:
    """Raises `ModelUnavailable`, also with what is wrong with the weights, and `Cancelled`."""
    if options.int8:
        return _in_eight_bits(network, options)
    settled = settle(network, options)
    if settled.session is not None:
        how = replace(network.how, output=OUTPUT)
        return OnnxModel(settled.session, network.weights_hash, how, network.name, network.layer)
    return EngineModel(the_engine(options), network, settled.place, options.task, settled.remark)


def _in_eight_bits(network: TorchNetwork, options: LoadOptions) -> EmbeddingBackend:
    if options.device not in ("auto", "cpu") or options.half:
        raise ModelUnavailable(Sentence("8-bit numbers are of use on a processor only."), Sentence("Leave --int8 out."))
    exported = _exported(network, options)
    if exported is None:
        raise ModelUnavailable(
            Sentence("{network} has no 8-bit form: its ONNX export is not exact enough.", network=network.name),
            Sentence("Leave --int8 out."),
        )
    from shoal.embedding.eight_bits import load_eight_bits

    return load_eight_bits(exported, network, options)


def settle(network: TorchNetwork, options: LoadOptions) -> Settled:
    """Choose the device, and export the network if it needs to be. Raises like `load_network`."""
    device = _device(options)
    if device in ON_TORCH:
        return Settled(place=Place(device, options.half))
    if options.half:
        raise ModelUnavailable(
            Sentence("16-bit numbers are of use on a graphics card only."), Sentence("Leave --half out.")
        )
    exported = _exported(network, options)
    if exported is None:
        return Settled(
            remark=Sentence(
                "{network} runs through torch, which is slower on a processor: its ONNX export is not exact enough.",
                network=network.name,
            )
        )
    return Settled(open_session(exported, device))


def the_engine(options: LoadOptions) -> Caller:
    assert options.engine is not None, "whoever offers models that need torch lends an engine"
    return options.engine


def _device(options: LoadOptions) -> str:
    """One of `ON_TORCH`, or what onnxruntime is told."""
    if options.device != "auto" and options.device not in ON_TORCH:
        return options.device
    if options.device == "auto" and not _may_have_accelerator():
        return "auto"
    found = the_engine(options).call(accelerators, task=options.task)
    if options.device == "auto":
        return found[0] if found else "auto"
    if options.device not in found:
        raise ModelUnavailable(
            Sentence("torch cannot use {device} here.", device=repr(options.device)),
            Sentence("Choose one of: {choices}.", choices=", ".join(["auto", "cpu", *found])),
        )
    return options.device


def _may_have_accelerator() -> bool:
    """Whether it is worth the seconds that loading torch takes to ask it."""
    if sys.platform == "darwin":
        return platform.machine() == "arm64"
    if sys.platform == "win32":
        return Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "nvcuda.dll").exists()
    return any(Path("/dev", name).exists() for name in ("nvidiactl", "dxg", "kfd"))


def _exported(network: TorchNetwork, options: LoadOptions) -> Path | None:
    """The network as an ONNX file, exported now if it never was; None if ONNX does not do it justice."""
    assert options.export_folder is not None, "whoever lends an engine says where exports are kept"
    target = options.export_folder / f"{network.name}-{_digest(network)}.onnx"
    refused = target.with_suffix(".refused")
    if not target.is_file() and not refused.is_file():
        options.export_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        cosine = the_engine(options).call(export_network, network, target, task=options.task)
        if cosine < CLOSE_ENOUGH:
            replace_own(refused, f"{cosine:.6f}\n".encode())
    return target if target.is_file() else None


def _digest(network: TorchNetwork) -> str:
    """All that shapes the graph."""
    geometry = network.how.geometry
    parts = [EXPORTER, network.name, network.layer, network.weights_hash, geometry.size]
    parts += ["any shape"] if geometry.fit == "rect" else []
    return hashlib.blake2b(json.dumps(parts).encode(), digest_size=12).hexdigest()
