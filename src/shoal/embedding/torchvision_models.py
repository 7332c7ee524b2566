"""The networks of torchvision that tutorials use, each with the newest official weights and their own preprocessing.

A layer is any node of the network's graph, by the name that `torchvision.models.feature_extraction` gives it. What
comes out of it as a map is averaged over the picture, what comes as tokens over the tokens.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from shoal.domain.errors import ModelUnavailable
from shoal.domain.extension_points import BackendSpec, Download, EmbeddingBackend, LoadOptions
from shoal.domain.geometry import InputGeometry
from shoal.embedding.checkpoints import fill, read_state_dict
from shoal.embedding.network_loading import load_network
from shoal.embedding.pooling import pooled
from shoal.embedding.preprocessing import SCALINGS, Preprocessing, chosen_preprocessing
from shoal.embedding.torch_network import TorchNetwork
from shoal.embedding.weight_files import find_weights

if TYPE_CHECKING:
    import torch

LICENCE = "BSD-3-Clause"
SERVER = "https://download.pytorch.org/models/"
CLASSES = 1000


@dataclass(frozen=True, slots=True)
class Architecture:
    """One row. `weights`: the official file and its size in MB. `head`: the classifier, which embeddings do not need.

    `layers`: names for people, and the graph's own; the usual one first. `resize` and `size` in pixels.
    """

    name: str
    label: str
    summary: str
    weights: tuple[str, int]
    dimension: int
    head: str
    resize: int = 232
    size: int = 224
    layers: Mapping[str, str] = field(default_factory=lambda: {"pooled": "flatten"})

    @property
    def download(self) -> Download:
        """The first eight digits of the hash stand in the file's name; its publisher tells no more of them."""
        name, megabytes = self.weights
        return Download(f"{SERVER}{name}.pth", name.rpartition("-")[2], megabytes, LICENCE)


ROWS = (
    Architecture(
        "resnet18", "ResNet-18", "Small and quick: what is in the picture, roughly.",
        ("resnet18-f37072fd", 47), 512, "fc", resize=256,
    ),
    Architecture(
        "resnet50", "ResNet-50", "The classic: what is in the picture, at a fair speed.",
        ("resnet50-11ad3fa6", 103), 2048, "fc",
    ),
)  # fmt: skip
BY_NAME = {row.name: row for row in ROWS}


def load(row: Architecture, options: LoadOptions) -> EmbeddingBackend:
    weights = find_weights(row.name, row.download, options)
    layer = options.layer or next(iter(row.layers))
    how = replace(_preprocessing(row, options), name=row.name, output=layer)
    network = TorchNetwork(build, row.name, layer, weights.path, weights.sha256, how, options.trust_weights)
    return load_network(network, options)


def _preprocessing(row: Architecture, options: LoadOptions) -> Preprocessing:
    mean, std = SCALINGS["imagenet"]
    own = Preprocessing(InputGeometry(row.size, row.resize), mean, std)
    return chosen_preprocessing(own, options)


def build(network: TorchNetwork) -> "torch.nn.Module":
    """In the engine: the network up to the layer, with the weights in it."""
    from torchvision.models import get_model
    from torchvision.models.feature_extraction import create_feature_extractor

    row = BY_NAME[network.name]
    tensors = read_state_dict(network.weights, network.trusted)
    classes = len(tensors.get(f"{row.head}.weight", range(CLASSES)))
    whole = get_model(row.name, weights=None, num_classes=classes).eval()
    fill(whole, tensors, network, may_lack=row.head)
    node = row.layers.get(network.layer, network.layer)
    try:
        part = create_feature_extractor(whole, {node: "vectors"}, suppress_diff_warning=True)
    except ValueError as error:
        raise _no_such_layer(row, network.layer, whole) from error
    return pooled(part)


def _no_such_layer(row: Architecture, layer: str, whole: "torch.nn.Module") -> ModelUnavailable:
    from torchvision.models.feature_extraction import get_graph_node_names

    names = get_graph_node_names(whole, suppress_diff_warning=True)[1]
    return ModelUnavailable(
        f"{row.name} has no layer {layer!r}.", f"Choose one of: {', '.join([*row.layers, *names[1:]])}."
    )


def _spec(row: Architecture) -> BackendSpec:
    return BackendSpec(
        row.name,
        row.label,
        row.summary,
        load=partial(load, row),
        dimension=row.dimension,
        licence=LICENCE,
        family="torchvision",
        input_size=row.size,
        layers=tuple(row.layers),
        download=row.download,
        needs=("torch", "torchvision"),
        extra="models",
    )


SPECS = tuple(_spec(row) for row in ROWS)
