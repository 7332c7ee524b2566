"""CPU time from the bytes of a JPEG to network input and thumbnail: ours, plain Pillow, and the bare scaled decode.

    python tests/benchmarks/bench_decode.py [--rounds 7]

The photographs are rendered: light, texture at several scales and sensor noise, at quality 90; their size on disk is
printed, since unpacking costs by the byte. Every round measures all ways in turn on the same bytes; the figures are
medians over the rounds. CPU seconds of the whole process, so that other programs disturb little.
"""

import argparse
import io
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

from shoal.domain.input_geometry import InputGeometry
from shoal.imaging.decoding import decode_image

GEOMETRY = InputGeometry(size=224, resize=256)
SETS = {"12 MP": ((4000, 3000), 2), "1.4 MP": ((1368, 1024), 6), "1.9 MP": ((1600, 1200), 4)}
BICUBIC = Image.Resampling.BICUBIC


def photograph(size: tuple[int, int], seed: int) -> bytes:
    """A JPEG with camera EXIF and about as many bytes per pixel as a camera writes."""
    random = np.random.default_rng(seed)
    picture = np.zeros((size[1], size[0], 3), np.float32)
    for cells, strength in ((6, 90), (40, 40), (200, 22), (size[0] // 3, 12)):
        grid = random.normal(0, 1, (cells * 3 // 4, cells, 3)).astype(np.float32)
        layer = [Image.fromarray(grid[..., band]).resize(size, BICUBIC) for band in range(3)]
        picture += strength * np.stack([np.asarray(band) for band in layer], axis=-1)
    picture += random.normal(0, 3.5, (size[1], size[0], 1)).astype(np.float32)
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Shoal", "Bench 1", 6 if seed % 2 else 1
    exif.get_ifd(0x8769)[0x9003] = "2024:05:31 14:03:59"
    buffer = io.BytesIO()
    Image.fromarray(np.clip(picture + 128, 0, 255).astype(np.uint8)).save(buffer, "JPEG", quality=90, exif=exif)
    return buffer.getvalue()


def plain_pillow(data: bytes) -> None:
    """What a straightforward program does: everything from the full picture."""
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
    thumbnail = image.copy()
    thumbnail.thumbnail((256, 256), BICUBIC)
    short = min(image.size)
    square = image.resize((image.width * 256 // short, image.height * 256 // short), BICUBIC)
    left, top = (square.width - 224) // 2, (square.height - 224) // 2
    np.asarray(square.crop((left, top, left + 224, top + 224)))
    np.asarray(thumbnail)


def bare_scaled(data: bytes) -> None:
    """Pillow's scaled decode and nothing else: the smallest that still has 256 pixels on the short side."""
    image = Image.open(io.BytesIO(data), formats=["JPEG"])
    image.draft("RGB", (256, 256))
    image.load()


def ours(data: bytes) -> None:
    decode_image(data, ".jpg", GEOMETRY)


WAYS: dict[str, Callable[[bytes], None]] = {"plain": plain_pillow, "bare": bare_scaled, "ours": ours}


def cpu_ms(way: Callable[[bytes], None], pictures: Sequence[bytes], threads: int) -> float:
    """CPU milliseconds per picture."""
    start = time.process_time()
    if threads == 1:
        for data in pictures:
            way(data)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(way, pictures))
    return (time.process_time() - start) / len(pictures) * 1000


def measure(pictures: Sequence[bytes], threads: int, rounds: int) -> dict[str, float]:
    times: dict[str, list[float]] = {name: [] for name in WAYS}
    for _ in range(rounds):
        for name, way in WAYS.items():
            times[name].append(cpu_ms(way, [*pictures] * (1 if name == "plain" else 4), threads))
    result = {f"{name}_ms": round(statistics.median(values), 2) for name, values in times.items()}
    result["times_less_than_plain"] = round(statistics.median(map(float.__truediv__, times["plain"], times["ours"])), 2)
    result["of_bare"] = round(statistics.median(map(float.__truediv__, times["ours"], times["bare"])), 3)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    results = []
    print(f"{'set':8}{'threads':>8}{'kB':>7}{'plain ms':>10}{'bare ms':>9}{'ours ms':>9}{'x less':>8}{'of bare':>9}")
    for name, (size, count) in SETS.items():
        pictures = [photograph(size, seed) for seed in range(count)]
        kilobytes = sum(map(len, pictures)) // len(pictures) // 1000
        for threads in (1, 2):
            row = {"set": name, "threads": threads, "kilobytes": kilobytes, **measure(pictures, threads, rounds)}
            results.append(row)
            print("{set:8}{threads:8}{kilobytes:7}{plain_ms:10}{bare_ms:9}{ours_ms:9}".format(**row), end="")
            print("{times_less_than_plain:8}{of_bare:9}".format(**row))
    print(json.dumps({"benchmark": "decode", "results": results}))


if __name__ == "__main__":
    main()
