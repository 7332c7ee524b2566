"""Typing `shoal --help` must not wait for a single library, and the window not for what it needs later."""

import json
import subprocess
import sys

import pytest

HEAVY = ["PIL", "PySide6", "cv2", "faiss", "igraph", "numba", "numpy", "onnxruntime", "pyqtgraph", "rawpy",
         "scipy", "sklearn", "sqlite3", "torch", "umap"]  # fmt: skip
LATER = ["PIL.JpegImagePlugin", "email", "http.client", "importlib.metadata", "onnxruntime", "pyqtgraph",
         "shoal.delivering.exporting", "shoal.embedding.eight_bits", "shoal.imaging.picture_files",
         "shoal.samples.demo_pictures", "ssl", "urllib.request"]  # fmt: skip


def _loaded_after(code: str, watched: list[str] = HEAVY) -> list[str]:
    tell = f"import json, sys; print(json.dumps(sorted(set({watched!r}) & set(sys.modules))), file=kept)"
    keep = "import os; kept = os.fdopen(os.dup(1), 'w')"  # a command gives standard output away
    run = subprocess.run([sys.executable, "-c", f"{keep}\n{code}\n{tell}"], capture_output=True, text=True, check=True)
    loaded: list[str] = json.loads(run.stdout.splitlines()[-1])
    return loaded


@pytest.mark.parametrize(
    "code",
    [
        "import shoal",
        "from shoal.command_line.cli import main; main(['--help'])",
        "from shoal.command_line.cli import main; main(['embed', '--help'])",
    ],
)
def test_nothing_heavy_is_loaded(code: str) -> None:
    assert _loaded_after(code) == []


@pytest.mark.parametrize("words", [["models"], ["sort", "--help"]])
def test_listing_models_or_algorithms_loads_none_of_their_libraries(words: list[str]) -> None:
    heavy = set(_loaded_after(f"from shoal.command_line.cli import main; main({words})"))
    assert heavy <= {"PIL", "numpy"}


def test_what_is_needed_soon_is_there_and_not_yet_loaded() -> None:
    code = "import shoal.desktop.main as main, sys; print(len(set(main.NEEDED_SOON) & set(sys.modules)), file=kept);"
    fetch = "from importlib import import_module; print(len(list(map(import_module, main.NEEDED_SOON))), file=kept)"
    keep = "import os; kept = os.fdopen(os.dup(1), 'w')\n"
    run = subprocess.run([sys.executable, "-c", keep + code + fetch], capture_output=True, text=True, check=True)
    loaded, there = map(int, run.stdout.split())
    assert there > 4
    assert loaded < there - 4, "else the window waits for it"


def test_the_window_does_not_wait_for_what_downloads_draws_the_map_or_tells_versions() -> None:
    assert _loaded_after("import shoal.desktop.main", LATER) == []
