"""The quick network that ships with the program, and what stands in for it where its weights are missing."""

import logging

from shoal.domain.extension_points import BackendSpec, LoadOptions
from shoal.domain.sentence import Sentence
from shoal.embedding import colour_layout
from shoal.embedding.colour_layout import ColourLayout
from shoal.embedding.onnx_models import OnnxModel, load_onnx
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
    return load_onnx(weights, options, name="builtin")


SPEC = BackendSpec(
    "builtin",
    Sentence("Quick (built-in)"),
    SUMMARY if resource(WEIGHTS) else STAND_IN,
    load=load,
    dimension=0,
    licence="AGPL-3.0-or-later",
    family="Shoal",
)
