"""The networks of torchvision that tutorials use, each with the newest official weights and their own preprocessing.

A layer is any node of the network's graph, by the name that `torchvision.models.feature_extraction` gives it. What
comes out of it as a map is averaged over the picture, what comes as tokens over the tokens.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Literal

from shoal.domain.errors import ModelUnavailable
from shoal.domain.extension_points import BackendSpec, Download, EmbeddingBackend, LoadOptions
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.sentence import Sentence, verbatim
from shoal.embedding.checkpoints import fill, read_state_dict
from shoal.embedding.network_loading import load_network
from shoal.embedding.prepared_input import Preprocessing
from shoal.embedding.preprocessing import SCALINGS, TUTORIAL, chosen_preprocessing
from shoal.embedding.torch_network import TorchNetwork
from shoal.embedding.weight_files import find_weights

if TYPE_CHECKING:
    import torch

LICENCE = "BSD-3-Clause"
SERVER = "https://download.pytorch.org/models/"
CLASSES = 1000  # ImageNet-1k's: what all of these were trained on


@dataclass(frozen=True, slots=True)
class Architecture:
    """One row. `weights`: the official file, its size in MB, and its SHA-256 as far as it is known for certain (else
    the digits in the file's name). `head`: the classifier, which embeddings do not need. `tensors`: how many its
    state dict has, by which a file is recognised.

    `layers`: names for people, and the graph's own; the usual one first. `ways`: layers that are usually fed in another
    way. `resize` and `size` in pixels. `tokens`: its layers give tokens, the first of which stands for the picture.
    `channels_last`: the layers whose maps are n x h x w x c, by how their names begin.
    """

    name: str
    label: Sentence
    summary: Sentence
    weights: tuple[str, int, str]
    dimension: int
    head: str
    tensors: int
    resize: int = 232
    size: int = 224
    sampling: Literal["area", "bicubic"] = "area"
    layers: Mapping[str, str] = field(default_factory=lambda: {"pooled": "flatten"})
    ways: Mapping[str, Preprocessing] = field(default_factory=dict)
    tokens: bool = False
    channels_last: tuple[str, ...] = ()

    @property
    def download(self) -> Download:
        name, megabytes, sha256 = self.weights
        return Download(f"{SERVER}{name}.pth", sha256, megabytes, LICENCE)

    def preprocessing(self, layer: str) -> Preprocessing:
        geometry = InputGeometry(self.size, self.resize, sampling=self.sampling)
        return self.ways.get(layer) or Preprocessing(geometry, *SCALINGS["imagenet"])


ROWS = (
    Architecture(
        "resnet18", verbatim("ResNet-18"), Sentence("Small and quick: what is in the picture, roughly."),
        ("resnet18-f37072fd", 47, "f37072fd47e89c5e827621c5baffa7500819f7896bbacec160b1a16c560e07ec"),
        512, "fc", 122, resize=256,
    ),
    Architecture(
        "resnet50", verbatim("ResNet-50"), Sentence("The classic: what is in the picture, at a fair speed."),
        ("resnet50-11ad3fa6", 103, "11ad3fa62ca79e40addfd354a8ec4b7c75143b3038b8d2a807fbc68deab379ca"),
        2048, "fc", 320,
    ),
    Architecture(
        "resnet101", verbatim("ResNet-101"), Sentence("A deeper ResNet: a little more exact, twice as slow."),
        ("resnet101-cd907fc2", 179, "cd907fc2"),
        2048, "fc", 626,
    ),
    Architecture(
        "vgg16", verbatim("VGG-16"),
        Sentence("The network of many tutorials; large and slow. Its layer fc1 is fed as they do it."),
        ("vgg16-397923af", 553, "397923af8e79cdbb6a7127f12361acd7a2f83e06b05044ddf496e83de57a5bf0"),
        4096, "classifier.6", 32, resize=256,
        layers={"fc1-224": "classifier.0", "fc1": "classifier.0", "fc2": "classifier.3", "pooled": "features"},
        ways={"fc1": TUTORIAL},
    ),
    Architecture(
        "mobilenet_v3_large", verbatim("MobileNetV3-Large"),
        Sentence("Made for telephones: the quickest here, and surprisingly good."),
        ("mobilenet_v3_large-5c1a4163", 22, "5c1a416349c4cf298f2a6a5e2600ed0ee55e604713578f5e74e6bc8bcaef7997"),
        960, "classifier.3", 312,
    ),
    Architecture(
        "efficientnet_v2_s", verbatim("EfficientNetV2-S"),
        Sentence("Sees fine detail: it looks at larger pictures than the others."),
        ("efficientnet_v2_s-dd5fe13b", 87, "dd5fe13b1d60ec15317ccc8ca158186e134d3366c3dde9cb9a4e301f2dc66c74"),
        1280, "classifier.1", 782, resize=384, size=384,
    ),
    Architecture(
        "convnext_tiny", verbatim("ConvNeXt-Tiny"),
        Sentence("A modern convolutional network, about as large as ResNet-50 and better."),
        ("convnext_tiny-983f1562", 114, "983f1562536e84ff750a1576fb08e54de751dbf2e17c0d8a4a13704341fdcd3d"),
        768, "classifier.2", 182, resize=236, layers={"pooled": "classifier.1"},
    ),
    Architecture(
        "regnet_y_3_2gf", verbatim("RegNet-Y 3.2GF"),
        Sentence("About as quick as ResNet-50, with fewer numbers to store."),
        ("regnet_y_3_2gf-9180c971", 78, "9180c971"),
        1512, "fc", 494,
    ),
    Architecture(
        "vit_b_16", verbatim("ViT-B/16"),
        Sentence("A transformer: sees the whole picture at once. Its class token; slow without a card."),
        ("vit_b_16-c867db91", 346, "c867db91d3e12c6cbadabb610d73c24a546bf82d8c03a9fea34f43a712ddb0e9"),
        768, "heads.head", 152, resize=256, layers={"class": "encoder.ln"}, tokens=True,
    ),
    Architecture(
        "swin_t", verbatim("Swin-T"), Sentence("A transformer that looks through windows, from fine to coarse."),
        ("swin_t-704ceda3", 113, "704ceda373461b0a224fcdddd75cd2a5e9f8064512ed47adbddef7f343fd147b"),
        768, "head", 185, sampling="bicubic", channels_last=("features", "norm"),
    ),
)  # fmt: skip
BY_NAME = {row.name: row for row in ROWS}


def load(row: Architecture, options: LoadOptions) -> EmbeddingBackend:
    weights = find_weights(row.name, row.download, options)
    layer = options.layer or next(iter(row.layers))
    own = row.preprocessing(layer)
    how = replace(chosen_preprocessing(own, options.preprocessing, options.image_size), name=row.name, output=layer)
    if row.tokens and how.geometry.size != row.size:
        raise ModelUnavailable(
            Sentence("{model} sees pictures of {size} pixels only.", model=row.name, size=row.size),
            Sentence("Leave --image-size out."),
        )
    network = TorchNetwork(build, row.name, layer, weights.path, weights.sha256, how, options.trust_weights)
    return load_network(network, options)


def build(network: TorchNetwork) -> "torch.nn.Module":
    """In the engine: the network up to the layer, with the weights in it."""
    from torchvision.models import get_model
    from torchvision.models.feature_extraction import create_feature_extractor

    from shoal.embedding.pooling import Pooled

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
    return Pooled(part, node.startswith(row.channels_last), row.tokens)


def _no_such_layer(row: Architecture, layer: str, whole: "torch.nn.Module") -> ModelUnavailable:
    from torchvision.models.feature_extraction import get_graph_node_names

    names = get_graph_node_names(whole, suppress_diff_warning=True)[1]
    return ModelUnavailable(
        Sentence("{model} has no layer {layer}.", model=row.name, layer=repr(layer)),
        Sentence("Choose one of: {choices}.", choices=", ".join([*row.layers, *names[1:]])),
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
