"""Peak memory of an extraction: 1,000 images against 10,000, each in a process of its own.

    python tests/benchmarks/bench_memory.py [--few N] [--many N] [--model MODEL]

The pictures are a few rendered JPEGs (408 x 306) with other bytes behind their end, so that every one is read,
decoded, embedded and saved. Peak is the largest resident set of the child, its interpreter and libraries included.
The vectors that are handed over are part of it: 4 bytes a number, whatever the extraction does.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from tests.benchmarks.bench_extraction import SIZES, write_photographs

from shoal.domain.extension_points import LoadOptions
from shoal.domain.task import Task
from shoal.imaging.folder_scan import scan_folders
from shoal.looking.catalogue import find_backend
from shoal.looking.extraction import Caches, ExtractionOptions, extract
from shoal.store.feature_cache import FeatureCache
from shoal.store.thumbnail_cache import ThumbnailCache

SMALLER = SIZES["2 MP"][0] // 4, SIZES["2 MP"][1] // 4
"""Ten thousand of them are decoded within a minute."""


def run_here(pictures: Path, home: Path, model: str, count: int) -> None:
    """What the child does. Prints how many records there are, the peak, and the vectors' part of it, in MiB."""
    spec, source = find_backend(model)
    backend = spec.load(LoadOptions(source=source, device="cpu"))
    found = scan_folders([pictures], Task()).images[:count]
    with FeatureCache(home / "f.sqlite") as features, ThumbnailCache(home / "t.sqlite") as thumbnails:
        result = extract(found, backend, Caches(features, thumbnails), Task(), options=ExtractionOptions())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    vectors = result.embeddings.vectors.nbytes / 2**20
    print(len(result.records), peak / (2**20 if sys.platform == "darwin" else 1024), vectors)


def peak_mib(pictures: Path, home: Path, model: str, count: int) -> tuple[float, float]:
    """The child's peak, and the room its vectors take."""
    home.mkdir()
    command = [sys.executable, __file__, "--child", str(pictures), str(home), model, str(count)]
    records, peak, vectors = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    if int(records) != count:
        raise SystemExit(f"{records} of {count} images were read")
    return float(peak), float(vectors)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--few", type=int, default=1_000)
    parser.add_argument("--many", type=int, default=10_000)
    parser.add_argument("--model", default="efficientnet-lite")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_photographs(folder / "pictures", SMALLER, arguments.many)
        peaks = {
            count: peak_mib(folder / "pictures", folder / f"home{count}", arguments.model, count)
            for count in (arguments.few, arguments.many)
        }
    for count, (peak, vectors) in peaks.items():
        print(f"{count:6} images: {peak:7.1f} MiB, of which vectors {vectors:.1f}")
    ratio = round(peaks[arguments.many][0] / peaks[arguments.few][0], 3)
    print(json.dumps({"model": arguments.model, "peak_mib": peaks, "ratio": ratio}))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        run_here(Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4], int(sys.argv[5]))
    else:
        main()
