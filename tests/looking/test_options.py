"""What is named by what it was made with."""

from dataclasses import asdict

from shoal.analysis.umap_layout import MapParameters
from shoal.domain.extension_points import ClusterRequest, LoadOptions
from shoal.domain.geometry import EmbeddingKey, stage_key
from shoal.embedding import colour_layout
from shoal.looking.catalogue import ALGORITHMS
from shoal.looking.options import Options


def test_projects_of_version_4_are_known_again_though_borders_are_trimmed_now():
    backend = colour_layout.SPEC.load(LoadOptions())
    key = EmbeddingKey("colour-layout", "look", colour_layout.RECIPE, colour_layout.SIDE, "squash")
    settings = {**asdict(ClusterRequest()), **{f"map_{name}": value for name, value in asdict(MapParameters()).items()}}
    recipe = stage_key("recipe", key.digest, algorithm=ALGORITHMS[0].name, **settings)
    assert Options(backend, ALGORITHMS[0]).recipe_of_version_4 == recipe
