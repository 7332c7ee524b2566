from dataclasses import replace

import numpy as np
import pytest
from tests.support.sorted_session import record, snapshot

from shoal.domain.errors import UserFacingError
from shoal.domain.grouping import Grouping
from shoal.projects.from_folders import clusters_from_folders, disagreements

NOTHING = Grouping(home=np.zeros(40, np.int32), pinned=np.zeros(40, np.bool_))


def sorted_by_hand(wrong: int):
    """Cats and dogs in folders, and one cat among the dogs."""
    return [replace(record(n), label="cats" if n < 20 and n != wrong else "dogs") for n in range(40)]


def test_sub_folders_become_clusters_of_the_users_and_what_looks_misplaced_is_told():
    shown = snapshot()
    assert shown.embeddings is not None
    grouping = NOTHING.patched(clusters_from_folders(sorted_by_hand(7), NOTHING))
    names = {cluster.name: cluster for cluster in grouping.clusters.values()}
    assert {"cats", "dogs"} == set(names)
    assert all(cluster.named for cluster in names.values())
    (found,) = disagreements(grouping, shown.embeddings, shown.graph)
    assert (found.image, found.home, found.rather) == (7, names["dogs"].id, names["cats"].id)
    assert found.right < 0.5


def test_without_sub_folders_there_is_nothing_to_start_from():
    with pytest.raises(UserFacingError, match="not in sub-folders"):
        clusters_from_folders([replace(record(n), label="") for n in range(40)], NOTHING)
