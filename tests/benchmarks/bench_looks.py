"""How well stacks find shots of a burst and leave merely similar pictures alone; how well sharpness tells blur.

    python tests/benchmarks/bench_looks.py [--images ../shared/images] [--every 5]

Bursts are made: every 5th picture once more, moved, turned, bent and lit a little otherwise (mild: half of it). A pair
of pictures that nobody made is one of a picture and any of its 15 nearest: some of those are near-identical indeed.
Sharpness: the chance that a picture chosen at random measures sharper than another one blurred (1: always).
"""

import argparse
import json
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src"))

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter

import shoal
from shoal.analysis.duplicates import LEAST_SIMILARITY, MOST_BITS_APART, bits_apart
from shoal.imaging.perceptual_hash import difference_hash
from shoal.imaging.sharpness import sharpness

NEIGHBOURS = 15
WORK = Path("/tmp/shoal-bench-looks")


def thumbnail(image: Image.Image) -> np.ndarray:
    small = image.convert("RGB")
    small.thumbnail((256, 256), Image.Resampling.BICUBIC)
    return np.asarray(small)


def shot(image: Image.Image, seed: int, strength: float) -> Image.Image:
    """The same scene a moment later: shift, zoom, turn, a local bend, light and contrast."""
    random, (width, height) = np.random.default_rng(seed), image.size
    image = image.rotate(random.uniform(-1.5, 1.5) * strength, Image.Resampling.BICUBIC)
    zoom = 0.03 + 0.05 * strength * random.random()
    left, top = random.uniform(0, zoom, 2)
    box = (width * left, height * top, width * (1 - zoom + left), height * (1 - zoom + top))
    image = image.transform((width, height), Image.Transform.EXTENT, box, Image.Resampling.BICUBIC)
    image = image.transform((width, height), Image.Transform.MESH, bent(width, height, random, 0.012 * strength))
    image = ImageEnhance.Brightness(image).enhance(random.uniform(1 - 0.15 * strength, 1 + 0.15 * strength))
    return ImageEnhance.Contrast(image).enhance(random.uniform(1 - 0.1 * strength, 1 + 0.1 * strength))


def bent(width: int, height: int, random: np.random.Generator, by: float) -> list:
    steps = np.arange(5) / 4
    corners = np.stack(np.meshgrid(steps * width, steps * height), axis=-1)
    moved = corners + random.normal(0, by, corners.shape) * (width, height)
    mesh = []
    for row in range(4):
        for column in range(4):
            quad = [moved[row, column], moved[row + 1, column], moved[row + 1, column + 1], moved[row, column + 1]]
            box = (*corners[row, column].astype(int), *corners[row + 1, column + 1].astype(int))
            mesh.append((tuple(int(side) for side in box), tuple(float(x) for point in quad for x in point)))
    return mesh


def bursts(paths: list[Path], strength: float) -> list[Path]:
    folder = WORK / f"{strength}"
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for number, path in enumerate(paths):
        made.append(folder / f"{number}.jpg")
        with Image.open(path) as image:
            shot(image.convert("RGB"), number, strength).save(made[-1], quality=85)
    return made


def hashes(paths: list[Path]) -> np.ndarray:
    return np.array([difference_hash(thumbnail(Image.open(path))) or 0 for path in paths], np.int64)


def stacks(paths: list[Path], every: int) -> dict[str, float]:
    vectors, looks, found = shoal.embed(paths), hashes(paths), {}
    chosen = np.arange(0, len(paths), every)
    for name, strength in (("mild", 0.5), ("strong", 1.0)):
        made = bursts([paths[n] for n in chosen], strength)
        similarity = (shoal.embed(made) * vectors[chosen]).sum(axis=1)
        found[f"{name} burst found"] = float(near(similarity, hashes(made), looks[chosen]).mean())
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, -1)
    nearest = np.argsort(-likeness, axis=1)[:, :NEIGHBOURS]
    one, other = np.repeat(np.arange(len(paths)), NEIGHBOURS), nearest.ravel()
    stacked = near(likeness[one, other], looks[one], looks[other])
    pairs = {(min(a, b), max(a, b)) for a, b in zip(one[stacked].tolist(), other[stacked].tolist(), strict=True)}
    found["neighbours stacked, of 1000"] = 1000 * float(stacked.mean())
    for a, b in sorted(pairs):
        print(f"  stacked: {paths[a]} {paths[b]} ({likeness[a, b]:.2f}, {bits_apart(looks[[a]], looks[[b]])[0]} bits)")
    return found


def near(similarity: np.ndarray, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return (similarity >= LEAST_SIMILARITY) & (bits_apart(one, other) <= MOST_BITS_APART)


def blur(paths: list[Path]) -> dict[str, float]:
    sharp, found = measured(paths, 0), {}
    for radius in (1, 2):
        blurred = measured(paths, radius)
        found[f"sharper than one blurred by {radius} px"] = float((sharp[:, None] > blurred[None]).mean())
        found[f"blurred by {radius} px called blurred"] = float((blurred < 0.18).mean())
    found["sharp called blurred"] = float((sharp < 0.18).mean())
    pixels = thumbnail(Image.open(paths[0]))
    began = time.process_time()
    for _ in range(200):
        sharpness(pixels)
        difference_hash(pixels)
    found["milliseconds per picture, both"] = (time.process_time() - began) * 5
    return found


def measured(paths: list[Path], radius: float) -> np.ndarray:
    """Sharpness after a Gaussian blur of that many pixels of the thumbnail."""
    values = []
    for path in paths:
        image = Image.open(path).convert("RGB")
        image = image.filter(ImageFilter.GaussianBlur(radius * max(image.size) / 256)) if radius else image
        values.append(sharpness(thumbnail(image)))
    return np.array([value for value in values if value is not None])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", type=Path, default=ROOT.parent / "shared" / "images")
    parser.add_argument("--every", type=int, default=5)
    chosen = parser.parse_args()
    paths = sorted(path for path in chosen.images.rglob("*") if path.suffix.lower() in {".jpg", ".jpeg", ".png"})
    figures = {"pictures": len(paths), **stacks(paths, chosen.every), **blur(paths[:: chosen.every])}
    for name, value in figures.items():
        print(f"{name:40} {value:.3f}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
