"""How well the models that come with Shoal see, beside others, and what that costs.

    python tests/benchmarks/bench_eyes.py [--images DIR] [--peers PYTHON...] [--parts PART...] [--out FILE.json]

Parts: `quality`, `speed` and `frontier`; the first two unless said otherwise.

Every folder in DIR (`../shared/images/{objects,clothing,grocery}`) holds sub-folders whose names are labels that
nobody tells the program. Of each model: accuracy of the 5 nearest (leave one out, cosine, weighted votes), NMI of
k-means told the number of labels (mean of 3 seeds, 10 starts), MAP@R, NMI of `auto`, which is told nothing, and how
many clusters that makes. `lite0` is the default's network as everybody uses it: short side to 256, the middle 224,
the mean of the last map. `default` is what the program takes here, 8 bits or 32; both forms are scored.

`frontier`: the default's network looking longer or shorter, larger ones of its family, and a whitening by folder, each
with its processor time (`eye_frontier.py`).

Speed in whole processes that start with a cold feature cache, quickest of three, taking turns: 12-megapixel JPEGs
(shared pictures made larger) and pictures of 300 pixels. `--peers`: Pythons in whose environments fastdup 2.54, or
Orange3 3.40 with Orange3-ImageAnalytics 0.13, are installed; they take part in both.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from tests.benchmarks.eye_frontier import candidates, milliseconds
from tests.benchmarks.labelled_sets import SHARED, LabelledSet, as_set, seen_folder

from shoal.analysis.agreement import normalised_mutual_information
from shoal.analysis.automatic_clusters import automatic_clusters
from shoal.analysis.kmeans_clusters import kmeans
from shoal.analysis.nearest_neighbours import neighbour_graph
from shoal.analysis.ranking import rank_all
from shoal.analysis.threads import one_thread
from shoal.analysis.vector_space import principal_components
from shoal.domain.extension_points import ClusterRequest, EmbeddingBackend, LoadOptions
from shoal.domain.images import RgbImage
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.task import Task
from shoal.embedding import builtin, colour_layout, onnx_models
from shoal.embedding.efficientnet_graph import POOLED
from shoal.embedding.efficientnet_lite import EIGHT_BITS, WEIGHTS, WHOLE, LiteModel, built_network
from shoal.embedding.onnx_sessions import open_session
from shoal.embedding.unit_rows import unit_rows
from shoal.imaging.decoding import decode_image

SETS = ("objects", "clothing", "grocery")
NEIGHBOURS = 15
SEEDS = 3
ROUNDS = 3
PARTS = ("quality", "speed", "frontier")
MEASURER = """
import resource, subprocess, sys, time
began = time.perf_counter()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
"""A small process starts the one that is measured, for Linux counts what a parent holds as its child's own."""
Row = dict[str, float]


def lite(form: str, plain: bool = False) -> EmbeddingBackend:
    """The default's network; `plain`: without what Shoal adds to it."""
    how = WEIGHTS.how
    if plain:
        how = replace(how, geometry=InputGeometry(224, 256, sampling="bicubic"), output=POOLED)
    content = built_network(WEIGHTS, form)
    digest = hashlib.sha256(content).hexdigest()
    return LiteModel(open_session(content, "cpu"), digest, how, "bench", f"{how.output} {form}".strip())


def models() -> dict[str, EmbeddingBackend]:
    found = {
        "default, 8 bits": lite(EIGHT_BITS),
        "default, 32 bits": lite(WHOLE),
        "lite0": lite(WHOLE, plain=True),
        "quick": builtin.SPEC.load(LoadOptions(device="cpu")),
        "colour-layout": colour_layout.SPEC.load(LoadOptions()),
    }
    network = SHARED / "models" / "mobilenet_v2.onnx"
    if network.exists():
        found["mobilenet_v2"] = onnx_models.SPEC.load(LoadOptions(source=str(network), preprocessing="symmetric"))
    return found


def scored(labelled: LabelledSet) -> Row:
    vectors, labels, count = labelled.embeddings.vectors, labelled.labels, int(labelled.labels.max()) + 1
    ranking = rank_all(vectors, labels, Task())
    with one_thread():
        points = principal_components(vectors)
        told = [kmeans(points, count, Task(), starts=10, seed=seed) for seed in range(SEEDS)]
    nmi = float(np.mean([normalised_mutual_information(labels, found) for found in told]))
    graph = neighbour_graph(labelled.embeddings, NEIGHBOURS, Task())
    found = automatic_clusters(labelled.embeddings, graph, ClusterRequest(), Task())
    return {
        "knn5": float(ranking.knn5_accuracy or 0),
        "nmi": nmi,
        "map_at_r": float(ranking.map_at_r or 0),
        "auto_nmi": normalised_mutual_information(labels, found),
        "auto_clusters": int(found.max()) + 1,
        "labels": count,
    }


def seen_by_peer(name: str, python: str, folder: Path) -> LabelledSet:
    """Raises `CalledProcessError` where the peer is not installed there."""
    with tempfile.TemporaryDirectory() as work:
        out = Path(work) / "seen.npz"
        subprocess.run(peer_command(name, python, folder, out), check=True, capture_output=True, cwd=work)
        with np.load(out) as arrays:
            files, vectors = [str(file) for file in arrays["files"]], arrays["vectors"]
    labels = np.array([Path(file).parent.name for file in files])
    return as_set(f"{name} {folder.name}", unit_rows(vectors), labels)


def peer_command(name: str, python: str, folder: Path, out: Path) -> list[str]:
    return [python, str(ROOT / "tests" / "benchmarks" / "peer_eyes.py"), name, str(folder), str(out)]


def find_peers(pythons: Iterable[str]) -> dict[str, str]:
    """Which peer is installed for which Python; those that are not are said."""
    modules, found = {"fastdup": "fastdup", "orange": "orangecontrib.imageanalytics"}, {}
    for name, module in modules.items():
        for python in pythons:
            if not subprocess.run([python, "-c", f"import {module}"], capture_output=True, check=False).returncode:
                found[name] = python
        if name not in found:
            print(f"{name}: not installed for any --peers", file=sys.stderr)
    return found


def table_of(folders: list[Path], peers: dict[str, str]) -> dict[str, dict[str, Row]]:
    """Per model and folder, and the mean of all folders."""
    table: dict[str, dict[str, Row]] = {}
    for name, backend in models().items():
        table[name] = {folder.name: scored(seen_folder(backend, folder)) for folder in folders}
        show(name, table[name])
    for name, python in peers.items():
        table[name] = {folder.name: scored(seen_by_peer(name, python, folder)) for folder in folders}
        show(name, table[name])
    return table


def show(name: str, rows: dict[str, Row]) -> None:
    rows["mean"] = {key: float(np.mean([row[key] for row in rows.values()])) for key in next(iter(rows.values()))}
    cells = (f"{row['knn5']:.3f} {row['nmi']:.3f} {row['map_at_r']:.3f} {row['auto_nmi']:.3f}" for row in rows.values())
    print(f"{name:18}" + "".join(f"{cell:>28}" for cell in cells), flush=True)


def verdicts(table: dict[str, dict[str, Row]], default: str) -> dict[str, float]:
    """The default against the plain network: what is gained on the mean, and lost where it is worst."""
    ours, plain = table[default], table["lite0"]
    return {
        "knn5_gain": ours["mean"]["knn5"] - plain["mean"]["knn5"],
        "nmi_gain": ours["mean"]["nmi"] - plain["mean"]["nmi"],
        "map_at_r_gain": ours["mean"]["map_at_r"] - plain["mean"]["map_at_r"],
        "worst_knn5_change": min(ours[name]["knn5"] - plain[name]["knn5"] for name in ours if name != "mean"),
        "auto_of_told": float(np.mean([row["auto_nmi"] / row["nmi"] for name, row in ours.items() if name != "mean"])),
    }


def write_pictures(folder: Path, count: int, size: tuple[int, int], quality: int) -> Path:
    """Shared pictures, cut to the proportions and made as large, each another."""
    folder.mkdir()
    sources = [path for name in SETS for path in sorted((SHARED / "images" / name).rglob("*")) if path.is_file()]
    for number, path in enumerate(sources[:: max(1, len(sources) // count)][:count]):
        with Image.open(path) as picture:
            shape = size if picture.width >= picture.height else size[::-1]
            picture.convert("RGB").resize(shape, Image.Resampling.BICUBIC).save(
                folder / f"{number}.jpg", quality=quality
            )
    return folder


def process(command: list[str], home: Path) -> Row:
    """Seconds by the clock and of processors, and the most memory of any of its processes, in MiB.

    With compiled modules, as installed programs have them, which some environments keep from being written.
    """
    own = {"SHOAL_HOME": str(home), "PYTHONPATH": str(ROOT / "src"), "PYTHONPYCACHEPREFIX": str(home / "compiled")}
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | own
    measuring = [sys.executable, "-I", "-c", MEASURER, *command]
    done = subprocess.run(measuring, env=environment, cwd=home, stdout=subprocess.PIPE, text=True, check=True)
    seconds, used, kibibytes = map(float, done.stdout.split())
    return {"seconds": seconds, "processor": used, "mib": kibibytes / 1024}


def ways_to_look(folder: Path, few: Path, work: Path, peers: dict[str, str]) -> dict[str, Callable[[], Row]]:
    """Shoal's networks are built, and 8 bits judged, beforehand: that happens once in a program's life."""

    def shoal(options: list[str]) -> Callable[[], Row]:
        home = Path(tempfile.mkdtemp(dir=work))

        def look(pictures: Path = folder) -> Row:
            for cache in home.rglob("*.sqlite*"):
                cache.unlink()
            out = Path(tempfile.mkdtemp(dir=work)) / "out.npz"
            command = [sys.executable, "-m", "shoal", "embed", str(pictures), "--out", str(out), *options]
            return process(command, home)

        look(few)
        return look

    def peer(name: str) -> Callable[[], Row]:
        return lambda: process(peer_command(name, peers[name], folder, work / f"{name}.npz"), work)

    own = {"default": [], "default, 8 bits": ["--int8"], "quick": ["--model", "builtin"]}
    return {**{name: shoal(options) for name, options in own.items()}, **{name: peer(name) for name in peers}}


def speeds(peers: dict[str, str], large: int, small: int) -> dict[str, dict[str, Row]]:
    result = {}
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        few = write_pictures(work / "few", 2, (300, 225), 90)
        kinds = {"12 MP": (large, (4000, 3000)), "300 px": (small, (300, 225))}
        for kind, (count, size) in kinds.items():
            pictures = write_pictures(work / kind, count, size, 90)
            ways = ways_to_look(pictures, few, work, peers)
            rounds = [{name: way() for name, way in ways.items()} for _ in range(ROUNDS)]
            result[kind] = {
                name: {key: min(one[name][key] for one in rounds) for key in rounds[0][name]} | {"pictures": count}
                for name in ways
            }
            show_speed(kind, result[kind])
    return result


def show_speed(kind: str, rows: dict[str, Row]) -> None:
    for name, row in rows.items():
        rate = row["pictures"] / row["seconds"]
        ratio = ", ".join(f"{rows[other]['seconds'] / row['seconds']:.2f} x {other}" for other in rows if other != name)
        print(f"{kind:7}{name:18}{rate:8.1f} a second {row['processor']:6.1f} s of processors "
              f"{row['mib']:5.0f} MiB   {ratio}", flush=True)  # fmt: skip


def per_picture(rounds: int = 30) -> Row:
    """Milliseconds of processor time of one thread, the two forms and the quick network taking turns."""
    ways = {"8 bits": lite(EIGHT_BITS), "32 bits": lite(WHOLE), "quick": builtin.SPEC.load(LoadOptions(device="cpu"))}
    random, best = np.random.default_rng(0), dict.fromkeys(ways, float("inf"))
    pictures = {name: random.integers(0, 256, (way.geometry.size,) * 2 + (3,), np.uint8) for name, way in ways.items()}
    for _ in range(rounds):
        for name, way in ways.items():
            began = time.thread_time()
            way.embed([pictures[name]])
            best[name] = min(best[name], 1000 * (time.thread_time() - began))
    vnni = "vnni" in Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else False
    print(f"a picture: {', '.join(f'{name} {value:.2f} ms' for name, value in best.items())}; VNNI here: {vnni}")
    return best | {"vnni": float(vnni)}


def frontier(folders: list[Path]) -> dict[str, Row]:
    """Means of the folders, with the milliseconds of one thread."""
    ways = candidates()
    took, table = milliseconds(ways), {}
    print(f"{'ms, knn5 NMI MAP auto':38}")
    for name, way in sorted(ways.items(), key=lambda item: item[1].model.geometry.size):
        rows = [
            scored(as_set(name, way.seen(pixels), labels))
            for pixels, labels in decoded(tuple(folders), way.model.geometry)
        ]
        table[name] = row = {key: float(np.mean([one[key] for one in rows])) for key in rows[0]} | {"ms": took[name]}
        print(f"{name:38}{row['ms']:7.2f}  {row['knn5']:.3f} {row['nmi']:.3f} {row['map_at_r']:.3f} "
              f"{row['auto_nmi']:.3f}", flush=True)  # fmt: skip
    return table


@lru_cache(maxsize=1)
def decoded(folders: tuple[Path, ...], geometry: InputGeometry) -> list[tuple[list[RgbImage], NDArray[np.str_]]]:
    files = [sorted(path for path in folder.rglob("*") if path.is_file()) for folder in folders]
    return [
        ([decode_image(path.read_bytes(), "", geometry).pixels for path in some],
         np.array([path.parent.name for path in some]))
        for some in files
    ]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", type=Path, default=SHARED / "images")
    parser.add_argument("--peers", nargs="*", default=[], metavar="PYTHON")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS[:2])
    parser.add_argument("--large", type=int, default=40, help="12-megapixel pictures (40)")
    parser.add_argument("--small", type=int, default=500, help="pictures of 300 pixels (500)")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    folders = [options.images / name for name in SETS if (options.images / name).is_dir()]
    if not folders:
        parser.error(f"{options.images} has none of {', '.join(SETS)}")
    result = measured(options, folders, find_peers(options.peers))
    if options.out:
        options.out.write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result))


def measured(options: argparse.Namespace, folders: list[Path], peers: dict[str, str]) -> dict[str, object]:
    result: dict[str, object] = {}
    if "quality" in options.parts:
        print(f"{'knn5 NMI MAP auto':18}" + "".join(f"{name:>28}" for name in [*(f.name for f in folders), "mean"]))
        result["sets"] = table = table_of(folders, peers)
        for form in ("8 bits", "32 bits"):
            result[f"default, {form}, against lite0"] = found = verdicts(table, f"default, {form}")
            print(
                f"default, {form}, against lite0: " + ", ".join(f"{key} {value:+.3f}" for key, value in found.items())
            )
    if "speed" in options.parts:
        result["milliseconds"] = per_picture()
        result["speed"] = speeds(peers, options.large, options.small)
    if "frontier" in options.parts:
        result["frontier"] = frontier(folders)
    return result


if __name__ == "__main__":
    main()
