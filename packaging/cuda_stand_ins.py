"""Makes a build of torch for CUDA do without CUDA, for machines where no other build of it can be had.

The wheels of torch for Linux that the usual registry has are linked to over 4 GB of CUDA, and do not even load without
it, though nothing of it is used on a machine without such a card. This makes small libraries with the names, versions
and symbols that torch asks for: what belongs to CUDA answers "no such device", what belongs to torch's own CUDA part
ends the program with a message; torch.cuda.is_available() says no before anybody gets there. A wheel for CPUs needs
none of this.

Needs a C compiler. Linux only: the wheels for Windows and macOS are for CPUs as they are.
"""

import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import system_libraries

OF_CUDA = re.compile(
    r"lib(cuda|cublas|cudnn|cufft|cufile|cupti|curand|cusolver|cusparse|nccl|nvblas|nvfatbin|nvjitlink|nvjpeg|nvperf"
    r"|nvptxcompiler|nvrtc|nvshmem|nvtx|torch_cuda|torch_nvshmem|caffe2_nvrtc)[^/]*\.so",
    re.IGNORECASE,
)
_UNDEFINED = re.compile(r"^\s*\d+: \S+\s+\S+ (\w+)\s+GLOBAL\s+\w+\s+UND (\S+?)(?:@(\S+) \((\d+)\))?$", re.MULTILINE)
_DEFINED = re.compile(r"^\s*\d+: \S+\s+(\S+) (\w+)\s+(?:GLOBAL|WEAK|UNIQUE)\s+\w+\s+\w*\d+ ([^@\s]+)", re.MULTILINE)
_FILE = re.compile(r"File: (\S+)")
_VERSION = re.compile(r"Name: (\S+)\s+Flags: \S+\s+Version: (\d+)")
Entry = tuple[str, str, str]
_NO_DEVICE = 100  # cudaErrorNoDevice
_RUNTIME = ("libstdc++.so.6", "libgcc_s.so.1", "libm.so.6", "libc.so.6")  # CUDA's libraries have parts of these inside
_TEXTS = ("cudaGetErrorString", "cudaGetErrorName", "ncclGetErrorString", "cudnnGetErrorString")
_CALLED_AT_IMPORT = {
    "_ZN4c10d15get_gil_checkerEv": "{ static char place_to_write_to[256]; return place_to_write_to; }",
    # The options of a kind of teamwork that needs CUDA, made as a default: an object of its base class will do.
    "_ZN4c10d16ProcessGroupNCCL7OptionsC1Eb": (
        "{ memset(self, 0, 144); *self = _ZTVN4c10d7Backend7OptionsE + 16; return self; }"
    ),
}


@dataclass(frozen=True, slots=True)
class Symbol:
    """`size` is that of a variable, None for a function; `version` is empty where the library has none."""

    name: str
    version: str
    size: int | None


def is_of_cuda(library: str) -> bool:
    return OF_CUDA.match(library) is not None


def are_needed() -> bool:
    """Whether the torch at hand is one for CUDA on Linux."""
    found = find_spec("torch")
    folders = found.submodule_search_locations if found is not None else None
    libraries = [path.name for folder in folders or () for path in Path(folder, "lib").glob("*.so*")]
    return sys.platform == "linux" and any(map(is_of_cuda, libraries))


def put_into(binaries: Iterable[Entry], target: Path) -> list[Entry]:
    """Replace what is of CUDA among PyInstaller's entries (path in the build, file, kind); stand-ins go to `target`."""
    entries = list(binaries)
    dropped = {Path(entry[0]).name: entry for entry in entries if is_of_cuda(Path(entry[0]).name)}
    kept = [entry for entry in entries if not is_of_cuda(Path(entry[0]).name)]
    files = [Path(source) for _place, source, kind in kept if kind in ("BINARY", "EXTENSION")]
    askers = [path for path in files if any(part.startswith("torch") for part in path.parts)]
    made = make(askers, [Path(source) for _place, source, _kind in dropped.values()], target)
    return [*kept, *((_place_of(path.name, dropped), str(path), "BINARY") for path in made)]


def _place_of(library: str, dropped: Mapping[str, Entry]) -> str:
    """Where the real one lay, if that was in torch's own folders, where torch looks too."""
    place = Path(dropped[library][0]) if library in dropped else Path(library)
    return str(place if place.parts[0].startswith("torch") else Path("torch", "lib", library))


def make(kept: Sequence[Path], dropped: Sequence[Path], target: Path) -> list[Path]:
    """Write a library into `target` for each of CUDA that one of the `kept` files needs; returns them.

    `dropped` are the real ones, as far as they are there: they tell functions from variables.
    """
    target.mkdir(parents=True, exist_ok=True)
    needed = {name for path in kept for name in system_libraries.read(path).needs if is_of_cuda(name)}
    wanted = _symbols_by_library(kept, [path for path in dropped if path.name in needed or _is_of_torch(path)])
    return [_compile(library, wanted.get(library, set()), target) for library in sorted(needed)]


def _is_of_torch(path: Path) -> bool:
    return path.name.startswith("libtorch_")


def _symbols_by_library(kept: Sequence[Path], dropped: Sequence[Path]) -> dict[str, set[Symbol]]:
    variables = _variables(dropped)
    homes = {name: "libtorch_cuda.so" if _is_of_torch(path) else path.name for path in dropped for name in _names(path)}
    there = {name for path in (*kept, *map(_of_the_system, _RUNTIME)) for name in _names(path)}
    found: defaultdict[str, set[Symbol]] = defaultdict(set)
    for path in kept:
        files = _versions(path)
        for _kind, name, version, number in _UNDEFINED.findall(_symbol_table(path)):
            library = files[number] if version else homes.get(name, "")
            if is_of_cuda(library) and (version or name not in there):
                found[library].add(Symbol(name, version, variables.get(name)))
    return found


def _of_the_system(library: str) -> Path:
    found = subprocess.run(["cc", f"-print-file-name={library}"], check=True, capture_output=True, text=True).stdout
    return Path(found.strip()).resolve()


@cache
def _symbol_table(path: Path) -> str:
    return subprocess.run(["readelf", "--dyn-syms", "-W", path], check=True, capture_output=True, text=True).stdout


def _versions(path: Path) -> dict[str, str]:
    """Number of a version in this file -> the library that has to have it."""
    text = subprocess.run(["readelf", "-VW", path], check=True, capture_output=True, text=True).stdout
    found, file = {}, ""
    for line in text.splitlines():
        file = match[1] if (match := _FILE.search(line)) else file
        if match := _VERSION.search(line):
            found[match[2]] = file
    return found


def _names(path: Path) -> set[str]:
    return {name for _size, _kind, name in _DEFINED.findall(_symbol_table(path))}


def _variables(libraries: Iterable[Path]) -> dict[str, int]:
    return {
        name: int(size, 0)
        for path in libraries
        for size, kind, name in _DEFINED.findall(_symbol_table(path))
        if kind in ("OBJECT", "TLS")
    }


def _compile(library: str, symbols: set[Symbol], target: Path) -> Path:
    source, versions, result = target / f"{library}.c", target / f"{library}.map", target / library
    source.write_text(_source(sorted(symbols, key=lambda symbol: symbol.name)))
    by_version: defaultdict[str, list[str]] = defaultdict(list)
    for symbol in symbols:
        by_version[symbol.version].append(symbol.name)
    lines = (f"{version} {{ global: {'; '.join(names)}; }};\n" for version, names in by_version.items())
    versions.write_text("".join(lines) or "{ local: *; };\n")
    options = ["-shared", "-fPIC", "-O1", "-w", "-fno-builtin"]
    link = [f"-Wl,-soname,{library}", f"-Wl,--version-script={versions}", "-lstdc++"]
    subprocess.run(["cc", *options, "-o", result, source, *link], check=True)
    return result


def _source(symbols: Sequence[Symbol]) -> str:
    return "\n".join(
        [
            "#include <stdio.h>",
            "#include <stdlib.h>",
            "#include <string.h>",
            "extern char _ZTVN10__cxxabiv117__class_type_infoE[], _ZTVN4c10d7Backend7OptionsE[];",
            "static void without(const char *what) {",
            '    fprintf(stderr, "This build of torch has no CUDA, and so no %s.\\n", what);',
            "    abort();",
            "}",
            *map(_definition, symbols),
            "",
        ]
    )


def _definition(symbol: Symbol) -> str:
    if symbol.name.startswith("_ZTI"):  # what tells C++ types apart; pybind11 reads their names at import
        words = max(symbol.size or 0, 24) // 8
        name = symbol.name.removeprefix("_ZTI")
        return f'const void *{symbol.name}[{words}] = {{_ZTVN10__cxxabiv117__class_type_infoE + 16, "{name}"}};'
    if symbol.size is not None:
        return f"char {symbol.name}[{max(symbol.size, 8)}] __attribute__((aligned(16)));"
    if symbol.name in _TEXTS:
        return f'const char *{symbol.name}(void) {{ return "no CUDA in this build"; }}'
    if symbol.name in _CALLED_AT_IMPORT:
        return f"void *{symbol.name}(char **self) {_CALLED_AT_IMPORT[symbol.name]}"
    if symbol.name.startswith("_Z"):
        return f"void {symbol.name}(void) {{ without(__func__); }}"
    return f"int {symbol.name}(void) {{ return {_NO_DEVICE}; }}"
