"""The built-in model beside its teacher and beside `colour-layout`, on labelled pictures that none of them has seen.

    python tests/benchmarks/bench_builtin.py [--out FILE.json]

Scores: leave-one-out accuracy of the 5 nearest by cosine (votes weighted by similarity), and NMI of k-means with the
true number of classes on 64 principal components. Speed: processor time of one thread, models taking turns. Needs
`../shared`.
"""

import argparse
import io
import json
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]

import numpy as np
from PIL import Image
from tests.benchmarks.labelled_sets import SHARED, backends, sets_seen_by

from shoal.domain.extension_points import EmbeddingBackend
from shoal.files.shipped import PACKAGE
from shoal.imaging.decoding import decode_image
from shoal_training.scoring import score

Row = dict[str, float]
COPIES: dict[str, Callable[[Image.Image], tuple[Image.Image, int]]] = {
    "quality_50": lambda picture: (picture, 50),
    "half_size": lambda picture: (picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.BOX), 92),
    "cropped_5_percent": lambda picture: (picture.crop(_inset(picture, 0.05)), 92),
}


def _inset(picture: Image.Image, part: float) -> tuple[int, int, int, int]:
    """A box that leaves out `part` of the width and of the height in all."""
    across, down = int(picture.width * part / 2), int(picture.height * part / 2)
    return across, down, picture.width - across, picture.height - down


def scores(models: dict[str, EmbeddingBackend]) -> dict[str, Row]:
    table: dict[str, Row] = {}
    for model, backend in models.items():
        for labelled in islice(sets_seen_by(backend), 3):
            found = score(labelled.embeddings.vectors, labelled.labels.astype(np.int64))
            row = table.setdefault(labelled.name, {"images": len(labelled.labels)})
            row |= {f"{model}_knn5": found.knn5_accuracy, f"{model}_nmi": found.nmi}
    for row in table.values():
        row["knn5_ratio"] = row["builtin_knn5"] / row["mobilenet_v2_knn5"]
        row["nmi_ratio"] = row["builtin_nmi"] / row["mobilenet_v2_nmi"]
    return table


def milliseconds(models: dict[str, EmbeddingBackend], rounds: int = 60) -> Row:
    """Processor time of one picture through each model: the quickest of many, taking turns."""
    random = np.random.default_rng(0)
    pictures = {
        name: random.integers(0, 256, (model.geometry.size, model.geometry.size, 3), np.uint8)
        for name, model in models.items()
    }
    best = dict.fromkeys(models, float("inf"))
    for _ in range(rounds):
        for name, model in models.items():
            before = time.thread_time()
            model.embed([pictures[name]])
            best[name] = min(best[name], 1000 * (time.thread_time() - before))
    return best


def decoding_milliseconds(model: EmbeddingBackend, rounds: int = 8) -> float:
    """Processor time of unpacking a 12-megapixel JPEG to the network's input and a thumbnail."""
    sample = next(path for path in sorted((SHARED / "images" / "photos").iterdir()) if path.suffix.lower() == ".jpg")
    with Image.open(sample) as picture:
        data = jpeg(picture.convert("RGB").resize((4000, 3000), Image.Resampling.BICUBIC), 92)
    times = []
    for _ in range(rounds):
        before = time.thread_time()
        decode_image(data, ".jpg", model.geometry)
        times.append(1000 * (time.thread_time() - before))
    return min(times)


def robustness(model: EmbeddingBackend) -> Row:
    """Mean cosine between each picture and an altered copy of it."""
    files = [path for name in ("photos", "objects", "clothing") for path in _some_of(SHARED / "images" / name)]
    found: dict[str, list[float]] = {name: [] for name in COPIES}
    for path in files:
        with Image.open(path) as opened:
            picture = opened.convert("RGB")
        original = looked_at(model, jpeg(picture, 95))
        for name, altered in COPIES.items():
            found[name].append(float(original @ looked_at(model, jpeg(*altered(picture)))))
    return {"pictures": len(files), **{name: float(np.mean(values)) for name, values in found.items()}}


def _some_of(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()][::4]


def jpeg(picture: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def looked_at(model: EmbeddingBackend, data: bytes) -> np.ndarray:
    return model.embed([decode_image(data, ".jpg", model.geometry).pixels])[0]


def shipped_megabytes() -> float:
    files = (path for path in (PACKAGE.parent.parent / "resources").rglob("*") if path.is_file())
    return sum(path.stat().st_size for path in files) / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    models = backends()
    table = scores(models)
    print(f"{'knn5 / NMI':10}" + "".join(f"{name:>16}" for name in models) + f"{'ratio to teacher':>20}")
    for name, row in table.items():
        cells = "".join(f"{row[f'{model}_knn5']:9.3f} {row[f'{model}_nmi']:.3f} " for model in models)
        print(f"{name:10}{cells}{row['knn5_ratio']:14.3f} {row['nmi_ratio']:.3f}")
    mean = {key: float(np.mean([row[key] for row in table.values()])) for key in ("knn5_ratio", "nmi_ratio")}
    worst = mean["knn5_ratio"] - min(row["knn5_ratio"] for row in table.values())
    print(f"mean ratios: knn5 {mean['knn5_ratio']:.3f} (the lowest is {worst:.3f} below), NMI {mean['nmi_ratio']:.3f}")
    times = milliseconds(models)
    faster = times["mobilenet_v2"] / times["builtin"]
    decoding = decoding_milliseconds(models["builtin"])
    print(
        ", ".join(f"{name} {value:.2f} ms" for name, value in times.items()) + f" a picture: {faster:.2f} x the teacher"
    )
    print(f"decoding 12 megapixels: {decoding:.1f} ms")
    copies = robustness(models["builtin"])
    print("cosine to a copy: " + ", ".join(f"{name} {value:.3f}" for name, value in copies.items()))
    print(f"resources: {shipped_megabytes():.2f} MB, {models['builtin'].dimension} numbers a picture")
    result = {"sets": table, "mean": {**mean, "lowest_below_mean": worst}, "milliseconds": times, "faster": faster}
    result |= {"decoding_12_mp_ms": decoding, "cosine_to_copies": copies, "resources_mb": shipped_megabytes()}
    if options.out:
        options.out.write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
