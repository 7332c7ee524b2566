"""CLIP: pictures and texts in one space, so that words find pictures and name clusters.

Radford et al.: "Learning transferable visual models from natural language supervision", 2021; the architecture and the
vocabulary are those of open_clip. Pictures run like those of any other family. Texts are read in the engine process.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from shoal.domain.errors import ModelUnavailable
from shoal.domain.extension_points import BackendSpec, Download, EmbeddingBackend, LoadOptions
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.sentence import Sentence, verbatim
from shoal.domain.task import Caller, Task
from shoal.embedding.checkpoints import fill, misfit, read_state_dict, read_torchscript
from shoal.embedding.network_loading import load_network, the_engine
from shoal.embedding.prepared_input import Preprocessing
from shoal.embedding.preprocessing import chosen_preprocessing
from shoal.embedding.torch_network import TorchNetwork
from shoal.embedding.unit_rows import unit_rows
from shoal.embedding.weight_files import find_weights

if TYPE_CHECKING:
    import torch

LAYER = "projection"
SIDE = 224
# OpenAI's, in levels of 255; the usual ones are not what it was trained with.
MEAN = (122.7709383, 116.7460125, 104.0937362)
STD = (68.5005327, 66.6321579, 70.3231630)
"""OpenAI's own, times 255."""
HEAD_WIDTH = 64
TEXTS_AT_ONCE = 64  # between them somebody may cancel
WHOLE_HASH = 64
OPENAI = "https://openaipublic.azureedge.net/clip/models/"
LAION = "https://github.com/mlfoundations/open_clip/releases/download/v0.2-weights/"


@dataclass(frozen=True, slots=True)
class ClipRow:
    """One model. `quick_gelu`: the cheaper activation that OpenAI trained with; weights do not tell."""

    name: str
    label: Sentence
    summary: Sentence
    patch: int
    quick_gelu: bool
    download: Download


def _openai(sha256: str, file: str, megabytes: int) -> Download:
    """The folder that the file lies in is its whole SHA-256."""
    return Download(f"{OPENAI}{sha256}/{file}", sha256, megabytes, "MIT")


def _laion(file: str, megabytes: int) -> Download:
    """The first eight digits stand in the name. Sizes: four bytes for each of the 151 or 150 million parameters."""
    return Download(LAION + file, file.rpartition("-")[2].partition(".")[0], megabytes, "MIT")


ROWS = (
    ClipRow(
        "clip-vit-b-32", verbatim("CLIP ViT-B/32"),
        Sentence("What is in the picture, in words: finds pictures and names clusters by English text."), 32, True,
        _openai("40d365715913c9da98579312b702a82c18be219cc2a73407c4526f58eba950af", "ViT-B-32.pt", 354),
    ),
    ClipRow(
        "clip-vit-b-16", verbatim("CLIP ViT-B/16"),
        Sentence("CLIP that looks at smaller parts of the picture: closer, and slower."), 16, True,
        _openai("5806e77cd80f8b59890b7e101eabd078d9fb84e6937f9e85e4ecb61988df416f", "ViT-B-16.pt", 351),
    ),
    ClipRow(
        "clip-vit-b-32-laion2b", verbatim("CLIP ViT-B/32, LAION-2B"),
        Sentence("CLIP ViT-B/32, trained by LAION on two billion pictures of the open web."), 32, False,
        _laion("vit_b_32-laion2b_e16-af8dbd0c.pth", 605),
    ),
    ClipRow(
        "clip-vit-b-16-laion400m", verbatim("CLIP ViT-B/16, LAION-400M"),
        Sentence("CLIP ViT-B/16, trained by LAION on 400 million pictures of the open web."), 16, False,
        _laion("vit_b_16-laion400m_e32-55e67d44.pt", 599),
    ),
)  # fmt: skip
BY_NAME = {row.name: row for row in ROWS}


class ClipTexts:
    """Reads texts in the engine; see `TextEncoder`."""

    def __init__(self, engine: Caller, network: TorchNetwork) -> None:
        self._engine, self._network = engine, network

    def encode(self, texts: Sequence[str], task: Task) -> NDArray[np.float32]:
        return unit_rows(self._engine.call(encode_texts, self._network, tuple(texts), task=task))


def load(row: ClipRow, options: LoadOptions) -> EmbeddingBackend:
    return load_network(_network(row, options), options)


def load_texts(row: ClipRow, options: LoadOptions) -> ClipTexts:
    return ClipTexts(the_engine(options), _network(row, options))


def _network(row: ClipRow, options: LoadOptions) -> TorchNetwork:
    if options.layer not in ("", LAYER):
        raise ModelUnavailable(
            Sentence("{model} has no layer {layer}.", model=row.name, layer=repr(options.layer)),
            Sentence("It has: {layer}.", layer=LAYER),
        )
    weights = find_weights(row.name, row.download, options)
    own = Preprocessing(InputGeometry(SIDE, SIDE, sampling="bicubic"), MEAN, STD)
    how = replace(chosen_preprocessing(own, options.preprocessing, options.image_size), name=row.name, output=LAYER)
    known = weights.official and len(row.download.sha256) == WHOLE_HASH
    return TorchNetwork(build, row.name, LAYER, weights.path, weights.sha256, how, known or options.trust_weights)


# In the engine process from here on.


def build(network: TorchNetwork) -> "torch.nn.Module":
    """The tower that looks at pictures, up to the space shared with texts."""
    tower: torch.nn.Module = _whole(network).visual
    return tower


def encode_texts(network: TorchNetwork, texts: Sequence[str], task: Task) -> NDArray[np.float32]:
    """One row per text, of any length. What is longer than the model reads (75 words or so) is cut off."""
    import torch

    whole, tokenizer = _readers(network)
    rows = [np.empty((0, whole.text_projection.shape[1]), np.float32)]
    for start in task.track(range(0, len(texts), TEXTS_AT_ONCE), Sentence("Reading words")):
        tokens = tokenizer(list(texts[start : start + TEXTS_AT_ONCE]), context_length=whole.context_length)
        with torch.inference_mode():
            rows.append(whole.encode_text(tokens).numpy())
    return np.concatenate(rows)


@lru_cache(maxsize=1)
def _readers(network: TorchNetwork) -> tuple[Any, Any]:
    """The network without its eyes, and the tokenizer, whose vocabulary comes inside the open_clip package."""
    import torch
    from open_clip.tokenizer import SimpleTokenizer

    torch.backends.mha.set_fastpath_enabled(False)  # as for the pictures
    whole = _whole(network).eval().requires_grad_(False)
    whole.visual = torch.nn.Identity()
    return whole, SimpleTokenizer()


def _whole(network: TorchNetwork) -> Any:  # open_clip is not typed
    """Built after the shapes of its weights, so that smaller networks of one's own run, too."""
    from open_clip.model import CLIP, CLIPTextCfg, CLIPVisionCfg

    row = BY_NAME[network.name]
    tensors = _tensors(network)
    try:
        sizes = {name: tuple(tensors[name].shape) for name in _TELLING}
    except KeyError as error:
        raise misfit(network, Sentence("{name} is missing", name=error.args[0])) from error
    width, _, patch, _ = sizes["visual.conv1.weight"]
    if patch != row.patch:
        raise misfit(
            network, Sentence("its patches have {patch} pixels and not {expected}", patch=patch, expected=row.patch)
        )
    vision = CLIPVisionCfg(
        layers=_depth(tensors, "visual.transformer"),
        width=width,
        head_width=HEAD_WIDTH,
        patch_size=patch,
        image_size=network.how.geometry.size,
    )
    text_width = sizes["ln_final.weight"][0]
    text = CLIPTextCfg(
        context_length=sizes["positional_embedding"][0],
        vocab_size=sizes["token_embedding.weight"][0],
        width=text_width,
        heads=text_width // HEAD_WIDTH,
        layers=_depth(tensors, "transformer"),
    )
    whole = CLIP(sizes["text_projection"][1], vision, text, quick_gelu=row.quick_gelu)
    fill(whole, tensors, network)
    return whole


_TELLING = (
    "visual.conv1.weight", "visual.proj", "ln_final.weight", "positional_embedding", "token_embedding.weight",
    "text_projection",
)  # fmt: skip


def _depth(tensors: "dict[str, torch.Tensor]", tower: str) -> int:
    start = f"{tower}.resblocks."
    return len({name.removeprefix(start).partition(".")[0] for name in tensors if name.startswith(start)})


def _tensors(network: TorchNetwork) -> "dict[str, torch.Tensor]":
    """OpenAI published its weights inside TorchScript programs, which are opened only if trusted."""
    tensors = read_torchscript(network.weights) if network.trusted else None
    return read_state_dict(network.weights, network.trusted) if tensors is None else tensors


def _spec(row: ClipRow) -> BackendSpec:
    return BackendSpec(
        row.name,
        row.label,
        row.summary,
        load=partial(load, row),
        dimension=512,
        licence=row.download.licence,
        family="CLIP",
        input_size=SIDE,
        layers=(LAYER,),
        download=row.download,
        needs=("torch", "open_clip"),
        extra="clip",
        load_texts=partial(load_texts, row),
    )


SPECS = tuple(_spec(row) for row in ROWS)
