"""Pictures moved out of the way, with all that belongs to them: an export by moving, and so journalled and undoable."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import numpy as np

from shoal.delivering.export_details import SortedImages
from shoal.delivering.exporting import PlanSetting, export_clusters, plan_clusters
from shoal.domain.export_plan import ExportOptions
from shoal.domain.grouping import Cluster, ClusterId, Grouping
from shoal.domain.images import ImageRecord
from shoal.domain.task import Task

ASIDE = ClusterId(1)


def move_aside(records: Sequence[ImageRecord], folder: Path, journals: Path, task: Task) -> int:
    """Into a new folder in `folder`, in the sub-folders that they lay in; what was moved before stays as it is.

    Returns how many files moved. Raises UserFacingError.
    """
    folder /= f"Duplicates {datetime.now():%Y-%m-%d %H%M%S}"
    home = np.zeros(max((record.id for record in records), default=-1) + 1, np.int32)
    home[[record.id for record in records]] = ASIDE
    grouping = Grouping({ASIDE: Cluster(ASIDE, "Duplicates")}, home, np.zeros(len(home), np.bool_))
    options = ExportOptions("move", "{folder}/{name}", include_unsorted=False, documents=())
    images = SortedImages(grouping, records)
    roots = sorted({record.path.parent for record in records})
    plan = plan_clusters(images, folder, options, PlanSetting(roots, journals), task)
    return len(export_clusters(plan, images, journals, task, lambda _image: None).done)
