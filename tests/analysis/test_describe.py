import numpy as np
import pytest

from shoal.analysis.describe import describe_clusters, largest_first
from shoal.domain.geometry import EmbeddingMatrix, Rows, StageKey
from shoal.domain.task import Task


def matrix(*degrees: float) -> EmbeddingMatrix:
    angles = np.radians(degrees)
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32).reshape(-1, 2)
    return EmbeddingMatrix(Rows(np.arange(len(vectors)), StageKey("test")), vectors)


def test_clusters_are_numbered_by_size_and_then_by_first_appearance():
    labels = np.array([9, 4, 4, -1, 2, 9, 4, -7, 2, 3], np.int32)
    assert largest_first(labels).tolist() == [1, 0, 0, -1, 2, 1, 0, -1, 2, 3]


def test_the_typical_image_is_the_medoid():
    proposal = describe_clusters(
        matrix(90, 0, 10, 30, 90), np.array([5, 1, 1, 1, 5], np.int32), "kmeans", StageKey("k"), Task()
    )
    assert proposal.labels.tolist() == [1, 0, 0, 0, 1]
    assert proposal.typical.tolist() == [2, 0]
    assert proposal.tightness[1] > proposal.tightness[0] > 0.9
    assert (proposal.silhouette > 0.5).all()
    assert (proposal.algorithm, proposal.key, proposal.cluster_count) == ("kmeans", "k", 2)


@pytest.mark.parametrize("labels", [[], [-1], [-1, -1, -1], [0], [3, -1, 0]])
def test_few_or_no_clusters(labels):
    proposal = describe_clusters(matrix(*range(len(labels))), np.array(labels, np.int32), "auto", StageKey("k"), Task())
    assert proposal.cluster_count == len({label for label in labels if label >= 0})
    assert (proposal.labels >= 0).tolist() == [label >= 0 for label in labels]


def test_opposite_vectors_have_a_typical_image_all_the_same():
    proposal = describe_clusters(matrix(0, 180), np.zeros(2, np.int32), "auto", StageKey("k"), Task())
    assert proposal.typical.tolist() == [0]
    assert proposal.tightness[0] == 0.0
