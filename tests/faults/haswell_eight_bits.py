"""What the usual model computes on a processor without VNNI: `python tests/faults/haswell_eight_bits.py`.

Needs qemu-x86_64 (Debian: apt install qemu-user) and a folder of photographs (--pictures). This program runs itself as
on a Haswell of 2013, where onnxruntime adds up 8-bit products in 16 bits: there it loads the model as everybody does,
and once with 8 bits asked for, and looks at the pictures. Here the same pictures are looked at in 32 bits. Prints the
cosines, whether the emulated 8-bit vectors are the very numbers that this processor gives, and what the program
measured over there; the last line is JSON. Exits with 1 if a mean cosine is below 0.985. A minute or two.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

import numpy as np

from shoal.domain.extension_points import LoadOptions
from shoal.domain.task import Task
from shoal.embedding import efficientnet_lite
from shoal.embedding.efficientnet_lite import EIGHT_BITS, WEIGHTS, WHOLE, LiteModel, kept_network
from shoal.embedding.onnx_models import OnnxModel
from shoal.embedding.onnx_sessions import open_session
from shoal.imaging.decoding import decode_image
from shoal.looking.calibration import own_pictures

EMULATOR = ["qemu-x86_64", "-cpu", "Haswell"]
ENOUGH = 0.985
PHOTOGRAPHS = ROOT.parent / "shared" / "images" / "photos"


def prepared(folder: Path, count: int) -> np.ndarray:
    """n x S x S x 3, from all over the folder."""
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".jpg", ".jpeg", ".png"))
    chosen = [files[place] for place in np.linspace(0, len(files) - 1, count).astype(int)]
    return np.stack([decode_image(path.read_bytes(), path.suffix, WEIGHTS.how.geometry).pixels for path in chosen])


def look(work: Path) -> None:
    """What is done on the emulated processor, and on this one to compare."""
    pixels, drawn = np.load(work / "pixels.npy"), list(np.load(work / "drawn.npy"))
    usual = LoadOptions(device="cpu", export_folder=work / "cache", drawn=lambda _geometry, count: drawn[:count])
    asked = LoadOptions(device="cpu", export_folder=work / "cache", int8=True)
    models = {"usual": efficientnet_lite.load(usual), "eight": efficientnet_lite.load(asked)}
    seen: dict[str, Any] = {name: model.embed(list(pixels)) for name, model in models.items()}
    np.savez(work / "seen.npz", **seen)
    (work / "forms.json").write_text(json.dumps({name: model.key.layer for name, model in models.items()}))


def whole(work: Path, pixels: np.ndarray) -> np.ndarray:
    file = kept_network(WEIGHTS, WHOLE, work / "cache", Task()).file
    model: OnnxModel = LiteModel(open_session(file, "cpu"), "", WEIGHTS.how, "whole")
    return model.embed(list(pixels))


def emulated(work: Path, emulator: list[str]) -> dict[str, np.ndarray]:
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([*emulator, sys.executable, __file__, "--look", str(work)], check=True, env=environment)
    return dict(np.load(work / "seen.npz"))


def compare(pictures: Path, count: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        pixels = prepared(pictures, count)
        np.save(work / "pixels.npy", pixels)
        np.save(work / "drawn.npy", np.stack(own_pictures(WEIGHTS.how.geometry, efficientnet_lite.COMPARED)))
        reference = whole(work, pixels)
        kept_network(WEIGHTS, EIGHT_BITS, work / "cache", Task())
        there = emulated(work, EMULATOR)
        forms = json.loads((work / "forms.json").read_text())
        here = emulated(work, [])
        measured = [json.loads(file.read_text()) for file in sorted((work / "cache").glob("*-int8-*.json"))]
    cosines = {name: (rows * reference).sum(1) for name, rows in there.items()}
    for name, values in cosines.items():
        print(f"Haswell, {name} ({forms[name]}): cosine to 32 bits {values.mean():.4f} mean, {values.min():.4f} least")
    same = bool(np.array_equal(there["eight"], here["eight"]))
    print(f"8-bit vectors are the very numbers of this processor: {'yes' if same else 'no'}; measured: {measured}")
    figures = {name: [round(float(v.mean()), 4), round(float(v.min()), 4)] for name, v in cosines.items()}
    print(json.dumps({"pictures": count, "same_numbers": same, **figures}))
    return 0 if all(values.mean() >= ENOUGH for values in cosines.values()) else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=Path, default=PHOTOGRAPHS)
    parser.add_argument("--count", type=int, default=24)
    parser.add_argument("--look", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.look:
        look(options.look)
        return 0
    return compare(options.pictures, options.count)


if __name__ == "__main__":
    sys.exit(main())
