"""Weights out of files that torch or safetensors wrote. Called in the engine process only.

torch's are pickles, which can run code. It is told to take nothing but numbers; a file that holds more is read only if
the user has said that it may be trusted, and even then here and not in the program. Those of safetensors hold nothing
but numbers.
"""

import pickle
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shoal.domain.errors import ModelUnavailable, WeightsNotTrusted
from shoal.domain.sentence import Sentence, verbatim
from shoal.embedding.torch_network import TorchNetwork

if TYPE_CHECKING:
    import torch

    StateDict = dict[str, torch.Tensor]

WRAPPERS = ("state_dict", "model_state_dict", "model", "module", "net", "teacher")
"""Under these a training script puts the weights beside everything else that it wants to go on with."""
SAFETENSORS_BRACE = 8
PREFIXES = ("module.", "_orig_mod.", "model.", "backbone.")
"""What wrapping a network for several cards, for compiling, or in a larger one puts before every name."""


def read_state_dict(path: Path, trusted: bool) -> "StateDict":
    """Tensors by name, from a state dict or a checkpoint with one inside. Raises `ModelUnavailable`."""
    return _without_prefixes(_tensors(read_checkpoint(path, trusted), path))


def read_checkpoint(path: Path, trusted: bool) -> Any:  # whatever was saved
    """Raises `ModelUnavailable` for what is no such file, and for more than numbers in one that is not trusted."""
    import torch

    if _is_safetensors(path):
        return _read_safetensors(path)
    if _is_torchscript(path):
        raise ModelUnavailable(
            Sentence("{path} is a TorchScript program, not weights.", path=path),
            Sentence("Save the network's state_dict, or export it to ONNX."),
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # about pickles of another protocol, which are refused or read
            return torch.load(path, map_location="cpu", weights_only=not trusted)
    except pickle.UnpicklingError as error:
        if trusted or not _could_run_code(error):
            raise _not_weights(path) from error
        raise WeightsNotTrusted(
            Sentence("{path} holds more than numbers: loading it could run a program hidden in it.", path=path),
            Sentence("If you know and trust who made it, say so with --trust-weights."),
        ) from error
    except (RuntimeError, OSError, EOFError, ValueError, KeyError, AttributeError, ImportError) as error:
        raise _not_weights(path) from error


def _is_safetensors(path: Path) -> bool:
    """By its beginning: how long its description is, which begins with a brace."""
    try:
        with path.open("rb") as file:
            return file.read(SAFETENSORS_BRACE + 1)[SAFETENSORS_BRACE:] == b"{"
    except OSError:
        return False


def _read_safetensors(path: Path) -> "StateDict":
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        return load_file(path)
    except (SafetensorError, OSError) as error:
        raise _not_weights(path) from error


def read_torchscript(path: Path) -> "StateDict | None":
    """The weights inside a TorchScript program, which is opened but not run; None for other files.

    Only for files that are trusted: opening one builds what its author wrote.
    """
    import torch

    if not _is_torchscript(path):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # torch would rather have another format
        program = torch.jit.load(str(path), map_location="cpu")  # type: ignore[no-untyped-call]
    return _without_prefixes(dict(program.state_dict()))


def _could_run_code(error: pickle.UnpicklingError) -> bool:
    return "Weights only load failed" in str(error)


def _not_weights(path: Path) -> ModelUnavailable:
    return ModelUnavailable(
        Sentence("{path} holds no weights that torch can read.", path=path), Sentence("Choose another file.")
    )


def _is_torchscript(path: Path) -> bool:
    """Its archive holds source code."""
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.endswith("/constants.pkl") for name in archive.namelist())
    except (zipfile.BadZipFile, OSError):
        return False


def _tensors(saved: Any, path: Path) -> "StateDict":
    """Look through the wrappings for the tensors."""
    import torch

    while True:
        if isinstance(saved, torch.nn.Module):
            saved = saved.state_dict()
        if not isinstance(saved, Mapping):
            raise _not_weights(path)
        inside = next(
            (saved[name] for name in WRAPPERS if isinstance(saved.get(name), Mapping | torch.nn.Module)), None
        )
        if inside is None:
            break
        saved = inside
    tensors = {str(name): value for name, value in saved.items() if isinstance(value, torch.Tensor)}
    if not tensors:
        raise _not_weights(path)
    return tensors


def _without_prefixes(tensors: "StateDict") -> "StateDict":
    while prefix := next((start for start in PREFIXES if all(name.startswith(start) for name in tensors)), None):
        tensors = {name.removeprefix(prefix): value for name, value in tensors.items()}
    return tensors


def fill(module: "torch.nn.Module", tensors: "StateDict", network: TorchNetwork, may_lack: str = "") -> None:
    """Put the weights into the module; only what stands under `may_lack` may be missing. Raises `ModelUnavailable`."""
    try:
        missing = module.load_state_dict(tensors, strict=False).missing_keys
    except RuntimeError as error:  # the names fit but the shapes do not
        raise misfit(network, verbatim(str(error).splitlines()[-1].strip().rstrip("."))) from error
    needed = [name for name in missing if not (may_lack and name.startswith(f"{may_lack}."))]
    needed = [name for name in needed if not name.endswith("num_batches_tracked")]
    if needed:
        raise misfit(
            network,
            Sentence("{count} of its weights are missing, such as {example}", count=len(needed), example=needed[0]),
        )


def misfit(network: TorchNetwork, why: Sentence) -> ModelUnavailable:
    return ModelUnavailable(
        Sentence(
            "{weights} does not fit {network}: {why}.",
            weights=network.weights,
            network=network.name,
            why=why,
        ),
        Sentence("Name the model that it was made for."),
    )
