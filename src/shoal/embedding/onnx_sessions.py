"""Opening and running networks with onnxruntime, whose errors have no common base and whose words vary."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from shoal.domain.errors import ModelUnavailable, OutOfMemory
from shoal.domain.sentence import Sentence

if TYPE_CHECKING:
    import onnxruntime

PROVIDERS = {"cuda": "CUDAExecutionProvider", "directml": "DmlExecutionProvider", "coreml": "CoreMLExecutionProvider"}
PROCESSOR = "CPUExecutionProvider"
EXACT_SUMS = {"session.x64quantprecision": "1"}
"""Makes 8-bit sums exact on processors without VNNI, for some of their speed. With VNNI it only costs, threefold."""
NO_MEMORY = ("out of memory", "failed to allocate", "bad allocation", "bad_alloc", "available memory of")


def onnx_errors() -> tuple[type[Exception], ...]:
    """What onnxruntime raises; its errors have no common base. The last is for names in a graph that are no text."""
    from onnxruntime.capi import onnxruntime_pybind11_state as errors

    return (
        errors.EPFail, errors.Fail, errors.InvalidArgument, errors.InvalidGraph, errors.InvalidProtobuf,
        errors.NoModel, errors.NoSuchFile, errors.NotImplemented, errors.RuntimeException,
        UnicodeDecodeError,
    )  # fmt: skip


def first_line(error: Exception) -> str:
    """The part of onnxruntime's message after its codes."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0].rsplit(" : ", 1)[-1].rstrip(". ")


def run_session(
    session: "onnxruntime.InferenceSession", outputs: Sequence[str], name: str, values: NDArray[Any]
) -> list[NDArray[Any]]:
    """Raises `OutOfMemory` for what onnxruntime words in several ways, and its own error for all else."""
    try:
        return [np.asarray(answer) for answer in session.run(list(outputs), {name: values})]
    except MemoryError as error:
        raise OutOfMemory(str(error)) from error
    except onnx_errors() as error:
        if any(words in str(error).lower() for words in NO_MEMORY):
            raise OutOfMemory(first_line(error)) from error
        raise


def choose_providers(device: str) -> list[str]:
    """onnxruntime's names, best first. Raises `ModelUnavailable` if the device asked for is not there."""
    import onnxruntime

    available = {name: full for name, full in PROVIDERS.items() if full in onnxruntime.get_available_providers()}
    if device == "cpu":
        return [PROCESSOR]
    if device != "auto" and device not in available:
        raise ModelUnavailable(
            Sentence("onnxruntime cannot use {device} here.", device=repr(device)),
            Sentence("Choose one of: {choices}.", choices=", ".join(["auto", "cpu", *available])),
        )
    return [*available.values(), PROCESSOR] if device == "auto" else [available[device], PROCESSOR]


def open_session(
    network: Path | bytes, device: str, entries: Mapping[str, str] | None = None
) -> "onnxruntime.InferenceSession":
    """`network`: the file, or its content; `entries` for onnxruntime's configuration. Raises `ModelUnavailable`."""
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4  # it prints what it also raises
    for name, value in (entries or {}).items():
        options.add_session_config_entry(name, value)
    providers = choose_providers(device)
    options.enable_mem_pattern = PROVIDERS["directml"] not in providers
    try:
        # Falling back from the processor to the processor helps nobody, and is printed.
        session = onnxruntime.InferenceSession(
            network if isinstance(network, bytes) else str(network), options, providers=providers,
            enable_fallback=int(len(providers) > 1),
        )  # fmt: skip
        for end in (*session.get_inputs(), *session.get_outputs()):
            end.name, end.shape  # noqa: B018  # names that are no text show only when they are asked for
        return session
    except onnx_errors() as error:
        raise ModelUnavailable(
            Sentence(
                "{network} is not a network that onnxruntime can load: {reason}.",
                network=_named(network),
                reason=first_line(error),
            ),
            Sentence("Export it to ONNX again."),
        ) from error


def _named(network: Path | bytes) -> str:
    return "What was made" if isinstance(network, bytes) else str(network)
