"""The lists a newcomer edits: what can look at pictures, and what can group them.

To add a model: one file in `embedding` that ends with its SPEC, one entry here.
To add a clustering algorithm: one file in `analysis` that ends with its SPEC, one entry here.
"""

from shoal.analysis import automatic_clusters, cluster_tree, community_clusters, density_clusters, kmeans_clusters
from shoal.domain.catalogue import Catalogue
from shoal.domain.errors import ModelUnavailable
from shoal.domain.extension_points import AlgorithmSpec, BackendSpec
from shoal.domain.sentence import Sentence
from shoal.embedding import (
    builtin,
    clip_models,
    colour_layout,
    dinov2_models,
    efficientnet_lite,
    onnx_models,
    state_dict_files,
    timm_models,
    torchvision_models,
    ultralytics_yolo,
)

BACKENDS: Catalogue[BackendSpec] = Catalogue(
    efficientnet_lite.SPEC,
    builtin.SPEC,
    colour_layout.SPEC,
    *torchvision_models.SPECS,
    *dinov2_models.SPECS,
    *timm_models.SPECS,
    *ultralytics_yolo.SPECS,
    ultralytics_yolo.FILE_SPEC,
    *clip_models.SPECS,
    state_dict_files.SPEC,
    onnx_models.SPEC,
)

ALGORITHMS: Catalogue[AlgorithmSpec] = Catalogue(
    automatic_clusters.SPEC,
    kmeans_clusters.SPEC,
    density_clusters.SPEC,
    community_clusters.SPEC,
    cluster_tree.SPEC,
)


def find_backend(model: str) -> tuple[BackendSpec, str]:
    """Split what a user wrote, `NAME`, `NAME:SOURCE` or the path of a network, into the backend and its source.

    Raises `ModelUnavailable` for a name that is not in the list, or a source where none belongs.
    """
    name, colon, source = model.partition(":")
    for spec in BACKENDS:
        if spec.name == name and bool(colon) == spec.takes_source and bool(source) == spec.takes_source:
            return spec, source
    for spec in BACKENDS:
        if model.lower().endswith(spec.suffixes) and spec.takes_source:
            return spec, model
    choices = ", ".join(f"{spec.name}:FILE" if spec.takes_source else spec.name for spec in BACKENDS)
    raise ModelUnavailable(
        Sentence("There is no model {model}.", model=repr(model)),
        Sentence("Choose one of: {choices}.", choices=choices),
    )


def algorithm_named(name: str) -> AlgorithmSpec | None:
    """The algorithm called `name`, or None."""
    return ALGORITHMS.named(name)
