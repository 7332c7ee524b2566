"""Makes the pictures of the guide, in each of its languages: python packaging/guide_pictures.py FOLDER

Drives the window over the pictures in FOLDER (those of `shoal demo`, say) with tests/end_to_end/tour.py, and keeps some
of what that shows, smaller and with few colours, in resources/help.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("en", "zh_CN")
PICTURES = {"window": "sorted", "lasso": "lassoed", "merge": "merge-queue", "export": "export"}
"""Name in the guide -> name of the state that the tour shows."""

WIDTH, COLOURS = 640, 96


def tour(folder: Path, home: Path, language: str, out: Path) -> None:
    settings = home / "config" / "settings.json"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps({"language": language}))
    program = [sys.executable, str(ROOT / "tests/end_to_end/tour.py")]
    subprocess.run([*program, str(folder), str(out)], env={**os.environ, "SHOAL_HOME": str(home)}, check=True)


def keep(state: Path, picture: Path) -> None:
    with Image.open(state) as whole:
        size = (WIDTH, round(whole.height * WIDTH / whole.width))
        small = whole.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    small.quantize(COLOURS, Image.Quantize.MEDIANCUT).save(picture, optimize=True)


def main(folder: Path) -> None:
    """One home for all languages: what was looked at once need not be looked at again."""
    with tempfile.TemporaryDirectory() as home:
        for language in LANGUAGES:
            out = Path(home) / language
            tour(folder, Path(os.environ.get("SHOAL_HOME", home)), language, out)
            for name, state in PICTURES.items():
                (found,) = out.glob(f"[0-9]*-{state}.png")
                keep(found, ROOT / "resources/help" / language / f"{name}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
