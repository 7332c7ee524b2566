"""A file of weights as the name of a model: which network it was made for shows in the number of its tensors."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from shoal.domain.errors import ModelUnavailable
from shoal.domain.extension_points import BackendSpec, EmbeddingBackend, LoadOptions
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.embedding import dinov2_models, timm_models, torchvision_models
from shoal.embedding.checkpoints import read_state_dict
from shoal.embedding.network_loading import the_engine

if TYPE_CHECKING:
    import torch

SPECS = {spec.name: spec for spec in (*torchvision_models.SPECS, *dinov2_models.SPECS, *timm_models.SPECS)}


def load(options: LoadOptions) -> EmbeddingBackend:
    """Whether the weights really fit the network is found out when it is built. Raises `ModelUnavailable`."""
    if options.weights is not None:
        raise ModelUnavailable(Sentence("The file holds its own weights."), Sentence("Leave --weights out."))
    path = Path(options.source).expanduser().absolute()
    name = the_engine(options).call(recognise, path, options.trust_weights, task=options.task)
    return SPECS[name].load(replace(options, source="", weights=path))


def recognise(path: Path, trusted: bool, _task: Task) -> str:
    """In the engine: the name of the network. Raises `ModelUnavailable` if it is none of those that are known here."""
    tensors = read_state_dict(path, trusted)
    name = dinov2_models.recognise(tensors) or timm_models.recognise(tensors) or _torchvision_name(tensors)
    if name is None:
        raise ModelUnavailable(
            Sentence("{path} holds weights of a network that is not known here.", path=path),
            Sentence("If it is known under another name, say --model NAME --weights FILE; or export it to ONNX."),
        )
    return name


def _torchvision_name(tensors: Mapping[str, "torch.Tensor"]) -> str | None:
    """A classifier that was taken off leaves two tensors less."""
    rows = torchvision_models.ROWS
    return next((row.name for row in rows if len(tensors) in (row.tensors, row.tensors - 2)), None)


SPEC = BackendSpec(
    "weights",
    Sentence("A network from a file of weights"),
    Sentence(
        "A state dict or checkpoint of one of the networks here, your own too: "
        "weights:FILE, or the path of a .pth or .safetensors file."
    ),
    load=load,
    dimension=0,
    licence="that of the file",
    takes_source=True,
    suffixes=(".pth", ".safetensors"),
    family="Your own",
    needs=("torch", "torchvision"),
    extra="models",
)
