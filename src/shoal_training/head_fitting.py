"""`python -m shoal_training head`: the last matrix of the usual network, from labelled pictures."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from shoal.domain.errors import ModelUnavailable
from shoal.domain.extension_points import LoadOptions
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.embedding import efficientnet_lite
from shoal.embedding.efficientnet_graph import POOLED
from shoal.embedding.efficientnet_head import write_head
from shoal.embedding.efficientnet_lite import LiteModel
from shoal.imaging.decoding import decode_image
from shoal.imaging.limits import UnreadableImage
from shoal_training.dataset import RawPicture, read_pictures
from shoal_training.head import Floats
from shoal_training.metric import metric_head

FEATURES, HEAD = "features.npz", "efficientnet-lite0-head.npz"


def add_head_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--data", type=Path, nargs="+", required=True, metavar="TAR_OR_FOLDER")
    command.add_argument("--out", type=Path, required=True, metavar="DIR")
    command.add_argument("--most-per-label", nargs="+", required=True, metavar="SOURCE=COUNT", type=_named_number,
                         help="pictures taken of each label; sources not named are left out")  # fmt: skip
    command.add_argument("--leave-out", nargs="*", default=[], metavar="SOURCE/LABEL", help="labels that say nothing")
    command.add_argument("--emphasis", nargs="*", default=[], metavar="SOURCE=FACTOR", type=_named_number,
                         help="how much the source counts in all (default 1)")  # fmt: skip
    command.add_argument("--dimension", type=int, default=512, help="numbers per picture")


def _named_number(text: str) -> tuple[str, float]:
    source, _, number = text.rpartition("=")
    return source, float(number)


def fit_usual_head(options: argparse.Namespace, task: Task) -> str:
    """What the network sees is kept in `--out`, so that another emphasis costs seconds."""
    options.out.mkdir(parents=True, exist_ok=True)
    kept = options.out / FEATURES
    if not kept.exists():
        _see(options, kept, task)
    with np.load(kept) as arrays:
        features, names = arrays["features"], arrays["names"]
    sources = np.array([str(name).rpartition("/")[0] for name in names])
    _, classes = np.unique(names, return_inverse=True)
    places, numbers, sizes = np.unique(sources, return_inverse=True, return_counts=True)
    factors = np.array([dict(options.emphasis).get(str(place), 1.0) for place in places])
    head = metric_head(features, classes, numbers, (factors / sizes)[numbers], options.dimension)
    write_head(options.out / HEAD, head.matrix, head.offset)
    return f"{options.out / HEAD}: {len(features)} pictures, {len(set(names))} labels, {head.matrix.shape[1]} numbers"


def _see(options: argparse.Namespace, kept: Path, task: Task) -> None:
    model = efficientnet_lite.load(LoadOptions(device="cpu", layer=POOLED))
    if not isinstance(model, LiteModel):
        raise ModelUnavailable(model.remark, Sentence("Install it."))
    rows: list[Floats] = []
    names = []
    wanted = sifted(options.data, dict(options.most_per_label), frozenset(options.leave_out))
    for picture in task.track(list(wanted), Sentence("Looking")):
        try:
            pixels = decode_image(picture.content, "", model.geometry).pixels
        except UnreadableImage as error:
            sys.stderr.write(f"{picture.source}/{picture.label}: {error.reason}\n")
            continue
        rows.append(model.outputs([pixels], [POOLED])[0][0])
        names.append(f"{picture.source}/{picture.label}")
    np.savez(kept, features=np.stack(rows), names=np.array(names))


def sifted(inputs: list[Path], most: dict[str, float], left_out: frozenset[str]) -> Iterator[RawPicture]:
    """The first pictures of each label in the order of the inputs, as many as `most` says for their source."""
    taken: Counter[str] = Counter()
    for picture in read_pictures(inputs):
        name = f"{picture.source}/{picture.label}"
        if name not in left_out and taken[name] < most.get(picture.source, 0):
            taken[name] += 1
            yield picture
