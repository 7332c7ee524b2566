"""Ultralytics' YOLO as a model: vectors of whole pictures from any of its layers, the same as `YOLO.embed` gives.

The same as `YOLO.embed(..., rect=False)`: pictures lie in a square, with grey bars around them, whatever company they
are in. By itself `YOLO.embed` cuts the bars off where all pictures of a batch have one shape (so always where it is
given one file), which makes other vectors, cosine 0.998 or so; `--preprocessing rect` does that for every picture.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shoal.domain.errors import ModelUnavailable, WeightsNotTrusted
from shoal.domain.extension_points import BackendSpec, Download, EmbeddingBackend, LoadOptions
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.sentence import Sentence, verbatim
from shoal.embedding.network_loading import load_network, the_engine
from shoal.embedding.prepared_input import Preprocessing
from shoal.embedding.preprocessing import LARGEST_INPUT, SCALINGS
from shoal.embedding.torch_network import TorchNetwork
from shoal.embedding.weight_files import find_weights
from shoal.embedding.weight_hashes import WeightFile, sha256_of
from shoal.embedding.yolo_checkpoints import CLASSIFY, YoloFacts, load_yolo, yolo_facts
from shoal.embedding.yolo_layers import choose_layers, pooled_layers
from shoal.embedding.yolo_objects import load_objects
from shoal.files.safe_files import replace_own

if TYPE_CHECKING:
    import torch

LICENCE = "AGPL-3.0"
SERVER = "https://github.com/ultralytics/assets/releases/download/v8.3.0/"
SIZES = "nsmlx"
"""Nano, small, medium, large and extra large."""


@dataclass(frozen=True, slots=True)
class Family:
    """Five networks of one design, in the order of SIZES. `layer`: the one before the head.

    `files`: SHA-256, as published, and megabytes; none where nobody tells them.
    """

    pattern: str
    summary: Sentence
    layer: int
    files: tuple[tuple[str, int], ...] = ()
    side: int = 640


FAMILIES = (
    Family(
        "yolo11{}", Sentence("Trained to find things: sorts by what stands in the picture, and finds objects."),
        22,
        (
            ("0ebbc80d4a7680d14987a577cd21342b65ecfd94632bd9a8da63ae6417644ee1", 6),
            ("85a76fe86dd8afe384648546b56a7a78580c7cb7b404fc595f97969322d502d5", 19),
            ("d5ffc1a674953a08e11a8d21e022781b1b23a19b730afc309290bd9fb5305b95", 41),
            ("9ebd0e09d59811db4b1d61e2bc6730649608b1ac47f8dd01e2da6bca7c20023f", 51),
            ("7bc158aa95c0ebfdd87f70f01653c1131b93e92522dbe15c228bcd742e773a24", 115),
        ),
    ),
    Family(
        "yolov8{}", Sentence("The generation before YOLO11, which many have at hand."),
        21,
        (
            ("f59b3d833e2ff32e194b5bb8e08d211dc7c5bdf144b90d2c8412c47ccfc83b36", 7),
            ("1f47a78bf100391c2a140b7ac73a1caae18c32779be7d310658112f7ac9aa78a", 23),
            ("5d4a90cdc7a21786cc59cd19778e9eafff836df9e2da32524737c7ee6efe4fe5", 52),
            ("64c9115303f6a25575f82200d1b22ec409fa6bd7d08d0313884fc20d919478cd", 88),
            ("3df4ada6b4dad6d657868f2fdf7faecfb34dcfccf3a25c4b82079064718524c8", 137),
        ),
    ),
    Family(
        "yolov5{}u", Sentence("YOLOv5 with the newer head; its weights come as a file of your own."),
        23,
    ),
    Family(
        "yolo12{}", Sentence("YOLO11's successor with attention; its weights come as a file of your own."),
        20,
    ),
    Family(
        "yolo26{}", Sentence("The newest of the family; its weights come as a file of your own."),
        22,
    ),
    Family(
        "yolo11{}-cls", Sentence("Trained to name pictures: sorts by their subject, and quickly."),
        9,
        (
            ("c62d41bf9625777760018bf914d2e6cd472420ccd01706d97a61cb6c82502bd7", 6),
            ("e2b605d1c8c212b434a75a32759a6f7adf1d2b29c35f76bdccd4c794cb653cf2", 14),
            ("80583b974e44292d56fc5ba4d26cd0bb04e77edc8bbf4317f7ce678147156dd5", 24),
            ("6b56513a5d8bdae6b8f0a36dacaf01b26d5a522ba1b34197c3bac9fa6463366c", 29),
            ("5b99af0f075efcd88349746fad4ff0a88cd591712b578a887286790544bd449c", 59),
        ),
        side=224,
    ),
)  # fmt: skip
RECT = "rect"
FACTS = 1
"""Goes into the names of the files that keep what is known of a checkpoint: raise it when more is asked for."""
OFFICIAL = frozenset(sha256 for family in FAMILIES for sha256, _ in family.files)


def load(name: str, download: Download | None, options: LoadOptions) -> EmbeddingBackend:
    """A network by its name, from the official file or the user's own."""
    if options.weights is None and download is None:
        raise ModelUnavailable(
            Sentence("Shoal has no checked download for {name}.", name=name),
            Sentence(
                "Get {server}{name}.pt and name it with --weights FILE --trust-weights.", server=SERVER, name=name
            ),
        )
    if download is None:
        download = Download(f"{SERVER}{name}.pt", "", 0, LICENCE)
    return _load(name, find_weights(name, download, options), options)


def load_file(options: LoadOptions) -> EmbeddingBackend:
    """A file of the user's own: what was named after the colon, or the name itself."""
    if options.weights is not None:
        raise ModelUnavailable(Sentence("The file holds its own weights."), Sentence("Leave --weights out."))
    path = Path(options.source).expanduser().absolute()
    return _load("yolo", WeightFile(path, sha256_of(path)), options)


def _load(name: str, weights: WeightFile, options: LoadOptions) -> EmbeddingBackend:
    _require_trust(weights, options)
    facts = _facts(weights, options)
    if options.objects:
        network = TorchNetwork(build, name, "", weights.path, weights.sha256, _preprocessing(facts, options))
        return load_objects(network, facts, options)
    layers = choose_layers(options.layer, facts.head)
    how = replace(_preprocessing(facts, options), name=name, output=str(layers))
    network = TorchNetwork(build, name, str(layers), weights.path, weights.sha256, how)
    return load_network(network, options)


def build(network: TorchNetwork) -> "torch.nn.Module":
    """In the engine: the network up to the last of the layers, pooled."""
    model = load_yolo(network.weights)
    return pooled_layers(model, choose_layers(network.layer, len(model.model) - 1))


def _require_trust(weights: WeightFile, options: LoadOptions) -> None:
    """Safe loading stays on whatever the user says; but nobody has promised that it has no holes."""
    if weights.sha256 not in OFFICIAL and not options.trust_weights:
        raise WeightsNotTrusted(
            Sentence(
                "{path} is none of the files that Ultralytics published, and such a file can hold a program.",
                path=weights.path,
            ),
            Sentence("If you know and trust who made it, say so with --trust-weights."),
        )


def _facts(weights: WeightFile, options: LoadOptions) -> YoloFacts:
    """Asked of the engine once per file, and then kept: where all else is known, torch need not be loaded."""
    assert options.export_folder is not None, "whoever lends an engine says where exports are kept"
    kept = options.export_folder / f"yolo-{weights.sha256[:24]}-{FACTS}.json"
    try:
        said = json.loads(kept.read_bytes())
        parts: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in said.items()
        }
        return YoloFacts(**parts)
    except (OSError, ValueError, TypeError, KeyError):
        facts: YoloFacts = the_engine(options).call(yolo_facts, weights.path, task=options.task)
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_own(kept, json.dumps(asdict(facts)).encode())
        return facts


def _preprocessing(facts: YoloFacts, options: LoadOptions) -> Preprocessing:
    """Ultralytics' own: detectors see the whole picture in a square, or with `rect` without bars; classifiers its
    middle."""
    rect = options.preprocessing == RECT and facts.task != CLASSIFY and not options.objects
    if options.preprocessing and not rect:
        raise ModelUnavailable(
            Sentence("A YOLO prepares pictures in its own way."),
            Sentence("Leave --preprocessing out, or say rect, which leaves out the grey bars around whole pictures."),
        )
    if rect and options.int8:
        raise ModelUnavailable(
            Sentence("8-bit numbers are fitted to squares, and rect has none."),
            Sentence("Leave one of the two out."),
        )
    side = -(-(options.image_size or facts.side) // facts.stride) * facts.stride
    if not 32 <= side <= LARGEST_INPUT:
        raise ModelUnavailable(
            Sentence("A side of {side} pixels is not possible.", side=side),
            Sentence("From 32 to {limit}.", limit=LARGEST_INPUT),
        )
    letterbox = InputGeometry(side, facts.stride if rect else side, "rect" if rect else "letterbox", "point")
    geometry = InputGeometry(side, side, "crop", "whole") if facts.task == CLASSIFY else letterbox
    return Preprocessing(geometry, *SCALINGS["unit"])


def _specs() -> Iterator[BackendSpec]:
    for family in FAMILIES:
        for number, size in enumerate(SIZES):
            name = family.pattern.format(size)
            download = None
            if family.files:
                sha256, megabytes = family.files[number]
                download = Download(f"{SERVER}{name}.pt", sha256, megabytes, LICENCE)
            yield BackendSpec(
                name,
                verbatim(name.replace("yolo", "YOLO")),
                family.summary,
                load=partial(load, name, download),
                dimension=0,
                licence=LICENCE,
                family="Ultralytics YOLO",
                input_size=family.side,
                layers=(str(family.layer), "8 max"),
                download=download,
                needs=("torch", "ultralytics"),
                extra="models",
                finds_objects=family.side != 224,
            )


SPECS = tuple(_specs())
FILE_SPEC = BackendSpec(
    "yolo",
    Sentence("A YOLO from a .pt file"),
    Sentence(
        "Any network that Ultralytics trained, your own too: written as yolo:FILE, or just the path of a .pt file."
    ),
    load=load_file,
    dimension=0,
    licence="that of the file",
    takes_source=True,
    suffixes=(".pt",),
    family="Your own",
    needs=("torch", "ultralytics"),
    extra="models",
    finds_objects=True,
)
