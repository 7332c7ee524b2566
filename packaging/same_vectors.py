"""Do the models that come with Shoal say the same from the source tree, from the wheel and from a PyInstaller build?

python packaging/same_vectors.py     (needs pyinstaller; builds everything in a temporary folder, takes a minute or two)

Embeds six pictures drawn for the purpose with each of the three and prints the lowest cosine similarity to the source
tree's vectors, as a table and as JSON in the last line. Exits with 1 if one is below 0.9999.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "packaging")]

import contents  # noqa: E402

from shoal.domain.task import Task  # noqa: E402  # found by the line above
from shoal.samples.demo_pictures import sample_pictures, write_sample_pictures  # noqa: E402

PICTURES = 6
ENOUGH = 0.9999
MODELS = ("efficientnet-lite", "builtin")
NAMED_BY_VERSION = ("pillow", "pillow-heif", "pillow-jxl-plugin", "rawpy", "cykooz-resizer")
"""Decoders, whose versions the program asks for."""

PROGRAM = """
import sys
from pathlib import Path
import numpy as np
import shoal
paths = sorted(Path(sys.argv[1]).glob("*.jpg"))
np.save(sys.argv[2], shoal.embed(paths, model=sys.argv[3]))
"""


def vectors(command: list[str], pictures: Path, work: Path, name: str, python_path: str = "") -> list[np.ndarray]:
    """Run a program that embeds the pictures, with a home of its own so that no cache answers for it; of each model."""
    environment = {**os.environ, "SHOAL_HOME": str(work / f"home-{name}"), "PYTHONPATH": python_path}
    found = []
    for model in MODELS:
        out = work / f"{name}-{model}.npy"
        subprocess.run([*command, str(pictures), str(out), model], check=True, env=environment, cwd=work)
        found.append(np.load(out))
    return found


def wheel(work: Path) -> str:
    """Build the wheel and unpack it; returns the folder for PYTHONPATH."""
    quiet = ["--quiet", "--no-deps", "--disable-pip-version-check"]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *quiet, "-w", str(work / "wheel"), str(ROOT)], check=True)
    (built,) = (work / "wheel").glob("*.whl")
    target = work / "unpacked"
    subprocess.run([sys.executable, "-m", "pip", "install", *quiet, "--target", str(target), str(built)], check=True)
    return str(target)


def frozen(program: Path, work: Path, wheel_path: str) -> list[str]:
    """Freeze the program with what the wheel holds; returns the command."""
    subprocess.run(
        [
            sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", "--onedir",
            "--name", "embedder",
            "--distpath", str(work / "dist"), "--workpath", str(work / "build"), "--specpath", str(work),
            "--paths", wheel_path, "--add-data", f"{wheel_path}/shoal/resources{os.pathsep}shoal/resources",
            *(word for file, place in contents.networks(work / "networks")
              for word in ("--add-data", f"{file}{os.pathsep}{place}")),
            *(word for name in NAMED_BY_VERSION for word in ("--copy-metadata", name)),
            "--hidden-import", "shoal.command_line.library", "--collect-submodules", "shoal.embedding",
            "--exclude-module", "torch", "--exclude-module", "PySide6", "--exclude-module", "pytest", str(program),
        ],
        check=True, cwd=work, env={**os.environ, "PYTHONPATH": wheel_path},
    )  # fmt: skip
    return [str(work / "dist" / "embedder" / "embedder")]


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        pictures, program = work / "pictures", work / "embedder.py"
        pictures.mkdir()
        program.write_text(PROGRAM)
        write_sample_pictures(pictures, sample_pictures(views=1)[:PICTURES], Task())
        run = [sys.executable, str(program)]
        source = vectors(run, pictures, work, "source", str(ROOT / "src"))
        path = wheel(work)
        others = {
            "wheel": vectors(run, pictures, work, "wheel", path),
            "PyInstaller": vectors(frozen(program, work, path), pictures, work, "frozen"),
        }
        lowest = {
            f"{name}, {model}": float((ours * theirs).sum(axis=1).min())
            for name, other in others.items()
            for model, ours, theirs in zip(MODELS, source, other, strict=True)
        }
    for name, cosine in lowest.items():
        sys.stdout.write(f"{name:32} lowest cosine to the source tree's vectors: {cosine:.7f}\n")
    sys.stdout.write(json.dumps(lowest) + "\n")
    return 0 if min(lowest.values()) >= ENOUGH else 1


if __name__ == "__main__":
    sys.exit(main())
