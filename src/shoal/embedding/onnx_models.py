"""Any image model in an ONNX file, through onnxruntime.

What is not written down is guessed from the graph:

- *Layout*: N x 3 x S x S, or N x S x S x 3 where only the last axis is 3. S from the graph, 224 where it is open.
- *Scaling*: ImageNet's mean and deviation, short side to 256/224 of S, centre crop. Networks that want something else
  lose a few percent with this, so say it: `net.json` beside `net.onnx`, or the option `preprocessing`.
- *Output*: the first of rank 2; else of rank 4, averaged over the picture; else of rank 3, averaged over the tokens.

On a processor one session with a single thread serves all calling threads: `run` lets go of the GIL and keeps its
scratch memory apart per call, so that calls scale like a session per core without a copy of the weights for each.
Pictures go through one by one there: activations of one picture stay in the cache, those of 32 do not (MobileNetV2:
14 ms against 27 per picture), and a row cannot depend on the batch it came in.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from shoal.domain.errors import ModelUnavailable
from shoal.domain.extension_points import BackendSpec, EmbeddingBackend, LoadOptions
from shoal.domain.geometry import EmbeddingKey
from shoal.domain.images import RgbImage
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.sentence import NOTHING, Sentence
from shoal.embedding.onnx_sessions import PROCESSOR, first_line, onnx_errors, open_session, run_session
from shoal.embedding.prepared_input import Preprocessing
from shoal.embedding.preprocessing import (
    GUESS,
    SCALINGS,
    WAYS,
    preprocessing_from,
    read_preprocessing,
    usual_preprocessing,
    with_side,
)
from shoal.embedding.unit_rows import unit_rows, with_a_direction
from shoal.embedding.weight_hashes import sha256_of

if TYPE_CHECKING:
    import onnxruntime

OPEN_SIZE = 224
DESCRIPTION = "shoal.preprocessing"
"""The note in an ONNX file that says what a JSON file beside it would; that comes first."""
INPUT_TYPES: dict[str, type[np.floating]] = {"tensor(float)": np.float32, "tensor(float16)": np.float16}
GUESSED = Sentence(
    "Nothing says how pictures are prepared for this network, so ImageNet's usual way was assumed. "
    "If it was trained with another, say so with --preprocessing, or in a JSON file beside it."
)


@dataclass(frozen=True, slots=True)
class GraphInput:
    """The one picture input of a graph; `batch` and `size` are None where the graph leaves them open."""

    name: str
    batch: int | None
    size: int | None
    channels_last: bool
    dtype: type[np.number]


class OnnxModel:
    """A loaded ONNX file. `embed` may be called from several threads; all of them share one session."""

    def __init__(
        self,
        session: "onnxruntime.InferenceSession",
        weights_hash: str,
        how: Preprocessing,
        name: str,
        layer: str = "",
        remark: Sentence = NOTHING,
    ) -> None:
        """`layer`: what the output is called in the key, if not by its own name. `remark`: besides what is guessed."""
        self._session = session
        self.remark = remark or (GUESSED if how.guessed else NOTHING)
        self._input = self._read_input(session)
        self._how = how
        self._output = choose_output(session, how.output)
        self.one_core_per_call = session.get_providers()[0] == PROCESSOR
        self._slice = self._input.batch or (1 if self.one_core_per_call else None)
        self.key = EmbeddingKey(name, layer or self._output, weights_hash, how.geometry.size, how.description)
        self.dimension = self._probed_dimension()

    @property
    def geometry(self) -> InputGeometry:
        return self._how.geometry

    def embed(self, images: Sequence[RgbImage]) -> NDArray[np.float32]:
        return unit_rows(self.embed_raw(images))

    def embed_raw(self, images: Sequence[RgbImage]) -> NDArray[np.float32]:
        """As the network gives them, of any length."""
        if not len(images):
            return np.empty((0, self.dimension), np.float32)
        step = 1 if self.geometry.fit == "rect" else self._slice or len(images)
        rows = [self._run(images[start : start + step]) for start in range(0, len(images), step)]
        return with_a_direction(np.concatenate(rows))

    def outputs(self, images: Sequence[RgbImage], names: Sequence[str]) -> list[NDArray[np.float32]]:
        """What the graph calls `names`, for at least one image. Raises `OutOfMemory`."""
        step = self._slice or len(images)
        parts = [self._answers(images[start : start + step], names) for start in range(0, len(images), step)]
        return [np.concatenate(outputs).astype(np.float32, copy=False) for outputs in zip(*parts, strict=True)]

    def _run(self, images: Sequence[RgbImage]) -> NDArray[np.float32]:
        return self._flat(self._answers(images, [self._output])[0])

    def _answers(self, images: Sequence[RgbImage], names: Sequence[str]) -> list[NDArray[Any]]:
        """One call of the network; a graph with a fixed batch gets the last picture again until it is full."""
        missing = (self._input.batch or len(images)) - len(images)
        pixels = np.stack([*images, *[images[-1]] * missing])
        answers = run_session(self._session, names, self._input.name, self._prepared(pixels))
        return [answer[: len(images)] for answer in answers]

    @staticmethod
    def _read_input(session: "onnxruntime.InferenceSession") -> "GraphInput":
        return read_input(session)

    def _prepared(self, pixels: NDArray[np.uint8]) -> NDArray[Any]:
        """What the graph takes, for n x S x S x 3 bytes."""
        return self._how.network_input(pixels, self._input.channels_last).astype(self._input.dtype, copy=False)

    def _flat(self, answer: NDArray[np.floating]) -> NDArray[np.float32]:
        rows: NDArray[np.float32] = answer.astype(np.float32, copy=False)
        if rows.ndim == 4:
            rows = rows.mean(axis=(1, 2) if self._input.channels_last else (2, 3))
        return rows.mean(axis=1) if rows.ndim == 3 else rows

    def _probed_dimension(self) -> int:
        """Run a grey picture through, so that a network that does not fit fails here and not in the middle of a run."""
        size = self.geometry.size
        try:
            row = self._run([np.full((size, size, 3), 127, np.uint8)])
        except onnx_errors() as error:
            raise ModelUnavailable(
                Sentence(
                    "The network does not take pictures of {size} x {size} pixels: {reason}.",
                    size=size,
                    reason=first_line(error),
                ),
                Sentence("Say what it wants in a JSON file beside it."),
            ) from error
        if row.ndim != 2 or not len(row) or not np.isfinite(row).all():
            raise ModelUnavailable(
                Sentence("The output {output} is not a vector per picture.", output=repr(self._output)),
                Sentence("Choose another output."),
            )
        return int(row.shape[1])


def _fixed(side: object) -> int | None:
    return side if isinstance(side, int) and side > 0 else None


def _unfit(what: str) -> ModelUnavailable:
    return ModelUnavailable(
        Sentence("The network {what}.", what=what), Sentence("Shoal needs one that takes one square colour picture.")
    )


def read_input(session: "onnxruntime.InferenceSession") -> GraphInput:
    inputs = session.get_inputs()
    if len(inputs) != 1:
        raise _unfit(Sentence("takes {count} inputs", count=len(inputs)))
    shape, dtype = inputs[0].shape, INPUT_TYPES.get(inputs[0].type)
    if len(shape) != 4 or dtype is None:
        raise _unfit(Sentence("takes {type} of shape {shape}", type=inputs[0].type, shape=shape))
    channels_last = shape[3] == 3 and shape[1] != 3
    channels, height, width = (shape[3], shape[1], shape[2]) if channels_last else shape[1:]
    if _fixed(channels) not in (None, 3) or _fixed(height) != _fixed(width):
        raise _unfit(Sentence("takes pictures of shape {shape}", shape=shape))
    return GraphInput(inputs[0].name, _fixed(shape[0]), _fixed(height), channels_last, dtype)


def choose_output(session: "onnxruntime.InferenceSession", asked: str) -> str:
    ranks = {output.name: len(output.shape) for output in session.get_outputs()}
    if asked and asked not in ranks:
        raise ModelUnavailable(
            Sentence("The network has no output {output}.", output=repr(asked)),
            Sentence("It has: {choices}.", choices=", ".join(ranks)),
        )
    by_preference = [name for rank in (2, 4, 3) for name, r in ranks.items() if r == rank]
    if not asked and not by_preference:
        raise _unfit(Sentence("has no output with a vector per picture"))
    return asked or by_preference[0]


def _said_preprocessing(path: Path, said: str) -> Preprocessing | None:
    """From the option (the name of a usual scaling, or a JSON file), else from the JSON beside the weights."""
    if said and said not in SCALINGS:
        return WAYS[said] if said in WAYS else read_preprocessing(Path(said))
    beside = [file for file in (path.with_suffix(".json"), Path(f"{path}.json")) if file.is_file()]
    return read_preprocessing(beside[0]) if beside and not said else None


def _note(session: "onnxruntime.InferenceSession") -> str:
    """What the file itself says of how pictures are prepared, "" for nothing."""
    return str(session.get_modelmeta().custom_metadata_map.get(DESCRIPTION, ""))


def choose_preprocessing(path: Path, said: str, size: int | None, note: str = "") -> Preprocessing:
    """Raises `ModelUnavailable` if what is said contradicts the graph's own size. `note`: see `_note`."""
    how = _said_preprocessing(path, said)
    if how is None and note and not said:
        how = preprocessing_from(note, path)
    if how is None:
        usual = usual_preprocessing(said or GUESS, size or OPEN_SIZE)
        return replace(usual, guessed=not said)
    if size not in (None, how.geometry.size):
        raise ModelUnavailable(
            Sentence(
                "The network takes {size} x {size} pixels, but its description says {described}.",
                size=size,
                described=how.geometry.size,
            ),
            Sentence("Correct the size in the JSON file."),
        )
    return how


def load_onnx(path: Path, options: LoadOptions, name: str = "onnx", content: bytes = b"") -> OnnxModel:
    """Load the file at `path`. `name` goes into the key; the file's own name does not, so it may be renamed.

    `content`: what was made of the file, to be loaded in its place.
    """
    weights_hash = sha256_of(path)
    session = open_session(content or path, options.device)
    if options.half:
        raise ModelUnavailable(
            Sentence("The numbers in an ONNX file have as many bits as they have."), Sentence("Leave --half out.")
        )
    size = read_input(session).size
    how = choose_preprocessing(path, options.preprocessing, size, _note(session))
    if options.image_size not in (0, how.geometry.size):
        if size is not None:
            raise ModelUnavailable(
                Sentence("The network takes {size} x {size} pixels.", size=size), Sentence("Leave --image-size out.")
            )
        how = with_side(how, options.image_size)
    how = replace(how, output=options.layer or how.output)
    return OnnxModel(session, weights_hash, how, name)


def load(options: LoadOptions) -> EmbeddingBackend:
    if not options.source:
        raise ModelUnavailable(Sentence("No file was named for the model 'onnx'."), Sentence("Write it as onnx:FILE."))
    if options.weights:
        raise ModelUnavailable(
            Sentence("An ONNX file holds its own weights."), Sentence("Write it as onnx:FILE, without --weights.")
        )
    return load_onnx(Path(options.source).expanduser(), options)


SPEC = BackendSpec(
    "onnx",
    Sentence("A network from an ONNX file"),
    Sentence(
        "Any image model exported to ONNX, written as onnx:FILE; how pictures are prepared is read from FILE's .json."
    ),
    load=load,
    dimension=0,
    licence="that of the file",
    takes_source=True,
    suffixes=(".onnx",),
    family="Your own",
)
