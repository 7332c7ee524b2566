"""What `shoal doctor` looks at: whether everything the program stands on is there, and works."""

import io
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import numpy as np
from PIL import Image

from shoal.domain.errors import HelperProcessDied, UserFacingError
from shoal.domain.extension_points import BackendSpec, LoadOptions
from shoal.domain.geometry import InputGeometry
from shoal.domain.task import Task
from shoal.domain.versions import installed_version
from shoal.embedding.onnx_models import choose_providers
from shoal.embedding.torch_engine import accelerators
from shoal.files.reserve import Reserve
from shoal.imaging.decoding import decode_image
from shoal.imaging.limits import UnreadableImage
from shoal.processes.helper_process import HelperProcess
from shoal.processes.maths_environment import maths_environment, usable_cores
from shoal.setup.engine import engine_process
from shoal.setup.locations import Locations

LIBRARIES = (
    "numpy", "pillow", "pillow-heif", "cykooz-resizer", "rawpy", "onnxruntime", "scikit-learn", "faiss-cpu",
    "umap-learn", "igraph", "threadpoolctl", "platformdirs", "PySide6-Essentials", "pyqtgraph",
)  # fmt: skip
FOR_MORE_MODELS = ("torch", "torchvision", "ultralytics")
ENOUGH_SPACE = 1_000_000_000
REINSTALL = "Install Shoal again; the README says how."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `problem` is empty where all is well; otherwise `remedy` says what to do."""

    topic: str
    fact: str
    problem: str = ""
    remedy: str = ""


def examine(locations: Locations, models: Sequence[BackendSpec], task: Task) -> list[Finding]:
    """Look at everything, each of the `models` that need nothing from elsewhere among it. Never raises because of
    what it finds."""
    findings: list[Finding] = []
    stages: Sequence[Callable[[], Iterator[Finding]]] = (
        _program,
        _libraries,
        _machine,
        _devices,
        _codecs,
        lambda: _folders(locations),
        lambda: _reserves(locations),
        lambda: _sizes(locations),
        lambda: _models(models),
        lambda: _maths(locations, task),
        lambda: _engine(locations, task),
    )
    for stage in task.track(stages, "Checking"):
        findings.extend(stage())
    return findings


def _program() -> Iterator[Finding]:
    yield Finding("Shoal", f"{installed_version('shoal') or 'run from its source'}, {Path(__file__).parents[1]}")
    yield Finding("Python", f"{platform.python_version()} ({sys.executable})")
    yield Finding("System", platform.platform())


def _libraries() -> Iterator[Finding]:
    for name in LIBRARIES:
        found = installed_version(name)
        if found:
            yield Finding(name, found)
        else:
            yield Finding(name, "missing", f"The library {name} is not installed.", REINSTALL)
    for name in FOR_MORE_MODELS:
        yield Finding(name, installed_version(name) or "not installed; only some models need it")


def _machine() -> Iterator[Finding]:
    yield Finding("Processor", f"{usable_cores()} cores to use ({platform.machine()})")
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        yield Finding("Memory", size_in_words(memory))


def _devices() -> Iterator[Finding]:
    if _loaded("onnxruntime") is None:
        yield Finding("Devices", "none", "Networks cannot be used: onnxruntime does not load.", REINSTALL)
    else:
        names = (provider.removesuffix("ExecutionProvider") for provider in choose_providers("auto"))
        yield Finding("Devices", ", ".join(names))


def _folders(locations: Locations) -> Iterator[Finding]:
    for name in ("data", "cache", "logs", "config"):
        yield _folder(name, getattr(locations, name))


def _folder(name: str, folder: Path) -> Finding:
    reason = _why_not_writable(folder)
    if reason:
        return Finding(
            f"Folder for {name}",
            str(folder),
            f"Nothing can be written to {folder} ({reason}).",
            f"Make {folder} writable, or set SHOAL_HOME to a folder that is.",
        )
    free = shutil.disk_usage(folder).free
    if free < ENOUGH_SPACE:
        return Finding(
            f"Folder for {name}",
            f"{folder}, {size_in_words(free)} free",
            f"There is hardly any space left for {folder}.",
            "Make room on that drive.",
        )
    return Finding(f"Folder for {name}", f"{folder}, {size_in_words(free)} free")


def _why_not_writable(folder: Path) -> str:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return ""
    except OSError as error:
        return error.strerror or str(error)


def _reserves(locations: Locations) -> Iterator[Finding]:
    """Space that is let go of when the drive is full, so that edits and journals are still written."""
    locations.hold_reserves()
    for folder, wanted in locations.reserves.items():
        held = Reserve(folder).size
        fact = f"{size_in_words(held)}, {folder}"
        if held >= wanted:
            yield Finding("Set aside for a full drive", fact)
        else:
            yield Finding(
                "Set aside for a full drive",
                fact,
                f"Nothing is set aside in {folder} for a full drive: there is too little space.",
                "Make room on that drive.",
            )


def _sizes(locations: Locations) -> Iterator[Finding]:
    yield Finding("Projects", _size_of(locations.projects))
    yield Finding("Past exports", _size_of(locations.export_journals))
    yield Finding("Weights", _size_of(locations.weights))
    yield Finding("Known pictures", _size_of(locations.feature_cache))
    yield Finding("Thumbnails", _size_of(locations.thumbnail_cache))
    yield Finding("Exported networks", _size_of(locations.exported_networks))
    yield Finding("Compiled code", _size_of(locations.compiled_code))


def _size_of(place: Path) -> str:
    """Of a folder with all in it, or of a database with the files that belong to it."""
    files = place.rglob("*") if place.is_dir() else place.parent.glob(f"{place.name}*")
    return f"{size_in_words(sum(file.stat().st_size for file in files if file.is_file()))}, {place}"


def size_in_words(size: int) -> str:
    """Powers of a thousand, as disks are sold."""
    number, unit = float(size), "bytes"
    for larger in ("kB", "MB", "GB", "TB"):
        if number < 1000:
            break
        number, unit = number / 1000, larger
    return f"{number:,.0f} {unit}" if unit == "bytes" or number >= 100 else f"{number:,.1f} {unit}"


def _codecs() -> Iterator[Finding]:
    for format in ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "AVIF"):
        yield _codec(format, partial(_sample, format))
    yield _codec("HEIC", _heif_sample)
    raw = _loaded("rawpy")
    if raw is None:
        yield Finding("RAW", "cannot be read", "RAW pictures cannot be read: rawpy does not load.", REINSTALL)
    else:
        yield Finding("RAW", f"can be read (LibRaw {'.'.join(map(str, raw.libraw_version))})")


def _codec(format: str, sample: Callable[[], bytes]) -> Finding:
    """Write a small picture and read it the way pictures are read."""
    try:
        decoded = decode_image(sample(), f".{format.lower()}", InputGeometry(8, 8))
        if int(decoded.pixels.mean()) in range(100, 156):
            return Finding(format, "can be read")
        reason = "the colours come out wrong"
    except (UnreadableImage, OSError, KeyError, ImportError, ValueError) as error:
        reason = str(error) or type(error).__name__
    return Finding(format, "cannot be read", f"{format} pictures cannot be read: {reason}.", REINSTALL)


_GREY = Image.new("RGB", (64, 64), (128, 128, 128))


def _sample(format: str) -> bytes:
    buffer = io.BytesIO()
    _GREY.save(buffer, format)
    return buffer.getvalue()


def _heif_sample() -> bytes:
    buffer = io.BytesIO()
    import_module("pillow_heif").from_pillow(_GREY).save(buffer)
    return buffer.getvalue()


def _loaded(module: str) -> ModuleType | None:
    try:
        return import_module(module)
    except ImportError:
        return None


def _models(models: Sequence[BackendSpec]) -> Iterator[Finding]:
    """Those that need nothing from elsewhere look at a picture."""
    for spec in models:
        if not (spec.takes_source or spec.download or spec.needs):
            yield _model(spec)


def _model(spec: BackendSpec) -> Finding:
    try:
        backend = spec.load(LoadOptions())
    except UserFacingError as problem:
        return Finding(f"Model {spec.name}", "cannot be used", problem.summary, problem.remedy)
    size = backend.geometry.size
    vectors = backend.embed([np.full((size, size, 3), 128, np.uint8)])
    if not np.isclose(np.linalg.norm(vectors[0]), 1, atol=1e-3):
        return Finding(
            f"Model {spec.name}", "gives wrong numbers", f"The model {spec.name} gives wrong numbers.", REINSTALL
        )
    return Finding(f"Model {spec.name}", f"works ({backend.key.model}, {backend.dimension} numbers per picture)")


def _maths(locations: Locations, task: Task) -> Iterator[Finding]:
    with HelperProcess("maths", maths_environment(locations.cache)) as maths:
        try:
            maths.call(answer, task=task)
        except HelperProcessDied as death:
            yield Finding("Maths process", "does not start", str(death), REINSTALL)
        else:
            yield Finding("Maths process", "works")


def _engine(locations: Locations, task: Task) -> Iterator[Finding]:
    """Torch need not be there; where it is, it has to load."""
    if find_spec("torch") is None:
        yield Finding("Engine process", "not in this edition: models that need torch cannot be chosen")
        return
    with engine_process(locations) as engine:
        try:
            devices = engine.call(accelerators, task=task)
        except (HelperProcessDied, RuntimeError) as error:
            yield Finding("Engine process", "does not work", f"Torch does not load: {error}", REINSTALL)
        else:
            yield Finding(
                "Engine process", f"works (torch {installed_version('torch')} on {', '.join((*devices, 'cpu'))})"
            )


def answer(_task: Task) -> bool:
    """Called in the maths process: that it comes back is all that is asked."""
    return True
