"""The extraction on a processor, end to end, against its parts and against a plain loop.

    python tests/benchmarks/bench_extraction.py [--images N] [--rounds N]

For rendered JPEGs of 12 and 2 megapixels, each round measures one after the other, on all cores: decoding alone (read,
decode, network input, thumbnail), the network alone, and the extraction (which also hashes, encodes the thumbnail and
saves). `of_ideal` is the extraction's rate over 1 / (1/decoding + 1/network): by wall time, and by processor time,
which a busy machine disturbs less. The plain loop is Pillow (full decode, resize) and torch (eager, one by one) with
the same network: with one thread, and with one per core, which spin while they wait. `again` is the extraction's time
in a second run over the first's.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

import numpy as np
from PIL import Image
from tests.support.mobile_networks import torch_mobilenet, write_random_mobilenet

from shoal.domain.extension_points import EmbeddingBackend, LoadOptions
from shoal.domain.images import FoundImage, RgbImage
from shoal.domain.task import Task
from shoal.embedding import onnx_models
from shoal.imaging.decoding import decode_image
from shoal.imaging.fingerprint import read_image_file
from shoal.looking.extraction import Caches, ExtractionOptions, extract
from shoal.processes.maths_environment import usable_cores
from shoal.store.feature_cache import FeatureCache
from shoal.store.thumbnail_cache import ThumbnailCache

NETWORK = ROOT.parent / "shared" / "models" / "mobilenet_v2.onnx"
SIZES = {"12 MP": (4000, 3000), "2 MP": (1632, 1224)}
PLAIN_IMAGES = 12
Seconds = tuple[float, float]
"""Wall and processor time per image."""


def render(size: tuple[int, int], seed: int) -> Image.Image:
    """Clouds at several scales with some grain: compresses about as well as a photograph."""
    random = np.random.default_rng(seed)
    layers = np.zeros((size[1], size[0], 3), np.float32)
    for cells, weight in ((4, 90), (32, 45), (256, 22), (1024, 10)):
        small = random.random((cells * 3 // 4, cells, 3), np.float32)
        planes = [Image.fromarray(small[..., c]).resize(size, Image.Resampling.BICUBIC) for c in range(3)]
        layers += np.stack([np.asarray(plane) for plane in planes], axis=2) * weight
    layers += random.standard_normal((size[1], size[0], 1), np.float32) * 3
    return Image.fromarray(layers.clip(0, 255).astype(np.uint8))


def write_photographs(
    folder: Path, size: tuple[int, int], count: int, distinct: int = 4, upright: int = 0
) -> list[FoundImage]:
    """Few are rendered; the others differ from them in bytes behind the end of the picture, so all are worked on.

    `upright`: how many of the distinct ones stand.
    """
    folder.mkdir()
    originals = []
    for seed in range(distinct):
        render(size[::-1] if seed < upright else size, seed).save(folder / "original.jpg", quality=88)
        originals.append((folder / "original.jpg").read_bytes())
    (folder / "original.jpg").unlink()
    paths = [folder / f"{number:04}.jpg" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_bytes(originals[number % distinct] + number.to_bytes(4, "big"))
    return [FoundImage(path) for path in paths]


def measured(work: Callable[[], object], count: int) -> Seconds:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - wall) / count, (time.process_time() - cpu) / count


def on_all_cores(work: Callable[[FoundImage], object], found: Sequence[FoundImage]) -> None:
    with ThreadPoolExecutor(usable_cores()) as pool:
        list(pool.map(work, found))


def decode(backend: EmbeddingBackend, image: FoundImage) -> RgbImage:
    return decode_image(read_image_file(image.path), ".jpg", backend.geometry).pixels


def extract_into(home: Path, found: Sequence[FoundImage], backend: EmbeddingBackend) -> None:
    with FeatureCache(home / "f.sqlite") as features, ThumbnailCache(home / "t.sqlite") as thumbnails:
        extract(found, backend, Caches(features, thumbnails), Task(), options=ExtractionOptions())


def plain_loop(found: Sequence[FoundImage], threads: int) -> Seconds:
    """What one writes first. Without the thumbnail, which the extraction makes as well."""
    import torch

    torch.set_num_threads(threads)
    network = torch_mobilenet()

    def look() -> None:
        for image in found:
            picture = Image.open(image.path).convert("RGB")
            scale = 256 / min(picture.size)
            picture = picture.resize((round(picture.width * scale), round(picture.height * scale)))
            left, top = (picture.width - 224) // 2, (picture.height - 224) // 2
            pixels = np.asarray(picture.crop((left, top, left + 224, top + 224)), np.float32)
            with torch.no_grad():
                network(torch.from_numpy(pixels / 127.5 - 1).permute(2, 0, 1)[None])

    network(torch.zeros(1, 3, 224, 224))
    return measured(look, len(found))


def one_round(found: Sequence[FoundImage], backend: EmbeddingBackend, home: Path) -> dict[str, Seconds]:
    pixels = decode(backend, found[0])
    home.mkdir()
    timings = {
        "decoding": measured(lambda: on_all_cores(lambda image: decode(backend, image), found), len(found)),
        "network": measured(lambda: on_all_cores(lambda _: backend.embed([pixels]), found), len(found)),
        "extraction": measured(lambda: extract_into(home, found, backend), len(found)),
    }
    return timings | {"again": measured(lambda: extract_into(home, found, backend), len(found))}


def of_ideal(timings: dict[str, Seconds], clock: int) -> float:
    return (timings["decoding"][clock] + timings["network"][clock]) / timings["extraction"][clock]


def compare(found: Sequence[FoundImage], backend: EmbeddingBackend, folder: Path, rounds: int) -> dict[str, float]:
    measurements = [one_round(found, backend, folder / f"home{number}") for number in range(rounds)]
    plain = plain_loop(found[:PLAIN_IMAGES], threads=1)
    plain_many = plain_loop(found[:PLAIN_IMAGES], threads=usable_cores())

    def middle(values: Sequence[float]) -> float:
        return round(statistics.median(values), 4)

    cpu = {f"{name}_cpu_ms": middle([m[name][1] * 1e3 for m in measurements]) for name in measurements[0]}
    extraction = middle([m["extraction"][1] for m in measurements])
    return cpu | {
        "images_per_second": round(1 / middle([m["extraction"][0] for m in measurements]), 1),
        "of_ideal_wall": middle([of_ideal(m, 0) for m in measurements]),
        "of_ideal_cpu": middle([of_ideal(m, 1) for m in measurements]),
        "plain_cpu_ms": round(plain[1] * 1e3, 4),
        "plain_all_threads_cpu_ms": round(plain_many[1] * 1e3, 4),
        "times_less_cpu_than_plain": round(plain[1] / extraction, 2),
        "times_less_than_plain_all_threads": round(plain_many[1] / extraction, 2),
        "again": middle([m["again"][0] / m["extraction"][0] for m in measurements]),
    }


def load_network(folder: Path) -> EmbeddingBackend:
    path = NETWORK if NETWORK.exists() else write_random_mobilenet(folder / "random.onnx")
    return onnx_models.load(LoadOptions(source=str(path), preprocessing="symmetric", device="cpu"))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--images", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        backend = load_network(Path(folder))
        for name, size in SIZES.items():
            work = Path(folder) / name
            work.mkdir()
            found = write_photographs(work / "pictures", size, arguments.images)
            results[name] = compare(found, backend, work, arguments.rounds)
    for key in next(iter(results.values())):
        print(f"{key:36}" + "".join(f"{name}: {values[key]:<14}" for name, values in results.items()))
    print(json.dumps({"cores": usable_cores(), "trained_network": NETWORK.exists(), **results}))


if __name__ == "__main__":
    main()
