"""DINOv2 (Oquab et al. 2024): transformers that learned to see without being told what they saw."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from shoal.domain.errors import ModelUnavailable
from shoal.domain.extension_points import BackendSpec, Download, EmbeddingBackend, LoadOptions
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.sentence import Sentence, verbatim
from shoal.embedding.checkpoints import fill, read_state_dict
from shoal.embedding.network_loading import load_network
from shoal.embedding.prepared_input import Preprocessing
from shoal.embedding.preprocessing import SCALINGS, chosen_preprocessing
from shoal.embedding.torch_network import TorchNetwork
from shoal.embedding.weight_files import find_weights

if TYPE_CHECKING:
    import torch

LICENCE = "Apache-2.0"
SERVER = "https://dl.fbaipublicfiles.com/dinov2"
PATCH, DEPTH, WIDTH_PER_HEAD = 14, 12, 64  # of the small network and the base one
TRAINED_POSITIONS = 1 + (518 // PATCH) ** 2  # pictures of 518 pixels, and one place for the class
LAYERS = ("class", "patches", "both")
"""The class token; the mean of the patches; the two side by side, as the paper's linear probes take them."""
WAY = Preprocessing(InputGeometry(224, 256, sampling="bicubic"), *SCALINGS["imagenet"])


@dataclass(frozen=True, slots=True)
class Size:
    name: str
    label: Sentence
    summary: Sentence
    width: int
    sha256: str
    megabytes: int

    @property
    def download(self) -> Download:
        return Download(f"{SERVER}/{self.name}/{self.name}_pretrain.pth", self.sha256, self.megabytes, LICENCE)


ROWS = (
    Size(
        "dinov2_vits14", verbatim("DINOv2 ViT-S/14"),
        Sentence("Learned without labels: tells things apart better than its size suggests."),
        384, "b938bf1bc15cd2ec0feacfe3a1bb553fe8ea9ca46a7e1d8d00217f29aef60cd9", 88,
    ),
    Size(
        "dinov2_vitb14", verbatim("DINOv2 ViT-B/14"),
        Sentence("Learned without labels: better than the small one, four times as slow."),
        768, "0b8b82f85de91b424aded121c7e1dcc2b7bc6d0adeea651bf73a13307fad8c73", 346,
    ),
)  # fmt: skip
BY_NAME = {row.name: row for row in ROWS}


def load(row: Size, options: LoadOptions) -> EmbeddingBackend:
    layer = options.layer or LAYERS[0]
    if layer not in LAYERS:
        raise ModelUnavailable(
            Sentence("{model} has no layer {layer}.", model=row.name, layer=repr(layer)),
            Sentence("Choose one of: {choices}.", choices=", ".join(LAYERS)),
        )
    how = replace(chosen_preprocessing(WAY, options.preprocessing, options.image_size), name=row.name, output=layer)
    if how.geometry.size % PATCH:
        raise ModelUnavailable(
            Sentence("{model} sees pictures whose side is a multiple of {side} pixels.", model=row.name, side=PATCH),
            Sentence("Choose another --image-size."),
        )
    weights = find_weights(row.name, row.download, options)
    network = TorchNetwork(build, row.name, layer, weights.path, weights.sha256, how, options.trust_weights)
    return load_network(network, options)


def build(network: TorchNetwork) -> "torch.nn.Module":
    """In the engine."""
    from shoal.embedding.pooling import Tokens
    from shoal.embedding.vision_transformer import VisionTransformer

    width = BY_NAME[network.name].width
    tensors = read_state_dict(network.weights, network.trusted)
    positions = tensors["pos_embed"].shape[1] if "pos_embed" in tensors else TRAINED_POSITIONS
    transformer = VisionTransformer(PATCH, width, DEPTH, width // WIDTH_PER_HEAD, positions)
    fill(transformer, tensors, network)
    transformer.look_at(network.how.geometry.size)
    return Tokens(transformer, network.layer)


def recognise(tensors: Mapping[str, "torch.Tensor"]) -> str | None:
    """The name of the network that these weights are for, if it is one of these."""
    if "blocks.0.ls1.gamma" not in tensors or "pos_embed" not in tensors:
        return None
    width = tensors["pos_embed"].shape[-1]
    return next((row.name for row in ROWS if row.width == width), None)


def _spec(row: Size) -> BackendSpec:
    return BackendSpec(
        row.name,
        row.label,
        row.summary,
        load=partial(load, row),
        dimension=row.width,
        licence=LICENCE,
        family="DINOv2",
        input_size=WAY.geometry.size,
        layers=LAYERS,
        download=row.download,
        needs=("torch",),
        extra="models",
    )


SPECS = tuple(_spec(row) for row in ROWS)
