"""What is unlike all others, as a list and as a step of the user's."""

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.outliers import ODD
from shoal.domain.edits import create_cluster, move_images
from shoal.domain.geometry import Outliers
from shoal.domain.grouping import OUT, Grouping, Patch
from shoal.domain.sentence import Sentence


def oddest(outliers: Outliers) -> tuple[NDArray[np.int32], int]:
    """All images, the oddest first, and how many of them count as odd; images with too few others are left out."""
    is_known = np.isfinite(outliers.oddness)
    ids, oddness = outliers.rows.ids[is_known], outliers.oddness[is_known]
    order = np.argsort(-oddness, kind="stable")
    return ids[order].astype(np.int32), int((oddness >= ODD).sum())


def aside(grouping: Grouping, outliers: Outliers, name: str) -> tuple[Sentence, Patch]:
    """A step that puts the odd ones into the cluster of this name, new or there; what the user placed stays."""
    images, count = oddest(outliers)
    odd = np.sort(images[:count])
    odd = odd[~grouping.pinned[odd] & (grouping.home[odd] != OUT)]
    existing = next((id_ for id_, cluster in grouping.clusters.items() if cluster.name == name), None)
    patch = Patch()
    if len(odd):
        patch = create_cluster(grouping, name, odd) if existing is None else move_images(grouping, odd, existing)
    return Sentence("Put %n outlier(s) into {cluster}", n=len(odd), cluster=name), patch
