"""Newer transformers, built by timm's own code: DINOv3 (Siméoni et al. 2025) and SigLIP 2 (Tschannen et al. 2025).

Their weights come as files of the user's own, with the names that the makers or timm gave them (.pth, .safetensors).
Nothing of DINOv3's is passed on here: Meta's licence for it allows use, commercial too, but wants its terms accepted
by who takes the weights, and handed on with them, so that a download by this program would be no fair way to them.
SigLIP 2 is free (Apache-2.0); nobody publishes a hash of its file to check a download by.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from shoal.domain.errors import ModelUnavailable
from shoal.domain.extension_points import BackendSpec, EmbeddingBackend, LoadOptions
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.sentence import Sentence, verbatim
from shoal.embedding.checkpoints import fill, misfit, read_state_dict
from shoal.embedding.network_loading import load_network
from shoal.embedding.prepared_input import Preprocessing
from shoal.embedding.preprocessing import SCALINGS, chosen_preprocessing
from shoal.embedding.torch_network import TorchNetwork
from shoal.embedding.weight_hashes import WeightFile, sha256_of

if TYPE_CHECKING:
    import torch

HUB = "https://huggingface.co/timm/"
TOKENS = ("class", "patches", "both")
"""The class token; the mean of the patches, without the registers; the two side by side."""
POOLED = ("pooled",)
"""What the network's own attention over all patches makes of them."""
PATCHES, REGISTERS, POOLING = "patch_embed.proj.weight", ("storage_tokens", "reg_token"), "attn_pool."
WITH_BIASES, BIASED = ("qkv.bias", "q_bias"), "_qkvb"
"""Of the sizes of DINOv3 some were published with biases and some without, and timm has an architecture for each."""
BLOCK = re.compile(r"(?:.*\.)?blocks\.(\d+)\.")
PATCH = 16


@dataclass(frozen=True, slots=True)
class Row:
    """One network. `built_as`: what timm calls it; `published_as`: where its weights are to be had from."""

    name: str
    label: Sentence
    summary: Sentence
    built_as: str
    published_as: str
    width: int
    family: str
    licence: str
    way: Preprocessing
    layers: tuple[str, ...]


DINOV3_WAY = Preprocessing(InputGeometry(256, 256, sampling="bicubic"), *SCALINGS["imagenet"])
SIGLIP_WAY = Preprocessing(InputGeometry(224, 224, "squash", sampling="bicubic"), *SCALINGS["symmetric"])
DINOV3_LICENCE = "DINOv3 License"
ROWS = (
    Row(
        "dinov3_vits16", verbatim("DINOv3 ViT-S/16"),
        Sentence("DINOv2's successor, learned without labels; its weights come as a file of your own."),
        "vit_small_patch16_dinov3", "vit_small_patch16_dinov3_qkvb.lvd1689m",
        384, "DINOv3", DINOV3_LICENCE, DINOV3_WAY, TOKENS,
    ),
    Row(
        "dinov3_vitb16", verbatim("DINOv3 ViT-B/16"),
        Sentence("DINOv3, better than the small one and four times as slow; its weights come as a file of your own."),
        "vit_base_patch16_dinov3", "vit_base_patch16_dinov3_qkvb.lvd1689m",
        768, "DINOv3", DINOV3_LICENCE, DINOV3_WAY, TOKENS,
    ),
    Row(
        "siglip2_vitb16", verbatim("SigLIP 2 ViT-B/16"),
        Sentence("Learned from pictures and their texts in many languages; its weights come as a file of your own."),
        "vit_base_patch16_siglip_224", "vit_base_patch16_siglip_224.v2_webli",
        768, "SigLIP 2", "Apache-2.0", SIGLIP_WAY, POOLED,
    ),
)  # fmt: skip
BY_NAME = {row.name: row for row in ROWS}


def load(row: Row, options: LoadOptions) -> EmbeddingBackend:
    layer = options.layer or row.layers[0]
    if layer not in row.layers:
        raise ModelUnavailable(
            Sentence("{model} has no layer {layer}.", model=row.name, layer=repr(layer)),
            Sentence("Choose one of: {choices}.", choices=", ".join(row.layers)),
        )
    own = row.way
    how = replace(chosen_preprocessing(own, options.preprocessing, options.image_size), name=row.name, output=layer)
    if how.geometry.size % PATCH:
        raise ModelUnavailable(
            Sentence("{model} sees pictures whose side is a multiple of {side} pixels.", model=row.name, side=PATCH),
            Sentence("Choose another --image-size."),
        )
    weights = _own_file(row, options)
    network = TorchNetwork(build, row.name, layer, weights.path, weights.sha256, how, options.trust_weights)
    return load_network(network, options)


def _own_file(row: Row, options: LoadOptions) -> WeightFile:
    if options.weights is None:
        raise ModelUnavailable(
            Sentence("Shoal has no checked download for {name}.", name=row.name),
            Sentence(
                "Get {server}{name}/resolve/main/model.safetensors (licence: {licence}) and name it with "
                "--weights FILE.",
                server=HUB,
                name=row.published_as,
                licence=row.licence,
            ),
        )
    path = options.weights.expanduser().absolute()
    return WeightFile(path, sha256_of(path))


def recognise(tensors: "Mapping[str, torch.Tensor]") -> str | None:
    """The name of the network that these weights are for, if it is one of these."""
    patches = next((tensor for name, tensor in tensors.items() if name.endswith(PATCHES)), None)
    if patches is None:
        return None
    registers = any(name.endswith(REGISTERS) for name in tensors)
    layers = TOKENS if registers else POOLED if any(POOLING in name for name in tensors) else ()
    return next((row.name for row in ROWS if row.width == len(patches) and row.layers == layers), None)


# In the engine process from here on.


def build(network: TorchNetwork) -> "torch.nn.Module":
    """As deep as its weights are: smaller networks of one's own run, too. Raises `ModelUnavailable`."""
    from shoal.embedding.pooling import Tokens

    row, tensors = BY_NAME[network.name], read_state_dict(network.weights, network.trusted)
    if recognise(tensors) != row.name:
        raise misfit(network, Sentence("it holds the weights of another network"))
    biased = row.layers == TOKENS and any(name.endswith(WITH_BIASES) for name in tensors)
    whole = _built(row.built_as + BIASED * biased, _depth(tensors), network.how.geometry.size)
    fill(whole, _renamed(tensors, whole), network)
    return Tokens(_features_of(whole), network.layer, whole.num_prefix_tokens) if row.layers == TOKENS else whole


def _depth(tensors: "Mapping[str, torch.Tensor]") -> int:
    return len({found[1] for name in tensors if (found := BLOCK.match(name))})


def _built(name: str, depth: int, side: int) -> Any:  # timm's types say less
    import timm

    sizes: dict[str, Any] = {"num_classes": 0, "depth": depth, "img_size": side, "dynamic_img_size": False}
    return timm.create_model(name, pretrained=False, **sizes)


def _renamed(tensors: "dict[str, torch.Tensor]", whole: "torch.nn.Module") -> "dict[str, torch.Tensor]":
    """From the makers' names to timm's, by the function that timm has beside each architecture for it."""
    renamed: dict[str, torch.Tensor] = import_module(type(whole).__module__).checkpoint_filter_fn(tensors, whole)
    return renamed


def _features_of(whole: Any) -> "torch.nn.Module":
    import torch

    class Features(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.whole = whole

        def forward(self, pictures: torch.Tensor) -> torch.Tensor:
            tokens: torch.Tensor = self.whole.forward_features(pictures)
            return tokens

    return Features()


def _spec(row: Row) -> BackendSpec:
    return BackendSpec(
        row.name,
        row.label,
        row.summary,
        load=partial(load, row),
        dimension=row.width,
        licence=row.licence,
        family=row.family,
        input_size=row.way.geometry.size,
        layers=row.layers,
        needs=("torch", "timm"),
        extra="models",
    )


SPECS = tuple(_spec(row) for row in ROWS)
