"""What a family says about a network that torch builds; a plain value that travels to the engine process."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from shoal.domain.geometry import EmbeddingKey
from shoal.embedding.prepared_input import Preprocessing

if TYPE_CHECKING:
    import torch

OUTPUT = "shoal_vectors"
"""What an exported network calls its vectors: the layer's own name may be taken by a value inside the graph."""


@dataclass(frozen=True, slots=True)
class TorchNetwork:
    """`build` is a module-level function of the family, called in the engine with this value.

    It returns a module, ready to run, from n x 3 x S x S pictures, prepared as `how` says, to n x dimension vectors:
    those of `layer`, pooled, of any length. It raises `ModelUnavailable` for weights that do not fit and layers that
    are not there. `trusted`: the user has said that `weights` may run code when loaded.
    """

    build: "Callable[[TorchNetwork], torch.nn.Module]"
    name: str
    layer: str
    weights: Path
    weights_hash: str
    how: Preprocessing
    trusted: bool = False

    @property
    def key(self) -> EmbeddingKey:
        return EmbeddingKey(self.name, self.layer, self.weights_hash, self.how.geometry.size, self.how.description)
