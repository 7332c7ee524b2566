"""How often panoramas and focus series are met, and how often something else is taken for one.

Made of photographs: a wide scene of several, over which a camera turns (perspective, noise, light that changes a
little); shots of one scene by hand, some of them shaken, with a thing that moves; a scene whose sharp depth moves;
shots of scenes and of products that have nothing in common. All by one camera with one setting and a second apart:
nothing but the pictures tells them apart.

    python -m tests.benchmarks.bench_series PICTURES [--of-each 40]
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from shoal.analysis.series import Shots, find_series
from shoal.domain.stacks import KIND_NAMES
from shoal.imaging.small_looks import grey_of
from shoal.looking.series import LARGE_SIDE, LARGEST, LONGEST, SMALL_SIDE

WIDE, HIGH = 600, 400
Pixels = NDArray[np.float32]


class Worlds:
    def __init__(self, folder: Path) -> None:
        self._photographs = sorted(folder.rglob("*.jpg"))

    def photograph(self, rng: random.Random, size: int) -> Image.Image:
        picture = Image.open(rng.choice(self._photographs)).convert("RGB")
        picture.thumbnail((size, size))
        return picture

    def scene(self, seed: int) -> Image.Image:
        """Sky, ground, and things in front of them."""
        rng, noise = random.Random(seed), np.random.default_rng(seed)
        ground = np.stack([clouds(noise, 700, 3000) for _ in range(3)], axis=-1) * 80 + 80
        horizon = int(700 * noise.uniform(0.35, 0.65))
        ground[:horizon] += np.linspace(90, 40, horizon)[:, np.newaxis, np.newaxis]
        picture = Image.fromarray(ground.clip(0, 255).astype(np.uint8))
        for _ in range(rng.randint(6, 22)):
            place = rng.randint(0, 2940), rng.randint(horizon // 2, 640)
            picture.paste(self.photograph(rng, rng.randint(80, 420)), place)
        return picture

    def panorama(self, seed: int) -> list[Image.Image]:
        noise, source = np.random.default_rng(seed), np.asarray(self.scene(seed), np.float32)
        count, step, way = int(noise.integers(3, 7)), noise.uniform(0.3, 0.75), noise.choice([-1, 1])
        start = np.radians(50 if way > 0 else 250)
        turns = [start + way * shot * step * np.radians(60) for shot in range(count)]
        return [seen(source, turn, noise) for turn in turns if 0.3 < turn < np.radians(290)]

    def burst(self, seed: int) -> list[Image.Image]:
        noise, rng = np.random.default_rng(seed), random.Random(seed)
        scene, thing = self.scene(seed).crop((800, 100, 1600, 640)), self.photograph(rng, 160)
        left, top, speed = rng.randint(100, 400), rng.randint(100, 300), rng.randint(0, 60)
        shots = []
        for shot in range(rng.randint(3, 6)):
            one = scene.copy()
            one.paste(thing, (left + shot * speed, top))
            dx, dy = noise.normal(0, 6, 2)
            one = one.rotate(noise.normal(0, 0.6), Image.Resampling.BILINEAR, translate=(dx, dy))
            one = one.crop((60, 50, 740, 500)).resize((WIDE, HIGH))
            shaken = noise.random() < 0.3
            one = one.filter(ImageFilter.GaussianBlur(float(noise.uniform(0.8, 3)))) if shaken else one
            shots.append(developed(np.asarray(one, np.float32), noise))
        return shots

    def focus_series(self, seed: int) -> list[Image.Image]:
        noise, rng = np.random.default_rng(seed), random.Random(seed)
        scene = self.scene(seed).crop((800, 100, 1600, 640)).resize((WIDE, HIGH))
        ramp = np.linspace(0, 1, HIGH)[:, np.newaxis].repeat(WIDE, 1)
        depth = ramp if rng.random() < 0.5 else clouds(noise, HIGH, WIDE, 1.5)
        blurs = np.linspace(0, noise.uniform(6, 20), 9)
        levels = np.stack([np.asarray(scene.filter(ImageFilter.GaussianBlur(float(one)))) for one in blurs])
        rows, columns, count = *np.indices((HIGH, WIDE)), rng.randint(3, 8)
        away = [np.abs(depth - (shot + 0.5) / count) * 8 for shot in range(count)]
        return [developed(levels[one.round().astype(int), rows, columns].astype(np.float32), noise) for one in away]

    def unlike_scenes(self, seed: int) -> list[Image.Image]:
        return [self.scene(seed + 977 * shot).crop((800, 100, 1400, 500)) for shot in range(4)]

    def products(self, seed: int) -> list[Image.Image]:
        """One after the other on the same white."""
        rng, shots = random.Random(seed), []
        for _ in range(4):
            one, thing = Image.new("RGB", (WIDE, HIGH), (245, 245, 245)), self.photograph(rng, 260)
            one.paste(thing, ((WIDE - thing.width) // 2, (HIGH - thing.height) // 2))
            shots.append(one)
        return shots


def clouds(noise: np.random.Generator, height: int, width: int, rough: float = 0.9) -> Pixels:
    """From 0 to 1, with structure of all sizes."""
    ways = np.hypot(np.fft.fftfreq(height)[:, np.newaxis], np.fft.rfftfreq(width)[np.newaxis])
    ways[0, 0] = 1
    waves = noise.normal(size=ways.shape) + 1j * noise.normal(size=ways.shape)
    field = np.fft.irfft2(waves * ways**-rough, (height, width))
    result: Pixels = ((field - field.min()) / np.ptp(field)).astype(np.float32)
    return result


def seen(source: Pixels, turn: float, noise: np.random.Generator) -> Image.Image:
    """Of a scene that stands around the camera, through a lens of 60 degrees."""
    focal = WIDE / 2 / np.tan(np.radians(30))
    across, down = np.arange(WIDE) - WIDE / 2, np.arange(HIGH) - HIGH / 2
    angle = turn + noise.normal(0, 0.01) + np.arctan2(across, focal)
    height = (down[:, np.newaxis] / np.hypot(across, focal) + noise.normal(0, 0.01)) * focal * 0.9
    columns = (angle * source.shape[1] / np.radians(300)).clip(0, source.shape[1] - 1).astype(int)
    rows = (height + source.shape[0] / 2).clip(0, source.shape[0] - 1).astype(int)
    return developed(source[rows, columns[np.newaxis].repeat(HIGH, 0)], noise)


def developed(pixels: Pixels, noise: np.random.Generator) -> Image.Image:
    light = pixels * noise.uniform(0.95, 1.05) + noise.normal(0, 3, pixels.shape)
    return Image.fromarray(light.clip(0, 255).astype(np.uint8))


def found(pictures: Sequence[Image.Image]) -> Counter[str]:
    small, large = [], []
    for picture in pictures:
        thumbnail = picture.copy()
        thumbnail.thumbnail((256, 256))
        pixels = np.asarray(thumbnail)
        small.append(grey_of(pixels, SMALL_SIDE, LONGEST).astype(np.float32))
        large.append(grey_of(pixels, LARGE_SIDE, LARGEST).astype(np.float32))
    count, unknown = len(pictures), np.full(len(pictures), np.nan)
    flags = np.zeros(count, np.bool_)
    columns = (unknown, unknown, unknown, unknown, unknown, unknown)
    shots = Shots(np.zeros(count, np.int64), np.arange(count, dtype=np.float64), *columns, flags, flags)
    series = find_series(shots, small.__getitem__, large.__getitem__)
    return Counter(f"{KIND_NAMES[one.kind]}" for one in series)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("pictures", type=Path)
    parser.add_argument("--of-each", type=int, default=40)
    parser.add_argument("--first-seed", type=int, default=10_000)
    asked = parser.parse_args()
    worlds = Worlds(asked.pictures)
    makers: dict[str, Callable[[int], list[Image.Image]]] = {
        "panoramas": worlds.panorama, "focus series": worlds.focus_series, "bursts": worlds.burst,
        "unlike scenes": worlds.unlike_scenes, "products": worlds.products,
    }  # fmt: skip
    for name, make in makers.items():
        said: Counter[str] = Counter()
        spent, made, sets = 0.0, 0, 0
        for seed in range(asked.first_seed, asked.first_seed + asked.of_each):
            pictures = make(seed)
            if len(pictures) < 3:
                continue
            began = time.process_time()
            said.update(set(found(pictures)))
            spent, made, sets = spent + time.process_time() - began, made + len(pictures), sets + 1
        print(
            f"{name}: of {asked.of_each} called {dict(said)}, {1000 * spent / max(made, 1):.1f} ms a picture",
            flush=True,
        )


if __name__ == "__main__":
    main()
