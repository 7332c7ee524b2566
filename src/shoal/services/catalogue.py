"""The lists a newcomer edits: what can look at pictures, and what can group them.

To add a clustering algorithm: one file in `analysis` that ends with its SPEC, one entry here.
"""

from shoal.analysis import kmeans_clusters
from shoal.domain.extension_points import AlgorithmSpec

ALGORITHMS: tuple[AlgorithmSpec, ...] = (kmeans_clusters.SPEC,)


def algorithm_named(name: str) -> AlgorithmSpec | None:
    """The algorithm called `name`, or None."""
    return next((spec for spec in ALGORITHMS if spec.name == name), None)
