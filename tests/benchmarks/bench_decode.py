"""CPU time from the bytes of a JPEG to network input and thumbnail: ours, plain Pillow, and the bare scaled decode.

    python tests/benchmarks/bench_decode.py [--rounds 7]
    python tests/benchmarks/bench_decode.py --against DIR [--rounds 25]

The photographs are rendered: light, texture at several scales and sensor noise, at quality 90; their size on disk is
printed, since unpacking costs by the byte. Every round measures all ways in turn on the same bytes; the figures are
medians over the rounds. CPU seconds of the whole process, so that other programs disturb little.

With --against this tree is compared with another one, such as a worktree of an older commit: a photograph of 12
megapixels as JPEG, and as HEIC like those of iPhones, a grid of tiles with a small copy. Each tree has a process of its
own, and they take turns file by file. Both by the clock and in processor time; the least of all rounds is what a tree
needs on a machine that leaves it alone, and the middle what it took on this one.
"""

import argparse
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np
import pillow_heif
from PIL import Image, ImageOps

sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

from shoal.domain.input_geometry import InputGeometry
from shoal.imaging.decoding import decode_image

GEOMETRY = InputGeometry(size=224, resize=256)
SETS = {"12 MP": ((4000, 3000), 2), "1.4 MP": ((1368, 1024), 6), "1.9 MP": ((1600, 1200), 4)}
WHOLE = (4032, 3024)
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


def like_an_iphones(size: tuple[int, int]) -> bytes:
    """A HEIC of tiles of 512 pixels, with a small copy."""
    with Image.open(io.BytesIO(photograph(size, 1))) as picture:
        pillow_heif.options.GRID_TILE_SIZE = 512
        buffer = io.BytesIO()
        pillow_heif.from_pillow(picture.convert("RGB")).save(buffer, quality=60, thumbnails=[320])
    return buffer.getvalue()


@contextmanager
def tree(source: Path) -> Iterator[Callable[[Path, int], list[list[float]]]]:
    """A process in which its program unpacks what it is asked to."""
    command = [sys.executable, str(Path(__file__).with_name("decode_here.py")), str(source)]
    environment = {**os.environ, "PYTHONPATH": str(source)}
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True, env=environment) as process:
        assert process.stdin
        assert process.stdout

        def ask(path: Path, times: int) -> list[list[float]]:
            process.stdin.write(json.dumps([str(path), times]) + "\n")
            process.stdin.flush()
            found: list[list[float]] = json.loads(process.stdout.readline())
            return found

        yield ask
        process.stdin.close()


def compare(other: Path, rounds: int) -> list[dict[str, object]]:
    """A row for each file and tree: milliseconds."""
    results = []
    sources = {"this tree": Path(__file__).parents[2] / "src", "the other": other / "src"}
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        trees = {name: stack.enter_context(tree(source)) for name, source in sources.items()}
        for name, content in (("12 MP.jpg", photograph(WHOLE, 1)), ("12 MP.heic", like_an_iphones(WHOLE))):
            path = Path(folder, name)
            path.write_bytes(content)
            taken: dict[str, list[list[float]]] = {name: [] for name in trees}
            for number in range(rounds + 1):
                for which, ask in trees.items():
                    taken[which] += ask(path, 2) if number else ask(path, 1)[1:]  # the first goes into the caches
            results += [
                {"file": name, "tree": which, "kB": len(content) // 1000, **in_milliseconds(times)}
                for which, times in taken.items()
            ]
    return results


def in_milliseconds(taken: Sequence[Sequence[float]]) -> dict[str, float]:
    ways = dict(zip(("clock", "processor"), zip(*taken, strict=True), strict=True))
    figures = (("least", min), ("median", statistics.median))
    return {f"{way}, {name}": round(of(times) * 1000, 2) for way, times in ways.items() for name, of in figures}


def show_comparison(results: Sequence[dict[str, object]]) -> None:
    columns = [name for name in results[0] if name not in ("file", "tree")]
    print(f"{'file':12}{'tree':12}" + "".join(f"{column:>19}" for column in columns))
    for row in results:
        print(f"{row['file']:12}{row['tree']:12}" + "".join(f"{row[column]:19}" for column in columns))
    for ours, other in zip(results[::2], results[1::2], strict=True):
        ratios = ((column, float(str(ours[column])) / float(str(other[column]))) for column in columns[1:])
        print(f"{ours['file']:12}{'this of other':31}" + "".join(f"{ratio:19.3f}" for _column, ratio in ratios))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--against", type=Path, metavar="DIR", help="the top folder of another tree of this program")
    chosen = parser.parse_args()
    if chosen.against is not None:
        compared = compare(chosen.against, chosen.rounds)
        show_comparison(compared)
        print(json.dumps({"benchmark": "decode against another tree", "results": compared}))
        return
    rounds = chosen.rounds
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
