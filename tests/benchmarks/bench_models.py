"""What a model costs per picture on a processor: plain torch, and the way Shoal computes it (ONNX Runtime).

    python tests/benchmarks/bench_models.py [--models resnet50,mobilenet_v3_large] [--memory] [--out FILE.json]

Seeded random weights, which cost as much as trained ones. Processor time of one thread each, both
taking turns and the quickest of many counting, so that a busy machine spoils neither alone. `cosine`: the least of the
two's on three pictures. Then the same network in 8-bit numbers, fitted to rendered photographs: what the vectors lose
on others of them, and how many times as fast it is.
`--memory`: the peak of one process that embeds 20 and another that embeds 200 pictures of 12 megapixels.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]

import numpy as np
from PIL import Image
from tests.benchmarks.bench_extraction import SIZES, write_photographs
from tests.support.seeded_weights import write_torchvision_weights

from shoal.domain.extension_points import EmbeddingBackend, LoadOptions
from shoal.domain.images import FoundImage, RgbImage
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.task import HereCaller, Task
from shoal.embedding.torch_engine import sample_pictures
from shoal.imaging.decoding import decode_image
from shoal.imaging.fingerprint import read_image_file
from shoal.looking.catalogue import find_backend
from shoal.looking.extraction import Caches, extract
from shoal.store.feature_cache import FeatureCache

MODELS = ("resnet50", "mobilenet_v3_large")
ROUNDS = 12
PHOTOGRAPHS = 18
Row = dict[str, float]


def loaded(model: str, folder: Path) -> EmbeddingBackend:
    """With seeded weights, which are written and exported once per folder."""
    weights = folder / f"{model}.pth"
    if not weights.exists():
        write_torchvision_weights(model, weights)
    spec, _ = find_backend(model)
    options = LoadOptions(device="cpu", weights=weights, engine=HereCaller(), export_folder=folder)
    return spec.load(options)


def plain(model: str, folder: Path, backend: EmbeddingBackend) -> Callable[[np.ndarray], np.ndarray]:
    """The loop of torchvision's documentation, on pictures that are decoded and cut already."""
    import torch
    import torchvision

    torch.set_num_threads(1)
    network = torchvision.models.get_model(model, weights=None).eval()
    network.load_state_dict(torch.load(folder / f"{model}.pth", weights_only=True))
    head = "classifier" if hasattr(network, "classifier") else "fc"
    setattr(network, head, torch.nn.Identity())
    mean, std = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])

    def embed(pictures: np.ndarray) -> np.ndarray:
        values = torch.from_numpy(pictures).permute(0, 3, 1, 2) / 255
        with torch.inference_mode():
            rows: np.ndarray = network((values - mean.view(3, 1, 1)) / std.view(3, 1, 1)).flatten(1).numpy()
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    return embed


def quickest(ways: dict[str, Callable[[], Any]]) -> Row:
    """Milliseconds of processor time per call, the ways taking turns."""
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(ROUNDS):
        for name, way in ways.items():
            began = time.process_time()
            way()
            best[name] = min(best[name], (time.process_time() - began) * 1000)
    return {name: round(value, 2) for name, value in best.items()}


def compare(model: str, folder: Path) -> Row:
    backend = loaded(model, folder)
    by_torch = plain(model, folder, backend)
    pictures = sample_pictures(backend.geometry.size)
    times = quickest(
        {"torch_ms": lambda: by_torch(pictures[:1]), "shoal_ms": lambda: backend.embed(list(pictures[:1]))}
    )
    cosine = (by_torch(pictures) * backend.embed(list(pictures))).sum(axis=1).min()
    return {**times, "ratio": round(times["torch_ms"] / times["shoal_ms"], 2), "cosine": round(float(cosine), 6)}


def eight_bits(model: str, folder: Path) -> Row:
    """Fitted to two thirds of the photographs, compared on the rest."""

    def draw(geometry: InputGeometry, count: int) -> list[RgbImage]:
        scene = Path(tempfile.mkdtemp(dir=folder)) / "photographs"
        found = write_photographs(scene, SIZES["2 MP"], PHOTOGRAPHS, PHOTOGRAPHS)[:count]
        return [decode_image(read_image_file(one.path), ".jpg", geometry).pixels for one in found]

    weights = folder / f"{model}.pth"
    options = LoadOptions(
        device="cpu", weights=weights, engine=HereCaller(), export_folder=folder, int8=True, draw=draw
    )
    find_backend(model)[0].load(options)
    (kept,) = folder.glob(f"{model}-*-int8-*.json")
    row: Row = json.loads(kept.read_text())
    return row


def embed_many(model: str, count: int, folder: Path) -> None:
    """In a process of its own; prints its peak in megabytes."""
    backend = loaded(model, folder)
    template = folder / "template.jpg"
    pixels = np.random.default_rng(0).integers(0, 256, (30, 40, 3), np.uint8)
    Image.fromarray(pixels).resize((4000, 3000)).save(template, quality=90)
    found = []
    for number in range(count):
        path = folder / f"{count}-{number}.jpg"
        path.write_bytes(template.read_bytes() + number.to_bytes(4, "big"))  # other contents, so that none is known
        found.append(FoundImage(path))
    with FeatureCache(folder / f"features-{count}.sqlite") as features:
        extract(found, backend, Caches(features), Task())
    print(json.dumps({"peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)}))


def memory(model: str, folder: Path) -> Row:
    loaded(model, folder)
    peaks = {}
    for count in (20, 200):
        command = [sys.executable, __file__, "--embed", str(count), "--models", model, "--folder", str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        peaks[f"peak_mb_{count}"] = json.loads(done.stdout.splitlines()[-1])["peak_mb"]
    return {**peaks, "ratio": round(peaks["peak_mb_200"] / peaks["peak_mb_20"], 2)}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--models", default=",".join(MODELS))
    options.add_argument("--memory", action="store_true")
    options.add_argument("--embed", type=int, help=argparse.SUPPRESS)
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--out", type=Path)
    chosen = options.parse_args()
    models = chosen.models.split(",")
    if chosen.embed:
        embed_many(models[0], chosen.embed, chosen.folder)
        return
    table: dict[str, Row] = {}
    with tempfile.TemporaryDirectory() as folder:
        for model in models:
            table[model] = compare(model, Path(folder))
            print(f"{model:22}", *(f"{name} {value:g}" for name, value in table[model].items()), sep="  ")
            table[f"{model} in 8 bits"] = row = eight_bits(model, Path(folder))
            print(f"{'  in 8 bits':22}", *(f"{name} {value:g}" for name, value in row.items()), sep="  ")
        if chosen.memory:
            table["memory"] = memory(models[-1], Path(folder))
            print(f"{'memory':22}", *(f"{name} {value:g}" for name, value in table["memory"].items()), sep="  ")
    text = json.dumps(table)
    if chosen.out:
        chosen.out.write_text(text + "\n")
    print(text)


if __name__ == "__main__":
    main()
