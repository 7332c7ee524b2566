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


def test_the_window_does_not_wait_for_what_downloads_draws_the_map_or_tells_versions() -> None:
    assert _loaded_after("import shoal.desktop.main", LATER) == []
