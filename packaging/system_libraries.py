"""Which libraries a Linux build leaves to the system, and what it needs of them.

Qt talks to the screen through libraries that belong to it: they match its graphics drivers and get its security fixes.
Those in the table are never bundled, and the Debian package declares them. Any other library that a file of the build
needs has to lie in the build; `unresolved` finds those that do not.
"""

import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_PACKAGES = {
    "libc6": "libc.so.6 libm.so.6 libmvec.so.1 libdl.so.2 libpthread.so.0 librt.so.1 libutil.so.1 libresolv.so.2 "
    "ld-linux-x86-64.so.2 ld-linux-aarch64.so.1",
    "libdbus-1-3": "libdbus-1.so.3",
    "libdrm2": "libdrm.so.2",
    "libegl1": "libEGL.so.1",
    "libexpat1": "libexpat.so.1",
    "libfontconfig1": "libfontconfig.so.1",
    "libfreetype6": "libfreetype.so.6",
    "libgcc-s1": "libgcc_s.so.1",
    "libgl1": "libGL.so.1",
    "libglib2.0-0": "libglib-2.0.so.0 libgthread-2.0.so.0 libgobject-2.0.so.0 libgio-2.0.so.0 libgmodule-2.0.so.0",
    "libglx0": "libGLX.so.0",
    "libopengl0": "libOpenGL.so.0",
    "libstdc++6": "libstdc++.so.6",
    "libwayland-client0": "libwayland-client.so.0",
    "libwayland-cursor0": "libwayland-cursor.so.0",
    "libwayland-egl1": "libwayland-egl.so.1",
    "libx11-6": "libX11.so.6",
    "libx11-xcb1": "libX11-xcb.so.1",
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-glx0": "libxcb-glx.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-image0": "libxcb-image.so.0",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-randr0": "libxcb-randr.so.0",
    "libxcb-render-util0": "libxcb-render-util.so.0",
    "libxcb-render0": "libxcb-render.so.0",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-shm0": "libxcb-shm.so.0",
    "libxcb-sync1": "libxcb-sync.so.1",
    "libxcb-util1": "libxcb-util.so.1",
    "libxcb-xfixes0": "libxcb-xfixes.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
    "libxcb1": "libxcb.so.1",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    "libxkbcommon0": "libxkbcommon.so.0",
    "zlib1g": "libz.so.1",
}
PACKAGE_OF = {library: package for package, names in _PACKAGES.items() for library in names.split()}
"""Name of a library, as programs ask for it, -> the Debian package that has it."""

_QT_ALONE = ("libxcb-", "libxkbcommon", "libX11-xcb")
BROUGHT_BY_APPIMAGE = frozenset(name for name in PACKAGE_OF if name.startswith(_QT_ALONE)) - {"libxcb-glx.so.0"}
"""What an AppImage has inside all the same: small libraries that only Qt uses, which many desktops lack."""

ELF = b"\x7fELF"
_NEEDED = re.compile(r"\(NEEDED\).*\[(.+)\]")
_GLIBC = re.compile(r"Name: GLIBC_([\d.]+)")


@dataclass(frozen=True, slots=True)
class Program:
    """An executable or library of a build; `needs` are the names of libraries it cannot be loaded without."""

    path: Path
    needs: frozenset[str]
    glibc: tuple[int, ...]


def programs_in(folder: Path) -> list[Program]:
    """All ELF files below `folder`, links not followed."""
    return [read(path) for path in sorted(elf_files(folder))]


def elf_files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(len(ELF)) == ELF:
                    yield path


def read(path: Path) -> Program:
    text = subprocess.run(["readelf", "-dVW", str(path)], check=True, capture_output=True, text=True).stdout
    versions = (tuple(map(int, version.split("."))) for version in _GLIBC.findall(text))
    return Program(path, frozenset(_NEEDED.findall(text)), max(versions, default=()))


def unresolved(programs: Iterable[Program], folder: Path) -> dict[str, list[str]]:
    """Library -> the files that need it, for those that are neither in `folder` nor the system's to bring."""
    inside = {path.name for path in folder.rglob("*.so*")}
    missing: dict[str, list[str]] = {}
    for program in programs:
        for library in program.needs - inside - PACKAGE_OF.keys():
            missing.setdefault(library, []).append(str(program.path.relative_to(folder)))
    return missing


def debian_packages(programs: Iterable[Program]) -> Mapping[str, str]:
    """Package -> its lowest version or "", for what the programs need of the system."""
    programs = list(programs)
    needed = {PACKAGE_OF[library] for program in programs for library in program.needs if library in PACKAGE_OF}
    glibc = max(program.glibc for program in programs)
    return {name: ".".join(map(str, glibc)) if name == "libc6" else "" for name in sorted(needed)}
