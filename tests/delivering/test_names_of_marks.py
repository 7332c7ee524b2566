"""Stars, flags and labels in the names of exported files."""

import numpy as np
from tests.support.export_world import record_of

from shoal.delivering.export_details import SortedImages
from shoal.delivering.exporting import plan_clusters
from shoal.domain.export_plan import ExportOptions
from shoal.domain.grouping import Cluster, ClusterId, Grouping


def test_names_can_be_made_of_stars_flags_and_labels(tmp_path):
    grouping = Grouping(
        {ClusterId(1): Cluster(ClusterId(1), "boats")}, np.ones(2, np.int32), np.zeros(2, np.bool_),
        verdicts=np.array([[4, 3, 5], [-1, -1, -1]], np.int8),
    )  # fmt: skip
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    records = []
    for number in range(2):
        path = pictures / f"{number}.jpg"
        path.write_bytes(b"picture %d" % number)
        records.append(record_of(number, path, []))
    options = ExportOptions(template="{stars} {pick}/{colour}_{stem}")
    plan = plan_clusters(SortedImages(grouping, records), tmp_path / "out", options)
    names = [file.target.relative_to(tmp_path / "out").as_posix() for file in plan.files]
    assert names == ["4 picked/blue_0.jpg", "0 unflagged/unlabelled_1.jpg"]
