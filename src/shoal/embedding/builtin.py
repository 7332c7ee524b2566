"""The quick network that ships with the program, and what stands in for it where its weights are missing."""

import logging
from pathlib import Path

from shoal.domain.errors import ModelUnavailable
from shoal.domain.extension_points import BackendSpec, LoadOptions
from shoal.domain.sentence import Sentence
from shoal.domain.student_head import StudentHead
from shoal.embedding import colour_layout
from shoal.embedding.colour_layout import ColourLayout
from shoal.embedding.distilled import EMBEDDING, FEATURES, student_network, with_features
from shoal.embedding.onnx_models import OnnxModel, load_onnx
from shoal.embedding.onnx_reading import NoNetwork
from shoal.files.shipped import resource

WEIGHTS = "builtin.onnx"
SUMMARY = Sentence("Sorts by what is in the pictures: a small network, very quick and less sure. Works offline.")
STAND_IN = Sentence("Its weights are not in this copy of the program, so it sorts by look, as colour-layout does.")

logger = logging.getLogger(__name__)


def load(options: LoadOptions) -> OnnxModel | ColourLayout:
    """Other weights for it may be given, as its training writes them: an ONNX file and a JSON file beside it.

    The stand-in keeps its own key, so that its vectors are never taken for the network's.
    """
    weights = options.weights or resource(WEIGHTS)
    if weights is None:
        logger.info("builtin: %s", STAND_IN)
        return colour_layout.load(options)
    if options.layer == FEATURES:
        return load_onnx(weights, options, name="builtin", content=_features_of(weights))
    return load_onnx(weights, options, name="builtin")


def _features_of(weights: Path) -> bytes:
    """Raises ModelUnavailable for a file that is not as our training writes it."""
    try:
        return with_features(weights.read_bytes())
    except (OSError, NoNetwork) as error:
        raise ModelUnavailable(
            Sentence("{path} cannot be read ({reason}).", path=weights, reason=str(error)),
            Sentence("Leave --layer out."),
        ) from error


def student_of(head: StudentHead, about: dict[str, str]) -> bytes:
    """The quick network with this last step, as the content of an ONNX file. Raises ModelUnavailable."""
    weights = resource(WEIGHTS)
    if weights is None:
        raise ModelUnavailable(STAND_IN, Sentence("Install the whole program."))
    return student_network(weights.read_bytes(), head, weights.with_suffix(".json"), about)


SPEC = BackendSpec(
    "builtin",
    Sentence("Quick (built-in)"),
    SUMMARY if resource(WEIGHTS) else STAND_IN,
    load=load,
    dimension=0,
    licence="AGPL-3.0-or-later",
    family="Shoal",
    layers=(EMBEDDING, FEATURES),
)
